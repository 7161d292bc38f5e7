-- Thresholds, alerts and tickets. Only rules' names, ids, numbers and what people wrote to a ticket themselves (redacted) stand here.

-- Every text of the thresholds that was saved here, so that an edit can be read and taken back.
CREATE TABLE threshold_versions (
    version  text PRIMARY KEY,
    text     text NOT NULL,
    actor    text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now()
);

-- Where a rule stands. `hits` counts consecutive evaluations beyond `warn`, `critical_hits` those beyond `critical`, `calm` those clear of it.
CREATE TABLE alert_states (
    rule          text PRIMARY KEY,
    state         text NOT NULL CHECK (state IN ('ok', 'pending', 'warn', 'critical', 'clearing', 'no_data')),
    level         text NOT NULL DEFAULT '' CHECK (level IN ('', 'warn', 'critical')),
    hits          integer NOT NULL DEFAULT 0,
    critical_hits integer NOT NULL DEFAULT 0,
    calm          integer NOT NULL DEFAULT 0,
    blind_since   timestamptz,
    episode_id    uuid,
    evaluated_at  timestamptz NOT NULL,
    silent_until  timestamptz,
    explanation   jsonb NOT NULL DEFAULT '{}'
);

-- From the evaluation that fired to the one that cleared.
CREATE TABLE alert_episodes (
    episode_id uuid PRIMARY KEY,
    rule       text NOT NULL,
    kpi        text NOT NULL,
    segment    text NOT NULL DEFAULT '',
    worst      text NOT NULL CHECK (worst IN ('warn', 'critical')),
    opened_at  timestamptz NOT NULL,
    ended_at   timestamptz,
    outcome    text CHECK (outcome IN ('recovered', 'no_data', 'removed')),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX alert_episodes_one_open ON alert_episodes (rule) WHERE ended_at IS NULL;
CREATE INDEX alert_episodes_opened ON alert_episodes (opened_at DESC);

-- Every change of a state, with the numbers that caused it.
CREATE TABLE alert_history (
    change_id  uuid PRIMARY KEY,
    rule       text NOT NULL,
    episode_id uuid,
    at         timestamptz NOT NULL,
    before     text NOT NULL,
    after      text NOT NULL,
    event      text NOT NULL DEFAULT '',
    value      double precision,
    n          bigint NOT NULL DEFAULT 0,
    facts      jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX alert_history_rule ON alert_history (rule, at DESC);
CREATE INDEX alert_history_at ON alert_history (at DESC, change_id DESC);

-- What Chronos opens and others work on. `gap_id` and ids in `evidence` point at what was said; words are never copied here.
CREATE TABLE tickets (
    ticket_id  uuid PRIMARY KEY,
    number     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    kind       text NOT NULL CHECK (kind IN ('knowledge', 'prompt', 'ranking', 'training', 'operations', 'other')),
    owner      text NOT NULL CHECK (owner IN ('chronos', 'lumina', 'orion', 'aura')),
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'doing', 'waiting', 'done', 'dropped')),
    title      text NOT NULL,
    text       text NOT NULL DEFAULT '',
    opened_by  text NOT NULL,
    rule       text NOT NULL DEFAULT '',
    kpi        text NOT NULL DEFAULT '',
    segment    text NOT NULL DEFAULT '',
    seconds    bigint NOT NULL DEFAULT 0,
    gap_id     uuid REFERENCES knowledge_gaps (gap_id) ON DELETE SET NULL,
    evidence   jsonb NOT NULL DEFAULT '{}',
    gain       jsonb,
    effect     jsonb,
    version    integer NOT NULL DEFAULT 1,
    opened_at  timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    closed_at  timestamptz,
    CHECK ((state IN ('done', 'dropped')) = (closed_at IS NOT NULL))
);
CREATE INDEX tickets_state ON tickets (state, changed_at DESC);
CREATE UNIQUE INDEX tickets_one_per_gap ON tickets (gap_id) WHERE gap_id IS NOT NULL AND closed_at IS NULL;

-- An episode has one ticket at most; a ticket may serve several episodes.
CREATE TABLE ticket_episodes (
    episode_id uuid PRIMARY KEY REFERENCES alert_episodes (episode_id) ON DELETE CASCADE,
    ticket_id  uuid NOT NULL REFERENCES tickets (ticket_id) ON DELETE CASCADE,
    linked_at  timestamptz NOT NULL
);
CREATE INDEX ticket_episodes_ticket ON ticket_episodes (ticket_id);

CREATE TABLE ticket_history (
    change_id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES tickets (ticket_id) ON DELETE CASCADE,
    at        timestamptz NOT NULL,
    actor     text NOT NULL,
    what      text NOT NULL CHECK (what IN ('opened', 'moved', 'handed', 'commented', 'linked', 'recovered', 'measured')),
    facts     jsonb NOT NULL DEFAULT '{}',
    comment   text NOT NULL DEFAULT ''
);
CREATE INDEX ticket_history_ticket ON ticket_history (ticket_id, at, change_id);

-- What is to be said outside, each once: `key` names the change and the channel. `body` is the rule's own words, ids and numbers.
CREATE TABLE notices (
    notice_id  uuid PRIMARY KEY,
    key        text NOT NULL UNIQUE,
    event      text NOT NULL,
    channel    text NOT NULL,
    body       jsonb NOT NULL,
    state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed')),
    error      text,
    created_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX notices_newest ON notices (created_at DESC, notice_id DESC);
