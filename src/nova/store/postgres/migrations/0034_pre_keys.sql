-- Two people turn their keys before a tuned model serves.

-- One answer for each person and evaluation; `adapter_sha256` is of the weights that they said it of. `turned_by` is a pseudonym.
CREATE TABLE train_keys (
    run_id         uuid NOT NULL REFERENCES train_runs (run_id),
    evaluation_id  uuid NOT NULL REFERENCES train_evaluations (evaluation_id),
    turned_by      text NOT NULL,
    says           text NOT NULL CHECK (says IN ('yes', 'no')),
    reason         text NOT NULL DEFAULT '',
    adapter_sha256 text NOT NULL CHECK (adapter_sha256 ~ '^[0-9a-f]{64}$'),
    at             timestamptz NOT NULL,
    PRIMARY KEY (evaluation_id, turned_by)
);
CREATE INDEX train_keys_run ON train_keys (run_id, at);
