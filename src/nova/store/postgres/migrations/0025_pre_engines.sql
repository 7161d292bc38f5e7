-- Engines that use datasets: what they read, what they were given and what came of it, and how well they are.

-- What an engine reads: bytes made of a version, and the records kept apart by which the next delivery is judged. `name` is that of a release
-- of `engine:NAME`; `digest` what the version held when it was made. Whoever leaves the version, the state goes, and is made anew.
CREATE TABLE engine_states (
    engine        text NOT NULL,
    name          text NOT NULL,
    version_id    bigint NOT NULL REFERENCES seed_versions (version_id),
    digest        text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    state_sha256  text NOT NULL CHECK (state_sha256 ~ '^[0-9a-f]{64}$'),
    state_bytes   bigint NOT NULL CHECK (state_bytes >= 0),
    anchor_sha256 text NOT NULL CHECK (anchor_sha256 ~ '^[0-9a-f]{64}$'),
    anchor_bytes  bigint NOT NULL CHECK (anchor_bytes >= 0),
    rows          bigint NOT NULL CHECK (rows >= 0),
    made_at       timestamptz NOT NULL,
    PRIMARY KEY (engine, name)
);
CREATE INDEX engine_states_version ON engine_states (version_id);

-- Every delivery and what came of it; `before`, `after`, `low` and `high` are the engine's own figure and the bounds of what it gained.
CREATE TABLE engine_deliveries (
    delivery_id  uuid PRIMARY KEY,
    engine       text NOT NULL,
    dataset      text NOT NULL,
    version      text NOT NULL,
    state        text NOT NULL CHECK (state IN ('live', 'unchanged', 'taken_back', 'refused', 'skipped', 'unreachable')),
    rows         bigint NOT NULL CHECK (rows >= 0),
    before       double precision,
    after        double precision,
    low          double precision,
    high         double precision,
    seconds      double precision NOT NULL CHECK (seconds >= 0),
    reason       text NOT NULL DEFAULT '',
    delivered_by text NOT NULL,
    delivered_at timestamptz NOT NULL
);
CREATE INDEX engine_deliveries_engine ON engine_deliveries (engine, delivered_at);

-- How often an engine answered in an hour when it was asked for its figure, and how long that took in all.
CREATE TABLE engine_hours (
    engine  text NOT NULL,
    hour    timestamptz NOT NULL,
    reached integer NOT NULL DEFAULT 0 CHECK (reached >= 0),
    missed  integer NOT NULL DEFAULT 0 CHECK (missed >= 0),
    seconds double precision NOT NULL DEFAULT 0 CHECK (seconds >= 0),
    PRIMARY KEY (engine, hour)
);

CREATE OR REPLACE VIEW seed_files AS
SELECT 'seed' AS kind, part ->> 'sha256' AS name, (part ->> 'bytes')::bigint AS bytes
FROM seed_versions, jsonb_array_elements(manifest -> 'parts') AS part
UNION
SELECT 'seed_raw', sha256, bytes FROM seed_batches WHERE object_key IS NOT NULL
UNION
SELECT 'engine', state_sha256, state_bytes FROM engine_states
UNION
SELECT 'engine', anchor_sha256, anchor_bytes FROM engine_states;
