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

-- Who refused profiles before refusals had a table; the daily job takes them out.
INSERT INTO seed_refusals (lookup, purpose, refused_at, noted_by)
SELECT s.lookup, 'profiling', said.at, 'consent' FROM subjects s
JOIN LATERAL (
    SELECT c.given, c.at FROM consents c WHERE c.subject_id = s.subject_id AND c.purpose = 'profiling' ORDER BY c.at DESC, c.given LIMIT 1
) said ON NOT said.given
WHERE s.lookup IS NOT NULL ON CONFLICT DO NOTHING;

-- Whether what a run made is for a purpose ("": for any). A run that made what there was already is for what the version before it was for.
CREATE OR REPLACE FUNCTION seed_run_is_for(run uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT wanted = '' OR coalesce((
        SELECT coalesce(v.manifest ->> 'purpose', '') = wanted FROM seed_runs r
        JOIN seed_versions v ON v.run_id = r.run_id OR v.dataset = r.pipeline AND v.created_at <= coalesce(r.ended_at, now())
        WHERE r.run_id = run ORDER BY v.run_id = r.run_id DESC, v.created_at DESC, v.version_id DESC LIMIT 1), false)
$$;
