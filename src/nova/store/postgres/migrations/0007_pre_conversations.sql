-- Conversations, of Luna and from outside, pseudonymised before they come here.

-- `source` is where it was held ("nova", "sophia", ...), `session_key` its HMAC there. `purposes` is what the person agreed to when it came in.
-- `digest` and `passages_digest` tell whether its passages are up to date (`item_id` holds them).
CREATE TABLE conversations (
    conversation_id uuid PRIMARY KEY,
    source          text NOT NULL,
    session_key     text NOT NULL,
    subject_id      uuid REFERENCES subjects (subject_id) ON DELETE CASCADE,
    channel         text NOT NULL DEFAULT '',
    purposes        text[] NOT NULL DEFAULT '{}',
    started_at      timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    ended_at        timestamptz,
    turns           integer NOT NULL DEFAULT 0,
    digest          text NOT NULL DEFAULT '',
    item_id         uuid REFERENCES items (item_id) ON DELETE SET NULL,
    passages_digest text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (source, session_key)
);
CREATE INDEX conversations_last ON conversations (last_at DESC, conversation_id);
CREATE INDEX conversations_subject ON conversations (subject_id, last_at DESC);

-- What was said, in order of `seq` however it arrived. `answer_id` where Luna answered; `meta` holds what the sender measured (never text).
-- `digest` is an HMAC of what was sent, by which the same is known again; its key is not in the database.
CREATE TABLE turns (
    conversation_id uuid NOT NULL REFERENCES conversations (conversation_id) ON DELETE CASCADE,
    seq             integer NOT NULL CHECK (seq >= 0),
    role            text NOT NULL CHECK (role IN ('user', 'assistant', 'agent')),
    ts              timestamptz NOT NULL,
    text            text NOT NULL,
    answer_id       uuid REFERENCES answers (answer_id) ON DELETE SET NULL,
    meta            jsonb NOT NULL DEFAULT '{}',
    digest          bytea NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX turns_ts ON turns (ts DESC);
CREATE INDEX turns_answer ON turns (answer_id) WHERE answer_id IS NOT NULL;

-- Exactly-once intake of deliveries: a nonce is taken once. `digest` is an HMAC of the body, `result` the counts that were answered.
CREATE TABLE session_inbox (
    nonce       text PRIMARY KEY,
    digest      bytea NOT NULL,
    result      jsonb NOT NULL DEFAULT '{}',
    received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_inbox_received ON session_inbox (received_at);

-- What was not stored, and why, by day: no consent, withdrawn, not checkable, a wrong signature. Numbers only.
CREATE TABLE intake_refusals (
    day    date NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    n      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (day, source, reason)
);

-- Of Luna's own answers: whose pseudonym, in which conversation, what their words may be used for, how well retrieval did, what was learned then.
ALTER TABLE answers ADD COLUMN conversation_id uuid;
ALTER TABLE answers ADD COLUMN subject_id uuid REFERENCES subjects (subject_id) ON DELETE SET NULL;
ALTER TABLE answers ADD COLUMN purposes text[] NOT NULL DEFAULT '{}';
ALTER TABLE answers ADD COLUMN retrieval jsonb NOT NULL DEFAULT '{}';
ALTER TABLE answers ADD COLUMN learned text NOT NULL DEFAULT '';
CREATE INDEX answers_subject ON answers (subject_id, ts DESC) WHERE subject_id IS NOT NULL;
CREATE INDEX answers_conversation ON answers (conversation_id) WHERE conversation_id IS NOT NULL;
