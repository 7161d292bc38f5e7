-- What is seen of runs under way, graphics cards and the adapter that serves, the newest of each hour; `about` is a run or a card, never a person.
CREATE TABLE training_watch (
    hour   timestamptz NOT NULL,
    figure text NOT NULL,
    about  text NOT NULL,
    value  double precision NOT NULL,
    PRIMARY KEY (hour, figure, about)
);

-- Nobody stands behind these either.
CREATE OR REPLACE VIEW kpi_hours_told AS
SELECT kpi, starts, n, total FROM kpi_hours
WHERE segment = '' AND (cardinality(people) >= 5 OR kpi IN ('engines_reached', 'engine_s', 'deliveries_lost', 'intake_refused', 'train_facts',
    'train_win', 'train_bleu', 'train_rouge_l', 'train_hours', 'train_over_budget', 'review_kappa', 'second_overdue',
    'run_budget', 'run_pace', 'gpu_usable', 'gpu_memory', 'adapter_drift'));
