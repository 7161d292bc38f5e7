-- name: insert_fact
-- A number that an answer said; the same fact again changes nothing.
INSERT INTO data_facts (fact_id, answer_id, owner, tool, label, query, rows, value, unit, chart)
VALUES (%(fact_id)s, %(answer_id)s, %(owner)s, %(tool)s, %(label)s, %(query)s, %(rows)s, %(value)s, %(unit)s, %(chart)s)
ON CONFLICT (fact_id) DO NOTHING;

-- name: fact
-- A fact that the caller may see: the company's or their own.
SELECT fact_id, label, value, unit, query, rows, chart, answer_id, owner, created_at, stale_at, renewed FROM data_facts
WHERE fact_id = %(fact_id)s AND (%(everyone)s OR (%(staff)s AND owner IS NULL) OR owner = %(owner)s);

-- name: facts_of_answers
-- What some answers said, in the order in which it was computed.
SELECT fact_id, label, value, unit, query, rows, chart, stale_at FROM data_facts
WHERE answer_id = ANY (%(answer_ids)s) AND (%(everyone)s OR (%(staff)s AND owner IS NULL) OR owner = %(owner)s) ORDER BY created_at, fact_id;

-- name: stale
-- Facts of these meters, or of anything where prices or signals went, that were said since an instant may rest on what was taken back.
UPDATE data_facts SET stale_at = now(), renewed = NULL WHERE created_at >= %(since)s AND (
    %(market)s OR query ->> 'meter' = ANY (%(meters)s) OR query ->> 'other_meter' = ANY (%(meters)s) OR EXISTS (
        SELECT FROM jsonb_array_elements_text(coalesce(query -> 'meters', '[]') || coalesce(query -> 'other_meters', '[]')) AS m (meter_id)
        WHERE m.meter_id = ANY (%(meters)s)));

-- name: stale_facts
-- Facts that wait to be computed anew, with the role of whose they are.
SELECT f.fact_id, f.label, f.value, f.unit, f.query, f.rows, f.chart, f.stale_at, f.owner, u.role FROM data_facts f LEFT JOIN users u ON u.user_id = f.owner
WHERE f.stale_at IS NOT NULL AND f.renewed IS NULL ORDER BY f.created_at LIMIT %(most)s;

-- name: renew
-- What a fact says since: nothing where it still holds.
UPDATE data_facts SET renewed = %(renewed)s::jsonb, stale_at = CASE WHEN %(renewed)s::jsonb IS NULL THEN NULL ELSE stale_at END
WHERE fact_id = %(fact_id)s;
