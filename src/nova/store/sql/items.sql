-- name: lock_content
-- Two uploads and a delete of the same content wait for each other (held to the end of the transaction).
SELECT pg_advisory_xact_lock(hashtextextended(%(sha256)s, 0));

-- name: lock_place
-- Two documents from one address, or of one name, wait for each other: neither finds a row of the other's yet (held like the content's).
SELECT pg_advisory_xact_lock(hashtextextended(%(place)s, 1));

-- name: item_by_content
-- The item that holds this content as its current version, or is about to, within one owner's documents; one that failed comes last.
SELECT i.item_id, i.title, v.state AS status, v.version, v.sha256
FROM item_versions v JOIN items i USING (item_id)
WHERE v.sha256 = %(sha256)s AND i.owner IS NOT DISTINCT FROM %(owner)s AND (v.version = i.version OR v.state = 'queued')
ORDER BY v.state = 'failed', v.version DESC
LIMIT 1;

-- name: item_by_url
-- The owner's item that was fetched from this address.
SELECT item_id, title, status, version, sha256 FROM items
WHERE url = %(url)s AND owner IS NOT DISTINCT FROM %(owner)s ORDER BY created_at LIMIT 1 FOR UPDATE;

-- name: item_by_filename
-- The owner's newest item that came as a file of this name.
SELECT item_id, title, status, version, sha256 FROM items
WHERE filename = %(filename)s AND owner IS NOT DISTINCT FROM %(owner)s ORDER BY created_at DESC LIMIT 1 FOR UPDATE;

-- name: insert_item
-- A new item with its first version still to be read.
INSERT INTO items (item_id, owner, kind, source, title, filename, tags, url, sha256)
VALUES (%(item_id)s, %(owner)s, %(kind)s, %(source)s, %(title)s, %(filename)s, %(tags)s, %(url)s, %(sha256)s);

-- name: next_version
-- The number the item's next version gets.
SELECT coalesce(max(version), 0) + 1 AS version FROM item_versions WHERE item_id = %(item_id)s;

-- name: insert_version
-- A version waiting for its text.
INSERT INTO item_versions (item_id, version, sha256, media_type, filename, bytes)
VALUES (%(item_id)s, %(version)s, %(sha256)s, %(media_type)s, %(filename)s, %(bytes)s);

-- name: requeue_version
-- A failed version gets another try, as what it came this time; its item stands for it and waits again.
WITH again AS (
    UPDATE item_versions SET state = 'queued', media_type = %(media_type)s, filename = %(filename)s
    WHERE item_id = %(item_id)s AND version = %(version)s AND state = 'failed'
    RETURNING item_id, version
)
UPDATE items i SET filename = %(filename)s, title = %(title)s FROM again WHERE i.item_id = again.item_id AND i.version = again.version;

-- name: mark_queued
-- A failed item has a version that waits to be read.
UPDATE items SET status = 'queued', error = NULL, updated_at = now() WHERE item_id = %(item_id)s AND status = 'failed';

-- name: mark_overtaken
-- A version that was not read before a later one will not be read any more, and nothing waits for it.
UPDATE item_versions SET state = 'failed' WHERE item_id = %(item_id)s AND version = %(version)s AND state = 'queued';

-- name: version_to_read
-- What an ingest job needs to know of its version and item.
SELECT v.item_id, v.version, v.sha256, v.media_type, v.filename, v.state, v.bytes, v.created_at,
       i.owner, i.kind, i.tags, i.title, i.filename AS item_filename, i.url, i.version AS current_version
FROM item_versions v JOIN items i USING (item_id)
WHERE v.item_id = %(item_id)s AND v.version = %(version)s;

-- name: lock_item
-- The item's row, held to the end of the transaction; no row means it was deleted.
SELECT item_id, owner, kind, tags, title, version, status, sha256 FROM items WHERE item_id = %(item_id)s FOR UPDATE;

-- name: mark_running
-- The item's text is being read (a newer version of a ready item leaves it ready).
UPDATE items SET status = 'running', error = NULL, updated_at = now() WHERE item_id = %(item_id)s AND status IN ('queued', 'failed');

-- name: mark_failed
-- The version could not be read; an item with an earlier ready version stays ready.
WITH failed AS (
    UPDATE item_versions SET state = 'failed' WHERE item_id = %(item_id)s AND version = %(version)s AND state = 'queued'
    RETURNING item_id
)
UPDATE items SET error = %(error)s, updated_at = now(), status = CASE WHEN EXISTS (
        SELECT 1 FROM item_versions v WHERE v.item_id = %(item_id)s AND v.state = 'ready') THEN 'ready' ELSE 'failed' END
WHERE item_id IN (SELECT item_id FROM failed);

-- name: finish_version
-- The version's text, chunks and places are stored.
UPDATE item_versions
SET state = 'ready', text_sha256 = %(text_sha256)s, pages = %(pages)s, chars = %(chars)s, warnings = %(warnings)s, valid_from = %(valid_from)s
WHERE item_id = %(item_id)s AND version = %(version)s;

-- name: neighbours_of_version
-- When the last ready version before this one began, whether an earlier one is still to be read, and whether a later one is ready.
SELECT max(valid_from) FILTER (WHERE state = 'ready' AND version < %(version)s) AS began_before,
       coalesce(bool_or(state = 'queued' AND version < %(version)s), false) AS earlier_waits,
       coalesce(bool_or(state = 'ready' AND version > %(version)s), false) AS later_ready
FROM item_versions WHERE item_id = %(item_id)s;

-- name: close_earlier_versions
-- Earlier versions end where this one begins.
UPDATE item_versions SET valid_to = %(valid_from)s
WHERE item_id = %(item_id)s AND version < %(version)s AND valid_to IS NULL;

-- name: promote_version
-- The item now stands for this version.
UPDATE items SET version = %(version)s, sha256 = %(sha256)s, title = %(title)s, filename = %(filename)s,
    status = 'ready', error = NULL, updated_at = now()
WHERE item_id = %(item_id)s;

-- name: delete_item
-- The item with its versions, sections, chunks and places.
DELETE FROM items WHERE item_id = %(item_id)s;

-- name: files_of_item
-- The stored files of every version of an item.
SELECT DISTINCT sha256, text_sha256 FROM item_versions WHERE item_id = %(item_id)s;

-- name: schemas_aside
-- What restores have set aside: a schema each, whose versions still need their files.
SELECT n.nspname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = 'item_versions' AND c.relkind = 'r' AND n.nspname ~ '^vor_[0-9]+$';

-- name: update_item
-- A person changed title, tags or kind; NULL leaves a field as it is.
UPDATE items SET title = coalesce(%(title)s, title), tags = coalesce(%(tags)s::text[], tags), kind = coalesce(%(kind)s, kind),
    updated_at = now()
WHERE item_id = %(item_id)s;

-- name: get_item
-- One item with its counts, if the caller may see it.
SELECT i.item_id, i.title, i.kind, i.source, i.tags, i.status, i.error, i.version, i.url, i.filename, i.sha256, i.created_at, i.updated_at,
       u.external_id AS owner, i.owner AS owner_id, v.bytes, v.pages, v.chars, v.warnings, v.media_type,
       (SELECT count(*) FROM chunk_places p WHERE p.item_id = i.item_id AND p.version = i.version) AS chunks
FROM items i
LEFT JOIN users u ON u.user_id = i.owner
LEFT JOIN item_versions v ON v.item_id = i.item_id AND v.version = i.version
WHERE i.item_id = %(item_id)s AND (%(everyone)s OR i.owner IS NULL OR i.owner = %(owner)s) AND i.kind <> 'conversation';

-- name: versions_of_item
-- All versions, newest first.
SELECT version, sha256, media_type, filename, bytes, pages, chars, state, warnings, valid_from, valid_to, created_at
FROM item_versions WHERE item_id = %(item_id)s ORDER BY version DESC;

-- name: version_of_item
-- One version's files and extent, if the caller may see the item.
SELECT i.item_id, i.title, v.version, v.sha256, v.text_sha256, v.media_type, v.filename, v.bytes, v.pages, v.chars
FROM item_versions v JOIN items i USING (item_id)
WHERE v.item_id = %(item_id)s AND v.version = %(version)s AND (%(everyone)s OR i.owner IS NULL OR i.owner = %(owner)s)
  AND i.kind <> 'conversation';

-- name: list_items
-- One page of items the caller may see, filtered; `total` counts all that match. The caller chooses the order by name.
WITH found AS (
    SELECT i.item_id, i.title, i.kind, i.source, i.tags, i.status, i.error, i.version, i.url, i.filename, i.owner, i.created_at, i.updated_at
    FROM items i
    WHERE (%(everyone)s OR i.owner IS NULL OR i.owner = %(owner)s) AND i.kind <> 'conversation'
      AND (%(query)s::text IS NULL OR i.title ILIKE %(query)s OR i.filename ILIKE %(query)s OR i.url ILIKE %(query)s)
      AND (%(tag)s::text IS NULL OR i.tags @> ARRAY[%(tag)s::text])
      AND (%(kind)s::text IS NULL OR i.kind = %(kind)s)
      AND (%(status)s::text IS NULL OR i.status = %(status)s)
), counted AS (
    SELECT f.*, (SELECT count(*) FROM chunk_places p WHERE p.item_id = f.item_id AND p.version = f.version) AS chunks FROM found f
)
SELECT c.item_id, c.title, c.kind, c.source, c.tags, c.status, c.error, c.version, c.chunks, v.bytes, c.url, c.filename,
       u.external_id AS owner, c.created_at, c.updated_at, (SELECT count(*) FROM found) AS total
FROM counted c
LEFT JOIN users u ON u.user_id = c.owner
LEFT JOIN item_versions v ON v.item_id = c.item_id AND v.version = c.version
ORDER BY
    CASE WHEN %(sort)s = 'title' AND %(descending)s THEN lower(c.title) END DESC,
    CASE WHEN %(sort)s = 'title' AND NOT %(descending)s THEN lower(c.title) END ASC,
    CASE WHEN %(sort)s = 'chunks' AND %(descending)s THEN c.chunks END DESC,
    CASE WHEN %(sort)s = 'chunks' AND NOT %(descending)s THEN c.chunks END ASC,
    CASE WHEN %(sort)s = 'status' AND %(descending)s THEN c.status END DESC,
    CASE WHEN %(sort)s = 'status' AND NOT %(descending)s THEN c.status END ASC,
    CASE WHEN %(sort)s = 'created_at' AND NOT %(descending)s THEN c.created_at END ASC,
    c.created_at DESC, c.item_id
LIMIT %(limit)s OFFSET %(offset)s;

-- name: item_facets
-- How many visible items there are by kind, tag and status.
WITH seen AS (SELECT kind, status, tags FROM items WHERE (%(everyone)s OR owner IS NULL OR owner = %(owner)s) AND kind <> 'conversation')
SELECT 'kinds' AS facet, kind AS value, count(*) AS n FROM seen GROUP BY kind
UNION ALL SELECT 'statuses', status, count(*) FROM seen GROUP BY status
UNION ALL (SELECT 'tags', tag, count(*) FROM seen, unnest(tags) AS tag GROUP BY tag ORDER BY 3 DESC LIMIT 100);

-- name: knowledge_counts
-- How much of the company's own is stored, conversations left out; bytes and pages are of all that lies on the disk.
SELECT (SELECT count(*) FROM items WHERE kind <> 'conversation' AND owner IS NULL) AS items,
       (SELECT count(*) FROM item_chunks WHERE valid_to IS NULL)
           - (SELECT count(*) FROM items i JOIN item_chunks c USING (item_id)
              WHERE (i.kind = 'conversation' OR i.owner IS NOT NULL) AND c.valid_to IS NULL) AS chunks,
       (SELECT count(*) FROM item_sections s JOIN items i ON i.item_id = s.item_id AND i.version = s.version
        WHERE i.kind <> 'conversation' AND i.owner IS NULL) AS sections,
       (SELECT coalesce(sum(bytes), 0) FROM item_versions)::bigint AS bytes_total,
       (SELECT coalesce(sum(pages), 0) FROM item_versions)::bigint AS pages_total,
       (SELECT count(*) FROM index_outbox) AS outbox;

-- name: ingest_per_day
-- Items and chunks stored on each of the last 30 days (Europe/Berlin).
SELECT (v.created_at AT TIME ZONE 'Europe/Berlin')::date AS day, count(*) AS items,
       coalesce(sum((SELECT count(*) FROM chunk_places p WHERE p.item_id = v.item_id AND p.version = v.version)), 0)::bigint AS chunks
FROM item_versions v JOIN items i USING (item_id)
WHERE i.kind <> 'conversation' AND v.state = 'ready' AND v.created_at > now() - interval '30 days'
GROUP BY 1 ORDER BY 1;

-- name: get_fact
-- A small fact about this installation.
SELECT value FROM installation WHERE key = %(key)s;

-- name: set_fact
-- Remember a small fact about this installation.
INSERT INTO installation (key, value) VALUES (%(key)s, %(value)s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = now();
