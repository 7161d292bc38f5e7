-- What was learned from judgements and use, as releases that never change and can be taken back, and versions of the prompt.
-- No table here holds words of people: topics are ids of terms that several people used, a lay stem stands here once five people used it.

-- One computation over the evidence up to `cutoff`. `artefact` holds topics (term ids), passages with pseudo-counts, and pairs of terms; it is
-- kept for the releases an undo may go back to. `digest` says whether two are alike, `blocks` what
-- had been taken back on its own, `left_out` topics (terms with weights) that measured worse. `before` is the release that was live until this one.
CREATE TABLE learning_releases (
    release_id uuid PRIMARY KEY,
    cutoff     timestamptz NOT NULL,
    analyser   text NOT NULL,
    state      text NOT NULL CHECK (state IN ('rejected', 'live', 'former', 'undone')),
    digest     text NOT NULL,
    artefact   jsonb,
    evidence   integer NOT NULL,
    subjects   integer NOT NULL,
    effect     jsonb NOT NULL DEFAULT '{}',
    reasons    text[] NOT NULL DEFAULT '{}',
    started_by text NOT NULL,
    blocks     uuid[] NOT NULL DEFAULT '{}',
    left_out   jsonb NOT NULL DEFAULT '[]',
    before     uuid REFERENCES learning_releases (release_id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX learning_releases_one_live ON learning_releases (state) WHERE state = 'live';
CREATE INDEX learning_releases_created ON learning_releases (created_at DESC, release_id);

-- The ledger: every change of a release as a row. A 'release' is the whole, a 'topic' one of its topics, a 'term' a pair that waits for approval.
CREATE TABLE learning_entries (
    entry_id   uuid PRIMARY KEY,
    release_id uuid NOT NULL REFERENCES learning_releases (release_id) ON DELETE CASCADE,
    kind       text NOT NULL CHECK (kind IN ('release', 'topic', 'term')),
    key        text NOT NULL DEFAULT '',
    state      text NOT NULL CHECK (state IN ('rejected', 'live', 'former', 'undone', 'waiting', 'declined')),
    evidence   integer NOT NULL,
    subjects   integer NOT NULL,
    facts      jsonb NOT NULL DEFAULT '{}',
    started_by text NOT NULL,
    at         timestamptz NOT NULL,
    ended_by   text,
    ended_at   timestamptz
);
CREATE INDEX learning_entries_at ON learning_entries (at DESC, entry_id DESC);
CREATE INDEX learning_entries_release ON learning_entries (release_id);

-- What was taken back on its own: evidence on these terms that is not younger than `until` no longer counts.
CREATE TABLE learning_blocks (
    entry_id   uuid PRIMARY KEY,
    terms      bigint[] NOT NULL,
    weights    double precision[] NOT NULL,
    until      timestamptz NOT NULL
);

-- Pairs the operator decided on: a lay stem and the documents' term it stands for. An approved pair counts only while enough people bear it out.
CREATE TABLE learning_terms (
    lay        text NOT NULL,
    term       text NOT NULL,
    approved   boolean NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (lay, term)
);

-- Questions that the operator wrote for measuring, and the places that answer them ([{item_id, section}]).
CREATE TABLE learning_questions (
    question_id uuid PRIMARY KEY,
    question    text NOT NULL,
    places      jsonb NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Versions of the prompt beside the file, which stays the base. At most one is live (none: the file), at most one on trial.
CREATE TABLE prompts (
    version    text PRIMARY KEY,
    yaml       text NOT NULL,
    state      text NOT NULL CHECK (state IN ('draft', 'trial', 'live', 'retired')),
    share      double precision NOT NULL DEFAULT 0 CHECK (share >= 0 AND share <= 1),
    note       text NOT NULL DEFAULT '',
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    trial_at   timestamptz,
    live_at    timestamptz,
    retired_at timestamptz,
    before     text,
    compared   jsonb
);
CREATE UNIQUE INDEX prompts_one_live ON prompts (state) WHERE state = 'live';
CREATE UNIQUE INDEX prompts_one_trial ON prompts (state) WHERE state = 'trial';

-- What was recommended, with which chance: later policies can be measured on it. Only of people who agreed to analytics.
CREATE TABLE recommendation_log (
    list_id    uuid NOT NULL,
    position   integer NOT NULL,
    subject_id uuid NOT NULL REFERENCES subjects (subject_id) ON DELETE CASCADE,
    ts         timestamptz NOT NULL,
    chunk_id   uuid NOT NULL,
    score      double precision NOT NULL,
    propensity double precision NOT NULL CHECK (propensity > 0 AND propensity <= 1),
    policy     text NOT NULL,
    PRIMARY KEY (list_id, position)
);
CREATE INDEX recommendation_log_subject ON recommendation_log (subject_id, ts DESC);
CREATE INDEX recommendation_log_ts ON recommendation_log (ts);

ALTER TABLE labels ADD COLUMN source text NOT NULL DEFAULT 'feedback' CHECK (source IN ('feedback', 'learned'));
