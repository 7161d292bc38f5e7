-- Signals of grid and weather: what a range holds, corrections, versions. Instants cross as seconds since 1970, columns as sent arrays.

-- name: held
-- What is stored from `first` to `until` of some signals, as columns in order of time, and the last interval that began before.
SELECT k.no, b.ts AS before_ts, b.seconds AS before_seconds, h.*
FROM unnest(%(keys)s::text[], %(keys1)s::text[], %(firsts)s::bigint[], %(untils)s::bigint[])
     WITH ORDINALITY AS k (signal, zone, first, until, no)
LEFT JOIN LATERAL (
    SELECT extract(epoch FROM r.ts)::bigint AS ts, r.seconds FROM signals r
    WHERE r.signal = k.signal AND r.zone = k.zone AND r.ts < to_timestamp(k.first) AND r.ts >= to_timestamp(k.first - 86400)
    ORDER BY r.ts DESC LIMIT 1
) b ON true
CROSS JOIN LATERAL (
    SELECT array_send(array_agg(q.ts)) AS ts, array_send(array_agg(q.seconds)) AS seconds, array_send(array_agg(coalesce(q.value, 'NaN'))),
           array_send(array_agg(CASE q.quality WHEN 'measured' THEN 0::int2 WHEN 'substitute' THEN 1::int2 WHEN 'preliminary' THEN 2::int2
                                WHEN 'missing' THEN 3::int2 ELSE 4::int2 END))
    FROM (
        SELECT * FROM signals r
        WHERE r.signal = k.signal AND r.zone = k.zone AND r.ts >= to_timestamp(k.first) AND r.ts < to_timestamp(k.until)
        ORDER BY r.ts
    ) q
) h
ORDER BY k.no;

-- name: correct
-- Replace rows and keep what they were, unless (without `again`) the same value has been replaced before.
WITH given AS (
    SELECT (%(key0)s::text[])[g.series] AS signal, (%(key1)s::text[])[g.series] AS zone, to_timestamp(g.at) AS ts,
           nullif(g.value, 'NaN') AS value,
           (ARRAY['measured', 'substitute', 'preliminary', 'missing', 'simulated'])[g.quality + 1] AS quality
    FROM unnest(%(series)s::int[], %(ts)s::bigint[], %(value0)s::float8[], %(quality)s::int[]) AS g (series, at, value, quality)
), fresh AS (
    SELECT g.* FROM given g
    WHERE %(again)s OR NOT EXISTS (
        SELECT FROM signal_versions v
        WHERE v.signal = g.signal AND v.zone = g.zone AND v.ts = g.ts AND v.value IS NOT DISTINCT FROM g.value AND v.quality = g.quality
    )
), replaced AS (
    INSERT INTO signal_versions (signal, zone, ts, seconds, value, quality, batch_id, replaced_by)
    SELECT r.signal, r.zone, r.ts, r.seconds, r.value, r.quality, r.batch_id, %(batch_id)s
    FROM signals r JOIN fresh f ON r.signal = f.signal AND r.zone = f.zone AND r.ts = f.ts
    WHERE r.batch_id <> %(batch_id)s
    ON CONFLICT DO NOTHING
)
UPDATE signals r SET value = f.value, quality = f.quality, batch_id = %(batch_id)s
FROM fresh f WHERE r.signal = f.signal AND r.zone = f.zone AND r.ts = f.ts;

-- name: versions
-- What a signal was and is, the oldest first.
SELECT value, quality, batch_id, replaced_by, replaced_at FROM signal_versions
WHERE signal = %(signal)s AND zone = %(zone)s AND ts = %(ts)s
UNION ALL
SELECT value, quality, batch_id, NULL, NULL FROM signals WHERE signal = %(signal)s AND zone = %(zone)s AND ts = %(ts)s
ORDER BY replaced_at NULLS LAST, replaced_by;

-- name: names
-- Which signals there are.
WITH RECURSIVE found AS (
    (SELECT signal, zone FROM signals ORDER BY signal, zone LIMIT 1)
    UNION ALL
    SELECT n.* FROM found f CROSS JOIN LATERAL (
        SELECT s.signal, s.zone FROM signals s WHERE (s.signal, s.zone) > (f.signal, f.zone) ORDER BY s.signal, s.zone LIMIT 1
    ) n
)
SELECT signal, zone FROM found ORDER BY 1, 2;

-- name: series_of
-- Which series a batch has values of, stored or replaced since.
SELECT signal, zone FROM signals WHERE batch_id = %(batch_id)s
UNION SELECT signal, zone FROM signal_versions WHERE batch_id = %(batch_id)s ORDER BY 1, 2;

-- name: unversion
-- What others replaced of a batch is forgotten; what stood before it was replaced by them.
WITH forgotten AS (
    DELETE FROM signal_versions WHERE batch_id = %(batch_id)s RETURNING signal, zone, ts, replaced_by
), older AS (
    DELETE FROM signal_versions o USING forgotten f WHERE o.signal = f.signal AND o.zone = f.zone AND o.ts = f.ts AND o.replaced_by = %(batch_id)s
    RETURNING o.signal, o.zone, o.ts, o.seconds, o.value, o.quality, o.batch_id, f.replaced_by AS since, o.replaced_at
)
INSERT INTO signal_versions (signal, zone, ts, seconds, value, quality, batch_id, replaced_by, replaced_at)
SELECT * FROM older;

-- name: restore
-- What a batch replaced stands again.
WITH back AS (
    DELETE FROM signal_versions v USING signals r
    WHERE r.batch_id = %(batch_id)s AND v.signal = r.signal AND v.zone = r.zone AND v.ts = r.ts
      AND v.replaced_by = %(batch_id)s
    RETURNING v.*
), restored AS (
    UPDATE signals r SET value = b.value, quality = b.quality, batch_id = b.batch_id
    FROM back b WHERE r.signal = b.signal AND r.zone = b.zone AND r.ts = b.ts
    RETURNING r.signal, r.zone, r.ts
)
SELECT count(*) AS n FROM restored;

-- name: remove
-- What a batch brought and nothing stood before goes.
WITH gone AS (
    DELETE FROM signals WHERE batch_id = %(batch_id)s RETURNING signal, zone, ts
)
SELECT count(*) AS n FROM gone;
