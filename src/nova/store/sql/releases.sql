-- name: lock
-- Changes of a family come one after the other.
SELECT pg_advisory_xact_lock(hashtextextended(%(family)s::text, 0));

-- name: get
-- One release.
SELECT family, name, state, before, share, gate, digest, created_by, created_at, trial_at, live_at, left_at
FROM releases WHERE family = %(family)s AND name = %(name)s;

-- name: live
-- The live one.
SELECT family, name, state, before, share, gate, digest, created_by, created_at, trial_at, live_at, left_at
FROM releases WHERE family = %(family)s AND state = 'live';

-- name: in_use
-- The live one and the one on trial.
SELECT family, name, state, before, share, gate, digest, created_by, created_at, trial_at, live_at, left_at
FROM releases WHERE family = %(family)s AND state IN ('live', 'trial') ORDER BY state, name;

-- name: every
-- All of a family, newest first.
SELECT family, name, state, before, share, gate, digest, created_by, created_at, trial_at, live_at, left_at
FROM releases WHERE family = %(family)s ORDER BY created_at DESC, name;

-- name: add
-- A candidate, unless there is one of its name.
WITH made AS (
    INSERT INTO releases (family, name, state, gate, digest, created_by, created_at)
    VALUES (%(family)s, %(name)s, 'candidate', %(gate)s, %(digest)s, %(by)s, %(at)s)
    ON CONFLICT (family, name) DO NOTHING RETURNING family, name
)
INSERT INTO release_steps (family, name, step, actor, at) SELECT family, name, 'made', %(by)s, %(at)s FROM made;

-- name: end_trial
-- Whatever is on trial is a candidate again, but for one that goes on.
WITH ended AS (
    UPDATE releases SET state = 'candidate', share = 0
    WHERE family = %(family)s AND state = 'trial' AND name IS DISTINCT FROM %(but)s::text RETURNING family, name
)
INSERT INTO release_steps (family, name, step, actor, at) SELECT family, name, 'dropped', %(by)s, %(at)s FROM ended;

-- name: try_out
-- A release goes on trial with a share; what was measured of it before no longer counts.
WITH tried AS (
    UPDATE releases SET state = 'trial', share = %(share)s, trial_at = %(at)s, gate = NULL
    WHERE family = %(family)s AND name = %(name)s RETURNING family, name, share
)
INSERT INTO release_steps (family, name, step, actor, at, facts)
SELECT family, name, 'trial', %(by)s, %(at)s, jsonb_build_object('share', share) FROM tried;

-- name: give_way
-- The live one is live no more; the step is that of what replaces it.
UPDATE releases SET state = 'former', left_at = %(at)s WHERE family = %(family)s AND state = 'live' RETURNING name;

-- name: go_live
-- A release goes live; `before` says what it came after (NULL: what is shipped).
WITH gone_live AS (
    UPDATE releases SET state = 'live', share = 0, live_at = %(at)s, before = %(before)s, gate = %(gate)s
    WHERE family = %(family)s AND name = %(name)s RETURNING family, name, before
)
INSERT INTO release_steps (family, name, step, actor, at, facts)
SELECT family, name, 'live', %(by)s, %(at)s, jsonb_build_object('before', before) FROM gone_live;

-- name: take_back
-- The live one is taken back.
WITH gone AS (
    UPDATE releases SET state = 'withdrawn', left_at = %(at)s WHERE family = %(family)s AND state = 'live' RETURNING family, name
)
INSERT INTO release_steps (family, name, step, actor, at) SELECT family, name, 'withdrawn', %(by)s, %(at)s FROM gone;

-- name: restore
-- What was live before is live again, as it was.
WITH back AS (
    UPDATE releases SET state = 'live', share = 0, live_at = %(at)s, left_at = NULL
    WHERE family = %(family)s AND name = %(name)s RETURNING family, name
)
INSERT INTO release_steps (family, name, step, actor, at, facts)
SELECT family, name, 'back', %(by)s, %(at)s, jsonb_build_object('from', %(left)s::text) FROM back;

-- name: withdraw
-- A release that is not live shall not be.
WITH gone AS (
    UPDATE releases SET state = 'withdrawn', share = 0
    WHERE family = %(family)s AND name = %(name)s AND state NOT IN ('live', 'withdrawn') RETURNING family, name
)
INSERT INTO release_steps (family, name, step, actor, at) SELECT family, name, 'withdrawn', %(by)s, %(at)s FROM gone;

-- name: pass_over
-- No step back from what is or was live leads to it any more, but to what it replaced itself.
UPDATE releases r SET before = nullif(gone.before, r.name)
FROM releases gone WHERE gone.family = %(family)s AND gone.name = %(name)s AND r.family = gone.family AND r.before = gone.name
  AND r.state IN ('live', 'former');

-- name: amend
-- What is behind some releases was computed anew: facts are added to what was measured, and it may have another form.
UPDATE releases SET gate = coalesce(gate, '{}') || %(facts)s::jsonb, digest = coalesce(%(digest)s::text, digest)
WHERE family = %(family)s AND name = ANY (%(names)s);

-- name: steps
-- The ledger of one release or of a whole family, newest first.
SELECT step_id, name, step, actor, at, facts FROM release_steps
WHERE family = %(family)s AND (%(name)s::text IS NULL OR name = %(name)s) ORDER BY step_id DESC LIMIT %(limit)s;
