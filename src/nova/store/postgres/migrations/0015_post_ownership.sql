-- Whose a meter is stands in `meter_assignments` alone.
INSERT INTO meter_assignments (meter_id, customer, starts)
SELECT m.meter_id, m.owner, '2000-01-01T00:00Z' FROM meters m
WHERE m.owner IS NOT NULL AND NOT EXISTS (SELECT FROM meter_assignments a WHERE a.meter_id = m.meter_id);
ALTER TABLE meters DROP COLUMN owner;
