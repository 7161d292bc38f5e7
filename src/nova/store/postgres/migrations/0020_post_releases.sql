-- What goes live and can be taken back, in one place: candidates, trials, what is live, what was before it, and a ledger of every step.

-- A release is something of a `family` (prompts, what was learned) that answers can be given by; what it holds lies in its family's own table.
-- At most one of a family is live (none: what is shipped), at most one on trial. `before` is what it replaced when it went live (NULL: what
-- is shipped), `gate` what was measured of it, `digest` the form of what it holds where that may change under its name. `left_at` is when
-- it gave way the last time.
CREATE TABLE releases (
    family     text NOT NULL,
    name       text NOT NULL,
    state      text NOT NULL CHECK (state IN ('candidate', 'trial', 'live', 'former', 'withdrawn')),
    before     text,
    share      double precision NOT NULL DEFAULT 0 CHECK (share >= 0 AND share <= 1),
    gate       jsonb,
    digest     text,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    trial_at   timestamptz,
    live_at    timestamptz,
    left_at    timestamptz,
    PRIMARY KEY (family, name),
    CHECK (share = 0 OR state = 'trial')
);

-- Every step of a release, in order. `actor` is '' for steps of before this table whose actor only the audit log knows.
CREATE TABLE release_steps (
    step_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    family  text NOT NULL,
    name    text NOT NULL,
    step    text NOT NULL CHECK (step IN ('made', 'trial', 'dropped', 'live', 'back', 'withdrawn')),
    actor   text NOT NULL,
    at      timestamptz NOT NULL,
    facts   jsonb NOT NULL DEFAULT '{}'
);
CREATE FUNCTION release_steps_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'release_steps is append-only';
END
$$;

-- Versions of the prompt. One that was live and is no more is former, whether it was replaced or taken back: nobody noted which.
INSERT INTO releases (family, name, state, before, share, gate, created_by, created_at, trial_at, live_at, left_at)
SELECT 'prompts', p.version, CASE p.state WHEN 'draft' THEN 'candidate' WHEN 'retired' THEN 'former' ELSE p.state END,
       (SELECT b.version FROM prompts b WHERE b.version = p.before), CASE p.state WHEN 'trial' THEN p.share ELSE 0 END,
       p.compared, p.created_by, p.created_at, p.trial_at, p.live_at, p.retired_at
FROM prompts p;

-- What was learned. What was measured and not let through stays a candidate; it replaced nothing.
INSERT INTO releases (family, name, state, before, gate, digest, created_by, created_at, live_at, left_at)
SELECT 'learning', r.release_id::text,
       CASE r.state WHEN 'rejected' THEN 'candidate' WHEN 'undone' THEN 'withdrawn' ELSE r.state END,
       CASE WHEN r.state <> 'rejected' THEN r.before::text END, r.effect, r.digest, r.started_by, r.created_at,
       CASE WHEN r.state <> 'rejected' THEN r.created_at END,
       CASE r.state WHEN 'undone' THEN (SELECT e.ended_at FROM learning_entries e WHERE e.entry_id = r.release_id)
                    WHEN 'former' THEN (SELECT max(n.created_at) FROM learning_releases n
                                        WHERE n.before = r.release_id AND n.state <> 'rejected') END
FROM learning_releases r;

INSERT INTO release_steps (family, name, step, actor, at, facts)
SELECT family, name, step, actor, at, facts FROM (
    SELECT family, name, 'made' AS step, created_by AS actor, created_at AS at, '{}'::jsonb AS facts, 1 AS nth FROM releases
    UNION ALL
    SELECT family, name, 'trial', '', trial_at, '{}', 2 FROM releases WHERE trial_at IS NOT NULL
    UNION ALL
    SELECT family, name, 'live', CASE family WHEN 'learning' THEN created_by ELSE '' END, live_at, jsonb_build_object('before', before), 3
    FROM releases WHERE live_at IS NOT NULL
    UNION ALL
    SELECT r.family, r.name, 'withdrawn', coalesce(e.ended_by, ''), r.left_at, '{}', 4
    FROM releases r JOIN learning_entries e ON e.entry_id::text = r.name
    WHERE r.family = 'learning' AND r.state = 'withdrawn' AND r.left_at IS NOT NULL
) known
ORDER BY at, nth, family, name;

ALTER TABLE releases ADD CONSTRAINT releases_before_fkey
    FOREIGN KEY (family, before) REFERENCES releases (family, name) ON DELETE SET NULL (before);
CREATE UNIQUE INDEX releases_one_live ON releases (family) WHERE state = 'live';
CREATE UNIQUE INDEX releases_one_trial ON releases (family) WHERE state = 'trial';
CREATE INDEX releases_created ON releases (family, created_at DESC, name);
ALTER TABLE release_steps ADD CONSTRAINT release_steps_release_fkey FOREIGN KEY (family, name) REFERENCES releases (family, name);
CREATE INDEX release_steps_release ON release_steps (family, name, step_id);
CREATE TRIGGER release_steps_no_change BEFORE UPDATE OR DELETE ON release_steps
    FOR EACH STATEMENT EXECUTE FUNCTION release_steps_are_append_only();

ALTER TABLE prompts
    DROP COLUMN state, DROP COLUMN share, DROP COLUMN before, DROP COLUMN compared, DROP COLUMN created_by, DROP COLUMN created_at,
    DROP COLUMN trial_at, DROP COLUMN live_at, DROP COLUMN retired_at;
ALTER TABLE learning_releases
    DROP COLUMN state, DROP COLUMN before, DROP COLUMN digest, DROP COLUMN effect, DROP COLUMN started_by, DROP COLUMN created_at;

-- Both families under their own names, as people know them.
CREATE VIEW prompt_versions AS
SELECT p.version, p.yaml, CASE r.state WHEN 'candidate' THEN 'draft' WHEN 'former' THEN 'retired' WHEN 'withdrawn' THEN 'retired'
                                       ELSE r.state END AS state,
       r.share, p.note, r.created_by, r.created_at, r.trial_at, r.live_at, r.left_at AS retired_at, r.before, r.gate AS compared
FROM prompts p JOIN releases r ON r.family = 'prompts' AND r.name = p.version;
CREATE VIEW learned_states AS
SELECT l.release_id, l.cutoff, l.analyser, CASE r.state WHEN 'candidate' THEN 'rejected' WHEN 'withdrawn' THEN 'undone'
                                                        ELSE r.state END AS state,
       r.digest, l.artefact, l.evidence, l.subjects, coalesce(r.gate, '{}') AS effect, l.reasons, r.created_by AS started_by, l.blocks,
       l.left_out, r.before::uuid AS before, r.created_at
FROM learning_releases l JOIN releases r ON r.family = 'learning' AND r.name = l.release_id::text;
