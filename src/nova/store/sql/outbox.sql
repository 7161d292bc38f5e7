-- name: add
-- Something the index has still to learn.
INSERT INTO index_outbox (op, item_id, chunk_id, analyser, lexical) VALUES (%(op)s, %(item_id)s, %(chunk_id)s, %(analyser)s, %(lexical)s);

-- name: next_batch
-- The oldest entries with what the index keeps beside the lexical vector, that of the model it holds too; an upsert whose passage is gone has no `kind`.
SELECT o.seq, o.op, o.item_id, o.chunk_id, o.lexical, i.kind, i.tags, i.owner, c.valid_from, c.valid_to, e.vector
FROM (SELECT * FROM index_outbox ORDER BY seq LIMIT %(limit)s) o
LEFT JOIN item_chunks c ON c.chunk_id = o.chunk_id
LEFT JOIN items i ON i.item_id = c.item_id
LEFT JOIN chunk_embeddings e ON e.chunk_id = o.chunk_id AND e.model = (SELECT model FROM embedding_models WHERE state <> 'filling')
ORDER BY o.seq;

-- name: remove
-- These entries are in the index now.
DELETE FROM index_outbox WHERE seq = ANY(%(seqs)s);

-- name: pending
-- How many entries wait.
SELECT count(*) AS n FROM index_outbox;

-- name: pending_of_item
-- How many entries of one item wait.
SELECT count(*) AS n FROM index_outbox WHERE item_id = %(item_id)s;

-- name: waiting
-- The passages of which changes wait.
SELECT DISTINCT chunk_id FROM index_outbox WHERE chunk_id IS NOT NULL;

-- name: live_analyser
-- The analyser in use.
SELECT version, artefact FROM analysers WHERE live;

-- name: live_version
-- Only its version.
SELECT version FROM analysers WHERE live;

-- name: insert_analyser
-- Keep an analyser, not yet in use.
INSERT INTO analysers (version, artefact) VALUES (%(version)s, %(artefact)s) ON CONFLICT (version) DO NOTHING;

-- name: retire_analyser
-- No analyser is in use (within a transaction that names the next).
UPDATE analysers SET live = false WHERE live;

-- name: promote_analyser
-- From now on questions and passages are analysed by this one.
UPDATE analysers SET live = true WHERE version = %(version)s;

-- name: lock_outbox
-- One applier at a time (held to the end of the transaction).
SELECT pg_advisory_xact_lock(%(number)s);

-- name: hold_analyser
-- The live analyser, if it is this one; its row stays as it is until the transaction ends.
SELECT version FROM analysers WHERE version = %(version)s AND live FOR SHARE;
