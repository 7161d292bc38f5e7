-- Datasets that models are fed with: who ran what, from which raw batches, which rows were removed and why, what came of it, and who is in it.

CREATE TABLE seed_runs (
    run_id     uuid PRIMARY KEY,
    pipeline   text NOT NULL,
    started_by text NOT NULL,
    reason     text NOT NULL DEFAULT '',
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    state      text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'stopped', 'failed')),
    counts     jsonb NOT NULL DEFAULT '{}',
    stopped    text NOT NULL DEFAULT '',
    CHECK ((state = 'running') = (ended_at IS NULL))
);
CREATE INDEX seed_runs_pipeline ON seed_runs (pipeline, started_at);

-- What a source gave in one go, as it came. `object_key` is NULL once its bytes are gone; their `sha256` stays.
CREATE TABLE seed_batches (
    batch_id   uuid PRIMARY KEY,
    run_id     uuid NOT NULL REFERENCES seed_runs (run_id),
    source     text NOT NULL,
    cursor     text NOT NULL DEFAULT '',
    fetched_at timestamptz NOT NULL,
    licence    text NOT NULL DEFAULT '',
    sha256     text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    rows       bigint NOT NULL CHECK (rows >= 0),
    bytes      bigint NOT NULL CHECK (bytes >= 0),
    object_key text
);
CREATE INDEX seed_batches_run ON seed_batches (run_id);
CREATE INDEX seed_batches_source ON seed_batches (source, fetched_at);
CREATE INDEX seed_batches_sha256 ON seed_batches (sha256) WHERE object_key IS NOT NULL;

-- Rows that a run left out, each so that it can be taken back: what is kept instead, and the row itself. `lookup` is the HMAC of whose it is.
CREATE TABLE seed_removals (
    run_id     uuid NOT NULL REFERENCES seed_runs (run_id),
    row_id     text NOT NULL,
    step       text NOT NULL,
    kept_id    text,
    score      double precision,
    differs    text NOT NULL DEFAULT '',
    reason     text NOT NULL DEFAULT '',
    batch_id   uuid NOT NULL,
    source_key text NOT NULL,
    lookup     bytea,
    content    jsonb,
    undone_at  timestamptz,
    undone_by  text,
    PRIMARY KEY (run_id, row_id),
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX seed_removals_kept ON seed_removals (run_id, kept_id) WHERE kept_id IS NOT NULL;
CREATE INDEX seed_removals_batch ON seed_removals (batch_id);
CREATE INDEX seed_removals_lookup ON seed_removals (lookup) WHERE lookup IS NOT NULL;

-- `version` is what its content was when it was made, and its name in `releases` (family `dataset:NAME`); `digest` is what its content is now.
-- Both are the same until a person leaves it.
CREATE TABLE seed_versions (
    version_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dataset         text NOT NULL CHECK (dataset ~ '^[a-z][a-z0-9_-]{0,63}$'),
    version         text NOT NULL CHECK (version ~ '^[0-9a-f]{64}$'),
    digest          text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    manifest        jsonb NOT NULL,
    manifest_sha256 text NOT NULL,
    rows            bigint NOT NULL CHECK (rows >= 0),
    run_id          uuid NOT NULL REFERENCES seed_runs (run_id),
    created_at      timestamptz NOT NULL,
    UNIQUE (dataset, version)
);
CREATE INDEX seed_versions_run ON seed_versions (run_id);

-- From where each row of a version came. Without foreign keys: a hundred thousand rows come at once, with their version and checked against
-- the batches, and both stay.
CREATE TABLE seed_lineage (
    version_id bigint NOT NULL,
    row_id     text NOT NULL,
    batch_id   uuid NOT NULL,
    source_key text NOT NULL,
    lookup     bytea,
    PRIMARY KEY (version_id, row_id, batch_id, source_key)
);
CREATE INDEX seed_lineage_key ON seed_lineage (source_key);
CREATE INDEX seed_lineage_batch ON seed_lineage (batch_id);
CREATE INDEX seed_lineage_lookup ON seed_lineage (lookup) WHERE lookup IS NOT NULL;

-- Which engine was given which version.
CREATE TABLE seed_deliveries (
    delivery_id  uuid PRIMARY KEY,
    version_id   bigint NOT NULL REFERENCES seed_versions (version_id),
    engine       text NOT NULL,
    delivered_at timestamptz NOT NULL,
    rows         bigint NOT NULL,
    sha256       text NOT NULL
);
CREATE INDEX seed_deliveries_version ON seed_deliveries (version_id);

-- People whose data no run may use, as HMACs.
CREATE TABLE seed_objections (
    lookup      bytea PRIMARY KEY,
    objected_at timestamptz NOT NULL,
    noted_by    text NOT NULL
);

-- Every stored file that a version (kind `seed`) or a batch (kind `seed_raw`) names, by its sha256.
CREATE VIEW seed_files AS
SELECT 'seed' AS kind, part ->> 'sha256' AS name, (part ->> 'bytes')::bigint AS bytes
FROM seed_versions, jsonb_array_elements(manifest -> 'parts') AS part
UNION
SELECT 'seed_raw', sha256, bytes FROM seed_batches WHERE object_key IS NOT NULL;
