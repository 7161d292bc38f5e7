-- Whose a reading is: the company's until the meter is assigned, then the customer's of that time. "Nobody's" is the staff's and never
-- everybody's. `starts` belongs to the assignment, `ends` no more; 'infinity' where no end is known. Those of a meter never overlap.
CREATE TABLE meter_assignments (
    meter_id    text NOT NULL REFERENCES meters (meter_id) ON DELETE CASCADE,
    customer    uuid NOT NULL REFERENCES users (user_id),
    starts      timestamptz NOT NULL,
    ends        timestamptz NOT NULL DEFAULT 'infinity',
    assigned_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (meter_id, starts),
    CHECK (starts < ends)
);
CREATE INDEX meter_assignments_customer ON meter_assignments (customer);
INSERT INTO meter_assignments (meter_id, customer, starts) SELECT meter_id, owner, '2000-01-01T00:00Z' FROM meters WHERE owner IS NOT NULL;

-- What everybody who may sign in reads, because an operator said so.
ALTER TABLE meters ADD COLUMN shared boolean NOT NULL DEFAULT false;

-- The one rule of reading: at which times the readings of a meter are whose. `everyone` is the operator, `staff` who works for the company, `who`
-- the person. The staff reads what is assigned to nobody, as long as nobody has the meter now.
CREATE FUNCTION meter_spans(meter text, everyone boolean, staff boolean, who uuid) RETURNS TABLE (starts timestamptz, ends timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT '-infinity'::timestamptz, 'infinity'::timestamptz WHERE everyone
    UNION ALL
    SELECT a.starts, a.ends FROM meter_assignments a WHERE NOT everyone AND a.meter_id = meter AND a.customer = who
    UNION ALL
    SELECT free.starts, free.ends FROM (
        SELECT coalesce(lag(a.ends) OVER (ORDER BY a.starts), '-infinity') AS starts, a.starts AS ends FROM meter_assignments a
        WHERE a.meter_id = meter
        UNION ALL
        SELECT coalesce(max(a.ends), '-infinity'), 'infinity' FROM meter_assignments a WHERE a.meter_id = meter
    ) free
    WHERE NOT everyone AND free.starts < free.ends AND (staff OR EXISTS (SELECT FROM meters m WHERE m.meter_id = meter AND m.shared))
      AND NOT EXISTS (SELECT FROM meter_assignments c WHERE c.meter_id = meter AND c.starts <= now() AND c.ends > now())
$$;

-- Meters with whom they belong to now (NULL: the company).
CREATE VIEW owned_meters AS
SELECT m.meter_id, a.customer AS owner, m.title, m.kind, m.seconds, m.simulated, m.shared, m.keep_days, m.facts, m.created_at
FROM meters m LEFT JOIN meter_assignments a ON a.meter_id = m.meter_id AND a.starts <= now() AND a.ends > now();

-- Who sent a delivery (NULL: the operator or a feed); `owner` is the customer whose it is (NULL: the company's).
ALTER TABLE series_batches ADD COLUMN sent_by uuid REFERENCES users (user_id) ON DELETE SET NULL;
UPDATE series_batches SET sent_by = owner WHERE owner IS NOT NULL;
ALTER TABLE series_batches DROP CONSTRAINT series_batches_state_check;
ALTER TABLE series_batches ADD CONSTRAINT series_batches_state_check
    CHECK (state IN ('running', 'done', 'refused', 'failed', 'taken_back'));

-- By which a delivery that was replaced is found.
CREATE INDEX reading_versions_batch ON reading_versions (batch_id);
CREATE INDEX price_versions_batch ON price_versions (batch_id);
CREATE INDEX signal_versions_batch ON signal_versions (batch_id);

-- When what a row rests on was taken back; NULL while it holds. `renewed` is what the stored values say since.
ALTER TABLE forecasts ADD COLUMN stale_at timestamptz;
ALTER TABLE forecast_models ADD COLUMN stale_at timestamptz;
ALTER TABLE data_facts ADD COLUMN stale_at timestamptz;
ALTER TABLE data_facts ADD COLUMN renewed jsonb;
CREATE INDEX data_facts_stale ON data_facts (stale_at) WHERE stale_at IS NOT NULL;


-- A delivery's rows lie together as they came.
CREATE INDEX smart_meter_readings_batch ON smart_meter_readings USING brin (batch_id) WITH (autosummarize = on);
CREATE INDEX market_prices_batch ON market_prices USING brin (batch_id) WITH (autosummarize = on);
CREATE INDEX signals_batch ON signals USING brin (batch_id) WITH (autosummarize = on);
