-- name: insert_fact
-- A number that an answer said; the same fact again changes nothing.
INSERT INTO data_facts (fact_id, answer_id, owner, tool, label, query, rows, value, unit, chart)
VALUES (%(fact_id)s, %(answer_id)s, %(owner)s, %(tool)s, %(label)s, %(query)s, %(rows)s, %(value)s, %(unit)s, %(chart)s)
ON CONFLICT (fact_id) DO NOTHING;

-- name: fact
-- A fact that the caller may see: the company's or their own.
SELECT fact_id, label, value, unit, query, rows, chart, answer_id, owner, created_at FROM data_facts
WHERE fact_id = %(fact_id)s AND (%(everyone)s OR owner IS NULL OR owner = %(owner)s);

-- name: facts_of_answer
-- What an answer said, in the order in which it was computed.
SELECT fact_id, label, value, unit, query, rows, chart FROM data_facts
WHERE answer_id = %(answer_id)s AND (%(everyone)s OR owner IS NULL OR owner = %(owner)s) ORDER BY created_at, fact_id;

-- name: forget_facts
-- Facts older than some days go; answers keep their text.
DELETE FROM data_facts WHERE created_at < now() - make_interval(days => %(days)s);
