-- Answers that somebody hands to a colleague (`to_user`) or to whoever serves customers (`to_service`), with what they rest on.

-- A colleague who leaves gives theirs back (`returned`): they were handed to nobody else. `due_on` is when a consumer's complaint has to be answered at the latest (§ 111a EnWG: four weeks from `received_on`). One that its sender
-- takes back is shown to nobody else any more.
CREATE TABLE handovers (
    handover_id uuid PRIMARY KEY,
    from_user   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    to_user     uuid REFERENCES users ON DELETE SET NULL,
    to_service  boolean NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('question', 'complaint')),
    note        text NOT NULL DEFAULT '',
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'done', 'withdrawn', 'returned')),
    received_on date NOT NULL,
    due_on      date,
    made_at     timestamptz NOT NULL DEFAULT now(),
    taken_by    uuid REFERENCES users ON DELETE SET NULL,
    taken_at    timestamptz,
    done_at     timestamptz,
    CHECK (NOT (to_service AND to_user IS NOT NULL)),
    CHECK ((kind = 'complaint') = (due_on IS NOT NULL))
);
CREATE INDEX handovers_open ON handovers (due_on, made_at) WHERE state IN ('open', 'taken');
CREATE INDEX handovers_from ON handovers (from_user);
CREATE INDEX handovers_to ON handovers (to_user) WHERE to_user IS NOT NULL;

CREATE TABLE handover_answers (
    handover_id uuid NOT NULL REFERENCES handovers ON DELETE CASCADE,
    answer_id   uuid NOT NULL REFERENCES answers ON DELETE CASCADE,
    place       integer NOT NULL,
    PRIMARY KEY (handover_id, answer_id)
);
CREATE INDEX handover_answers_answer ON handover_answers (answer_id);
