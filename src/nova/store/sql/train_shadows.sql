-- name: add
-- Counts of one hour and side grow.
INSERT INTO train_shadow_hours AS h (run_id, starts, side, asked, written, proven, fell_back, seconds, squares)
SELECT run_id, date_trunc('hour', %(at)s, 'UTC'), %(side)s, %(asked)s, %(written)s, %(proven)s, %(fell_back)s, %(seconds)s, %(squares)s
FROM train_runs WHERE name = %(run)s
ON CONFLICT (run_id, starts, side) DO UPDATE SET asked = h.asked + EXCLUDED.asked, written = h.written + EXCLUDED.written,
    proven = h.proven + EXCLUDED.proven, fell_back = h.fell_back + EXCLUDED.fell_back, seconds = h.seconds + EXCLUDED.seconds,
    squares = h.squares + EXCLUDED.squares;

-- name: sums
-- What both sides add up to since an hour.
SELECT side, sum(asked)::bigint AS asked, sum(written)::bigint AS written, sum(proven)::bigint AS proven, sum(fell_back)::bigint AS fell_back,
       sum(seconds) AS seconds, sum(squares) AS squares
FROM train_shadow_hours JOIN train_runs USING (run_id) WHERE name = %(run)s AND starts >= date_trunc('hour', %(since)s, 'UTC') GROUP BY side;
