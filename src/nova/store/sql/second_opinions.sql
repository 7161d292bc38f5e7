-- name: draw
-- A decision is to be judged by a second editor; once an entry, and never what only the operator may see.
INSERT INTO second_opinions (review_id, first_state, first_by, drawn_at, due_at)
SELECT review_id, state, decided_by, decided_at, decided_at + %(patience)s::interval FROM reviews
WHERE review_id = %(review_id)s AND state <> 'open' AND NOT answer_is_private(answer_id)
ON CONFLICT (review_id) DO NOTHING;

-- name: waiting
-- What waits for a second opinion and is not this person's own, the longest waiting first.
SELECT s.review_id, s.due_at, a.ts AS asked_at, a.question, a.status, count(*) OVER () AS total
FROM second_opinions s JOIN reviews r USING (review_id) JOIN answers a USING (answer_id)
WHERE s.state IS NULL AND regexp_replace(s.first_by, '^[a-z]+:', '') <> %(person)s AND (%(everyone)s OR NOT answer_is_private(a.answer_id))
ORDER BY s.due_at, s.review_id LIMIT %(limit)s;

-- name: blind
-- One of them with its answer, and nothing of how it was decided.
SELECT s.review_id, s.due_at, a.ts AS asked_at, a.question, a.answer, a.citations, a.status
FROM second_opinions s JOIN reviews r USING (review_id) JOIN answers a USING (answer_id)
WHERE s.review_id = %(review_id)s AND s.state IS NULL AND regexp_replace(s.first_by, '^[a-z]+:', '') <> %(person)s
  AND (%(everyone)s OR NOT answer_is_private(a.answer_id));

-- name: lock
-- Holds one for the rest of the transaction.
SELECT review_id FROM second_opinions WHERE review_id = %(review_id)s FOR NO KEY UPDATE;

-- name: give
-- What the second editor says, once.
UPDATE second_opinions SET state = %(state)s, second_by = %(editor)s, note = %(note)s, given_at = clock_timestamp()
WHERE review_id = %(review_id)s AND state IS NULL;

-- name: pairs
-- Both opinions of entries that two editors judged: those still disputed, or one, the oldest first.
SELECT s.review_id, a.question, r.state AS first_state, r.decided_by AS first_by, r.note AS first_note, s.first_by AS drawn_from, s.state, s.second_by,
       s.note, s.given_at, EXISTS (SELECT FROM disputed_reviews d WHERE d.review_id = s.review_id) AS disputed, count(*) OVER () AS total
FROM second_opinions s JOIN reviews r USING (review_id) JOIN answers a USING (answer_id)
WHERE s.state IS NOT NULL AND (%(everyone)s OR NOT answer_is_private(a.answer_id))
  AND CASE WHEN %(review_id)s::uuid IS NULL THEN s.review_id IN (SELECT review_id FROM disputed_reviews) ELSE s.review_id = %(review_id)s::uuid END
ORDER BY s.given_at, s.review_id LIMIT %(limit)s;

-- name: settle
-- Who is right, said once.
UPDATE second_opinions SET settled_for = %(side)s, settled_by = %(editor)s, settled_at = clock_timestamp()
WHERE review_id = %(review_id)s AND state IS NOT NULL AND settled_at IS NULL;

-- name: labels
-- The labels of pairs that were whole in [since, until), as they were first given.
SELECT first_state, state FROM second_opinions WHERE given_at >= %(since)s AND given_at < %(until)s ORDER BY given_at, review_id;

-- name: put_agreement
-- How far editors agreed; a week that was measured stays as it was.
INSERT INTO editor_agreement (until, since, pairs, agreement, kappa, low, high, passed)
VALUES (%(until)s, %(since)s, %(pairs)s, %(share)s, %(kappa)s, %(low)s, %(high)s, %(passed)s) ON CONFLICT (until) DO NOTHING;

-- name: agreement
-- The last weeks, newest first.
SELECT until, since, pairs, agreement AS share, kappa, low, high, passed FROM editor_agreement ORDER BY until DESC LIMIT %(limit)s;

-- name: doubted
-- Rows of the room `training` that were decided in a week whose figure is too low: the first one measured after the decision, or the last one.
SELECT unnest(ARRAY['review:' || r.review_id, 'curated:' || c.curated_id, 'pair:' || c.curated_id]) AS id
FROM reviews r LEFT JOIN curated_answers c USING (review_id)
CROSS JOIN LATERAL (
    SELECT passed FROM editor_agreement g
    ORDER BY (g.until > r.decided_at) DESC, CASE WHEN g.until > r.decided_at THEN g.until END, g.until DESC LIMIT 1
) week
WHERE r.state <> 'open' AND NOT week.passed;
