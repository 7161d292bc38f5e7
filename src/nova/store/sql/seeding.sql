-- name: lock
-- Versions are made and people leave them one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('seeding', 2));

-- name: start_run
-- A run begins.
INSERT INTO seed_runs (run_id, pipeline, started_by, reason, started_at) VALUES (%(run_id)s, %(pipeline)s, %(by)s, %(reason)s, %(at)s);

-- name: end_run
-- A run ends, once.
UPDATE seed_runs SET state = %(state)s, ended_at = %(at)s, counts = %(counts)s, stopped = %(stopped)s
WHERE run_id = %(run_id)s AND state = 'running';

-- name: run
-- One run.
SELECT run_id, pipeline, started_by, reason, started_at, ended_at, state, counts, stopped FROM seed_runs WHERE run_id = %(run_id)s;

-- name: runs
-- Runs, of one pipeline if given, newest first.
SELECT run_id, pipeline, started_by, reason, started_at, ended_at, state, counts, stopped FROM seed_runs
WHERE %(pipeline)s::text IS NULL OR pipeline = %(pipeline)s ORDER BY started_at DESC, run_id DESC LIMIT %(limit)s;

-- name: put_batch
-- What a source gave.
INSERT INTO seed_batches (batch_id, run_id, source, cursor, fetched_at, licence, sha256, rows, bytes, object_key)
VALUES (%(batch_id)s, %(run_id)s, %(source)s, %(cursor)s, %(fetched_at)s, %(licence)s, %(sha256)s, %(rows)s, %(bytes)s, %(object_key)s);

-- name: batches
-- Batches by id.
SELECT batch_id, run_id, source, cursor, fetched_at, licence, sha256, rows, bytes, object_key FROM seed_batches
WHERE batch_id = ANY (%(ids)s) ORDER BY source, fetched_at, batch_id;

-- name: batches_of
-- What a run fetched, and what its versions were made of.
SELECT batch_id, run_id, source, cursor, fetched_at, licence, sha256, rows, bytes, object_key FROM seed_batches
WHERE run_id = %(run_id)s OR batch_id IN (
    SELECT (used ->> 'batch')::uuid FROM seed_versions v, jsonb_array_elements(v.manifest -> 'batches') AS used WHERE v.run_id = %(run_id)s)
ORDER BY source, fetched_at, batch_id;

-- name: batches_before
-- What the runs of a pipeline stored before this one, whatever became of them, the oldest run first.
SELECT b.batch_id, b.run_id, b.source, b.cursor, b.fetched_at, b.licence, b.sha256, b.rows, b.bytes, b.object_key
FROM seed_batches b JOIN seed_runs r USING (run_id)
WHERE r.pipeline = %(pipeline)s AND r.run_id <> %(run_id)s ORDER BY r.started_at, r.run_id, b.batch_id;

-- name: removals
-- What a run left out: all, of one step, or in favour of one row.
SELECT run_id, row_id, step, kept_id, score, differs, reason, batch_id, content, undone_at, undone_by FROM seed_removals
WHERE run_id = %(run_id)s AND (%(step)s::text IS NULL OR step = %(step)s) AND (%(kept_id)s::text IS NULL OR kept_id = %(kept_id)s)
ORDER BY row_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: undo
-- Removals are taken back: of these rows, of a cluster (what a row was kept for), or of the whole run. Who objected stays out.
UPDATE seed_removals SET undone_at = %(at)s, undone_by = %(by)s
WHERE run_id = %(run_id)s AND undone_at IS NULL AND content IS NOT NULL
  AND (%(ids)s::text[] IS NULL OR row_id = ANY (%(ids)s)) AND (%(kept_id)s::text IS NULL OR kept_id = %(kept_id)s)
RETURNING row_id;

-- name: undone
-- Rows of a pipeline whose removal was taken back, as they were.
SELECT m.row_id, m.kept_id, m.step, m.content, m.batch_id, m.source_key FROM seed_removals m JOIN seed_runs r USING (run_id)
WHERE r.pipeline = %(pipeline)s AND m.undone_at IS NOT NULL ORDER BY r.started_at, m.row_id;

-- name: add_version
-- A version of a new name.
INSERT INTO seed_versions (dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at)
VALUES (%(dataset)s, %(version)s, %(digest)s, %(manifest)s, %(manifest_sha256)s, %(rows)s, %(run_id)s, %(at)s) RETURNING version_id;

-- name: version
-- A version by its name, or by the first signs of it.
SELECT version_id, dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at FROM seed_versions
WHERE dataset = %(dataset)s AND starts_with(version, %(version)s) LIMIT 2;

-- name: versions
-- Versions, of one dataset if given, newest first.
SELECT version_id, dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at FROM seed_versions
WHERE %(dataset)s::text IS NULL OR dataset = %(dataset)s ORDER BY created_at DESC, version_id DESC LIMIT %(limit)s;

-- name: versions_of_run
-- What a run made.
SELECT version_id, dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at FROM seed_versions
WHERE run_id = %(run_id)s ORDER BY version_id;

-- name: rewrite
-- A version has another content now; it never grows.
UPDATE seed_versions SET digest = %(digest)s, manifest = %(manifest)s, manifest_sha256 = %(manifest_sha256)s, rows = %(rows)s
WHERE version_id = %(version_id)s AND rows >= %(rows)s;

-- name: barred
-- How many rows of a version are of people who objected, or for whom an erasure was asked.
SELECT count(*) AS n FROM seed_lineage l WHERE l.version_id = %(version_id)s AND l.lookup IS NOT NULL
  AND (EXISTS (SELECT FROM seed_objections o WHERE o.lookup = l.lookup) OR EXISTS (SELECT FROM erasures e WHERE e.lookup = l.lookup)
    OR EXISTS (SELECT FROM seed_refusals f JOIN seed_versions v ON v.manifest ->> 'purpose' = f.purpose
               WHERE f.lookup = l.lookup AND v.version_id = l.version_id));

-- name: excluded
-- Whose data no run for a purpose may use: who objected, who refused that purpose, and who was erased.
SELECT lookup FROM seed_objections UNION SELECT lookup FROM seed_refusals WHERE purpose = %(purpose)s
UNION SELECT lookup FROM erasures WHERE lookup IS NOT NULL;

-- name: agreed
-- Who agrees to a purpose.
SELECT s.lookup FROM subjects s WHERE s.lookup IS NOT NULL
  AND (SELECT c.given FROM consents c WHERE c.subject_id = s.subject_id AND c.purpose = %(purpose)s ORDER BY c.at DESC, c.given LIMIT 1);

-- name: origins
-- From where a row of a version came.
SELECT v.dataset, v.version, v.run_id, r.pipeline, l.row_id, l.batch_id, b.source, b.licence, b.fetched_at, b.sha256, l.source_key
FROM seed_versions v JOIN seed_runs r USING (run_id) JOIN seed_lineage l USING (version_id) JOIN seed_batches b USING (batch_id)
WHERE v.version_id = %(version_id)s AND l.row_id = %(row_id)s ORDER BY b.source, l.source_key, l.batch_id;

-- name: uses
-- Every version that holds something of a source's row, and every delivery of those.
SELECT v.dataset, v.version, l.row_id, l.batch_id, v.created_at, d.delivery_id, d.engine, d.delivered_at
FROM seed_lineage l JOIN seed_batches b USING (batch_id) JOIN seed_versions v USING (version_id) LEFT JOIN seed_deliveries d USING (version_id)
WHERE l.source_key = %(source_key)s AND b.source = %(source)s
ORDER BY v.created_at, v.version_id, l.row_id, d.delivered_at, d.delivery_id;

-- name: put_delivery
-- An engine was given a version.
INSERT INTO seed_deliveries (delivery_id, version_id, engine, delivered_at, rows, sha256)
VALUES (%(delivery_id)s, %(version_id)s, %(engine)s, %(at)s, %(rows)s, %(sha256)s);

-- name: deliveries
-- Who was given a version, newest first.
SELECT delivery_id, engine, delivered_at, rows, sha256 FROM seed_deliveries WHERE version_id = %(version_id)s ORDER BY delivered_at DESC;

-- name: known
-- Whether somebody is in a version, or was left out by a run.
SELECT EXISTS (SELECT FROM seed_lineage WHERE lookup = %(lookup)s)
    OR EXISTS (SELECT FROM seed_removals WHERE lookup = %(lookup)s AND content IS NOT NULL) AS yes;

-- name: held_of
-- The rows of some people, by version.
SELECT version_id, array_agg(DISTINCT row_id ORDER BY row_id) AS row_ids FROM seed_lineage l JOIN seed_versions v USING (version_id)
WHERE l.lookup = ANY (%(lookups)s) AND seed_run_is_for(v.run_id, %(purpose)s) GROUP BY version_id ORDER BY version_id;

-- name: version_of
-- One version.
SELECT version_id, dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at FROM seed_versions
WHERE version_id = %(version_id)s;

-- name: lock_version
-- One version; nobody else changes it until the transaction ends.
SELECT version_id, dataset, version, digest, manifest, manifest_sha256, rows, run_id, created_at FROM seed_versions
WHERE version_id = %(version_id)s FOR UPDATE;

-- name: engines_with
-- The engines that were given one of these versions.
SELECT DISTINCT engine FROM seed_deliveries WHERE version_id = ANY (%(version_ids)s) ORDER BY engine;

-- name: removed_of
-- What runs left out of some people's rows.
SELECT run_id, row_id, step, reason, content FROM seed_removals WHERE lookup = ANY (%(lookups)s) AND content IS NOT NULL ORDER BY run_id, row_id;

-- name: empty_batches
-- Raw bytes that hold something of some people, or of which nobody knows what they hold, are named no more. Bytes are held once, so every
-- batch of the same goes with them.
UPDATE seed_batches SET object_key = NULL
WHERE object_key IS NOT NULL AND sha256 IN (
    SELECT b.sha256 FROM seed_batches b
    WHERE b.batch_id IN (SELECT batch_id FROM seed_lineage WHERE lookup = ANY (%(lookups)s))
       OR b.batch_id IN (SELECT batch_id FROM seed_removals WHERE lookup = ANY (%(lookups)s))
       OR NOT EXISTS (SELECT FROM seed_lineage l WHERE l.batch_id = b.batch_id)
          AND NOT EXISTS (SELECT FROM seed_removals m WHERE m.batch_id = b.batch_id));

-- name: forget_kept
-- Rows of others that were left out for a row of some people's no longer say what that was.
UPDATE seed_removals m SET kept_id = NULL, differs = '', reason = 'Der behaltene Datensatz wurde gelöscht.'
WHERE seed_run_is_for(m.run_id, %(purpose)s) AND (m.lookup IS NULL OR m.lookup <> ALL (%(lookups)s::bytea[])) AND EXISTS (
    SELECT FROM seed_versions v JOIN seed_lineage l USING (version_id)
    WHERE v.run_id = m.run_id AND l.row_id = m.kept_id AND l.lookup = ANY (%(lookups)s)
    UNION ALL
    SELECT FROM seed_removals k WHERE k.run_id = m.run_id AND k.row_id = m.kept_id AND k.lookup = ANY (%(lookups)s));

-- name: forget_removals
-- What runs left out of some people's rows goes.
DELETE FROM seed_removals WHERE lookup = ANY (%(lookups)s);

-- name: forget_lineage
-- From where some people's rows came goes, also where others had a part in a row.
DELETE FROM seed_lineage l USING (
    SELECT h.version_id, h.row_id FROM seed_lineage h JOIN seed_versions v USING (version_id)
    WHERE h.lookup = ANY (%(lookups)s) AND seed_run_is_for(v.run_id, %(purpose)s)) gone
WHERE l.version_id = gone.version_id AND l.row_id = gone.row_id;

-- name: empty_removals
-- Rows of somebody who objected are kept no longer; that there were some is.
UPDATE seed_removals SET content = NULL, differs = '', reason = %(reason)s, undone_at = NULL, undone_by = NULL
WHERE lookup = ANY (%(lookups)s) AND seed_run_is_for(run_id, %(purpose)s);

-- name: note_objected
-- Rows of somebody who objected count as left out, so that a later erasure finds from where they came.
INSERT INTO seed_removals (run_id, row_id, step, reason, batch_id, source_key, lookup)
SELECT DISTINCT ON (v.run_id, l.row_id) v.run_id, l.row_id, 'objection', %(reason)s, l.batch_id, l.source_key, l.lookup
FROM seed_lineage l JOIN seed_versions v USING (version_id) WHERE l.lookup = ANY (%(lookups)s) AND seed_run_is_for(v.run_id, %(purpose)s)
ORDER BY v.run_id, l.row_id, l.batch_id ON CONFLICT (run_id, row_id) DO NOTHING;

-- name: correct_removals
-- A value of somebody's is another one, also where a run left the row out.
UPDATE seed_removals SET content = jsonb_set(content, ARRAY[%(column)s::text], %(value)s::jsonb)
WHERE lookup = ANY (%(lookups)s) AND content ? %(column)s AND (%(row_id)s::text IS NULL OR row_id = %(row_id)s);

-- name: put_objection
-- Somebody objects.
INSERT INTO seed_objections (lookup, objected_at, noted_by) VALUES (%(lookup)s, %(at)s, %(by)s) ON CONFLICT (lookup) DO NOTHING;

-- name: lift_objection
-- An objection is taken back.
DELETE FROM seed_objections WHERE lookup = %(lookup)s;

-- name: object_to_learning
-- Somebody withdrew their consent to learning.
INSERT INTO seed_objections (lookup, objected_at, noted_by)
SELECT lookup, %(at)s, %(by)s FROM subjects WHERE subject_id = %(subject_id)s AND lookup IS NOT NULL ON CONFLICT (lookup) DO NOTHING;

-- name: agree_to_learning
-- They agreed again.
DELETE FROM seed_objections o USING subjects s WHERE s.subject_id = %(subject_id)s AND o.lookup = s.lookup AND o.noted_by = %(by)s;

-- name: to_leave
-- Who objected, or refused a purpose, and is still there.
SELECT o.lookup, o.purpose FROM (SELECT lookup, '' AS purpose FROM seed_objections UNION ALL SELECT lookup, purpose FROM seed_refusals) o
WHERE EXISTS (SELECT FROM seed_lineage l JOIN seed_versions v USING (version_id) WHERE l.lookup = o.lookup AND seed_run_is_for(v.run_id, o.purpose))
   OR EXISTS (SELECT FROM seed_removals m WHERE m.lookup = o.lookup AND m.content IS NOT NULL AND seed_run_is_for(m.run_id, o.purpose))
   OR (o.purpose IN ('', 'training') AND EXISTS (SELECT FROM train_answers a WHERE a.lookups @> ARRAY[o.lookup]))
ORDER BY o.purpose, o.lookup;

-- name: refuse_purpose
-- Somebody agrees to a purpose no longer.
INSERT INTO seed_refusals (lookup, purpose, refused_at, noted_by)
SELECT lookup, %(purpose)s, %(at)s, %(by)s FROM subjects WHERE subject_id = %(subject_id)s AND lookup IS NOT NULL ON CONFLICT DO NOTHING;

-- name: allow_purpose
-- They agreed again.
DELETE FROM seed_refusals f USING subjects s WHERE s.subject_id = %(subject_id)s AND f.lookup = s.lookup AND f.purpose = %(purpose)s;

-- name: effort
-- What runs proposed and people decided, of one pipeline or all: rows that runs left out and the times that people took some back; versions,
-- those that people made live or withdrew.
SELECT (SELECT count(*) FROM seed_removals m JOIN seed_runs r USING (run_id) WHERE %(pipeline)s::text IS NULL OR r.pipeline = %(pipeline)s) AS removals,
    (SELECT count(DISTINCT (m.run_id, m.undone_at)) FROM seed_removals m JOIN seed_runs r USING (run_id)
     WHERE m.undone_at IS NOT NULL AND (%(pipeline)s::text IS NULL OR r.pipeline = %(pipeline)s)) AS undone,
    (SELECT count(*) FROM seed_versions WHERE %(pipeline)s::text IS NULL OR dataset = %(pipeline)s) AS versions,
    (SELECT count(*) FROM release_steps s WHERE s.step = 'live' AND s.family LIKE 'dataset:%%'
       AND (%(pipeline)s::text IS NULL OR s.family = 'dataset:' || %(pipeline)s)) -
    (SELECT count(*) FROM seed_runs WHERE counts ->> 'live' = 'true' AND (%(pipeline)s::text IS NULL OR pipeline = %(pipeline)s)) AS by_hand,
    (SELECT count(*) FROM release_steps s WHERE s.step = 'withdrawn' AND s.family LIKE 'dataset:%%'
       AND (%(pipeline)s::text IS NULL OR s.family = 'dataset:' || %(pipeline)s)) AS taken_back;

-- name: places
-- Where files of datasets are named: here, and in every schema that a restore has set aside.
SELECT n.nspname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'seed_files' AND c.relkind IN ('r', 'v') AND (n.nspname = 'public' OR n.nspname ~ '^vor_[0-9]+$');
