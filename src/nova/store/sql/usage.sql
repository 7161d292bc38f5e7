-- name: hold
-- Two that add to what a person keeps wait for each other (held to the end of the transaction).
SELECT pg_advisory_xact_lock(hashtextextended(%(owner)s::uuid::text, 2));

-- name: used
-- What a person keeps here: documents, meters, bytes (of their documents' versions, of delivered files whose rows are stored, and of those
-- that lie there for a job), access tokens that are good, and jobs that wait.
SELECT
    (SELECT count(*) FROM items WHERE owner = %(owner)s) AS documents,
    (SELECT count(*) FROM owned_meters WHERE owner = %(owner)s) AS meters,
    (SELECT coalesce(sum(v.bytes), 0) FROM item_versions v JOIN items i USING (item_id) WHERE i.owner = %(owner)s)
        + (SELECT coalesce(sum(bytes), 0) FROM series_batches WHERE owner = %(owner)s AND state = 'done' AND digest IS NOT NULL)
        + (SELECT coalesce(sum((args ->> 'bytes')::bigint), 0) FROM jobs
           WHERE owner = %(owner)s AND kind = %(import)s AND state <> 'done') AS bytes,
    (SELECT count(*) FROM access_tokens WHERE user_id = %(owner)s AND revoked_at IS NULL AND expires_at > now()) AS tokens,
    (SELECT count(*) FROM jobs WHERE owner = %(owner)s AND state = 'queued') AS jobs;

-- name: keepers
-- A page of the people who keep something, those with the most bytes first, and how many there are.
WITH kept AS (
    SELECT owner, count(*) AS documents, 0 AS meters, 0::numeric AS bytes FROM items WHERE owner IS NOT NULL GROUP BY owner
    UNION ALL
    SELECT i.owner, 0, 0, sum(v.bytes) FROM item_versions v JOIN items i USING (item_id) WHERE i.owner IS NOT NULL GROUP BY i.owner
    UNION ALL
    SELECT owner, 0, count(*), 0 FROM owned_meters WHERE owner IS NOT NULL GROUP BY owner
    UNION ALL
    SELECT owner, 0, 0, sum(bytes) FROM series_batches WHERE owner IS NOT NULL AND state = 'done' AND digest IS NOT NULL GROUP BY owner
    UNION ALL
    SELECT owner, 0, 0, sum((args ->> 'bytes')::bigint) FROM jobs
    WHERE owner IS NOT NULL AND kind = %(import)s AND state <> 'done' GROUP BY owner
)
SELECT u.user_id, u.external_id AS "user", u.role, count(*) OVER () AS total, sum(k.documents)::bigint AS documents,
       sum(k.meters)::bigint AS meters, coalesce(sum(k.bytes), 0)::bigint AS bytes,
       (SELECT count(*) FROM access_tokens t WHERE t.user_id = u.user_id AND t.revoked_at IS NULL AND t.expires_at > now()) AS tokens,
       (SELECT count(*) FROM jobs j WHERE j.owner = u.user_id AND j.state = 'queued') AS jobs
FROM kept k JOIN users u ON u.user_id = k.owner AND u.user_id <> '00000000-0000-4000-8000-00000000c0de'
GROUP BY u.user_id, u.external_id, u.role
ORDER BY coalesce(sum(k.bytes), 0) DESC, sum(k.documents) DESC, u.user_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: keeper
-- One person, by the name they are known under elsewhere.
SELECT user_id, external_id AS "user", role FROM users
WHERE external_id = %(user)s AND user_id <> '00000000-0000-4000-8000-00000000c0de';

-- name: set_bytes
-- How large the file of a delivery was.
UPDATE series_batches SET bytes = %(bytes)s WHERE batch_id = %(batch_id)s AND bytes IS NULL;
