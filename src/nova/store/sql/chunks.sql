-- name: insert_section
-- A parent section of one version.
INSERT INTO item_sections (section_id, item_id, version, ordinal, label, norm, title, path, char_from, char_to, text)
VALUES (%(section_id)s, %(item_id)s, %(version)s, %(ordinal)s, %(label)s, %(norm)s, %(title)s, %(path)s, %(char_from)s, %(char_to)s, %(text)s);

-- name: current_chunks
-- The passages of an item that are valid now: what the next version is compared with.
SELECT chunk_id, digest FROM item_chunks WHERE item_id = %(item_id)s AND valid_to IS NULL ORDER BY chunk_idx;

-- name: insert_chunk
-- A new passage.
INSERT INTO item_chunks (chunk_id, item_id, chunk_idx, text, digest, valid_from, metadata)
VALUES (%(chunk_id)s, %(item_id)s, %(chunk_idx)s, %(text)s, %(digest)s, %(valid_from)s, %(metadata)s);

-- name: move_chunk
-- An unchanged passage keeps its id; its place in the reading order may change.
UPDATE item_chunks SET chunk_idx = %(chunk_idx)s WHERE chunk_id = %(chunk_id)s;

-- name: insert_place
-- Where a passage stands in this version.
INSERT INTO chunk_places (chunk_id, item_id, version, chunk_idx, section_id, char_from, char_to, page_from, page_to)
VALUES (%(chunk_id)s, %(item_id)s, %(version)s, %(chunk_idx)s, %(section_id)s, %(char_from)s, %(char_to)s, %(page_from)s, %(page_to)s);

-- name: archive_chunks
-- Passages the new version no longer has: archived, and still answering as of an earlier date.
UPDATE item_chunks SET valid_to = %(valid_to)s, metadata = metadata || '{"archived": true}'::jsonb
WHERE chunk_id = ANY(%(chunk_ids)s);

-- name: insert_alias
-- A name this document's law answers to.
INSERT INTO law_aliases (alias, law, item_id) VALUES (%(alias)s, %(law)s, %(item_id)s) ON CONFLICT DO NOTHING;

-- name: delete_aliases
-- The names of an item before its new version brings its own.
DELETE FROM law_aliases WHERE item_id = %(item_id)s;

-- name: list_chunks
-- The passages of one version in reading order.
SELECT c.chunk_id, p.chunk_idx, s.label, s.title, s.path, p.page_from, p.char_from, p.char_to, c.text, count(*) OVER () AS total
FROM chunk_places p
JOIN item_chunks c USING (chunk_id)
JOIN item_sections s USING (section_id)
WHERE p.item_id = %(item_id)s AND p.version = %(version)s
ORDER BY p.chunk_idx LIMIT %(limit)s OFFSET %(offset)s;

-- name: sections_around_span
-- The headings of one version around a part of its text, in reading order, without their own text.
SELECT label, title, path, char_from, char_to FROM item_sections
WHERE item_id = %(item_id)s AND version = %(version)s AND char_to >= %(start)s AND char_from <= %(end)s ORDER BY ordinal;

-- name: chunks_to_index
-- A batch of passages with all the index needs of them, after a given id; archived ones too. NULL items means all; `since` leaves out
-- those that are older and whose document has not been changed either.
SELECT c.chunk_id, c.item_id, c.text, i.title, s.path, s.norm
FROM item_chunks c
JOIN items i USING (item_id)
JOIN LATERAL (
    SELECT s.path, s.norm FROM chunk_places p JOIN item_sections s USING (section_id)
    WHERE p.chunk_id = c.chunk_id ORDER BY p.version DESC LIMIT 1
) s ON true
WHERE c.chunk_id > %(after)s
  AND (%(item_ids)s::uuid[] IS NULL OR c.item_id = ANY(%(item_ids)s))
  AND (%(since)s::timestamptz IS NULL OR c.created_at >= %(since)s OR i.updated_at >= %(since)s)
ORDER BY c.chunk_id LIMIT %(limit)s;

-- name: company_sections
-- The headings of the company's current versions with their passages in reading order.
SELECT s.section_id, s.item_id, s.label, s.title, s.path, array_agg(p.chunk_id ORDER BY p.chunk_idx) AS chunk_ids
FROM item_sections s
JOIN items i ON i.item_id = s.item_id AND i.version = s.version
JOIN item_versions v ON v.item_id = s.item_id AND v.version = s.version
JOIN chunk_places p ON p.section_id = s.section_id
WHERE i.owner IS NULL AND v.state = 'ready'
GROUP BY s.section_id ORDER BY s.item_id, s.ordinal;

-- name: chunks_by_id
-- The same for named passages.
SELECT c.chunk_id, c.item_id, c.text, i.title, s.path, s.norm
FROM item_chunks c
JOIN items i USING (item_id)
JOIN LATERAL (
    SELECT s.path, s.norm FROM chunk_places p JOIN item_sections s USING (section_id)
    WHERE p.chunk_id = c.chunk_id ORDER BY p.version DESC LIMIT 1
) s ON true
WHERE c.chunk_id = ANY(%(chunk_ids)s);

-- name: count_chunks
-- How many passages the index should hold, and of which items when asked.
SELECT count(*) AS n FROM item_chunks WHERE %(item_ids)s::uuid[] IS NULL OR item_id = ANY(%(item_ids)s);

-- name: chunk_ids
-- Every passage's id.
SELECT chunk_id FROM item_chunks;

-- name: texts_to_learn
-- The current passages' words in reading order, from which an analyser learns: of the company's documents only, since what it learns is
-- everybody's, and outlives a person's documents and conversations.
SELECT c.text
FROM item_chunks c
JOIN items i USING (item_id)
JOIN chunk_places p ON p.chunk_id = c.chunk_id AND p.version = i.version
WHERE c.valid_to IS NULL AND i.owner IS NULL AND i.kind <> 'conversation'
ORDER BY c.item_id, p.chunk_idx;

-- name: items_of_filter
-- The items a reindex of some kind, tag or owner means.
SELECT item_id FROM items
WHERE (%(kind)s::text IS NULL OR kind = %(kind)s) AND (%(tag)s::text IS NULL OR tags @> ARRAY[%(tag)s::text]);

-- name: stale_statistics
-- Whether the planner knows too little of the tables that searching joins: never analysed, or half of the rows are new since.
SELECT coalesce(bool_or(n_mod_since_analyze > 200 + (n_live_tup / 2)
                        OR (last_analyze IS NULL AND last_autoanalyze IS NULL AND n_live_tup > 0)), false) AS stale
FROM pg_stat_user_tables
WHERE relname IN ('items', 'item_versions', 'item_sections', 'item_chunks', 'chunk_places') AND schemaname = current_schema();

-- name: refresh_statistics
-- Tell the planner what the tables hold now; autovacuum would do it up to a minute later.
ANALYZE items, item_versions, item_sections, item_chunks, chunk_places;
