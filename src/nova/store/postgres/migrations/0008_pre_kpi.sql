-- Measured quality by the hour. What is summed here can be summed again over any window: `n` cases, their `total` and sum of `squares`;
-- `histogram` counts by bucket where a percentile is asked for. `segment` is '' for all, else such as 'kind:regulation'.

CREATE TABLE kpi_hours (
    kpi       text NOT NULL,
    segment   text NOT NULL DEFAULT '',
    starts    timestamptz NOT NULL,
    n         bigint NOT NULL,
    total     double precision NOT NULL,
    squares   double precision NOT NULL DEFAULT 0,
    histogram jsonb,
    PRIMARY KEY (kpi, segment, starts)
);
CREATE INDEX kpi_hours_starts ON kpi_hours (starts);

-- Which hours were measured, from how much: a fingerprint of the rows that were there. An hour whose fingerprint changed is measured again.
CREATE TABLE kpi_measured (
    starts      timestamptz PRIMARY KEY,
    evidence    bigint NOT NULL,
    measured_at timestamptz NOT NULL DEFAULT now()
);

-- Questions that retrieval answered weakly, in clusters. Words are never copied here: `terms` are stems of at least three people's questions or
-- of documents; what was asked stands in `answers`. `closed_at` says until when its questions count as answered.
CREATE TABLE knowledge_gaps (
    gap_id     uuid PRIMARY KEY,
    signature  text NOT NULL UNIQUE,
    terms      text[] NOT NULL,
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at  timestamptz
);
CREATE TABLE gap_answers (
    gap_id    uuid NOT NULL REFERENCES knowledge_gaps (gap_id) ON DELETE CASCADE,
    answer_id uuid NOT NULL REFERENCES answers (answer_id) ON DELETE CASCADE,
    weakness  double precision NOT NULL,
    PRIMARY KEY (gap_id, answer_id)
);
CREATE INDEX gap_answers_answer ON gap_answers (answer_id);

-- What reviewers say a turn sounds like: what the site's own model learns from. `labelled_by` NULL is the operator.
CREATE TABLE sentiment_labels (
    conversation_id uuid NOT NULL,
    seq             integer NOT NULL,
    label           text NOT NULL CHECK (label IN ('positive', 'neutral', 'negative', 'unknown')),
    labelled_by     uuid REFERENCES subjects (subject_id) ON DELETE SET NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    FOREIGN KEY (conversation_id, seq) REFERENCES turns (conversation_id, seq) ON DELETE CASCADE
);
