-- Readings of meters: what a range holds, corrections, versions, the latest. Instants cross as seconds since 1970, columns as sent arrays.

-- name: held
-- What is stored from `first` to `until` of some meters, as columns in order of time, and the last interval that began before.
SELECT k.no, b.ts AS before_ts, b.seconds AS before_seconds, h.*
FROM unnest(%(keys)s::text[], %(firsts)s::bigint[], %(untils)s::bigint[]) WITH ORDINALITY AS k (meter_id, first, until, no)
LEFT JOIN LATERAL (
    SELECT extract(epoch FROM r.ts)::bigint AS ts, r.seconds FROM smart_meter_readings r
    WHERE r.meter_id = k.meter_id AND r.ts < to_timestamp(k.first) AND r.ts >= to_timestamp(k.first - 86400)
      AND r.ts < to_timestamp(%(until)s::bigint) AND r.ts >= to_timestamp(%(first)s::bigint - 86400)
    ORDER BY r.ts DESC LIMIT 1
) b ON true
CROSS JOIN LATERAL (
    SELECT array_send(array_agg(q.ts)) AS ts, array_send(array_agg(q.seconds)) AS seconds,
           array_send(array_agg(coalesce(q.consumption_kw, 'NaN'))), array_send(array_agg(coalesce(q.production_kw, 'NaN'))),
           array_send(array_agg(coalesce(q.voltage, 'NaN'))),
           array_send(array_agg(CASE q.quality WHEN 'measured' THEN 0::int2 WHEN 'substitute' THEN 1::int2 WHEN 'preliminary' THEN 2::int2
                                WHEN 'missing' THEN 3::int2 ELSE 4::int2 END)),
           array_send(array_agg(q.ts) FILTER (WHERE q.rule IS NOT NULL)), array_agg(q.rule) FILTER (WHERE q.rule IS NOT NULL)
    FROM (
        SELECT * FROM smart_meter_readings r
        WHERE r.meter_id = k.meter_id AND r.ts >= to_timestamp(k.first) AND r.ts < to_timestamp(k.until)
          AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint)
        ORDER BY r.ts
    ) q
) h
ORDER BY k.no;

-- name: correct
-- Replace rows and keep what they were, unless (without `again`) the same value has been replaced before.
WITH given AS (
    SELECT (%(key0)s::text[])[g.series] AS meter_id, to_timestamp(g.at) AS ts, nullif(g.consumption_kw, 'NaN') AS consumption_kw,
           nullif(g.production_kw, 'NaN') AS production_kw, nullif(g.voltage, 'NaN') AS voltage,
           (ARRAY['measured', 'substitute', 'preliminary', 'missing', 'simulated'])[g.quality + 1] AS quality,
           (%(rules)s::text[])[g.rule] AS rule
    FROM unnest(%(series)s::int[], %(ts)s::bigint[], %(value0)s::float8[], %(value1)s::float8[], %(value2)s::float8[], %(quality)s::int[],
                %(rule)s::int[]) AS g (series, at, consumption_kw, production_kw, voltage, quality, rule)
), fresh AS (
    SELECT g.* FROM given g
    WHERE %(again)s OR NOT EXISTS (
        SELECT FROM reading_versions v
        WHERE v.meter_id = g.meter_id AND v.ts = g.ts AND v.consumption_kw IS NOT DISTINCT FROM g.consumption_kw
          AND v.production_kw IS NOT DISTINCT FROM g.production_kw AND v.voltage IS NOT DISTINCT FROM g.voltage
          AND v.quality = g.quality AND v.rule IS NOT DISTINCT FROM g.rule
    )
), replaced AS (
    INSERT INTO reading_versions (meter_id, ts, seconds, consumption_kw, production_kw, voltage, quality, rule, batch_id, replaced_by)
    SELECT r.meter_id, r.ts, r.seconds, r.consumption_kw, r.production_kw, r.voltage, r.quality, r.rule, r.batch_id, %(batch_id)s
    FROM smart_meter_readings r JOIN fresh f ON r.meter_id = f.meter_id AND r.ts = f.ts
    WHERE r.batch_id <> %(batch_id)s AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint)
    ON CONFLICT DO NOTHING
)
UPDATE smart_meter_readings r
SET consumption_kw = f.consumption_kw, production_kw = f.production_kw, voltage = f.voltage, quality = f.quality, rule = f.rule,
    batch_id = %(batch_id)s
FROM fresh f
WHERE r.meter_id = f.meter_id AND r.ts = f.ts AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint);

-- name: mark
-- The rollups of these meters' local days are older than their readings.
INSERT INTO reading_changes (meter_id, day, batch_id)
SELECT DISTINCT g.meter_id, (to_timestamp(g.at) AT TIME ZONE 'Europe/Berlin')::date, %(batch_id)s::bigint
FROM unnest(%(key0)s::text[], %(ts)s::bigint[]) AS g (meter_id, at)
ORDER BY 1, 2
ON CONFLICT (meter_id, day) DO UPDATE SET batch_id = excluded.batch_id;

-- name: versions
-- What an interval was and is, the oldest first.
SELECT seconds, consumption_kw, production_kw, voltage, quality, rule, batch_id, replaced_by, replaced_at FROM reading_versions
WHERE meter_id = %(meter_id)s AND ts = %(ts)s
UNION ALL
SELECT seconds, consumption_kw, production_kw, voltage, quality, rule, batch_id, NULL, NULL FROM smart_meter_readings
WHERE meter_id = %(meter_id)s AND ts = %(ts)s
ORDER BY replaced_at NULLS LAST, replaced_by;

-- name: latest
-- The newest reading of each of these meters since `since` that the caller may see.
SELECT k.meter_id, l.* FROM unnest(%(meters)s::text[]) AS k (meter_id)
CROSS JOIN LATERAL (
    SELECT n.* FROM meter_spans(k.meter_id, %(everyone)s, %(staff)s, %(owner)s) s
    CROSS JOIN LATERAL (
        SELECT extract(epoch FROM r.ts)::bigint AS ts, r.seconds, r.consumption_kw, r.production_kw, r.voltage, r.quality, r.rule
        FROM smart_meter_readings r
        WHERE r.meter_id = k.meter_id AND r.ts >= %(since)s AND r.ts >= s.starts AND r.ts < s.ends ORDER BY r.ts DESC LIMIT 1
    ) n
    ORDER BY n.ts DESC LIMIT 1
) l;

-- name: span
-- When the first and the last interval of a meter begin that the caller may see, and how long the last one is.
SELECT extract(epoch FROM a.ts)::bigint AS first, extract(epoch FROM z.ts)::bigint AS last, z.seconds
FROM (
    SELECT n.ts FROM meter_spans(%(meter_id)s, %(everyone)s, %(staff)s, %(owner)s) s CROSS JOIN LATERAL (
        SELECT r.ts FROM smart_meter_readings r WHERE r.meter_id = %(meter_id)s AND r.ts >= s.starts AND r.ts < s.ends ORDER BY r.ts LIMIT 1
    ) n ORDER BY n.ts LIMIT 1
) a
CROSS JOIN (
    SELECT n.ts, n.seconds FROM meter_spans(%(meter_id)s, %(everyone)s, %(staff)s, %(owner)s) s CROSS JOIN LATERAL (
        SELECT r.ts, r.seconds FROM smart_meter_readings r WHERE r.meter_id = %(meter_id)s AND r.ts >= s.starts AND r.ts < s.ends
        ORDER BY r.ts DESC LIMIT 1
    ) n ORDER BY n.ts DESC LIMIT 1
) z;

-- name: series_of
-- Which series a batch has readings of, stored or replaced since.
SELECT meter_id FROM smart_meter_readings WHERE batch_id = %(batch_id)s
UNION SELECT meter_id FROM reading_versions WHERE batch_id = %(batch_id)s ORDER BY 1;

-- name: unversion
-- What others replaced of a batch is forgotten; what stood before it was replaced by them.
WITH forgotten AS (
    DELETE FROM reading_versions WHERE batch_id = %(batch_id)s RETURNING meter_id, ts, replaced_by
), older AS (
    DELETE FROM reading_versions o USING forgotten f WHERE o.meter_id = f.meter_id AND o.ts = f.ts AND o.replaced_by = %(batch_id)s
    RETURNING o.meter_id, o.ts, o.seconds, o.consumption_kw, o.production_kw, o.voltage, o.quality, o.rule, o.batch_id, f.replaced_by AS since, o.replaced_at
)
INSERT INTO reading_versions (meter_id, ts, seconds, consumption_kw, production_kw, voltage, quality, rule, batch_id, replaced_by, replaced_at)
SELECT * FROM older;

-- name: restore
-- What a batch replaced stands again.
WITH back AS (
    DELETE FROM reading_versions v USING smart_meter_readings r
    WHERE r.batch_id = %(batch_id)s AND v.meter_id = r.meter_id AND v.ts = r.ts
      AND v.replaced_by = %(batch_id)s
    RETURNING v.*
), restored AS (
    UPDATE smart_meter_readings r SET consumption_kw = b.consumption_kw, production_kw = b.production_kw, voltage = b.voltage, quality = b.quality, rule = b.rule, batch_id = b.batch_id
    FROM back b WHERE r.meter_id = b.meter_id AND r.ts = b.ts
    RETURNING r.meter_id, r.ts
), marked AS (
    INSERT INTO reading_changes (meter_id, day, batch_id)
    SELECT DISTINCT meter_id, (ts AT TIME ZONE 'Europe/Berlin')::date, %(batch_id)s::bigint FROM restored ORDER BY 1, 2
    ON CONFLICT (meter_id, day) DO UPDATE SET batch_id = excluded.batch_id
)
SELECT count(*) AS n FROM restored;

-- name: remove
-- What a batch brought and nothing stood before goes.
WITH gone AS (
    DELETE FROM smart_meter_readings WHERE batch_id = %(batch_id)s RETURNING meter_id, ts
), marked AS (
    INSERT INTO reading_changes (meter_id, day, batch_id)
    SELECT DISTINCT meter_id, (ts AT TIME ZONE 'Europe/Berlin')::date, %(batch_id)s::bigint FROM gone ORDER BY 1, 2
    ON CONFLICT (meter_id, day) DO UPDATE SET batch_id = excluded.batch_id
)
SELECT count(*) AS n FROM gone;
