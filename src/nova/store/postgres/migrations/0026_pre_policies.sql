-- Policies for recommended passages: from what each was chosen, and what was learned from that.

-- `candidates` of a place are [id of the passage, its features ...], the shown one among them; `features` is the version of these numbers.
-- Rows from before have neither, and nothing is learned from them.
ALTER TABLE recommendation_log
    ADD COLUMN features smallint,
    ADD COLUMN candidates jsonb CHECK (jsonb_typeof(candidates) = 'array'),
    ADD CHECK ((features IS NULL) = (candidates IS NULL));

-- A policy that was learned: numbers of everybody together, as JSON, by which nobody is told from anybody. `name` is that of a release of
-- `policy:recommend`, whose digest is the SHA-256 of `state`. It was learned from what was shown between two moments.
CREATE TABLE recommendation_policies (
    name       text PRIMARY KEY,
    state      text NOT NULL,
    since      timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    CHECK (since <= until)
);
