-- People who agree to learning, but not to a purpose: datasets for that do without them.

CREATE TABLE seed_refusals (
    lookup     bytea NOT NULL,
    purpose    text NOT NULL,
    refused_at timestamptz NOT NULL,
    noted_by   text NOT NULL,
    PRIMARY KEY (lookup, purpose)
);

-- Who refused profiles before refusals had a table; the daily job takes them out.
INSERT INTO seed_refusals (lookup, purpose, refused_at, noted_by)
SELECT s.lookup, 'profiling', said.at, 'consent' FROM subjects s
JOIN LATERAL (
    SELECT c.given, c.at FROM consents c WHERE c.subject_id = s.subject_id AND c.purpose = 'profiling' ORDER BY c.at DESC, c.given LIMIT 1
) said ON NOT said.given
WHERE s.lookup IS NOT NULL ON CONFLICT DO NOTHING;

-- Whether what a run made is for a purpose ("": for any). A run that made what there was already is for what the version before it was for.
CREATE FUNCTION seed_run_is_for(run uuid, wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT wanted = '' OR coalesce((
        SELECT coalesce(v.manifest ->> 'purpose', '') = wanted FROM seed_runs r
        JOIN seed_versions v ON v.run_id = r.run_id OR v.dataset = r.pipeline AND v.created_at <= coalesce(r.ended_at, now())
        WHERE r.run_id = run ORDER BY v.run_id = r.run_id DESC, v.created_at DESC, v.version_id DESC LIMIT 1), false)
$$;

-- Figures by the hour that may be told: behind which at least five people stand, or nobody.
CREATE VIEW kpi_hours_told AS
SELECT kpi, starts, n, total FROM kpi_hours
WHERE segment = '' AND (cardinality(people) >= 5 OR kpi IN ('engines_reached', 'engine_s', 'deliveries_lost', 'intake_refused'));
