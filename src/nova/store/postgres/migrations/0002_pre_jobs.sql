-- Jobs: the record a person sees is also the queue. `attempts` is the fencing token: it grows with every claim and never falls, so a
-- worker that lost its lease can be told apart from its successor. `tries` counts claims since the start or the last retry by a person.

CREATE TABLE jobs (
    job_id           uuid PRIMARY KEY,
    kind             text NOT NULL,
    state            text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    title            text NOT NULL,
    args             jsonb NOT NULL DEFAULT '{}',
    stage            text NOT NULL DEFAULT '',
    progress         integer NOT NULL DEFAULT 0,
    total            integer NOT NULL DEFAULT 0,
    error            text,
    error_code       text,
    result           jsonb NOT NULL DEFAULT '{}',
    item_id          uuid REFERENCES items (item_id) ON DELETE SET NULL,
    owner            uuid REFERENCES users (user_id) ON DELETE CASCADE,
    schedule         text,
    attempts         integer NOT NULL DEFAULT 0,
    tries            integer NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    worker           text,
    due_at           timestamptz NOT NULL DEFAULT now(),
    lease_until      timestamptz,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at       timestamptz,
    ended_at         timestamptz,
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);
CREATE INDEX jobs_waiting ON jobs (due_at, created_at) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_newest ON jobs (created_at DESC, job_id);
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX jobs_item ON jobs (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX jobs_owner ON jobs (owner) WHERE owner IS NOT NULL;
-- A schedule has one job at a time.
CREATE UNIQUE INDEX jobs_one_per_schedule ON jobs (schedule) WHERE schedule IS NOT NULL AND state IN ('queued', 'running');

CREATE TABLE job_schedules (
    kind    text PRIMARY KEY,
    title   text NOT NULL,
    args    jsonb NOT NULL DEFAULT '{}',
    every   interval NOT NULL CHECK (every > interval '0'),
    next_at timestamptz NOT NULL
);

-- Tells listeners which job changed; heartbeats are silent.
CREATE FUNCTION jobs_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('nova_jobs', NEW.state || ' ' || NEW.job_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER jobs_inserted AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION jobs_notify();
CREATE TRIGGER jobs_changed AFTER UPDATE ON jobs FOR EACH ROW
    WHEN ((OLD.state, OLD.attempts, OLD.stage, OLD.progress, OLD.total, OLD.cancel_requested)
        IS DISTINCT FROM (NEW.state, NEW.attempts, NEW.stage, NEW.progress, NEW.total, NEW.cancel_requested))
    EXECUTE FUNCTION jobs_notify();
