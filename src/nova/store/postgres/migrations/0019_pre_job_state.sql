-- How far a job is, for its next attempt; which kinds leave places to others when a schedule starts them; and what kind of work a worker takes.

ALTER TABLE jobs ADD COLUMN saved jsonb NOT NULL DEFAULT '{}';
ALTER TABLE job_schedules ADD COLUMN long boolean NOT NULL DEFAULT false;
ALTER TABLE workers ADD COLUMN labels text[] NOT NULL DEFAULT '{}';
