-- name: insert_events
-- Claims each event's id and stores those claimed now, so a repeated delivery changes nothing. References the person may not see, or that
-- are gone, become NULL; the locks keep what is referenced until the row stands.
WITH given AS (
    SELECT DISTINCT ON (event_id) * FROM jsonb_to_recordset(%(events)s::jsonb)
        AS e (event_id uuid, user_id uuid, ts timestamptz, type text, item_id uuid, chunk_id uuid, dwell_ms integer, meta jsonb)
    ORDER BY event_id
), seen_items AS (
    SELECT item_id, owner FROM items WHERE item_id IN (SELECT item_id FROM given) FOR KEY SHARE
), seen_chunks AS (
    SELECT c.chunk_id, i.owner FROM item_chunks c JOIN items i USING (item_id)
    WHERE c.chunk_id IN (SELECT chunk_id FROM given) FOR KEY SHARE OF c
), claimed AS (
    INSERT INTO event_inbox (event_id) SELECT event_id FROM given ON CONFLICT (event_id) DO NOTHING RETURNING event_id
)
INSERT INTO events (event_id, user_id, ts, type, item_id, chunk_id, dwell_ms, meta)
SELECT g.event_id, g.user_id, g.ts, g.type, i.item_id, c.chunk_id, g.dwell_ms, coalesce(g.meta, '{}')
FROM given g
JOIN claimed USING (event_id)
LEFT JOIN seen_items i ON i.item_id = g.item_id AND (i.owner IS NULL OR i.owner = g.user_id)
LEFT JOIN seen_chunks c ON c.chunk_id = g.chunk_id AND (c.owner IS NULL OR c.owner = g.user_id);

-- name: lock_speakers
-- Who of these withdraws meanwhile waits; in one order, so that nobody waits in a circle.
SELECT subject_id FROM subjects WHERE user_id = ANY (%(user_ids)s) ORDER BY subject_id FOR SHARE;

-- name: speakers
-- Who of these agrees to a purpose.
SELECT s.user_id FROM subjects s
JOIN LATERAL (SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = %(purpose)s ORDER BY at DESC, given LIMIT 1) c ON c.given
WHERE s.user_id = ANY (%(user_ids)s);

-- name: forget_usage
-- What was stored of how a person used pages; and how long they read.
WITH used AS (
    DELETE FROM events WHERE type = ANY (%(types)s) AND user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s) RETURNING event_id
), read AS (
    UPDATE events SET dwell_ms = NULL
    WHERE dwell_ms IS NOT NULL AND NOT type = ANY (%(types)s) AND user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s)
), judged AS (
    UPDATE rag_feedback SET dwell_ms = NULL
    WHERE dwell_ms IS NOT NULL AND user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s)
)
SELECT count(*) AS n FROM used;

-- name: answer_owner
-- Whose answer this is.
SELECT user_id FROM answers WHERE answer_id = %(answer_id)s;

-- name: forget_feedback
-- A person's earlier judgement of the same answer gives way to the new one.
DELETE FROM rag_feedback WHERE answer_id = %(answer_id)s AND user_id IS NOT DISTINCT FROM %(user_id)s;

-- name: insert_feedback
-- One judgement of one answer.
INSERT INTO rag_feedback (feedback_id, user_id, answer_id, question, answer, useful, reason, notes, chunks_used, dwell_ms)
VALUES (%(feedback_id)s, %(user_id)s, %(answer_id)s, %(question)s, %(answer)s, %(useful)s, %(reason)s, %(notes)s, %(chunks_used)s, %(dwell_ms)s);

-- name: insert_labels
-- The judgement as a reward (1 useful, -1 not) for each document the answer used, as far as the person may see it; without any, one row.
WITH used AS (
    SELECT DISTINCT i.item_id FROM item_chunks c JOIN items i USING (item_id)
    WHERE c.chunk_id = ANY (%(chunks)s) AND (%(everyone)s OR i.owner IS NULL OR i.owner = %(user_id)s)
)
INSERT INTO labels (label_id, user_id, item_id, reward, reason)
SELECT gen_random_uuid(), %(user_id)s, used.item_id, %(reward)s, %(reason)s
FROM (SELECT 1) AS one LEFT JOIN used ON true;

-- name: events_per_day
-- Days (Europe/Berlin), types and counts since a moment, of what enough people did.
SELECT (ts AT TIME ZONE 'Europe/Berlin')::date AS day, type, count(*) AS count
FROM events WHERE ts >= %(since)s GROUP BY 1, 2 HAVING count(DISTINCT user_id) >= %(fewest)s ORDER BY 1, 2;

-- name: feedback_counts
-- Judgements since a moment.
SELECT count(*) FILTER (WHERE useful) AS useful, count(*) FILTER (WHERE NOT useful) AS not_useful, count(DISTINCT user_id) AS people
FROM rag_feedback WHERE ts >= %(since)s;

-- name: refresh_events_daily
-- The daily roll-up for dashboards outside Nova.
REFRESH MATERIALIZED VIEW CONCURRENTLY mv_events_daily;
