-- Market prices: what a range holds, corrections, versions. Instants cross as seconds since 1970, columns as sent arrays.

-- name: held
-- What is stored from `first` to `until` of some products, as columns in order of time, and the last interval that began before.
SELECT k.no, b.ts AS before_ts, b.seconds AS before_seconds, h.*
FROM unnest(%(keys)s::text[], %(keys1)s::text[], %(keys2)s::text[], %(seconds)s::int[], %(firsts)s::bigint[], %(untils)s::bigint[])
     WITH ORDINALITY AS k (market, product, zone, seconds, first, until, no)
LEFT JOIN LATERAL (
    SELECT extract(epoch FROM r.ts)::bigint AS ts, r.seconds FROM market_prices r
    WHERE r.market = k.market AND r.product = k.product AND r.zone = k.zone AND r.seconds = k.seconds
      AND r.ts < to_timestamp(k.first) AND r.ts >= to_timestamp(k.first - 86400)
      AND r.ts < to_timestamp(%(until)s::bigint) AND r.ts >= to_timestamp(%(first)s::bigint - 86400)
    ORDER BY r.ts DESC LIMIT 1
) b ON true
CROSS JOIN LATERAL (
    SELECT array_send(array_agg(q.ts)) AS ts, array_send(array_agg(q.seconds)) AS seconds,
           array_send(array_agg(coalesce(q.price_eur_mwh, 'NaN'))), array_send(array_agg(coalesce(q.volume, 'NaN'))),
           array_send(array_agg(CASE q.quality WHEN 'measured' THEN 0::int2 WHEN 'substitute' THEN 1::int2 WHEN 'preliminary' THEN 2::int2
                                WHEN 'missing' THEN 3::int2 ELSE 4::int2 END))
    FROM (
        SELECT * FROM market_prices r
        WHERE r.market = k.market AND r.product = k.product AND r.zone = k.zone AND r.seconds = k.seconds
          AND r.ts >= to_timestamp(k.first) AND r.ts < to_timestamp(k.until)
          AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint)
        ORDER BY r.ts
    ) q
) h
ORDER BY k.no;

-- name: correct
-- Replace rows and keep what they were, unless (without `again`) the same value has been replaced before.
WITH given AS (
    SELECT (%(key0)s::text[])[g.series] AS market, (%(key1)s::text[])[g.series] AS product, (%(key2)s::text[])[g.series] AS zone,
           (%(seconds)s::int[])[g.series] AS seconds, to_timestamp(g.at) AS ts, nullif(g.price_eur_mwh, 'NaN') AS price_eur_mwh,
           nullif(g.volume, 'NaN') AS volume,
           (ARRAY['measured', 'substitute', 'preliminary', 'missing', 'simulated'])[g.quality + 1] AS quality
    FROM unnest(%(series)s::int[], %(ts)s::bigint[], %(value0)s::float8[], %(value1)s::float8[], %(quality)s::int[])
         AS g (series, at, price_eur_mwh, volume, quality)
), fresh AS (
    SELECT g.* FROM given g
    WHERE %(again)s OR NOT EXISTS (
        SELECT FROM price_versions v
        WHERE v.market = g.market AND v.product = g.product AND v.zone = g.zone AND v.seconds = g.seconds AND v.ts = g.ts
          AND v.price_eur_mwh IS NOT DISTINCT FROM g.price_eur_mwh AND v.volume IS NOT DISTINCT FROM g.volume AND v.quality = g.quality
    )
), replaced AS (
    INSERT INTO price_versions (market, product, zone, seconds, ts, price_eur_mwh, volume, quality, batch_id, replaced_by)
    SELECT r.market, r.product, r.zone, r.seconds, r.ts, r.price_eur_mwh, r.volume, r.quality, r.batch_id, %(batch_id)s
    FROM market_prices r JOIN fresh f
      ON r.market = f.market AND r.product = f.product AND r.zone = f.zone AND r.seconds = f.seconds AND r.ts = f.ts
    WHERE r.batch_id <> %(batch_id)s AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint)
    ON CONFLICT DO NOTHING
)
UPDATE market_prices r SET price_eur_mwh = f.price_eur_mwh, volume = f.volume, quality = f.quality, batch_id = %(batch_id)s
FROM fresh f
WHERE r.market = f.market AND r.product = f.product AND r.zone = f.zone AND r.seconds = f.seconds AND r.ts = f.ts
  AND r.ts >= to_timestamp(%(first)s::bigint) AND r.ts < to_timestamp(%(until)s::bigint);

-- name: versions
-- What a price was and is, the oldest first.
SELECT price_eur_mwh, volume, quality, batch_id, replaced_by, replaced_at FROM price_versions
WHERE market = %(market)s AND product = %(product)s AND zone = %(zone)s AND seconds = %(seconds)s AND ts = %(ts)s
UNION ALL
SELECT price_eur_mwh, volume, quality, batch_id, NULL, NULL FROM market_prices
WHERE market = %(market)s AND product = %(product)s AND zone = %(zone)s AND seconds = %(seconds)s AND ts = %(ts)s
ORDER BY replaced_at NULLS LAST, replaced_by;

-- name: products
-- What is traded in the table: each product with its first and last interval.
WITH RECURSIVE found AS (
    (SELECT market, product, zone, seconds FROM market_prices ORDER BY market, product, zone, seconds LIMIT 1)
    UNION ALL
    SELECT n.* FROM found f CROSS JOIN LATERAL (
        SELECT p.market, p.product, p.zone, p.seconds FROM market_prices p
        WHERE (p.market, p.product, p.zone, p.seconds) > (f.market, f.product, f.zone, f.seconds)
        ORDER BY p.market, p.product, p.zone, p.seconds LIMIT 1
    ) n
)
SELECT f.*, extract(epoch FROM a.ts)::bigint AS first, extract(epoch FROM z.ts)::bigint AS last FROM found f
CROSS JOIN LATERAL (
    SELECT min(p.ts) AS ts FROM market_prices p
    WHERE p.market = f.market AND p.product = f.product AND p.zone = f.zone AND p.seconds = f.seconds
) a
CROSS JOIN LATERAL (
    SELECT max(p.ts) AS ts FROM market_prices p
    WHERE p.market = f.market AND p.product = f.product AND p.zone = f.zone AND p.seconds = f.seconds
) z
ORDER BY 1, 2, 3, 4;

-- name: series_of
-- Which series a batch has prices of, stored or replaced since.
SELECT market, product, zone, seconds FROM market_prices WHERE batch_id = %(batch_id)s
UNION SELECT market, product, zone, seconds FROM price_versions WHERE batch_id = %(batch_id)s ORDER BY 1, 2, 3, 4;

-- name: unversion
-- What others replaced of a batch is forgotten; what stood before it was replaced by them.
WITH forgotten AS (
    DELETE FROM price_versions WHERE batch_id = %(batch_id)s RETURNING market, product, zone, seconds, ts, replaced_by
), older AS (
    DELETE FROM price_versions o USING forgotten f WHERE o.market = f.market AND o.product = f.product AND o.zone = f.zone AND o.seconds = f.seconds AND o.ts = f.ts AND o.replaced_by = %(batch_id)s
    RETURNING o.market, o.product, o.zone, o.seconds, o.ts, o.price_eur_mwh, o.volume, o.quality, o.batch_id, f.replaced_by AS since, o.replaced_at
)
INSERT INTO price_versions (market, product, zone, seconds, ts, price_eur_mwh, volume, quality, batch_id, replaced_by, replaced_at)
SELECT * FROM older;

-- name: restore
-- What a batch replaced stands again.
WITH back AS (
    DELETE FROM price_versions v USING market_prices r
    WHERE r.batch_id = %(batch_id)s AND v.market = r.market AND v.product = r.product AND v.zone = r.zone AND v.seconds = r.seconds AND v.ts = r.ts
      AND v.replaced_by = %(batch_id)s
    RETURNING v.*
), restored AS (
    UPDATE market_prices r SET price_eur_mwh = b.price_eur_mwh, volume = b.volume, quality = b.quality, batch_id = b.batch_id
    FROM back b WHERE r.market = b.market AND r.product = b.product AND r.zone = b.zone AND r.seconds = b.seconds AND r.ts = b.ts
    RETURNING r.market, r.product, r.zone, r.seconds, r.ts
)
SELECT count(*) AS n FROM restored;

-- name: remove
-- What a batch brought and nothing stood before goes.
WITH gone AS (
    DELETE FROM market_prices WHERE batch_id = %(batch_id)s RETURNING market, product, zone, seconds, ts
)
SELECT count(*) AS n FROM gone;
