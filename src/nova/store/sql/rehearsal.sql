-- name: set_back
-- What was asked in the throw-away Nova of a rehearsal was asked at other moments: each answer, its conversation and its judgement move by as much.
WITH moved AS (
    SELECT a.answer_id, a.conversation_id, wanted.at - a.ts AS by
    FROM answers a JOIN unnest(%(answer_ids)s::uuid[], %(times)s::timestamptz[]) AS wanted (answer_id, at) ON wanted.answer_id = a.answer_id
), said AS (
    UPDATE turns t SET ts = t.ts + moved.by FROM moved WHERE t.conversation_id = moved.conversation_id
), talked AS (
    UPDATE conversations c SET started_at = c.started_at + moved.by, last_at = c.last_at + moved.by
    FROM moved WHERE c.conversation_id = moved.conversation_id
), judged AS (
    UPDATE rag_feedback f SET ts = f.ts + moved.by FROM moved WHERE f.answer_id = moved.answer_id
)
UPDATE answers a SET ts = a.ts + moved.by FROM moved WHERE a.answer_id = moved.answer_id;

-- name: served_since
-- In the throw-away Nova of a rehearsal the adapter serves for longer than it does.
UPDATE releases SET live_at = %(at)s WHERE family = 'adapter' AND name = %(name)s AND state = 'live';
