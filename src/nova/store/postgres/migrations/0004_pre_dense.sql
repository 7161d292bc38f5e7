-- Dense vectors: which embedding models are known, what each was measured to be worth, and the vectors of passages.

-- `state`: 'filling' while passages still lack vectors, 'loading' while the index takes them in, then 'live'. `weight` is what the model's
-- likeness counts beside the lexical features; 0 until it was measured to help, and `measured` says how. `dimension` comes from the model.
CREATE TABLE embedding_models (
    model       text PRIMARY KEY,
    dimension   integer NOT NULL CHECK (dimension BETWEEN 1 AND 65536),
    state       text NOT NULL DEFAULT 'filling' CHECK (state IN ('filling', 'loading', 'live')),
    weight      double precision NOT NULL DEFAULT 0 CHECK (weight >= 0),
    measured    jsonb NOT NULL DEFAULT '{}',
    measured_at timestamptz,
    created_at  timestamptz NOT NULL DEFAULT now()
);
-- The index holds the vectors of one model.
CREATE UNIQUE INDEX embedding_models_one_indexed ON embedding_models ((true)) WHERE state <> 'filling';

-- A passage's vector by a model: f32 of length 1; NULL when the model takes the passage in no form.
CREATE TABLE chunk_embeddings (
    chunk_id   uuid NOT NULL REFERENCES item_chunks (chunk_id) ON DELETE CASCADE,
    model      text NOT NULL REFERENCES embedding_models (model) ON DELETE CASCADE,
    vector     bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (chunk_id, model)
);
ALTER TABLE chunk_embeddings ALTER COLUMN vector SET STORAGE EXTERNAL;
CREATE INDEX chunk_embeddings_model ON chunk_embeddings (model);
