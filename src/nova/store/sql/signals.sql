-- Signals of grid and weather: what a range holds and corrections, which leave no versions. Instants cross as seconds since 1970.

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
-- Replace rows.
UPDATE signals r SET value = nullif(g.value, 'NaN'), batch_id = %(batch_id)s,
    quality = (ARRAY['measured', 'substitute', 'preliminary', 'missing', 'simulated'])[g.quality + 1]
FROM unnest(%(series)s::int[], %(ts)s::bigint[], %(value0)s::float8[], %(quality)s::int[]) AS g (series, at, value, quality)
WHERE r.signal = (%(key0)s::text[])[g.series] AND r.zone = (%(key1)s::text[])[g.series] AND r.ts = to_timestamp(g.at);

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
