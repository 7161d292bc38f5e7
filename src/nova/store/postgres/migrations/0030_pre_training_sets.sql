-- Curated evaluation sets: questions with their references that models are measured by and none learns from. A version never changes.

-- `rows` is a list of {id, kind, topic, question, reference, answerable, facts}; `digest` is of that list. `keeper` is who answers for the set, an
-- office and no person. They hold nothing personal: that is looked for before they are stored.
CREATE TABLE train_sets (
    name       text NOT NULL CHECK (name ~ '^[a-z][a-z0-9-]{1,39}$'),
    version    integer NOT NULL CHECK (version > 0),
    digest     text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    keeper     text NOT NULL,
    note       text NOT NULL DEFAULT '',
    rows       jsonb NOT NULL,
    made_by    text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (name, version),
    UNIQUE (name, digest)
);
CREATE FUNCTION train_sets_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of an evaluation set never changes';
END
$$;
CREATE TRIGGER train_sets_frozen BEFORE UPDATE ON train_sets FOR EACH ROW EXECUTE FUNCTION train_sets_are_frozen();
