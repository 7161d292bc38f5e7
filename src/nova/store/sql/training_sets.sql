-- name: lock_sets
-- Versions of sets are made one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('train_sets', 0));

-- name: add_set
-- A version, the next of its name.
INSERT INTO train_sets (name, version, digest, keeper, note, rows, made_by, created_at)
SELECT %(name)s, coalesce(max(version), 0) + 1, %(digest)s, %(keeper)s, %(note)s, %(rows)s, %(made_by)s, %(created_at)s
FROM train_sets WHERE name = %(name)s
RETURNING version;

-- name: set_of_digest
-- The version of a name that holds this.
SELECT version FROM train_sets WHERE name = %(name)s AND digest = %(digest)s;

-- name: sets
-- All versions, without their rows, by name, the newest first.
SELECT name, version, digest, keeper, note, jsonb_array_length(rows) AS questions, made_by, created_at FROM train_sets ORDER BY name, version DESC;

-- name: set
-- One version of a set; without a number the newest.
SELECT name, version, digest, keeper, note, jsonb_array_length(rows) AS questions, made_by, created_at, rows FROM train_sets
WHERE name = %(name)s AND (%(version)s::integer IS NULL OR version = %(version)s) ORDER BY version DESC LIMIT 1;

-- name: asked_in_sets
-- What all versions of all sets ask, with the references.
SELECT s.name || '@' || s.version || ':' || (r ->> 'id') AS id, r ->> 'question' AS question, r ->> 'reference' AS answer
FROM train_sets s CROSS JOIN LATERAL jsonb_array_elements(s.rows) AS r ORDER BY s.name, s.version, r ->> 'id';

-- name: held_in
-- In which datasets some people are, by version, and which runs learned from those.
SELECT v.dataset, v.version, count(DISTINCT l.row_id) AS rows,
       (SELECT coalesce(json_agg(json_build_object('run', t.name, 'state', t.state, 'adapter', t.adapter_sha256) ORDER BY t.created_at), '[]')
        FROM train_runs t WHERE t.dataset = v.dataset AND t.version = v.version) AS runs
FROM seed_lineage l JOIN seed_versions v USING (version_id)
WHERE l.lookup = ANY (%(lookups)s) GROUP BY v.version_id ORDER BY v.dataset, v.created_at;

-- name: adapters_of
-- Runs that learned from versions.
SELECT DISTINCT t.name FROM train_runs t JOIN seed_versions v USING (dataset, version) WHERE v.version_id = ANY (%(version_ids)s) ORDER BY t.name;

-- name: unagreed_in
-- How many people are in a version of a dataset who do not agree to training (any more), and how many are in it.
SELECT count(DISTINCT l.lookup) AS people, count(DISTINCT l.lookup) FILTER (WHERE NOT coalesce((
    SELECT c.given FROM subjects s JOIN consents c USING (subject_id) WHERE s.lookup = l.lookup AND c.purpose = 'training'
    ORDER BY c.at DESC, c.given LIMIT 1), false)) AS unagreed
FROM seed_lineage l WHERE l.version_id = %(version_id)s AND l.lookup IS NOT NULL;

-- name: agreed
-- Who agrees to training now, by pseudonym.
SELECT p.subject_id::text AS person FROM subjects p WHERE p.lookup IS NOT NULL AND (
    SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1);

-- name: told_of_version
-- What the last run that came to a version of a dataset told of it: another run of the same rows may judge by other limits.
SELECT counts -> 'training' AS told FROM seed_runs
WHERE pipeline = %(dataset)s AND state = 'done' AND counts ->> 'version' = %(version)s AND counts ? 'training'
ORDER BY ended_at DESC, run_id DESC LIMIT 1;

-- name: forget_named
-- What checks of datasets said of rows names some of them no longer.
UPDATE seed_runs SET counts = regexp_replace(counts::text, %(pattern)s, 'entfernt', 'g')::jsonb
WHERE counts ? 'training' AND (counts -> 'training' -> 'checks')::text ~ %(pattern)s;
