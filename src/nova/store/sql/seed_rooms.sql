-- name: questions
-- What was asked and answered: by people who agreed to training when they asked and agree now, and by the company itself. Nothing that was
-- answered from somebody's own data, and no emergency.
SELECT a.answer_id::text AS id, p.subject_id::text AS person, a.question, a.answer, a.status,
       to_char(a.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
FROM answers a LEFT JOIN subjects p ON p.subject_id = a.subject_id OR (a.subject_id IS NULL AND p.user_id = a.user_id)
WHERE a.answer <> '' AND a.status <> 'failed' AND NOT a.retrieval ? 'emergency' AND NOT answer_is_private(a.answer_id)
  AND (a.user_id IS NULL AND a.subject_id IS NULL
       OR 'training' = ANY (a.purposes) AND p.lookup IS NOT NULL AND (
           SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1))
ORDER BY a.answer_id;

-- name: feedback
-- What people who agree to training, and the company itself, said of answers; the words of a question only where its author agreed, too.
SELECT f.feedback_id::text AS id, p.subject_id::text AS person, f.question, f.answer, f.useful::text AS useful, f.reason,
       to_char(f.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
FROM rag_feedback f LEFT JOIN answers a ON a.answer_id = f.answer_id LEFT JOIN subjects p ON p.user_id = f.user_id
WHERE f.question <> '' AND (a.answer_id IS NULL OR NOT a.retrieval ? 'emergency' AND NOT answer_is_private(a.answer_id))
  AND (f.user_id IS NULL OR p.lookup IS NOT NULL AND (
       SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1))
  AND (a.answer_id IS NULL OR a.user_id IS NULL AND a.subject_id IS NULL
       OR a.user_id IS NOT DISTINCT FROM f.user_id AND 'training' = ANY (a.purposes))
ORDER BY f.feedback_id;

-- name: readings
-- Readings of customers who agree to training, while the meter was theirs, and of meters of the grid that never were anybody's.
SELECT r.meter_id || '|' || extract(epoch FROM r.ts)::bigint AS id, p.subject_id::text AS person, r.meter_id AS meter, m.kind,
       to_char(r.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, r.seconds::text AS seconds,
       r.consumption_kw::text AS consumption_kw, r.production_kw::text AS production_kw, r.quality,
       CASE WHEN m.simulated OR r.quality = 'simulated' THEN 'true' END AS synthetic
FROM smart_meter_readings r JOIN meters m USING (meter_id)
LEFT JOIN meter_assignments s ON s.meter_id = r.meter_id AND r.ts >= s.starts AND r.ts < s.ends
LEFT JOIN subjects p ON p.user_id = s.customer
WHERE p.lookup IS NOT NULL AND (
        SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1)
   OR m.kind = 'grid' AND NOT EXISTS (SELECT FROM meter_assignments o WHERE o.meter_id = r.meter_id)
ORDER BY r.meter_id, r.ts;

-- name: prices
-- Prices of the market.
SELECT market || '|' || product || '|' || zone || '|' || seconds || '|' || extract(epoch FROM ts)::bigint AS id, market, product, zone,
       to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, seconds::text AS seconds, price_eur_mwh::text AS price_eur_mwh,
       volume::text AS volume, quality, CASE WHEN quality = 'simulated' THEN 'true' END AS synthetic
FROM market_prices ORDER BY market, product, zone, seconds, ts;

-- name: tickets
-- Tickets of the company's own, without who opened them.
SELECT ticket_id::text AS id, number::text AS number, kind, state, title, text, kpi,
       to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
FROM tickets ORDER BY ticket_id;

-- name: documents
-- Passages of the company's own documents as they hold now.
SELECT c.chunk_id::text AS id, i.item_id::text AS item, i.kind, i.title, c.text
FROM item_chunks c JOIN items i USING (item_id)
WHERE i.owner IS NULL AND i.kind <> 'conversation' AND i.status = 'ready' AND c.valid_to IS NULL ORDER BY c.chunk_id;

-- name: figures
-- Figures by the hour behind which at least five people stand, or nobody.
SELECT kpi || '|' || extract(epoch FROM starts)::bigint AS id, kpi, to_char(starts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS hour,
       n::text AS n, total::text AS total
FROM kpi_hours_told ORDER BY kpi, starts;

-- name: visits
-- Which pages people open one after another: of those who agree to profiling and to training.
SELECT e.event_id::text AS id, p.subject_id::text AS person, e.meta ->> 'session' AS session,
       to_char(e.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ts, e.meta ->> 'route' AS route, u.role,
       coalesce(lead(e.meta ->> 'route') OVER (PARTITION BY p.subject_id, e.meta ->> 'session' ORDER BY e.ts, e.event_id), '(Ende)') AS next
FROM events e JOIN users u USING (user_id) JOIN subjects p USING (user_id)
WHERE e.type = 'view' AND e.meta ? 'route' AND e.meta ? 'session' AND p.lookup IS NOT NULL AND (
        SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1)
  AND (SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'profiling' ORDER BY c.at DESC, c.given LIMIT 1)
ORDER BY e.event_id;

-- name: rewards
-- What people who agree to training, and the company itself, said of answers from the company's documents, by the passage that was cited.
SELECT DISTINCT ON (f.feedback_id, c.place ->> 'chunk_id') f.feedback_id::text || '|' || (c.place ->> 'chunk_id') AS id, p.subject_id::text AS person,
       f.answer_id::text AS question_id, c.place ->> 'chunk_id' AS chunk_id, c.rank::text AS rank,
       CASE WHEN f.useful THEN '1' ELSE '0' END AS reward, to_char(f.ts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at
FROM rag_feedback f JOIN answers a USING (answer_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) WITH ORDINALITY AS c (place, rank)
LEFT JOIN subjects p ON p.user_id = f.user_id
WHERE c.place ? 'chunk_id' AND NOT a.retrieval ? 'emergency' AND NOT answer_is_private(a.answer_id)
  AND (f.user_id IS NULL OR p.lookup IS NOT NULL AND (
       SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1))
ORDER BY f.feedback_id, c.place ->> 'chunk_id', c.rank;

-- name: uses
-- The company's documents after their first four weeks: how long they are, how long people read in them, and how many of at least five people
-- found answers from them useful; of people who agree to analytics.
WITH agreed AS (
    SELECT s.user_id FROM subjects s
    JOIN LATERAL (SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = 'analytics' ORDER BY at DESC, given LIMIT 1) c ON c.given
    WHERE s.user_id IS NOT NULL
), judged AS (
    SELECT (c ->> 'item_id')::uuid AS item_id, avg(f.useful::int) AS useful
    FROM rag_feedback f JOIN agreed USING (user_id) JOIN answers a USING (answer_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
    JOIN items i ON i.item_id = (c ->> 'item_id')::uuid
    WHERE f.ts >= i.created_at AND f.ts < i.created_at + interval '28 days' GROUP BY 1 HAVING count(DISTINCT f.user_id) >= 5
), viewed AS (
    SELECT e.item_id, avg(least(e.dwell_ms, 1800000)) / 1000 AS dwell_s
    FROM events e JOIN agreed USING (user_id) JOIN items i USING (item_id)
    WHERE e.dwell_ms IS NOT NULL AND e.ts >= i.created_at AND e.ts < i.created_at + interval '28 days' GROUP BY 1
    HAVING count(DISTINCT e.user_id) >= 5
)
SELECT i.item_id::text AS id, to_char((i.created_at + interval '28 days') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ts, i.kind,
       coalesce(i.tags[1], '') AS topic, (v.chars / 7)::text AS words, '28' AS age_days, round(d.dwell_s, 1)::text AS dwell_s,
       round(j.useful, 4)::text AS useful_share
FROM items i JOIN item_versions v USING (item_id, version) JOIN judged j USING (item_id) LEFT JOIN viewed d USING (item_id)
WHERE i.owner IS NULL AND i.kind <> 'conversation' AND i.created_at < now() - interval '28 days' ORDER BY i.item_id;

-- name: advice
-- What was recommended to people who agree to training, and whether they took it within two weeks.
SELECT r.recommendation_id::text AS id, p.subject_id::text AS person, to_char(r.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ts,
       r.rule, r.eur::text AS eur, coalesce(m.kind, 'other') AS meter_kind,
       (SELECT count(*) FROM recommendations o WHERE o.owner = r.owner AND o.state = 'taken' AND o.decided_at < r.created_at)::text AS taken_before,
       CASE WHEN r.state = 'taken' AND r.decided_at < r.created_at + interval '14 days' THEN '1' ELSE '0' END AS taken
FROM recommendations r JOIN subjects p ON p.user_id = r.owner LEFT JOIN meters m ON m.meter_id = r.subject
WHERE (r.decided_at IS NOT NULL OR r.created_at < now() - interval '14 days') AND p.lookup IS NOT NULL AND (
      SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1)
ORDER BY r.recommendation_id;

-- name: terms
-- Terms of knowledge gaps by the day on which at least five people asked about them.
SELECT day || '|' || channel || '|' || term AS id, day, channel, term, people::text AS people FROM (
    SELECT to_char(a.ts AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD') AS day, 'luna' AS channel, unnest(g.terms) AS term,
           count(DISTINCT coalesce(a.subject_id, a.user_id)) AS people
    FROM knowledge_gaps g JOIN gap_answers b USING (gap_id) JOIN answers a USING (answer_id) GROUP BY 1, 2, 3
) told WHERE people >= 5 ORDER BY day, term;

-- name: training
-- What a model may be tuned with: what editors stand for with what it replaces, what they let stand, answers that nobody doubted, what was said
-- in delivered conversations, and sections of the company's own documents. Of people only of who agreed to training when they asked and agrees
-- now; nothing that was answered from somebody's own data, no emergency, nothing that became a document because somebody asked; and only what
-- documents were searched for, since a model writes nothing else. `context` are the passages that an answer cites, each with the kind of its
-- document and its id. Nothing that two editors see differently.
WITH agreed AS (
    SELECT p.subject_id, p.user_id FROM subjects p WHERE p.lookup IS NOT NULL AND (
        SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1)
), own AS (
    SELECT a.answer_id, p.subject_id AS person, a.question, a.answer, a.status, a.citations, a.conversation_id, a.analyser <> '' AS searched
    FROM answers a LEFT JOIN agreed p ON p.subject_id = a.subject_id OR (a.subject_id IS NULL AND p.user_id = a.user_id)
    WHERE a.answer <> '' AND a.status <> 'failed' AND btrim(a.question) NOT IN ('', '(nicht gespeichert)')
      AND NOT a.retrieval ? 'emergency' AND NOT answer_is_private(a.answer_id)
      AND (a.user_id IS NULL AND a.subject_id IS NULL OR 'training' = ANY (a.purposes) AND p.subject_id IS NOT NULL)
), places AS (
    SELECT DISTINCT ON (o.answer_id, c.place ->> 'chunk_id') o.answer_id, c.rank, i.kind, i.tags[1] AS tag, c.place ->> 'chunk_id' AS chunk_id,
           coalesce(k.text, c.place ->> 'quote') AS text
    FROM own o CROSS JOIN LATERAL jsonb_array_elements(o.citations) WITH ORDINALITY AS c (place, rank)
    LEFT JOIN item_chunks k ON k.chunk_id::text = c.place ->> 'chunk_id' LEFT JOIN items i ON i.item_id::text = c.place ->> 'item_id'
    ORDER BY o.answer_id, c.place ->> 'chunk_id', c.rank
), cited AS (
    SELECT answer_id, json_agg(json_build_array(coalesce(kind, ''), text, chunk_id) ORDER BY rank)::text AS context,
           (array_agg(tag ORDER BY rank) FILTER (WHERE tag IS NOT NULL))[1] AS topic
    FROM places WHERE text IS NOT NULL GROUP BY answer_id
), judged AS (
    SELECT o.*, coalesce(p.context, '[]') AS context, coalesce(p.topic, '') AS topic, r.review_id, r.state
    FROM own o LEFT JOIN cited p USING (answer_id) LEFT JOIN reviews r USING (answer_id)
    WHERE NOT EXISTS (SELECT FROM disputed_reviews d WHERE d.review_id = r.review_id)
)
SELECT 'curated:' || c.curated_id AS id, j.person::text AS person, 'sft' AS kind, 'curated' AS source, j.topic, c.question, j.context, c.answer,
       '' AS rejected, 'true' AS answerable, coalesce(j.conversation_id::text, '') AS session, '' AS label, '' AS norm, '' AS heading
FROM judged j JOIN curated_answers c USING (review_id) WHERE c.training
UNION ALL
SELECT 'pair:' || c.curated_id, j.person::text, 'pair', 'preference', j.topic, c.question, j.context, c.answer, j.answer, 'true',
       coalesce(j.conversation_id::text, ''), '', '', ''
FROM judged j JOIN curated_answers c USING (review_id) WHERE c.training AND j.state = 'changed' AND j.status <> 'refused' AND j.answer <> c.answer
UNION ALL
SELECT 'review:' || review_id, person::text, 'sft', 'review', topic, question, context, answer, '', CASE status WHEN 'refused' THEN 'false' ELSE 'true' END,
       coalesce(conversation_id::text, ''), '', '', ''
FROM judged WHERE state = 'accepted' AND searched
UNION ALL
SELECT 'answer:' || answer_id, person::text, 'sft', 'answer', topic, question, context, answer, '', CASE status WHEN 'refused' THEN 'false' ELSE 'true' END,
       coalesce(conversation_id::text, ''), '', '', ''
FROM judged j WHERE state IS NULL AND searched AND status IN ('answered', 'refused')
  AND NOT EXISTS (SELECT FROM rag_feedback f WHERE f.answer_id = j.answer_id AND NOT f.useful)
UNION ALL
SELECT 'turn:' || t.conversation_id || ':' || t.seq, p.subject_id::text, 'sft', 'conversation', '', t.asked, '[]', t.text, '', 'true',
       t.conversation_id::text, '', '', ''
FROM (SELECT conversation_id, seq, role, text, answer_id, lag(text) OVER said AS asked, lag(role) OVER said AS who
      FROM turns WINDOW said AS (PARTITION BY conversation_id ORDER BY seq)) t
JOIN conversations c USING (conversation_id) JOIN agreed p USING (subject_id)
WHERE t.answer_id IS NULL AND t.role IN ('assistant', 'agent') AND t.who = 'user' AND t.text <> '' AND t.asked <> '' AND 'training' = ANY (c.purposes)
UNION ALL
SELECT 'section:' || s.section_id, NULL, 'sft', CASE i.kind WHEN 'regulation' THEN 'regulation' ELSE 'document' END, coalesce(i.tags[1], ''), i.title,
       json_build_array(json_build_array(i.kind, s.text, s.section_id))::text, '', '', 'true', s.item_id::text || ':' || s.label || ':' || s.title, s.label,
       coalesce(s.norm, ''), s.title
FROM item_sections s JOIN items i USING (item_id, version)
WHERE i.owner IS NULL AND i.kind <> 'conversation' AND i.status = 'ready' AND length(s.text) >= 80
  AND NOT EXISTS (SELECT FROM curated_answers c WHERE c.item_id = i.item_id) AND NOT EXISTS (SELECT FROM gap_steps g WHERE g.item_id = i.item_id)
ORDER BY id;

-- name: left_out_of_training
-- What may not be learned from, by source, and why, in numbers: what is nobody's, and what at least five people are behind.
WITH agreed AS (
    SELECT p.subject_id, p.user_id FROM subjects p WHERE p.lookup IS NOT NULL AND (
        SELECT c.given FROM consents c WHERE c.subject_id = p.subject_id AND c.purpose = 'training' ORDER BY c.at DESC, c.given LIMIT 1)
), told AS (
    SELECT CASE r.state WHEN 'accepted' THEN 'review' WHEN 'changed' THEN 'curated' ELSE 'answer' END AS source,
        CASE WHEN a.answer = '' OR btrim(a.question) IN ('', '(nicht gespeichert)') OR a.status = 'failed' THEN 'words'
             WHEN a.retrieval ? 'emergency' THEN 'emergency' WHEN answer_is_private(a.answer_id) THEN 'private'
             WHEN a.analyser = '' AND coalesce(r.state, '') <> 'changed' THEN 'talk'
             WHEN (a.user_id IS NOT NULL OR a.subject_id IS NOT NULL) AND NOT ('training' = ANY (a.purposes) AND EXISTS (
                 SELECT FROM agreed p WHERE p.subject_id = a.subject_id OR (a.subject_id IS NULL AND p.user_id = a.user_id))) THEN 'consent'
             WHEN r.state IN ('open', 'rejected') OR r.review_id IN (SELECT review_id FROM disputed_reviews) OR a.status = 'partial' AND r.state IS NULL
                 OR EXISTS (SELECT FROM rag_feedback f WHERE f.answer_id = a.answer_id AND NOT f.useful) AND r.state IS NULL THEN 'doubt' END AS why,
        coalesce(a.subject_id::text, (SELECT p.subject_id::text FROM subjects p WHERE p.user_id = a.user_id), a.user_id::text) AS person
    FROM answers a LEFT JOIN reviews r USING (answer_id)
    UNION ALL
    SELECT 'conversation', CASE WHEN p.subject_id IS NULL OR NOT 'training' = ANY (c.purposes) THEN 'consent' END, c.subject_id::text
    FROM turns t JOIN conversations c USING (conversation_id) LEFT JOIN agreed p USING (subject_id)
    WHERE t.role IN ('assistant', 'agent') AND t.answer_id IS NULL
    UNION ALL
    SELECT 'document', CASE WHEN i.owner IS NOT NULL THEN 'private' WHEN i.status <> 'ready' THEN 'unread' ELSE 'asked' END, i.owner::text
    FROM items i WHERE i.kind <> 'conversation' AND (i.owner IS NOT NULL OR i.status <> 'ready'
        OR EXISTS (SELECT FROM curated_answers c WHERE c.item_id = i.item_id) OR EXISTS (SELECT FROM gap_steps g WHERE g.item_id = i.item_id))
)
SELECT source, why, n FROM (
    SELECT source, why, CASE WHEN count(DISTINCT person) >= 5 THEN count(*) ELSE count(*) FILTER (WHERE person IS NULL) END AS n
    FROM told WHERE why IS NOT NULL GROUP BY 1, 2
) counted WHERE n > 0 ORDER BY source, why;

-- name: lookup
-- What a person is known by elsewhere, as an HMAC.
SELECT lookup FROM subjects WHERE subject_id::text = %(person)s AND lookup IS NOT NULL;
