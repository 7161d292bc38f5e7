-- name: insert_job
-- Queues a job; a schedule that still has an open job gets no second one.
INSERT INTO jobs (job_id, kind, title, args, item_id, owner, schedule, turns)
VALUES (%(job_id)s, %(kind)s, %(title)s, %(args)s, %(item_id)s, %(owner)s, %(schedule)s,
        CASE WHEN %(long)s THEN 'long' WHEN %(schedule)s::text IS NOT NULL THEN 'clock' ELSE coalesce(%(owner)s::uuid::text, 'operator') END)
ON CONFLICT (schedule) WHERE schedule IS NOT NULL AND state IN ('queued', 'running') DO NOTHING;

-- name: hold_waiting
-- A job of this kind, for everything, that nobody takes before this transaction ends.
SELECT job_id FROM jobs WHERE kind = %(kind)s AND state = 'queued' AND args = '{}' AND error_code IS NULL AND NOT cancel_requested
ORDER BY created_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;

-- name: hold_queued
-- A job that waits, and that nobody takes before this transaction ends.
SELECT job_id FROM jobs WHERE job_id = %(job_id)s AND state = 'queued' FOR NO KEY UPDATE SKIP LOCKED;

-- name: widen_waiting
-- A job of this kind that nobody takes before this transaction ends gets further tables to do; no row where none waits.
UPDATE jobs SET args = jsonb_build_object('tables', (
    SELECT jsonb_agg(DISTINCT name ORDER BY name) FROM jsonb_array_elements_text(args -> 'tables' || %(tables)s::jsonb) AS name))
WHERE job_id = (SELECT job_id FROM jobs WHERE kind = %(kind)s AND state = 'queued' AND error_code IS NULL AND NOT cancel_requested
                ORDER BY created_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
RETURNING job_id;

-- name: get_job
-- One job as people see it.
SELECT job_id, kind, state, stage, progress, total, title, error, error_code, result, item_id, owner, attempts, cancel_requested,
       created_at, started_at, ended_at
FROM jobs WHERE job_id = %(job_id)s;

-- name: job_arguments
-- What a job was started with.
SELECT args FROM jobs WHERE job_id = %(job_id)s;

-- name: arguments_of
-- What the jobs of a kind were started with that are not done, or not yet, or may be repeated.
SELECT args FROM jobs WHERE kind = %(kind)s AND state <> 'done';

-- name: list_jobs
-- Newest first; an empty list of states, a NULL kind or a NULL owner means all.
SELECT job_id, kind, state, stage, progress, total, title, error, error_code, result, item_id, owner, attempts, cancel_requested,
       created_at, started_at, ended_at
FROM jobs
WHERE (cardinality(%(states)s::text[]) = 0 OR state = ANY (%(states)s::text[]))
  AND (%(kind)s::text IS NULL OR kind = %(kind)s::text)
  AND (%(owner)s::uuid IS NULL OR owner = %(owner)s::uuid)
ORDER BY created_at DESC, job_id DESC LIMIT %(limit)s;

-- name: running_jobs
-- The leases of what is being done, for somebody who watches whether they are prolonged.
SELECT job_id, attempts, lease_until FROM jobs WHERE state = 'running' AND kind = ANY (%(kinds)s);

-- name: turns
-- Whose turn it is, in order: those with a job that is due, the one first whose last turn is longest ago (a time ahead of now was noted before
-- the clock was set back). A person's jobs take all places but one; so do those that a schedule starts, less those that may take hours, which
-- leave another place free. What nobody waits for comes behind, unless it has waited for ten minutes. Only a job that failed before has to wait; one whose time lies too far ahead saw the clock set back.
WITH due AS (
    SELECT turns, min(due_at) AS since FROM jobs
    WHERE kind = ANY (%(kinds)s) AND state = 'queued'
      AND (error_code IS NULL OR due_at <= clock_timestamp() OR due_at > clock_timestamp() + interval '15 minutes')
    GROUP BY turns
), running AS (
    SELECT turns, count(*) AS n FROM jobs WHERE kind = ANY (%(kinds)s) AND state = 'running' GROUP BY turns
), slots AS (
    SELECT greatest(%(slots)s, coalesce(sum(slots), 0)) AS n FROM workers WHERE seen_at > clock_timestamp() - make_interval(secs => %(present)s)
)
SELECT due.turns FROM due CROSS JOIN slots LEFT JOIN running USING (turns) LEFT JOIN running AS long ON long.turns = 'long'
CROSS JOIN LATERAL (SELECT max(claimed_at) AS at FROM jobs WHERE jobs.turns = due.turns AND claimed_at IS NOT NULL) AS last
WHERE due.turns = 'operator' OR coalesce(running.n, 0) < greatest(1, slots.n - CASE due.turns
    WHEN 'long' THEN 2 WHEN 'clock' THEN 1 + coalesce(long.n, 0) ELSE 1 END)
ORDER BY due.turns IN ('clock', 'long') AND due.since > clock_timestamp() - interval '10 minutes',
         CASE WHEN last.at < clock_timestamp() THEN last.at WHEN last.at IS NOT NULL THEN clock_timestamp() END NULLS FIRST, due.since, due.turns;

-- name: claim_job
-- Takes the oldest job of this turn that is due. A row that someone holds locked is in good hands and passed over.
UPDATE jobs
SET state = 'running', worker = %(worker)s, attempts = attempts + 1, tries = tries + 1, stage = '', progress = 0, total = 0,
    error = NULL, error_code = NULL, started_at = coalesce(started_at, clock_timestamp()), claimed_at = clock_timestamp(),
    lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE job_id = (
    SELECT job_id FROM jobs
    WHERE turns = %(turns)s AND kind = ANY (%(kinds)s) AND state = 'queued'
      AND (error_code IS NULL OR due_at <= clock_timestamp() OR due_at > clock_timestamp() + interval '15 minutes')
    ORDER BY due_at, created_at LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING job_id, kind, args, title, attempts, tries, cancel_requested, saved;

-- name: claim_abandoned
-- Takes a job that the caller saw abandoned and whose lease is still the one it saw; its place among those at work is its own already.
UPDATE jobs
SET worker = %(worker)s, attempts = attempts + 1, tries = tries + 1, stage = '', progress = 0, total = 0, error = NULL, error_code = NULL,
    claimed_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE job_id = (
    SELECT job_id FROM jobs
    WHERE kind = ANY (%(kinds)s) AND state = 'running'
      AND (job_id, lease_until) IN (SELECT * FROM unnest(%(abandoned)s::uuid[], %(leases)s::timestamptz[]))
    ORDER BY due_at, created_at LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING job_id, kind, args, title, attempts, tries, cancel_requested, saved;

-- name: spent
-- What the jobs of a person took that ended since, in seconds of processor time, and up to when that is.
SELECT coalesce(sum(cpu_s), 0) AS seconds, clock_timestamp() AS until FROM jobs
WHERE owner = %(owner)s AND ended_at > coalesce(%(since)s::timestamptz, clock_timestamp() - interval '1 minute');

-- name: beat_jobs
-- Prolongs the leases of the jobs a worker is busy with. A row locked by its own handler is safe by that lock and passed over.
WITH mine AS (
    SELECT job_id FROM jobs
    WHERE worker = %(worker)s AND state = 'running' AND job_id = ANY (%(job_ids)s) ORDER BY job_id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
FROM mine WHERE jobs.job_id = mine.job_id;

-- name: held_jobs
-- What a worker still holds, with the fencing token and whether a person asked to stop.
SELECT job_id, attempts, cancel_requested FROM jobs WHERE worker = %(worker)s AND state = 'running';

-- name: guard_job
-- Locks a running job for the rest of the transaction, prolonging its lease, if this attempt still owns it.
UPDATE jobs SET lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE job_id = %(job_id)s AND attempts = %(attempt)s AND state = 'running'
RETURNING cancel_requested;

-- name: stage_job
-- Writes where the work stands, if this attempt still owns the job.
UPDATE jobs
SET stage = %(stage)s, progress = %(progress)s, total = %(total)s, lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE job_id = %(job_id)s AND attempts = %(attempt)s AND state = 'running'
RETURNING cancel_requested;

-- name: save_job
-- Keeps how far a running job is, if this attempt still owns it.
UPDATE jobs SET saved = %(saved)s, lease_until = clock_timestamp() + make_interval(secs => %(lease)s)
WHERE job_id = %(job_id)s AND attempts = %(attempt)s AND state = 'running'
RETURNING cancel_requested;

-- name: lock_kind
-- Lets whoever starts a job of this kind unless one is there wait for whoever does so just now.
SELECT pg_advisory_xact_lock(hashtextextended('job ' || %(kind)s, 0));

-- name: lock_item_of_job
-- Locks the item of a job before the job itself, as whoever deletes an item does.
SELECT i.item_id FROM items i JOIN jobs j USING (item_id) WHERE j.job_id = %(job_id)s FOR NO KEY UPDATE OF i;

-- name: end_job
-- Ends a job, if this attempt still owns it.
UPDATE jobs
SET state = %(state)s, error = %(error)s, error_code = %(error_code)s, result = %(result)s, worker = NULL, lease_until = NULL,
    cpu_s = cpu_s + %(cpu_s)s, ended_at = clock_timestamp(), saved = CASE WHEN %(state)s = 'done' THEN '{}' ELSE saved END
WHERE job_id = %(job_id)s AND attempts = %(attempt)s AND state = 'running'
RETURNING job_id;

-- name: requeue_job
-- Gives a job back to the queue, if this attempt still owns it. `refund` says that the try does not count (the worker is stopping, or another job comes first).
UPDATE jobs
SET state = 'queued', worker = NULL, lease_until = NULL, error = %(error)s, error_code = %(error_code)s,
    due_at = clock_timestamp() + make_interval(secs => %(delay)s), cpu_s = cpu_s + %(cpu_s)s, tries = tries - CASE WHEN %(refund)s THEN 1 ELSE 0 END
WHERE job_id = %(job_id)s AND attempts = %(attempt)s AND state = 'running'
RETURNING job_id;

-- name: release_jobs
-- Gives every running job back at once; only for a process that knows it is the only worker.
UPDATE jobs SET state = 'queued', worker = NULL, lease_until = NULL, due_at = clock_timestamp()
WHERE state = 'running' AND worker IS DISTINCT FROM %(worker)s
RETURNING job_id;

-- name: cancel_job
-- A queued job ends at once, a running one is asked to stop; an ended one stays as it is.
UPDATE jobs
SET cancel_requested = true,
    state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
    ended_at = CASE state WHEN 'queued' THEN clock_timestamp() ELSE ended_at END
WHERE job_id = %(job_id)s AND state IN ('queued', 'running');

-- name: retry_job
-- Queues a failed or cancelled job again.
UPDATE jobs
SET state = 'queued', schedule = NULL, turns = coalesce(owner::text, 'operator'), cancel_requested = false, tries = 0, error = NULL, error_code = NULL,
    result = '{}', stage = '', progress = 0, total = 0,
    due_at = clock_timestamp(), started_at = NULL, ended_at = NULL
WHERE job_id = %(job_id)s AND state IN ('failed', 'cancelled');

-- name: upsert_schedule
-- Notes how often a kind runs. A shorter rhythm counts from now on, and the same rhythm again changes nothing.
INSERT INTO job_schedules (kind, title, args, every, long, next_at)
VALUES (%(kind)s, %(title)s, %(args)s, %(every)s, %(long)s, clock_timestamp() + %(every)s)
ON CONFLICT (kind) DO UPDATE
SET title = EXCLUDED.title, args = EXCLUDED.args, every = EXCLUDED.every, long = EXCLUDED.long,
    next_at = least(job_schedules.next_at, EXCLUDED.next_at);

-- name: delete_schedule
-- Forgets a rhythm; a job that it already started goes on.
DELETE FROM job_schedules WHERE kind = %(kind)s;

-- name: has_schedule
-- One row where this kind has a rhythm.
SELECT kind FROM job_schedules WHERE kind = %(kind)s;

-- name: rearm_schedules
-- A time further ahead than the rhythm allows was noted before the clock was set back.
UPDATE job_schedules SET next_at = clock_timestamp() + every WHERE next_at > clock_timestamp() + every;

-- name: due_schedules
-- The schedules whose time has come, moved on to their next time; missed times are not made up for.
UPDATE job_schedules SET next_at = clock_timestamp() + every
WHERE kind IN (SELECT kind FROM job_schedules WHERE next_at <= clock_timestamp() FOR UPDATE SKIP LOCKED)
RETURNING kind, title, args, long;

-- name: ended_jobs
-- How many jobs of a kind ended lately, by state.
SELECT state, count(*) AS n FROM jobs WHERE kind = %(kind)s AND ended_at > clock_timestamp() - %(within)s::interval GROUP BY state;

-- name: count_jobs
-- How many jobs there are by state, of one kind if given; how many of those that ended did so lately, and for how many
-- seconds the first one has been due.
SELECT state, count(*) AS n, count(*) FILTER (WHERE ended_at >= clock_timestamp() - %(within)s::interval) AS lately,
  extract(epoch FROM clock_timestamp() - min(due_at))::float8 AS oldest_s FROM jobs
WHERE %(kind)s::text IS NULL OR kind = %(kind)s GROUP BY state;

-- name: delete_old_jobs
-- Forgets jobs that ended longer ago than this.
DELETE FROM jobs WHERE ended_at < clock_timestamp() - %(age)s::interval;

-- name: here
-- A worker says that it is there.
INSERT INTO workers (worker, host, slots, labels) VALUES (%(worker)s, %(host)s, %(slots)s, %(labels)s)
ON CONFLICT (worker) DO UPDATE SET seen_at = clock_timestamp();

-- name: gone
-- A worker has ended.
DELETE FROM workers WHERE worker = %(worker)s;

-- name: list_workers
-- The workers that were there within these seconds.
SELECT worker, host, slots, labels, started_at, seen_at FROM workers
WHERE seen_at > clock_timestamp() - make_interval(secs => %(within)s) ORDER BY started_at, worker;

-- name: forget_workers
-- Forgets workers that have not been there for a day.
DELETE FROM workers WHERE seen_at < clock_timestamp() - interval '1 day';
