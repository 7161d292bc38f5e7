-- name: ensure_owner
-- Whose the passages of conversations are.
INSERT INTO users (user_id, external_id, role) VALUES (%(owner)s, 'nova conversations', 'service') ON CONFLICT DO NOTHING;

-- name: stale
-- Conversations, after an id, whose passages are not up to date although their author agrees to analytics.
SELECT conversation_id FROM conversations c
WHERE c.conversation_id > %(after)s AND c.turns > 0 AND 'analytics' = ANY (c.purposes)
  AND (c.item_id IS NULL OR c.passages_digest IS DISTINCT FROM c.digest || %(layout)s)
  AND (c.passages_digest IS DISTINCT FROM c.digest || %(held)s)
ORDER BY c.conversation_id LIMIT %(limit)s;

-- name: count_stale
-- How many these are.
SELECT count(*) AS n FROM conversations c
WHERE c.turns > 0 AND 'analytics' = ANY (c.purposes)
  AND (c.item_id IS NULL OR c.passages_digest IS DISTINCT FROM c.digest || %(layout)s)
  AND (c.passages_digest IS DISTINCT FROM c.digest || %(held)s);

-- name: unfit
-- Items of conversations that are gone, or that are not to be passages (any more); at one moment a withdrawal holds.
SELECT i.item_id FROM items i LEFT JOIN conversations c USING (item_id)
WHERE i.kind = 'conversation' AND (c.conversation_id IS NULL OR c.turns = 0 OR NOT 'analytics' = ANY (c.purposes)
    OR (c.subject_id IS NOT NULL AND NOT coalesce((
        SELECT k.given FROM consents k WHERE k.subject_id = c.subject_id AND k.purpose = 'analytics' ORDER BY k.at DESC, k.given LIMIT 1
    ), false)))
LIMIT %(limit)s;

-- name: standing
-- How many conversations there are in which something was said, how many are passages, and how many are held back by the second scan.
SELECT count(*) AS conversations, count(*) FILTER (WHERE 'analytics' = ANY (purposes)) AS agreed, count(item_id) AS indexed,
       count(*) FILTER (WHERE passages_digest = digest || %(held)s AND 'analytics' = ANY (purposes)) AS held
FROM conversations WHERE turns > 0;

-- name: forget_marks
-- Every conversation counts as changed.
UPDATE conversations SET passages_digest = NULL WHERE passages_digest IS NOT NULL;

-- name: talks
-- Conversations with all that was said.
SELECT c.conversation_id, c.source, c.channel, c.subject_id, c.started_at, c.ended_at, c.digest, c.item_id,
       (SELECT json_agg(json_build_array(t.seq, t.role, t.text) ORDER BY t.seq) FROM turns t WHERE t.conversation_id = c.conversation_id) AS said
FROM conversations c WHERE c.conversation_id = ANY (%(ids)s);

-- name: lock_talk
-- A conversation as it is now, until the transaction ends.
SELECT digest, purposes, item_id FROM conversations WHERE conversation_id = %(conversation_id)s FOR UPDATE;

-- name: mark
-- Its passages are up to date, or held back.
UPDATE conversations SET item_id = %(item_id)s, passages_digest = %(mark)s WHERE conversation_id = %(conversation_id)s;

-- name: insert_item
-- The item of a conversation: no file, no name of a person.
INSERT INTO items (item_id, owner, kind, source, title, sha256, status, created_at)
VALUES (%(item_id)s, %(owner)s, 'conversation', 'api', %(title)s, %(sha256)s, 'ready', %(started_at)s);

-- name: insert_version
-- Its only version.
INSERT INTO item_versions (item_id, version, sha256, media_type, bytes, chars, state, valid_from)
VALUES (%(item_id)s, 1, %(sha256)s, 'application/x-nova-conversation', 0, %(chars)s, 'ready', %(started_at)s);

-- name: insert_passage
-- A passage with what may be searched for besides its words.
INSERT INTO item_chunks (chunk_id, item_id, chunk_idx, text, digest, valid_from, metadata)
VALUES (%(chunk_id)s, %(item_id)s, %(chunk_idx)s, %(text)s, %(digest)s, %(started_at)s, %(metadata)s);

-- name: found
-- Passages of conversations by id, with the conversation as it is now.
SELECT k.chunk_id, k.text, k.chunk_idx, c.conversation_id, c.source, c.channel, c.started_at,
       CASE WHEN c.ended_at IS NULL THEN 'open' ELSE 'ended' END AS status, c.turns,
       (k.metadata ->> 'first')::integer AS first_turn, (k.metadata ->> 'last')::integer AS last_turn
FROM item_chunks k JOIN conversations c USING (item_id) JOIN items i USING (item_id)
WHERE k.chunk_id = ANY (%(chunk_ids)s) AND i.kind = 'conversation'
  AND (%(source)s::text IS NULL OR c.source = %(source)s) AND (%(channel)s::text IS NULL OR c.channel = %(channel)s)
  AND (%(since)s::timestamptz IS NULL OR c.started_at >= %(since)s) AND (%(until)s::timestamptz IS NULL OR c.started_at < %(until)s);

