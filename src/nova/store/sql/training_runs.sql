-- name: lock_names
-- Runs get their names one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('train_runs', 0));

-- name: names
-- The names that begin so.
SELECT name FROM train_runs WHERE starts_with(name, %(start)s);

-- name: add
-- A run that waits.
INSERT INTO train_runs (run_id, name, method, dataset, version, held, digest, config, config_sha256, base, base_sha256, runs_on, started_by, created_at)
VALUES (%(run_id)s, %(name)s, %(method)s, %(dataset)s, %(version)s, %(held)s, %(digest)s, %(config)s, %(config_sha256)s, %(base)s, %(base_sha256)s,
        %(runs_on)s, %(started_by)s, %(created_at)s);

-- name: get
-- A run by its id or its name.
SELECT * FROM train_runs WHERE run_id::text = %(run)s OR name = %(run)s ORDER BY run_id::text = %(run)s DESC LIMIT 1;

-- name: hold
-- Holds a run for the rest of the transaction.
SELECT run_id FROM train_runs WHERE run_id = %(run_id)s FOR NO KEY UPDATE;

-- name: every
-- The newest first.
SELECT * FROM train_runs ORDER BY created_at DESC, run_id DESC LIMIT %(limit)s;

-- name: under_way
-- Runs that have not ended, with the newest figures of each curve.
SELECT r.name, r.state, r.step, r.steps,
       (SELECT p.loss FROM train_points p WHERE p.run_id = r.run_id AND p.loss IS NOT NULL ORDER BY p.step DESC LIMIT 1) AS loss,
       (SELECT p.held_loss FROM train_points p WHERE p.run_id = r.run_id AND p.held_loss IS NOT NULL ORDER BY p.step DESC LIMIT 1) AS held_loss
FROM train_runs r WHERE r.state = ANY (%(states)s) ORDER BY r.created_at, r.run_id;

-- name: begin
-- It runs now; when it first did stays.
UPDATE train_runs SET state = 'running', started_at = coalesce(started_at, clock_timestamp()), ended_at = NULL, reason = '' WHERE run_id = %(run_id)s;

-- name: want
-- What somebody wants of it.
UPDATE train_runs SET wanted = %(wanted)s, state = CASE WHEN %(state)s = '' THEN state ELSE %(state)s END,
                      ended_at = CASE WHEN %(state)s = 'cancelled' THEN clock_timestamp() ELSE ended_at END
WHERE run_id = %(run_id)s;

-- name: stop
-- It stands still or has ended.
UPDATE train_runs SET state = %(state)s, reason = %(reason)s, ended_at = CASE WHEN %(state)s = 'paused' THEN NULL ELSE clock_timestamp() END,
                      adapter_sha256 = coalesce(%(adapter)s, adapter_sha256)
WHERE run_id = %(run_id)s;

-- name: measured
-- What was measured is added to what is known.
UPDATE train_runs SET measured = measured || %(measured)s WHERE run_id = %(run_id)s;

-- name: watch
-- What is wanted of a run, and whether its data are still what they were when it began.
SELECT r.wanted, r.dataset IS NULL OR coalesce(v.digest = r.held, false) AS whole
FROM train_runs r LEFT JOIN seed_versions v USING (dataset, version) WHERE r.run_id = %(run_id)s;

-- name: held
-- What a version holds now.
SELECT digest FROM seed_versions WHERE dataset = %(dataset)s AND version = %(version)s;

-- name: put_points
-- Points of the curve; one that comes again, after a checkpoint, replaces the former.
INSERT INTO train_points (run_id, step, loss, held_loss, rate, seconds)
SELECT %(run_id)s, p.step, p.loss, p.held_loss, p.rate, p.seconds
FROM jsonb_to_recordset(%(points)s) AS p (step integer, loss float8, held_loss float8, rate float8, seconds float8)
ON CONFLICT (run_id, step) DO UPDATE SET loss = excluded.loss, held_loss = coalesce(excluded.held_loss, train_points.held_loss),
    rate = excluded.rate, seconds = excluded.seconds;

-- name: at_step
-- How far it is.
UPDATE train_runs SET step = %(step)s, steps = %(steps)s WHERE run_id = %(run_id)s;

-- name: points
-- The curve, from its start.
SELECT step, loss, held_loss, rate, seconds FROM train_points WHERE run_id = %(run_id)s ORDER BY step;

-- name: drop_answers
-- What a side answered before goes.
DELETE FROM train_answers WHERE run_id = %(run_id)s AND side = %(side)s;

-- name: put_answers
-- What a side answered; `of` are the rows that have a part in an answer, and whose these are the version says.
INSERT INTO train_answers (run_id, row_id, side, topic, question, context, reference, answerable, answer, seconds, lookups)
SELECT %(run_id)s, a.row_id, %(side)s, a.topic, a.question, a.context, a.reference, a.answerable, a.answer, a.seconds,
       ARRAY(SELECT DISTINCT l.lookup FROM seed_lineage l JOIN seed_versions v USING (version_id) JOIN train_runs r USING (dataset, version)
             WHERE r.run_id = %(run_id)s AND l.row_id = ANY (a."of") AND l.lookup IS NOT NULL ORDER BY l.lookup)
FROM jsonb_to_recordset(%(answers)s)
     AS a (row_id text, topic text, question text, context text, reference text, answerable boolean, answer text, seconds float8, "of" text[]);

-- name: hold_version
-- Nobody leaves a run's version until this transaction ends.
SELECT v.version_id FROM seed_versions v JOIN train_runs r USING (dataset, version) WHERE r.run_id = %(run_id)s FOR SHARE OF v;

-- name: last_evaluation
-- What the last evaluation of a run said.
SELECT told, passed, at FROM train_evaluations WHERE run_id = %(run_id)s ORDER BY at DESC, evaluation_id DESC LIMIT 1;

-- name: taught
-- Runs whose data hold something of some people.
SELECT DISTINCT t.name FROM train_runs t JOIN seed_versions v USING (dataset, version) JOIN seed_lineage l USING (version_id)
WHERE l.lookup = ANY (%(lookups)s) ORDER BY t.name;

-- name: remove
-- Its weights are removed, and what it answered with them; one that runs is stopped by who works on it. How many answers went.
WITH gone AS (
    UPDATE train_runs SET removed_at = %(at)s, reason = %(reason)s, state = CASE WHEN state IN ('waiting', 'paused') THEN 'failed' ELSE state END,
                          ended_at = coalesce(ended_at, %(at)s)
    WHERE run_id = %(run_id)s AND removed_at IS NULL AND state <> 'running' RETURNING run_id
)
DELETE FROM train_answers a USING gone WHERE a.run_id = gone.run_id AND a.side = 'cand';

-- name: removed
-- Runs of which nothing is to lie on the disk, the hash of their weights, and whether it is because somebody left.
SELECT name, adapter_sha256, removed_at IS NOT NULL AS gone FROM train_runs WHERE removed_at IS NOT NULL OR state IN ('failed', 'cancelled') ORDER BY name;

-- name: kept
-- Runs with weights that may be carried elsewhere.
SELECT * FROM train_runs WHERE state = 'done' AND adapter_sha256 IS NOT NULL AND removed_at IS NULL ORDER BY created_at, run_id;
