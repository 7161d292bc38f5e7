-- People by pseudonym: what they agreed to, their keys, the vault, and who was erased. No table here holds a name.

CREATE TABLE subjects (
    subject_id uuid PRIMARY KEY,
    user_id    uuid UNIQUE REFERENCES users (user_id) ON DELETE SET NULL,
    lookup     bytea UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A person's own key, wrapped by the installation's, which is never in the database. Without this row nobody can open their vault.
CREATE TABLE subject_keys (
    subject_id uuid PRIMARY KEY REFERENCES subjects (subject_id) ON DELETE CASCADE,
    wrapped    bytea NOT NULL,
    wrapped_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What a token in a text stands for, sealed under the person's key. `known`: a field of a session said so, and it is looked for in later texts.
CREATE TABLE vault (
    subject_id uuid NOT NULL REFERENCES subjects (subject_id) ON DELETE CASCADE,
    token      text NOT NULL,
    kind       text NOT NULL,
    period     text NOT NULL,
    sealed     bytea NOT NULL,
    known      boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject_id, token)
);

-- The texts that people agreed to, word for word.
CREATE TABLE consent_texts (
    version    text PRIMARY KEY,
    sha256     text NOT NULL UNIQUE,
    text       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Every consent and withdrawal as it was said; the latest `at` of a purpose holds, at one moment the withdrawal. Append-only but for an
-- erasure; the same said again is one row.
CREATE TABLE consents (
    consent_id  uuid PRIMARY KEY,
    subject_id  uuid NOT NULL REFERENCES subjects (subject_id) ON DELETE CASCADE,
    purpose     text NOT NULL CHECK (purpose IN ('service', 'analytics', 'training')),
    given       boolean NOT NULL,
    version     text NOT NULL,
    text_sha256 text NOT NULL,
    source      text NOT NULL,
    at          timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (subject_id, purpose, at, given, version, source)
);
CREATE INDEX consents_latest ON consents (subject_id, purpose, at DESC, given);
CREATE INDEX consents_log ON consents (recorded_at DESC, consent_id);

-- The ledger of erasures: tokens and counts only. It outlives every restore: a copy lies beside the snapshots.
CREATE TABLE erasures (
    erasure_id uuid PRIMARY KEY,
    subject_id uuid NOT NULL,
    user_id    uuid,
    lookup     bytea,
    asked_at   timestamptz NOT NULL,
    done_at    timestamptz,
    receipt    jsonb NOT NULL DEFAULT '{}'
);
