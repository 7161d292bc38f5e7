-- A share of what editors decide is judged by a second one, who sees neither how the first did nor who that was.

-- Drawn with the decision, given by somebody else. `first_state` and `first_by` are the decision as it stood when it was drawn, `state` and
-- `second_by` what the second one said. Where both differ, somebody who is not on that side says who is right: `settled_for`.
CREATE TABLE second_opinions (
    review_id   uuid PRIMARY KEY REFERENCES reviews (review_id) ON DELETE CASCADE,
    first_state text NOT NULL CHECK (first_state IN ('accepted', 'rejected', 'changed')),
    first_by    text NOT NULL,
    drawn_at    timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    state       text CHECK (state IN ('accepted', 'rejected', 'changed')),
    second_by   text,
    note        text,
    given_at    timestamptz,
    settled_for text CHECK (settled_for IN ('first', 'second')),
    settled_by  text,
    settled_at  timestamptz,
    CHECK ((state IS NULL) = (given_at IS NULL) AND (state IS NULL) = (second_by IS NULL)),
    CHECK ((settled_for IS NULL) = (settled_at IS NULL) AND (settled_for IS NULL) = (settled_by IS NULL))
);
CREATE INDEX second_opinions_waiting ON second_opinions (due_at, review_id) WHERE state IS NULL;
CREATE INDEX second_opinions_given ON second_opinions (given_at) WHERE given_at IS NOT NULL;

-- Decisions that two editors see differently and nobody has settled: nothing is learned from them. A decision made anew that says what the
-- second one said is no dispute any more.
CREATE VIEW disputed_reviews AS
SELECT s.review_id FROM second_opinions s JOIN reviews r USING (review_id)
WHERE s.state IS NOT NULL AND s.settled_at IS NULL AND r.state NOT IN ('open', s.state);

-- How far editors agree, once a week: Cohen's kappa of the pairs given in [since, until). `passed` is empty where there are too few pairs.
CREATE TABLE editor_agreement (
    until     timestamptz PRIMARY KEY,
    since     timestamptz NOT NULL,
    pairs     integer NOT NULL,
    agreement double precision,
    kappa     double precision,
    low       double precision,
    high      double precision,
    passed    boolean
);

-- Nobody stands behind what editors agree on.
CREATE OR REPLACE VIEW kpi_hours_told AS
SELECT kpi, starts, n, total FROM kpi_hours
WHERE segment = '' AND (cardinality(people) >= 5 OR kpi IN ('engines_reached', 'engine_s', 'deliveries_lost', 'intake_refused', 'train_facts',
    'train_win', 'train_bleu', 'train_rouge_l', 'train_hours', 'train_over_budget', 'review_kappa', 'second_overdue'));
