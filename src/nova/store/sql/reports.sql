-- name: done_between
-- What the wheel did in [frm, to): numbers only, and of what people did (`..._people`) by how many. Documents are the company's, gaps those that
-- people see. The local days [first_day, end_day) are those whose refusals count. A consent is a statement
-- by which somebody agreed to what they had not agreed to just before, a withdrawal one that ended what held; a release that only takes a topic
-- back was not learned, and its topics go with a release that is taken back.
WITH said AS (
    SELECT c.subject_id, c.at, c.given, coalesce((
        SELECT p.given FROM consents p
        WHERE p.subject_id = c.subject_id AND p.purpose = c.purpose AND (p.at < c.at OR (p.at = c.at AND p.given AND NOT c.given))
        ORDER BY p.at DESC, p.given LIMIT 1
    ), false) AS held
    FROM consents c WHERE c.recorded_at >= %(frm)s AND c.recorded_at < %(to)s
), told_gaps AS (
    SELECT * FROM knowledge_gaps g WHERE (SELECT count(DISTINCT who) FROM gap_asked a WHERE a.gap_id = g.gap_id) >= %(fewest)s
)
SELECT
    (SELECT count(*) FROM items WHERE owner IS NULL AND created_at >= %(frm)s AND created_at < %(to)s AND kind <> 'conversation' AND status = 'ready') AS documents,
    (SELECT count(*) FROM conversations WHERE created_at >= %(frm)s AND created_at < %(to)s AND turns > 0) AS conversations,
    (SELECT count(DISTINCT subject_id) FROM conversations
        WHERE created_at >= %(frm)s AND created_at < %(to)s AND turns > 0) AS conversations_people,
    (SELECT count(DISTINCT c.subject_id) FROM turns t JOIN conversations c USING (conversation_id)
        WHERE t.ts >= %(frm)s AND t.ts < %(to)s) AS turns_people,
    (SELECT count(DISTINCT who) FROM (
        SELECT coalesce(a.subject_id, s.subject_id, a.user_id) AS who FROM answers a LEFT JOIN subjects s USING (user_id)
        WHERE a.ts >= %(frm)s AND a.ts < %(to)s
        UNION ALL SELECT subject_id FROM delivered_answers WHERE ts >= %(frm)s AND ts < %(to)s) asked) AS questions_people,
    (SELECT count(DISTINCT who) FROM (
        SELECT coalesce(s.subject_id, f.user_id, a.subject_id) AS who FROM rag_feedback f LEFT JOIN subjects s ON s.user_id = f.user_id
        LEFT JOIN answers a USING (answer_id) WHERE f.ts >= %(frm)s AND f.ts < %(to)s
        UNION ALL SELECT subject_id FROM delivered_answers WHERE useful IS NOT NULL AND ts >= %(frm)s AND ts < %(to)s
    ) judged) AS judgements_people,
    (SELECT count(DISTINCT subject_id) FROM said WHERE given AND NOT held) AS consents_given_people,
    (SELECT count(DISTINCT subject_id) FROM said WHERE NOT given AND held) AS consents_withdrawn_people,
    (SELECT count(*) FROM erasures WHERE done_at >= %(frm)s AND done_at < %(to)s) AS erasures_people,
    (SELECT count(*) FROM turns WHERE ts >= %(frm)s AND ts < %(to)s) AS turns,
    (SELECT count(*) FROM answers WHERE ts >= %(frm)s AND ts < %(to)s)
        + (SELECT count(*) FROM delivered_answers WHERE ts >= %(frm)s AND ts < %(to)s) AS questions,
    (SELECT count(*) FROM rag_feedback WHERE ts >= %(frm)s AND ts < %(to)s)
        + (SELECT count(useful) FROM delivered_answers WHERE ts >= %(frm)s AND ts < %(to)s) AS judgements,
    (SELECT count(DISTINCT (subject_id, at)) FROM said WHERE given AND NOT held) AS consents_given,
    (SELECT count(DISTINCT (subject_id, at)) FROM said WHERE NOT given AND held) AS consents_withdrawn,
    (SELECT coalesce(sum(n), 0) FROM intake_refusals WHERE day >= %(first_day)s AND day < %(end_day)s)::bigint AS intake_refused,
    (SELECT count(*) FROM told_gaps WHERE created_at >= %(frm)s AND created_at < %(to)s) AS gaps_found,
    (SELECT count(*) FROM told_gaps WHERE closed_at >= %(frm)s AND closed_at < %(to)s) AS gaps_closed,
    (SELECT count(*) FROM alert_episodes WHERE opened_at >= %(frm)s AND opened_at < %(to)s) AS alerts_opened,
    (SELECT count(*) FROM alert_episodes WHERE opened_at >= %(frm)s AND opened_at < %(to)s AND worst = 'critical') AS alerts_critical,
    (SELECT count(*) FROM alert_episodes WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND outcome = 'recovered') AS alerts_recovered,
    (SELECT count(*) FROM tickets WHERE opened_at >= %(frm)s AND opened_at < %(to)s) AS tickets_opened,
    (SELECT count(*) FROM tickets WHERE closed_at >= %(frm)s AND closed_at < %(to)s AND state = 'done') AS tickets_done,
    (SELECT count(*) FROM tickets WHERE closed_at >= %(frm)s AND closed_at < %(to)s AND state = 'dropped') AS tickets_dropped,
    (SELECT count(*) FROM reviews WHERE decided_at >= %(frm)s AND decided_at < %(to)s) AS reviews_decided,
    (SELECT count(*) FROM learned_states r WHERE created_at >= %(frm)s AND created_at < %(to)s AND state <> 'rejected'
        AND NOT EXISTS (SELECT FROM learning_entries e WHERE e.entry_id = r.release_id AND e.facts -> 'undo_of' IS NOT NULL)) AS learned,
    (SELECT count(*) FROM learned_states WHERE created_at >= %(frm)s AND created_at < %(to)s AND state = 'rejected') AS learning_rejected,
    (SELECT count(*) FROM learning_entries e WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND state = 'undone'
        AND (kind <> 'topic' OR NOT EXISTS (
            SELECT FROM learning_entries r WHERE r.entry_id = e.release_id AND r.state = 'undone' AND r.ended_at = e.ended_at))) AS learning_undone,
    (SELECT count(*) FROM erasures WHERE done_at >= %(frm)s AND done_at < %(to)s) AS erasures,
    (SELECT count(*) FROM jobs WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND state = 'failed') AS jobs_failed;

-- name: standing
-- How things stand now: numbers only. An alert that eased is a warning again; passages of conversations are no passages of documents; where
-- nothing was said, somebody only agreed.
WITH alerts AS (
    SELECT coalesce(nullif(s.level, ''), e.worst) AS level FROM alert_episodes e LEFT JOIN alert_states s USING (episode_id) WHERE e.ended_at IS NULL
)
SELECT
    (SELECT count(*) FROM items WHERE owner IS NULL AND status = 'ready' AND kind <> 'conversation') AS documents,
    (SELECT count(*) FROM item_chunks c JOIN items i USING (item_id)
        WHERE i.owner IS NULL AND c.valid_to IS NULL AND i.kind <> 'conversation') AS passages,
    (SELECT count(*) FROM conversations WHERE turns > 0) AS conversations,
    (SELECT count(DISTINCT subject_id) FROM conversations WHERE turns > 0) AS conversations_people,
    (SELECT count(*) FROM knowledge_gaps g
        WHERE state = 'open' AND (SELECT count(DISTINCT who) FROM gap_asked a WHERE a.gap_id = g.gap_id) >= %(fewest)s) AS gaps_open,
    (SELECT count(*) FROM alerts WHERE level = 'warn') AS alerts_warn,
    (SELECT count(*) FROM alerts WHERE level = 'critical') AS alerts_critical,
    (SELECT count(*) FROM tickets WHERE closed_at IS NULL) AS tickets_open,
    (SELECT count(*) FROM reviews WHERE state = 'open') AS reviews_open,
    (SELECT count(*) FROM erasures WHERE done_at IS NULL) AS erasures_open,
    (SELECT count(*) FROM learned_states WHERE state = 'live') AS learning_live;

-- name: open_tickets
-- Tickets that wait, the oldest first. Their titles are left out: people may have written them.
SELECT number, kind, owner, state, rule, kpi, opened_at FROM tickets WHERE closed_at IS NULL ORDER BY opened_at, number LIMIT %(most)s;

-- name: open_alerts
-- Episodes that have not ended with the level they are at now, the most serious and oldest first.
SELECT e.rule, e.kpi, e.segment, e.worst, coalesce(nullif(s.level, ''), e.worst) AS level, e.opened_at
FROM alert_episodes e LEFT JOIN alert_states s USING (episode_id) WHERE e.ended_at IS NULL
ORDER BY coalesce(nullif(s.level, ''), e.worst) = 'critical' DESC, e.opened_at, e.rule LIMIT %(most)s;

-- name: releases
-- What was learned in [frm, to), the newest first; from how much where enough people are behind it.
SELECT release_id, state, CASE WHEN subjects >= %(fewest)s THEN evidence END AS evidence,
       CASE WHEN subjects >= %(fewest)s THEN subjects END AS subjects, created_at
FROM learned_states
WHERE created_at >= %(frm)s AND created_at < %(to)s ORDER BY created_at DESC, release_id LIMIT %(most)s;

-- name: tuned
-- Models that were judged or changed their service in [frm, to), the newest first: their last verdict, what held them (German), and whether
-- they serve.
SELECT r.name, e.passed, e.at AS judged_at, coalesce(s.state, '') AS service, s.live_at, s.left_at,
       ARRAY(SELECT one ->> 'reason' FROM jsonb_array_elements(e.told -> 'gates') AS gates (one) WHERE NOT (one ->> 'passed')::boolean) AS held
FROM train_runs r JOIN LATERAL (SELECT passed, at, told FROM train_evaluations WHERE run_id = r.run_id ORDER BY at DESC LIMIT 1) e ON true
LEFT JOIN releases s ON s.family = 'adapter' AND s.name = r.name
WHERE greatest(e.at, s.live_at, s.left_at) >= %(frm)s AND e.at < %(to)s ORDER BY greatest(e.at, s.live_at, s.left_at) DESC, r.name LIMIT %(most)s;

-- name: by_state
-- Tickets and alerts that are open, for gauges.
SELECT 'ticket' AS what, state AS label, count(*) AS n FROM tickets WHERE closed_at IS NULL GROUP BY state
UNION ALL
SELECT 'alert', coalesce(nullif(s.level, ''), e.worst), count(*) FROM alert_episodes e LEFT JOIN alert_states s USING (episode_id)
WHERE e.ended_at IS NULL GROUP BY 2;
