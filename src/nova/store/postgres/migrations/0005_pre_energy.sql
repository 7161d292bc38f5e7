-- Energy: meters, their readings with every superseded version, market prices, signals of grid and weather, rollups, forecasts, schedules,
-- recommendations, the feeds all of it comes from and the batches it came in.
-- `ts` is the start of an interval in UTC, `seconds` its length, `*_kw` the mean power over it. Local days are those of Europe/Berlin.

CREATE TABLE meters (
    meter_id   text PRIMARY KEY CHECK (meter_id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$'),
    owner      uuid REFERENCES users (user_id) ON DELETE CASCADE,
    title      text NOT NULL DEFAULT '',
    kind       text NOT NULL DEFAULT 'other'
               CHECK (kind IN ('household', 'business', 'pv', 'battery', 'ev', 'heat_pump', 'grid', 'other')),
    seconds    integer NOT NULL DEFAULT 900 CHECK (seconds BETWEEN 1 AND 86400),
    simulated  boolean NOT NULL DEFAULT false,
    keep_days  integer CHECK (keep_days > 0),
    facts      jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX meters_owner ON meters (owner) WHERE owner IS NOT NULL;

-- Where rows come from by themselves: a pull, a push, a drop folder or the simulator. `cursor` says how far it has come.
CREATE TABLE feeds (
    name       text PRIMARY KEY,
    kind       text NOT NULL,
    enabled    boolean NOT NULL DEFAULT false,
    settings   jsonb NOT NULL DEFAULT '{}',
    cursor     jsonb NOT NULL DEFAULT '{}',
    rows       bigint NOT NULL DEFAULT 0,
    last_at    timestamptz,
    last_error text,
    error_at   timestamptz,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- One file, pull or push. `digest` makes the same content known again; `report` counts accepted, corrected and refused rows, with the
-- first reasons of each kind.
CREATE TABLE series_batches (
    batch_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source     text NOT NULL,
    format     text NOT NULL,
    name       text NOT NULL DEFAULT '',
    digest     text,
    state      text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'refused', 'failed')),
    report     jsonb NOT NULL DEFAULT '{}',
    owner      uuid REFERENCES users (user_id) ON DELETE SET NULL,
    job_id     uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz
);
CREATE INDEX series_batches_digest ON series_batches (digest) WHERE digest IS NOT NULL;

-- The columns of `smart_meter_readings` (below): the current row of a meter's interval. `rule` names what set the quality where that was not the sender ("gap", "stuck", "spike", ...).
CREATE TABLE new_readings (
    meter_id       text NOT NULL,
    ts             timestamptz NOT NULL,
    seconds        integer NOT NULL,
    consumption_kw double precision,
    production_kw  double precision,
    voltage        double precision,
    quality        text NOT NULL DEFAULT 'measured'
                   CHECK (quality IN ('measured', 'substitute', 'preliminary', 'missing', 'simulated')),
    rule           text,
    batch_id       bigint NOT NULL,
    PRIMARY KEY (meter_id, ts)
);

-- What a correction replaced, as it was.
CREATE TABLE reading_versions (
    meter_id       text NOT NULL,
    ts             timestamptz NOT NULL,
    seconds        integer NOT NULL,
    consumption_kw double precision,
    production_kw  double precision,
    voltage        double precision,
    quality        text NOT NULL,
    rule           text,
    batch_id       bigint NOT NULL,
    replaced_by    bigint NOT NULL,
    replaced_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (meter_id, ts, replaced_by)
);

-- Readings by quarter-hour (900), hour (3600) and local day (86400), brought up to date from `reading_changes`. A bucket is never shorter
-- than its readings' interval, the longest of which is `seconds`. `qualities` counts intervals in the order of the CHECK above; peaks are
-- of single intervals. `consumption_s` and `production_s` count the seconds in which the power is known.
CREATE TABLE reading_rollups (
    meter_id           text NOT NULL,
    bucket             integer NOT NULL CHECK (bucket IN (900, 3600, 86400)),
    ts                 timestamptz NOT NULL,
    consumption_kwh    double precision,
    consumption_min    double precision,
    consumption_max    double precision,
    consumption_max_at timestamptz,
    production_kwh     double precision,
    production_min     double precision,
    production_max     double precision,
    seconds            integer NOT NULL,
    consumption_s      integer NOT NULL,
    production_s       integer NOT NULL,
    qualities          integer[] NOT NULL,
    PRIMARY KEY (meter_id, bucket, ts)
);

-- Local days whose rollups are older than their readings.
CREATE TABLE reading_changes (
    meter_id text NOT NULL,
    day      date NOT NULL,
    batch_id bigint NOT NULL,
    PRIMARY KEY (meter_id, day)
);

-- A meter takes everything of it along, also when it goes with its owner; the objects of its models are left to the job `forecast`.
CREATE FUNCTION meters_take_along() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER meters_take_along AFTER DELETE ON meters FOR EACH ROW EXECUTE FUNCTION meters_take_along();

-- The columns of `market_prices`.
CREATE TABLE new_prices (
    market        text NOT NULL,
    product       text NOT NULL,
    zone          text NOT NULL DEFAULT 'DE-LU',
    seconds       integer NOT NULL,
    ts            timestamptz NOT NULL,
    price_eur_mwh double precision,
    volume        double precision,
    quality       text NOT NULL DEFAULT 'measured'
                  CHECK (quality IN ('measured', 'substitute', 'preliminary', 'missing', 'simulated')),
    batch_id      bigint NOT NULL,
    PRIMARY KEY (market, product, zone, seconds, ts)
);

CREATE TABLE price_versions (
    market        text NOT NULL,
    product       text NOT NULL,
    zone          text NOT NULL,
    seconds       integer NOT NULL,
    ts            timestamptz NOT NULL,
    price_eur_mwh double precision,
    volume        double precision,
    quality       text NOT NULL,
    batch_id      bigint NOT NULL,
    replaced_by   bigint NOT NULL,
    replaced_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (market, product, zone, seconds, ts, replaced_by)
);

-- What explains readings and prices: load, solar, wind of a zone in MW, temperature and radiation of a place, grams of CO2 per kWh.
CREATE TABLE signals (
    signal   text NOT NULL,
    zone     text NOT NULL,
    ts       timestamptz NOT NULL,
    seconds  integer NOT NULL,
    value    double precision,
    quality  text NOT NULL DEFAULT 'measured'
             CHECK (quality IN ('measured', 'substitute', 'preliminary', 'missing', 'simulated')),
    batch_id bigint NOT NULL,
    PRIMARY KEY (signal, zone, ts)
);

CREATE TABLE signal_versions (
    signal      text NOT NULL,
    zone        text NOT NULL,
    ts          timestamptz NOT NULL,
    seconds     integer NOT NULL,
    value       double precision,
    quality     text NOT NULL,
    batch_id    bigint NOT NULL,
    replaced_by bigint NOT NULL,
    replaced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (signal, zone, ts, replaced_by)
);

-- A trained model; at most one a target serves. `scores` are those of its backtest; the model itself lies among the objects.
CREATE TABLE forecast_models (
    model_id   uuid PRIMARY KEY,
    target     text NOT NULL,
    state      text NOT NULL CHECK (state IN ('live', 'rejected', 'retired')),
    features   text[] NOT NULL,
    trained_to timestamptz NOT NULL,
    scores     jsonb NOT NULL,
    object_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX forecast_models_live ON forecast_models (target) WHERE state = 'live';

-- `target` is "price/MARKET/PRODUCT/ZONE/SECONDS" or "meter/ID". Quantiles are of the value itself; `mean` is the expectation, whose sums
-- are right; `naive` is the week before.
CREATE TABLE forecasts (
    target    text NOT NULL,
    issued_at timestamptz NOT NULL,
    ts        timestamptz NOT NULL,
    seconds   integer NOT NULL,
    low       double precision NOT NULL,
    middle    double precision NOT NULL,
    high      double precision NOT NULL,
    mean      double precision NOT NULL,
    naive     double precision,
    seasonal  double precision,
    model_id  uuid,
    PRIMARY KEY (target, ts, issued_at)
);

-- How a day's forecast did once the day was known: mean absolute errors, the share of values inside the band, how far the mean lay above
-- what came (`bias`), and what came on average (`level`).
CREATE TABLE forecast_scores (
    target    text NOT NULL,
    day       date NOT NULL,
    origin    text NOT NULL CHECK (origin IN ('backtest', 'served')),
    n         integer NOT NULL,
    mae       double precision NOT NULL,
    naive     double precision,
    seasonal  double precision,
    bias      double precision NOT NULL,
    level     double precision NOT NULL,
    inside    double precision NOT NULL,
    PRIMARY KEY (target, day, origin)
);

-- `meter_id` is NULL where only a plant was given.
CREATE TABLE schedules (
    schedule_id uuid PRIMARY KEY,
    owner       uuid REFERENCES users (user_id) ON DELETE CASCADE,
    meter_id    text,
    title       text NOT NULL DEFAULT '',
    plant       jsonb NOT NULL,
    result      jsonb NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX schedules_meter ON schedules (meter_id) WHERE meter_id IS NOT NULL;

-- What Luna recommends and what people said to it. `evidence` names data facts and passages.
CREATE TABLE recommendations (
    recommendation_id uuid PRIMARY KEY,
    owner      uuid REFERENCES users (user_id) ON DELETE CASCADE,
    rule       text NOT NULL,
    subject    text NOT NULL,
    day        date NOT NULL,
    title      text NOT NULL,
    text       text NOT NULL,
    eur        double precision,
    kwh        double precision,
    evidence   jsonb NOT NULL,
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'later', 'declined', 'past')),
    reason     text,
    created_at timestamptz NOT NULL DEFAULT now(),
    decided_at timestamptz,
    UNIQUE (rule, subject, day)
);
CREATE INDEX recommendations_subject ON recommendations (subject);

-- A number that an answer said: what was asked of the data, over which window and rows, and what came out. Cited as `[data ID]`.
CREATE TABLE data_facts (
    fact_id    uuid PRIMARY KEY,
    answer_id  uuid REFERENCES answers (answer_id) ON DELETE CASCADE,
    owner      uuid REFERENCES users (user_id) ON DELETE CASCADE,
    tool       text NOT NULL,
    label      text NOT NULL,
    query      jsonb NOT NULL,
    rows       integer NOT NULL,
    value      double precision,
    unit       text NOT NULL,
    chart      jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX data_facts_answer ON data_facts (answer_id) WHERE answer_id IS NOT NULL;

-- Readings and prices lie in monthly partitions. Where TimescaleDB was installed before Nova, and the database says so (ALTER DATABASE ...
-- SET nova.hypertables = on), they lie in its chunks, which Nova's snapshots do not hold (docs/decisions/0021-series.md).
DO $$
BEGIN
    IF current_setting('nova.hypertables', true) = 'on'
       AND EXISTS (SELECT FROM pg_proc WHERE proname = 'create_hypertable' AND pg_function_is_visible(oid)) THEN
        CREATE TABLE smart_meter_readings (LIKE new_readings INCLUDING ALL);
        CREATE TABLE market_prices (LIKE new_prices INCLUDING ALL);
        PERFORM create_hypertable('smart_meter_readings', 'ts', chunk_time_interval => INTERVAL '1 month', create_default_indexes => false);
        PERFORM create_hypertable('market_prices', 'ts', chunk_time_interval => INTERVAL '1 month', create_default_indexes => false);
    ELSE
        CREATE TABLE smart_meter_readings (LIKE new_readings INCLUDING ALL) PARTITION BY RANGE (ts);
        CREATE TABLE smart_meter_readings_rest PARTITION OF smart_meter_readings DEFAULT;
        CREATE TABLE market_prices (LIKE new_prices INCLUDING ALL) PARTITION BY RANGE (ts);
        CREATE TABLE market_prices_rest PARTITION OF market_prices DEFAULT;
    END IF;
END
$$;
DROP TABLE new_readings, new_prices;
