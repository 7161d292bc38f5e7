-- The editorial queue: answers that people should look at, what they decided, and what came of it. The words stand in `answers`; only what an
-- editor wrote is kept here.

-- `reasons` say why it was drawn ("thumbs_down", "ungrounded", "weak", "rare", "sample"), `claimed_by` who looks at it until `claimed_until`.
CREATE TABLE reviews (
    review_id     uuid PRIMARY KEY,
    answer_id     uuid NOT NULL UNIQUE REFERENCES answers (answer_id) ON DELETE CASCADE,
    reasons       text[] NOT NULL,
    priority      double precision NOT NULL,
    state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected', 'changed')),
    rating        integer CHECK (rating BETWEEN 1 AND 5),
    note          text,
    skipped       text[] NOT NULL DEFAULT '{}',
    claimed_by    text,
    claimed_until timestamptz,
    decided_by    text,
    decided_at    timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((state = 'open') = (decided_at IS NULL))
);
CREATE INDEX reviews_open ON reviews (priority DESC, review_id) WHERE state = 'open';
CREATE INDEX reviews_decided ON reviews (decided_at DESC, review_id) WHERE state <> 'open';

-- An answer that an editor stands for. Together with the answer it replaces it is a preference pair: this one chosen, that one rejected.
-- `training` says that the person who asked agreed to it, or that the question is the company's own. With `publish` it becomes a document,
-- `item_id`, that Luna may cite.
CREATE TABLE curated_answers (
    curated_id uuid PRIMARY KEY,
    review_id  uuid NOT NULL UNIQUE REFERENCES reviews (review_id) ON DELETE CASCADE,
    question   text NOT NULL,
    answer     text NOT NULL,
    approver   text NOT NULL,
    training   boolean NOT NULL,
    publish    boolean NOT NULL DEFAULT false,
    item_id    uuid REFERENCES items (item_id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What was published goes with the answer that an editor stood for, whichever way that goes: at a withdrawal, an erasure, or when who asked
-- deletes the answer. Points and files follow by jobs; jobs that name it go too, since its title is a question.
CREATE FUNCTION curated_take_their_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    document items%ROWTYPE;
BEGIN
    SELECT * INTO document FROM items WHERE item_id = OLD.item_id FOR UPDATE;
    IF FOUND THEN
        DELETE FROM jobs WHERE kind <> 'erase' AND (item_id = document.item_id OR title IN (document.title, document.filename, 'Entfernen: ' || document.title));
        INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', document.item_id);
        DELETE FROM items WHERE item_id = document.item_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER curated_gone AFTER DELETE ON curated_answers
    FOR EACH ROW WHEN (OLD.item_id IS NOT NULL) EXECUTE FUNCTION curated_take_their_document();

-- Others' judgements of a person's answer may say its words. They keep them no longer than the answer: without it nobody knows whose they are.
CREATE FUNCTION answers_take_others_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rag_feedback SET question = '', answer = '', notes = NULL
    WHERE answer_id = OLD.answer_id AND user_id IS DISTINCT FROM OLD.user_id AND (question <> '' OR answer <> '' OR notes IS NOT NULL);
    RETURN OLD;
END
$$;
CREATE TRIGGER answers_going BEFORE DELETE ON answers
    FOR EACH ROW WHEN (OLD.user_id IS NOT NULL) EXECUTE FUNCTION answers_take_others_words();
CREATE INDEX rag_feedback_answer ON rag_feedback (answer_id) WHERE answer_id IS NOT NULL;
