-- name: list_audit
-- Newest first, from `before` on; actor, action and target by their beginnings, times in [from, to).
SELECT seq, ts, actor, action, target, facts FROM audit_log
WHERE (%(before)s::bigint IS NULL OR seq < %(before)s::bigint)
  AND (%(actor)s::text IS NULL OR actor LIKE %(actor)s)
  AND (%(action)s::text IS NULL OR action LIKE %(action)s)
  AND (%(target)s::text IS NULL OR target LIKE %(target)s)
  AND (%(from)s::timestamptz IS NULL OR ts >= %(from)s)
  AND (%(to)s::timestamptz IS NULL OR ts < %(to)s)
ORDER BY seq DESC LIMIT %(limit)s;

-- name: actions
-- Every kind of action there is, one step of the index each.
WITH RECURSIVE kinds AS (
    (SELECT action FROM audit_log ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT a.action FROM audit_log a WHERE a.action > k.action ORDER BY a.action LIMIT 1) FROM kinds k WHERE k.action IS NOT NULL
)
SELECT action FROM kinds WHERE action IS NOT NULL ORDER BY action LIMIT 500;

-- name: last_number
-- The number given out last; every row up to it is there, for numbers are given one after the other, each with its commit.
SELECT last FROM audit_counter;

-- name: not_numbered
-- Entries that were committed without a number: the trigger that gives it was taken away.
SELECT count(*) AS n FROM audit_incoming;

-- name: unsealed
-- Whether there are rows after the newest seal.
SELECT EXISTS (SELECT FROM audit_log WHERE seq > coalesce((SELECT last_seq FROM audit_seals ORDER BY seal_id DESC LIMIT 1), 0)) AS yes;

-- name: one_sealer
-- One seals at a time (held to the end of the transaction); whether it is us.
SELECT pg_try_advisory_xact_lock(%(number)s) AS granted;

-- name: last_seal
-- The newest seal.
SELECT seal_id, first_seq, last_seq, leaves, previous, head, sealed_at FROM audit_seals ORDER BY seal_id DESC LIMIT 1;

-- name: seals
-- All, in order.
SELECT seal_id, first_seq, last_seq, leaves, previous, head, sealed_at FROM audit_seals ORDER BY seal_id;

-- name: insert_seal
-- A further one; the table refuses changes.
INSERT INTO audit_seals (seal_id, first_seq, last_seq, leaves, previous, head, sealed_at)
VALUES (%(seal_id)s, %(first_seq)s, %(last_seq)s, %(leaves)s, %(previous)s, %(head)s, %(sealed_at)s);

-- name: rows_between
-- What rows say, in order; times as microseconds since 1970.
SELECT seq, (extract(epoch FROM ts) * 1000000)::bigint AS us, actor, action, target, facts::text AS facts FROM audit_log
WHERE seq > %(after)s AND seq <= %(last)s ORDER BY seq LIMIT %(limit)s;

-- name: rows_after
-- Whole rows in order, for who is told of them.
SELECT seq, ts, actor, action, target, facts FROM audit_log WHERE seq > %(after)s AND seq <= %(last)s ORDER BY seq LIMIT %(limit)s;

-- name: seals_after
-- Seals that cover no row behind `last`, in order.
SELECT seal_id, first_seq, last_seq, leaves, previous, head, sealed_at FROM audit_seals
WHERE seal_id > %(after)s AND last_seq <= %(last)s ORDER BY seal_id LIMIT %(limit)s;

-- name: rows
-- The same of all rows.
SELECT seq, (extract(epoch FROM ts) * 1000000)::bigint AS us, actor, action, target, facts::text AS facts FROM audit_log ORDER BY seq;
