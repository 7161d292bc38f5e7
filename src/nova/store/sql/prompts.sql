-- name: in_use
-- The live version and the one on trial.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompts WHERE state IN ('live', 'trial') ORDER BY version;

-- name: list
-- Every version, newest first.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompts ORDER BY created_at DESC, version;

-- name: get
-- One version.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompts WHERE version = %(version)s;

-- name: lock
-- Changes of versions come one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('prompts', 0));

-- name: insert
-- A new version, as a draft.
INSERT INTO prompts (version, yaml, state, note, created_by, created_at) VALUES (%(version)s, %(yaml)s, 'draft', %(note)s, %(by)s, %(at)s)
ON CONFLICT (version) DO NOTHING;

-- name: end_trial
-- Whatever is on trial is a draft again.
UPDATE prompts SET state = 'draft', share = 0 WHERE state = 'trial';

-- name: try
-- A version goes on trial with a share.
UPDATE prompts SET state = 'trial', share = %(share)s, trial_at = %(at)s, compared = NULL WHERE version = %(version)s;

-- name: retire_live
-- The live version is live no more.
UPDATE prompts SET state = 'retired', retired_at = %(at)s WHERE state = 'live';

-- name: promote
-- A version goes live; `before` says what it came after (NULL: the file).
UPDATE prompts SET state = 'live', share = 0, live_at = %(at)s, before = %(before)s, compared = %(compared)s WHERE version = %(version)s;

-- name: back
-- A version that was live before is live again.
UPDATE prompts SET state = 'live', live_at = %(at)s, retired_at = NULL WHERE version = %(version)s;

-- name: figures
-- What came of answers that a model wrote under some versions since a moment, by version: how many, refused, judged, found useful, and how many
-- sentences carry evidence of all that are said.
SELECT a.prompt_version AS version, count(*) AS answers,
       count(*) FILTER (WHERE a.status = 'refused') AS refused,
       count(f.useful) AS judged, count(*) FILTER (WHERE f.useful) AS useful,
       coalesce(sum(s.cited), 0) AS cited, coalesce(sum(s.unproven), 0) AS unproven
FROM answers a
LEFT JOIN LATERAL (SELECT useful FROM rag_feedback WHERE answer_id = a.answer_id ORDER BY ts DESC LIMIT 1) f ON true
CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM regexp_matches(a.answer, '(\[chunk [0-9a-f-]+\]\s*)+', 'g')) AS cited,
           (SELECT count(*) FROM regexp_matches(a.answer, '\(nicht belegt\)', 'g')) AS unproven
) s
WHERE a.prompt_version = ANY (%(versions)s) AND a.model <> '' AND a.ts >= %(since)s AND a.user_id IS NOT NULL
GROUP BY a.prompt_version;
