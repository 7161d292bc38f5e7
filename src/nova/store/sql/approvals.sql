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
-- The newest first, with the names of who asked, who decided, and whose account it is about; who is to be erased keeps their pseudonym.
SELECT a.approval_id, a.action, a.target, a.args, a.state, a.asked_by, a.asked_at, a.decided_by, a.decided_at, a.told, a.expires_at,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = nullif(split_part(a.asked_by, ':', 2), '')::uuid) AS asker,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = nullif(split_part(a.decided_by, ':', 2), '')::uuid) AS decider,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = (a.args ->> 'user_id')::uuid) AS person,
    count(*) OVER () AS total
FROM approvals a WHERE (%(states)s::text[] IS NULL OR a.state = ANY (%(states)s)) ORDER BY a.asked_at DESC, a.approval_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: find
-- Held until the transaction ends.
SELECT a.approval_id, a.action, a.target, a.args, a.state, a.asked_by, a.asked_at, a.decided_by, a.decided_at, a.told, a.expires_at,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = nullif(split_part(a.asked_by, ':', 2), '')::uuid) AS asker,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = nullif(split_part(a.decided_by, ':', 2), '')::uuid) AS decider,
    (SELECT coalesce(nullif(c.name, ''), u.external_id) FROM users u LEFT JOIN accounts c USING (user_id) WHERE u.user_id = (a.args ->> 'user_id')::uuid) AS person
FROM approvals a WHERE a.approval_id = %(approval_id)s FOR UPDATE OF a;

-- name: move
-- To its next state; whoever decided first stands there.
UPDATE approvals SET state = %(state)s, told = %(told)s, decided_by = coalesce(decided_by, %(decided_by)s), decided_at = coalesce(decided_at, now())
WHERE approval_id = %(approval_id)s;
