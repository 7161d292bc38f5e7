-- name: due_conversations
-- Conversations whose last turn is older.
SELECT count(*) AS n FROM conversations WHERE last_at < %(before)s;

-- name: old_conversations
-- Some of them, with the items that hold their passages.
SELECT conversation_id, item_id FROM conversations WHERE last_at < %(before)s ORDER BY last_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED;

-- name: drop_conversations
-- They go with their turns.
DELETE FROM conversations WHERE conversation_id = ANY (%(ids)s);

-- name: due_answers
-- Answers that are older, in no conversation that is kept, and not what a published document came from: that stays with who asked.
SELECT count(*) AS n FROM answers a WHERE a.ts < %(before)s AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.answer_id = a.answer_id)
    AND NOT EXISTS (SELECT 1 FROM reviews r JOIN curated_answers c USING (review_id) WHERE r.answer_id = a.answer_id AND c.publish);

-- name: drop_answers
-- Some of them go, with their facts.
DELETE FROM answers WHERE answer_id IN (
    SELECT answer_id FROM answers a WHERE a.ts < %(before)s AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.answer_id = a.answer_id)
        AND NOT EXISTS (SELECT 1 FROM reviews r JOIN curated_answers c USING (review_id) WHERE r.answer_id = a.answer_id AND c.publish)
    LIMIT %(limit)s);

-- name: due_feedback
-- Judgements and what was made of them.
SELECT (SELECT count(*) FROM rag_feedback WHERE ts < %(before)s) + (SELECT count(*) FROM labels WHERE ts < %(before)s) AS n;

-- name: drop_feedback
-- Some judgements go.
DELETE FROM rag_feedback WHERE feedback_id IN (SELECT feedback_id FROM rag_feedback WHERE ts < %(before)s LIMIT %(limit)s);

-- name: drop_labels
-- Some of what was made of them goes.
DELETE FROM labels WHERE label_id IN (SELECT label_id FROM labels WHERE ts < %(before)s LIMIT %(limit)s);

-- name: due_events
-- Events.
SELECT count(*) AS n FROM events WHERE ts < %(before)s;

-- name: drop_events
-- Some events go, and the keys by which the same is known again: nothing so old is delivered any more.
WITH gone AS (
    DELETE FROM events WHERE (event_id, ts) IN (SELECT event_id, ts FROM events WHERE ts < %(before)s LIMIT %(limit)s) RETURNING event_id
)
DELETE FROM event_inbox WHERE event_id IN (SELECT event_id FROM gone);

-- name: due_recommended
-- What was recommended.
SELECT count(*) AS n FROM recommendation_log WHERE ts < %(before)s;

-- name: drop_recommended
-- Some of it goes.
DELETE FROM recommendation_log WHERE (list_id, position) IN (
    SELECT list_id, position FROM recommendation_log WHERE ts < %(before)s LIMIT %(limit)s);

-- name: due_nonces
-- Deliveries that nobody may send again anyway.
SELECT count(*) AS n FROM session_inbox WHERE received_at < %(before)s;

-- name: drop_nonces
-- Some of them go.
DELETE FROM session_inbox WHERE nonce IN (SELECT nonce FROM session_inbox WHERE received_at < %(before)s LIMIT %(limit)s);

-- name: due_refusals
-- Counts of what was not stored.
SELECT count(*) AS n FROM intake_refusals WHERE day < %(before)s::date;

-- name: drop_refusals
-- They go.
DELETE FROM intake_refusals WHERE day < %(before)s::date AND %(limit)s > 0;

-- name: due_vault
-- Values that are older and whose token stands in no text any more; a value that a field named is kept while the person has conversations.
SELECT count(*) AS n FROM vault v WHERE v.created_at < %(before)s AND NOT (v.token = ANY (%(tokens)s))
    AND NOT (v.known AND EXISTS (SELECT 1 FROM conversations c WHERE c.subject_id = v.subject_id));

-- name: drop_vault
-- They go.
DELETE FROM vault v WHERE v.created_at < %(before)s AND NOT (v.token = ANY (%(tokens)s)) AND %(limit)s > 0
    AND NOT (v.known AND EXISTS (SELECT 1 FROM conversations c WHERE c.subject_id = v.subject_id));

-- name: tokens_in_texts
-- Every token that stands in a text.
SELECT DISTINCT (regexp_matches(said, '\[[[:upper:]ÄÖÜ-]+_[0-9A-HJKMNP-TV-Z]{6}\]', 'g'))[1] AS token FROM (
    SELECT text AS said FROM turns
    UNION ALL SELECT question FROM answers UNION ALL SELECT answer FROM answers
    UNION ALL SELECT question FROM rag_feedback UNION ALL SELECT answer FROM rag_feedback
    UNION ALL SELECT notes FROM rag_feedback WHERE notes IS NOT NULL
    UNION ALL SELECT question FROM curated_answers UNION ALL SELECT answer FROM curated_answers
    UNION ALL SELECT c.text FROM item_chunks c JOIN items i USING (item_id) WHERE i.kind = 'conversation'
    UNION ALL SELECT meta::text FROM events WHERE meta <> '{}') AS texts;
