-- name: review_candidates
-- Answers whose words may be looked at and that are not in the queue yet, with what speaks for looking: judgements and what retrieval knew.
SELECT a.answer_id, a.question, a.status, a.retrieval,
       count(f.feedback_id) FILTER (WHERE NOT f.useful) AS against, count(f.feedback_id) FILTER (WHERE f.useful) AS in_favour
FROM answers a LEFT JOIN rag_feedback f USING (answer_id)
WHERE a.ts >= %(since)s AND a.ts < %(until)s AND a.status <> 'failed' AND a.question <> %(unkept)s
  AND NOT a.retrieval ?| ARRAY['emergency', 'unsearched']
  AND (a.user_id IS NULL OR 'analytics' = ANY (a.purposes))
  AND NOT EXISTS (SELECT FROM reviews r WHERE r.answer_id = a.answer_id)
  AND NOT EXISTS (SELECT FROM outside_questions o WHERE o.answer_id = a.answer_id)
GROUP BY a.answer_id ORDER BY a.answer_id DESC LIMIT %(limit)s;

-- name: waiting_questions
-- What the answers that wait to be looked at were asked.
SELECT a.question FROM reviews r JOIN answers a USING (answer_id) WHERE r.state = 'open';

-- name: put_reviews
-- Puts answers into the queue; one that is there, is gone, or may not be looked at any more is passed over. Who withdraws waits, or is waited for.
INSERT INTO reviews (review_id, answer_id, reasons, priority)
SELECT g.review_id, g.answer_id, g.reasons, g.priority
FROM jsonb_to_recordset(%(rows)s::jsonb) AS g (review_id uuid, answer_id uuid, reasons text[], priority double precision)
JOIN answers a USING (answer_id)
WHERE a.user_id IS NULL OR 'analytics' = ANY (a.purposes)
FOR SHARE OF a
ON CONFLICT (answer_id) DO NOTHING;

-- name: cited_documents
-- The company's documents that answers in the queue cite, as the usefulness of documents is told by them; how long people read in them is of
-- people who agree to analytics, where at least five do.
WITH agreed AS (
    SELECT s.user_id FROM subjects s
    JOIN LATERAL (SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = 'analytics' ORDER BY at DESC, given LIMIT 1) c ON c.given
    WHERE s.user_id IS NOT NULL
), cited AS (
    SELECT DISTINCT r.review_id, r.priority, (c ->> 'item_id')::uuid AS item_id
    FROM reviews r JOIN answers a USING (answer_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
    WHERE r.state = 'open' AND c ? 'item_id'
), viewed AS (
    SELECT e.item_id, avg(least(e.dwell_ms, 1800000)) / 1000 AS dwell_s FROM events e JOIN agreed USING (user_id)
    WHERE e.dwell_ms IS NOT NULL AND e.item_id IN (SELECT item_id FROM cited) GROUP BY 1 HAVING count(DISTINCT e.user_id) >= %(fewest)s
)
SELECT q.review_id, q.priority, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ts, i.kind, coalesce(i.tags[1], '') AS topic,
       (v.chars / 7)::double precision AS words, (extract(epoch FROM now() - i.created_at) / 86400)::double precision AS age_days,
       d.dwell_s::double precision AS dwell_s
FROM cited q JOIN items i USING (item_id) JOIN item_versions v USING (item_id, version) LEFT JOIN viewed d USING (item_id)
WHERE i.owner IS NULL ORDER BY q.review_id, q.item_id;

-- name: open_priorities
-- How urgent open entries are.
SELECT review_id, priority FROM reviews WHERE state = 'open' ORDER BY review_id;

-- name: count_reviews
-- How many stand where, and how many preference pairs there are.
SELECT count(*) FILTER (WHERE state = 'open') AS open, count(*) FILTER (WHERE state = 'accepted') AS accepted,
       count(*) FILTER (WHERE state = 'rejected') AS rejected, count(*) FILTER (WHERE state = 'changed') AS changed,
       (SELECT count(*) FROM curated_answers c JOIN reviews r USING (review_id)
        WHERE c.training AND r.state = 'changed' AND (%(everyone)s OR NOT answer_is_private(r.answer_id))
          AND NOT EXISTS (SELECT FROM disputed_reviews d WHERE d.review_id = r.review_id)) AS pairs
FROM reviews WHERE %(everyone)s OR NOT answer_is_private(answer_id);

-- name: claim_review
-- Gives an editor the most urgent answer that nobody else is looking at; the one they hold already comes first, what they skipped last.
UPDATE reviews SET claimed_by = %(editor)s, claimed_until = clock_timestamp() + %(patience)s::interval
WHERE review_id = (
    SELECT review_id FROM reviews
    WHERE state = 'open' AND (claimed_by IS NULL OR claimed_by = %(editor)s OR claimed_until < clock_timestamp())
      AND (%(everyone)s OR NOT answer_is_private(answer_id))
    ORDER BY %(editor)s = ANY (skipped), claimed_by IS NOT DISTINCT FROM %(editor)s DESC,
             array_position(%(first)s::uuid[], review_id), priority DESC, review_id
    LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING review_id;

-- name: hold_review
-- An editor looks at this one, if nobody else does.
UPDATE reviews SET claimed_by = %(editor)s, claimed_until = clock_timestamp() + %(patience)s::interval
WHERE review_id = %(review_id)s AND state = 'open'
  AND (claimed_by IS NULL OR claimed_by = %(editor)s OR claimed_until < clock_timestamp());

-- name: get_review
-- One entry of the queue with the answer it is about, and what came of it; while a second opinion waits, only the first editor sees it.
SELECT r.review_id, r.answer_id, r.reasons, r.priority, r.state, r.rating, r.note, r.claimed_by, r.claimed_until, r.decided_by, r.decided_at,
       r.created_at, a.ts AS asked_at, a.question, a.answer, a.status, a.citations, a.model, a.prompt_version, a.conversation_id,
       a.user_id IS NULL OR 'training' = ANY (a.purposes) AS training,
       c.question AS curated_question, c.answer AS curated_answer, c.approver, c.publish, c.item_id
FROM reviews r JOIN answers a USING (answer_id) LEFT JOIN curated_answers c USING (review_id)
WHERE r.review_id = %(review_id)s AND (%(everyone)s OR NOT answer_is_private(r.answer_id))
  AND (%(viewer)s::text IS NULL OR NOT EXISTS (
      SELECT FROM second_opinions s WHERE s.review_id = r.review_id AND s.state IS NULL AND regexp_replace(s.first_by, '^[a-z]+:', '') <> %(viewer)s));

-- name: lock_reviewed
-- Holds the answer of an entry as it is, before the entry: in the order in which a withdrawal takes them.
SELECT answer_id FROM answers WHERE answer_id = (SELECT answer_id FROM reviews WHERE review_id = %(review_id)s) FOR SHARE;

-- name: lock_review
-- Holds an entry for the rest of the transaction.
SELECT review_id FROM reviews WHERE review_id = %(review_id)s FOR NO KEY UPDATE;

-- name: list_reviews
-- A page of the queue (the most urgent first) or of what was decided (newest first); what waits for a second opinion is shown to the first
-- editor only.
SELECT r.review_id, r.answer_id, r.reasons, r.priority, r.state, r.rating, r.claimed_by, r.claimed_until, r.decided_by, r.decided_at,
       r.created_at, a.ts AS asked_at, a.question, a.status, count(*) OVER () AS total
FROM reviews r JOIN answers a USING (answer_id)
WHERE (%(state)s::text IS NULL OR r.state = %(state)s::text)
  AND (%(reason)s::text IS NULL OR %(reason)s::text = ANY (r.reasons)) AND (%(everyone)s OR NOT answer_is_private(r.answer_id))
  AND (%(viewer)s::text IS NULL OR NOT EXISTS (
      SELECT FROM second_opinions s WHERE s.review_id = r.review_id AND s.state IS NULL AND regexp_replace(s.first_by, '^[a-z]+:', '') <> %(viewer)s))
ORDER BY (r.state = 'open') DESC, CASE WHEN r.state = 'open' THEN array_position(%(first)s::uuid[], r.review_id) END,
         CASE WHEN r.state = 'open' THEN r.priority END DESC, r.decided_at DESC, r.review_id
LIMIT %(limit)s OFFSET %(offset)s;

-- name: decide_review
-- What an editor decided.
UPDATE reviews SET state = %(state)s, rating = %(rating)s, note = %(note)s, decided_by = %(editor)s, decided_at = clock_timestamp(),
                   claimed_by = NULL, claimed_until = NULL
WHERE review_id = %(review_id)s;

-- name: skip_review
-- An editor passes it over; others see it at once, they themselves last.
UPDATE reviews SET skipped = CASE WHEN %(editor)s = ANY (skipped) THEN skipped ELSE skipped || %(editor)s::text END,
                   claimed_by = NULL, claimed_until = NULL
WHERE review_id = %(review_id)s AND state = 'open';

-- name: drop_second
-- Nobody needs a second opinion of a decision that is taken back; one that was given stays.
DELETE FROM second_opinions WHERE review_id = %(review_id)s AND state IS NULL;

-- name: reopen_review
-- A decision is taken back.
UPDATE reviews SET state = 'open', rating = NULL, note = NULL, decided_by = NULL, decided_at = NULL WHERE review_id = %(review_id)s;

-- name: put_curated
-- The answer an editor stands for; learned from only where who asked agrees to it at this moment.
INSERT INTO curated_answers (curated_id, review_id, question, answer, approver, training, publish)
SELECT %(curated_id)s, r.review_id, %(question)s, %(answer)s, %(approver)s, %(training)s AND (a.user_id IS NULL OR 'training' = ANY (a.purposes)), %(publish)s
FROM reviews r JOIN answers a USING (answer_id) WHERE r.review_id = %(review_id)s FOR SHARE OF a;

-- name: private_evidence
-- Whether an entry's answer says what only who asked may know: their figures, or what stands in a document that is not the company's (any more).
SELECT answer_is_private(answer_id) AS private FROM reviews WHERE review_id = %(review_id)s;

-- name: orphans
-- Documents that were published and that no editor stands for: their process ended between the document and the note of it.
SELECT i.item_id FROM items i
WHERE i.owner IS NULL AND i.source = 'api' AND i.tags @> ARRAY[%(tag)s::text] AND i.filename ~ '^antwort-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.md$'
  AND NOT EXISTS (SELECT FROM curated_answers c WHERE c.item_id = i.item_id OR (c.publish AND c.curated_id::text = substr(i.filename, 9, 36)))
  AND NOT EXISTS (SELECT FROM gap_steps g WHERE g.undone_at IS NULL AND (g.item_id = i.item_id OR g.step_id::text = substr(i.filename, 9, 36)));

-- name: retract_curated
-- It is not to become a document any more.
UPDATE curated_answers SET publish = false WHERE review_id = %(review_id)s;

-- name: drop_curated
-- No editor stands for it any more.
DELETE FROM curated_answers WHERE review_id = %(review_id)s;

-- name: export_curated
-- What editors stand for and may be learned from, oldest first, with the answer it replaces; nothing that they see differently.
SELECT c.curated_id, c.question, c.answer, c.approver, c.created_at, r.rating, r.state,
       CASE WHEN r.state = 'changed' THEN a.answer END AS rejected
FROM curated_answers c JOIN reviews r USING (review_id) JOIN answers a USING (answer_id)
WHERE c.training AND c.created_at >= %(since)s AND (%(everyone)s OR NOT answer_is_private(a.answer_id))
  AND NOT EXISTS (SELECT FROM disputed_reviews d WHERE d.review_id = c.review_id)
ORDER BY c.created_at, c.curated_id LIMIT %(limit)s;

-- name: unpublished
-- What is to become a document and is none yet, oldest first.
SELECT curated_id, review_id, question, answer, approver, training, publish, created_at FROM curated_answers
WHERE publish AND item_id IS NULL ORDER BY created_at, curated_id;

-- name: published
-- The document that an answer became, if the editor still stands for it.
UPDATE curated_answers SET item_id = %(item_id)s WHERE curated_id = %(curated_id)s AND publish;
