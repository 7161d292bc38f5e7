-- name: put
-- What was seen in an hour, in place of what was seen in it before.
INSERT INTO training_watch (hour, figure, about, value) VALUES (%(hour)s, %(figure)s, %(about)s, %(value)s)
ON CONFLICT (hour, figure, about) DO UPDATE SET value = excluded.value;

-- name: forget
-- What is older goes.
DELETE FROM training_watch WHERE hour < %(before)s;

-- name: running
-- The runs that work now.
SELECT * FROM train_runs WHERE state = 'running' ORDER BY created_at, run_id;
