-- Meters, batches and feeds; room for rows, and what goes.

-- name: lock
-- Wait for whoever stores rows of the series on these slots, in their order (held to the end of the transaction).
SELECT pg_advisory_xact_lock(%(class)s::int, slot) FROM unnest(%(slots)s::int[]) slot;

-- name: is_partitioned
-- Whether a table lies in partitions of PostgreSQL's own (not in a hypertable's chunks).
SELECT relkind = 'p' AS yes FROM pg_class WHERE oid = to_regclass(%(table)s);

-- name: partitions
-- The names of a table's partitions.
SELECT relation.relname AS name FROM pg_inherits JOIN pg_class relation ON relation.oid = inhrelid WHERE inhparent = to_regclass(%(table)s);

-- name: meter
-- One meter, if the caller may see any of its time. Its name and facts are of those who have it now.
SELECT m.meter_id, m.owner, CASE WHEN n.now THEN m.title ELSE '' END AS title, m.kind, m.seconds, m.simulated, m.shared, m.keep_days,
       CASE WHEN n.now THEN m.facts ELSE '{}' END AS facts, m.created_at
FROM owned_meters m
CROSS JOIN LATERAL (
    SELECT bool_or(s.starts <= now() AND s.ends > now()) AS now FROM meter_spans(m.meter_id, %(everyone)s, %(staff)s, %(owner)s) s
) n
WHERE m.meter_id = %(meter_id)s AND n.now IS NOT NULL;

-- name: spans
-- At which times the readings of a meter may be seen by the caller, as whole seconds since 1970 between two instants, in order.
SELECT extract(epoch FROM greatest(s.starts, to_timestamp(%(first)s::bigint)))::bigint AS start,
       extract(epoch FROM least(s.ends, to_timestamp(%(last)s::bigint)))::bigint AS end
FROM meter_spans(%(meter_id)s, %(everyone)s, %(staff)s, %(owner)s) s ORDER BY s.starts;

-- name: spans_of
-- The same of these meters.
SELECT k.meter_id, extract(epoch FROM greatest(s.starts, to_timestamp(%(first)s::bigint)))::bigint AS start,
       extract(epoch FROM least(s.ends, to_timestamp(%(last)s::bigint)))::bigint AS end
FROM unnest(%(meters)s::text[]) AS k (meter_id) CROSS JOIN LATERAL meter_spans(k.meter_id, %(everyone)s, %(staff)s, %(owner)s) s
ORDER BY k.meter_id, s.starts;

-- name: hold_meter
-- A meter, which stays until the transaction ends.
SELECT meter_id FROM meters WHERE meter_id = %(meter_id)s FOR KEY SHARE;

-- name: hold_known
-- Those of these meters that there are; they stay until the transaction ends.
SELECT meter_id FROM meters WHERE meter_id = ANY(%(meters)s) ORDER BY meter_id FOR KEY SHARE;

-- name: lock_meter
-- A meter that is about to be changed; who stores rows of it goes on.
SELECT meter_id FROM meters WHERE meter_id = %(meter_id)s FOR NO KEY UPDATE;

-- name: meters
-- The meters that the caller may see.
SELECT m.meter_id, m.owner, CASE WHEN n.now THEN m.title ELSE '' END AS title, m.kind, m.seconds, m.simulated, m.shared, m.keep_days,
       CASE WHEN n.now THEN m.facts ELSE '{}' END AS facts, m.created_at
FROM owned_meters m
CROSS JOIN LATERAL (
    SELECT bool_or(s.starts <= now() AND s.ends > now()) AS now FROM meter_spans(m.meter_id, %(everyone)s, %(staff)s, %(owner)s) s
) n
WHERE n.now IS NOT NULL AND (%(kind)s::text IS NULL OR m.kind = %(kind)s)
  AND (%(simulated)s::boolean IS NULL OR m.simulated = %(simulated)s)
  AND (%(assigned)s::boolean IS NULL OR (m.owner IS NOT NULL) = %(assigned)s)
ORDER BY m.meter_id;

-- name: titles
-- What those of these meters are called that the caller may see now.
SELECT m.meter_id, m.title FROM meters m
WHERE m.meter_id = ANY(%(meters)s)
  AND EXISTS (SELECT FROM meter_spans(m.meter_id, %(everyone)s, %(staff)s, %(owner)s) s WHERE s.starts <= now() AND s.ends > now());

-- name: named_in
-- The meters whose number or name stands in a text.
SELECT m.meter_id, m.title FROM meters m
WHERE (m.title <> '' AND strpos(%(text)s, m.title) > 0) OR strpos(%(text)s, m.meter_id) > 0;

-- name: save_meter
-- A meter as given, new or changed.
INSERT INTO meters (meter_id, title, kind, seconds, simulated, shared, keep_days, facts)
VALUES (%(meter_id)s, %(title)s, %(kind)s, %(seconds)s, %(simulated)s, %(shared)s, %(keep_days)s, %(facts)s)
ON CONFLICT (meter_id) DO UPDATE SET title = excluded.title, kind = excluded.kind, seconds = excluded.seconds,
    simulated = excluded.simulated, shared = excluded.shared, keep_days = excluded.keep_days,
    facts_at = CASE WHEN meters.facts = excluded.facts THEN meters.facts_at ELSE now() END, facts = excluded.facts;

-- name: add_meters
-- Meters not known so far; they are the company's until somebody is assigned.
INSERT INTO meters (meter_id, seconds, simulated)
SELECT k.meter_id, k.seconds, k.simulated
FROM unnest(%(meters)s::text[], %(seconds)s::int[], %(simulated)s::boolean[]) AS k (meter_id, seconds, simulated)
ORDER BY k.meter_id
ON CONFLICT DO NOTHING;

-- name: learn_lengths
-- A meter that was assigned before its first readings came learns how long its intervals are.
UPDATE meters m SET seconds = k.seconds FROM unnest(%(meters)s::text[], %(seconds)s::int[]) AS k (meter_id, seconds)
WHERE m.meter_id = k.meter_id AND m.seconds <> k.seconds AND NOT EXISTS (SELECT FROM smart_meter_readings r WHERE r.meter_id = m.meter_id);

-- name: hold_meters
-- These meters stay until the transaction ends.
SELECT m.meter_id FROM meters m WHERE m.meter_id = ANY(%(meters)s) ORDER BY m.meter_id FOR KEY SHARE;

-- name: writable
-- The meters that are or were a customer's, with the times, which stay theirs until the transaction ends.
SELECT a.meter_id, extract(epoch FROM a.starts)::bigint AS start,
       extract(epoch FROM least(a.ends, to_timestamp(%(last)s::bigint)))::bigint AS end
FROM meter_assignments a JOIN meters m ON m.meter_id = a.meter_id
WHERE a.customer = %(customer)s ORDER BY a.meter_id, a.starts FOR SHARE OF m;

-- name: simulated_meters
-- The simulator's meters among these.
SELECT meter_id FROM meters WHERE meter_id = ANY(%(meters)s) AND simulated;

-- name: assignments
-- Whose a meter was, is and will be, in order.
SELECT u.external_id AS customer, a.customer AS user_id, a.starts, CASE WHEN a.ends < 'infinity' THEN a.ends END AS ends, a.assigned_at
FROM meter_assignments a JOIN users u ON u.user_id = a.customer WHERE a.meter_id = %(meter_id)s ORDER BY a.starts;

-- name: unassign
-- A meter's assignments go, to be given anew.
DELETE FROM meter_assignments WHERE meter_id = %(meter_id)s;

-- name: assign
-- A meter is a customer's from one instant to another.
INSERT INTO meter_assignments (meter_id, customer, starts, ends)
VALUES (%(meter_id)s, %(customer)s, %(starts)s, coalesce(%(ends)s, 'infinity'::timestamptz));

-- name: new_meter
-- A meter that is assigned before its first reading comes.
INSERT INTO meters (meter_id) VALUES (%(meter_id)s) ON CONFLICT DO NOTHING;

-- name: open_batch
-- A file, pull or push whose rows are about to be stored.
INSERT INTO series_batches (source, format, name, digest, owner, sent_by, job_id)
VALUES (%(source)s, %(format)s, %(name)s, %(digest)s, %(owner)s, %(sent_by)s, %(job_id)s) RETURNING batch_id;

-- name: close_batch
-- How a batch ended.
UPDATE series_batches SET state = %(state)s, report = %(report)s, ended_at = now() WHERE batch_id = %(batch_id)s;

-- name: batch
-- One batch, if the caller may see it.
SELECT b.batch_id, b.source, b.format, b.name, b.digest, b.state, b.report, b.owner, b.sent_by, b.job_id, b.created_at, b.ended_at FROM series_batches b
WHERE b.batch_id = %(batch_id)s AND (%(everyone)s OR (%(staff)s AND b.owner IS NULL) OR b.owner = %(owner)s);

-- name: some_batches
-- These batches.
SELECT b.batch_id, b.source, b.format, b.name, b.digest, b.state, b.report, b.owner, b.sent_by, b.job_id, b.created_at, b.ended_at FROM series_batches b
WHERE b.batch_id = ANY (%(batches)s);

-- name: batch_of_content
-- The newest batch that stored this content for the same owner, if none of its rows has been replaced since.
SELECT b.batch_id, b.source, b.format, b.name, b.digest, b.state, b.report, b.owner, b.sent_by, b.job_id, b.created_at, b.ended_at FROM series_batches b
WHERE b.digest = %(digest)s AND b.state = 'done' AND b.owner IS NOT DISTINCT FROM %(owner)s
  AND NOT EXISTS (SELECT FROM reading_versions v WHERE v.batch_id = b.batch_id)
  AND NOT EXISTS (SELECT FROM price_versions v WHERE v.batch_id = b.batch_id)
  AND NOT EXISTS (SELECT FROM signal_versions v WHERE v.batch_id = b.batch_id)
ORDER BY b.batch_id DESC LIMIT 1;

-- name: batches
-- The newest batches that the caller may see.
SELECT b.batch_id, b.source, b.format, b.name, b.digest, b.state, b.report, b.owner, b.sent_by, b.job_id, b.created_at, b.ended_at FROM series_batches b
WHERE (%(everyone)s OR (%(staff)s AND b.owner IS NULL) OR b.owner = %(owner)s) AND (%(source)s::text IS NULL OR b.source = %(source)s)
ORDER BY b.batch_id DESC LIMIT %(limit)s OFFSET %(offset)s;

-- name: feed
-- One feed.
SELECT name, kind, enabled, settings, cursor, rows, last_at, last_error, error_at, changed_at FROM feeds WHERE name = %(name)s;

-- name: lock_feed
-- The same, and nobody else moves its cursor until the transaction ends.
SELECT name, kind, enabled, settings, cursor, rows, last_at, last_error, error_at, changed_at FROM feeds WHERE name = %(name)s FOR UPDATE;

-- name: feeds
-- All feeds.
SELECT name, kind, enabled, settings, cursor, rows, last_at, last_error, error_at, changed_at FROM feeds ORDER BY name;

-- name: save_feed
-- A feed as given; its cursor and counts stay.
INSERT INTO feeds (name, kind, enabled, settings) VALUES (%(name)s, %(kind)s, %(enabled)s, %(settings)s)
ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, enabled = excluded.enabled, settings = excluded.settings, changed_at = now();

-- name: advance_feed
-- Rows came, and this is where to go on.
UPDATE feeds SET cursor = %(cursor)s, rows = rows + %(rows)s, last_at = now(), last_error = NULL, error_at = NULL WHERE name = %(name)s;

-- name: fail_feed
-- What went wrong last.
UPDATE feeds SET last_error = %(error)s, error_at = now() WHERE name = %(name)s;

-- name: limited_meters
-- How many days the readings of each meter are kept, where that is not for ever.
SELECT meter_id, coalesce(keep_days, %(default)s::int) AS keep_days FROM meters
WHERE coalesce(keep_days, %(default)s::int) IS NOT NULL ORDER BY meter_id;

-- name: keeps_for_ever
-- Whether a meter's readings are never dropped.
SELECT EXISTS (SELECT FROM meters WHERE coalesce(keep_days, %(default)s::int) IS NULL) AS yes;

-- name: lock_partitions
-- Wait for whoever makes or drops partitions of this table (held to the end of the transaction).
SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0));

-- name: drop_readings
-- Readings of a meter before an instant.
DELETE FROM smart_meter_readings WHERE meter_id = %(meter_id)s AND ts < to_timestamp(%(before)s::bigint);

-- name: drop_versions
-- What was replaced of them.
DELETE FROM reading_versions WHERE meter_id = %(meter_id)s AND ts < to_timestamp(%(before)s::bigint);

-- name: drop_rollups
-- Their rollups.
DELETE FROM reading_rollups WHERE meter_id = %(meter_id)s AND ts < to_timestamp(%(before)s::bigint);

-- name: drop_changes
-- Their days wait no longer.
DELETE FROM reading_changes
WHERE meter_id = %(meter_id)s AND day < (to_timestamp(%(before)s::bigint) AT TIME ZONE 'Europe/Berlin')::date;

-- name: forget_files
-- Files that held rows of a meter are no longer known by their content: to be read again when they come again. Reports name some meters only.
UPDATE series_batches SET digest = NULL WHERE digest IS NOT NULL AND
(report->'meters' @> to_jsonb(%(meter_id)s::text) OR (report->>'meter_count')::bigint > jsonb_array_length(report->'meters'));

-- name: delete_meter
-- A meter; a trigger takes everything of it along.
DELETE FROM meters WHERE meter_id = %(meter_id)s;

-- name: lock_batch
-- A batch that is about to be taken back.
SELECT b.batch_id, b.source, b.format, b.name, b.digest, b.state, b.report, b.owner, b.sent_by, b.job_id, b.created_at, b.ended_at FROM series_batches b
WHERE b.batch_id = %(batch_id)s FOR UPDATE;

-- name: take_back_batch
-- A batch is taken back; its content may come again.
UPDATE series_batches SET state = 'taken_back', digest = NULL, report = report || %(told)s WHERE batch_id = %(batch_id)s;
