-- People judge what a tuned model and its base answered, without knowing which is which.

-- One vote for each rater and question. It stands on the candidate's answer and goes with it: when whoever asked leaves, or the answer is
-- given anew. `rater` is a pseudonym.
CREATE TABLE train_votes (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    side   text NOT NULL DEFAULT 'cand' CHECK (side = 'cand'),
    rater  text NOT NULL,
    winner text NOT NULL CHECK (winner IN ('cand', 'base', 'tie')),
    at     timestamptz NOT NULL,
    PRIMARY KEY (run_id, row_id, rater),
    FOREIGN KEY (run_id, row_id, side) REFERENCES train_answers (run_id, row_id, side) ON DELETE CASCADE
);
CREATE INDEX train_votes_rater ON train_votes (rater);

-- What a rater wrote beside a vote (redacted). It goes with the vote, and when the rater leaves, whose vote stays.
CREATE TABLE train_vote_notes (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    rater  text NOT NULL,
    note   text NOT NULL CHECK (note <> ''),
    PRIMARY KEY (run_id, row_id, rater),
    FOREIGN KEY (run_id, row_id, rater) REFERENCES train_votes (run_id, row_id, rater) ON DELETE CASCADE
);
CREATE INDEX train_vote_notes_rater ON train_vote_notes (rater);

-- Who was told which side won: they judge no more of that run.
CREATE TABLE train_unblinded (
    run_id  uuid NOT NULL REFERENCES train_runs (run_id),
    seen_by text NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (run_id, seen_by)
);

-- Nobody stands behind the figures of runs that tune a model.
CREATE OR REPLACE VIEW kpi_hours_told AS
SELECT kpi, starts, n, total FROM kpi_hours
WHERE segment = '' AND (cardinality(people) >= 5 OR kpi IN ('engines_reached', 'engine_s', 'deliveries_lost', 'intake_refused', 'train_facts',
    'train_win', 'train_bleu', 'train_rouge_l', 'train_hours', 'train_over_budget'));
