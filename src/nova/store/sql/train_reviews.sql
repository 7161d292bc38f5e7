-- name: run
-- A run by its id or its name.
SELECT run_id, name, method, dataset, version, digest, config, base, base_sha256, runs_on, state, step, steps, measured, adapter_sha256,
       started_by, created_at, started_at, ended_at
FROM train_runs WHERE run_id::text = %(run)s OR name = %(run)s ORDER BY run_id::text = %(run)s DESC LIMIT 1;

-- name: answers
-- What every side of a run answered, by question.
SELECT row_id, side, topic, question, context, reference, answerable, answer, seconds
FROM train_answers WHERE run_id = %(run_id)s ORDER BY row_id, side;

-- name: lock_review
-- One at a time votes in a run.
SELECT pg_advisory_xact_lock(hashtextextended(%(run_id)s::text, 31));

-- name: put_vote
-- A rater's vote on a question, in the place of their former one.
INSERT INTO train_votes (run_id, row_id, rater, winner, at) VALUES (%(run_id)s, %(row_id)s, %(rater)s, %(winner)s, %(at)s)
ON CONFLICT (run_id, row_id, rater) DO UPDATE SET winner = excluded.winner, at = excluded.at;

-- name: drop_note
-- What they wrote before beside it goes.
DELETE FROM train_vote_notes WHERE run_id = %(run_id)s AND row_id = %(row_id)s AND rater = %(rater)s;

-- name: put_note
-- What a rater wrote beside a vote.
INSERT INTO train_vote_notes (run_id, row_id, rater, note) VALUES (%(run_id)s, %(row_id)s, %(rater)s, %(note)s);

-- name: votes
-- All votes of a run, the first rater's first.
SELECT row_id, rater, winner, at FROM train_votes WHERE run_id = %(run_id)s ORDER BY min(at) OVER (PARTITION BY rater), rater, row_id;

-- name: unblind
-- Note who was told which side won.
INSERT INTO train_unblinded (run_id, seen_by, at) VALUES (%(run_id)s, %(seen_by)s, %(at)s) ON CONFLICT DO NOTHING;

-- name: is_unblinded
-- Whether somebody was told which side won.
SELECT EXISTS (SELECT FROM train_unblinded WHERE run_id = %(run_id)s AND seen_by = %(seen_by)s) AS yes;

-- name: reviewed
-- The runs with answers to judge, newest first.
SELECT run_id FROM train_runs r WHERE EXISTS (SELECT FROM train_answers a WHERE a.run_id = r.run_id) ORDER BY created_at DESC LIMIT %(limit)s;

-- name: put_evaluation
-- What an evaluation said.
INSERT INTO train_evaluations (evaluation_id, run_id, told, passed, asked_by, at)
VALUES (%(evaluation_id)s, %(run_id)s, %(told)s, %(passed)s, %(asked_by)s, %(at)s);

-- name: latest
-- The newest evaluation of a run.
SELECT told, passed, asked_by, at FROM train_evaluations WHERE run_id = %(run_id)s ORDER BY at DESC, evaluation_id DESC LIMIT 1;

-- name: former
-- The run that passed last before, with as many of the same questions; not this one.
SELECT e.run_id, r.name FROM train_evaluations e JOIN train_runs r USING (run_id)
WHERE e.passed AND e.run_id <> %(run_id)s AND e.at < %(at)s AND (
    SELECT count(*) FROM train_answers a JOIN train_answers b USING (row_id, side, question, reference)
    WHERE a.side = 'cand' AND a.run_id = %(run_id)s AND b.run_id = e.run_id) >= %(least)s
ORDER BY e.at DESC LIMIT 1;

-- name: forget
-- What some people had a part in goes, with the votes on it.
DELETE FROM train_answers WHERE lookups && %(lookups)s::bytea[];

-- name: forget_subject
-- The same of one person whom sources can name.
DELETE FROM train_answers a USING subjects s WHERE s.subject_id = %(subject_id)s AND a.lookups @> ARRAY[s.lookup];
