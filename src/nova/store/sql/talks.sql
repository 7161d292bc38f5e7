-- name: list_conversations
-- A page of conversations in which something was said, the latest first, each with the beginning of what was said first and how its answers were judged.
WITH page AS (
    SELECT *, count(*) OVER () AS total FROM conversations
    WHERE turns > 0 AND (%(source)s::text IS NULL OR source = %(source)s::text)
      AND (%(purpose)s::text IS NULL OR %(purpose)s::text = ANY (purposes))
      AND (%(purpose_of_reader)s::text IS NULL OR %(purpose_of_reader)s::text = ANY (purposes))
      AND (%(subject_id)s::uuid IS NULL OR subject_id = %(subject_id)s::uuid)
      AND (%(since)s::timestamptz IS NULL OR last_at >= %(since)s::timestamptz)
      AND (%(until)s::timestamptz IS NULL OR last_at < %(until)s::timestamptz)
    ORDER BY last_at DESC, conversation_id LIMIT %(limit)s OFFSET %(offset)s
)
SELECT c.conversation_id, c.source, c.channel, c.subject_id, c.purposes, c.started_at, c.last_at, c.ended_at, c.turns,
       c.item_id IS NOT NULL AND c.passages_digest = c.digest || %(layout)s AS searchable,
       coalesce((SELECT left(t.text, 200) FROM turns t WHERE t.conversation_id = c.conversation_id AND t.role = 'user' ORDER BY t.seq LIMIT 1), '') AS begins,
       judged.useful, judged.not_useful, c.total
FROM page c CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE v.useful) AS useful, count(*) FILTER (WHERE NOT v.useful) AS not_useful
    FROM turns t LEFT JOIN rag_feedback f USING (answer_id)
    CROSS JOIN LATERAL (SELECT coalesce(f.useful, (t.meta ->> 'useful')::boolean) AS useful) AS v
    WHERE t.conversation_id = c.conversation_id AND t.role = 'assistant'
) AS judged
ORDER BY c.last_at DESC, c.conversation_id;

-- name: conversation_sources
-- Where conversations come from, and how many each has.
SELECT source, count(*) AS n FROM conversations
WHERE turns > 0 AND (%(purpose_of_reader)s::text IS NULL OR %(purpose_of_reader)s::text = ANY (purposes))
GROUP BY source ORDER BY n DESC, source;

-- name: get_conversation
-- One conversation.
SELECT conversation_id, source, channel, subject_id, purposes, started_at, last_at, ended_at, turns,
       item_id IS NOT NULL AND passages_digest = digest || %(layout)s AS searchable
FROM conversations
WHERE conversation_id = %(conversation_id)s AND (%(purpose_of_reader)s::text IS NULL OR %(purpose_of_reader)s::text = ANY (purposes));

-- name: conversation_turns
-- What was said, in order, with what a reviewer heard in it, how an answer was judged, and whether it is in the editorial queue.
SELECT t.seq, t.role, t.ts, t.text, t.answer_id, t.meta, l.label AS tone, r.review_id,
       coalesce((SELECT f.useful FROM rag_feedback f WHERE f.answer_id = t.answer_id ORDER BY f.ts DESC LIMIT 1),
                CASE WHEN t.role = 'assistant' THEN (t.meta ->> 'useful')::boolean END) AS useful
FROM turns t
LEFT JOIN sentiment_labels l USING (conversation_id, seq)
LEFT JOIN reviews r ON r.answer_id = t.answer_id
WHERE t.conversation_id = %(conversation_id)s ORDER BY t.seq;
