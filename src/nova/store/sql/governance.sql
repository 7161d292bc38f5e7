-- name: ensure_user
-- The person known elsewhere under this name; made on first sight.
WITH made AS (
    INSERT INTO users (external_id) VALUES (%(external_id)s) ON CONFLICT (external_id) DO NOTHING RETURNING user_id, external_id, role
)
SELECT user_id, external_id, role FROM made
UNION ALL
SELECT user_id, external_id, role FROM users WHERE external_id = %(external_id)s
LIMIT 1;

-- name: find_users
-- By the names known elsewhere, or by our own ids; not whom conversations' passages belong to.
SELECT user_id, external_id, role FROM users
WHERE (external_id = ANY (%(names)s::text[]) OR user_id = ANY (%(ids)s::uuid[])) AND user_id <> '00000000-0000-4000-8000-00000000c0de';

-- name: set_role
-- A row only when the role is another one.
UPDATE users SET role = %(role)s WHERE user_id = %(user_id)s AND role <> %(role)s RETURNING user_id;

-- name: role_of
-- Whoever gives out a token sees the role that it is for until then.
SELECT role FROM users WHERE user_id = %(user_id)s FOR NO KEY UPDATE;

-- name: revoke_tokens_of_user
-- All that were for another role, or another name.
UPDATE access_tokens SET revoked_at = now() WHERE user_id = %(user_id)s AND revoked_at IS NULL;

-- name: delete_sessions_of_user
-- Signed out everywhere.
DELETE FROM sessions WHERE user_id = %(user_id)s;

-- name: insert_token
-- Notes that a token was given out; the token itself is not kept.
INSERT INTO access_tokens (token_id, user_id, label, scopes, expires_at)
VALUES (%(token_id)s, %(user_id)s, %(label)s, %(scopes)s, %(expires_at)s)
RETURNING created_at;

-- name: live_token
-- The person behind a token that is neither withdrawn nor over; of who comes in by the company one that has come lately: leaving there ends it here.
SELECT u.user_id, u.external_id, u.role, t.scopes, t.expires_at, t.seen_at IS NULL OR t.seen_at < now() - interval '1 minute' AS stale
FROM access_tokens t JOIN users u USING (user_id)
WHERE t.token_id = %(token_id)s AND t.revoked_at IS NULL AND t.expires_at > now()
  AND NOT EXISTS (SELECT FROM accounts a LEFT JOIN account_links l USING (user_id)
      WHERE a.user_id = t.user_id AND (a.state = 'left' OR l.seen_at < now() - interval '30 days'));

-- name: live_tokens
-- The same of many.
SELECT t.token_id, u.user_id, u.external_id, u.role, t.scopes
FROM access_tokens t JOIN users u USING (user_id)
WHERE t.token_id = ANY (%(token_ids)s::uuid[]) AND t.revoked_at IS NULL AND t.expires_at > now()
  AND NOT EXISTS (SELECT FROM accounts a LEFT JOIN account_links l USING (user_id)
      WHERE a.user_id = t.user_id AND (a.state = 'left' OR l.seen_at < now() - interval '30 days'));

-- name: list_tokens
-- Newest first.
SELECT t.token_id, u.external_id AS "user", u.role, t.label, t.scopes, t.created_at, t.expires_at, t.revoked_at, t.seen_at
FROM access_tokens t JOIN users u USING (user_id)
ORDER BY t.created_at DESC, t.token_id;

-- name: tokens_of
-- Those of a person that are neither withdrawn nor over, newest first.
SELECT t.token_id, u.external_id AS "user", u.role, t.label, t.scopes, t.created_at, t.expires_at, t.revoked_at, t.seen_at
FROM access_tokens t JOIN users u USING (user_id)
WHERE t.user_id = %(user_id)s AND t.revoked_at IS NULL AND t.expires_at > now()
ORDER BY t.created_at DESC, t.token_id;

-- name: revoke_token
-- Withdraws a token; one that is already withdrawn keeps its time.
UPDATE access_tokens SET revoked_at = coalesce(revoked_at, now()) WHERE token_id = %(token_id)s
RETURNING token_id, user_id;

-- name: delete_sessions_of_token
-- Whoever signed in with a withdrawn token is signed out.
DELETE FROM sessions WHERE token_id = %(token_id)s;

-- name: insert_session
-- A browser signed in.
INSERT INTO sessions (session_hash, role, user_id, token_id, csrf, expires_at, way, device, issuer, sid, proved_at)
VALUES (%(session_hash)s, %(role)s, %(user_id)s, %(token_id)s, %(csrf)s, %(expires_at)s, %(way)s, %(device)s, %(issuer)s, %(sid)s, %(proved_at)s);

-- name: live_session
-- A session that is not over, with the person behind it; a withdrawn or expired token and another role end it too.
SELECT s.session_id, s.role, s.csrf, s.way, s.proved_at, s.expires_at, s.user_id, u.external_id, t.scopes,
       s.seen_at < now() - interval '1 minute' AS stale
FROM sessions s
LEFT JOIN users u ON u.user_id = s.user_id
LEFT JOIN access_tokens t ON t.token_id = s.token_id
WHERE s.session_hash = %(session_hash)s AND s.expires_at > now()
  AND (s.user_id IS NULL OR s.role = u.role)
  AND (s.token_id IS NULL OR (t.revoked_at IS NULL AND t.expires_at > now()))
  AND NOT EXISTS (SELECT FROM accounts a WHERE a.user_id = s.user_id AND a.state = 'left');

-- name: live_sessions
-- The same of many.
SELECT s.session_hash, s.role, s.user_id, u.external_id, t.scopes
FROM sessions s
LEFT JOIN users u ON u.user_id = s.user_id
LEFT JOIN access_tokens t ON t.token_id = s.token_id
WHERE s.session_hash = ANY (%(session_hashes)s::text[]) AND s.expires_at > now()
  AND (s.user_id IS NULL OR s.role = u.role)
  AND (s.token_id IS NULL OR (t.revoked_at IS NULL AND t.expires_at > now()))
  AND NOT EXISTS (SELECT FROM accounts a WHERE a.user_id = s.user_id AND a.state = 'left');

-- name: note_token_use
-- Just now.
UPDATE access_tokens SET seen_at = now() WHERE token_id = %(token_id)s;

-- name: note_session_use
-- Just now.
UPDATE sessions SET seen_at = now() WHERE session_hash = %(session_hash)s;

-- name: delete_session
-- Signs a browser out.
DELETE FROM sessions WHERE session_hash = %(session_hash)s;

-- name: delete_old_sessions
-- Sessions that are over.
DELETE FROM sessions WHERE expires_at <= now();

-- name: holders_of_token
-- Whose vaults hold a token; several hold it who share a value.
SELECT subject_id FROM vault WHERE token = %(token)s ORDER BY subject_id LIMIT 2;

-- name: lock_vocabulary
-- The file of words is changed by one at a time.
SELECT pg_advisory_xact_lock(hashtextextended('vocabulary', 0));

-- name: insert_audit
-- One entry; it gets its number, and comes into the log, when the transaction commits.
INSERT INTO audit_incoming (actor, action, target, facts) VALUES (%(actor)s, %(action)s, %(target)s, %(facts)s);

-- name: names_of
-- What these people are called elsewhere.
SELECT user_id, external_id FROM users WHERE user_id = ANY (%(users)s);
