-- name: passages
-- Passages by id with their place in the version that counts: the current one, or the one valid at `as_of`.
SELECT c.chunk_id, c.item_id, p.version, i.title, i.kind, s.path, s.label, s.section_id, s.title AS section_title, c.text,
       p.char_from, p.char_to, p.page_from, s.norm, i.tags
FROM item_chunks c
JOIN chunk_places p ON p.chunk_id = c.chunk_id
JOIN item_versions v ON v.item_id = p.item_id AND v.version = p.version
JOIN item_sections s ON s.section_id = p.section_id
JOIN items i ON i.item_id = c.item_id
WHERE c.chunk_id = ANY(%(chunk_ids)s) AND v.state = 'ready'
  AND (i.owner IS NULL OR i.owner = %(owner)s::uuid)
  AND CASE WHEN %(as_of)s::timestamptz IS NULL THEN p.version = i.version
           ELSE v.valid_from <= %(as_of)s AND (v.valid_to IS NULL OR v.valid_to > %(as_of)s) END;

-- name: provisions
-- The passages of the sections with these norm keys, in the order of the keys and of reading.
SELECT c.chunk_id, c.item_id, p.version, i.title, i.kind, s.path, s.label, s.section_id, s.title AS section_title, c.text,
       p.char_from, p.char_to, p.page_from, s.norm, i.tags
FROM item_sections s
JOIN item_versions v ON v.item_id = s.item_id AND v.version = s.version
JOIN items i ON i.item_id = s.item_id
JOIN chunk_places p ON p.section_id = s.section_id AND p.version = s.version
JOIN item_chunks c ON c.chunk_id = p.chunk_id
WHERE s.norm = ANY(%(norms)s::text[]) AND v.state = 'ready'
  AND (i.owner IS NULL OR i.owner = %(owner)s::uuid)
  AND (cardinality(%(kinds)s::text[]) = 0 OR i.kind = ANY(%(kinds)s::text[]))
  AND (cardinality(%(tags)s::text[]) = 0 OR i.tags && %(tags)s::text[])
  AND (cardinality(%(items)s::uuid[]) = 0 OR i.item_id = ANY(%(items)s::uuid[]))
  AND CASE WHEN %(as_of)s::timestamptz IS NULL THEN s.version = i.version
           ELSE v.valid_from <= %(as_of)s AND (v.valid_to IS NULL OR v.valid_to > %(as_of)s) END
ORDER BY array_position(%(norms)s::text[], s.norm), i.created_at, p.chunk_idx
LIMIT %(limit)s;

-- name: sections_around
-- Sections with the document they belong to; of a very long one only a window around an offset. `window_from` is its offset in the section.
SELECT s.section_id, s.item_id, s.version, s.label, s.title, s.path, s.norm, i.title AS document, i.kind, i.tags, s.char_from, w.window_from,
       CASE WHEN length(s.text) <= %(window)s THEN s.text ELSE substr(s.text, w.window_from + 1, %(window)s) END AS text
FROM unnest(%(section_ids)s::uuid[], %(offsets)s::integer[]) AS wanted(section_id, around)
JOIN item_sections s ON s.section_id = wanted.section_id
JOIN items i ON i.item_id = s.item_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN s.char_to - s.char_from <= %(window)s THEN 0
                ELSE greatest(0, least(wanted.around - s.char_from - %(window)s / 2, s.char_to - s.char_from - %(window)s)) END AS window_from
) w
WHERE i.owner IS NULL OR i.owner = %(owner)s::uuid;

-- name: places_of_sections
-- Where the passages of some sections stand, in reading order.
SELECT p.section_id, p.chunk_id, p.char_from, p.char_to, p.page_from
FROM chunk_places p
WHERE p.section_id = ANY(%(section_ids)s)
ORDER BY p.section_id, p.chunk_idx;

-- name: law_names
-- Every name a held law answers to.
SELECT DISTINCT alias, law FROM law_aliases ORDER BY alias, law;

-- name: headings
-- Headings of current company sections, spread over the documents: what starter questions are made of.
SELECT document, kind, label, title, norm, path FROM (
    SELECT i.title AS document, i.kind, s.label, s.title, s.norm, s.path, i.created_at, s.ordinal,
           row_number() OVER (PARTITION BY i.item_id ORDER BY s.ordinal) AS position
    FROM item_sections s JOIN items i ON i.item_id = s.item_id AND i.version = s.version
    WHERE i.owner IS NULL AND i.status = 'ready'
) found
WHERE position <= %(per_item)s
ORDER BY created_at, document, ordinal
LIMIT %(limit)s;

-- name: held_norms
-- The provisions that somebody may read in current documents: the company's and their own.
SELECT DISTINCT s.norm FROM item_sections s JOIN items i ON i.item_id = s.item_id AND i.version = s.version
WHERE s.norm IS NOT NULL AND i.status = 'ready' AND (i.owner IS NULL OR i.owner = %(owner)s::uuid);

-- name: insert_answer
-- An answer as it was given.
INSERT INTO answers (answer_id, user_id, question, answer, status, model, prompt_version, analyser, as_of, passages, citations, timings_ms, trace_id,
                     retrieval, learned, conversation_id, subject_id, purposes)
VALUES (%(answer_id)s, %(user_id)s, %(question)s, %(answer)s, %(status)s, %(model)s, %(prompt_version)s, %(analyser)s, %(as_of)s,
        %(passages)s, %(citations)s, %(timings_ms)s, %(trace_id)s, %(retrieval)s, %(learned)s, %(conversation_id)s, %(subject_id)s, %(purposes)s);

-- name: list_answers
-- Newest first, older than `before`; a person's own, or everyone's.
SELECT answer_id, ts, question, status, answer FROM answers
WHERE (%(everyone)s OR user_id = %(user_id)s::uuid) AND (%(before)s::timestamptz IS NULL OR ts < %(before)s)
ORDER BY ts DESC LIMIT %(limit)s;

-- name: get_answer
-- One answer with its evidence, if the caller may see it.
SELECT answer_id, ts, user_id, question, answer, status, model, prompt_version, analyser, as_of, passages, citations, timings_ms, trace_id,
       retrieval ->> 'emergency' AS emergency, retrieval -> 'said' AS said, retrieval ->> 'outcome' AS outcome
FROM answers WHERE answer_id = %(answer_id)s AND (%(everyone)s OR user_id = %(user_id)s::uuid);

-- name: delete_answer
-- Forget an answer, if the caller may see it.
DELETE FROM answers WHERE answer_id = %(answer_id)s AND (%(everyone)s OR user_id = %(user_id)s::uuid);

-- name: delete_answers_of_user
-- Forget every answer given to a person.
DELETE FROM answers WHERE user_id = %(user_id)s;
