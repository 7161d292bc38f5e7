-- Who left a version leaves the engines elsewhere that were given it: what each has to give back, until it did.

-- `key` is what was delivered (the content of a version then). `done_at` is NULL until the engine was told; what is delivered again later is
-- asked for again.
CREATE TABLE engine_recalls (
    engine   text NOT NULL,
    key      text NOT NULL,
    asked_at timestamptz NOT NULL,
    done_at  timestamptz,
    PRIMARY KEY (engine, key)
);
CREATE INDEX engine_recalls_open ON engine_recalls (engine) WHERE done_at IS NULL;

-- What engines were given of versions that somebody left before.
INSERT INTO engine_recalls (engine, key, asked_at)
SELECT DISTINCT d.engine, d.sha256, now() FROM seed_deliveries d JOIN seed_versions v USING (version_id)
JOIN releases r ON r.family = 'engine:' || d.engine AND r.name = d.sha256
WHERE v.digest <> d.sha256;
