-- Fair shares: whose turn a job counts as, when that turn came last, and what the job took; and how large a delivered file was.

-- `turns` is the owner's id, 'operator', 'clock' for what a schedule starts, or 'long' for what may take hours and nobody waits for. `cpu_s`
-- are seconds of processor time, of all attempts that ended by themselves.
ALTER TABLE jobs ADD COLUMN turns text NOT NULL DEFAULT 'operator';
ALTER TABLE jobs ADD COLUMN claimed_at timestamptz;
ALTER TABLE jobs ADD COLUMN cpu_s double precision NOT NULL DEFAULT 0;
UPDATE jobs SET turns = CASE WHEN schedule IS NOT NULL THEN 'clock' ELSE owner::text END WHERE schedule IS NOT NULL OR owner IS NOT NULL;
CREATE INDEX jobs_turns ON jobs (turns, due_at, created_at) WHERE state = 'queued';
CREATE INDEX jobs_claimed ON jobs (turns, claimed_at DESC) WHERE claimed_at IS NOT NULL;
CREATE INDEX jobs_owner_ended ON jobs (owner, ended_at) WHERE owner IS NOT NULL;
DROP INDEX jobs_owner;

-- Bytes of a file that a person delivered, as it came; NULL for what came another way.
ALTER TABLE series_batches ADD COLUMN bytes bigint;
CREATE INDEX series_batches_owner ON series_batches (owner) WHERE owner IS NOT NULL;
CREATE INDEX items_owner ON items (owner) WHERE owner IS NOT NULL;
