-- name: get_model
-- What is known of a model.
SELECT model, dimension, state, weight, measured, measured_at FROM embedding_models WHERE model = %(model)s;

-- name: indexed_model
-- The model whose vectors the index holds or takes in.
SELECT model, dimension, state, weight, measured, measured_at FROM embedding_models WHERE state <> 'filling';

-- name: register_model
-- A model seen for the first time.
INSERT INTO embedding_models (model, dimension) VALUES (%(model)s, %(dimension)s) ON CONFLICT (model) DO NOTHING;

-- name: forget_model
-- Another model has taken this name: its vectors and what was measured are of no use.
DELETE FROM embedding_models WHERE model = %(model)s AND dimension <> %(dimension)s;

-- name: chunks_without_vector
-- The next passages, after an id, that this model has not seen; archived ones too.
SELECT c.chunk_id, c.item_id, c.text, i.title, s.path, s.norm
FROM item_chunks c
JOIN items i USING (item_id)
JOIN LATERAL (
    SELECT s.path, s.norm FROM chunk_places p JOIN item_sections s USING (section_id)
    WHERE p.chunk_id = c.chunk_id ORDER BY p.version DESC LIMIT 1
) s ON true
WHERE c.chunk_id > %(after)s
  AND NOT EXISTS (SELECT FROM chunk_embeddings e WHERE e.chunk_id = c.chunk_id AND e.model = %(model)s)
ORDER BY c.chunk_id LIMIT %(limit)s;

-- name: count_vectors
-- How many passages the model has seen, how many of them it took in no form, and how many there are.
SELECT (SELECT count(*) FROM chunk_embeddings WHERE model = %(model)s) AS seen,
       (SELECT count(*) FROM chunk_embeddings WHERE model = %(model)s AND vector IS NULL) AS without,
       (SELECT count(*) FROM item_chunks) AS total;

-- name: insert_vector
-- A passage's vector, unless the passage has been deleted meanwhile.
INSERT INTO chunk_embeddings (chunk_id, model, vector)
SELECT chunk_id, %(model)s, %(vector)s FROM item_chunks WHERE chunk_id = %(chunk_id)s FOR KEY SHARE
ON CONFLICT (chunk_id, model) DO UPDATE SET vector = EXCLUDED.vector, created_at = now();

-- name: vectors_of
-- The vectors of some passages.
SELECT chunk_id, vector FROM chunk_embeddings WHERE model = %(model)s AND chunk_id = ANY(%(chunk_ids)s) AND vector IS NOT NULL;

-- name: stop_indexing
-- No model's vectors are in the index (within a transaction that names the next).
UPDATE embedding_models SET state = 'filling' WHERE state <> 'filling';

-- name: set_state
-- Where a model stands.
UPDATE embedding_models SET state = %(state)s WHERE model = %(model)s;

-- name: delete_other_vectors
-- Once a model is live, the vectors of the one before go.
DELETE FROM chunk_embeddings WHERE model <> %(model)s;

-- name: set_weight
-- What a model was measured to be worth, unless another has taken its name meanwhile.
UPDATE embedding_models SET weight = %(weight)s, measured = %(measured)s, measured_at = clock_timestamp()
WHERE model = %(model)s AND dimension = %(dimension)s;
