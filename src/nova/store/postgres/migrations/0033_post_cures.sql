-- The base answers the questions kept apart once more with what is cheaper than tuning: a prompt, examples, documents.

-- `lookups` are the HMACs of all who have a part in an answer: whose question it is, and whose rows the base was given beside it. The answer leaves
-- with any of them; before, of several people it left with one.
ALTER TABLE train_answers ADD COLUMN lookups bytea[] NOT NULL DEFAULT '{}';
UPDATE train_answers a SET lookups = ARRAY(
    SELECT a.lookup WHERE a.lookup IS NOT NULL
    UNION
    SELECT l.lookup FROM seed_lineage l JOIN seed_versions v USING (version_id) JOIN train_runs r USING (dataset, version)
    WHERE r.run_id = a.run_id AND l.row_id = a.row_id AND l.lookup IS NOT NULL);
ALTER TABLE train_answers DROP COLUMN lookup;
CREATE INDEX train_answers_lookups ON train_answers USING gin (lookups);
ALTER TABLE train_answers DROP CONSTRAINT train_answers_side_check;
ALTER TABLE train_answers ADD CONSTRAINT train_answers_side_check CHECK (side IN ('cand', 'base', 'prompt', 'examples', 'document'));
