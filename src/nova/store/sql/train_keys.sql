-- name: newest
-- The newest evaluation of a run, whether people voted since, and how many questions it rested on are still there.
SELECT e.evaluation_id, e.told, e.passed, e.at,
       EXISTS (SELECT FROM train_votes v WHERE v.run_id = e.run_id AND v.at > e.at) AS voted_since
FROM train_evaluations e WHERE e.run_id = %(run_id)s ORDER BY e.at DESC, e.evaluation_id DESC LIMIT 1;

-- name: put
-- What somebody says of an evaluation; nothing where they said something already.
INSERT INTO train_keys (run_id, evaluation_id, turned_by, says, reason, adapter_sha256, at)
VALUES (%(run_id)s, %(evaluation_id)s, %(turned_by)s, %(says)s, %(reason)s, %(adapter_sha256)s, %(at)s) ON CONFLICT DO NOTHING;

-- name: of_evaluation
-- What people said of an evaluation, oldest first.
SELECT turned_by, says, reason, adapter_sha256, at FROM train_keys WHERE evaluation_id = %(evaluation_id)s ORDER BY at, turned_by;

-- name: tickets
-- Open tickets that asked for a training before a run began.
SELECT ticket_id FROM tickets WHERE kind = 'training' AND closed_at IS NULL AND opened_at <= %(before)s ORDER BY opened_at FOR UPDATE;
