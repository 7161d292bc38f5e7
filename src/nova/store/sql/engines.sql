-- name: add_state
-- What an engine will read, once its release is live; the same made again is the one that there is.
INSERT INTO engine_states (engine, name, version_id, digest, state_sha256, state_bytes, anchor_sha256, anchor_bytes, rows, made_at)
VALUES (%(engine)s, %(name)s, %(version_id)s, %(digest)s, %(state_sha256)s, %(state_bytes)s, %(anchor_sha256)s, %(anchor_bytes)s, %(rows)s, %(made_at)s)
ON CONFLICT (engine, name) DO NOTHING;

-- name: state
-- One.
SELECT engine, name, version_id, digest, state_sha256, state_bytes, anchor_sha256, anchor_bytes, rows, made_at
FROM engine_states WHERE engine = %(engine)s AND name = %(name)s;

-- name: made_of
-- What engines hold of these versions.
SELECT engine, name, version_id, digest, state_sha256, state_bytes, anchor_sha256, anchor_bytes, rows, made_at
FROM engine_states WHERE version_id = ANY (%(version_ids)s) ORDER BY engine, name;

-- name: forget
-- An engine's state goes, with its files.
DELETE FROM engine_states WHERE engine = %(engine)s AND name = %(name)s;

-- name: keep_newest
-- States that are no longer needed: neither live, nor a step back, nor among the newest.
DELETE FROM engine_states s WHERE s.engine = %(engine)s AND NOT EXISTS (
    SELECT FROM releases r WHERE r.family = %(family)s AND (r.name = s.name AND r.state = 'live' OR r.before = s.name))
  AND s.name NOT IN (SELECT name FROM engine_states WHERE engine = %(engine)s ORDER BY made_at DESC, name LIMIT %(keep)s);

-- name: add_delivery
-- A delivery and what came of it.
INSERT INTO engine_deliveries (delivery_id, engine, dataset, version, state, rows, before, after, low, high, seconds, reason, delivered_by, delivered_at)
VALUES (%(delivery_id)s, %(engine)s, %(dataset)s, %(version)s, %(state)s, %(rows)s, %(before)s, %(after)s, %(low)s, %(high)s, %(seconds)s,
        %(reason)s, %(delivered_by)s, %(delivered_at)s);

-- name: deliveries
-- Of one engine or all, newest first.
SELECT delivery_id, engine, dataset, version, state, rows, before, after, low, high, seconds, reason, delivered_by, delivered_at
FROM engine_deliveries WHERE engine = %(engine)s::text OR %(engine)s::text IS NULL ORDER BY delivered_at DESC, delivery_id DESC LIMIT %(limit)s;

-- name: last
-- The newest delivery of each engine.
SELECT DISTINCT ON (engine) delivery_id, engine, dataset, version, state, rows, before, after, low, high, seconds, reason, delivered_by, delivered_at
FROM engine_deliveries ORDER BY engine, delivered_at DESC, delivery_id DESC;

-- name: beat
-- An engine was asked for its figure, in an hour.
INSERT INTO engine_hours (engine, hour, reached, missed, seconds)
VALUES (%(engine)s, date_trunc('hour', %(at)s::timestamptz), %(reached)s, %(missed)s, %(seconds)s)
ON CONFLICT (engine, hour) DO UPDATE SET reached = engine_hours.reached + excluded.reached, missed = engine_hours.missed + excluded.missed,
    seconds = engine_hours.seconds + excluded.seconds;

-- name: beats
-- How each engine did since a moment.
SELECT engine, sum(reached)::int AS reached, sum(missed)::int AS missed, sum(seconds) AS seconds, max(hour) FILTER (WHERE reached > 0) AS seen_at
FROM engine_hours WHERE hour >= %(since)s GROUP BY engine ORDER BY engine;

-- name: ask_recalls
-- Engines elsewhere that were given one of these versions, or are being given one of these contents, shall give that back; what they did
-- give back since is not asked for again. In process a delivery is told by its file, which is no release.
INSERT INTO engine_recalls (engine, key, asked_at)
SELECT DISTINCT given.engine, given.key, %(at)s::timestamptz FROM (
    SELECT d.engine, d.sha256 AS key, d.delivered_at AS at FROM seed_deliveries d
    JOIN releases r ON r.family = 'engine:' || d.engine AND r.name = d.sha256 WHERE d.version_id = ANY (%(version_ids)s)
    UNION ALL
    SELECT substr(family, 8), name, trial_at FROM releases WHERE family LIKE 'engine:%%' AND state = 'trial' AND name = ANY (%(digests)s)
) given
WHERE NOT EXISTS (SELECT FROM engine_recalls c WHERE c.engine = given.engine AND c.key = given.key AND c.done_at >= given.at)
ON CONFLICT (engine, key) DO UPDATE SET asked_at = excluded.asked_at, done_at = NULL
RETURNING engine;

-- name: recalls
-- What an engine has to give back, newest first.
SELECT key FROM engine_recalls WHERE engine = %(engine)s AND done_at IS NULL ORDER BY asked_at DESC, key;

-- name: recalling
-- Which engines have to give something back, and since when.
SELECT engine, min(asked_at) AS since FROM engine_recalls WHERE done_at IS NULL GROUP BY engine ORDER BY engine;

-- name: end_recall
-- An engine was told.
UPDATE engine_recalls SET done_at = %(at)s WHERE engine = %(engine)s AND key = %(key)s;
