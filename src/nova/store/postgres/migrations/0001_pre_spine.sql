-- The spine: people, items with versions, sections and chunks, the index outbox, answers, events, feedback, keys and audit.
-- Times are timestamptz in UTC. Ids are made by the database or as UUID v7 in code. `owner` NULL means the whole company.

CREATE TABLE users (
    user_id     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    external_id text UNIQUE NOT NULL,
    role        text NOT NULL DEFAULT 'customer',
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- Bearer tokens of people and programs; only the id and its end are kept, so that a token can be withdrawn.
CREATE TABLE access_tokens (
    token_id   uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    label      text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX access_tokens_user ON access_tokens (user_id);

-- Browser sessions: the cookie's secret is stored as its SHA-256 only. `user_id` NULL is the admin.
CREATE TABLE sessions (
    session_hash text PRIMARY KEY,
    role         text NOT NULL,
    user_id      uuid REFERENCES users (user_id) ON DELETE CASCADE,
    token_id     uuid REFERENCES access_tokens (token_id) ON DELETE CASCADE,
    csrf         text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE items (
    item_id    uuid PRIMARY KEY,
    owner      uuid REFERENCES users (user_id) ON DELETE CASCADE,
    kind       text NOT NULL DEFAULT 'document' CHECK (kind IN ('document', 'regulation', 'note')),
    source     text NOT NULL DEFAULT 'upload' CHECK (source IN ('upload', 'crawler', 'api')),
    title      text NOT NULL,
    filename   text NOT NULL DEFAULT '',
    tags       text[] NOT NULL DEFAULT '{}',
    url        text,
    sha256     text NOT NULL,
    version    integer NOT NULL DEFAULT 1,
    status     text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'ready', 'failed')),
    error      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_items_tags ON items USING gin (tags);
CREATE UNIQUE INDEX idx_items_sha ON items (sha256, coalesce(owner, '00000000-0000-0000-0000-000000000000'));
CREATE INDEX items_created ON items (created_at DESC, item_id);
CREATE INDEX items_url ON items (url) WHERE url IS NOT NULL;
CREATE INDEX items_filename ON items (filename);

-- A version of an item: its raw file (docs/raw/<sha256>) and text (docs/processed/<text_sha256>). It is valid from `valid_from` to `valid_to`
-- (NULL: until the next one). `state` is 'queued' until its chunks are stored, then 'ready', or 'failed'.
CREATE TABLE item_versions (
    item_id     uuid NOT NULL REFERENCES items (item_id) ON DELETE CASCADE,
    version     integer NOT NULL,
    sha256      text NOT NULL,
    text_sha256 text,
    media_type  text NOT NULL,
    filename    text NOT NULL DEFAULT '',
    bytes       bigint NOT NULL,
    pages       integer,
    chars       integer,
    state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'ready', 'failed')),
    warnings    text[] NOT NULL DEFAULT '{}',
    valid_from  timestamptz NOT NULL DEFAULT now(),
    valid_to    timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (item_id, version)
);
CREATE INDEX item_versions_sha ON item_versions (sha256);
CREATE INDEX item_versions_text ON item_versions (text_sha256);

-- The parent sections of one version, in reading order.
CREATE TABLE item_sections (
    section_id uuid PRIMARY KEY,
    item_id    uuid NOT NULL,
    version    integer NOT NULL,
    ordinal    integer NOT NULL,
    label      text NOT NULL DEFAULT '',
    norm       text,
    title      text NOT NULL DEFAULT '',
    path       text[] NOT NULL,
    char_from  integer NOT NULL,
    char_to    integer NOT NULL,
    text       text NOT NULL,
    FOREIGN KEY (item_id, version) REFERENCES item_versions (item_id, version) ON DELETE CASCADE,
    UNIQUE (item_id, version, ordinal)
);
CREATE INDEX item_sections_norm ON item_sections (norm) WHERE norm IS NOT NULL;

-- A passage: identity and text. It stays one row while its words stand unchanged in the following versions.
CREATE TABLE item_chunks (
    chunk_id   uuid PRIMARY KEY,
    item_id    uuid NOT NULL REFERENCES items (item_id) ON DELETE CASCADE,
    chunk_idx  integer NOT NULL,
    text       text NOT NULL,
    digest     text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz,
    metadata   jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_chunks_item ON item_chunks (item_id);

-- Where a passage stands in a version: section, offsets and pages.
CREATE TABLE chunk_places (
    chunk_id   uuid NOT NULL REFERENCES item_chunks (chunk_id) ON DELETE CASCADE,
    item_id    uuid NOT NULL,
    version    integer NOT NULL,
    chunk_idx  integer NOT NULL,
    section_id uuid NOT NULL REFERENCES item_sections (section_id) ON DELETE CASCADE,
    char_from  integer NOT NULL,
    char_to    integer NOT NULL,
    page_from  integer,
    page_to    integer,
    PRIMARY KEY (chunk_id, version),
    FOREIGN KEY (item_id, version) REFERENCES item_versions (item_id, version) ON DELETE CASCADE
);
CREATE INDEX chunk_places_version ON chunk_places (item_id, version, chunk_idx);
CREATE INDEX chunk_places_section ON chunk_places (section_id);

-- The names a law or document answers to ("enwg", "energiewirtschaftsgesetz" -> the norm's law key).
CREATE TABLE law_aliases (
    alias   text NOT NULL,
    law     text NOT NULL,
    item_id uuid NOT NULL REFERENCES items (item_id) ON DELETE CASCADE,
    PRIMARY KEY (alias, item_id)
);
CREATE INDEX law_aliases_item ON law_aliases (item_id);

-- The analyser that made the lexical vectors: compound splitter, mean lengths, weights. Exactly one is live.
CREATE TABLE analysers (
    version    text PRIMARY KEY,
    artefact   jsonb NOT NULL,
    live       boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX analysers_one_live ON analysers (live) WHERE live;

-- What the index has still to learn, in order. Only the index's owner applies it. `lexical` packs u32 ids and f32 weights.
CREATE TABLE index_outbox (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    op       text NOT NULL CHECK (op IN ('upsert', 'delete', 'delete_item')),
    item_id  uuid NOT NULL,
    chunk_id uuid,
    analyser text,
    lexical  bytea
);

-- Every answer as it was given: redacted question, evidence, scores and timings.
CREATE TABLE answers (
    answer_id      uuid PRIMARY KEY,
    ts             timestamptz NOT NULL DEFAULT now(),
    user_id        uuid REFERENCES users (user_id) ON DELETE SET NULL,
    question       text NOT NULL,
    answer         text NOT NULL,
    status         text NOT NULL CHECK (status IN ('answered', 'partial', 'refused', 'failed')),
    model          text NOT NULL DEFAULT '',
    prompt_version text NOT NULL DEFAULT '',
    analyser       text NOT NULL DEFAULT '',
    as_of          timestamptz,
    passages       jsonb NOT NULL DEFAULT '[]',
    citations      jsonb NOT NULL DEFAULT '[]',
    timings_ms     jsonb NOT NULL DEFAULT '{}',
    trace_id       uuid
);
CREATE INDEX answers_ts ON answers (ts DESC);
CREATE INDEX answers_user_ts ON answers (user_id, ts DESC);

CREATE TABLE events (
    event_id uuid NOT NULL,
    user_id  uuid REFERENCES users (user_id) ON DELETE CASCADE,
    ts       timestamptz NOT NULL,
    type     text NOT NULL CHECK (type IN ('view', 'click', 'like', 'solve', 'ask', 'feedback')),
    item_id  uuid REFERENCES items (item_id) ON DELETE SET NULL,
    chunk_id uuid REFERENCES item_chunks (chunk_id) ON DELETE SET NULL,
    dwell_ms integer,
    meta     jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (event_id, ts)
) PARTITION BY RANGE (ts);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX idx_events_user_ts ON events (user_id, ts DESC);
CREATE INDEX events_ts ON events (ts);

-- Exactly-once intake: keys of partitioned tables contain ts, so the id is claimed here first.
CREATE TABLE event_inbox (
    event_id    uuid PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rag_feedback (
    feedback_id uuid PRIMARY KEY,
    ts          timestamptz NOT NULL DEFAULT now(),
    user_id     uuid REFERENCES users (user_id) ON DELETE CASCADE,
    answer_id   uuid REFERENCES answers (answer_id) ON DELETE SET NULL,
    question    text NOT NULL,
    answer      text NOT NULL,
    useful      boolean NOT NULL,
    reason      text CHECK (reason IN ('falsch', 'unvollstaendig', 'quelle', 'ton')),
    notes       text,
    chunks_used uuid[] NOT NULL DEFAULT '{}',
    dwell_ms    integer
);
CREATE INDEX rag_feedback_ts ON rag_feedback (ts DESC);

-- What a judgement says of an item; kept when the item goes.
CREATE TABLE labels (
    label_id uuid PRIMARY KEY,
    user_id  uuid REFERENCES users (user_id) ON DELETE CASCADE,
    item_id  uuid REFERENCES items (item_id) ON DELETE SET NULL,
    ts       timestamptz NOT NULL DEFAULT now(),
    reward   double precision NOT NULL,
    reason   text
);
CREATE INDEX labels_item ON labels (item_id, ts DESC);

-- Who did what to which thing: ids and tokens, never text. Append-only.
CREATE TABLE audit_log (
    seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ts     timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor  text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    facts  jsonb NOT NULL DEFAULT '{}'
);
CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is append-only';
END
$$;
CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();

-- Small facts about this installation ("sample documents loaded").
CREATE TABLE installation (
    key   text PRIMARY KEY,
    value jsonb NOT NULL,
    at    timestamptz NOT NULL DEFAULT now()
);

CREATE MATERIALIZED VIEW mv_events_daily AS
    SELECT date_trunc('day', ts AT TIME ZONE 'Europe/Berlin') AS day, type, count(*) AS cnt
    FROM events GROUP BY 1, 2;
CREATE UNIQUE INDEX mv_events_daily_key ON mv_events_daily (day, type);
