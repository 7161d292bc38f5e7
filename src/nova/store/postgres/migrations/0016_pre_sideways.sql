-- Nothing leaks sideways: who is behind a figure, whose a meter's facts are, and consent to looking at how pages are used.

-- Of each hour's figure the five smallest hashes of the pseudonyms behind it (fewer where fewer are): the union over any hours tells whether at
-- least five people are behind their sum. Nobody finds a person by a hash. Hours measured before are measured again.
ALTER TABLE kpi_hours ADD COLUMN people bigint[] NOT NULL DEFAULT '{}';
DELETE FROM kpi_measured;

-- What people agree to: also to their use of pages being looked at as theirs.
ALTER TABLE consents DROP CONSTRAINT consents_purpose_check;
ALTER TABLE consents ADD CONSTRAINT consents_purpose_check CHECK (purpose IN ('service', 'analytics', 'training', 'profiling'));

-- Nobody agreed to that so far: what was stored of how somebody used pages belongs to nobody from now on.
UPDATE events SET user_id = NULL, item_id = NULL, chunk_id = NULL, meta = '{}' WHERE type IN ('view', 'click') AND user_id IS NOT NULL;

-- When a meter's facts were last said: what a customer agreed with their supplier is of who had the meter then, and nobody's after them.
ALTER TABLE meters ADD COLUMN facts_at timestamptz NOT NULL DEFAULT now();
CREATE OR REPLACE VIEW owned_meters AS
SELECT m.meter_id, a.customer AS owner, m.title, m.kind, m.seconds, m.simulated, m.shared, m.keep_days,
       CASE WHEN said.customer IS NULL OR said.customer IS NOT DISTINCT FROM a.customer THEN m.facts
            ELSE (m.facts - '{tariff,peak_eur_kw,grid_fee_ct,module_1_eur,controllable_kwh}'::text[]) #- '{plant,tariff}' END AS facts,
       m.created_at
FROM meters m
LEFT JOIN meter_assignments a ON a.meter_id = m.meter_id AND a.starts <= now() AND a.ends > now()
LEFT JOIN meter_assignments said ON said.meter_id = m.meter_id AND said.starts <= m.facts_at AND said.ends > m.facts_at;

-- Whether an answer says what only who asked may know: their figures, or what stands in a document that is not the company's (any more).
CREATE FUNCTION answer_is_private(which uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM data_facts f WHERE f.answer_id = which)
        OR EXISTS (SELECT FROM answers a CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
                   WHERE a.answer_id = which
                     AND NOT EXISTS (SELECT FROM items i WHERE i.item_id = (c ->> 'item_id')::uuid AND i.owner IS NULL))
$$;
