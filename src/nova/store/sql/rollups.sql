-- Rollups of readings and the days that wait for theirs. Instants cross as seconds since 1970, columns as sent arrays.

-- name: take
-- Days that wait and that nobody is at; the others stay for the next time.
WITH picked AS (SELECT meter_id, day FROM reading_changes ORDER BY meter_id, day LIMIT %(most)s FOR UPDATE SKIP LOCKED)
DELETE FROM reading_changes c USING picked p WHERE c.meter_id = p.meter_id AND c.day = p.day RETURNING c.meter_id, c.day;

-- name: count_waiting
-- How many days wait.
SELECT count(*) AS n FROM reading_changes;

-- name: stale
-- The local days of a meter, between two instants, whose rollups are older than their readings.
SELECT day FROM reading_changes
WHERE meter_id = %(meter_id)s AND day >= (to_timestamp(%(first)s::bigint) AT TIME ZONE 'Europe/Berlin')::date
  AND day < (to_timestamp(%(last)s::bigint) AT TIME ZONE 'Europe/Berlin')::date
ORDER BY day;

-- name: longest
-- The longest interval of a meter by the rollups of its days.
SELECT coalesce(max(r.seconds), 0) AS seconds FROM reading_rollups r
WHERE r.meter_id = %(meter_id)s AND r.bucket = 86400 AND r.ts >= to_timestamp(%(start)s::bigint) AND r.ts < to_timestamp(%(end)s::bigint)
  AND r.ts <> ALL (SELECT to_timestamp(k.at) FROM unnest(%(stale)s::bigint[]) AS k (at));

-- name: longest_of_stale
-- The longest interval of a meter by its readings of those days that wait.
SELECT coalesce(max(q.seconds), 0) AS seconds FROM unnest(%(stale)s::bigint[]) AS k (at)
CROSS JOIN LATERAL (
    SELECT max(r.seconds) AS seconds FROM smart_meter_readings r
    WHERE r.meter_id = %(meter_id)s AND r.ts >= to_timestamp(%(start)s::bigint) AND r.ts < to_timestamp(%(end)s::bigint)
      AND r.ts >= to_timestamp(k.at)
      AND r.ts < ((to_timestamp(k.at) AT TIME ZONE 'Europe/Berlin') + INTERVAL '1 day') AT TIME ZONE 'Europe/Berlin'
) q;

-- name: rollups
-- The rollups of one length of each of these meters and ranges, as columns in order of time. Energies and powers only where they are known,
-- counts of qualities only where not every interval is measured: what need not be sent is most of the time.
SELECT h.* FROM unnest(%(meters)s::text[], %(buckets)s::int[], %(starts)s::bigint[], %(ends)s::bigint[])
     WITH ORDINALITY AS k (meter_id, bucket, start, until, no)
CROSS JOIN LATERAL (
    SELECT array_send(array_agg(q.ts)) AS ts, array_send(array_agg(q.seconds)) AS seconds,
           array_send(array_agg(q.consumption_s)), array_send(array_agg(q.production_s)),
           array_send(array_agg(q.consumption_kwh) FILTER (WHERE q.consumption_s > 0)),
           array_send(array_agg(q.consumption_min) FILTER (WHERE q.consumption_s > 0)),
           array_send(array_agg(q.consumption_max) FILTER (WHERE q.consumption_s > 0)),
           array_send(array_agg(q.consumption_max_at)),
           array_send(array_agg(q.production_kwh) FILTER (WHERE q.production_s > 0)),
           array_send(array_agg(q.production_min) FILTER (WHERE q.production_s > 0)),
           array_send(array_agg(q.production_max) FILTER (WHERE q.production_s > 0)),
           array_send(array_agg(q.measured)), array_send(array_agg(q.ts) FILTER (WHERE q.mixed)),
           array_send(array_agg(q.qualities) FILTER (WHERE q.mixed))
    FROM (
        SELECT r.*, r.qualities[1] AS measured, r.qualities[2:5] <> '{0,0,0,0}' AS mixed FROM reading_rollups r
        WHERE r.meter_id = k.meter_id AND r.bucket = k.bucket AND r.ts >= to_timestamp(k.start) AND r.ts < to_timestamp(k.until)
        ORDER BY r.ts
    ) q
) h
ORDER BY k.no;

-- name: known
-- Of each of these meters and ranges: the first interval's begin, and of how many seconds what is used or made is known. Hours come from
-- their rollups; days that wait and those with intervals longer than an hour, from their readings. Meters without intervals are left out.
SELECT k.meter_id, extract(epoch FROM f.ts)::bigint AS first, (coalesce(h.used, 0) + coalesce(q.used, 0))::bigint AS used,
       (coalesce(h.made, 0) + coalesce(q.made, 0))::bigint AS made
FROM unnest(%(meters)s::text[], %(starts)s::bigint[], %(ends)s::bigint[]) AS k (meter_id, start, until)
CROSS JOIN LATERAL (
    SELECT r.ts FROM smart_meter_readings r
    WHERE r.meter_id = k.meter_id AND r.ts >= to_timestamp(k.start) AND r.ts < to_timestamp(k.until) ORDER BY r.ts LIMIT 1
) f
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT c.day FROM reading_changes c
        WHERE c.meter_id = k.meter_id AND c.day >= (to_timestamp(k.start) AT TIME ZONE 'Europe/Berlin')::date
          AND c.day <= (to_timestamp(k.until) AT TIME ZONE 'Europe/Berlin')::date
        UNION
        SELECT (o.ts AT TIME ZONE 'Europe/Berlin')::date FROM reading_rollups o
        WHERE o.meter_id = k.meter_id AND o.bucket = 86400 AND o.seconds > 3600
          AND o.ts >= to_timestamp(k.start) - INTERVAL '25 hours' AND o.ts < to_timestamp(k.until)
    ) AS days
) d
CROSS JOIN LATERAL (
    SELECT sum(o.consumption_s) AS used, sum(o.production_s) AS made FROM reading_rollups o
    WHERE o.meter_id = k.meter_id AND o.bucket = 3600 AND o.ts >= to_timestamp(k.start) AND o.ts < to_timestamp(k.until)
      AND (o.ts AT TIME ZONE 'Europe/Berlin')::date <> ALL (d.days)
) h
CROSS JOIN LATERAL (
    SELECT sum(r.seconds) FILTER (WHERE r.consumption_kw IS NOT NULL) AS used,
           sum(r.seconds) FILTER (WHERE r.production_kw IS NOT NULL) AS made
    FROM unnest(d.days) AS n (day)
    JOIN smart_meter_readings r ON r.meter_id = k.meter_id AND r.ts >= n.day::timestamp AT TIME ZONE 'Europe/Berlin'
      AND r.ts < (n.day + 1)::timestamp AT TIME ZONE 'Europe/Berlin'
    WHERE r.ts >= to_timestamp(k.start) AND r.ts < to_timestamp(k.until) AND r.quality <> 'missing'
) q;

-- name: remove
-- Rollups that hold no longer.
DELETE FROM reading_rollups o USING unnest(%(meters)s::text[], %(buckets)s::int[], %(ts)s::bigint[]) AS g (meter_id, bucket, at)
WHERE o.meter_id = g.meter_id AND o.bucket = g.bucket AND o.ts = to_timestamp(g.at);

-- name: mark_all
-- Every day of a meter waits, those with rollups and those with readings.
INSERT INTO reading_changes (meter_id, day, batch_id)
SELECT %(meter_id)s, d.day, 0 FROM (
    SELECT DISTINCT (ts AT TIME ZONE 'Europe/Berlin')::date AS day FROM smart_meter_readings WHERE meter_id = %(meter_id)s
    UNION
    SELECT (ts AT TIME ZONE 'Europe/Berlin')::date FROM reading_rollups WHERE meter_id = %(meter_id)s AND bucket = 86400
) d
ORDER BY d.day
ON CONFLICT (meter_id, day) DO NOTHING;
