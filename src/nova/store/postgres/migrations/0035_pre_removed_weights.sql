-- Weights that learned from somebody who left are removed; the run stays, with the hash of what they were.

ALTER TABLE train_runs ADD COLUMN removed_at timestamptz;
