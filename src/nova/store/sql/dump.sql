-- name: export_snapshot
-- A name under which other connections see exactly what this transaction sees.
SELECT pg_export_snapshot() AS snapshot;

-- name: tables
-- Every table of ours; the parts of a partitioned one count as the whole.
SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname;

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

-- name: sign_everybody_out
-- A restored database lets nobody in who was signed in when it was saved.
DELETE FROM sessions;

-- name: end_snapshot_jobs
-- Jobs that made or proved a snapshot when the database was saved have nothing left to do.
UPDATE jobs SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL, worker = NULL,
    error = 'Beim Einspielen der Sicherung beendet.', error_code = 'cancelled'
WHERE kind = ANY(%(kinds)s) AND state IN ('queued', 'running');

-- name: unfinished_jobs
-- Jobs that still have to be done, by kind.
SELECT kind, count(*) AS n FROM jobs WHERE state IN ('queued', 'running') GROUP BY kind ORDER BY kind;
