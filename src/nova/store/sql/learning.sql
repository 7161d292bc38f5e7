-- name: judgements
-- What people and the operator said of answers, and did with passages, since a moment: by pseudonym, with the question and what was shown.
-- Another's question is learned from only where they agreed to it themselves, whoever judges its answer.
SELECT f.feedback_id AS id, f.ts AS at, CASE WHEN f.user_id IS NULL THEN 'admin' ELSE s.subject_id::text END AS subject,
       coalesce(a.question, f.question) AS question, 'feedback' AS kind, f.useful, f.reason, f.dwell_ms, NULL::uuid AS chunk_id,
       CASE WHEN a.answer_id IS NULL THEN f.chunks_used
            ELSE ARRAY(SELECT (c ->> 'chunk_id')::uuid FROM jsonb_array_elements(a.citations) WITH ORDINALITY AS c (c, at)
                       GROUP BY 1 ORDER BY min(c.at)) END AS cited,
       '{}'::uuid[] AS shown
FROM rag_feedback f
LEFT JOIN answers a ON a.answer_id = f.answer_id
LEFT JOIN subjects s ON s.user_id = f.user_id
WHERE f.ts > %(since)s AND f.ts <= %(cutoff)s AND (f.user_id IS NULL OR s.subject_id IS NOT NULL)
  AND (a.user_id IS NULL OR a.user_id IS NOT DISTINCT FROM f.user_id OR 'training' = ANY (a.purposes))
  AND NOT coalesce(a.retrieval ? 'emergency', false)
UNION ALL
SELECT e.event_id, e.ts, CASE WHEN e.user_id IS NULL THEN 'admin' ELSE s.subject_id::text END, coalesce(said.question, near.question),
       e.type, NULL, NULL, e.dwell_ms, e.chunk_id, '{}'::uuid[],
       ARRAY(SELECT (p ->> 'chunk_id')::uuid FROM jsonb_array_elements(coalesce(said.passages, near.passages)) WITH ORDINALITY AS p (p, at)
             ORDER BY p.at LIMIT 10)
FROM events e
LEFT JOIN subjects s ON s.user_id = e.user_id
LEFT JOIN answers said ON said.user_id IS NOT DISTINCT FROM e.user_id
     AND said.answer_id = CASE WHEN e.meta ->> 'answer_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (e.meta ->> 'answer_id')::uuid END
LEFT JOIN LATERAL (
    SELECT a.question, a.passages FROM answers a
    WHERE said.answer_id IS NULL AND a.user_id = e.user_id AND a.ts <= e.ts AND a.ts > e.ts - interval '30 minutes'
      AND a.passages @> jsonb_build_array(jsonb_build_object('chunk_id', e.chunk_id::text))
    ORDER BY a.ts DESC LIMIT 1
) near ON true
WHERE e.type IN ('like', 'solve', 'click', 'view') AND e.chunk_id IS NOT NULL AND e.ts > %(since)s AND e.ts <= %(cutoff)s
  AND (e.user_id IS NULL OR s.subject_id IS NOT NULL) AND coalesce(said.question, near.question) IS NOT NULL;

-- name: training_consents
-- Every statement on training, in order of time.
SELECT subject_id::text AS subject, at, given FROM consents WHERE purpose = 'training' ORDER BY at, recorded_at, consent_id;

-- name: rephrased
-- Questions that people judged useful, and what they had asked in the ten minutes before without finding it useful.
SELECT s.subject_id::text AS subject, b.ts AS at, a.question AS before, b.question AS after
FROM rag_feedback f
JOIN answers b ON b.answer_id = f.answer_id AND b.user_id = f.user_id
JOIN subjects s ON s.user_id = f.user_id
JOIN LATERAL (
    SELECT answer_id, question FROM answers
    WHERE user_id = b.user_id AND ts < b.ts AND ts > b.ts - interval '10 minutes' AND NOT retrieval ? 'emergency' ORDER BY ts DESC LIMIT 1
) a ON true
WHERE f.useful AND NOT b.retrieval ? 'emergency' AND f.ts > %(since)s AND f.ts <= %(cutoff)s
  AND NOT EXISTS (SELECT 1 FROM rag_feedback g WHERE g.answer_id = a.answer_id AND g.useful)
ORDER BY b.ts, b.answer_id;

-- name: forgets
-- How many times somebody was forgotten: a computation that began before the last time is not kept.
SELECT coalesce((SELECT (value ->> 'n')::bigint FROM installation WHERE key = 'learning.forgets'), 0) AS n;

-- name: count_forget
-- Somebody was forgotten.
INSERT INTO installation (key, value) VALUES ('learning.forgets', '{"n": 1}')
ON CONFLICT (key) DO UPDATE SET value = jsonb_build_object('n', (installation.value ->> 'n')::bigint + 1), at = now();

-- name: get_plan
-- Whether learning runs by itself, and at which hour.
SELECT value FROM installation WHERE key = 'learning';

-- name: set_plan
-- Some of the same, changed: who switches it off while a run notes itself is not overruled.
INSERT INTO installation (key, value) VALUES ('learning', %(value)s)
ON CONFLICT (key) DO UPDATE SET value = installation.value || excluded.value, at = now();

-- name: get_release
-- One release with all that it holds.
SELECT release_id, cutoff, analyser, state, digest, artefact, evidence, subjects, effect, reasons, started_by, blocks, left_out,
       before, created_at
FROM learned_states WHERE release_id = %(release_id)s;

-- name: live_release
-- The live one.
SELECT release_id, cutoff, analyser, state, digest, artefact, evidence, subjects, effect, reasons, started_by, blocks, left_out,
       before, created_at
FROM learned_states WHERE state = 'live';

-- name: kept_releases
-- Those that still hold what was learned, newest first.
SELECT release_id, cutoff, analyser, state, digest, artefact, evidence, subjects, effect, reasons, started_by, blocks, left_out,
       before, created_at
FROM learned_states WHERE artefact IS NOT NULL ORDER BY created_at DESC, release_id;

-- name: last_release
-- When a release was last computed.
SELECT max(created_at) AS at FROM learned_states;

-- name: insert_release
-- What a release holds.
INSERT INTO learning_releases (release_id, cutoff, analyser, artefact, evidence, subjects, reasons, blocks, left_out)
VALUES (%(release_id)s, %(cutoff)s, %(analyser)s, %(artefact)s, %(evidence)s, %(subjects)s, %(reasons)s, %(blocks)s, %(left_out)s);

-- name: rewrite_release
-- What a release holds after somebody was forgotten.
UPDATE learning_releases SET artefact = %(artefact)s, evidence = %(evidence)s, subjects = %(subjects)s
WHERE release_id = %(release_id)s;

-- name: drop_old_artefacts
-- Only the newest releases can be gone back to; of others the ledger stays.
UPDATE learning_releases l SET artefact = NULL FROM learned_states s
WHERE s.release_id = l.release_id AND l.artefact IS NOT NULL AND s.state <> 'live' AND l.release_id NOT IN (
    SELECT release_id FROM learned_states WHERE artefact IS NOT NULL ORDER BY created_at DESC, release_id LIMIT %(keep)s
);

-- name: insert_entry
-- A row of the ledger.
INSERT INTO learning_entries (entry_id, release_id, kind, key, state, evidence, subjects, facts, started_by, at)
VALUES (%(entry_id)s, %(release_id)s, %(kind)s, %(key)s, %(state)s, %(evidence)s, %(subjects)s, %(facts)s, %(started_by)s, %(at)s);

-- name: list_entries
-- The ledger, newest first.
SELECT e.entry_id, e.release_id, e.kind, e.key, e.state, e.evidence, e.subjects, e.facts, e.started_by, e.at, e.ended_by, e.ended_at,
       r.cutoff, r.effect, r.reasons
FROM learning_entries e JOIN learned_states r USING (release_id)
WHERE (%(kind)s::text IS NULL OR e.kind = %(kind)s) AND (%(state)s::text IS NULL OR e.state = %(state)s)
ORDER BY e.at DESC, e.kind, e.entry_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: count_entries
-- How many rows the ledger has.
SELECT count(*) AS n FROM learning_entries
WHERE (%(kind)s::text IS NULL OR kind = %(kind)s) AND (%(state)s::text IS NULL OR state = %(state)s);

-- name: get_entry
-- One row of the ledger.
SELECT e.entry_id, e.release_id, e.kind, e.key, e.state, e.evidence, e.subjects, e.facts, e.started_by, e.at, e.ended_by, e.ended_at,
       r.cutoff, r.effect, r.reasons
FROM learning_entries e JOIN learned_states r USING (release_id) WHERE e.entry_id = %(entry_id)s;

-- name: set_entry_state
-- A row is decided or taken back.
UPDATE learning_entries SET state = %(state)s, ended_by = %(ended_by)s, ended_at = %(ended_at)s WHERE entry_id = %(entry_id)s;

-- name: undo_entries
-- What counted of a release's own rows is taken back; terms keep their own decision.
UPDATE learning_entries SET state = 'undone', ended_by = %(ended_by)s, ended_at = %(ended_at)s
WHERE release_id = %(release_id)s AND state = 'live' AND kind <> 'term';

-- name: supersede_entries
-- Rows in force are former, but for those of topics that go on unchanged; terms keep their own decision.
UPDATE learning_entries SET state = 'former', ended_by = NULL, ended_at = NULL
WHERE state = 'live' AND (kind = 'release' OR kind = 'topic' AND NOT key = ANY (%(kept)s));

-- name: restore_entries
-- A release is live again: its own row, and the newest until then of each of its topics.
UPDATE learning_entries SET state = 'live', ended_by = NULL, ended_at = NULL
WHERE state = 'former' AND entry_id IN (
    SELECT DISTINCT ON (e.kind, e.key) e.entry_id
    FROM learning_entries e JOIN learned_states r ON r.release_id = %(release_id)s
    WHERE e.state IN ('live', 'former')
      AND (e.kind = 'release' AND e.release_id = r.release_id OR e.kind = 'topic' AND e.key = ANY (%(topics)s) AND e.at <= r.created_at)
    ORDER BY e.kind, e.key, e.at DESC
);

-- name: topics_in_force
-- The topics of which a row says that they are in force.
SELECT key FROM learning_entries WHERE kind = 'topic' AND state = 'live';

-- name: waiting_terms
-- The rows of pairs that wait for a decision.
SELECT entry_id, key FROM learning_entries WHERE kind = 'term' AND state = 'waiting';

-- name: entries_of_release
-- The rows that a release's numbers stand in: its own, but those of topics in force belong to the live one, whichever began them.
SELECT entry_id, kind, key, state FROM learning_entries
WHERE CASE WHEN kind = 'topic' AND state = 'live' THEN (SELECT state = 'live' FROM learned_states WHERE release_id = %(release_id)s)
           ELSE release_id = %(release_id)s END;

-- name: delete_entry
-- A row that nobody's evidence bears out any more.
DELETE FROM learning_entries WHERE entry_id = %(entry_id)s;

-- name: rewrite_entry
-- A row's numbers after somebody was forgotten; what it took back it still took back.
UPDATE learning_entries SET evidence = %(evidence)s, subjects = %(subjects)s,
    facts = %(facts)s::jsonb || jsonb_strip_nulls(jsonb_build_object('undo_of', facts -> 'undo_of'))
WHERE entry_id = %(entry_id)s;

-- name: age_releases
-- Of releases that hold nothing any more no numbers are left after somebody was forgotten.
UPDATE learning_releases SET evidence = 0, subjects = 0, left_out = '[]'
WHERE artefact IS NULL AND (evidence > 0 OR subjects > 0 OR left_out <> '[]') RETURNING release_id;

-- name: age_entries
-- Nor are any in their rows, but for topics in force, which the live release brings in line, and for pairs of words.
UPDATE learning_entries e SET evidence = 0, subjects = 0,
    facts = '{"forgotten": true}' || jsonb_strip_nulls(jsonb_build_object('undo_of', e.facts -> 'undo_of'))
FROM learning_releases r
WHERE r.release_id = e.release_id AND r.artefact IS NULL AND (e.kind = 'release' OR e.kind = 'topic' AND e.state <> 'live')
  AND NOT e.facts ? 'forgotten';

-- name: old_terms
-- The rows of pairs that came with releases which hold nothing any more.
SELECT e.entry_id, e.key, e.state FROM learning_entries e JOIN learning_releases r USING (release_id)
WHERE r.artefact IS NULL AND e.kind = 'term';

-- name: numberless
-- The rows of topics in force that say no numbers.
SELECT entry_id, key FROM learning_entries WHERE kind = 'topic' AND state = 'live' AND facts ? 'forgotten';

-- name: blocks
-- What was taken back on its own.
SELECT entry_id, terms, weights, until FROM learning_blocks ORDER BY until, entry_id;

-- name: insert_block
-- Take back a topic.
INSERT INTO learning_blocks (entry_id, terms, weights, until) VALUES (%(entry_id)s, %(terms)s, %(weights)s, %(until)s)
ON CONFLICT (entry_id) DO UPDATE SET until = excluded.until;

-- name: delete_block
-- What was taken back counts again.
DELETE FROM learning_blocks WHERE entry_id = %(entry_id)s;

-- name: terms
-- The decisions on pairs.
SELECT lay, term, approved, decided_by, decided_at FROM learning_terms;

-- name: decide_term
-- A decision on a pair.
INSERT INTO learning_terms (lay, term, approved, decided_by, decided_at) VALUES (%(lay)s, %(term)s, %(approved)s, %(by)s, %(at)s)
ON CONFLICT (lay, term) DO UPDATE SET approved = excluded.approved, decided_by = excluded.decided_by, decided_at = excluded.decided_at;

-- name: questions
-- The operator's questions for measuring.
SELECT question_id, question, places, created_at FROM learning_questions ORDER BY created_at, question_id;

-- name: delete_questions
-- They are replaced as a whole.
DELETE FROM learning_questions;

-- name: insert_question
-- One of them.
INSERT INTO learning_questions (question_id, question, places) VALUES (%(question_id)s, %(question)s, %(places)s);

-- name: items_of_chunks
-- Which company documents some passages belong to, and in which provision or section of the current version they stand ("" for none).
SELECT c.chunk_id, c.item_id, i.title, coalesce((
    SELECT coalesce(nullif(s.label, ''), s.title) FROM chunk_places p JOIN item_sections s ON s.section_id = p.section_id
    WHERE p.chunk_id = c.chunk_id AND p.version = i.version LIMIT 1), '') AS section
FROM item_chunks c JOIN items i USING (item_id)
WHERE c.chunk_id = ANY (%(chunks)s) AND i.owner IS NULL;

-- name: users_of_subjects
-- Who signs in behind some pseudonyms.
SELECT subject_id::text AS subject, user_id FROM subjects WHERE subject_id = ANY (%(subjects)s) AND user_id IS NOT NULL;

-- name: delete_learned_labels
-- Learned rewards are computed anew as a whole, or go with a person.
DELETE FROM labels WHERE source = 'learned' AND (%(user_id)s::uuid IS NULL OR user_id = %(user_id)s);

-- name: delete_unwilling_labels
-- Learned rewards of people who do not agree to training any more go.
DELETE FROM labels l USING subjects s WHERE l.source = 'learned' AND s.user_id = l.user_id AND NOT coalesce((
    SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = 'training' ORDER BY at DESC, recorded_at DESC, consent_id DESC LIMIT 1
), false);

-- name: insert_learned_labels
-- Rewards of documents by person, as use and judgements together say.
INSERT INTO labels (label_id, user_id, item_id, ts, reward, reason, source)
SELECT gen_random_uuid(), g.user_id, g.item_id, %(at)s, g.reward, 'gelernt', 'learned'
FROM jsonb_to_recordset(%(rows)s::jsonb) AS g (user_id uuid, item_id uuid, reward double precision)
WHERE EXISTS (SELECT 1 FROM items i WHERE i.item_id = g.item_id) AND EXISTS (SELECT 1 FROM users u WHERE u.user_id = g.user_id);
