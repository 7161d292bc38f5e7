-- name: put_hour
-- One figure of one hour and segment.
INSERT INTO kpi_hours (kpi, segment, starts, n, total, squares, histogram)
VALUES (%(kpi)s, %(segment)s, %(starts)s, %(n)s, %(total)s, %(squares)s, %(histogram)s);

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
           hashtextextended(answer_id::text || status || purposes::text || (answer = '')::text || (conversation_id IS NULL)::text, 1) % 1000003 AS mark
    FROM answers WHERE ts >= %(frm)s AND ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', t.ts, 'UTC'), hashtextextended(t.conversation_id::text || t.seq || length(t.text) || c.purposes::text, 2) % 1000003
    FROM turns t JOIN conversations c USING (conversation_id) WHERE t.ts >= %(frm)s AND t.ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', ts, 'UTC'), hashtextextended(feedback_id::text, 3) % 1000003 FROM rag_feedback WHERE ts >= %(frm)s AND ts < %(to)s
    UNION ALL
    SELECT date_trunc('hour', ts, 'UTC'), count(*) * 7 FROM events WHERE ts >= %(frm)s AND ts < %(to)s GROUP BY 1
    UNION ALL
    SELECT day::timestamp AT TIME ZONE 'Europe/Berlin', n * 11 FROM intake_refusals
    WHERE day::timestamp AT TIME ZONE 'Europe/Berlin' >= %(frm)s AND day::timestamp AT TIME ZONE 'Europe/Berlin' < %(to)s
) AS marks GROUP BY 1;

-- name: marks
-- The fingerprints that hours of a span were measured from.
SELECT starts, evidence FROM kpi_measured WHERE starts >= %(frm)s AND starts < %(to)s;

-- name: measured_to
-- The end of the last hour that was measured.
SELECT max(starts) + interval '1 hour' AS until FROM kpi_measured;

-- name: oldest_evidence
-- When the first of all rows that figures come from was written.
SELECT least((SELECT min(ts) FROM answers), (SELECT min(ts) FROM turns), (SELECT min(ts) FROM rag_feedback), (SELECT min(ts) FROM events)) AS ts;

-- name: window_rows
-- The sums of one figure over a span; histograms apart.
SELECT coalesce(sum(n), 0)::bigint AS n, coalesce(sum(total), 0) AS total, coalesce(sum(squares), 0) AS squares
FROM kpi_hours WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s;

-- name: window_histograms
-- The histograms of a span, added up by bucket.
SELECT b.key AS bucket, sum(b.value::bigint)::bigint AS count
FROM kpi_hours, jsonb_each_text(coalesce(histogram, '{}')) AS b
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1;

-- name: day_rows
-- The sums of one figure by local day, oldest first.
SELECT (starts AT TIME ZONE 'Europe/Berlin')::date AS day, sum(n)::bigint AS n, sum(total) AS total, sum(squares) AS squares
FROM kpi_hours WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1 ORDER BY 1;

-- name: day_histograms
-- Histograms by local day, added up by bucket.
SELECT (starts AT TIME ZONE 'Europe/Berlin')::date AS day, b.key AS bucket, sum(b.value::bigint)::bigint AS count
FROM kpi_hours, jsonb_each_text(coalesce(histogram, '{}')) AS b
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1, 2;

-- name: hour_rows
-- The rows of one figure and segment, oldest first.
SELECT starts, n, total, squares, histogram FROM kpi_hours
WHERE kpi = %(kpi)s AND segment = %(segment)s AND starts >= %(frm)s AND starts < %(to)s ORDER BY starts;

-- name: segments
-- Which segments a figure has in a span, the fullest first.
SELECT segment, sum(n)::bigint AS n FROM kpi_hours
WHERE kpi = %(kpi)s AND segment <> '' AND starts >= %(frm)s AND starts < %(to)s GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(limit)s;
