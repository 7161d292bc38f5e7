-- Who people are: named operators and employees, ways in of their own, sessions and tokens that can be told apart.

ALTER TABLE users DROP CONSTRAINT users_role;
ALTER TABLE users ADD CONSTRAINT users_role CHECK (role IN ('admin', 'customer', 'employee', 'reviewer', 'engineer', 'auditor', 'service'));

-- What a person signs in with. `name` is what colleagues call them. `password` is a PHC string (argon2id), `totp` the sealed secret of their
-- second factor and `totp_step` the last time step it was used for: a code counts once. `told` is the number of the last entry of the audit
-- log about the operator's key that this operator has seen. Whoever has left cannot come in any way; `left_by` is 'sso' for whom the company's
-- own sign-in gives no role any more, and who comes back by it.
CREATE TABLE accounts (
    user_id   uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    name      text NOT NULL DEFAULT '',
    state     text NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'active', 'left')),
    password  text,
    totp      bytea,
    totp_step bigint NOT NULL DEFAULT 0,
    told      bigint NOT NULL DEFAULT 0,
    made_by   text NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    left_at   timestamptz,
    left_by   text,
    CHECK ((state = 'left') = (left_at IS NOT NULL))
);

-- Who somebody is at the company's own sign-in (OpenID Connect): `subject` never changes there, names may.
CREATE TABLE account_links (
    issuer    text NOT NULL,
    subject   text NOT NULL,
    user_id   uuid NOT NULL UNIQUE REFERENCES accounts ON DELETE CASCADE,
    linked_at timestamptz NOT NULL DEFAULT now(),
    seen_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);

-- A link that lets one person make or renew their way in, once. Only the hash of its secret is kept.
CREATE TABLE invitations (
    invitation_hash text PRIMARY KEY,
    user_id         uuid NOT NULL UNIQUE REFERENCES accounts ON DELETE CASCADE,
    purpose         text NOT NULL CHECK (purpose IN ('join', 'recover')),
    made_by         text NOT NULL,
    expires_at      timestamptz NOT NULL
);

-- `credential_id` and `public_key` as WebAuthn gives them; `sign_count` is what the authenticator counted last.
CREATE TABLE passkeys (
    passkey_id    uuid PRIMARY KEY,
    credential_id bytea NOT NULL UNIQUE,
    user_id       uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    public_key    bytea NOT NULL,
    sign_count    bigint NOT NULL,
    transports    text[] NOT NULL DEFAULT '{}',
    name          text NOT NULL,
    made_at       timestamptz NOT NULL DEFAULT now(),
    used_at       timestamptz
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- Codes on paper for who has lost their second factor; each counts once.
CREATE TABLE recovery_codes (
    user_id   uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    code_hash text NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

-- Ways in that were begun: what the next step needs to know, under the hash of a secret that only that browser has. Each is taken once.
CREATE TABLE sign_in_steps (
    step_hash  text PRIMARY KEY,
    kind       text NOT NULL,
    user_id    uuid REFERENCES accounts ON DELETE CASCADE,
    facts      jsonb NOT NULL DEFAULT '{}',
    tries      integer NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
);

-- Browsers in which a person has come in before: what strangers try against their name does not slow these down.
CREATE TABLE known_browsers (
    browser_hash text NOT NULL,
    user_id      uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (user_id, browser_hash)
);

-- Sessions as their owner tells them apart: by which way, in what, and when last. `sid` and `issuer` are those of the company's own sign-in,
-- which ends them from there.
ALTER TABLE sessions ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
ALTER TABLE sessions ADD COLUMN way text NOT NULL DEFAULT 'token';
ALTER TABLE sessions ADD COLUMN device text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE sessions ADD COLUMN issuer text;
ALTER TABLE sessions ADD COLUMN sid text;
-- When somebody last proved who they are; NULL for a token's session, and where nobody says.
ALTER TABLE sessions ADD COLUMN proved_at timestamptz;
CREATE INDEX sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL;
UPDATE sessions SET way = 'key' WHERE user_id IS NULL;

-- What a token may be used for (NULL: all that its person may), and when it last was.
ALTER TABLE access_tokens ADD COLUMN scopes text[];
ALTER TABLE access_tokens ADD COLUMN seen_at timestamptz;

-- Messages from the company's own sign-in that a session is over; each counts once.
CREATE TABLE logout_messages (
    message_id text PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

-- Actions for which a second operator's word is wanted: what is to be done (`action`, `args`: ids and versions, never words of people), who
-- asked, who decided, and how it ended (`told`: the message of one that failed).
CREATE TABLE approvals (
    approval_id uuid PRIMARY KEY,
    action      text NOT NULL,
    target      text NOT NULL,
    args        jsonb NOT NULL,
    state       text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'refused')),
    asked_by    text NOT NULL,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    decided_by  text,
    decided_at  timestamptz,
    told        text NOT NULL DEFAULT '',
    expires_at  timestamptz NOT NULL,
    CHECK (decided_by IS NULL OR decided_by <> asked_by OR state = 'refused')
);
CREATE UNIQUE INDEX approvals_waiting ON approvals (action, target) WHERE state IN ('waiting', 'running');
