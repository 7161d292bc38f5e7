-- name: lock
-- One evaluation at a time, to the end of the transaction.
SELECT pg_advisory_xact_lock(hashtext('nova alerts'));

-- name: read_only
-- From here on this transaction can change nothing.
SET TRANSACTION READ ONLY;

-- name: standing
-- Where every rule stands.
SELECT rule, state, level, hits, critical_hits, calm, blind_since, episode_id, evaluated_at, silent_until FROM alert_states;

-- name: watched
-- Of which figure what is counted of each rule is: the one it was evaluated by last.
SELECT rule, explanation ->> 'kpi' AS kpi, coalesce(explanation ->> 'segment', '') AS segment FROM alert_states WHERE explanation ->> 'kpi' IS NOT NULL;

-- name: put_standing
-- Where a rule stands now; what people said of its silence stays.
INSERT INTO alert_states (rule, state, level, hits, critical_hits, calm, blind_since, episode_id, evaluated_at, explanation)
VALUES (%(rule)s, %(state)s, %(level)s, %(hits)s, %(critical_hits)s, %(calm)s, %(blind_since)s, %(episode_id)s, %(evaluated_at)s, %(explanation)s)
ON CONFLICT (rule) DO UPDATE SET state = excluded.state, level = excluded.level, hits = excluded.hits, critical_hits = excluded.critical_hits,
    calm = excluded.calm, blind_since = excluded.blind_since, episode_id = excluded.episode_id, evaluated_at = excluded.evaluated_at,
    explanation = excluded.explanation;

-- name: silence
-- Until when nobody is told of a rule; NULL: everybody again.
UPDATE alert_states SET silent_until = %(until)s WHERE rule = %(rule)s RETURNING rule;

-- name: forget
-- A rule that is in no file any more stands nowhere.
DELETE FROM alert_states WHERE rule = %(rule)s;

-- name: open_episode
-- A rule has fired.
INSERT INTO alert_episodes (episode_id, rule, kpi, segment, worst, opened_at)
VALUES (%(episode_id)s, %(rule)s, %(kpi)s, %(segment)s, %(worst)s, %(opened_at)s);

-- name: worsen_episode
-- It has become critical.
UPDATE alert_episodes SET worst = 'critical' WHERE episode_id = %(episode_id)s;

-- name: end_episode
-- It is over, and why.
UPDATE alert_episodes SET ended_at = greatest(%(at)s, opened_at), outcome = %(outcome)s WHERE episode_id = %(episode_id)s AND ended_at IS NULL;

-- name: put_change
-- A state has changed.
INSERT INTO alert_history (change_id, rule, episode_id, at, before, after, event, value, n, facts)
VALUES (%(change_id)s, %(rule)s, %(episode_id)s, %(at)s, %(before)s, %(after)s, %(event)s, %(value)s, %(n)s, %(facts)s);

-- name: untold
-- The last event of an episode, and whether anybody was told of it.
SELECT h.change_id, h.event, EXISTS (SELECT FROM notices n WHERE n.key LIKE h.change_id || ':%%') AS told
FROM alert_history h WHERE h.episode_id = %(episode_id)s AND h.event <> '' ORDER BY h.at DESC, h.change_id DESC LIMIT 1;

-- name: evaluated
-- Whether any rule was ever evaluated.
SELECT EXISTS (SELECT FROM alert_states) AS ever;

-- name: states
-- Where every rule stands, with its explanation, its episode and its ticket.
SELECT s.rule, s.state, s.level, s.evaluated_at, s.silent_until, s.explanation, e.episode_id, e.opened_at, e.worst, t.ticket_id, t.number AS ticket
FROM alert_states s
LEFT JOIN alert_episodes e ON e.episode_id = s.episode_id AND e.ended_at IS NULL
LEFT JOIN ticket_episodes l ON l.episode_id = e.episode_id LEFT JOIN tickets t ON t.ticket_id = l.ticket_id
ORDER BY s.rule;

-- name: history
-- Changes, newest first; of one rule or all; of events only where asked.
SELECT change_id, rule, episode_id, at, before, after, event, value, n, facts FROM alert_history
WHERE (%(rule)s::text IS NULL OR rule = %(rule)s) AND (NOT %(events)s OR event <> '')
ORDER BY at DESC, change_id DESC LIMIT %(limit)s OFFSET %(offset)s;

-- name: count_history
-- How many changes there are in all.
SELECT count(*) AS total FROM alert_history WHERE (%(rule)s::text IS NULL OR rule = %(rule)s) AND (NOT %(events)s OR event <> '');

-- name: forget_history
-- Changes from before a moment, but for those of open episodes.
DELETE FROM alert_history WHERE at < %(before)s
    AND NOT EXISTS (SELECT FROM alert_episodes e WHERE e.episode_id = alert_history.episode_id AND e.ended_at IS NULL);

-- name: put_notice
-- What is to be said, once.
INSERT INTO notices (notice_id, key, event, channel, body, created_at)
VALUES (%(notice_id)s, %(key)s, %(event)s, %(channel)s, %(body)s, %(created_at)s) ON CONFLICT (key) DO NOTHING RETURNING notice_id;

-- name: notice
-- One notice.
SELECT notice_id, key, event, channel, body, state, error, created_at, ended_at FROM notices WHERE notice_id = %(notice_id)s;

-- name: end_notice
-- It was said, or given up.
UPDATE notices SET state = %(state)s, error = %(error)s, ended_at = %(at)s WHERE notice_id = %(notice_id)s AND state <> 'sent';

-- name: notices
-- What was said lately, newest first.
SELECT notice_id, key, event, channel, body, state, error, created_at, ended_at FROM notices
ORDER BY created_at DESC, notice_id DESC LIMIT %(limit)s;

-- name: forget_notices
-- What was said long ago.
DELETE FROM notices WHERE created_at < %(before)s AND state <> 'queued';

-- name: put_version
-- A saved text of the thresholds; the same text again was saved last now.
INSERT INTO threshold_versions (version, text, actor, saved_at) VALUES (%(version)s, %(text)s, %(actor)s, %(saved_at)s)
ON CONFLICT (version) DO UPDATE SET actor = excluded.actor, saved_at = excluded.saved_at;

-- name: versions
-- The saved texts, newest first, without their words.
SELECT version, actor, saved_at FROM threshold_versions ORDER BY saved_at DESC, version LIMIT %(limit)s;

-- name: version
-- A saved text.
SELECT version, text, actor, saved_at FROM threshold_versions WHERE version = %(version)s;
