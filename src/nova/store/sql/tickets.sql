-- name: put_ticket
-- A new ticket; nothing where its gap has an open one.
INSERT INTO tickets (ticket_id, kind, owner, title, text, opened_by, rule, kpi, segment, seconds, gap_id, evidence, gain, opened_at, changed_at)
VALUES (%(ticket_id)s, %(kind)s, %(owner)s, %(title)s, %(text)s, %(opened_by)s, %(rule)s, %(kpi)s, %(segment)s, %(seconds)s, %(gap_id)s,
        %(evidence)s, %(gain)s, %(opened_at)s, %(opened_at)s)
ON CONFLICT (gap_id) WHERE gap_id IS NOT NULL AND closed_at IS NULL DO NOTHING RETURNING ticket_id;

-- name: open_alike
-- The open ticket for the same gap, or for the same rule and kind of cure.
SELECT ticket_id FROM tickets
WHERE closed_at IS NULL AND (CASE WHEN %(gap_id)s::uuid IS NULL THEN rule = %(rule)s AND kind = %(kind)s ELSE gap_id = %(gap_id)s END)
ORDER BY opened_at LIMIT 1 FOR UPDATE;

-- name: open_titled
-- Whether there is an open ticket of a kind with a title.
SELECT EXISTS (SELECT FROM tickets WHERE closed_at IS NULL AND kind = %(kind)s AND title = %(title)s) AS yes;

-- name: link
-- An episode and the ticket that it led to; an episode has one.
INSERT INTO ticket_episodes (episode_id, ticket_id, linked_at) VALUES (%(episode_id)s, %(ticket_id)s, %(at)s) ON CONFLICT DO NOTHING;

-- name: of_episode
-- The ticket that an episode led to, as long as it is open.
SELECT t.ticket_id FROM ticket_episodes e JOIN tickets t USING (ticket_id) WHERE e.episode_id = %(episode_id)s AND t.closed_at IS NULL;

-- name: page
-- Tickets, the latest changed first; NULLs mean all.
SELECT t.ticket_id, t.number, t.kind, t.owner, t.state, t.title, t.text, t.opened_by, t.rule, t.kpi, t.segment, t.seconds, t.gap_id, t.evidence,
       t.gain, t.effect, t.version, t.opened_at, t.changed_at, t.closed_at, CASE WHEN q.people >= %(fewest)s THEN g.terms END AS gap_terms,
       CASE WHEN q.people >= %(fewest)s THEN q.n ELSE 0 END AS gap_questions,
       g.state AS gap_state, g.place_item, g.place_title, g.place_section, g.place_source, g.looked_at
FROM tickets t LEFT JOIN knowledge_gaps g ON g.gap_id = t.gap_id
CROSS JOIN LATERAL (SELECT count(*) AS n, count(DISTINCT who) AS people FROM gap_asked a WHERE a.gap_id = t.gap_id) q
WHERE (%(states)s::text[] IS NULL OR t.state = ANY (%(states)s)) AND (%(owner)s::text IS NULL OR t.owner = %(owner)s)
  AND (%(kind)s::text IS NULL OR t.kind = %(kind)s)
ORDER BY t.changed_at DESC, t.ticket_id DESC LIMIT %(limit)s OFFSET %(offset)s;

-- name: counts
-- How many tickets there are by state, of an owner and a kind or of all.
SELECT state, count(*) AS n FROM tickets
WHERE (%(owner)s::text IS NULL OR owner = %(owner)s) AND (%(kind)s::text IS NULL OR kind = %(kind)s) GROUP BY state;

-- name: ticket
-- One ticket.
SELECT t.ticket_id, t.number, t.kind, t.owner, t.state, t.title, t.text, t.opened_by, t.rule, t.kpi, t.segment, t.seconds, t.gap_id, t.evidence,
       t.gain, t.effect, t.version, t.opened_at, t.changed_at, t.closed_at, CASE WHEN q.people >= %(fewest)s THEN g.terms END AS gap_terms,
       CASE WHEN q.people >= %(fewest)s THEN q.n ELSE 0 END AS gap_questions,
       g.state AS gap_state, g.place_item, g.place_title, g.place_section, g.place_source, g.looked_at
FROM tickets t LEFT JOIN knowledge_gaps g ON g.gap_id = t.gap_id
CROSS JOIN LATERAL (SELECT count(*) AS n, count(DISTINCT who) AS people FROM gap_asked a WHERE a.gap_id = t.gap_id) q WHERE t.ticket_id = %(ticket_id)s;

-- name: lock_ticket
-- Nobody else changes this ticket until the transaction ends.
SELECT ticket_id FROM tickets WHERE ticket_id = %(ticket_id)s FOR UPDATE;

-- name: change
-- State, owner and measured effect of a ticket.
UPDATE tickets SET state = %(state)s, owner = %(owner)s, effect = coalesce(%(effect)s, effect), closed_at = %(closed_at)s,
    changed_at = greatest(%(at)s, opened_at), version = version + 1
WHERE ticket_id = %(ticket_id)s;

-- name: touch
-- Something was added to a ticket.
UPDATE tickets SET changed_at = greatest(%(at)s, opened_at), version = version + 1 WHERE ticket_id = %(ticket_id)s;

-- name: put_change
-- What happened to a ticket.
INSERT INTO ticket_history (change_id, ticket_id, at, actor, what, facts, comment)
VALUES (%(change_id)s, %(ticket_id)s, %(at)s, %(actor)s, %(what)s, %(facts)s, %(comment)s);

-- name: changes
-- A ticket's history, oldest first.
SELECT change_id, at, actor, what, facts, comment FROM ticket_history WHERE ticket_id = %(ticket_id)s ORDER BY at, change_id;

-- name: episodes
-- The alerts that led to a ticket.
SELECT e.episode_id, e.rule, e.kpi, e.worst, e.opened_at, e.ended_at, e.outcome
FROM ticket_episodes l JOIN alert_episodes e USING (episode_id) WHERE l.ticket_id = %(ticket_id)s ORDER BY e.opened_at;

-- name: questions
-- What was asked in a gap, where it still stands; the weakest first.
SELECT answer_id, ts, question, status, weakness FROM gap_asked
WHERE gap_id = %(gap_id)s ORDER BY weakness DESC, ts DESC LIMIT %(limit)s;

-- name: gaps
-- Open gaps by what was asked in [from, to), those first that hold most of the answers that were bad then; and how many bad ones there are.
WITH weak AS (
    SELECT answer_id FROM answers
    WHERE ts >= %(frm)s AND ts < %(to)s AND NOT retrieval ? 'unsearched' AND NOT EXISTS (SELECT FROM outside_questions o WHERE o.answer_id = answers.answer_id)
      AND CASE %(sort)s::text
        WHEN 'judged' THEN false
        WHEN 'refused' THEN status = 'refused'
        WHEN 'unproven' THEN status <> 'refused' AND EXISTS (
            SELECT FROM jsonb_array_elements(retrieval -> 'said') s WHERE s -> 2 = '[]' AND s -> 3 = '0' AND s -> 4 = '0')
        ELSE status = 'refused' OR (retrieval ->> 'margin')::double precision < %(margin)s AND retrieval -> 'direct' IS DISTINCT FROM 'true' END
), bad AS (
    SELECT answer_id, true AS lacked FROM weak
    UNION ALL
    SELECT f.answer_id, a.status = 'refused' OR f.reason IS DISTINCT FROM 'quelle'
    FROM rag_feedback f LEFT JOIN answers a USING (answer_id)
    WHERE %(sort)s::text IN ('judged', 'any') AND f.ts >= %(frm)s AND f.ts < %(to)s AND NOT f.useful
      AND NOT EXISTS (SELECT FROM weak w WHERE w.answer_id = f.answer_id)
    UNION ALL
    SELECT asked_id(conversation_id, asked_seq), true FROM delivered_answers
    WHERE ts >= %(frm)s AND ts < %(to)s AND CASE %(sort)s::text
        WHEN 'judged' THEN NOT useful WHEN 'unproven' THEN false WHEN 'any' THEN refused OR NOT useful ELSE refused END
), held AS (
    SELECT answer_id, count(*) FILTER (WHERE lacked) AS n FROM bad WHERE answer_id IS NOT NULL GROUP BY answer_id
)
SELECT g.gap_id, count(*) AS questions, avg(l.weakness) AS weakness, coalesce(sum(h.n), 0)::bigint AS bad, (SELECT count(*) FROM bad) AS of_all
FROM knowledge_gaps g JOIN gap_asked l USING (gap_id) LEFT JOIN held h USING (answer_id)
WHERE g.state = 'open' AND (l.ts >= %(frm)s AND l.ts < %(to)s OR h.n > 0)
GROUP BY g.gap_id HAVING count(DISTINCT l.who) >= %(fewest)s ORDER BY bad DESC, count(*) * avg(l.weakness) DESC, g.gap_id LIMIT %(limit)s;

-- name: counted
-- Of answers in [from, to): how many, how many rest first on a passage that was not among the two best, how many judgements blame the source;
-- and all reviewed answers that people agreed to train on.
SELECT
    (SELECT count(*) FROM answers WHERE ts >= %(frm)s AND ts < %(to)s) AS answers,
    (SELECT count(*) FROM answers WHERE ts >= %(frm)s AND ts < %(to)s AND status IN ('answered', 'partial')
        AND jsonb_array_length(citations) > 0 AND jsonb_array_length(passages) > 2
        AND coalesce(citations -> 0 ->> 'chunk_id' NOT IN (passages -> 0 ->> 'chunk_id', passages -> 1 ->> 'chunk_id'), false)) AS misranked,
    (SELECT count(*) FROM rag_feedback WHERE ts >= %(frm)s AND ts < %(to)s AND NOT useful AND reason = 'quelle') AS source_thumbs,
    (SELECT count(*) FROM curated_answers WHERE training) AS candidates;

-- name: tried
-- The kinds of which a ticket was done since then.
SELECT DISTINCT kind FROM tickets WHERE state = 'done' AND closed_at >= %(since)s;

-- name: gap_exists
-- Whether there is such a gap.
SELECT EXISTS (SELECT FROM knowledge_gaps WHERE gap_id = %(gap_id)s) AS there;

-- name: newest_titled
-- The number of the newest ticket of a kind with a title.
SELECT max(number) AS number FROM tickets WHERE kind = %(kind)s AND title = %(title)s;
