-- Runs that tune a model, the curve of each, and what a tuned model and its base answered to the questions kept apart.

-- `dataset` and `version` name a version in `seed_versions`, `held` what that held when the run began (it holds something else once somebody
-- left), and `digest` the files that the run read. `config` is the run's `lora.yaml` and profile as they were read, `base_sha256` of the base's
-- files, `adapter_sha256` of the adapter's once there is one. `measured` is what the preflight and the run measured (steps, seconds, memory
-- in MiB, kWh, EUR).
CREATE TABLE train_runs (
    run_id         uuid PRIMARY KEY,
    name           text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9._-]{0,99}$'),
    method         text NOT NULL CHECK (method IN ('sft', 'dpo')),
    dataset        text,
    version        text,
    held           text NOT NULL DEFAULT '',
    digest         text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    config         jsonb NOT NULL,
    config_sha256  text NOT NULL CHECK (config_sha256 ~ '^[0-9a-f]{64}$'),
    base           text NOT NULL,
    base_sha256    text NOT NULL CHECK (base_sha256 ~ '^[0-9a-f]{64}$'),
    runs_on        text NOT NULL DEFAULT 'cpu' CHECK (runs_on IN ('cpu', 'gpu')),
    state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'paused', 'cancelled', 'failed', 'done')),
    wanted         text NOT NULL DEFAULT 'run' CHECK (wanted IN ('run', 'pause', 'cancel')),
    step           integer NOT NULL DEFAULT 0 CHECK (step >= 0),
    steps          integer NOT NULL DEFAULT 0 CHECK (steps >= 0),
    measured       jsonb NOT NULL DEFAULT '{}',
    adapter_sha256 text CHECK (adapter_sha256 ~ '^[0-9a-f]{64}$'),
    reason         text NOT NULL DEFAULT '',
    started_by     text NOT NULL,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    ended_at       timestamptz,
    CHECK ((dataset IS NULL) = (version IS NULL))
);
CREATE INDEX train_runs_created ON train_runs (created_at);
CREATE INDEX train_runs_version ON train_runs (dataset, version);

-- The curve of a run, a point every few steps.
CREATE TABLE train_points (
    run_id     uuid NOT NULL REFERENCES train_runs (run_id),
    step       integer NOT NULL CHECK (step >= 0),
    loss       double precision,
    held_loss  double precision,
    rate       double precision,
    seconds    double precision NOT NULL CHECK (seconds >= 0),
    PRIMARY KEY (run_id, step)
);

-- What was answered to the questions kept apart, `side` by side. `row_id` is the row's in the version of the dataset; `lookup` the HMAC of whose
-- question it is, by which it leaves with them.
CREATE TABLE train_answers (
    run_id     uuid NOT NULL REFERENCES train_runs (run_id),
    row_id     text NOT NULL,
    side       text NOT NULL CHECK (side IN ('cand', 'base')),
    topic      text NOT NULL DEFAULT '',
    question   text NOT NULL,
    context    text NOT NULL DEFAULT '',
    reference  text NOT NULL,
    answerable boolean NOT NULL,
    answer     text NOT NULL,
    seconds    double precision NOT NULL CHECK (seconds >= 0),
    lookup     bytea,
    PRIMARY KEY (run_id, row_id, side)
);
CREATE INDEX train_answers_lookup ON train_answers (lookup) WHERE lookup IS NOT NULL;

-- What an evaluation of a run said, the newest last; `limits` are those it was judged by.
CREATE TABLE train_evaluations (
    evaluation_id uuid PRIMARY KEY,
    run_id        uuid NOT NULL REFERENCES train_runs (run_id),
    told          jsonb NOT NULL,
    passed        boolean NOT NULL,
    asked_by      text NOT NULL,
    at            timestamptz NOT NULL
);
CREATE INDEX train_evaluations_run ON train_evaluations (run_id, at);
