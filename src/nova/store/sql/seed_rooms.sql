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

-- name: lookup
-- What a person is known by elsewhere, as an HMAC.
SELECT lookup FROM subjects WHERE subject_id::text = %(person)s AND lookup IS NOT NULL;
