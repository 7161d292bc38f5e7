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
    AND NOT EXISTS (SELECT 1 FROM reviews r JOIN curated_answers c USING (review_id) WHERE r.answer_id = a.answer_id AND c.publish)
    AND NOT EXISTS (SELECT 1 FROM gap_steps g WHERE g.answer_id = a.answer_id AND g.what = 'answer' AND g.undone_at IS NULL);

-- name: drop_answers
-- Some of them go, with their facts.
DELETE FROM answers WHERE answer_id IN (
    SELECT answer_id FROM answers a WHERE a.ts < %(before)s AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.answer_id = a.answer_id)
        AND NOT EXISTS (SELECT 1 FROM reviews r JOIN curated_answers c USING (review_id) WHERE r.answer_id = a.answer_id AND c.publish)
        AND NOT EXISTS (SELECT 1 FROM gap_steps g WHERE g.answer_id = a.answer_id AND g.what = 'answer' AND g.undone_at IS NULL)
    LIMIT %(limit)s);

-- name: due_handovers
-- What was handed over.
SELECT count(*) AS n FROM handovers WHERE made_at < %(before)s;

-- name: drop_handovers
-- Some of it goes; the answers stay with who asked.
DELETE FROM handovers WHERE handover_id IN (SELECT handover_id FROM handovers WHERE made_at < %(before)s LIMIT %(limit)s);

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

-- name: old_vaults
-- The next persons whose vault holds values that are older.
SELECT DISTINCT subject_id FROM vault WHERE created_at < %(before)s AND subject_id > %(after)s ORDER BY subject_id LIMIT %(persons)s;

-- name: quiet
-- Those of them of whom nothing is being stored; nothing is until the transaction ends.
SELECT subject_id FROM subjects WHERE subject_id = ANY (%(subjects)s) ORDER BY subject_id FOR NO KEY UPDATE SKIP LOCKED;

-- name: unsaid
-- Tokens of older values that stand in no text of their person any more; a value that a field named is kept while they have conversations.
WITH who AS (
    SELECT subject_id, user_id FROM subjects WHERE subject_id = ANY (%(subjects)s)
), theirs AS (
    SELECT w.subject_id, a.answer_id, a.question, a.answer FROM who w JOIN answers a ON a.subject_id = w.subject_id
    UNION
    SELECT w.subject_id, a.answer_id, a.question, a.answer FROM who w JOIN answers a ON a.user_id = w.user_id
), texts AS (
    SELECT c.subject_id, t.text AS said FROM conversations c JOIN turns t USING (conversation_id) WHERE c.subject_id = ANY (%(subjects)s)
    UNION ALL SELECT c.subject_id, k.text FROM conversations c JOIN item_chunks k USING (item_id) WHERE c.subject_id = ANY (%(subjects)s)
    UNION ALL SELECT subject_id, question || ' ' || answer FROM theirs
    UNION ALL SELECT a.subject_id, f.label || ' ' || coalesce(f.chart::text, '') FROM theirs a JOIN data_facts f USING (answer_id)
    UNION ALL SELECT a.subject_id, concat_ws(' ', f.question, f.answer, f.notes) FROM theirs a JOIN rag_feedback f USING (answer_id)
    UNION ALL SELECT w.subject_id, concat_ws(' ', f.question, f.answer, f.notes) FROM who w JOIN rag_feedback f USING (user_id)
    UNION ALL SELECT a.subject_id, c.question || ' ' || c.answer FROM theirs a JOIN reviews r USING (answer_id) JOIN curated_answers c USING (review_id)
    UNION ALL SELECT w.subject_id, e.meta::text FROM who w JOIN events e USING (user_id) WHERE e.meta <> '{}'
), stand AS (
    SELECT DISTINCT subject_id, (regexp_matches(said, '\[[[:upper:]ÄÖÜ-]+_[0-9A-HJKMNP-TV-Z]{6}\]', 'g'))[1] AS token FROM texts
)
SELECT v.subject_id, v.token FROM vault v
WHERE v.subject_id = ANY (%(subjects)s) AND v.created_at < %(before)s
  AND NOT EXISTS (SELECT FROM stand s WHERE s.subject_id = v.subject_id AND s.token = v.token)
  AND NOT (v.known AND EXISTS (SELECT FROM conversations c WHERE c.subject_id = v.subject_id));

-- name: drop_sealed
-- They go.
DELETE FROM vault v USING unnest(%(subjects)s::uuid[], %(tokens)s::text[]) AS g (subject_id, token)
WHERE v.subject_id = g.subject_id AND v.token = g.token;
