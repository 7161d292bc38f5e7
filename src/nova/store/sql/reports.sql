-- name: done_between
-- What the wheel did in [frm, to): numbers only. `days` are the local days whose refusals count.
SELECT
    (SELECT count(*) FROM items WHERE created_at >= %(frm)s AND created_at < %(to)s AND kind <> 'conversation' AND status = 'ready') AS documents,
    (SELECT count(*) FROM conversations WHERE created_at >= %(frm)s AND created_at < %(to)s) AS conversations,
    (SELECT count(*) FROM turns WHERE ts >= %(frm)s AND ts < %(to)s) AS turns,
    (SELECT count(*) FROM answers WHERE ts >= %(frm)s AND ts < %(to)s) AS questions,
    (SELECT count(*) FROM rag_feedback WHERE ts >= %(frm)s AND ts < %(to)s) AS judgements,
    (SELECT count(*) FROM consents WHERE recorded_at >= %(frm)s AND recorded_at < %(to)s AND given) AS consents_given,
    (SELECT count(*) FROM consents WHERE recorded_at >= %(frm)s AND recorded_at < %(to)s AND NOT given) AS consents_withdrawn,
    (SELECT coalesce(sum(n), 0) FROM intake_refusals WHERE day >= %(first_day)s AND day < %(end_day)s)::bigint AS intake_refused,
    (SELECT count(*) FROM knowledge_gaps WHERE created_at >= %(frm)s AND created_at < %(to)s) AS gaps_found,
    (SELECT count(*) FROM knowledge_gaps WHERE closed_at >= %(frm)s AND closed_at < %(to)s) AS gaps_closed,
    (SELECT count(*) FROM alert_episodes WHERE opened_at >= %(frm)s AND opened_at < %(to)s) AS alerts_opened,
    (SELECT count(*) FROM alert_episodes WHERE opened_at >= %(frm)s AND opened_at < %(to)s AND worst = 'critical') AS alerts_critical,
    (SELECT count(*) FROM alert_episodes WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND outcome = 'recovered') AS alerts_recovered,
    (SELECT count(*) FROM tickets WHERE opened_at >= %(frm)s AND opened_at < %(to)s) AS tickets_opened,
    (SELECT count(*) FROM tickets WHERE closed_at >= %(frm)s AND closed_at < %(to)s AND state = 'done') AS tickets_done,
    (SELECT count(*) FROM tickets WHERE closed_at >= %(frm)s AND closed_at < %(to)s AND state = 'dropped') AS tickets_dropped,
    (SELECT count(*) FROM reviews WHERE decided_at >= %(frm)s AND decided_at < %(to)s) AS reviews_decided,
    (SELECT count(*) FROM learning_releases WHERE created_at >= %(frm)s AND created_at < %(to)s AND state <> 'rejected') AS learned,
    (SELECT count(*) FROM learning_releases WHERE created_at >= %(frm)s AND created_at < %(to)s AND state = 'rejected') AS learning_rejected,
    (SELECT count(*) FROM learning_entries WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND state = 'undone') AS learning_undone,
    (SELECT count(*) FROM erasures WHERE done_at >= %(frm)s AND done_at < %(to)s) AS erasures,
    (SELECT count(*) FROM jobs WHERE ended_at >= %(frm)s AND ended_at < %(to)s AND state = 'failed') AS jobs_failed;

-- name: standing
-- How things stand now: numbers only.
SELECT
    (SELECT count(*) FROM items WHERE status = 'ready' AND kind <> 'conversation') AS documents,
    (SELECT count(*) FROM item_chunks WHERE valid_to IS NULL) AS passages,
    (SELECT count(*) FROM conversations) AS conversations,
    (SELECT count(*) FROM knowledge_gaps WHERE state = 'open') AS gaps_open,
    (SELECT count(*) FROM alert_episodes WHERE ended_at IS NULL AND worst = 'warn') AS alerts_warn,
    (SELECT count(*) FROM alert_episodes WHERE ended_at IS NULL AND worst = 'critical') AS alerts_critical,
    (SELECT count(*) FROM tickets WHERE closed_at IS NULL) AS tickets_open,
    (SELECT count(*) FROM reviews WHERE state = 'open') AS reviews_open,
    (SELECT count(*) FROM erasures WHERE done_at IS NULL) AS erasures_open,
    (SELECT count(*) FROM learning_releases WHERE state = 'live') AS learning_live;

-- name: open_tickets
-- Tickets that wait, the oldest first. Their titles are left out: people may have written them.
SELECT number, kind, owner, state, rule, kpi, opened_at FROM tickets WHERE closed_at IS NULL ORDER BY opened_at, number LIMIT %(most)s;

-- name: open_alerts
-- Episodes that have not ended, the worst and oldest first.
SELECT rule, kpi, segment, worst, opened_at FROM alert_episodes WHERE ended_at IS NULL
ORDER BY worst = 'critical' DESC, opened_at, rule LIMIT %(most)s;

-- name: releases
-- What was learned in [frm, to), the newest first.
SELECT release_id, state, evidence, subjects, created_at FROM learning_releases
WHERE created_at >= %(frm)s AND created_at < %(to)s ORDER BY created_at DESC, release_id LIMIT %(most)s;

-- name: by_state
-- Tickets and alerts that are open, for gauges.
SELECT 'ticket' AS what, state AS label, count(*) AS n FROM tickets WHERE closed_at IS NULL GROUP BY state
UNION ALL
SELECT 'alert', worst, count(*) FROM alert_episodes WHERE ended_at IS NULL GROUP BY worst;
