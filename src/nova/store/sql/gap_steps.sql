-- name: put_step
-- What somebody did about a gap, or about one question.
INSERT INTO gap_steps (step_id, gap_id, answer_id, what, facts, item_id, made_by)
VALUES (%(step_id)s, %(gap_id)s, %(answer_id)s, %(what)s, %(facts)s, %(item_id)s, %(made_by)s);

-- name: put_gap_questions
-- The step is about all that was asked in a gap.
INSERT INTO gap_step_questions (step_id, asked_id, answer_id, conversation_id, seq, before)
SELECT %(step_id)s::uuid, g.answer_id, g.answer_id, NULL::uuid, NULL::integer,
       CASE WHEN a.retrieval ->> 'outcome' = 'asked_back' THEN 'asked_back' WHEN a.status = 'refused' THEN 'refused' ELSE 'weak' END
FROM gap_answers g JOIN answers a USING (answer_id) WHERE g.gap_id = %(gap_id)s
UNION ALL
SELECT %(step_id)s::uuid, asked_id(g.conversation_id, g.seq), NULL, g.conversation_id, g.seq, 'refused' FROM gap_turns g WHERE g.gap_id = %(gap_id)s
ON CONFLICT (step_id, asked_id) DO NOTHING;

-- name: put_question
-- The step is about one question.
INSERT INTO gap_step_questions (step_id, asked_id, answer_id, before)
SELECT %(step_id)s, answer_id, answer_id,
       CASE WHEN retrieval ->> 'outcome' = 'asked_back' THEN 'asked_back' WHEN status = 'refused' THEN 'refused' ELSE 'weak' END
FROM answers WHERE answer_id = %(answer_id)s;

-- name: mark_joined
-- What has come into gaps that do not belong here does not either.
INSERT INTO gap_step_questions (step_id, asked_id, answer_id, conversation_id, seq, before)
SELECT s.step_id, g.answer_id, g.answer_id, NULL::uuid, NULL::integer, 'refused'
FROM gap_steps s JOIN gap_answers g USING (gap_id) WHERE s.what = 'outside' AND s.undone_at IS NULL
UNION ALL
SELECT s.step_id, asked_id(g.conversation_id, g.seq), NULL, g.conversation_id, g.seq, 'refused'
FROM gap_steps s JOIN gap_turns g USING (gap_id) WHERE s.what = 'outside' AND s.undone_at IS NULL
ON CONFLICT (step_id, asked_id) DO NOTHING;

-- name: lock_step
-- Nobody else changes this step until the transaction ends.
SELECT step_id FROM gap_steps WHERE step_id = %(step_id)s FOR UPDATE;

-- name: steps
-- One step, those about some gaps, or about some questions, newest first, and what came of each: of how many questions, how many were asked
-- again and are answered, what they were before, and from where most are answered. A step about a private answer is the operator's alone.
SELECT s.step_id, s.gap_id, s.answer_id, s.what, s.facts, s.item_id, i.title AS item_title, s.made_by, s.made_at,
       s.measured_at, s.undone_at, q.questions, q.asked, q.answered, q.before, q.after, q.place
FROM gap_steps s LEFT JOIN items i USING (item_id)
CROSS JOIN LATERAL (
    SELECT count(*) AS questions, count(after) AS asked, count(*) FILTER (WHERE after = 'answered') AS answered,
           mode() WITHIN GROUP (ORDER BY before) AS before, mode() WITHIN GROUP (ORDER BY after) AS after,
           mode() WITHIN GROUP (ORDER BY place) FILTER (WHERE after = 'answered') AS place
    FROM gap_step_questions WHERE step_id = s.step_id
) q
WHERE (s.step_id = ANY (%(step_ids)s) OR s.gap_id = ANY (%(gap_ids)s) OR s.answer_id = ANY (%(answer_ids)s))
  AND (%(everyone)s OR s.answer_id IS NULL OR NOT answer_is_private(s.answer_id))
ORDER BY s.made_at DESC, s.step_id DESC;

-- name: lock_answer
-- Nobody else says what becomes of this question until the transaction ends.
SELECT answer_id FROM answers WHERE answer_id = %(answer_id)s FOR NO KEY UPDATE;

-- name: undo_step
-- A step is taken back.
UPDATE gap_steps SET undone_by = %(undone_by)s, undone_at = clock_timestamp() WHERE step_id = %(step_id)s AND undone_at IS NULL;

-- name: became
-- The document that an answer became, if the editor still stands for it.
UPDATE gap_steps SET item_id = %(item_id)s WHERE step_id = %(step_id)s AND undone_at IS NULL;

-- name: item_waits
-- Whether a step's document is still being read or has changes that search does not know yet.
SELECT i.status NOT IN ('ready', 'failed') OR EXISTS (SELECT FROM index_outbox o WHERE o.item_id = i.item_id) AS waits
FROM gap_steps s JOIN items i USING (item_id) WHERE s.step_id = %(step_id)s;

-- name: company_item
-- A document of the company's that people can be answered from.
SELECT title FROM items WHERE item_id = %(item_id)s AND owner IS NULL AND kind <> 'conversation';

-- name: company_section
-- A section of a document of the company's, as it is now; a passage that reaches beyond its section stands for the one it begins in.
SELECT s.item_id, i.title, coalesce(nullif(s.label, ''), s.title) AS section FROM item_sections s JOIN items i USING (item_id)
WHERE (s.section_id = %(section_id)s OR s.section_id = (
    SELECT p.section_id FROM chunk_places p WHERE p.chunk_id = %(section_id)s ORDER BY p.version DESC LIMIT 1))
  AND i.owner IS NULL AND i.kind <> 'conversation';

-- name: to_ask
-- The questions of a step where they still stand and may be looked at, each wording once, those first that had no answer; whether it is the
-- company's own (nobody's question is, and that of somebody who works for it). `cited`: what an answer rested on that was judged wrong.
SELECT asked_id, question, staff, cited FROM (
    SELECT DISTINCT ON (lower(question)) asked_id, question, staff, cited, before, ts FROM (
        SELECT q.asked_id, a.question, q.before, a.ts, (a.user_id IS NULL AND a.subject_id IS NULL) OR EXISTS (
                   SELECT FROM users u LEFT JOIN subjects p ON p.user_id = u.user_id
                   WHERE (u.user_id = a.user_id OR p.subject_id = a.subject_id) AND u.role = ANY (%(staff)s)) AS staff,
               CASE WHEN a.status <> 'refused' AND EXISTS (
                   SELECT FROM rag_feedback f WHERE f.answer_id = a.answer_id AND NOT f.useful AND f.reason = ANY (%(reasons)s))
               THEN ARRAY(SELECT c ->> 'chunk_id' FROM jsonb_array_elements(a.citations) c) END AS cited
        FROM gap_step_questions q JOIN answers a ON a.answer_id = q.answer_id
        WHERE q.step_id = %(step_id)s AND (a.user_id IS NULL OR 'analytics' = ANY (a.purposes)) AND a.question <> %(unkept)s
        UNION ALL
        SELECT q.asked_id, t.text, q.before, t.ts, false, NULL
        FROM gap_step_questions q JOIN turns t USING (conversation_id, seq) JOIN conversations c USING (conversation_id)
        WHERE q.step_id = %(step_id)s AND 'analytics' = ANY (c.purposes)
    ) asked ORDER BY lower(question), cited IS NOT NULL DESC, ts DESC
) once ORDER BY before = 'weak', ts DESC, asked_id LIMIT %(limit)s;

-- name: note_asked
-- How a question was answered when it was asked again; the same of all that were asked in these words.
UPDATE gap_step_questions q SET after = %(after)s, place = %(place)s
WHERE q.step_id = %(step_id)s AND (q.asked_id = %(asked_id)s
    OR EXISTS (SELECT FROM answers a WHERE a.answer_id = q.answer_id AND lower(a.question) = lower(%(question)s))
    OR EXISTS (SELECT FROM turns t WHERE t.conversation_id = q.conversation_id AND t.seq = q.seq AND lower(t.text) = lower(%(question)s)));

-- name: measured
-- All that is asked again of a step was asked.
UPDATE gap_steps SET measured_at = clock_timestamp() WHERE step_id = %(step_id)s;

-- name: due_steps
-- Steps that stand and helped not all who asked, and since whose last measurement a document of the company's came or changed.
SELECT s.step_id FROM gap_steps s
WHERE s.undone_at IS NULL AND s.what IN ('document', 'words', 'answer') AND s.made_at > clock_timestamp() - interval '30 days'
  AND (s.measured_at IS NULL OR EXISTS (SELECT FROM items i WHERE i.owner IS NULL AND i.status = 'ready' AND i.updated_at > s.measured_at))
  AND EXISTS (SELECT FROM gap_step_questions q WHERE q.step_id = s.step_id AND q.after IS DISTINCT FROM 'answered')
ORDER BY s.measured_at NULLS FIRST, s.step_id LIMIT %(limit)s;

-- name: gap_state
-- A gap is open, or belongs elsewhere, from now on.
UPDATE knowledge_gaps SET state = %(state)s, closed_at = NULL WHERE gap_id = %(gap_id)s AND state = ANY (%(from_states)s);

-- name: reopen_gap
-- A gap that was closed after a step is open again.
UPDATE knowledge_gaps SET state = 'open', closed_at = NULL
WHERE gap_id = %(gap_id)s AND state = 'closed' AND closed_at >= %(made_at)s;

-- name: gap_place
-- Where what a gap asks for stands although it was not found; an editor's word is not overwritten by a guess while its document is there.
UPDATE knowledge_gaps SET place_item = %(item_id)s, place_title = %(title)s, place_section = %(section)s, place_source = %(by)s,
    looked_at = clock_timestamp()
WHERE gap_id = %(gap_id)s AND (place_source IS DISTINCT FROM 'editor' OR place_item IS NULL OR %(by)s = 'editor');

-- name: unname_place
-- What an editor named does not count any more: what was named before does, else search is asked again.
UPDATE knowledge_gaps g SET place_item = i.item_id, place_title = coalesce(p.facts ->> 'title', ''),
    place_section = coalesce(p.facts ->> 'section', ''), place_source = CASE WHEN i.item_id IS NOT NULL THEN 'editor' END,
    looked_at = CASE WHEN i.item_id IS NOT NULL THEN g.looked_at END
FROM (VALUES (%(gap_id)s::uuid)) of_gap (gap_id)
LEFT JOIN LATERAL (
    SELECT s.facts FROM gap_steps s WHERE s.gap_id = of_gap.gap_id AND s.what = 'place' AND s.undone_at IS NULL
    ORDER BY s.made_at DESC, s.step_id DESC LIMIT 1
) p ON true
LEFT JOIN items i ON i.item_id = (p.facts ->> 'item_id')::uuid
WHERE g.gap_id = of_gap.gap_id;

-- name: gaps_to_look_for
-- Open gaps in which somebody asked since search was asked for their place, the weightiest first.
SELECT g.gap_id FROM knowledge_gaps g JOIN gap_asked a USING (gap_id)
WHERE g.state = 'open' AND (g.place_source IS DISTINCT FROM 'editor' OR g.place_item IS NULL)
  AND (g.looked_at IS NULL OR g.looked_at < g.last_at
       OR EXISTS (SELECT FROM items i WHERE i.owner IS NULL AND i.status = 'ready' AND i.updated_at > g.looked_at))
GROUP BY g.gap_id ORDER BY sum(a.weakness) DESC, g.gap_id LIMIT %(limit)s;

-- name: unanswered
-- Questions that were refused, asked back (which is a refusal, too) or answered weakly since a moment and are in no gap of enough people, also
-- where no document was searched: those whose words may be looked at, as in the editors' queue. `state` is what became of each, by its last
-- step that stands.
WITH told AS (
    SELECT gap_id FROM gap_asked GROUP BY gap_id HAVING count(DISTINCT who) >= %(fewest)s
), found AS (
    SELECT a.answer_id, a.ts, a.question, a.conversation_id,
           CASE WHEN a.retrieval ->> 'outcome' = 'asked_back' THEN 'asked_back' WHEN a.status = 'refused' THEN 'refused' ELSE 'weak' END AS why,
           CASE WHEN last.what = 'outside' THEN 'outside' WHEN last.after = 'answered' THEN 'answered' ELSE 'open' END AS state, last.step_id
    FROM answers a
    LEFT JOIN LATERAL (
        SELECT s.step_id, s.what, q.after FROM gap_steps s JOIN gap_step_questions q USING (step_id)
        WHERE s.answer_id = a.answer_id AND q.asked_id = a.answer_id AND s.undone_at IS NULL AND s.what <> 'place'
        ORDER BY (s.what = 'outside') DESC, s.made_at DESC LIMIT 1
    ) last ON true
    WHERE a.ts >= %(since)s AND a.status <> 'failed' AND a.question <> %(unkept)s AND NOT a.retrieval ? 'emergency'
      AND (a.user_id IS NULL OR 'analytics' = ANY (a.purposes)) AND (%(answer_id)s::uuid IS NULL OR a.answer_id = %(answer_id)s)
      AND (a.status = 'refused' OR (a.retrieval ->> 'margin')::double precision < %(margin)s AND a.retrieval -> 'direct' <> 'true'
          OR EXISTS (SELECT FROM rag_feedback f WHERE f.answer_id = a.answer_id AND NOT f.useful AND f.reason = ANY (%(reasons)s)))
      AND NOT EXISTS (SELECT FROM gap_answers g JOIN told USING (gap_id) WHERE g.answer_id = a.answer_id)
      AND (%(everyone)s OR NOT answer_is_private(a.answer_id))
)
SELECT answer_id, ts, question, conversation_id, why, state, step_id, count(*) OVER () AS of_all FROM found
WHERE (%(why)s::text IS NULL OR why = %(why)s) AND (%(state)s::text IS NULL OR state = %(state)s)
ORDER BY ts DESC, answer_id LIMIT %(limit)s OFFSET %(offset)s;
