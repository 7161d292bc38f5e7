-- name: insert_account
-- Nothing happens where the person has one.
INSERT INTO accounts (user_id, name, made_by) VALUES (%(user_id)s, %(name)s, %(made_by)s) ON CONFLICT (user_id) DO NOTHING RETURNING user_id;

-- name: find_account
-- By our own id; the row stays locked until the transaction ends.
SELECT a.user_id, u.external_id, u.role, a.name, a.state, a.password, a.totp, a.totp_step, a.left_by,
       EXISTS (SELECT FROM account_links l WHERE l.user_id = a.user_id) AS linked
FROM accounts a JOIN users u USING (user_id) WHERE a.user_id = %(user_id)s FOR NO KEY UPDATE OF a;

-- name: find_account_by_name
-- By the name that its owner signs in with, letters in any case; of several the one written so.
SELECT a.user_id, u.external_id, u.role, a.name, a.state, a.password, a.totp, a.totp_step, a.left_by,
       EXISTS (SELECT FROM account_links l WHERE l.user_id = a.user_id) AS linked
FROM accounts a JOIN users u USING (user_id) WHERE lower(u.external_id) = lower(%(external_id)s)
ORDER BY u.external_id <> %(external_id)s, a.made_at LIMIT 1;

-- name: list_accounts
-- Everybody with a way in, by name, with what they have of it.
SELECT a.user_id, u.external_id, u.role, a.name, a.state, a.password IS NOT NULL AS password, a.totp IS NOT NULL AS totp, a.made_at, a.left_at,
       (SELECT count(*) FROM passkeys p WHERE p.user_id = a.user_id) AS passkeys,
       EXISTS (SELECT FROM account_links l WHERE l.user_id = a.user_id) AS linked,
       (SELECT i.expires_at FROM invitations i WHERE i.user_id = a.user_id) AS invited_until,
       (SELECT max(s.seen_at) FROM sessions s WHERE s.user_id = a.user_id) AS seen_at,
       count(*) OVER () AS total
FROM accounts a JOIN users u USING (user_id)
WHERE (%(text)s = '' OR strpos(lower(u.external_id || ' ' || a.name), lower(%(text)s)) > 0)
  AND (%(states)s::text[] IS NULL OR a.state = ANY (%(states)s)) AND (%(roles)s::text[] IS NULL OR u.role = ANY (%(roles)s))
ORDER BY lower(coalesce(nullif(a.name, ''), u.external_id)), a.user_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: rename_account
-- What colleagues call them.
UPDATE accounts SET name = %(name)s WHERE user_id = %(user_id)s AND name <> %(name)s RETURNING user_id;

-- name: set_state
-- Comes in, leaves, or may come again; a row only when that is new.
UPDATE accounts SET state = %(state)s, left_at = CASE WHEN %(state)s = 'left' THEN now() END, left_by = CASE WHEN %(state)s = 'left' THEN %(by)s END
WHERE user_id = %(user_id)s AND (state <> %(state)s OR (state = 'left' AND left_by IS DISTINCT FROM %(by)s)) RETURNING user_id;

-- name: set_password
-- Its hash; NULL takes it away.
UPDATE accounts SET password = %(password)s WHERE user_id = %(user_id)s;

-- name: renew_password
-- The same password hashed anew, where it is still that.
UPDATE accounts SET password = %(new)s WHERE user_id = %(user_id)s AND password = %(old)s RETURNING user_id;

-- name: set_totp
-- A second factor, used for the first time at this step; NULL takes it away.
UPDATE accounts SET totp = %(totp)s, totp_step = %(step)s WHERE user_id = %(user_id)s;

-- name: use_totp
-- A row when no code of this step or a later one was used.
UPDATE accounts SET totp_step = %(step)s WHERE user_id = %(user_id)s AND totp_step < %(step)s RETURNING user_id;

-- name: delete_recovery_codes
-- Those of before count no more.
DELETE FROM recovery_codes WHERE user_id = %(user_id)s;

-- name: insert_recovery_codes
-- New ones.
INSERT INTO recovery_codes (user_id, code_hash) SELECT %(user_id)s, unnest(%(hashes)s::text[]);

-- name: take_recovery_code
-- A row when there was this one.
DELETE FROM recovery_codes WHERE user_id = %(user_id)s AND code_hash = %(code_hash)s RETURNING user_id;

-- name: count_recovery_codes
-- How many are left.
SELECT count(*) AS n FROM recovery_codes WHERE user_id = %(user_id)s;

-- name: put_invitation
-- A later one takes the place of the one before.
INSERT INTO invitations (invitation_hash, user_id, purpose, made_by, expires_at)
VALUES (%(invitation_hash)s, %(user_id)s, %(purpose)s, %(made_by)s, %(expires_at)s)
ON CONFLICT (user_id) DO UPDATE SET invitation_hash = EXCLUDED.invitation_hash, purpose = EXCLUDED.purpose, made_by = EXCLUDED.made_by,
    expires_at = EXCLUDED.expires_at;

-- name: find_invitation
-- One that is still good, made by the key or by somebody who is still what they were; it stays locked until the transaction ends, so that it counts once.
SELECT i.invitation_hash, i.user_id, i.purpose, i.made_by, i.expires_at FROM invitations i
WHERE i.invitation_hash = %(invitation_hash)s AND i.expires_at > now() AND (i.made_by = 'admin' OR EXISTS (
    SELECT FROM users u LEFT JOIN accounts a USING (user_id)
    WHERE i.made_by = u.role || ':' || u.user_id AND coalesce(a.state, 'active') <> 'left')) FOR UPDATE OF i;

-- name: delete_invitation
-- The link counts no more.
DELETE FROM invitations WHERE user_id = %(user_id)s;

-- name: insert_passkey
-- Nothing happens where the authenticator is known.
INSERT INTO passkeys (passkey_id, credential_id, user_id, public_key, sign_count, transports, name)
VALUES (%(passkey_id)s, %(credential_id)s, %(user_id)s, %(public_key)s, %(sign_count)s, %(transports)s, %(name)s)
ON CONFLICT (credential_id) DO NOTHING RETURNING passkey_id;

-- name: find_passkey
-- By what the authenticator calls it; the row stays locked until the transaction ends.
SELECT passkey_id, credential_id, user_id, public_key, sign_count, transports, name, made_at, used_at
FROM passkeys WHERE credential_id = %(credential_id)s FOR UPDATE;

-- name: passkeys_of
-- A person's, the oldest first.
SELECT passkey_id, credential_id, user_id, public_key, sign_count, transports, name, made_at, used_at
FROM passkeys WHERE user_id = %(user_id)s ORDER BY made_at, passkey_id;

-- name: has_passkey
-- A row when it is theirs.
SELECT 1 AS yes FROM passkeys WHERE passkey_id = %(passkey_id)s AND user_id = %(user_id)s;

-- name: use_passkey
-- What it counted, and when.
UPDATE passkeys SET sign_count = %(sign_count)s, used_at = now() WHERE passkey_id = %(passkey_id)s;

-- name: delete_passkey
-- A row when it was theirs.
DELETE FROM passkeys WHERE passkey_id = %(passkey_id)s AND user_id = %(user_id)s RETURNING passkey_id;

-- name: delete_passkeys
-- All of a person.
DELETE FROM passkeys WHERE user_id = %(user_id)s;

-- name: put_step
-- Those that are over are forgotten on the way.
WITH gone AS (DELETE FROM sign_in_steps WHERE expires_at <= now())
INSERT INTO sign_in_steps (step_hash, kind, user_id, facts, expires_at)
VALUES (%(step_hash)s, %(kind)s, %(user_id)s, %(facts)s, %(expires_at)s);

-- name: try_step
-- One more try of a step that is still open; whoever tries too often has to begin anew.
UPDATE sign_in_steps SET tries = tries + 1 WHERE step_hash = %(step_hash)s AND kind = %(kind)s AND expires_at > now() AND tries < %(most)s
RETURNING user_id, facts;

-- name: take_step
-- The step is over; a row for the first who takes it.
DELETE FROM sign_in_steps WHERE step_hash = %(step_hash)s AND kind = %(kind)s AND expires_at > now() RETURNING user_id, facts;

-- name: delete_steps_of
-- What a person had begun.
DELETE FROM sign_in_steps WHERE user_id = %(user_id)s;

-- name: end_linked_steps
-- Second factors that are still wanted after the company's own sign-in, of what it names.
DELETE FROM sign_in_steps WHERE kind = 'factor' AND facts ->> 'issuer' = %(issuer)s AND (facts ->> 'sid' = %(sid)s OR (%(sid)s::text IS NULL
    AND user_id = (SELECT user_id FROM account_links WHERE issuer = %(issuer)s AND subject = %(subject)s)));

-- name: know_browser
-- Longer from now on; those that are over are forgotten on the way.
WITH gone AS (DELETE FROM known_browsers WHERE expires_at <= now())
INSERT INTO known_browsers (browser_hash, user_id, expires_at) VALUES (%(browser_hash)s, %(user_id)s, %(expires_at)s)
ON CONFLICT (user_id, browser_hash) DO UPDATE SET expires_at = EXCLUDED.expires_at;

-- name: is_known
-- Whether they have come in by this browser before.
SELECT EXISTS (
    SELECT FROM known_browsers WHERE user_id = %(user_id)s AND browser_hash = %(browser_hash)s AND expires_at > now()) AS known;

-- name: delete_browsers
-- None is known any more.
DELETE FROM known_browsers WHERE user_id = %(user_id)s;

-- name: find_link
-- Whom the company's own sign-in means.
SELECT user_id FROM account_links WHERE issuer = %(issuer)s AND subject = %(subject)s;

-- name: put_link
-- A row when neither of the two was linked before.
INSERT INTO account_links (issuer, subject, user_id) VALUES (%(issuer)s, %(subject)s, %(user_id)s) ON CONFLICT DO NOTHING RETURNING user_id;

-- name: use_link
-- They came by it just now.
UPDATE account_links SET seen_at = now() WHERE user_id = %(user_id)s;

-- name: delete_link
-- The company's own sign-in means this person no more.
DELETE FROM account_links WHERE user_id = %(user_id)s;

-- name: sessions_of
-- Those of a person that are not over, the one used last first.
SELECT session_id, session_hash, way, device, created_at, seen_at, expires_at FROM sessions
WHERE user_id = %(user_id)s AND expires_at > now() ORDER BY seen_at DESC, session_id;

-- name: end_session
-- A row when it was theirs.
DELETE FROM sessions WHERE user_id = %(user_id)s AND session_id = %(session_id)s RETURNING session_id;

-- name: end_other_sessions
-- All of a person but this one ('' : all).
DELETE FROM sessions WHERE user_id = %(user_id)s AND session_hash <> %(session_hash)s;

-- name: end_linked_sessions
-- Those that the company's own sign-in names: one by its number there, or all of a person.
DELETE FROM sessions WHERE issuer = %(issuer)s AND (sid = %(sid)s OR ((%(sid)s::text IS NULL OR sid IS NULL)
    AND user_id = (SELECT user_id FROM account_links WHERE issuer = %(issuer)s AND subject = %(subject)s)))
RETURNING user_id;

-- name: note_logout
-- A row when the message is new; those that are over are forgotten on the way.
WITH gone AS (DELETE FROM logout_messages WHERE expires_at <= now())
INSERT INTO logout_messages (message_id, expires_at) VALUES (%(message_id)s, %(expires_at)s) ON CONFLICT DO NOTHING RETURNING message_id;

-- name: tell_until
-- What this operator has been told of the operator's key.
UPDATE accounts SET told = greatest(told, least(%(seq)s, (SELECT max(seq) FROM audit_log))) WHERE user_id = %(user_id)s;

-- name: key_use_noted
-- Whether a program's use of the operator's key from this address is noted since then, also by an entry that has no number yet.
SELECT EXISTS (
    SELECT FROM audit_incoming WHERE action = 'operator_key.used' AND facts ->> 'way' = 'program' AND facts ->> 'from' = %(address)s
    UNION ALL
    SELECT FROM audit_log WHERE action = 'operator_key.used' AND ts > %(since)s AND facts ->> 'way' = 'program' AND facts ->> 'from' = %(address)s
) AS noted;

-- name: key_uses
-- When the operator's key was used since an operator was last told of it, the newest first.
SELECT l.seq, l.ts, l.facts FROM audit_log l JOIN accounts a ON a.user_id = %(user_id)s
WHERE l.action = 'operator_key.used' AND l.seq > a.told ORDER BY l.seq DESC LIMIT %(limit)s;
