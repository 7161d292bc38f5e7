-- A tuned model writes in the shadow of what is shown, before anybody reads it: counts by the hour, and no word of anybody.

-- Both sides are counted of the same questions: `asked`, of these `written` by a model, `proven` (every sentence with its evidence), and
-- `fell_back` (composed, since the model was silent or proved nothing); the seconds that writing took, and their squares.
CREATE TABLE train_shadow_hours (
    run_id    uuid NOT NULL REFERENCES train_runs (run_id) ON DELETE CASCADE,
    starts    timestamptz NOT NULL,
    side      text NOT NULL CHECK (side IN ('shadow', 'shown')),
    asked     bigint NOT NULL DEFAULT 0,
    written   bigint NOT NULL DEFAULT 0,
    proven    bigint NOT NULL DEFAULT 0,
    fell_back bigint NOT NULL DEFAULT 0,
    seconds   double precision NOT NULL DEFAULT 0,
    squares   double precision NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, starts, side)
);
