-- name: insert
-- Asks for a second word; one of the same action and target that waits gives way when it is over, else nothing happens.
WITH gone AS (
    UPDATE approvals SET state = 'refused', told = 'Die Frist ist verstrichen.', decided_at = now()
    WHERE action = %(action)s AND target = %(target)s AND state = 'waiting' AND expires_at <= now() RETURNING approval_id
)
INSERT INTO approvals (approval_id, action, target, args, asked_by, expires_at)
SELECT %(approval_id)s, %(action)s, %(target)s, %(args)s, %(asked_by)s, %(expires_at)s
WHERE NOT EXISTS (SELECT FROM approvals WHERE action = %(action)s AND target = %(target)s AND state IN ('waiting', 'running')
    AND approval_id NOT IN (SELECT approval_id FROM gone))
ON CONFLICT DO NOTHING
RETURNING approval_id;

-- name: expire
-- Those that nobody decided in time, and those whose end nobody saw.
UPDATE approvals SET state = CASE state WHEN 'waiting' THEN 'refused' ELSE 'failed' END, decided_at = coalesce(decided_at, now()),
    told = CASE state WHEN 'waiting' THEN 'Die Frist ist verstrichen.' ELSE 'Unterbrochen; ob es geschah, zeigt das Protokoll.' END
WHERE (state = 'waiting' AND expires_at <= now()) OR (state = 'running' AND decided_at < now() - interval '1 hour');

-- name: page
-- The newest first.
SELECT approval_id, action, target, args, state, asked_by, asked_at, decided_by, decided_at, told, expires_at, count(*) OVER () AS total
FROM approvals WHERE (%(states)s::text[] IS NULL OR state = ANY (%(states)s)) ORDER BY asked_at DESC, approval_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: find
-- Held until the transaction ends.
SELECT approval_id, action, target, args, state, asked_by, asked_at, decided_by, decided_at, told, expires_at
FROM approvals WHERE approval_id = %(approval_id)s FOR UPDATE;

-- name: move
-- To its next state; whoever decided first stands there.
UPDATE approvals SET state = %(state)s, told = %(told)s, decided_by = coalesce(decided_by, %(decided_by)s), decided_at = coalesce(decided_at, now())
WHERE approval_id = %(approval_id)s;
