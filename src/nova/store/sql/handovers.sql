-- name: own_answers
-- A person's own answers, one or a whole conversation, in order; held until the transaction ends.
SELECT answer_id, question FROM answers
WHERE user_id = %(user_id)s AND (answer_id = %(answer_id)s OR conversation_id = %(conversation_id)s) ORDER BY ts, answer_id FOR KEY SHARE;

-- name: insert
-- A new one.
INSERT INTO handovers (handover_id, from_user, to_user, to_service, kind, note, received_on, due_on)
VALUES (%(handover_id)s, %(from_user)s, %(to_user)s, %(to_user)s::uuid IS NULL, %(kind)s, %(note)s, %(received_on)s, %(due_on)s);

-- name: insert_answers
-- What it holds, in order.
INSERT INTO handover_answers (handover_id, answer_id, place)
SELECT %(handover_id)s, answer_id, place FROM unnest(%(answers)s::uuid[]) WITH ORDINALITY AS one (answer_id, place);

-- name: page
-- What somebody handed over, or what lies with them and with whoever serves; what is due first, then the oldest.
SELECT h.handover_id, h.from_user, h.to_user, h.to_service, h.kind, h.note, h.state, h.received_on, h.due_on, h.made_at, h.taken_by, h.taken_at, h.done_at,
       sender.external_id AS from_name, recipient.external_id AS to_name, taker.external_id AS taken_name,
       (SELECT a.question FROM handover_answers x JOIN answers a USING (answer_id) WHERE x.handover_id = h.handover_id ORDER BY x.place LIMIT 1) AS question,
       (SELECT count(*) FROM handover_answers x WHERE x.handover_id = h.handover_id) AS answers,
       count(*) OVER () AS total
FROM handovers h
JOIN users sender ON sender.user_id = h.from_user
LEFT JOIN users recipient ON recipient.user_id = h.to_user
LEFT JOIN users taker ON taker.user_id = h.taken_by
WHERE CASE %(box)s WHEN 'out' THEN h.from_user = %(user_id)s
    ELSE %(serves)s AND h.state NOT IN ('withdrawn', 'returned') AND (h.to_service OR %(user_id)s IN (h.to_user, h.taken_by)) END
  AND (%(states)s::text[] IS NULL OR h.state = ANY (%(states)s)) AND (%(handover_id)s::uuid IS NULL OR h.handover_id = %(handover_id)s)
ORDER BY h.state IN ('done', 'withdrawn', 'returned'), h.due_on NULLS LAST, h.made_at, h.handover_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: turns
-- The answers of one, in order, with what they cite.
SELECT a.answer_id, a.ts, a.question, a.answer, a.status, a.citations
FROM handover_answers x JOIN answers a USING (answer_id) WHERE x.handover_id = %(handover_id)s ORDER BY x.place;

-- name: move
-- To its next state, from one of these; a row where that was so.
UPDATE handovers SET state = %(state)s, note = CASE WHEN %(state)s = 'withdrawn' THEN '' ELSE note END,
    taken_by = CASE %(state)s WHEN 'taken' THEN %(user_id)s::uuid WHEN 'open' THEN NULL ELSE taken_by END,
    taken_at = CASE %(state)s WHEN 'taken' THEN now() WHEN 'open' THEN NULL ELSE taken_at END,
    done_at = CASE WHEN %(state)s = 'done' THEN now() END
WHERE handover_id = %(handover_id)s AND state = ANY (%(before)s::text[]) RETURNING handover_id;

-- name: handed_answer
-- An answer that lies with somebody because it was handed over.
SELECT a.answer_id, a.ts, a.question, a.answer, a.status, a.citations
FROM answers a WHERE a.answer_id = %(answer_id)s AND (a.user_id = %(user_id)s OR EXISTS (
    SELECT FROM handover_answers x JOIN handovers h USING (handover_id)
    WHERE x.answer_id = a.answer_id AND %(serves)s AND h.state NOT IN ('withdrawn', 'returned')
      AND (h.to_service OR %(user_id)s IN (h.to_user, h.taken_by))));

-- name: give_back
-- What lies with somebody who leaves: the colleagues' goes back to its sender, what they took for all is open again.
UPDATE handovers SET state = CASE WHEN to_service THEN 'open' ELSE 'returned' END, taken_by = NULL, taken_at = NULL
WHERE state IN ('open', 'taken') AND ((to_service AND taken_by = %(user_id)s) OR to_user = %(user_id)s);
