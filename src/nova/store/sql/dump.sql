-- name: export_snapshot
-- A name under which other connections see exactly what this transaction sees.
SELECT pg_export_snapshot() AS snapshot;

-- name: tables
-- Every table of ours; the parts of a partitioned one count as the whole.
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname;

-- name: documents
-- How many items people gave; conversations are items too.
SELECT count(*) AS n FROM items WHERE kind <> 'conversation';

-- name: last_migration
-- The newest part of the schema.
SELECT name FROM nova_migrations ORDER BY number DESC LIMIT 1;

-- name: hold_removals
-- Waits for removals under way; none begins until the connection lets go.
SELECT pg_advisory_lock(%(space)s, %(lock)s);

-- name: release_removals
-- Removals may go on.
SELECT pg_advisory_unlock(%(space)s, %(lock)s);

-- name: may_remove
-- Whether no snapshot is being made; none begins before this transaction ends.
SELECT pg_try_advisory_xact_lock_shared(%(space)s, %(lock)s) AS granted;

-- name: in_chunks
-- Whether readings or prices lie in chunks of TimescaleDB, which are tables of another schema.
SELECT count(*) > 0 AS yes FROM pg_class
WHERE oid IN (to_regclass('public.smart_meter_readings'), to_regclass('public.market_prices')) AND relkind <> 'p';

-- name: sign_everybody_out
-- A restored database lets nobody in who was signed in when it was saved.
DELETE FROM sessions;

-- name: end_snapshot_jobs
-- Jobs that made or proved a snapshot when the database was saved have nothing left to do.
UPDATE jobs SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL, worker = NULL,
    error = 'Beim Einspielen der Sicherung beendet.', error_code = 'cancelled'
WHERE kind = ANY(%(kinds)s) AND state IN ('queued', 'running');

-- name: asked_lately
-- The latest different questions that were answered.
SELECT question FROM (SELECT question, max(ts) AS ts FROM
        (SELECT question, ts FROM answers WHERE status IN ('answered', 'partial') AND as_of IS NULL AND NOT retrieval ? 'emergency'
         ORDER BY ts DESC LIMIT 500) AS latest
    GROUP BY question) AS different
ORDER BY ts DESC LIMIT %(limit)s;

-- name: knowledge_state
-- Two equal ones mean that the same questions have the same answers.
SELECT (SELECT count(*) FROM items) AS items, (SELECT max(updated_at) FROM items)::text AS items_changed,
       (SELECT count(*) FROM item_versions) AS versions, (SELECT count(*) FROM item_chunks) AS chunks,
       (SELECT count(*) FROM item_chunks WHERE valid_to IS NULL) AS current_chunks, (SELECT count(*) FROM chunk_places) AS places,
       (SELECT version FROM analysers WHERE live) AS analyser, (SELECT count(*) FROM index_outbox) AS outbox;

-- name: bytes_stored
-- What a dump and the files need at most.
SELECT pg_database_size(current_database())::bigint AS database, (SELECT (SELECT coalesce(sum(bytes), 0) FROM item_versions) + (SELECT coalesce(sum(bytes), 0) FROM seed_files))::bigint AS files;

-- name: objects_named
-- The sha256 names of raw files (kind raw), stored texts (kind processed) and files of datasets, each once; conversations have no files.
SELECT DISTINCT kind, name FROM (
    SELECT 'raw' AS kind, v.sha256 AS name FROM item_versions v JOIN items i USING (item_id) WHERE i.kind <> 'conversation'
    UNION ALL SELECT 'processed', text_sha256 FROM item_versions WHERE text_sha256 IS NOT NULL
    UNION ALL SELECT kind, name FROM seed_files) AS named
ORDER BY kind, name;

-- name: others_at_work
-- How many connections of other Nova processes this database has.
SELECT count(*) AS n FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'nova%%';

-- name: hold_for_restore
-- The right to fill this database, until the connection ends; whoever opens it looks for the holder.
SELECT pg_try_advisory_lock(%(space)s, %(lock)s) AS granted;

-- name: dropping_ours
-- What empties public again: a command for every table, view and function that no extension brought.
SELECT format('DROP %%s IF EXISTS public.%%I CASCADE',
              CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.relname) AS command
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'v')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL SELECT format('DROP FUNCTION IF EXISTS %%s CASCADE', p.oid::regprocedure)
FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e');
