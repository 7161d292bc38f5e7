-- Answers that others gave and delivered with their conversations: what their sender measured of them, as numbers and switches. `asked_seq` is
-- the turn they answer. Nova's own stand in `answers`.
CREATE VIEW delivered_answers AS
SELECT t.conversation_id, t.seq, t.ts, c.source, c.channel, c.subject_id, c.purposes,
       (t.meta ->> 'useful')::boolean AS useful, (t.meta ->> 'refused')::boolean AS refused,
       (t.meta ->> 'latency_ms')::double precision AS latency_ms, (t.meta ->> 'dwell_ms')::double precision AS dwell_ms,
       (t.meta ->> 'cost_eur')::double precision AS cost_eur,
       (SELECT max(q.seq) FROM turns q WHERE q.conversation_id = t.conversation_id AND q.role = 'user' AND q.seq < t.seq) AS asked_seq
FROM turns t JOIN conversations c ON c.conversation_id = t.conversation_id
WHERE t.role = 'assistant' AND c.source <> 'nova';

-- Questions of delivered conversations that nobody answered, by gap; the words stand in `turns` alone.
CREATE TABLE gap_turns (
    gap_id          uuid NOT NULL REFERENCES knowledge_gaps (gap_id) ON DELETE CASCADE,
    conversation_id uuid NOT NULL,
    seq             integer NOT NULL,
    weakness        double precision NOT NULL,
    PRIMARY KEY (gap_id, conversation_id, seq),
    FOREIGN KEY (conversation_id, seq) REFERENCES turns (conversation_id, seq) ON DELETE CASCADE
);
CREATE INDEX gap_turns_turn ON gap_turns (conversation_id, seq);

-- By what a question of a delivered conversation is known where others are known by their answer.
CREATE FUNCTION asked_id(conversation_id uuid, seq integer) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN md5(conversation_id::text || '/' || seq::text)::uuid;

-- What was asked in gaps, here and elsewhere.
CREATE VIEW gap_asked AS
SELECT g.gap_id, g.answer_id, g.weakness, a.ts, a.question, a.status, a.subject_id, coalesce(a.subject_id, a.user_id) AS who
FROM gap_answers g JOIN answers a ON a.answer_id = g.answer_id
UNION ALL
SELECT g.gap_id, asked_id(g.conversation_id, g.seq), g.weakness, t.ts, t.text, 'refused', c.subject_id, c.subject_id
FROM gap_turns g JOIN turns t ON t.conversation_id = g.conversation_id AND t.seq = g.seq
JOIN conversations c ON c.conversation_id = g.conversation_id;
