-- name: live_model
-- The model that a target's forecasts come from.
SELECT model_id, target, state, features, trained_to, scores, object_key, created_at, stale_at FROM forecast_models
WHERE target = %(target)s AND state = 'live';

-- name: newest_model
-- When a target was last trained on what still holds, whether or not the new model was better.
SELECT max(created_at) AS at FROM forecast_models WHERE target = %(target)s AND stale_at IS NULL;

-- name: retire_model
-- The live model gives way.
UPDATE forecast_models SET state = 'retired' WHERE target = %(target)s AND state = 'live';

-- name: insert_model
-- A trained model, live or rejected.
INSERT INTO forecast_models (model_id, target, state, features, trained_to, scores, object_key)
VALUES (%(model_id)s, %(target)s, %(state)s, %(features)s, %(trained_to)s, %(scores)s, %(object_key)s);

-- name: drop_models
-- Models that serve no more, but for the newest few of a target; gives their objects' keys.
DELETE FROM forecast_models WHERE model_id IN (
    SELECT model_id FROM forecast_models WHERE target = %(target)s AND state <> 'live' ORDER BY created_at DESC OFFSET %(keep)s
) RETURNING object_key;

-- name: insert_forecast
-- One forecast, all its intervals; the same issue again replaces only what rests on something that was taken back.
INSERT INTO forecasts (target, issued_at, ts, seconds, low, middle, high, mean, naive, seasonal, model_id)
SELECT %(target)s, %(issued_at)s, to_timestamp(g.ts), %(seconds)s, g.low, g.middle, g.high, g.mean, g.naive, g.seasonal, %(model_id)s
FROM unnest(%(ts)s::bigint[], %(low)s::double precision[], %(middle)s::double precision[], %(high)s::double precision[],
            %(mean)s::double precision[], %(naive)s::double precision[], %(seasonal)s::double precision[])
    AS g (ts, low, middle, high, mean, naive, seasonal)
ON CONFLICT (target, ts, issued_at) DO UPDATE
    SET seconds = excluded.seconds, low = excluded.low, middle = excluded.middle, high = excluded.high, mean = excluded.mean,
        naive = excluded.naive, seasonal = excluded.seasonal, model_id = excluded.model_id, stale_at = NULL
    WHERE forecasts.stale_at IS NOT NULL;

-- name: forecast
-- The forecast of each interval in a window that was issued last.
SELECT DISTINCT ON (ts) extract(epoch FROM ts)::bigint AS ts, extract(epoch FROM issued_at)::bigint AS issued_at, seconds,
       low, middle, high, mean, naive, seasonal, stale_at IS NOT NULL AS stale
FROM forecasts WHERE target = %(target)s AND ts >= %(start)s AND ts < %(end)s ORDER BY ts, issued_at DESC;

-- name: issued
-- Whether a target has this issue.
SELECT EXISTS (SELECT FROM forecasts WHERE target = %(target)s AND issued_at = %(issued_at)s AND ts >= %(start)s AND ts < %(end)s
    AND stale_at IS NULL) AS there;

-- name: stale_days
-- Local days from one on whose last forecast rests on what was taken back, with when it was issued.
SELECT DISTINCT (f.ts AT TIME ZONE 'Europe/Berlin')::date AS day, extract(epoch FROM f.issued_at)::bigint AS issued_at FROM forecasts f
WHERE f.target = %(target)s AND f.ts >= %(since)s AND f.stale_at IS NOT NULL ORDER BY 1, 2;

-- name: stale
-- Forecasts and models of these targets that were made since an instant rest on what was taken back.
WITH said AS (
    UPDATE forecasts SET stale_at = now() WHERE target = ANY (%(targets)s) AND issued_at >= %(since)s::timestamptz - INTERVAL '1 day' AND stale_at IS NULL
    RETURNING 1
), made AS (
    UPDATE forecast_models SET stale_at = now() WHERE target = ANY (%(targets)s) AND created_at >= %(since)s::timestamptz AND stale_at IS NULL RETURNING 1
)
SELECT (SELECT count(*) FROM said) AS n;

-- name: forget
-- Forecasts, scores and models of a target go; the job `forecast` removes the objects.
WITH said AS (DELETE FROM forecasts WHERE target = %(target)s), scored AS (DELETE FROM forecast_scores WHERE target = %(target)s)
DELETE FROM forecast_models WHERE target = %(target)s;

-- name: unscored_days
-- Local days that were forecast, are over and have no score of what was served.
SELECT DISTINCT (f.ts AT TIME ZONE 'Europe/Berlin')::date AS day FROM forecasts f
WHERE f.target = %(target)s AND f.ts >= %(since)s AND f.ts < %(until)s AND NOT EXISTS (
    SELECT FROM forecast_scores s
    WHERE s.target = f.target AND s.origin = 'served' AND s.day = (f.ts AT TIME ZONE 'Europe/Berlin')::date
) ORDER BY day;

-- name: put_score
-- How a day went; a later look replaces an earlier one.
INSERT INTO forecast_scores (target, day, origin, n, mae, naive, seasonal, bias, level, inside)
VALUES (%(target)s, %(day)s, %(origin)s, %(n)s, %(mae)s, %(naive)s, %(seasonal)s, %(bias)s, %(level)s, %(inside)s)
ON CONFLICT (target, day, origin) DO UPDATE SET n = excluded.n, mae = excluded.mae, naive = excluded.naive, seasonal = excluded.seasonal,
    bias = excluded.bias, level = excluded.level, inside = excluded.inside;

-- name: scores
-- The days of a target from one day on, oldest first; a day that was served counts as served, else as the backtest had it.
SELECT DISTINCT ON (day) day, origin, n, mae, naive, seasonal, bias, level, inside FROM forecast_scores
WHERE target = %(target)s AND day >= %(since)s ORDER BY day, origin DESC;

-- name: scores_of
-- The same of these targets.
SELECT DISTINCT ON (target, day) target, day, origin, n, mae, naive, seasonal, bias, level, inside FROM forecast_scores
WHERE target = ANY (%(targets)s) AND day >= %(since)s ORDER BY target, day, origin DESC;

-- name: targets
-- What has a live model or a forecast, with the sums behind the rMAE of the days from one on.
SELECT m.target, m.trained_to, m.created_at, m.scores, s.days, s.rmae, s.inside, s.bias
FROM forecast_models m LEFT JOIN LATERAL (
    SELECT count(*) AS days, sum(one.mae * one.n) / nullif(sum(one.naive * one.n), 0) AS rmae, sum(one.inside * one.n) / sum(one.n) AS inside,
           sum(one.bias * one.n) / nullif(sum(one.level * one.n), 0) AS bias
    FROM (
        SELECT DISTINCT ON (day) n, mae, naive, bias, level, inside FROM forecast_scores
        WHERE target = m.target AND day >= %(since)s AND naive IS NOT NULL ORDER BY day, origin DESC
    ) AS one
) AS s ON true
WHERE m.state = 'live' ORDER BY m.target;

-- name: object_keys
-- What the models' objects are called.
SELECT object_key FROM forecast_models WHERE %(target)s::text IS NULL OR target = %(target)s;
