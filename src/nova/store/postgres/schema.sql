-- The schema after all migrations, printed by `nova.store.postgres.schema`; a record to compare with, applied by nothing.

CREATE FUNCTION public.answer_is_private(which uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM data_facts f WHERE f.answer_id = which)
        OR EXISTS (SELECT FROM answers a CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
                   WHERE a.answer_id = which
                     AND NOT EXISTS (SELECT FROM items i WHERE i.item_id = (c ->> 'item_id')::uuid AND i.owner IS NULL))
$$;

CREATE FUNCTION public.answers_take_others_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE rag_feedback SET question = '', answer = '', notes = NULL
    WHERE answer_id = OLD.answer_id AND user_id IS DISTINCT FROM OLD.user_id AND (question <> '' OR answer <> '' OR notes IS NOT NULL);
    RETURN OLD;
END
$$;

CREATE FUNCTION public.asked_id(conversation_id uuid, seq integer) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (md5((((conversation_id)::text || '/'::text) || (seq)::text)))::uuid;

CREATE FUNCTION public.audit_entry_is_numbered() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    number bigint;
BEGIN
    UPDATE audit_counter SET last = last + 1 RETURNING last INTO STRICT number;
    INSERT INTO audit_log (seq, ts, actor, action, target, facts) VALUES (number, NEW.ts, NEW.actor, NEW.action, NEW.target, NEW.facts);
    DELETE FROM audit_incoming WHERE entry_id = NEW.entry_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.audit_log_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'audit_log is append-only';
END
$$;

CREATE FUNCTION public.audit_seals_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'audit_seals is append-only';
END
$$;

CREATE FUNCTION public.conversations_take_their_passages() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', OLD.item_id);
    DELETE FROM items WHERE item_id = OLD.item_id AND kind = 'conversation';
    RETURN NULL;
END
$$;

CREATE FUNCTION public.curated_take_their_document() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    document items%ROWTYPE;
BEGIN
    SELECT * INTO document FROM items WHERE item_id = OLD.item_id FOR UPDATE;
    IF FOUND THEN
        DELETE FROM jobs WHERE kind <> 'erase' AND (item_id = document.item_id OR title IN (document.title, document.filename, 'Entfernen: ' || document.title));
        INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', document.item_id);
        DELETE FROM items WHERE item_id = document.item_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.jobs_notify() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    PERFORM pg_notify('nova_jobs', NEW.state || ' ' || NEW.job_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION public.meter_spans(meter text, everyone boolean, staff boolean, who uuid) RETURNS TABLE(starts timestamp with time zone, ends timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
    SELECT '-infinity'::timestamptz, 'infinity'::timestamptz WHERE everyone
    UNION ALL
    SELECT a.starts, a.ends FROM meter_assignments a WHERE NOT everyone AND a.meter_id = meter AND a.customer = who
    UNION ALL
    SELECT free.starts, free.ends FROM (
        SELECT coalesce(lag(a.ends) OVER (ORDER BY a.starts), '-infinity') AS starts, a.starts AS ends FROM meter_assignments a
        WHERE a.meter_id = meter
        UNION ALL
        SELECT coalesce(max(a.ends), '-infinity'), 'infinity' FROM meter_assignments a WHERE a.meter_id = meter
    ) free
    WHERE NOT everyone AND free.starts < free.ends AND (staff OR EXISTS (SELECT FROM meters m WHERE m.meter_id = meter AND m.shared))
      AND NOT EXISTS (SELECT FROM meter_assignments c WHERE c.meter_id = meter AND c.starts <= now() AND c.ends > now())
$$;

CREATE FUNCTION public.meters_take_along() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM smart_meter_readings WHERE meter_id = OLD.meter_id;
    DELETE FROM reading_versions WHERE meter_id = OLD.meter_id;
    DELETE FROM reading_rollups WHERE meter_id = OLD.meter_id;
    DELETE FROM reading_changes WHERE meter_id = OLD.meter_id;
    DELETE FROM forecasts WHERE target = 'meter/' || OLD.meter_id;
    DELETE FROM forecast_scores WHERE target = 'meter/' || OLD.meter_id;
    DELETE FROM forecast_models WHERE target = 'meter/' || OLD.meter_id;
    DELETE FROM schedules WHERE meter_id = OLD.meter_id;
    DELETE FROM recommendations WHERE subject = OLD.meter_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.release_steps_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'release_steps is append-only';
END
$$;

CREATE FUNCTION public.seed_run_is_for(run uuid, wanted text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT wanted = '' OR coalesce((
        SELECT coalesce(v.manifest ->> 'purpose', '') = wanted FROM seed_runs r
        JOIN seed_versions v ON v.run_id = r.run_id OR v.dataset = r.pipeline AND v.created_at <= coalesce(r.ended_at, now())
        WHERE r.run_id = run ORDER BY v.run_id = r.run_id DESC, v.created_at DESC, v.version_id DESC LIMIT 1), false)
$$;

CREATE FUNCTION public.train_sets_are_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'a version of an evaluation set never changes';
END
$$;

CREATE TABLE public.access_tokens (
    token_id uuid NOT NULL,
    user_id uuid NOT NULL,
    label text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    scopes text[],
    seen_at timestamp with time zone
);

CREATE TABLE public.account_links (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.accounts (
    user_id uuid NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'invited'::text NOT NULL,
    password text,
    totp bytea,
    totp_step bigint DEFAULT 0 NOT NULL,
    told bigint DEFAULT 0 NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    left_at timestamp with time zone,
    left_by text,
    CONSTRAINT accounts_check CHECK (((state = 'left'::text) = (left_at IS NOT NULL))),
    CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['invited'::text, 'active'::text, 'left'::text])))
);

CREATE TABLE public.alert_episodes (
    episode_id uuid NOT NULL,
    rule text NOT NULL,
    kpi text NOT NULL,
    segment text DEFAULT ''::text NOT NULL,
    worst text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome text,
    CONSTRAINT alert_episodes_check CHECK (((ended_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT alert_episodes_outcome_check CHECK ((outcome = ANY (ARRAY['recovered'::text, 'no_data'::text, 'removed'::text]))),
    CONSTRAINT alert_episodes_worst_check CHECK ((worst = ANY (ARRAY['warn'::text, 'critical'::text])))
);

CREATE TABLE public.alert_history (
    change_id uuid NOT NULL,
    rule text NOT NULL,
    episode_id uuid,
    at timestamp with time zone NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    event text DEFAULT ''::text NOT NULL,
    value double precision,
    n bigint DEFAULT 0 NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.alert_states (
    rule text NOT NULL,
    state text NOT NULL,
    level text DEFAULT ''::text NOT NULL,
    hits integer DEFAULT 0 NOT NULL,
    critical_hits integer DEFAULT 0 NOT NULL,
    calm integer DEFAULT 0 NOT NULL,
    blind_since timestamp with time zone,
    episode_id uuid,
    evaluated_at timestamp with time zone NOT NULL,
    silent_until timestamp with time zone,
    explanation jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT alert_states_level_check CHECK ((level = ANY (ARRAY[''::text, 'warn'::text, 'critical'::text]))),
    CONSTRAINT alert_states_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'pending'::text, 'warn'::text, 'critical'::text, 'clearing'::text, 'no_data'::text])))
);

CREATE TABLE public.analysers (
    version text NOT NULL,
    artefact jsonb NOT NULL,
    live boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.answers (
    answer_id uuid NOT NULL,
    ts timestamp with time zone DEFAULT now() NOT NULL,
    user_id uuid,
    question text NOT NULL,
    answer text NOT NULL,
    status text NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    prompt_version text DEFAULT ''::text NOT NULL,
    analyser text DEFAULT ''::text NOT NULL,
    as_of timestamp with time zone,
    passages jsonb DEFAULT '[]'::jsonb NOT NULL,
    citations jsonb DEFAULT '[]'::jsonb NOT NULL,
    timings_ms jsonb DEFAULT '{}'::jsonb NOT NULL,
    trace_id uuid,
    conversation_id uuid,
    subject_id uuid,
    purposes text[] DEFAULT '{}'::text[] NOT NULL,
    retrieval jsonb DEFAULT '{}'::jsonb NOT NULL,
    learned text DEFAULT ''::text NOT NULL,
    CONSTRAINT answers_status_check CHECK ((status = ANY (ARRAY['answered'::text, 'partial'::text, 'refused'::text, 'failed'::text])))
);

CREATE TABLE public.approvals (
    approval_id uuid NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    args jsonb NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_by text,
    decided_at timestamp with time zone,
    told text DEFAULT ''::text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT approvals_check CHECK (((decided_by IS NULL) OR (decided_by <> asked_by) OR (state = 'refused'::text))),
    CONSTRAINT approvals_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'refused'::text])))
);

CREATE TABLE public.audit_counter (
    one boolean DEFAULT true NOT NULL,
    last bigint NOT NULL,
    CONSTRAINT audit_counter_last_check CHECK ((last >= 0)),
    CONSTRAINT audit_counter_one_check CHECK (one)
)
WITH (fillfactor='10');

CREATE TABLE public.audit_incoming (
    entry_id bigint NOT NULL,
    ts timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE public.audit_incoming ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_incoming_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_log (
    seq bigint NOT NULL,
    ts timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.audit_seals (
    seal_id bigint NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    leaves bytea NOT NULL,
    previous bytea NOT NULL,
    head bytea NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT audit_seals_check CHECK ((last_seq >= first_seq)),
    CONSTRAINT audit_seals_seal_id_check CHECK ((seal_id > 0))
);

CREATE TABLE public.chunk_embeddings (
    chunk_id uuid NOT NULL,
    model text NOT NULL,
    vector bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.chunk_embeddings ALTER COLUMN vector SET STORAGE EXTERNAL;

CREATE TABLE public.chunk_places (
    chunk_id uuid NOT NULL,
    item_id uuid NOT NULL,
    version integer NOT NULL,
    chunk_idx integer NOT NULL,
    section_id uuid NOT NULL,
    char_from integer NOT NULL,
    char_to integer NOT NULL,
    page_from integer,
    page_to integer
);

CREATE TABLE public.consent_texts (
    version text NOT NULL,
    sha256 text NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.consents (
    consent_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    purpose text NOT NULL,
    given boolean NOT NULL,
    version text NOT NULL,
    text_sha256 text NOT NULL,
    source text NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT consents_purpose_check CHECK ((purpose = ANY (ARRAY['service'::text, 'analytics'::text, 'training'::text, 'profiling'::text])))
);

CREATE TABLE public.conversations (
    conversation_id uuid NOT NULL,
    source text NOT NULL,
    session_key text NOT NULL,
    subject_id uuid,
    channel text DEFAULT ''::text NOT NULL,
    purposes text[] DEFAULT '{}'::text[] NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    turns integer DEFAULT 0 NOT NULL,
    digest text DEFAULT ''::text NOT NULL,
    item_id uuid,
    passages_digest text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.curated_answers (
    curated_id uuid NOT NULL,
    review_id uuid NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    approver text NOT NULL,
    training boolean NOT NULL,
    publish boolean DEFAULT false NOT NULL,
    item_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.data_facts (
    fact_id uuid NOT NULL,
    answer_id uuid,
    owner uuid,
    tool text NOT NULL,
    label text NOT NULL,
    query jsonb NOT NULL,
    rows integer NOT NULL,
    value double precision,
    unit text NOT NULL,
    chart jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    stale_at timestamp with time zone,
    renewed jsonb
);

CREATE TABLE public.turns (
    conversation_id uuid NOT NULL,
    seq integer NOT NULL,
    role text NOT NULL,
    ts timestamp with time zone NOT NULL,
    text text NOT NULL,
    answer_id uuid,
    meta jsonb DEFAULT '{}'::jsonb NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT turns_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text, 'agent'::text]))),
    CONSTRAINT turns_seq_check CHECK ((seq >= 0))
);

CREATE VIEW public.delivered_answers AS
 SELECT t.conversation_id,
    t.seq,
    t.ts,
    c.source,
    c.channel,
    c.subject_id,
    c.purposes,
    ((t.meta ->> 'useful'::text))::boolean AS useful,
    ((t.meta ->> 'refused'::text))::boolean AS refused,
    ((t.meta ->> 'latency_ms'::text))::double precision AS latency_ms,
    ((t.meta ->> 'dwell_ms'::text))::double precision AS dwell_ms,
    ((t.meta ->> 'cost_eur'::text))::double precision AS cost_eur,
    ( SELECT max(q.seq) AS max
           FROM public.turns q
          WHERE ((q.conversation_id = t.conversation_id) AND (q.role = 'user'::text) AND (q.seq < t.seq))) AS asked_seq
   FROM (public.turns t
     JOIN public.conversations c ON ((c.conversation_id = t.conversation_id)))
  WHERE ((t.role = 'assistant'::text) AND (c.source <> 'nova'::text));

CREATE TABLE public.reviews (
    review_id uuid NOT NULL,
    answer_id uuid NOT NULL,
    reasons text[] NOT NULL,
    priority double precision NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    rating integer,
    note text,
    skipped text[] DEFAULT '{}'::text[] NOT NULL,
    claimed_by text,
    claimed_until timestamp with time zone,
    decided_by text,
    decided_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reviews_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT reviews_rating_check CHECK (((rating >= 1) AND (rating <= 5))),
    CONSTRAINT reviews_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text, 'changed'::text])))
);

CREATE TABLE public.second_opinions (
    review_id uuid NOT NULL,
    first_state text NOT NULL,
    first_by text NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state text,
    second_by text,
    note text,
    given_at timestamp with time zone,
    settled_for text,
    settled_by text,
    settled_at timestamp with time zone,
    CONSTRAINT second_opinions_check CHECK ((((state IS NULL) = (given_at IS NULL)) AND ((state IS NULL) = (second_by IS NULL)))),
    CONSTRAINT second_opinions_check1 CHECK ((((settled_for IS NULL) = (settled_at IS NULL)) AND ((settled_for IS NULL) = (settled_by IS NULL)))),
    CONSTRAINT second_opinions_first_state_check CHECK ((first_state = ANY (ARRAY['accepted'::text, 'rejected'::text, 'changed'::text]))),
    CONSTRAINT second_opinions_settled_for_check CHECK ((settled_for = ANY (ARRAY['first'::text, 'second'::text]))),
    CONSTRAINT second_opinions_state_check CHECK ((state = ANY (ARRAY['accepted'::text, 'rejected'::text, 'changed'::text])))
);

CREATE VIEW public.disputed_reviews AS
 SELECT s.review_id
   FROM (public.second_opinions s
     JOIN public.reviews r USING (review_id))
  WHERE ((s.state IS NOT NULL) AND (s.settled_at IS NULL) AND ((r.state <> 'open'::text) AND (r.state <> s.state)));

CREATE TABLE public.editor_agreement (
    until timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL,
    pairs integer NOT NULL,
    agreement double precision,
    kappa double precision,
    low double precision,
    high double precision,
    passed boolean
);

CREATE TABLE public.embedding_models (
    model text NOT NULL,
    dimension integer NOT NULL,
    state text DEFAULT 'filling'::text NOT NULL,
    weight double precision DEFAULT 0 NOT NULL,
    measured jsonb DEFAULT '{}'::jsonb NOT NULL,
    measured_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT embedding_models_dimension_check CHECK (((dimension >= 1) AND (dimension <= 65536))),
    CONSTRAINT embedding_models_state_check CHECK ((state = ANY (ARRAY['filling'::text, 'loading'::text, 'live'::text]))),
    CONSTRAINT embedding_models_weight_check CHECK ((weight >= (0)::double precision))
);

CREATE TABLE public.engine_deliveries (
    delivery_id uuid NOT NULL,
    engine text NOT NULL,
    dataset text NOT NULL,
    version text NOT NULL,
    state text NOT NULL,
    rows bigint NOT NULL,
    before double precision,
    after double precision,
    low double precision,
    high double precision,
    seconds double precision NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    delivered_by text NOT NULL,
    delivered_at timestamp with time zone NOT NULL,
    CONSTRAINT engine_deliveries_rows_check CHECK ((rows >= 0)),
    CONSTRAINT engine_deliveries_seconds_check CHECK ((seconds >= (0)::double precision)),
    CONSTRAINT engine_deliveries_state_check CHECK ((state = ANY (ARRAY['live'::text, 'unchanged'::text, 'taken_back'::text, 'refused'::text, 'skipped'::text, 'unreachable'::text])))
);

CREATE TABLE public.engine_hours (
    engine text NOT NULL,
    hour timestamp with time zone NOT NULL,
    reached integer DEFAULT 0 NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    seconds double precision DEFAULT 0 NOT NULL,
    CONSTRAINT engine_hours_missed_check CHECK ((missed >= 0)),
    CONSTRAINT engine_hours_reached_check CHECK ((reached >= 0)),
    CONSTRAINT engine_hours_seconds_check CHECK ((seconds >= (0)::double precision))
);

CREATE TABLE public.engine_recalls (
    engine text NOT NULL,
    key text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone
);

CREATE TABLE public.engine_states (
    engine text NOT NULL,
    name text NOT NULL,
    version_id bigint NOT NULL,
    digest text NOT NULL,
    state_sha256 text NOT NULL,
    state_bytes bigint NOT NULL,
    anchor_sha256 text NOT NULL,
    anchor_bytes bigint NOT NULL,
    rows bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT engine_states_anchor_bytes_check CHECK ((anchor_bytes >= 0)),
    CONSTRAINT engine_states_anchor_sha256_check CHECK ((anchor_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT engine_states_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT engine_states_rows_check CHECK ((rows >= 0)),
    CONSTRAINT engine_states_state_bytes_check CHECK ((state_bytes >= 0)),
    CONSTRAINT engine_states_state_sha256_check CHECK ((state_sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.erasures (
    erasure_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    user_id uuid,
    lookup bytea,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    receipt jsonb DEFAULT '{}'::jsonb NOT NULL
);

CREATE TABLE public.event_inbox (
    event_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.events (
    event_id uuid NOT NULL,
    user_id uuid,
    ts timestamp with time zone NOT NULL,
    type text NOT NULL,
    item_id uuid,
    chunk_id uuid,
    dwell_ms integer,
    meta jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT events_type_check CHECK ((type = ANY (ARRAY['view'::text, 'click'::text, 'like'::text, 'solve'::text, 'ask'::text, 'feedback'::text])))
)
PARTITION BY RANGE (ts);

CREATE TABLE public.events_default (
    event_id uuid CONSTRAINT events_event_id_not_null NOT NULL,
    user_id uuid,
    ts timestamp with time zone CONSTRAINT events_ts_not_null NOT NULL,
    type text CONSTRAINT events_type_not_null NOT NULL,
    item_id uuid,
    chunk_id uuid,
    dwell_ms integer,
    meta jsonb DEFAULT '{}'::jsonb CONSTRAINT events_meta_not_null NOT NULL,
    CONSTRAINT events_type_check CHECK ((type = ANY (ARRAY['view'::text, 'click'::text, 'like'::text, 'solve'::text, 'ask'::text, 'feedback'::text])))
);

CREATE TABLE public.feeds (
    name text NOT NULL,
    kind text NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    cursor jsonb DEFAULT '{}'::jsonb NOT NULL,
    rows bigint DEFAULT 0 NOT NULL,
    last_at timestamp with time zone,
    last_error text,
    error_at timestamp with time zone,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.forecast_models (
    model_id uuid NOT NULL,
    target text NOT NULL,
    state text NOT NULL,
    features text[] NOT NULL,
    trained_to timestamp with time zone NOT NULL,
    scores jsonb NOT NULL,
    object_key text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    stale_at timestamp with time zone,
    CONSTRAINT forecast_models_state_check CHECK ((state = ANY (ARRAY['live'::text, 'rejected'::text, 'retired'::text])))
);

CREATE TABLE public.forecast_scores (
    target text NOT NULL,
    day date NOT NULL,
    origin text NOT NULL,
    n integer NOT NULL,
    mae double precision NOT NULL,
    naive double precision,
    seasonal double precision,
    bias double precision NOT NULL,
    level double precision NOT NULL,
    inside double precision NOT NULL,
    CONSTRAINT forecast_scores_origin_check CHECK ((origin = ANY (ARRAY['backtest'::text, 'served'::text])))
);

CREATE TABLE public.forecasts (
    target text NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    ts timestamp with time zone NOT NULL,
    seconds integer NOT NULL,
    low double precision NOT NULL,
    middle double precision NOT NULL,
    high double precision NOT NULL,
    mean double precision NOT NULL,
    naive double precision,
    seasonal double precision,
    model_id uuid,
    stale_at timestamp with time zone
);

CREATE TABLE public.gap_answers (
    gap_id uuid NOT NULL,
    answer_id uuid NOT NULL,
    weakness double precision NOT NULL
);

CREATE TABLE public.gap_turns (
    gap_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq integer NOT NULL,
    weakness double precision NOT NULL
);

CREATE VIEW public.gap_asked AS
 SELECT g.gap_id,
    g.answer_id,
    g.weakness,
    a.ts,
    a.question,
    a.status,
    a.subject_id,
    COALESCE(a.subject_id, a.user_id) AS who
   FROM (public.gap_answers g
     JOIN public.answers a ON ((a.answer_id = g.answer_id)))
UNION ALL
 SELECT g.gap_id,
    public.asked_id(g.conversation_id, g.seq) AS answer_id,
    g.weakness,
    t.ts,
    t.text AS question,
    'refused'::text AS status,
    c.subject_id,
    c.subject_id AS who
   FROM ((public.gap_turns g
     JOIN public.turns t ON (((t.conversation_id = g.conversation_id) AND (t.seq = g.seq))))
     JOIN public.conversations c ON ((c.conversation_id = g.conversation_id)));

CREATE TABLE public.gap_step_questions (
    step_id uuid NOT NULL,
    asked_id uuid NOT NULL,
    answer_id uuid,
    conversation_id uuid,
    seq integer,
    before text NOT NULL,
    after text,
    place jsonb,
    CONSTRAINT gap_step_questions_after_check CHECK ((after = ANY (ARRAY['answered'::text, 'refused'::text, 'asked_back'::text, 'weak'::text]))),
    CONSTRAINT gap_step_questions_before_check CHECK ((before = ANY (ARRAY['refused'::text, 'asked_back'::text, 'weak'::text]))),
    CONSTRAINT gap_step_questions_check CHECK (((answer_id IS NULL) = ((conversation_id IS NOT NULL) AND (seq IS NOT NULL))))
);

CREATE TABLE public.gap_steps (
    step_id uuid NOT NULL,
    gap_id uuid,
    answer_id uuid,
    what text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    item_id uuid,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    measured_at timestamp with time zone,
    undone_by text,
    undone_at timestamp with time zone,
    CONSTRAINT gap_steps_check CHECK (((gap_id IS NULL) OR (answer_id IS NULL))),
    CONSTRAINT gap_steps_check1 CHECK (((undone_by IS NULL) = (undone_at IS NULL))),
    CONSTRAINT gap_steps_what_check CHECK ((what = ANY (ARRAY['document'::text, 'words'::text, 'answer'::text, 'outside'::text, 'place'::text])))
);

CREATE TABLE public.handover_answers (
    handover_id uuid NOT NULL,
    answer_id uuid NOT NULL,
    place integer NOT NULL
);

CREATE TABLE public.handovers (
    handover_id uuid NOT NULL,
    from_user uuid NOT NULL,
    to_user uuid,
    to_service boolean NOT NULL,
    kind text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    received_on date NOT NULL,
    due_on date,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    taken_by uuid,
    taken_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT handovers_check CHECK ((NOT (to_service AND (to_user IS NOT NULL)))),
    CONSTRAINT handovers_check1 CHECK (((kind = 'complaint'::text) = (due_on IS NOT NULL))),
    CONSTRAINT handovers_kind_check CHECK ((kind = ANY (ARRAY['question'::text, 'complaint'::text]))),
    CONSTRAINT handovers_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'done'::text, 'withdrawn'::text, 'returned'::text])))
);

CREATE TABLE public.index_outbox (
    seq bigint NOT NULL,
    op text NOT NULL,
    item_id uuid NOT NULL,
    chunk_id uuid,
    analyser text,
    lexical bytea,
    CONSTRAINT index_outbox_op_check CHECK ((op = ANY (ARRAY['upsert'::text, 'delete'::text, 'delete_item'::text])))
);

ALTER TABLE public.index_outbox ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.index_outbox_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.installation (
    key text NOT NULL,
    value jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.intake_refusals (
    day date NOT NULL,
    source text NOT NULL,
    reason text NOT NULL,
    n bigint DEFAULT 0 NOT NULL
);

CREATE TABLE public.invitations (
    invitation_hash text NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    made_by text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT invitations_purpose_check CHECK ((purpose = ANY (ARRAY['join'::text, 'recover'::text])))
);

CREATE TABLE public.item_chunks (
    chunk_id uuid NOT NULL,
    item_id uuid NOT NULL,
    chunk_idx integer NOT NULL,
    text text NOT NULL,
    digest text NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.item_sections (
    section_id uuid NOT NULL,
    item_id uuid NOT NULL,
    version integer NOT NULL,
    ordinal integer NOT NULL,
    label text DEFAULT ''::text NOT NULL,
    norm text,
    title text DEFAULT ''::text NOT NULL,
    path text[] NOT NULL,
    char_from integer NOT NULL,
    char_to integer NOT NULL,
    text text NOT NULL
);

CREATE TABLE public.item_versions (
    item_id uuid NOT NULL,
    version integer NOT NULL,
    sha256 text NOT NULL,
    text_sha256 text,
    media_type text NOT NULL,
    filename text DEFAULT ''::text NOT NULL,
    bytes bigint NOT NULL,
    pages integer,
    chars integer,
    state text DEFAULT 'queued'::text NOT NULL,
    warnings text[] DEFAULT '{}'::text[] NOT NULL,
    valid_from timestamp with time zone DEFAULT now() NOT NULL,
    valid_to timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT item_versions_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'ready'::text, 'failed'::text])))
);

CREATE TABLE public.items (
    item_id uuid NOT NULL,
    owner uuid,
    kind text DEFAULT 'document'::text NOT NULL,
    source text DEFAULT 'upload'::text NOT NULL,
    title text NOT NULL,
    filename text DEFAULT ''::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    url text,
    sha256 text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT items_conversations CHECK (((kind = 'conversation'::text) = ((owner IS NOT NULL) AND (owner = '00000000-0000-4000-8000-00000000c0de'::uuid)))),
    CONSTRAINT items_kind_check CHECK ((kind = ANY (ARRAY['document'::text, 'regulation'::text, 'note'::text, 'conversation'::text]))),
    CONSTRAINT items_source_check CHECK ((source = ANY (ARRAY['upload'::text, 'crawler'::text, 'api'::text]))),
    CONSTRAINT items_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'ready'::text, 'failed'::text])))
);

CREATE TABLE public.job_schedules (
    kind text NOT NULL,
    title text NOT NULL,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    every interval NOT NULL,
    next_at timestamp with time zone NOT NULL,
    long boolean DEFAULT false NOT NULL,
    CONSTRAINT job_schedules_every_check CHECK ((every > '00:00:00'::interval))
);

CREATE TABLE public.jobs (
    job_id uuid NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    title text NOT NULL,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    stage text DEFAULT ''::text NOT NULL,
    progress integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    error text,
    error_code text,
    result jsonb DEFAULT '{}'::jsonb NOT NULL,
    item_id uuid,
    owner uuid,
    schedule text,
    attempts integer DEFAULT 0 NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    cancel_requested boolean DEFAULT false NOT NULL,
    worker text,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    turns text DEFAULT 'operator'::text NOT NULL,
    claimed_at timestamp with time zone,
    cpu_s double precision DEFAULT 0 NOT NULL,
    saved jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT jobs_check CHECK (((state = 'running'::text) = (lease_until IS NOT NULL))),
    CONSTRAINT jobs_check1 CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE TABLE public.knowledge_gaps (
    gap_id uuid NOT NULL,
    signature text NOT NULL,
    terms text[] NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    closed_at timestamp with time zone,
    place_item uuid,
    place_title text DEFAULT ''::text NOT NULL,
    place_section text DEFAULT ''::text NOT NULL,
    place_source text,
    looked_at timestamp with time zone,
    CONSTRAINT knowledge_gaps_place_source_check CHECK ((place_source = ANY (ARRAY['search'::text, 'editor'::text]))),
    CONSTRAINT knowledge_gaps_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'outside'::text])))
);

CREATE TABLE public.known_browsers (
    browser_hash text NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.kpi_hours (
    kpi text NOT NULL,
    segment text DEFAULT ''::text NOT NULL,
    starts timestamp with time zone NOT NULL,
    n bigint NOT NULL,
    total double precision NOT NULL,
    squares double precision DEFAULT 0 NOT NULL,
    histogram jsonb,
    people bigint[] DEFAULT '{}'::bigint[] NOT NULL
);

CREATE VIEW public.kpi_hours_told AS
 SELECT kpi,
    starts,
    n,
    total
   FROM public.kpi_hours
  WHERE ((segment = ''::text) AND ((cardinality(people) >= 5) OR (kpi = ANY (ARRAY['engines_reached'::text, 'engine_s'::text, 'deliveries_lost'::text, 'intake_refused'::text, 'train_facts'::text, 'train_win'::text, 'train_bleu'::text, 'train_rouge_l'::text, 'train_hours'::text, 'train_over_budget'::text, 'review_kappa'::text, 'second_overdue'::text, 'run_budget'::text, 'run_pace'::text, 'gpu_usable'::text, 'gpu_memory'::text, 'adapter_drift'::text]))));

CREATE TABLE public.kpi_measured (
    starts timestamp with time zone NOT NULL,
    evidence bigint NOT NULL,
    measured_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.labels (
    label_id uuid NOT NULL,
    user_id uuid,
    item_id uuid,
    ts timestamp with time zone DEFAULT now() NOT NULL,
    reward double precision NOT NULL,
    reason text,
    source text DEFAULT 'feedback'::text NOT NULL,
    CONSTRAINT labels_source_check CHECK ((source = ANY (ARRAY['feedback'::text, 'learned'::text])))
);

CREATE TABLE public.law_aliases (
    alias text NOT NULL,
    law text NOT NULL,
    item_id uuid NOT NULL
);

CREATE TABLE public.learning_releases (
    release_id uuid NOT NULL,
    cutoff timestamp with time zone NOT NULL,
    analyser text NOT NULL,
    artefact jsonb,
    evidence integer NOT NULL,
    subjects integer NOT NULL,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    blocks uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    left_out jsonb DEFAULT '[]'::jsonb NOT NULL
);

CREATE TABLE public.releases (
    family text NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    before text,
    share double precision DEFAULT 0 NOT NULL,
    gate jsonb,
    digest text,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    trial_at timestamp with time zone,
    live_at timestamp with time zone,
    left_at timestamp with time zone,
    CONSTRAINT releases_check CHECK (((share = (0)::double precision) OR (state = 'trial'::text))),
    CONSTRAINT releases_share_check CHECK (((share >= (0)::double precision) AND (share <= (1)::double precision))),
    CONSTRAINT releases_state_check CHECK ((state = ANY (ARRAY['candidate'::text, 'trial'::text, 'live'::text, 'former'::text, 'withdrawn'::text])))
);

CREATE VIEW public.learned_states AS
 SELECT l.release_id,
    l.cutoff,
    l.analyser,
        CASE r.state
            WHEN 'candidate'::text THEN 'rejected'::text
            WHEN 'withdrawn'::text THEN 'undone'::text
            ELSE r.state
        END AS state,
    r.digest,
    l.artefact,
    l.evidence,
    l.subjects,
    COALESCE(r.gate, '{}'::jsonb) AS effect,
    l.reasons,
    r.created_by AS started_by,
    l.blocks,
    l.left_out,
    (r.before)::uuid AS before,
    r.created_at
   FROM (public.learning_releases l
     JOIN public.releases r ON (((r.family = 'learning'::text) AND (r.name = (l.release_id)::text))));

CREATE TABLE public.learning_blocks (
    entry_id uuid NOT NULL,
    terms bigint[] NOT NULL,
    weights double precision[] NOT NULL,
    until timestamp with time zone NOT NULL
);

CREATE TABLE public.learning_entries (
    entry_id uuid NOT NULL,
    release_id uuid NOT NULL,
    kind text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    evidence integer NOT NULL,
    subjects integer NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    started_by text NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_by text,
    ended_at timestamp with time zone,
    CONSTRAINT learning_entries_kind_check CHECK ((kind = ANY (ARRAY['release'::text, 'topic'::text, 'term'::text]))),
    CONSTRAINT learning_entries_state_check CHECK ((state = ANY (ARRAY['rejected'::text, 'live'::text, 'former'::text, 'undone'::text, 'waiting'::text, 'declined'::text])))
);

CREATE TABLE public.learning_questions (
    question_id uuid NOT NULL,
    question text NOT NULL,
    places jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.learning_terms (
    lay text NOT NULL,
    term text NOT NULL,
    approved boolean NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamp with time zone NOT NULL
);

CREATE TABLE public.logout_messages (
    message_id text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.market_prices (
    market text CONSTRAINT new_prices_market_not_null NOT NULL,
    product text CONSTRAINT new_prices_product_not_null NOT NULL,
    zone text DEFAULT 'DE-LU'::text CONSTRAINT new_prices_zone_not_null NOT NULL,
    seconds integer CONSTRAINT new_prices_seconds_not_null NOT NULL,
    ts timestamp with time zone CONSTRAINT new_prices_ts_not_null NOT NULL,
    price_eur_mwh double precision,
    volume double precision,
    quality text DEFAULT 'measured'::text CONSTRAINT new_prices_quality_not_null NOT NULL,
    batch_id bigint CONSTRAINT new_prices_batch_id_not_null NOT NULL,
    CONSTRAINT new_prices_quality_check CHECK ((quality = ANY (ARRAY['measured'::text, 'substitute'::text, 'preliminary'::text, 'missing'::text, 'simulated'::text])))
)
PARTITION BY RANGE (ts);

CREATE TABLE public.market_prices_rest (
    market text CONSTRAINT new_prices_market_not_null NOT NULL,
    product text CONSTRAINT new_prices_product_not_null NOT NULL,
    zone text DEFAULT 'DE-LU'::text CONSTRAINT new_prices_zone_not_null NOT NULL,
    seconds integer CONSTRAINT new_prices_seconds_not_null NOT NULL,
    ts timestamp with time zone CONSTRAINT new_prices_ts_not_null NOT NULL,
    price_eur_mwh double precision,
    volume double precision,
    quality text DEFAULT 'measured'::text CONSTRAINT new_prices_quality_not_null NOT NULL,
    batch_id bigint CONSTRAINT new_prices_batch_id_not_null NOT NULL,
    CONSTRAINT new_prices_quality_check CHECK ((quality = ANY (ARRAY['measured'::text, 'substitute'::text, 'preliminary'::text, 'missing'::text, 'simulated'::text])))
);

CREATE TABLE public.meter_assignments (
    meter_id text NOT NULL,
    customer uuid NOT NULL,
    starts timestamp with time zone NOT NULL,
    ends timestamp with time zone DEFAULT 'infinity'::timestamp with time zone NOT NULL,
    assigned_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT meter_assignments_check CHECK ((starts < ends))
);

CREATE TABLE public.meters (
    meter_id text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    kind text DEFAULT 'other'::text NOT NULL,
    seconds integer DEFAULT 900 NOT NULL,
    simulated boolean DEFAULT false NOT NULL,
    keep_days integer,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    shared boolean DEFAULT false NOT NULL,
    facts_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT meters_keep_days_check CHECK ((keep_days > 0)),
    CONSTRAINT meters_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'business'::text, 'pv'::text, 'battery'::text, 'ev'::text, 'heat_pump'::text, 'grid'::text, 'other'::text]))),
    CONSTRAINT meters_meter_id_check CHECK ((meter_id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$'::text)),
    CONSTRAINT meters_seconds_check CHECK (((seconds >= 1) AND (seconds <= 86400)))
);

CREATE MATERIALIZED VIEW public.mv_events_daily AS
 SELECT date_trunc('day'::text, (ts AT TIME ZONE 'Europe/Berlin'::text)) AS day,
    type,
    count(*) AS cnt
   FROM public.events
  GROUP BY (date_trunc('day'::text, (ts AT TIME ZONE 'Europe/Berlin'::text))), type
  WITH NO DATA;

CREATE TABLE public.notices (
    notice_id uuid NOT NULL,
    key text NOT NULL,
    event text NOT NULL,
    channel text NOT NULL,
    body jsonb NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    error text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT notices_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);

CREATE TABLE public.nova_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE VIEW public.outside_questions AS
 SELECT q.asked_id,
    q.answer_id,
    q.conversation_id,
    q.seq,
    s.gap_id
   FROM (public.gap_step_questions q
     JOIN public.gap_steps s ON ((s.step_id = q.step_id)))
  WHERE ((s.what = 'outside'::text) AND (s.undone_at IS NULL));

CREATE VIEW public.owned_meters AS
 SELECT m.meter_id,
    a.customer AS owner,
    m.title,
    m.kind,
    m.seconds,
    m.simulated,
    m.shared,
    m.keep_days,
        CASE
            WHEN ((said.customer IS NULL) OR (NOT (said.customer IS DISTINCT FROM a.customer))) THEN m.facts
            ELSE ((m.facts - '{tariff,peak_eur_kw,grid_fee_ct,module_1_eur,controllable_kwh}'::text[]) #- '{plant,tariff}'::text[])
        END AS facts,
    m.created_at
   FROM ((public.meters m
     LEFT JOIN public.meter_assignments a ON (((a.meter_id = m.meter_id) AND (a.starts <= now()) AND (a.ends > now()))))
     LEFT JOIN public.meter_assignments said ON (((said.meter_id = m.meter_id) AND (said.starts <= m.facts_at) AND (said.ends > m.facts_at))));

CREATE TABLE public.passkeys (
    passkey_id uuid NOT NULL,
    credential_id bytea NOT NULL,
    user_id uuid NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports text[] DEFAULT '{}'::text[] NOT NULL,
    name text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.price_versions (
    market text NOT NULL,
    product text NOT NULL,
    zone text NOT NULL,
    seconds integer NOT NULL,
    ts timestamp with time zone NOT NULL,
    price_eur_mwh double precision,
    volume double precision,
    quality text NOT NULL,
    batch_id bigint NOT NULL,
    replaced_by bigint NOT NULL,
    replaced_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.prompts (
    version text NOT NULL,
    yaml text NOT NULL,
    note text DEFAULT ''::text NOT NULL
);

CREATE VIEW public.prompt_versions AS
 SELECT p.version,
    p.yaml,
        CASE r.state
            WHEN 'candidate'::text THEN 'draft'::text
            WHEN 'former'::text THEN 'retired'::text
            WHEN 'withdrawn'::text THEN 'retired'::text
            ELSE r.state
        END AS state,
    r.share,
    p.note,
    r.created_by,
    r.created_at,
    r.trial_at,
    r.live_at,
    r.left_at AS retired_at,
    r.before,
    r.gate AS compared
   FROM (public.prompts p
     JOIN public.releases r ON (((r.family = 'prompts'::text) AND (r.name = p.version))));

CREATE TABLE public.rag_feedback (
    feedback_id uuid NOT NULL,
    ts timestamp with time zone DEFAULT now() NOT NULL,
    user_id uuid,
    answer_id uuid,
    question text NOT NULL,
    answer text NOT NULL,
    useful boolean NOT NULL,
    reason text,
    notes text,
    chunks_used uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    dwell_ms integer,
    CONSTRAINT rag_feedback_reason_check CHECK ((reason = ANY (ARRAY['falsch'::text, 'unvollstaendig'::text, 'quelle'::text, 'ton'::text])))
);

CREATE TABLE public.reading_changes (
    meter_id text NOT NULL,
    day date NOT NULL,
    batch_id bigint NOT NULL
);

CREATE TABLE public.reading_rollups (
    meter_id text NOT NULL,
    bucket integer NOT NULL,
    ts timestamp with time zone NOT NULL,
    consumption_kwh double precision,
    consumption_min double precision,
    consumption_max double precision,
    consumption_max_at timestamp with time zone,
    production_kwh double precision,
    production_min double precision,
    production_max double precision,
    seconds integer NOT NULL,
    consumption_s integer NOT NULL,
    production_s integer NOT NULL,
    qualities integer[] NOT NULL,
    CONSTRAINT reading_rollups_bucket_check CHECK ((bucket = ANY (ARRAY[900, 3600, 86400])))
);

CREATE TABLE public.reading_versions (
    meter_id text NOT NULL,
    ts timestamp with time zone NOT NULL,
    seconds integer NOT NULL,
    consumption_kw double precision,
    production_kw double precision,
    voltage double precision,
    quality text NOT NULL,
    rule text,
    batch_id bigint NOT NULL,
    replaced_by bigint NOT NULL,
    replaced_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.recommendation_log (
    list_id uuid NOT NULL,
    "position" integer NOT NULL,
    subject_id uuid NOT NULL,
    ts timestamp with time zone NOT NULL,
    chunk_id uuid NOT NULL,
    score double precision NOT NULL,
    propensity double precision NOT NULL,
    policy text NOT NULL,
    features smallint,
    candidates jsonb,
    CONSTRAINT recommendation_log_candidates_check CHECK ((jsonb_typeof(candidates) = 'array'::text)),
    CONSTRAINT recommendation_log_check CHECK (((features IS NULL) = (candidates IS NULL))),
    CONSTRAINT recommendation_log_propensity_check CHECK (((propensity > (0)::double precision) AND (propensity <= (1)::double precision)))
);

CREATE TABLE public.recommendation_policies (
    name text NOT NULL,
    state text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT recommendation_policies_check CHECK ((since <= until))
);

CREATE TABLE public.recommendations (
    recommendation_id uuid NOT NULL,
    owner uuid,
    rule text NOT NULL,
    subject text NOT NULL,
    day date NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    eur double precision,
    kwh double precision,
    evidence jsonb NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT recommendations_state_check CHECK ((state = ANY (ARRAY['open'::text, 'taken'::text, 'later'::text, 'declined'::text, 'past'::text])))
);

CREATE TABLE public.recovery_codes (
    user_id uuid NOT NULL,
    code_hash text NOT NULL
);

CREATE TABLE public.release_steps (
    step_id bigint NOT NULL,
    family text NOT NULL,
    name text NOT NULL,
    step text NOT NULL,
    actor text NOT NULL,
    at timestamp with time zone NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT release_steps_step_check CHECK ((step = ANY (ARRAY['made'::text, 'trial'::text, 'dropped'::text, 'live'::text, 'back'::text, 'withdrawn'::text])))
);

ALTER TABLE public.release_steps ALTER COLUMN step_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.release_steps_step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schedules (
    schedule_id uuid NOT NULL,
    owner uuid,
    meter_id text,
    title text DEFAULT ''::text NOT NULL,
    plant jsonb NOT NULL,
    result jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.seed_batches (
    batch_id uuid NOT NULL,
    run_id uuid NOT NULL,
    source text NOT NULL,
    cursor text DEFAULT ''::text NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    licence text DEFAULT ''::text NOT NULL,
    sha256 text NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    object_key text,
    CONSTRAINT seed_batches_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT seed_batches_rows_check CHECK ((rows >= 0)),
    CONSTRAINT seed_batches_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);

CREATE TABLE public.seed_deliveries (
    delivery_id uuid NOT NULL,
    version_id bigint NOT NULL,
    engine text NOT NULL,
    delivered_at timestamp with time zone NOT NULL,
    rows bigint NOT NULL,
    sha256 text NOT NULL
);

CREATE TABLE public.seed_versions (
    version_id bigint NOT NULL,
    dataset text NOT NULL,
    version text NOT NULL,
    digest text NOT NULL,
    manifest jsonb NOT NULL,
    manifest_sha256 text NOT NULL,
    rows bigint NOT NULL,
    run_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT seed_versions_dataset_check CHECK ((dataset ~ '^[a-z][a-z0-9_-]{0,63}$'::text)),
    CONSTRAINT seed_versions_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT seed_versions_rows_check CHECK ((rows >= 0)),
    CONSTRAINT seed_versions_version_check CHECK ((version ~ '^[0-9a-f]{64}$'::text))
);

CREATE VIEW public.seed_files AS
 SELECT 'seed'::text AS kind,
    (part.value ->> 'sha256'::text) AS name,
    ((part.value ->> 'bytes'::text))::bigint AS bytes
   FROM public.seed_versions,
    LATERAL jsonb_array_elements((seed_versions.manifest -> 'parts'::text)) part(value)
UNION
 SELECT 'seed_raw'::text AS kind,
    seed_batches.sha256 AS name,
    seed_batches.bytes
   FROM public.seed_batches
  WHERE (seed_batches.object_key IS NOT NULL)
UNION
 SELECT 'engine'::text AS kind,
    engine_states.state_sha256 AS name,
    engine_states.state_bytes AS bytes
   FROM public.engine_states
UNION
 SELECT 'engine'::text AS kind,
    engine_states.anchor_sha256 AS name,
    engine_states.anchor_bytes AS bytes
   FROM public.engine_states;

CREATE TABLE public.seed_lineage (
    version_id bigint NOT NULL,
    row_id text NOT NULL,
    batch_id uuid NOT NULL,
    source_key text NOT NULL,
    lookup bytea
);

CREATE TABLE public.seed_objections (
    lookup bytea NOT NULL,
    objected_at timestamp with time zone NOT NULL,
    noted_by text NOT NULL
);

CREATE TABLE public.seed_refusals (
    lookup bytea NOT NULL,
    purpose text NOT NULL,
    refused_at timestamp with time zone NOT NULL,
    noted_by text NOT NULL
);

CREATE TABLE public.seed_removals (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    step text NOT NULL,
    kept_id text,
    score double precision,
    differs text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    batch_id uuid NOT NULL,
    source_key text NOT NULL,
    lookup bytea,
    content jsonb,
    undone_at timestamp with time zone,
    undone_by text,
    CONSTRAINT seed_removals_check CHECK (((undone_by IS NULL) = (undone_at IS NULL)))
);

CREATE TABLE public.seed_runs (
    run_id uuid NOT NULL,
    pipeline text NOT NULL,
    started_by text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    state text DEFAULT 'running'::text NOT NULL,
    counts jsonb DEFAULT '{}'::jsonb NOT NULL,
    stopped text DEFAULT ''::text NOT NULL,
    CONSTRAINT seed_runs_check CHECK (((state = 'running'::text) = (ended_at IS NULL))),
    CONSTRAINT seed_runs_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'stopped'::text, 'failed'::text])))
);

ALTER TABLE public.seed_versions ALTER COLUMN version_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.seed_versions_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sentiment_labels (
    conversation_id uuid NOT NULL,
    seq integer NOT NULL,
    label text NOT NULL,
    labelled_by uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT sentiment_labels_label_check CHECK ((label = ANY (ARRAY['positive'::text, 'neutral'::text, 'negative'::text, 'unknown'::text])))
);

CREATE TABLE public.series_batches (
    batch_id bigint NOT NULL,
    source text NOT NULL,
    format text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    digest text,
    state text DEFAULT 'running'::text NOT NULL,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    owner uuid,
    job_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    sent_by uuid,
    bytes bigint,
    CONSTRAINT series_batches_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'refused'::text, 'failed'::text, 'taken_back'::text])))
);

ALTER TABLE public.series_batches ALTER COLUMN batch_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.series_batches_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.session_inbox (
    nonce text NOT NULL,
    digest bytea NOT NULL,
    result jsonb DEFAULT '{}'::jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sessions (
    session_hash text NOT NULL,
    role text NOT NULL,
    user_id uuid,
    token_id uuid,
    csrf text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    session_id uuid DEFAULT gen_random_uuid() NOT NULL,
    way text DEFAULT 'token'::text NOT NULL,
    device text DEFAULT ''::text NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    issuer text,
    sid text,
    proved_at timestamp with time zone
);

CREATE TABLE public.sign_in_steps (
    step_hash text NOT NULL,
    kind text NOT NULL,
    user_id uuid,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.signal_versions (
    signal text NOT NULL,
    zone text NOT NULL,
    ts timestamp with time zone NOT NULL,
    seconds integer NOT NULL,
    value double precision,
    quality text NOT NULL,
    batch_id bigint NOT NULL,
    replaced_by bigint NOT NULL,
    replaced_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.signals (
    signal text NOT NULL,
    zone text NOT NULL,
    ts timestamp with time zone NOT NULL,
    seconds integer NOT NULL,
    value double precision,
    quality text DEFAULT 'measured'::text NOT NULL,
    batch_id bigint NOT NULL,
    CONSTRAINT signals_quality_check CHECK ((quality = ANY (ARRAY['measured'::text, 'substitute'::text, 'preliminary'::text, 'missing'::text, 'simulated'::text])))
);

CREATE TABLE public.smart_meter_readings (
    meter_id text CONSTRAINT new_readings_meter_id_not_null NOT NULL,
    ts timestamp with time zone CONSTRAINT new_readings_ts_not_null NOT NULL,
    seconds integer CONSTRAINT new_readings_seconds_not_null NOT NULL,
    consumption_kw double precision,
    production_kw double precision,
    voltage double precision,
    quality text DEFAULT 'measured'::text CONSTRAINT new_readings_quality_not_null NOT NULL,
    rule text,
    batch_id bigint CONSTRAINT new_readings_batch_id_not_null NOT NULL,
    CONSTRAINT new_readings_quality_check CHECK ((quality = ANY (ARRAY['measured'::text, 'substitute'::text, 'preliminary'::text, 'missing'::text, 'simulated'::text])))
)
PARTITION BY RANGE (ts);

CREATE TABLE public.smart_meter_readings_rest (
    meter_id text CONSTRAINT new_readings_meter_id_not_null NOT NULL,
    ts timestamp with time zone CONSTRAINT new_readings_ts_not_null NOT NULL,
    seconds integer CONSTRAINT new_readings_seconds_not_null NOT NULL,
    consumption_kw double precision,
    production_kw double precision,
    voltage double precision,
    quality text DEFAULT 'measured'::text CONSTRAINT new_readings_quality_not_null NOT NULL,
    rule text,
    batch_id bigint CONSTRAINT new_readings_batch_id_not_null NOT NULL,
    CONSTRAINT new_readings_quality_check CHECK ((quality = ANY (ARRAY['measured'::text, 'substitute'::text, 'preliminary'::text, 'missing'::text, 'simulated'::text])))
);

CREATE TABLE public.stream_groups (
    topic text NOT NULL,
    reader text NOT NULL,
    partition integer NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    read_at timestamp with time zone
);

CREATE TABLE public.stream_messages (
    topic text NOT NULL,
    partition integer NOT NULL,
    "position" bigint NOT NULL,
    key text NOT NULL,
    value bytea NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.stream_partitions (
    topic text NOT NULL,
    partition integer NOT NULL,
    head bigint DEFAULT 0 NOT NULL
);

CREATE TABLE public.stream_taken (
    topic text NOT NULL,
    "position" text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.subject_keys (
    subject_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    wrapped_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.subjects (
    subject_id uuid NOT NULL,
    user_id uuid,
    lookup bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.threshold_versions (
    version text NOT NULL,
    text text NOT NULL,
    actor text NOT NULL,
    saved_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.ticket_episodes (
    episode_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    linked_at timestamp with time zone NOT NULL
);

CREATE TABLE public.ticket_history (
    change_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    what text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    CONSTRAINT ticket_history_what_check CHECK ((what = ANY (ARRAY['opened'::text, 'moved'::text, 'handed'::text, 'commented'::text, 'linked'::text, 'recovered'::text, 'measured'::text])))
);

CREATE TABLE public.tickets (
    ticket_id uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    owner text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    title text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    opened_by text NOT NULL,
    rule text DEFAULT ''::text NOT NULL,
    kpi text DEFAULT ''::text NOT NULL,
    segment text DEFAULT ''::text NOT NULL,
    seconds bigint DEFAULT 0 NOT NULL,
    gap_id uuid,
    evidence jsonb DEFAULT '{}'::jsonb NOT NULL,
    gain jsonb,
    effect jsonb,
    version integer DEFAULT 1 NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    CONSTRAINT tickets_check CHECK (((state = ANY (ARRAY['done'::text, 'dropped'::text])) = (closed_at IS NOT NULL))),
    CONSTRAINT tickets_kind_check CHECK ((kind = ANY (ARRAY['knowledge'::text, 'prompt'::text, 'ranking'::text, 'training'::text, 'operations'::text, 'other'::text]))),
    CONSTRAINT tickets_owner_check CHECK ((owner = ANY (ARRAY['chronos'::text, 'lumina'::text, 'orion'::text, 'aura'::text]))),
    CONSTRAINT tickets_state_check CHECK ((state = ANY (ARRAY['open'::text, 'doing'::text, 'waiting'::text, 'done'::text, 'dropped'::text])))
);

ALTER TABLE public.tickets ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.tickets_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.train_answers (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    side text NOT NULL,
    topic text DEFAULT ''::text NOT NULL,
    question text NOT NULL,
    context text DEFAULT ''::text NOT NULL,
    reference text NOT NULL,
    answerable boolean NOT NULL,
    answer text NOT NULL,
    seconds double precision NOT NULL,
    lookups bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    CONSTRAINT train_answers_seconds_check CHECK ((seconds >= (0)::double precision)),
    CONSTRAINT train_answers_side_check CHECK ((side = ANY (ARRAY['cand'::text, 'base'::text, 'prompt'::text, 'examples'::text, 'document'::text])))
);

CREATE TABLE public.train_evaluations (
    evaluation_id uuid NOT NULL,
    run_id uuid NOT NULL,
    told jsonb NOT NULL,
    passed boolean NOT NULL,
    asked_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.train_keys (
    run_id uuid NOT NULL,
    evaluation_id uuid NOT NULL,
    turned_by text NOT NULL,
    says text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    adapter_sha256 text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT train_keys_adapter_sha256_check CHECK ((adapter_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_keys_says_check CHECK ((says = ANY (ARRAY['yes'::text, 'no'::text])))
);

CREATE TABLE public.train_points (
    run_id uuid NOT NULL,
    step integer NOT NULL,
    loss double precision,
    held_loss double precision,
    rate double precision,
    seconds double precision NOT NULL,
    CONSTRAINT train_points_seconds_check CHECK ((seconds >= (0)::double precision)),
    CONSTRAINT train_points_step_check CHECK ((step >= 0))
);

CREATE TABLE public.train_runs (
    run_id uuid NOT NULL,
    name text NOT NULL,
    method text NOT NULL,
    dataset text,
    version text,
    held text DEFAULT ''::text NOT NULL,
    digest text NOT NULL,
    config jsonb NOT NULL,
    config_sha256 text NOT NULL,
    base text NOT NULL,
    base_sha256 text NOT NULL,
    runs_on text DEFAULT 'cpu'::text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    wanted text DEFAULT 'run'::text NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    steps integer DEFAULT 0 NOT NULL,
    measured jsonb DEFAULT '{}'::jsonb NOT NULL,
    adapter_sha256 text,
    reason text DEFAULT ''::text NOT NULL,
    started_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    removed_at timestamp with time zone,
    CONSTRAINT train_runs_adapter_sha256_check CHECK ((adapter_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_runs_base_sha256_check CHECK ((base_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_runs_check CHECK (((dataset IS NULL) = (version IS NULL))),
    CONSTRAINT train_runs_config_sha256_check CHECK ((config_sha256 ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_runs_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_runs_method_check CHECK ((method = ANY (ARRAY['sft'::text, 'dpo'::text]))),
    CONSTRAINT train_runs_name_check CHECK ((name ~ '^[a-z][a-z0-9._-]{0,99}$'::text)),
    CONSTRAINT train_runs_runs_on_check CHECK ((runs_on = ANY (ARRAY['cpu'::text, 'gpu'::text]))),
    CONSTRAINT train_runs_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'paused'::text, 'cancelled'::text, 'failed'::text, 'done'::text]))),
    CONSTRAINT train_runs_step_check CHECK ((step >= 0)),
    CONSTRAINT train_runs_steps_check CHECK ((steps >= 0)),
    CONSTRAINT train_runs_wanted_check CHECK ((wanted = ANY (ARRAY['run'::text, 'pause'::text, 'cancel'::text])))
);

CREATE TABLE public.train_sets (
    name text NOT NULL,
    version integer NOT NULL,
    digest text NOT NULL,
    keeper text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    rows jsonb NOT NULL,
    made_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT train_sets_digest_check CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT train_sets_name_check CHECK ((name ~ '^[a-z][a-z0-9-]{1,39}$'::text)),
    CONSTRAINT train_sets_version_check CHECK ((version > 0))
);

CREATE TABLE public.train_shadow_hours (
    run_id uuid NOT NULL,
    starts timestamp with time zone NOT NULL,
    side text NOT NULL,
    asked bigint DEFAULT 0 NOT NULL,
    written bigint DEFAULT 0 NOT NULL,
    proven bigint DEFAULT 0 NOT NULL,
    fell_back bigint DEFAULT 0 NOT NULL,
    seconds double precision DEFAULT 0 NOT NULL,
    squares double precision DEFAULT 0 NOT NULL,
    CONSTRAINT train_shadow_hours_side_check CHECK ((side = ANY (ARRAY['shadow'::text, 'shown'::text])))
);

CREATE TABLE public.train_unblinded (
    run_id uuid NOT NULL,
    seen_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.train_vote_notes (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    rater text NOT NULL,
    note text NOT NULL,
    CONSTRAINT train_vote_notes_note_check CHECK ((note <> ''::text))
);

CREATE TABLE public.train_votes (
    run_id uuid NOT NULL,
    row_id text NOT NULL,
    side text DEFAULT 'cand'::text NOT NULL,
    rater text NOT NULL,
    winner text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT train_votes_side_check CHECK ((side = 'cand'::text)),
    CONSTRAINT train_votes_winner_check CHECK ((winner = ANY (ARRAY['cand'::text, 'base'::text, 'tie'::text])))
);

CREATE TABLE public.training_watch (
    hour timestamp with time zone NOT NULL,
    figure text NOT NULL,
    about text NOT NULL,
    value double precision NOT NULL
);

CREATE TABLE public.users (
    user_id uuid DEFAULT gen_random_uuid() NOT NULL,
    external_id text NOT NULL,
    role text DEFAULT 'customer'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_role CHECK ((role = ANY (ARRAY['admin'::text, 'customer'::text, 'employee'::text, 'reviewer'::text, 'engineer'::text, 'auditor'::text, 'service'::text])))
);

CREATE TABLE public.vault (
    subject_id uuid NOT NULL,
    token text NOT NULL,
    kind text NOT NULL,
    period text NOT NULL,
    sealed bytea NOT NULL,
    known boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.workers (
    worker text NOT NULL,
    host text NOT NULL,
    slots integer NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    labels text[] DEFAULT '{}'::text[] NOT NULL
);

ALTER TABLE ONLY public.events ATTACH PARTITION public.events_default DEFAULT;

ALTER TABLE ONLY public.market_prices ATTACH PARTITION public.market_prices_rest DEFAULT;

ALTER TABLE ONLY public.smart_meter_readings ATTACH PARTITION public.smart_meter_readings_rest DEFAULT;

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (token_id);

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.alert_episodes
    ADD CONSTRAINT alert_episodes_pkey PRIMARY KEY (episode_id);

ALTER TABLE ONLY public.alert_history
    ADD CONSTRAINT alert_history_pkey PRIMARY KEY (change_id);

ALTER TABLE ONLY public.alert_states
    ADD CONSTRAINT alert_states_pkey PRIMARY KEY (rule);

ALTER TABLE ONLY public.analysers
    ADD CONSTRAINT analysers_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (answer_id);

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_pkey PRIMARY KEY (approval_id);

ALTER TABLE ONLY public.audit_counter
    ADD CONSTRAINT audit_counter_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.audit_incoming
    ADD CONSTRAINT audit_incoming_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (seal_id);

ALTER TABLE ONLY public.chunk_embeddings
    ADD CONSTRAINT chunk_embeddings_pkey PRIMARY KEY (chunk_id, model);

ALTER TABLE ONLY public.chunk_places
    ADD CONSTRAINT chunk_places_pkey PRIMARY KEY (chunk_id, version);

ALTER TABLE ONLY public.consent_texts
    ADD CONSTRAINT consent_texts_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.consent_texts
    ADD CONSTRAINT consent_texts_sha256_key UNIQUE (sha256);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (consent_id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_subject_id_purpose_at_given_version_source_key UNIQUE (subject_id, purpose, at, given, version, source);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (conversation_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_source_session_key_key UNIQUE (source, session_key);

ALTER TABLE ONLY public.curated_answers
    ADD CONSTRAINT curated_answers_pkey PRIMARY KEY (curated_id);

ALTER TABLE ONLY public.curated_answers
    ADD CONSTRAINT curated_answers_review_id_key UNIQUE (review_id);

ALTER TABLE ONLY public.data_facts
    ADD CONSTRAINT data_facts_pkey PRIMARY KEY (fact_id);

ALTER TABLE ONLY public.editor_agreement
    ADD CONSTRAINT editor_agreement_pkey PRIMARY KEY (until);

ALTER TABLE ONLY public.embedding_models
    ADD CONSTRAINT embedding_models_pkey PRIMARY KEY (model);

ALTER TABLE ONLY public.engine_deliveries
    ADD CONSTRAINT engine_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.engine_hours
    ADD CONSTRAINT engine_hours_pkey PRIMARY KEY (engine, hour);

ALTER TABLE ONLY public.engine_recalls
    ADD CONSTRAINT engine_recalls_pkey PRIMARY KEY (engine, key);

ALTER TABLE ONLY public.engine_states
    ADD CONSTRAINT engine_states_pkey PRIMARY KEY (engine, name);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (erasure_id);

ALTER TABLE ONLY public.event_inbox
    ADD CONSTRAINT event_inbox_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (event_id, ts);

ALTER TABLE ONLY public.events_default
    ADD CONSTRAINT events_default_pkey PRIMARY KEY (event_id, ts);

ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.forecast_models
    ADD CONSTRAINT forecast_models_pkey PRIMARY KEY (model_id);

ALTER TABLE ONLY public.forecast_scores
    ADD CONSTRAINT forecast_scores_pkey PRIMARY KEY (target, day, origin);

ALTER TABLE ONLY public.forecasts
    ADD CONSTRAINT forecasts_pkey PRIMARY KEY (target, ts, issued_at);

ALTER TABLE ONLY public.gap_answers
    ADD CONSTRAINT gap_answers_pkey PRIMARY KEY (gap_id, answer_id);

ALTER TABLE ONLY public.gap_step_questions
    ADD CONSTRAINT gap_step_questions_pkey PRIMARY KEY (step_id, asked_id);

ALTER TABLE ONLY public.gap_steps
    ADD CONSTRAINT gap_steps_pkey PRIMARY KEY (step_id);

ALTER TABLE ONLY public.gap_turns
    ADD CONSTRAINT gap_turns_pkey PRIMARY KEY (gap_id, conversation_id, seq);

ALTER TABLE ONLY public.handover_answers
    ADD CONSTRAINT handover_answers_pkey PRIMARY KEY (handover_id, answer_id);

ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_pkey PRIMARY KEY (handover_id);

ALTER TABLE ONLY public.index_outbox
    ADD CONSTRAINT index_outbox_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.intake_refusals
    ADD CONSTRAINT intake_refusals_pkey PRIMARY KEY (day, source, reason);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (invitation_hash);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.item_chunks
    ADD CONSTRAINT item_chunks_pkey PRIMARY KEY (chunk_id);

ALTER TABLE ONLY public.item_sections
    ADD CONSTRAINT item_sections_item_id_version_ordinal_key UNIQUE (item_id, version, ordinal);

ALTER TABLE ONLY public.item_sections
    ADD CONSTRAINT item_sections_pkey PRIMARY KEY (section_id);

ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT item_versions_pkey PRIMARY KEY (item_id, version);

ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_pkey PRIMARY KEY (item_id);

ALTER TABLE ONLY public.job_schedules
    ADD CONSTRAINT job_schedules_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (job_id);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_pkey PRIMARY KEY (gap_id);

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_signature_key UNIQUE (signature);

ALTER TABLE ONLY public.known_browsers
    ADD CONSTRAINT known_browsers_pkey PRIMARY KEY (user_id, browser_hash);

ALTER TABLE ONLY public.kpi_hours
    ADD CONSTRAINT kpi_hours_pkey PRIMARY KEY (kpi, segment, starts);

ALTER TABLE ONLY public.kpi_measured
    ADD CONSTRAINT kpi_measured_pkey PRIMARY KEY (starts);

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (label_id);

ALTER TABLE ONLY public.law_aliases
    ADD CONSTRAINT law_aliases_pkey PRIMARY KEY (alias, item_id);

ALTER TABLE ONLY public.learning_blocks
    ADD CONSTRAINT learning_blocks_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.learning_entries
    ADD CONSTRAINT learning_entries_pkey PRIMARY KEY (entry_id);

ALTER TABLE ONLY public.learning_questions
    ADD CONSTRAINT learning_questions_pkey PRIMARY KEY (question_id);

ALTER TABLE ONLY public.learning_releases
    ADD CONSTRAINT learning_releases_pkey PRIMARY KEY (release_id);

ALTER TABLE ONLY public.learning_terms
    ADD CONSTRAINT learning_terms_pkey PRIMARY KEY (lay, term);

ALTER TABLE ONLY public.logout_messages
    ADD CONSTRAINT logout_messages_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.market_prices
    ADD CONSTRAINT market_prices_pkey PRIMARY KEY (market, product, zone, seconds, ts);

ALTER TABLE ONLY public.market_prices_rest
    ADD CONSTRAINT market_prices_rest_pkey PRIMARY KEY (market, product, zone, seconds, ts);

ALTER TABLE ONLY public.meter_assignments
    ADD CONSTRAINT meter_assignments_pkey PRIMARY KEY (meter_id, starts);

ALTER TABLE ONLY public.meters
    ADD CONSTRAINT meters_pkey PRIMARY KEY (meter_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_key_key UNIQUE (key);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (notice_id);

ALTER TABLE ONLY public.nova_migrations
    ADD CONSTRAINT nova_migrations_name_key UNIQUE (name);

ALTER TABLE ONLY public.nova_migrations
    ADD CONSTRAINT nova_migrations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (passkey_id);

ALTER TABLE ONLY public.price_versions
    ADD CONSTRAINT price_versions_pkey PRIMARY KEY (market, product, zone, seconds, ts, replaced_by);

ALTER TABLE ONLY public.prompts
    ADD CONSTRAINT prompts_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.rag_feedback
    ADD CONSTRAINT rag_feedback_pkey PRIMARY KEY (feedback_id);

ALTER TABLE ONLY public.reading_changes
    ADD CONSTRAINT reading_changes_pkey PRIMARY KEY (meter_id, day);

ALTER TABLE ONLY public.reading_rollups
    ADD CONSTRAINT reading_rollups_pkey PRIMARY KEY (meter_id, bucket, ts);

ALTER TABLE ONLY public.reading_versions
    ADD CONSTRAINT reading_versions_pkey PRIMARY KEY (meter_id, ts, replaced_by);

ALTER TABLE ONLY public.recommendation_log
    ADD CONSTRAINT recommendation_log_pkey PRIMARY KEY (list_id, "position");

ALTER TABLE ONLY public.recommendation_policies
    ADD CONSTRAINT recommendation_policies_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.recommendations
    ADD CONSTRAINT recommendations_pkey PRIMARY KEY (recommendation_id);

ALTER TABLE ONLY public.recommendations
    ADD CONSTRAINT recommendations_rule_subject_day_key UNIQUE (rule, subject, day);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY public.release_steps
    ADD CONSTRAINT release_steps_pkey PRIMARY KEY (step_id);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_pkey PRIMARY KEY (family, name);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_answer_id_key UNIQUE (answer_id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_pkey PRIMARY KEY (review_id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (schedule_id);

ALTER TABLE ONLY public.second_opinions
    ADD CONSTRAINT second_opinions_pkey PRIMARY KEY (review_id);

ALTER TABLE ONLY public.seed_batches
    ADD CONSTRAINT seed_batches_pkey PRIMARY KEY (batch_id);

ALTER TABLE ONLY public.seed_deliveries
    ADD CONSTRAINT seed_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.seed_lineage
    ADD CONSTRAINT seed_lineage_pkey PRIMARY KEY (version_id, row_id, batch_id, source_key);

ALTER TABLE ONLY public.seed_objections
    ADD CONSTRAINT seed_objections_pkey PRIMARY KEY (lookup);

ALTER TABLE ONLY public.seed_refusals
    ADD CONSTRAINT seed_refusals_pkey PRIMARY KEY (lookup, purpose);

ALTER TABLE ONLY public.seed_removals
    ADD CONSTRAINT seed_removals_pkey PRIMARY KEY (run_id, row_id);

ALTER TABLE ONLY public.seed_runs
    ADD CONSTRAINT seed_runs_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.seed_versions
    ADD CONSTRAINT seed_versions_dataset_version_key UNIQUE (dataset, version);

ALTER TABLE ONLY public.seed_versions
    ADD CONSTRAINT seed_versions_pkey PRIMARY KEY (version_id);

ALTER TABLE ONLY public.sentiment_labels
    ADD CONSTRAINT sentiment_labels_pkey PRIMARY KEY (conversation_id, seq);

ALTER TABLE ONLY public.series_batches
    ADD CONSTRAINT series_batches_pkey PRIMARY KEY (batch_id);

ALTER TABLE ONLY public.session_inbox
    ADD CONSTRAINT session_inbox_pkey PRIMARY KEY (nonce);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (session_hash);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_session_id_key UNIQUE (session_id);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_pkey PRIMARY KEY (step_hash);

ALTER TABLE ONLY public.signal_versions
    ADD CONSTRAINT signal_versions_pkey PRIMARY KEY (signal, zone, ts, replaced_by);

ALTER TABLE ONLY public.signals
    ADD CONSTRAINT signals_pkey PRIMARY KEY (signal, zone, ts);

ALTER TABLE ONLY public.smart_meter_readings
    ADD CONSTRAINT smart_meter_readings_pkey PRIMARY KEY (meter_id, ts);

ALTER TABLE ONLY public.smart_meter_readings_rest
    ADD CONSTRAINT smart_meter_readings_rest_pkey PRIMARY KEY (meter_id, ts);

ALTER TABLE ONLY public.stream_groups
    ADD CONSTRAINT stream_groups_pkey PRIMARY KEY (topic, reader, partition);

ALTER TABLE ONLY public.stream_messages
    ADD CONSTRAINT stream_messages_pkey PRIMARY KEY (topic, partition, "position");

ALTER TABLE ONLY public.stream_partitions
    ADD CONSTRAINT stream_partitions_pkey PRIMARY KEY (topic, partition);

ALTER TABLE ONLY public.stream_taken
    ADD CONSTRAINT stream_taken_pkey PRIMARY KEY (topic, "position");

ALTER TABLE ONLY public.subject_keys
    ADD CONSTRAINT subject_keys_pkey PRIMARY KEY (subject_id);

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_lookup_key UNIQUE (lookup);

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_pkey PRIMARY KEY (subject_id);

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.threshold_versions
    ADD CONSTRAINT threshold_versions_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.ticket_episodes
    ADD CONSTRAINT ticket_episodes_pkey PRIMARY KEY (episode_id);

ALTER TABLE ONLY public.ticket_history
    ADD CONSTRAINT ticket_history_pkey PRIMARY KEY (change_id);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_number_key UNIQUE (number);

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (ticket_id);

ALTER TABLE ONLY public.train_answers
    ADD CONSTRAINT train_answers_pkey PRIMARY KEY (run_id, row_id, side);

ALTER TABLE ONLY public.train_evaluations
    ADD CONSTRAINT train_evaluations_pkey PRIMARY KEY (evaluation_id);

ALTER TABLE ONLY public.train_keys
    ADD CONSTRAINT train_keys_pkey PRIMARY KEY (evaluation_id, turned_by);

ALTER TABLE ONLY public.train_points
    ADD CONSTRAINT train_points_pkey PRIMARY KEY (run_id, step);

ALTER TABLE ONLY public.train_runs
    ADD CONSTRAINT train_runs_name_key UNIQUE (name);

ALTER TABLE ONLY public.train_runs
    ADD CONSTRAINT train_runs_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.train_sets
    ADD CONSTRAINT train_sets_name_digest_key UNIQUE (name, digest);

ALTER TABLE ONLY public.train_sets
    ADD CONSTRAINT train_sets_pkey PRIMARY KEY (name, version);

ALTER TABLE ONLY public.train_shadow_hours
    ADD CONSTRAINT train_shadow_hours_pkey PRIMARY KEY (run_id, starts, side);

ALTER TABLE ONLY public.train_unblinded
    ADD CONSTRAINT train_unblinded_pkey PRIMARY KEY (run_id, seen_by);

ALTER TABLE ONLY public.train_vote_notes
    ADD CONSTRAINT train_vote_notes_pkey PRIMARY KEY (run_id, row_id, rater);

ALTER TABLE ONLY public.train_votes
    ADD CONSTRAINT train_votes_pkey PRIMARY KEY (run_id, row_id, rater);

ALTER TABLE ONLY public.training_watch
    ADD CONSTRAINT training_watch_pkey PRIMARY KEY (hour, figure, about);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (conversation_id, seq);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_external_id_key UNIQUE (external_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.vault
    ADD CONSTRAINT vault_pkey PRIMARY KEY (subject_id, token);

ALTER TABLE ONLY public.workers
    ADD CONSTRAINT workers_pkey PRIMARY KEY (worker);

CREATE INDEX access_tokens_user ON public.access_tokens USING btree (user_id);

CREATE UNIQUE INDEX alert_episodes_one_open ON public.alert_episodes USING btree (rule) WHERE (ended_at IS NULL);

CREATE INDEX alert_episodes_opened ON public.alert_episodes USING btree (opened_at DESC);

CREATE INDEX alert_history_at ON public.alert_history USING btree (at DESC, change_id DESC);

CREATE INDEX alert_history_rule ON public.alert_history USING btree (rule, at DESC);

CREATE UNIQUE INDEX analysers_one_live ON public.analysers USING btree (live) WHERE live;

CREATE INDEX answers_conversation ON public.answers USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);

CREATE INDEX answers_subject ON public.answers USING btree (subject_id, ts DESC) WHERE (subject_id IS NOT NULL);

CREATE INDEX answers_ts ON public.answers USING btree (ts DESC);

CREATE INDEX answers_user_ts ON public.answers USING btree (user_id, ts DESC);

CREATE UNIQUE INDEX approvals_waiting ON public.approvals USING btree (action, target) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));

CREATE INDEX audit_log_action ON public.audit_log USING btree (action text_pattern_ops, seq DESC);

CREATE INDEX audit_log_actor ON public.audit_log USING btree (actor text_pattern_ops, seq DESC);

CREATE INDEX audit_log_target ON public.audit_log USING btree (target text_pattern_ops, seq DESC);

CREATE INDEX audit_log_ts ON public.audit_log USING btree (ts);

CREATE INDEX chunk_embeddings_model ON public.chunk_embeddings USING btree (model);

CREATE INDEX chunk_places_section ON public.chunk_places USING btree (section_id);

CREATE INDEX chunk_places_version ON public.chunk_places USING btree (item_id, version, chunk_idx);

CREATE INDEX consents_latest ON public.consents USING btree (subject_id, purpose, at DESC, given);

CREATE INDEX consents_log ON public.consents USING btree (recorded_at DESC, consent_id);

CREATE INDEX conversations_item ON public.conversations USING btree (item_id) WHERE (item_id IS NOT NULL);

CREATE INDEX conversations_last ON public.conversations USING btree (last_at DESC, conversation_id);

CREATE INDEX conversations_subject ON public.conversations USING btree (subject_id, last_at DESC);

CREATE INDEX data_facts_answer ON public.data_facts USING btree (answer_id) WHERE (answer_id IS NOT NULL);

CREATE INDEX data_facts_stale ON public.data_facts USING btree (stale_at) WHERE (stale_at IS NOT NULL);

CREATE UNIQUE INDEX embedding_models_one_indexed ON public.embedding_models USING btree ((true)) WHERE (state <> 'filling'::text);

CREATE INDEX engine_deliveries_engine ON public.engine_deliveries USING btree (engine, delivered_at);

CREATE INDEX engine_recalls_open ON public.engine_recalls USING btree (engine) WHERE (done_at IS NULL);

CREATE INDEX engine_states_version ON public.engine_states USING btree (version_id);

CREATE INDEX events_ts ON ONLY public.events USING btree (ts);

CREATE INDEX events_default_ts_idx ON public.events_default USING btree (ts);

CREATE INDEX idx_events_user_ts ON ONLY public.events USING btree (user_id, ts DESC);

CREATE INDEX events_default_user_id_ts_idx ON public.events_default USING btree (user_id, ts DESC);

CREATE UNIQUE INDEX forecast_models_live ON public.forecast_models USING btree (target) WHERE (state = 'live'::text);

CREATE INDEX gap_answers_answer ON public.gap_answers USING btree (answer_id);

CREATE INDEX gap_step_questions_answer ON public.gap_step_questions USING btree (answer_id) WHERE (answer_id IS NOT NULL);

CREATE INDEX gap_step_questions_turn ON public.gap_step_questions USING btree (conversation_id, seq) WHERE (conversation_id IS NOT NULL);

CREATE INDEX gap_steps_answer ON public.gap_steps USING btree (answer_id, made_at) WHERE (answer_id IS NOT NULL);

CREATE INDEX gap_steps_gap ON public.gap_steps USING btree (gap_id, made_at) WHERE (gap_id IS NOT NULL);

CREATE INDEX gap_steps_item ON public.gap_steps USING btree (item_id) WHERE (item_id IS NOT NULL);

CREATE INDEX gap_turns_turn ON public.gap_turns USING btree (conversation_id, seq);

CREATE INDEX handover_answers_answer ON public.handover_answers USING btree (answer_id);

CREATE INDEX handovers_from ON public.handovers USING btree (from_user);

CREATE INDEX handovers_open ON public.handovers USING btree (due_on, made_at) WHERE (state = ANY (ARRAY['open'::text, 'taken'::text]));

CREATE INDEX handovers_to ON public.handovers USING btree (to_user) WHERE (to_user IS NOT NULL);

CREATE INDEX idx_chunks_item ON public.item_chunks USING btree (item_id);

CREATE UNIQUE INDEX idx_items_sha ON public.items USING btree (sha256, COALESCE(owner, '00000000-0000-0000-0000-000000000000'::uuid));

CREATE INDEX idx_items_tags ON public.items USING gin (tags);

CREATE INDEX item_sections_norm ON public.item_sections USING btree (norm) WHERE (norm IS NOT NULL);

CREATE INDEX item_versions_sha ON public.item_versions USING btree (sha256);

CREATE INDEX item_versions_text ON public.item_versions USING btree (text_sha256);

CREATE INDEX items_created ON public.items USING btree (created_at DESC, item_id);

CREATE INDEX items_filename ON public.items USING btree (filename);

CREATE INDEX items_owner ON public.items USING btree (owner) WHERE (owner IS NOT NULL);

CREATE INDEX items_url ON public.items USING btree (url) WHERE (url IS NOT NULL);

CREATE INDEX jobs_claimed ON public.jobs USING btree (turns, claimed_at DESC) WHERE (claimed_at IS NOT NULL);

CREATE INDEX jobs_ended ON public.jobs USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX jobs_item ON public.jobs USING btree (item_id) WHERE (item_id IS NOT NULL);

CREATE INDEX jobs_leased ON public.jobs USING btree (lease_until) WHERE (state = 'running'::text);

CREATE INDEX jobs_newest ON public.jobs USING btree (created_at DESC, job_id);

CREATE UNIQUE INDEX jobs_one_per_schedule ON public.jobs USING btree (schedule) WHERE ((schedule IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'running'::text])));

CREATE INDEX jobs_owner_ended ON public.jobs USING btree (owner, ended_at) WHERE (owner IS NOT NULL);

CREATE INDEX jobs_turns ON public.jobs USING btree (turns, due_at, created_at) WHERE (state = 'queued'::text);

CREATE INDEX jobs_waiting ON public.jobs USING btree (due_at, created_at) WHERE (state = 'queued'::text);

CREATE INDEX kpi_hours_starts ON public.kpi_hours USING btree (starts);

CREATE INDEX labels_item ON public.labels USING btree (item_id, ts DESC);

CREATE INDEX law_aliases_item ON public.law_aliases USING btree (item_id);

CREATE INDEX learning_entries_at ON public.learning_entries USING btree (at DESC, entry_id DESC);

CREATE INDEX learning_entries_release ON public.learning_entries USING btree (release_id);

CREATE INDEX market_prices_batch ON ONLY public.market_prices USING brin (batch_id) WITH (autosummarize='on');

CREATE INDEX market_prices_rest_batch_id_idx ON public.market_prices_rest USING brin (batch_id) WITH (autosummarize='on');

CREATE INDEX meter_assignments_customer ON public.meter_assignments USING btree (customer);

CREATE UNIQUE INDEX mv_events_daily_key ON public.mv_events_daily USING btree (day, type);

CREATE INDEX notices_newest ON public.notices USING btree (created_at DESC, notice_id DESC);

CREATE INDEX passkeys_user ON public.passkeys USING btree (user_id);

CREATE INDEX price_versions_batch ON public.price_versions USING btree (batch_id);

CREATE INDEX rag_feedback_answer ON public.rag_feedback USING btree (answer_id) WHERE (answer_id IS NOT NULL);

CREATE INDEX rag_feedback_ts ON public.rag_feedback USING btree (ts DESC);

CREATE INDEX reading_versions_batch ON public.reading_versions USING btree (batch_id);

CREATE INDEX recommendation_log_subject ON public.recommendation_log USING btree (subject_id, ts DESC);

CREATE INDEX recommendation_log_ts ON public.recommendation_log USING btree (ts);

CREATE INDEX recommendations_subject ON public.recommendations USING btree (subject);

CREATE INDEX release_steps_release ON public.release_steps USING btree (family, name, step_id);

CREATE INDEX releases_created ON public.releases USING btree (family, created_at DESC, name);

CREATE UNIQUE INDEX releases_one_live ON public.releases USING btree (family) WHERE (state = 'live'::text);

CREATE UNIQUE INDEX releases_one_trial ON public.releases USING btree (family) WHERE (state = 'trial'::text);

CREATE INDEX reviews_decided ON public.reviews USING btree (decided_at DESC, review_id) WHERE (state <> 'open'::text);

CREATE INDEX reviews_open ON public.reviews USING btree (priority DESC, review_id) WHERE (state = 'open'::text);

CREATE INDEX schedules_meter ON public.schedules USING btree (meter_id) WHERE (meter_id IS NOT NULL);

CREATE INDEX second_opinions_given ON public.second_opinions USING btree (given_at) WHERE (given_at IS NOT NULL);

CREATE INDEX second_opinions_waiting ON public.second_opinions USING btree (due_at, review_id) WHERE (state IS NULL);

CREATE INDEX seed_batches_run ON public.seed_batches USING btree (run_id);

CREATE INDEX seed_batches_sha256 ON public.seed_batches USING btree (sha256) WHERE (object_key IS NOT NULL);

CREATE INDEX seed_batches_source ON public.seed_batches USING btree (source, fetched_at);

CREATE INDEX seed_deliveries_version ON public.seed_deliveries USING btree (version_id);

CREATE INDEX seed_lineage_batch ON public.seed_lineage USING btree (batch_id);

CREATE INDEX seed_lineage_key ON public.seed_lineage USING btree (source_key);

CREATE INDEX seed_lineage_lookup ON public.seed_lineage USING btree (lookup) WHERE (lookup IS NOT NULL);

CREATE INDEX seed_removals_batch ON public.seed_removals USING btree (batch_id);

CREATE INDEX seed_removals_kept ON public.seed_removals USING btree (run_id, kept_id) WHERE (kept_id IS NOT NULL);

CREATE INDEX seed_removals_lookup ON public.seed_removals USING btree (lookup) WHERE (lookup IS NOT NULL);

CREATE INDEX seed_runs_pipeline ON public.seed_runs USING btree (pipeline, started_at);

CREATE INDEX seed_versions_run ON public.seed_versions USING btree (run_id);

CREATE INDEX series_batches_digest ON public.series_batches USING btree (digest) WHERE (digest IS NOT NULL);

CREATE INDEX series_batches_owner ON public.series_batches USING btree (owner) WHERE (owner IS NOT NULL);

CREATE INDEX session_inbox_received ON public.session_inbox USING btree (received_at);

CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX signal_versions_batch ON public.signal_versions USING btree (batch_id);

CREATE INDEX signals_batch ON public.signals USING brin (batch_id) WITH (autosummarize='on');

CREATE INDEX smart_meter_readings_batch ON ONLY public.smart_meter_readings USING brin (batch_id) WITH (autosummarize='on');

CREATE INDEX smart_meter_readings_rest_batch_id_idx ON public.smart_meter_readings_rest USING brin (batch_id) WITH (autosummarize='on');

CREATE INDEX stream_messages_at ON public.stream_messages USING btree (at);

CREATE INDEX stream_taken_at ON public.stream_taken USING btree (at);

CREATE INDEX ticket_episodes_ticket ON public.ticket_episodes USING btree (ticket_id);

CREATE INDEX ticket_history_ticket ON public.ticket_history USING btree (ticket_id, at, change_id);

CREATE UNIQUE INDEX tickets_one_per_gap ON public.tickets USING btree (gap_id) WHERE ((gap_id IS NOT NULL) AND (closed_at IS NULL));

CREATE INDEX tickets_state ON public.tickets USING btree (state, changed_at DESC);

CREATE INDEX train_answers_lookups ON public.train_answers USING gin (lookups);

CREATE INDEX train_evaluations_run ON public.train_evaluations USING btree (run_id, at);

CREATE INDEX train_keys_run ON public.train_keys USING btree (run_id, at);

CREATE INDEX train_runs_created ON public.train_runs USING btree (created_at);

CREATE INDEX train_runs_version ON public.train_runs USING btree (dataset, version);

CREATE INDEX train_vote_notes_rater ON public.train_vote_notes USING btree (rater);

CREATE INDEX train_votes_rater ON public.train_votes USING btree (rater);

CREATE INDEX turns_answer ON public.turns USING btree (answer_id) WHERE (answer_id IS NOT NULL);

CREATE INDEX turns_ts ON public.turns USING btree (ts DESC);

CREATE INDEX vault_token ON public.vault USING btree (token);

ALTER INDEX public.events_pkey ATTACH PARTITION public.events_default_pkey;

ALTER INDEX public.events_ts ATTACH PARTITION public.events_default_ts_idx;

ALTER INDEX public.idx_events_user_ts ATTACH PARTITION public.events_default_user_id_ts_idx;

ALTER INDEX public.market_prices_batch ATTACH PARTITION public.market_prices_rest_batch_id_idx;

ALTER INDEX public.market_prices_pkey ATTACH PARTITION public.market_prices_rest_pkey;

ALTER INDEX public.smart_meter_readings_batch ATTACH PARTITION public.smart_meter_readings_rest_batch_id_idx;

ALTER INDEX public.smart_meter_readings_pkey ATTACH PARTITION public.smart_meter_readings_rest_pkey;

CREATE TRIGGER answers_going BEFORE DELETE ON public.answers FOR EACH ROW WHEN ((old.user_id IS NOT NULL)) EXECUTE FUNCTION public.answers_take_others_words();

CREATE CONSTRAINT TRIGGER audit_incoming_numbered AFTER INSERT ON public.audit_incoming DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_entry_is_numbered();

CREATE TRIGGER audit_log_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_log_is_append_only();

CREATE TRIGGER audit_seals_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION public.audit_seals_are_append_only();

CREATE TRIGGER conversations_gone AFTER DELETE ON public.conversations FOR EACH ROW WHEN ((old.item_id IS NOT NULL)) EXECUTE FUNCTION public.conversations_take_their_passages();

CREATE TRIGGER conversations_narrowed AFTER UPDATE OF purposes ON public.conversations FOR EACH ROW WHEN (((old.item_id IS NOT NULL) AND (NOT ('analytics'::text = ANY (new.purposes))))) EXECUTE FUNCTION public.conversations_take_their_passages();

CREATE TRIGGER curated_gone AFTER DELETE ON public.curated_answers FOR EACH ROW WHEN ((old.item_id IS NOT NULL)) EXECUTE FUNCTION public.curated_take_their_document();

CREATE TRIGGER gap_step_gone AFTER DELETE ON public.gap_steps FOR EACH ROW WHEN (((old.item_id IS NOT NULL) AND (old.what = 'answer'::text))) EXECUTE FUNCTION public.curated_take_their_document();

CREATE TRIGGER jobs_changed AFTER UPDATE ON public.jobs FOR EACH ROW WHEN (((((((old.state IS DISTINCT FROM new.state) OR (old.attempts IS DISTINCT FROM new.attempts)) OR (old.stage IS DISTINCT FROM new.stage)) OR (old.progress IS DISTINCT FROM new.progress)) OR (old.total IS DISTINCT FROM new.total)) OR (old.cancel_requested IS DISTINCT FROM new.cancel_requested))) EXECUTE FUNCTION public.jobs_notify();

CREATE TRIGGER jobs_inserted AFTER INSERT ON public.jobs FOR EACH ROW EXECUTE FUNCTION public.jobs_notify();

CREATE TRIGGER meters_take_along AFTER DELETE ON public.meters FOR EACH ROW EXECUTE FUNCTION public.meters_take_along();

CREATE TRIGGER release_steps_no_change BEFORE DELETE OR UPDATE ON public.release_steps FOR EACH STATEMENT EXECUTE FUNCTION public.release_steps_are_append_only();

CREATE TRIGGER train_sets_frozen BEFORE UPDATE ON public.train_sets FOR EACH ROW EXECUTE FUNCTION public.train_sets_are_frozen();

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.answers
    ADD CONSTRAINT answers_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.chunk_embeddings
    ADD CONSTRAINT chunk_embeddings_chunk_id_fkey FOREIGN KEY (chunk_id) REFERENCES public.item_chunks(chunk_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.chunk_embeddings
    ADD CONSTRAINT chunk_embeddings_model_fkey FOREIGN KEY (model) REFERENCES public.embedding_models(model) ON DELETE CASCADE;

ALTER TABLE ONLY public.chunk_places
    ADD CONSTRAINT chunk_places_chunk_id_fkey FOREIGN KEY (chunk_id) REFERENCES public.item_chunks(chunk_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.chunk_places
    ADD CONSTRAINT chunk_places_item_id_version_fkey FOREIGN KEY (item_id, version) REFERENCES public.item_versions(item_id, version) ON DELETE CASCADE;

ALTER TABLE ONLY public.chunk_places
    ADD CONSTRAINT chunk_places_section_id_fkey FOREIGN KEY (section_id) REFERENCES public.item_sections(section_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.curated_answers
    ADD CONSTRAINT curated_answers_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.curated_answers
    ADD CONSTRAINT curated_answers_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.reviews(review_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.data_facts
    ADD CONSTRAINT data_facts_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.data_facts
    ADD CONSTRAINT data_facts_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.engine_states
    ADD CONSTRAINT engine_states_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.seed_versions(version_id);

ALTER TABLE public.events
    ADD CONSTRAINT events_chunk_id_fkey FOREIGN KEY (chunk_id) REFERENCES public.item_chunks(chunk_id) ON DELETE SET NULL;

ALTER TABLE public.events
    ADD CONSTRAINT events_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE public.events
    ADD CONSTRAINT events_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_answers
    ADD CONSTRAINT gap_answers_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_answers
    ADD CONSTRAINT gap_answers_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.knowledge_gaps(gap_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_step_questions
    ADD CONSTRAINT gap_step_questions_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_step_questions
    ADD CONSTRAINT gap_step_questions_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES public.turns(conversation_id, seq) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_step_questions
    ADD CONSTRAINT gap_step_questions_step_id_fkey FOREIGN KEY (step_id) REFERENCES public.gap_steps(step_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_steps
    ADD CONSTRAINT gap_steps_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_steps
    ADD CONSTRAINT gap_steps_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.knowledge_gaps(gap_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.gap_steps
    ADD CONSTRAINT gap_steps_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.gap_turns
    ADD CONSTRAINT gap_turns_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES public.turns(conversation_id, seq) ON DELETE CASCADE;

ALTER TABLE ONLY public.gap_turns
    ADD CONSTRAINT gap_turns_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.knowledge_gaps(gap_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.handover_answers
    ADD CONSTRAINT handover_answers_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.handover_answers
    ADD CONSTRAINT handover_answers_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES public.handovers(handover_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_from_user_fkey FOREIGN KEY (from_user) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.handovers
    ADD CONSTRAINT handovers_to_user_fkey FOREIGN KEY (to_user) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.item_chunks
    ADD CONSTRAINT item_chunks_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.item_sections
    ADD CONSTRAINT item_sections_item_id_version_fkey FOREIGN KEY (item_id, version) REFERENCES public.item_versions(item_id, version) ON DELETE CASCADE;

ALTER TABLE ONLY public.item_versions
    ADD CONSTRAINT item_versions_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.items
    ADD CONSTRAINT items_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.knowledge_gaps
    ADD CONSTRAINT knowledge_gaps_place_item_fkey FOREIGN KEY (place_item) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.known_browsers
    ADD CONSTRAINT known_browsers_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.labels
    ADD CONSTRAINT labels_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.law_aliases
    ADD CONSTRAINT law_aliases_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.items(item_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.learning_entries
    ADD CONSTRAINT learning_entries_release_id_fkey FOREIGN KEY (release_id) REFERENCES public.learning_releases(release_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.meter_assignments
    ADD CONSTRAINT meter_assignments_customer_fkey FOREIGN KEY (customer) REFERENCES public.users(user_id);

ALTER TABLE ONLY public.meter_assignments
    ADD CONSTRAINT meter_assignments_meter_id_fkey FOREIGN KEY (meter_id) REFERENCES public.meters(meter_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.rag_feedback
    ADD CONSTRAINT rag_feedback_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.rag_feedback
    ADD CONSTRAINT rag_feedback_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recommendation_log
    ADD CONSTRAINT recommendation_log_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recommendations
    ADD CONSTRAINT recommendations_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.release_steps
    ADD CONSTRAINT release_steps_release_fkey FOREIGN KEY (family, name) REFERENCES public.releases(family, name);

ALTER TABLE ONLY public.releases
    ADD CONSTRAINT releases_before_fkey FOREIGN KEY (family, before) REFERENCES public.releases(family, name) ON DELETE SET NULL (before);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT reviews_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.second_opinions
    ADD CONSTRAINT second_opinions_review_id_fkey FOREIGN KEY (review_id) REFERENCES public.reviews(review_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.seed_batches
    ADD CONSTRAINT seed_batches_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.seed_runs(run_id);

ALTER TABLE ONLY public.seed_deliveries
    ADD CONSTRAINT seed_deliveries_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.seed_versions(version_id);

ALTER TABLE ONLY public.seed_removals
    ADD CONSTRAINT seed_removals_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.seed_runs(run_id);

ALTER TABLE ONLY public.seed_versions
    ADD CONSTRAINT seed_versions_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.seed_runs(run_id);

ALTER TABLE ONLY public.sentiment_labels
    ADD CONSTRAINT sentiment_labels_conversation_id_seq_fkey FOREIGN KEY (conversation_id, seq) REFERENCES public.turns(conversation_id, seq) ON DELETE CASCADE;

ALTER TABLE ONLY public.sentiment_labels
    ADD CONSTRAINT sentiment_labels_labelled_by_fkey FOREIGN KEY (labelled_by) REFERENCES public.subjects(subject_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.series_batches
    ADD CONSTRAINT series_batches_owner_fkey FOREIGN KEY (owner) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.series_batches
    ADD CONSTRAINT series_batches_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_id_fkey FOREIGN KEY (token_id) REFERENCES public.access_tokens(token_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.accounts(user_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subject_keys
    ADD CONSTRAINT subject_keys_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(user_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.ticket_episodes
    ADD CONSTRAINT ticket_episodes_episode_id_fkey FOREIGN KEY (episode_id) REFERENCES public.alert_episodes(episode_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_episodes
    ADD CONSTRAINT ticket_episodes_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.tickets(ticket_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ticket_history
    ADD CONSTRAINT ticket_history_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.tickets(ticket_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_gap_id_fkey FOREIGN KEY (gap_id) REFERENCES public.knowledge_gaps(gap_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.train_answers
    ADD CONSTRAINT train_answers_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id);

ALTER TABLE ONLY public.train_evaluations
    ADD CONSTRAINT train_evaluations_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id);

ALTER TABLE ONLY public.train_keys
    ADD CONSTRAINT train_keys_evaluation_id_fkey FOREIGN KEY (evaluation_id) REFERENCES public.train_evaluations(evaluation_id);

ALTER TABLE ONLY public.train_keys
    ADD CONSTRAINT train_keys_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id);

ALTER TABLE ONLY public.train_points
    ADD CONSTRAINT train_points_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id);

ALTER TABLE ONLY public.train_shadow_hours
    ADD CONSTRAINT train_shadow_hours_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.train_unblinded
    ADD CONSTRAINT train_unblinded_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.train_runs(run_id);

ALTER TABLE ONLY public.train_vote_notes
    ADD CONSTRAINT train_vote_notes_run_id_row_id_rater_fkey FOREIGN KEY (run_id, row_id, rater) REFERENCES public.train_votes(run_id, row_id, rater) ON DELETE CASCADE;

ALTER TABLE ONLY public.train_votes
    ADD CONSTRAINT train_votes_run_id_row_id_side_fkey FOREIGN KEY (run_id, row_id, side) REFERENCES public.train_answers(run_id, row_id, side) ON DELETE CASCADE;

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answers(answer_id) ON DELETE SET NULL;

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(conversation_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.vault
    ADD CONSTRAINT vault_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(subject_id) ON DELETE CASCADE;
