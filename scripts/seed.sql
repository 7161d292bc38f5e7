-- Mock use of the documents that are there: what ten people opened, liked and found useful in the last fourteen days.
-- For work on Nova, never for an installation that people use: `psql "$NOVA_DATABASE_URL" -f scripts/seed.sql` after `make seed`.
-- Documents and passages come in by the intake (`make seed`), which also reads, counts and indexes them. Run again it changes nothing.
BEGIN;

INSERT INTO users (user_id, external_id)
SELECT md5('seed ' || n)::uuid, 'seed-' || n FROM generate_series(1, 10) AS n
ON CONFLICT DO NOTHING;

CREATE TEMPORARY TABLE seeded ON COMMIT DROP AS
SELECT md5('seed event ' || n)::uuid AS event_id, md5('seed ' || 1 + n % 10)::uuid AS user_id,
       now() - make_interval(hours => (n * 7) % 336) AS ts, (ARRAY['view', 'click', 'like', 'solve'])[1 + n % 4] AS type,
       c.item_id, c.chunk_id, CASE WHEN n % 4 = 0 THEN 4000 + (n * 977) % 60000 END AS dwell_ms
FROM generate_series(1, 400) AS n
JOIN (SELECT item_id, chunk_id, row_number() OVER (ORDER BY chunk_id) AS nth, count(*) OVER () AS passages FROM item_chunks) c
  ON c.nth = 1 + (n * 31) % c.passages;

WITH claimed AS (
    INSERT INTO event_inbox (event_id) SELECT event_id FROM seeded ON CONFLICT (event_id) DO NOTHING RETURNING event_id
)
INSERT INTO events (event_id, user_id, ts, type, item_id, chunk_id, dwell_ms, meta)
SELECT event_id, user_id, ts, type, item_id, chunk_id, dwell_ms, '{"seed": true}' FROM seeded JOIN claimed USING (event_id);

INSERT INTO labels (label_id, user_id, item_id, ts, reward, reason, source)
SELECT md5('seed label ' || user_id || item_id)::uuid, user_id, item_id, max(ts), round((0.2 * count(*))::numeric, 2)::float8, 'seed', 'feedback'
FROM seeded WHERE type IN ('like', 'solve') GROUP BY user_id, item_id
ON CONFLICT DO NOTHING;

COMMIT;
