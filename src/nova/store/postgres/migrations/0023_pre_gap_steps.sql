-- What somebody did about questions that were not answered: about those of a knowledge gap (`gap_id`), or about one alone (`answer_id`).

-- `place_...` is the section of the company's that answers a gap's questions although it was not found: as `search` suspects, or as an `editor`
-- named it. `looked_at`: up to when search was asked for it. A gap that does not belong here is `outside`.
ALTER TABLE knowledge_gaps
    ADD COLUMN place_item uuid REFERENCES items (item_id) ON DELETE SET NULL,
    ADD COLUMN place_title text NOT NULL DEFAULT '',
    ADD COLUMN place_section text NOT NULL DEFAULT '',
    ADD COLUMN place_source text CHECK (place_source IN ('search', 'editor')),
    ADD COLUMN looked_at timestamptz,
    DROP CONSTRAINT knowledge_gaps_state_check,
    ADD CONSTRAINT knowledge_gaps_state_check CHECK (state IN ('open', 'closed', 'outside'));

-- `facts` are what an editor wrote (redacted) or ids, never words of who asked. `item_id` is the document that was taken in, or that an answer
-- became. `measured_at`: when its questions were asked again.
CREATE TABLE gap_steps (
    step_id     uuid PRIMARY KEY,
    gap_id      uuid REFERENCES knowledge_gaps (gap_id) ON DELETE SET NULL,
    answer_id   uuid REFERENCES answers (answer_id) ON DELETE CASCADE,
    what        text NOT NULL CHECK (what IN ('document', 'words', 'answer', 'outside', 'place')),
    facts       jsonb NOT NULL DEFAULT '{}',
    item_id     uuid REFERENCES items (item_id) ON DELETE SET NULL,
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    measured_at timestamptz,
    undone_by   text,
    undone_at   timestamptz,
    CHECK (gap_id IS NULL OR answer_id IS NULL),
    CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX gap_steps_gap ON gap_steps (gap_id, made_at) WHERE gap_id IS NOT NULL;
CREATE INDEX gap_steps_answer ON gap_steps (answer_id, made_at) WHERE answer_id IS NOT NULL;
CREATE INDEX gap_steps_item ON gap_steps (item_id) WHERE item_id IS NOT NULL;

-- The questions that a step is about, by ids: how each was answered before, and how when it was asked again, from which `place`
-- (`item_id`, `title`, `section`). `asked_id` is as in `gap_asked`.
CREATE TABLE gap_step_questions (
    step_id         uuid NOT NULL REFERENCES gap_steps (step_id) ON DELETE CASCADE,
    asked_id        uuid NOT NULL,
    answer_id       uuid REFERENCES answers (answer_id) ON DELETE CASCADE,
    conversation_id uuid,
    seq             integer,
    before          text NOT NULL CHECK (before IN ('refused', 'asked_back', 'weak')),
    after           text CHECK (after IN ('answered', 'refused', 'asked_back', 'weak')),
    place           jsonb,
    PRIMARY KEY (step_id, asked_id),
    FOREIGN KEY (conversation_id, seq) REFERENCES turns (conversation_id, seq) ON DELETE CASCADE,
    CHECK ((answer_id IS NULL) = (conversation_id IS NOT NULL AND seq IS NOT NULL))
);
CREATE INDEX gap_step_questions_answer ON gap_step_questions (answer_id) WHERE answer_id IS NOT NULL;
CREATE INDEX gap_step_questions_turn ON gap_step_questions (conversation_id, seq) WHERE conversation_id IS NOT NULL;

-- Questions that do not belong here, as somebody said: they are no gap and not weakly answered.
CREATE VIEW outside_questions AS
SELECT q.asked_id, q.answer_id, q.conversation_id, q.seq, s.gap_id
FROM gap_step_questions q JOIN gap_steps s ON s.step_id = q.step_id WHERE s.what = 'outside' AND s.undone_at IS NULL;

-- An answer that an editor wrote to one person's question goes with the question, as a published one does.
CREATE TRIGGER gap_step_gone AFTER DELETE ON gap_steps
    FOR EACH ROW WHEN (OLD.item_id IS NOT NULL AND OLD.what = 'answer') EXECUTE FUNCTION curated_take_their_document();
