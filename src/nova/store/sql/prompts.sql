-- name: in_use
-- The live version and the one on trial.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompt_versions WHERE state IN ('live', 'trial') ORDER BY version;

-- name: list
-- Every version, newest first.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompt_versions ORDER BY created_at DESC, version;

-- name: get
-- One version.
SELECT version, yaml, state, share, note, created_by, created_at, trial_at, live_at, retired_at, before, compared
FROM prompt_versions WHERE version = %(version)s;

-- name: insert
-- What a new version says.
INSERT INTO prompts (version, yaml, note) VALUES (%(version)s, %(yaml)s, %(note)s) ON CONFLICT (version) DO NOTHING;

-- name: figures
-- What came of answers that a model wrote under some versions since a moment, by version: how many, refused, judged, found useful, and how many
-- sentences carry evidence of all that are said. Of each person the newest few judgements count: people are drawn for a trial, not judgements.
SELECT a.prompt_version AS version, count(*) AS answers,
       count(*) FILTER (WHERE a.status = 'refused') AS refused,
       count(a.useful) FILTER (WHERE a.nth <= %(most)s) AS judged, count(*) FILTER (WHERE a.useful AND a.nth <= %(most)s) AS useful,
       coalesce(sum(s.cited), 0)::bigint AS cited, coalesce(sum(s.unproven), 0)::bigint AS unproven
FROM (
    SELECT w.prompt_version, w.status, w.answer, f.useful,
           row_number() OVER (PARTITION BY w.prompt_version, w.user_id, f.useful IS NULL ORDER BY f.ts DESC, w.answer_id) AS nth
    FROM answers w LEFT JOIN LATERAL (SELECT useful, ts FROM rag_feedback WHERE answer_id = w.answer_id ORDER BY ts DESC LIMIT 1) f ON true
    WHERE w.prompt_version = ANY (%(versions)s) AND w.model <> '' AND w.ts >= %(since)s AND w.user_id IS NOT NULL
) a
CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM regexp_matches(a.answer, '(\[chunk [0-9a-f-]+\]\s*)+', 'g')) AS cited,
           (SELECT count(*) FROM regexp_matches(a.answer, '\(nicht belegt\)', 'g')) AS unproven
) s
GROUP BY a.prompt_version;
