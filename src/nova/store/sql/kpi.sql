-- name: put_hour
-- One figure of one hour and segment.
INSERT INTO kpi_hours (kpi, segment, starts, n, total, squares, histogram, people)
VALUES (%(kpi)s, %(segment)s, %(starts)s, %(n)s, %(total)s, %(squares)s, %(histogram)s, %(people)s);

-- name: clear_hours
-- Forget what was measured of a span.
DELETE FROM kpi_hours WHERE starts >= %(frm)s AND starts < %(to)s;

-- name: mark_hour
-- An hour was measured from rows with this fingerprint.
INSERT INTO kpi_measured (starts, evidence, measured_at) VALUES (%(starts)s, %(evidence)s, now())
ON CONFLICT (starts) DO UPDATE SET evidence = EXCLUDED.evidence, measured_at = now();

-- name: lock_measuring
-- One at a time: two runs must not write the same hours.
SELECT pg_advisory_xact_lock(hashtext('nova.kpi.measure'));

-- name: fingerprints
-- Of each hour that has rows: a number that changes when one comes, goes or changes what it may be used for.
SELECT starts, sum(mark)::numeric AS evidence FROM (
    SELECT date_trunc('hour', ts, 'UTC') AS starts,
           hashtextextended(answer_id::text || status || purposes::text || (answer = '')::text || (conversation_id IS NULL)::text, 1) %% 1000003 AS mark
    FROM answers WHERE ts >= %(frm)s AND ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', t.ts, 'UTC'), hashtextextended(t.conversation_id::text || t.seq || length(t.text) || c.purposes::text || t.meta::text, 2) %% 1000003
    FROM turns t JOIN conversations c USING (conversation_id) WHERE t.ts >= %(frm)s AND t.ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', ts, 'UTC'), hashtextextended(feedback_id::text, 3) %% 1000003 FROM rag_feedback WHERE ts >= %(frm)s AND ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', ts, 'UTC'), count(*) * 7 FROM events WHERE ts >= %(frm)s AND ts < %(to)s GROUP BY 1
    UNION ALL
    SELECT date_trunc('hour', coalesce(a.ts, t.ts), 'UTC'), hashtextextended(o.asked_id::text, 4) %% 1000003
    FROM outside_questions o LEFT JOIN answers a ON a.answer_id = o.answer_id
    LEFT JOIN turns t ON t.conversation_id = o.conversation_id AND t.seq = o.seq
    WHERE coalesce(a.ts, t.ts) >= %(frm)s AND coalesce(a.ts, t.ts) < %(to)s
    UNION ALL
    SELECT day::timestamp AT TIME ZONE 'Europe/Berlin', n * 11 FROM intake_refusals
    WHERE day::timestamp AT TIME ZONE 'Europe/Berlin' >= %(frm)s AND day::timestamp AT TIME ZONE 'Europe/Berlin' < %(to)s
    UNION ALL
    SELECT hour, hashtextextended(engine || ':' || reached || ':' || missed, 5) %% 1000003 FROM engine_hours WHERE hour >= %(frm)s AND hour < %(to)s
    UNION ALL
    SELECT date_trunc('hour', delivered_at, 'UTC'), hashtextextended(delivery_id::text || state, 6) %% 1000003
    FROM engine_deliveries WHERE delivered_at >= %(frm)s AND delivered_at < %(to)s
    UNION ALL
    SELECT date_trunc('hour', at, 'UTC'), hashtextextended(evaluation_id::text, 7) %% 1000003
    FROM train_evaluations WHERE at >= %(frm)s AND at < %(to)s
    UNION ALL
    SELECT date_trunc('hour', ended_at, 'UTC'), hashtextextended(run_id::text || measured::text, 8) %% 1000003
    FROM train_runs WHERE ended_at >= %(frm)s AND ended_at < %(to)s
    UNION ALL
    SELECT date_trunc('hour', until, 'UTC'), hashtextextended(until::text || pairs || coalesce(kappa::text, ''), 9) %% 1000003
    FROM editor_agreement WHERE until >= %(frm)s AND until < %(to)s
    UNION ALL
    SELECT hour, hashtextextended(figure || ':' || about || ':' || value, 11) %% 1000003 FROM training_watch WHERE hour >= %(frm)s AND hour < %(to)s
    UNION ALL
    SELECT hour, hashtextextended(s.review_id::text || coalesce(s.given_at < hour + interval '1 hour', false), 10) %% 1000003
    FROM second_opinions s CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('hour', s.drawn_at, 'UTC'), %(frm)s), least(coalesce(s.given_at, clock_timestamp()), %(to)s), interval '1 hour') hour
    WHERE hour < %(to)s
) AS marks GROUP BY 1;

-- name: marks
-- The fingerprints that hours of a span were measured from.
SELECT starts, evidence FROM kpi_measured WHERE starts >= %(frm)s AND starts < %(to)s;

-- name: measured_until
-- Up to when figures are whole: an hour that was measured while it ran is known until then.
SELECT least(starts + interval '1 hour', measured_at) AS until FROM kpi_measured ORDER BY starts DESC LIMIT 1;

-- name: measured_to
-- The end of the last hour that was measured.
SELECT max(starts) + interval '1 hour' AS until FROM kpi_measured;

-- name: oldest_evidence
-- When the first of all rows that figures come from was written.
SELECT least((SELECT min(ts) FROM answers), (SELECT min(ts) FROM turns), (SELECT min(ts) FROM rag_feedback), (SELECT min(ts) FROM events),
             (SELECT min(at) FROM train_evaluations), (SELECT min(ended_at) FROM train_runs), (SELECT min(until) FROM editor_agreement),
             (SELECT min(drawn_at) FROM second_opinions), (SELECT min(hour) FROM training_watch)) AS ts;

-- name: window_rows
-- The sums of one figure over a span; histograms apart.
SELECT coalesce(sum(n), 0)::bigint AS n, coalesce(sum(total), 0) AS total, coalesce(sum(squares), 0) AS squares,
       (SELECT count(DISTINCT who) FROM kpi_hours p, unnest(p.people) who
        WHERE p.kpi = %(kpi)s AND p.segment = %(segment)s AND p.starts >= %(frm)s AND p.starts < %(to)s) AS people
FROM kpi_hours WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s;

-- name: several_sums
-- The totals of several figures over a span, and from a moment on.
SELECT kpi, coalesce(sum(n), 0)::bigint AS n, coalesce(sum(total), 0)::double precision AS total,
       coalesce(sum(total) FILTER (WHERE starts >= %(today)s), 0)::double precision AS today
FROM kpi_hours WHERE kpi = ANY (%(kpis)s) AND segment = '' AND starts >= %(frm)s AND starts < %(to)s GROUP BY kpi;

-- name: window_histograms
-- The histograms of a span, added up by bucket.
SELECT b.key AS bucket, sum(b.value::bigint)::bigint AS count
FROM kpi_hours, jsonb_each_text(coalesce(histogram, '{}')) AS b
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1;

-- name: day_rows
-- The sums of one figure by local day, oldest first.
SELECT summed.*, coalesce(crowd.people, 0) AS people FROM (
    SELECT (starts AT TIME ZONE 'Europe/Berlin')::date AS day, sum(n)::bigint AS n, sum(total) AS total, sum(squares) AS squares
    FROM kpi_hours WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1
) summed LEFT JOIN (
    SELECT (starts AT TIME ZONE 'Europe/Berlin')::date AS day, count(DISTINCT who) AS people FROM kpi_hours, unnest(people) who
    WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1
) crowd USING (day) ORDER BY day;

-- name: day_histograms
-- Histograms by local day, added up by bucket.
SELECT (starts AT TIME ZONE 'Europe/Berlin')::date AS day, b.key AS bucket, sum(b.value::bigint)::bigint AS count
FROM kpi_hours, jsonb_each_text(coalesce(histogram, '{}')) AS b
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1, 2;

-- name: hour_rows
-- The rows of one figure and segment, oldest first.
SELECT starts, n, total, squares, histogram, people FROM kpi_hours
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s ORDER BY starts;

-- name: told_hours
-- Figures by the hour since a moment, as far as they may be told.
SELECT kpi, starts, n, total FROM kpi_hours_told WHERE starts >= %(since)s AND n > 0 ORDER BY starts, kpi;

-- name: first_hour
-- When the first hour of one figure and segment began.
SELECT min(starts) AS starts FROM kpi_hours WHERE kpi = %(kpi)s AND segment = %(segment)s;

-- name: segments
-- Which segments a figure has in a span, the fullest first.
SELECT segment, sum(n)::bigint AS n FROM kpi_hours
WHERE kpi = %(kpi)s AND segment <> '' AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(limit)s;

-- name: answers_of
-- The answers of a span with all that figures need. Words only where the person agreed to have them looked at (`looked_at`). `outside`: what
-- was asked does not belong here, as an editor said.
SELECT a.answer_id, coalesce(a.subject_id, s.subject_id, a.user_id) AS who, a.ts, a.status, a.model, a.prompt_version, a.learned, a.subject_id, a.conversation_id, c.source, c.channel,
       (a.timings_ms ->> 'total')::double precision AS ms, a.citations, a.retrieval, 'analytics' = ANY (a.purposes) AS looked_at,
       length(a.question) + length(a.answer) AS chars, CASE WHEN 'analytics' = ANY (a.purposes) THEN a.answer END AS answer,
       EXISTS (SELECT FROM outside_questions o WHERE o.answer_id = a.answer_id) AS outside
FROM answers a LEFT JOIN conversations c ON c.conversation_id = a.conversation_id LEFT JOIN subjects s ON s.user_id = a.user_id
WHERE a.ts >= %(frm)s AND a.ts < %(to)s ORDER BY a.ts, a.answer_id;

-- name: check_citations
-- Of quotes with their place in a version's text: whether they stand there, word for word, in which section, and what kind of document it is.
SELECT g.at, i.kind, s.section_id,
       coalesce(substr(s.text, g.start - s.char_from + 1, g.stop - g.start) = g.quote, false)
       OR EXISTS (
           SELECT 1 FROM chunk_places p JOIN item_chunks c ON c.chunk_id = p.chunk_id
           WHERE p.item_id = g.item_id AND p.version = g.version AND p.char_from <= g.start AND g.stop <= p.char_to
             AND substr(c.text, g.start - p.char_from + 1, g.stop - g.start) = g.quote
       ) AS valid
FROM jsonb_to_recordset(%(quotes)s::jsonb) AS g (at integer, item_id uuid, version integer, start integer, stop integer, quote text)
LEFT JOIN items i ON i.item_id = g.item_id
LEFT JOIN LATERAL (
    SELECT section_id, char_from, text FROM item_sections
    WHERE item_id = g.item_id AND version = g.version AND char_from <= g.start AND g.stop <= char_to
    ORDER BY char_to - char_from, ordinal LIMIT 1
) s ON true
ORDER BY g.at;

-- name: section_texts
-- What sections say, with their headings (up to some characters each).
SELECT s.section_id, concat_ws(E'\n', i.title, array_to_string(s.path, E'\n'), s.label, s.title, left(s.text, %(most)s)) AS text
FROM item_sections s JOIN items i ON i.item_id = s.item_id WHERE s.section_id = ANY (%(section_ids)s);

-- name: utterances
-- What people said in a span and agreed to have looked at: turns of conversations, and questions outside of any. In order. `pen` is who was
-- to write the answer before it in the same conversation.
SELECT * FROM (
    SELECT t.ts, t.conversation_id::text AS thread, t.seq, c.conversation_id, c.subject_id, c.source, c.channel, t.text,
           t.meta ? 'rephrased' AS told,
           (SELECT a.retrieval ->> 'pen' FROM answers a WHERE a.conversation_id = t.conversation_id AND a.ts < t.ts ORDER BY a.ts DESC LIMIT 1) AS pen
    FROM turns t JOIN conversations c USING (conversation_id)
    WHERE t.role = 'user' AND t.ts >= %(frm)s AND t.ts < %(to)s AND 'analytics' = ANY (c.purposes)
    UNION ALL
    SELECT a.ts, coalesce(a.conversation_id, a.subject_id, a.user_id)::text, 0, NULL, a.subject_id, NULL, NULL, a.question, false, NULL
    FROM answers a
    WHERE a.ts >= %(frm)s AND a.ts < %(to)s AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.conversation_id = a.conversation_id)
      AND 'analytics' = ANY (a.purposes)
) AS said ORDER BY ts, thread, seq;

-- name: utterances_of
-- The same of some people; read from their conversations, for a week holds many turns of others.
SELECT * FROM (
    SELECT t.ts, c.conversation_id::text AS thread, t.seq, c.conversation_id, c.subject_id, c.source, c.channel, t.text,
           t.meta ? 'rephrased' AS told
    FROM conversations c CROSS JOIN LATERAL (
        SELECT ts, seq, text, meta FROM turns
        WHERE conversation_id = c.conversation_id AND role = 'user' AND ts >= %(frm)s AND ts < %(to)s OFFSET 0
    ) t
    WHERE c.subject_id = ANY (%(subjects)s) AND 'analytics' = ANY (c.purposes)
    UNION ALL
    SELECT a.ts, coalesce(a.conversation_id, a.subject_id)::text, 0, NULL, a.subject_id, NULL, NULL, a.question, false
    FROM answers a
    WHERE a.subject_id = ANY (%(subjects)s) AND a.ts >= %(frm)s AND a.ts < %(to)s AND 'analytics' = ANY (a.purposes)
      AND NOT EXISTS (SELECT 1 FROM conversations c WHERE c.conversation_id = a.conversation_id)
) AS said ORDER BY ts, thread, seq;

-- name: followers
-- The hours in which those who said something in some hours said more within `reach` after it: whether they came back may have changed.
WITH said AS (
    SELECT c.subject_id, c.conversation_id, date_trunc('hour', t.ts, 'UTC') AS hour
    FROM turns t JOIN conversations c USING (conversation_id)
    WHERE t.role = 'user' AND t.ts >= %(frm)s AND t.ts < %(to)s AND date_trunc('hour', t.ts, 'UTC') = ANY (%(hours)s)
    UNION
    SELECT subject_id, conversation_id, date_trunc('hour', ts, 'UTC') FROM answers
    WHERE ts >= %(frm)s AND ts < %(to)s AND date_trunc('hour', ts, 'UTC') = ANY (%(hours)s)
)
SELECT date_trunc('hour', t.ts, 'UTC') AS hour FROM said JOIN conversations c USING (subject_id) JOIN turns t ON t.conversation_id = c.conversation_id
WHERE t.role = 'user' AND t.ts >= said.hour AND t.ts < said.hour + %(reach)s
UNION
SELECT date_trunc('hour', t.ts, 'UTC') FROM said JOIN turns t USING (conversation_id)
WHERE t.role = 'user' AND t.ts >= said.hour AND t.ts < said.hour + %(reach)s
UNION
SELECT date_trunc('hour', a.ts, 'UTC') FROM said JOIN answers a USING (subject_id) WHERE a.ts >= said.hour AND a.ts < said.hour + %(reach)s;

-- name: delivered_of
-- What was measured of answers that others gave in a span; and of what people said to them, whether it was asked before.
SELECT subject_id AS who, conversation_id, seq, source, channel, true AS answers, useful, refused, latency_ms, dwell_ms, cost_eur, NULL::boolean AS rephrased,
       EXISTS (SELECT FROM outside_questions o WHERE o.conversation_id = d.conversation_id AND o.seq = d.asked_seq) AS outside
FROM delivered_answers d WHERE ts >= %(frm)s AND ts < %(to)s
UNION ALL
SELECT c.subject_id, t.conversation_id, t.seq, c.source, c.channel, false, NULL, NULL, NULL, NULL, NULL, (t.meta ->> 'rephrased')::boolean, false
FROM turns t JOIN conversations c USING (conversation_id)
WHERE t.role = 'user' AND t.ts >= %(frm)s AND t.ts < %(to)s AND t.meta ? 'rephrased'
ORDER BY conversation_id, seq;

-- name: judgements_of
-- Judgements of a span, with what is known of the answer they judge. Those of nobody have no event that tells how long was read.
SELECT coalesce(s.subject_id, f.user_id, a.subject_id) AS who, f.useful, f.reason, CASE WHEN f.user_id IS NULL THEN f.dwell_ms END AS dwell_ms, a.model, a.prompt_version, a.status, a.citations,
       a.retrieval, a.learned, c.source, c.channel, EXISTS (SELECT FROM outside_questions o WHERE o.answer_id = f.answer_id) AS outside
FROM rag_feedback f
LEFT JOIN answers a ON a.answer_id = f.answer_id
LEFT JOIN conversations c ON c.conversation_id = a.conversation_id
LEFT JOIN subjects s ON s.user_id = f.user_id
WHERE f.ts >= %(frm)s AND f.ts < %(to)s ORDER BY f.ts, f.feedback_id;

-- name: events_of
-- Events of a span by type, and how long was read (each at most half an hour); whose they are, as far as that is known.
SELECT type, array_agg(DISTINCT coalesce(s.subject_id, e.user_id)) FILTER (WHERE e.user_id IS NOT NULL) AS people,
       array_agg(DISTINCT coalesce(s.subject_id, e.user_id)) FILTER (WHERE e.user_id IS NOT NULL AND dwell_ms IS NOT NULL) AS readers,
       count(*) AS n, count(dwell_ms) AS read,
       coalesce(sum(least(dwell_ms, 1800000) / 1000.0) FILTER (WHERE dwell_ms IS NOT NULL), 0)::double precision AS seconds,
       coalesce(sum((least(dwell_ms, 1800000) / 1000.0) ^ 2) FILTER (WHERE dwell_ms IS NOT NULL), 0)::double precision AS squares
FROM events e LEFT JOIN subjects s ON s.user_id = e.user_id WHERE e.ts >= %(frm)s AND e.ts < %(to)s GROUP BY type ORDER BY type;

-- name: refusals_of
-- Texts that were not stored, of the local days that begin in a span.
SELECT source, reason, n FROM intake_refusals
WHERE day::timestamp AT TIME ZONE 'Europe/Berlin' >= %(frm)s AND day::timestamp AT TIME ZONE 'Europe/Berlin' < %(to)s ORDER BY 1, 2;

-- name: engine_hours_of
-- How engines did in a span.
SELECT engine, sum(reached)::int AS reached, sum(missed)::int AS missed, sum(seconds) AS seconds
FROM engine_hours WHERE hour >= %(frm)s AND hour < %(to)s GROUP BY engine ORDER BY engine;

-- name: engine_deliveries_of
-- What came of deliveries of a span.
SELECT engine, state, count(*)::int AS n FROM engine_deliveries WHERE delivered_at >= %(frm)s AND delivered_at < %(to)s GROUP BY 1, 2 ORDER BY 1, 2;

-- name: weak_questions
-- Questions of a span that people agreed to have looked at and that were answered weakly, not at all, or judged to be wrong or incomplete;
-- of delivered conversations (those with a `seq`) the questions that were not answered. Without what an editor said does not belong here,
-- unless a whole gap does not: that stays together, and takes in what is asked alike.
SELECT * FROM (
    SELECT a.answer_id, NULL::uuid AS conversation_id, NULL::integer AS seq, a.ts, a.question, a.status, a.retrieval,
           coalesce(a.subject_id::text, a.user_id::text, '') AS who, doubt.doubted
    FROM answers a
    LEFT JOIN LATERAL (
        SELECT true AS doubted FROM rag_feedback f
        WHERE f.answer_id = a.answer_id AND NOT f.useful AND f.reason = ANY (%(reasons)s) AND f.ts < %(to)s LIMIT 1
    ) doubt ON true
    WHERE a.ts >= %(frm)s AND a.ts < %(to)s AND 'analytics' = ANY (a.purposes)
      AND NOT a.retrieval ?| ARRAY['emergency', 'unsearched']
      AND NOT EXISTS (SELECT FROM outside_questions o WHERE o.answer_id = a.answer_id AND o.gap_id IS NULL)
      AND (a.status = 'refused' OR doubt.doubted OR (a.retrieval ->> 'margin')::double precision < %(margin)s AND a.retrieval -> 'direct' <> 'true')
    UNION ALL
    SELECT asked_id(q.conversation_id, q.seq), q.conversation_id, q.seq, q.ts, q.text, 'refused', '{}', coalesce(d.subject_id::text, ''), NULL
    FROM (
        SELECT DISTINCT conversation_id, asked_seq, subject_id FROM delivered_answers
        WHERE ts >= %(frm)s AND ts < %(to)s AND refused AND 'analytics' = ANY (purposes)
    ) d JOIN turns q ON q.conversation_id = d.conversation_id AND q.seq = d.asked_seq
    WHERE NOT EXISTS (SELECT FROM outside_questions o WHERE o.conversation_id = q.conversation_id AND o.seq = q.seq AND o.gap_id IS NULL)
) AS weak ORDER BY ts DESC, answer_id LIMIT %(limit)s;

-- name: known_gaps
-- Every gap with the answers it holds.
SELECT g.gap_id, g.signature, g.terms, g.state, g.closed_at, g.first_at, g.last_at,
       coalesce(array_agg(ga.answer_id) FILTER (WHERE ga.answer_id IS NOT NULL), '{}') AS answer_ids
FROM knowledge_gaps g LEFT JOIN gap_asked ga USING (gap_id) GROUP BY g.gap_id ORDER BY g.created_at, g.gap_id;

-- name: put_gap
-- A gap as it stands now. Of a known one the state is only changed where it is closed and somebody asked in vain after that: what an editor
-- said of it meanwhile stands.
INSERT INTO knowledge_gaps AS g (gap_id, signature, terms, state, first_at, last_at, closed_at)
VALUES (%(gap_id)s, %(signature)s, %(terms)s, %(state)s, %(first_at)s, %(last_at)s, %(closed_at)s)
ON CONFLICT (gap_id) DO UPDATE SET signature = EXCLUDED.signature, terms = EXCLUDED.terms, first_at = EXCLUDED.first_at, last_at = EXCLUDED.last_at,
    state = CASE WHEN g.state = 'closed' AND EXCLUDED.last_at > g.closed_at THEN 'open' ELSE g.state END,
    closed_at = CASE WHEN g.state = 'closed' AND EXCLUDED.last_at > g.closed_at THEN NULL ELSE g.closed_at END;

-- name: empty_gaps
-- These gaps hold no questions.
WITH turned AS (DELETE FROM gap_turns WHERE gap_id = ANY (%(gap_ids)s))
DELETE FROM gap_answers WHERE gap_id = ANY (%(gap_ids)s);

-- name: put_gap_answer
-- A question of a gap, and how weakly it was answered.
INSERT INTO gap_answers (gap_id, answer_id, weakness) SELECT %(gap_id)s, answer_id, %(weakness)s FROM answers WHERE answer_id = %(answer_id)s
ON CONFLICT (gap_id, answer_id) DO UPDATE SET weakness = EXCLUDED.weakness;

-- name: put_gap_turn
-- The same of a question of a delivered conversation.
INSERT INTO gap_turns (gap_id, conversation_id, seq, weakness)
SELECT %(gap_id)s, conversation_id, seq, %(weakness)s FROM turns WHERE conversation_id = %(conversation_id)s AND seq = %(seq)s
ON CONFLICT (gap_id, conversation_id, seq) DO UPDATE SET weakness = EXCLUDED.weakness;

-- name: drop_gaps
-- These gaps are gone.
DELETE FROM knowledge_gaps WHERE gap_id = ANY (%(gap_ids)s);

-- name: close_gap
-- What was asked up to now is answered.
UPDATE knowledge_gaps SET state = 'closed', closed_at = %(at)s WHERE gap_id = %(gap_id)s AND state = 'open';

-- name: gaps_to_ask_again
-- Open gaps since whose first question a document of the company came or changed, in a fixed order.
SELECT g.gap_id FROM knowledge_gaps g
WHERE g.state = 'open' AND EXISTS (SELECT FROM items i WHERE i.owner IS NULL AND i.status = 'ready' AND i.updated_at > g.first_at)
ORDER BY g.created_at, g.gap_id;

-- name: begin_gaps_anew
-- Gaps that began in some hours from which somebody was erased begin with the first question that is left.
UPDATE knowledge_gaps g SET first_at = coalesce((SELECT min(ts) FROM gap_asked WHERE gap_id = g.gap_id), g.last_at)
WHERE date_trunc('hour', first_at, 'UTC') = ANY (%(hours)s);

-- name: list_gaps
-- Gaps with how many questions of how many people they hold, the weightiest first; those of too few people are nobody's to see.
SELECT g.gap_id, g.terms, g.state, g.first_at, g.last_at, g.closed_at, g.place_item, g.place_title, g.place_section, g.place_source, g.looked_at,
       count(ga.answer_id) AS questions,
       count(DISTINCT ga.who) AS people, coalesce(avg(ga.weakness), 0)::double precision AS weakness,
       coalesce(sum(ga.weakness), 0)::double precision AS weight, count(*) OVER () AS of_all
FROM knowledge_gaps g LEFT JOIN gap_asked ga USING (gap_id)
WHERE %(state)s::text IS NULL OR g.state = %(state)s
GROUP BY g.gap_id HAVING count(DISTINCT ga.who) >= %(fewest)s ORDER BY weight DESC, g.last_at DESC, g.gap_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: one_gap
-- One gap, as in the list.
SELECT g.gap_id, g.terms, g.state, g.first_at, g.last_at, g.closed_at, g.place_item, g.place_title, g.place_section, g.place_source, g.looked_at,
       count(ga.answer_id) AS questions,
       count(DISTINCT ga.who) AS people, coalesce(avg(ga.weakness), 0)::double precision AS weakness,
       coalesce(sum(ga.weakness), 0)::double precision AS weight
FROM knowledge_gaps g LEFT JOIN gap_asked ga USING (gap_id)
WHERE g.gap_id = %(gap_id)s GROUP BY g.gap_id HAVING count(DISTINCT ga.who) >= %(fewest)s;

-- name: gap_questions
-- What was asked, the weakest first; `now`: how it was answered when it was asked again last. The words stand in `answers` and `turns` alone.
SELECT a.answer_id, a.ts, a.question, a.status, a.weakness, a.subject_id, again.after AS now
FROM gap_asked a LEFT JOIN LATERAL (
    SELECT q.after FROM gap_step_questions q JOIN gap_steps s USING (step_id)
    WHERE s.gap_id = a.gap_id AND q.asked_id = a.answer_id AND s.undone_at IS NULL AND q.after IS NOT NULL ORDER BY s.measured_at DESC NULLS LAST LIMIT 1
) again ON true
WHERE a.gap_id = %(gap_id)s ORDER BY a.weakness DESC, a.ts DESC, a.answer_id LIMIT %(limit)s;

-- name: put_label
-- What a turn of a person sounds like, in place of an earlier label; only where they agreed to have it looked at.
INSERT INTO sentiment_labels (conversation_id, seq, label, labelled_by, at)
SELECT t.conversation_id, t.seq, %(label)s, (SELECT subject_id FROM subjects WHERE user_id = %(user_id)s), %(at)s
FROM turns t JOIN conversations c USING (conversation_id)
WHERE t.conversation_id = %(conversation_id)s AND t.seq = %(seq)s AND t.role = 'user' AND 'analytics' = ANY (c.purposes)
ON CONFLICT (conversation_id, seq) DO UPDATE SET label = EXCLUDED.label, labelled_by = EXCLUDED.labelled_by, at = EXCLUDED.at;

-- name: labelled_texts
-- Labelled turns that may be looked at.
SELECT t.text, l.label FROM sentiment_labels l JOIN turns t USING (conversation_id, seq) JOIN conversations c USING (conversation_id)
WHERE 'analytics' = ANY (c.purposes) ORDER BY l.conversation_id, l.seq;

-- name: quality
-- Passages or documents of the company that answers of a span cite, with the judgements of these answers: where enough people asked. What
-- belongs to somebody, or is gone, is not told, and judgements only where enough people judged.
WITH cited AS (
    SELECT DISTINCT a.answer_id, coalesce(a.subject_id, s.subject_id, a.user_id) AS who, (c ->> 'item_id')::uuid AS item_id, CASE WHEN %(chunks)s THEN (c ->> 'chunk_id')::uuid END AS chunk_id
    FROM answers a LEFT JOIN subjects s USING (user_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) AS c
    WHERE a.ts >= %(frm)s AND a.ts < %(to)s
), judged AS (
    SELECT answer_id, count(*) FILTER (WHERE useful) AS useful, count(*) FILTER (WHERE NOT useful) AS not_useful
    FROM rag_feedback WHERE answer_id IN (SELECT answer_id FROM cited) GROUP BY 1
), summed AS (
    SELECT item_id, chunk_id, count(*) AS cited, count(DISTINCT who) FILTER (WHERE judged.answer_id IS NOT NULL) AS judges,
           coalesce(sum(useful), 0)::bigint AS up, coalesce(sum(not_useful), 0)::bigint AS down
    FROM cited LEFT JOIN judged USING (answer_id) GROUP BY 1, 2 HAVING count(DISTINCT who) >= %(fewest)s
), told AS (
    SELECT summed.item_id, chunk_id, cited, CASE WHEN judges >= %(fewest)s THEN up ELSE 0 END AS useful,
           CASE WHEN judges >= %(fewest)s THEN down ELSE 0 END AS not_useful
    FROM summed JOIN items i ON i.item_id = summed.item_id AND i.owner IS NULL AND i.kind <> 'conversation'
)
SELECT s.item_id, s.chunk_id, i.title, sec.title AS section, s.cited, s.useful, s.not_useful, count(*) OVER () AS of_all
FROM told s
JOIN items i ON i.item_id = s.item_id
LEFT JOIN LATERAL (
    SELECT coalesce(nullif(x.label, ''), x.title) AS title
    FROM chunk_places p JOIN item_sections x ON x.section_id = p.section_id
    WHERE p.chunk_id = s.chunk_id ORDER BY p.version DESC LIMIT 1
) sec ON true
ORDER BY CASE %(sort)s WHEN 'useful' THEN (1.0 + s.useful) / (2 + s.useful + s.not_useful) WHEN 'worst' THEN (1.0 + s.not_useful) / (2 + s.useful + s.not_useful)
         ELSE s.cited END DESC, s.cited DESC, s.item_id, s.chunk_id
LIMIT %(limit)s OFFSET %(offset)s;

-- name: people_of_hours
-- The hashes of who is behind a figure in a span.
SELECT DISTINCT who, starts >= %(today)s AS today FROM kpi_hours, unnest(people) who
WHERE kpi = 'answers' AND segment = '' AND starts >= %(frm)s AND starts < %(to)s;

-- name: people_since
-- Who asked in a span.
SELECT DISTINCT coalesce(a.subject_id, s.subject_id, a.user_id) AS who, a.ts >= %(today)s AS today
FROM answers a LEFT JOIN subjects s USING (user_id) WHERE a.ts >= %(frm)s AND a.ts < %(to)s
UNION
SELECT subject_id, ts >= %(today)s FROM delivered_answers WHERE ts >= %(frm)s AND ts < %(to)s;

-- name: answers_since
-- Answers of a span by bucket of the time they took (as `nova.kpi.statistics.bucket`), and of how many it is known whether they were refused.
-- How long others took is not how long Luna takes.
SELECT CASE WHEN ms < 1 THEN 0 WHEN ms IS NOT NULL THEN least(%(last)s, 1 + floor(%(steps)s * ln(ms) / ln(2.0::double precision)))::integer END AS bucket,
       count(*) AS n, count(*) FILTER (WHERE ts >= %(today)s) AS today, count(refused) AS told, count(*) FILTER (WHERE refused) AS refused
FROM (
    SELECT (timings_ms ->> 'total')::double precision AS ms, status = 'refused' AS refused, ts FROM answers WHERE ts >= %(frm)s AND ts < %(to)s
    UNION ALL
    SELECT NULL, refused, ts FROM delivered_answers WHERE ts >= %(frm)s AND ts < %(to)s
) AS found GROUP BY 1;

-- name: train_evaluations_of
-- The last evaluation of each run in a span, by figure.
SELECT DISTINCT ON (run_id) (told ->> 'facts')::double precision AS train_facts, (told -> 'win' ->> 'rate')::double precision AS train_win,
       (told ->> 'bleu')::double precision AS train_bleu, (told ->> 'rouge_l')::double precision AS train_rouge_l
FROM train_evaluations WHERE at >= %(frm)s AND at < %(to)s ORDER BY run_id, at DESC;

-- name: train_runs_of
-- Runs that ended in a span: their hours, and whether they took more hours or EUR than their budget allows.
SELECT r.hours, coalesce(r.hours > r.most_hours, false) OR coalesce(r.eur > r.most_eur, false) AS over FROM (
    SELECT run_id, coalesce(CASE WHEN jsonb_typeof(measured -> 'run_hours') = 'number' THEN (measured ->> 'run_hours')::double precision END,
                            extract(epoch FROM ended_at - started_at)::double precision / 3600) AS hours,
           CASE WHEN jsonb_typeof(config -> 'budget' -> 'hours') = 'number' THEN (config -> 'budget' ->> 'hours')::double precision END AS most_hours,
           CASE WHEN jsonb_typeof(config -> 'budget' -> 'eur') = 'number' THEN (config -> 'budget' ->> 'eur')::double precision END AS most_eur,
           CASE WHEN jsonb_typeof(measured -> 'run_eur') = 'number' THEN (measured ->> 'run_eur')::double precision END AS eur
    FROM train_runs WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND started_at IS NOT NULL) r ORDER BY r.run_id;

-- name: training_watch_of
-- What was seen of runs under way, graphics cards and the adapter that serves: the worst of several, so that none is hidden by the others,
-- and each card that is there or not.
SELECT figure, max(value) AS value FROM training_watch WHERE hour >= %(frm)s AND hour < %(to)s
GROUP BY figure, CASE WHEN figure = 'gpu_usable' THEN about END ORDER BY figure, value;

-- name: editors_kappa_of
-- How far editors agreed, of the weeks that ended in a span and had enough pairs.
SELECT kappa FROM editor_agreement WHERE until >= %(frm)s AND until < %(to)s AND kappa IS NOT NULL ORDER BY until;

-- name: second_opinions_of
-- How many second opinions waited in a span, and how many were overdue at its beginning and still waited at its end.
SELECT count(*) AS waiting, count(*) FILTER (WHERE due_at <= %(frm)s AND (given_at IS NULL OR given_at >= %(to)s)) AS overdue
FROM second_opinions WHERE drawn_at < %(to)s AND (given_at IS NULL OR given_at >= %(frm)s);
