-- name: lock_conversation
-- A conversation, made on first sight; locked until the transaction ends.
INSERT INTO conversations (conversation_id, source, session_key, subject_id, channel, purposes, started_at, last_at)
VALUES (%(conversation_id)s, %(source)s, %(session_key)s, %(subject_id)s, %(channel)s, %(purposes)s, %(now)s, %(now)s)
ON CONFLICT (source, session_key) DO UPDATE SET
    purposes = CASE WHEN conversations.subject_id = excluded.subject_id THEN excluded.purposes ELSE conversations.purposes END
RETURNING conversation_id, subject_id, created_at, turns, started_at, last_at, created_at = now() AND turns = 0 AND digest = '' AS fresh;

-- name: settle_conversation
-- What follows from its turns and from what was told of it: times, how many turns, and by what its passages know that they are up to date.
UPDATE conversations c SET
    started_at = least(coalesce(%(started_at)s::timestamptz, t.first, %(ended_at)s::timestamptz, c.started_at), coalesce(t.first, 'infinity'),
                       CASE WHEN %(fresh)s THEN 'infinity' ELSE c.started_at END),
    last_at = greatest(coalesce(t.last, %(ended_at)s::timestamptz, %(started_at)s::timestamptz, c.last_at),
                       CASE WHEN %(fresh)s THEN '-infinity' ELSE c.last_at END),
    ended_at = coalesce(greatest(c.ended_at, %(ended_at)s::timestamptz), c.ended_at),
    channel = CASE WHEN %(channel)s::text <> '' THEN %(channel)s ELSE c.channel END,
    turns = t.n, digest = t.digest
FROM (
    SELECT count(*) AS n, min(ts) AS first, max(ts) AS last,
           coalesce(encode(sha256(convert_to(string_agg(seq || ' ' || role || ' ' || text, E'\n' ORDER BY seq), 'UTF8')), 'hex'), '') AS digest
    FROM turns WHERE conversation_id = %(conversation_id)s
) t
WHERE c.conversation_id = %(conversation_id)s;

-- name: turns_held
-- What is known of some turns.
SELECT seq, ts, digest FROM turns WHERE conversation_id = %(conversation_id)s AND seq = ANY (%(seqs)s::integer[]);

-- name: put_turns
-- New turns, and those that a later one replaces; of a turn that came again what was measured is added.
INSERT INTO turns (conversation_id, seq, role, ts, text, answer_id, meta, digest)
SELECT %(conversation_id)s, g.seq, g.role, g.ts, g.text, g.answer_id, g.meta, decode(g.digest, 'hex')
FROM jsonb_to_recordset(%(turns)s::jsonb)
    AS g (seq integer, role text, ts timestamptz, text text, answer_id uuid, meta jsonb, digest text)
ON CONFLICT (conversation_id, seq) DO UPDATE SET
    role = excluded.role, ts = excluded.ts, text = excluded.text, digest = excluded.digest, meta = turns.meta || excluded.meta;

-- name: add_meta
-- What was measured of a turn that is held already.
UPDATE turns SET meta = turns.meta || g.meta
FROM jsonb_to_recordset(%(turns)s::jsonb) AS g (seq integer, meta jsonb)
WHERE turns.conversation_id = %(conversation_id)s AND turns.seq = g.seq;

-- name: texts_of
-- The texts of a conversation.
SELECT seq, text FROM turns WHERE conversation_id = %(conversation_id)s ORDER BY seq;

-- name: replace_text
-- A text in which more was replaced.
UPDATE turns SET text = %(text)s WHERE conversation_id = %(conversation_id)s AND seq = %(seq)s;

-- name: item_of_conversation
-- The item that holds a conversation as passages; no row without one.
SELECT item_id FROM conversations WHERE conversation_id = %(conversation_id)s AND item_id IS NOT NULL;

-- name: next_seq
-- Where a conversation goes on.
SELECT coalesce(max(seq) + 1, 0) AS seq FROM turns WHERE conversation_id = %(conversation_id)s;

-- name: claim_nonce
-- A delivery is taken once.
INSERT INTO session_inbox (nonce, digest) VALUES (%(nonce)s, %(digest)s) ON CONFLICT (nonce) DO NOTHING RETURNING nonce;

-- name: known_nonce
-- What a delivery was, and what was answered to it.
SELECT digest, result FROM session_inbox WHERE nonce = %(nonce)s;

-- name: note_result
-- What is answered to a delivery.
UPDATE session_inbox SET result = %(result)s WHERE nonce = %(nonce)s;

-- name: count_refusal
-- One more reason why something was not stored.
INSERT INTO intake_refusals (day, source, reason, n)
VALUES ((%(now)s::timestamptz AT TIME ZONE 'Europe/Berlin')::date, %(source)s, %(reason)s, %(n)s)
ON CONFLICT (day, source, reason) DO UPDATE SET n = intake_refusals.n + excluded.n;

-- name: refusals
-- What was not stored, by day, source and reason.
SELECT day, source, reason, n FROM intake_refusals WHERE day >= %(since)s ORDER BY day DESC, source, reason;

-- name: items_of_subject
-- The items that hold a person's conversations as passages.
SELECT item_id FROM conversations WHERE subject_id = %(subject_id)s AND item_id IS NOT NULL;

-- name: forget_conversations
-- A person's conversations with all their turns.
DELETE FROM conversations WHERE subject_id = %(subject_id)s;

-- name: count_turns
-- How many turns a person's conversations have.
SELECT count(*) AS n FROM turns JOIN conversations USING (conversation_id) WHERE subject_id = %(subject_id)s;

-- name: unsay_answers
-- What a person asked and was answered is gone; numbers, evidence and times stay.
UPDATE answers SET question = %(unkept)s, answer = '', purposes = '{}', conversation_id = NULL
WHERE (subject_id = %(subject_id)s OR user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s))
  AND (question <> %(unkept)s OR answer <> '' OR purposes <> '{}');

-- name: unsay_handovers
-- What a person wrote beside what they handed over is gone; that it was handed over stays.
UPDATE handovers SET note = '' WHERE from_user = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s) AND note <> '';

-- name: forget_reviews
-- What editors made of a person's answers goes; what they published goes with it (a trigger). How many documents that were is asked before.
DELETE FROM reviews r USING answers a
WHERE a.answer_id = r.answer_id
  AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s));

-- name: published_of
-- How many documents were published from a person's answers.
SELECT (SELECT count(*) FROM curated_answers c JOIN reviews r USING (review_id) JOIN answers a USING (answer_id)
        WHERE c.item_id IS NOT NULL
          AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s)))
     + (SELECT count(*) FROM gap_steps g JOIN answers a USING (answer_id)
        WHERE g.item_id IS NOT NULL AND g.what = 'answer'
          AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s))) AS n;

-- name: forget_steps
-- What editors did about a person's questions alone goes, with the answers they wrote (a trigger); steps about many are about one less.
WITH alone AS (
    DELETE FROM gap_steps g USING answers a
    WHERE a.answer_id = g.answer_id
      AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s))
), delivered AS (
    DELETE FROM gap_step_questions q USING conversations c WHERE c.conversation_id = q.conversation_id AND c.subject_id = %(subject_id)s
)
DELETE FROM gap_step_questions q USING answers a
WHERE a.answer_id = q.answer_id
  AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s));

-- name: forget_gaps
-- A person's questions belong to no knowledge gap any more; one without questions goes when gaps are found next.
WITH delivered AS (
    DELETE FROM gap_turns g USING conversations c WHERE c.conversation_id = g.conversation_id AND c.subject_id = %(subject_id)s
)
DELETE FROM gap_answers g USING answers a
WHERE a.answer_id = g.answer_id
  AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s));

-- name: forget_tones
-- What people said a person's turns sound like.
DELETE FROM sentiment_labels l USING conversations c WHERE c.conversation_id = l.conversation_id AND c.subject_id = %(subject_id)s;

-- name: forget_recommended
-- What was recommended to a person, for measuring.
DELETE FROM recommendation_log WHERE subject_id = %(subject_id)s;

-- name: untrain
-- What editors made of a person's answers is not learned from any more.
UPDATE curated_answers c SET training = false FROM reviews r JOIN answers a USING (answer_id)
WHERE r.review_id = c.review_id AND c.training
  AND (a.subject_id = %(subject_id)s OR a.user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s));

-- name: unsay_feedback
-- The words of a person's judgements, and of others' of answers to them, are gone; the judgements stay.
UPDATE rag_feedback SET question = '', answer = '', notes = NULL
WHERE (user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s)
       OR answer_id IN (SELECT answer_id FROM answers WHERE subject_id = %(subject_id)s
                        UNION ALL SELECT a.answer_id FROM answers a JOIN subjects s USING (user_id) WHERE s.subject_id = %(subject_id)s))
  AND (question <> '' OR answer <> '' OR notes IS NOT NULL);

-- name: unsay_events
-- What a person's events say in words is gone; measures stay.
UPDATE events SET meta = coalesce((
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(meta)
    WHERE key = ANY (%(measures)s) AND (jsonb_typeof(value) IN ('number', 'boolean', 'null')
        OR value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')), '{}')
WHERE user_id = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s) AND meta <> '{}';

-- name: unsay_recommendations
-- The words with which a person declined a recommendation.
UPDATE recommendations SET reason = %(unkept)s
WHERE owner = (SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s) AND reason <> %(unkept)s;

-- name: narrow_purposes
-- What words may be used for shrinks with what their author agrees to.
WITH narrowed AS (
    UPDATE answers SET purposes = ARRAY (SELECT unnest(purposes) INTERSECT SELECT unnest(%(agreed)s::text[]) ORDER BY 1)
    WHERE subject_id = %(subject_id)s AND NOT purposes <@ %(agreed)s::text[]
)
UPDATE conversations SET purposes = ARRAY (SELECT unnest(purposes) INTERSECT SELECT unnest(%(agreed)s::text[]) ORDER BY 1)
WHERE subject_id = %(subject_id)s AND NOT purposes <@ %(agreed)s::text[];

-- name: forget_turns_of_answer
-- The turns that hold an answer that its owner deletes.
DELETE FROM turns WHERE answer_id = %(answer_id)s
RETURNING conversation_id, (SELECT item_id FROM conversations c WHERE c.conversation_id = turns.conversation_id);

-- name: unsay_feedback_of_answer
-- The words of judgements of an answer that its owner deletes.
UPDATE rag_feedback SET question = '', answer = '', notes = NULL WHERE answer_id = %(answer_id)s;

-- name: forget_passages_marks
-- Conversations whose passages were removed are made passages anew when they may be.
UPDATE conversations SET item_id = NULL, passages_digest = NULL WHERE item_id = ANY (%(items)s);
