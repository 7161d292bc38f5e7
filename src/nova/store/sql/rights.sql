-- name: find_person
-- A person by pseudonym, by our own id or by how another system knows them; with or without a row of their own among the users. Whom
-- conversations' passages belong to is nobody.
SELECT s.subject_id, u.user_id, u.external_id, s.lookup
FROM subjects s FULL JOIN users u ON u.user_id = s.user_id
WHERE (s.subject_id = %(id)s::uuid OR u.user_id = %(id)s::uuid OR u.external_id = %(name)s OR s.lookup = %(lookup)s::bytea)
  AND u.user_id IS DISTINCT FROM '00000000-0000-4000-8000-00000000c0de'
ORDER BY (s.subject_id = %(id)s::uuid) DESC NULLS LAST, (u.user_id = %(id)s::uuid) DESC NULLS LAST, (u.external_id = %(name)s) DESC NULLS LAST
LIMIT 1;

-- name: lock_person
-- Nobody stores anything that points at this person before the transaction ends, and afterwards they are gone.
SELECT (SELECT count(*) FROM (SELECT 1 FROM users WHERE user_id = %(user_id)s::uuid FOR UPDATE) a) AS users,
       (SELECT count(*) FROM (SELECT 1 FROM subjects WHERE subject_id = %(subject_id)s OR user_id = %(user_id)s::uuid
                              OR (lookup = %(lookup)s::bytea AND created_at <= %(before)s) FOR UPDATE) b) AS subjects;

-- name: subjects_of
-- Every pseudonym of the person.
SELECT subject_id FROM subjects
WHERE subject_id = %(subject_id)s OR user_id = %(user_id)s::uuid OR (lookup = %(lookup)s::bytea AND created_at <= %(before)s);

-- name: answers_of
-- The answers given to the person.
SELECT answer_id FROM answers WHERE user_id = %(user_id)s::uuid OR subject_id = ANY (%(subjects)s)
    OR conversation_id IN (SELECT conversation_id FROM conversations WHERE subject_id = ANY (%(subjects)s));

-- name: conversations_of
-- Their conversations, and the items that hold the passages of these.
SELECT conversation_id, item_id FROM conversations WHERE subject_id = ANY (%(subjects)s);

-- name: items_of
-- Their documents, the passages of their conversations, and what was published from answers to them.
SELECT item_id FROM items WHERE owner = %(user_id)s::uuid OR item_id = ANY (%(more)s)
UNION
SELECT c.item_id FROM curated_answers c JOIN reviews r USING (review_id) WHERE r.answer_id = ANY (%(answers)s) AND c.item_id IS NOT NULL;

-- name: meters_of
-- The meters that they have or had, with the stored models; `alone` where nobody else ever had it and no reading is of another time.
SELECT m.meter_id, (SELECT array_agg(f.object_key) FROM forecast_models f WHERE f.target = 'meter/' || m.meter_id) AS models,
       NOT EXISTS (SELECT FROM meter_assignments o WHERE o.meter_id = m.meter_id AND o.customer <> %(user_id)s::uuid)
       AND NOT EXISTS (
           SELECT FROM smart_meter_readings r WHERE r.meter_id = m.meter_id AND NOT EXISTS (
               SELECT FROM meter_assignments a WHERE a.meter_id = m.meter_id AND r.ts >= a.starts AND r.ts < a.ends)) AS alone
FROM meters m WHERE m.meter_id IN (SELECT meter_id FROM meter_assignments WHERE customer = %(user_id)s::uuid);

-- name: vacate
-- What a meter that others have or had says of somebody who goes: its name and facts, where they have it now or said them, and what was computed of it.
WITH said AS (DELETE FROM forecasts WHERE target = ANY (SELECT 'meter/' || unnest(%(meters)s::text[]))),
     scored AS (DELETE FROM forecast_scores WHERE target = ANY (SELECT 'meter/' || unnest(%(meters)s::text[]))),
     made AS (DELETE FROM forecast_models WHERE target = ANY (SELECT 'meter/' || unnest(%(meters)s::text[]))),
     rolled AS (
         DELETE FROM reading_rollups r USING meter_assignments a
         WHERE a.customer = %(user_id)s::uuid AND a.meter_id = ANY (%(meters)s) AND r.meter_id = a.meter_id
           AND r.ts < a.ends AND r.ts > a.starts - make_interval(secs => r.bucket + 3600)
         RETURNING r.meter_id, r.ts
     ), waiting AS (
         INSERT INTO reading_changes (meter_id, day, batch_id)
         SELECT DISTINCT meter_id, (ts AT TIME ZONE 'Europe/Berlin')::date, 0 FROM rolled ORDER BY 1, 2 ON CONFLICT (meter_id, day) DO NOTHING
     )
UPDATE meters m SET title = CASE WHEN o.owner = %(user_id)s::uuid THEN '' ELSE m.title END, facts = '{}' FROM owned_meters o
WHERE m.meter_id = ANY (%(meters)s) AND o.meter_id = m.meter_id AND (o.owner = %(user_id)s::uuid OR EXISTS (
    SELECT FROM meter_assignments said
    WHERE said.meter_id = m.meter_id AND said.customer = %(user_id)s::uuid AND said.starts <= m.facts_at AND said.ends > m.facts_at
));

-- name: uploads_of
-- Files that their queued jobs are to read.
SELECT args ->> 'key' AS key FROM jobs WHERE owner = %(user_id)s::uuid AND args ->> 'key' IS NOT NULL;

-- name: files_of
-- The stored files of some items.
SELECT DISTINCT sha256, text_sha256 FROM item_versions WHERE item_id = ANY (%(items)s);

-- name: documents_of
-- Every version of the documents that somebody uploaded.
SELECT v.item_id, v.version, v.filename, v.sha256 FROM item_versions v JOIN items i USING (item_id)
WHERE i.owner = %(user_id)s::uuid ORDER BY v.item_id, v.version;

-- name: jobs_about
-- Jobs of others whose arguments or result name the person, but for the erasures.
DELETE FROM jobs WHERE kind <> 'erase' AND (
    jsonb_path_exists(args, '$.** ? (@ == $names[*])', %(names)s) OR jsonb_path_exists(result, '$.** ? (@ == $names[*])', %(names)s));

-- name: titled_jobs
-- Ended jobs of the operator's whose title says the title of a document that goes. Others may have documents of that name.
DELETE FROM jobs j WHERE j.kind <> 'erase' AND j.ended_at IS NOT NULL AND j.owner IS NULL AND EXISTS (
    SELECT 1 FROM items i WHERE i.item_id = ANY (%(items)s) AND (j.item_id IS NULL OR j.item_id = i.item_id)
        AND j.title IN (i.title, i.filename, 'Entfernen: ' || i.title));

-- name: stream_about
-- Messages that name the person, not read yet or kept for a day.
DELETE FROM stream_messages WHERE EXISTS (
    SELECT 1 FROM unnest(%(names)s::text[]) AS name WHERE position(convert_to('"' || name || '"', 'UTF8') IN value) > 0);

-- name: hours_of
-- The hours whose figures the person has a part in.
SELECT DISTINCT date_trunc('hour', ts) AS hour FROM (
    SELECT ts FROM answers WHERE answer_id = ANY (%(answers)s)
    UNION ALL SELECT ts FROM events WHERE user_id = %(user_id)s::uuid
    UNION ALL SELECT ts FROM rag_feedback WHERE user_id = %(user_id)s::uuid OR answer_id = ANY (%(answers)s)
    UNION ALL SELECT ts FROM turns WHERE conversation_id = ANY (%(conversations)s)) AS said
ORDER BY 1;

-- name: queue_delete
-- The index forgets every point of these items.
INSERT INTO index_outbox (op, item_id) SELECT 'delete_item', unnest(%(items)s::uuid[]);

-- name: forget_meter_files
-- Files that held rows of a meter that goes are read anew when they come again.
UPDATE series_batches SET digest = NULL WHERE batch_id IN (
    SELECT DISTINCT batch_id FROM smart_meter_readings WHERE meter_id = ANY (%(meters)s)
    UNION SELECT DISTINCT batch_id FROM reading_versions WHERE meter_id = ANY (%(meters)s));

-- name: ask_erasure
-- An erasure is wanted; the same again changes nothing.
INSERT INTO erasures (erasure_id, subject_id, user_id, lookup, asked_at) VALUES (%(erasure_id)s, %(subject_id)s, %(user_id)s, %(lookup)s, %(asked_at)s)
ON CONFLICT (erasure_id) DO NOTHING;

-- name: take_over
-- Entries that only the ledger outside knows.
INSERT INTO erasures (erasure_id, subject_id, user_id, lookup, asked_at, done_at, receipt)
SELECT erasure_id, subject_id, user_id, decode(lookup, 'hex'), asked_at, done_at, receipt
FROM jsonb_to_recordset(%(entries)s) AS e
    (erasure_id uuid, subject_id uuid, user_id uuid, lookup text, asked_at timestamptz, done_at timestamptz, receipt jsonb)
ON CONFLICT (erasure_id) DO NOTHING;

-- name: open_erasure
-- An erasure of this person that has not ended.
SELECT erasure_id FROM erasures WHERE subject_id = %(subject_id)s AND done_at IS NULL;

-- name: erasure
-- One entry of the ledger.
SELECT erasure_id, subject_id, user_id, lookup, asked_at, done_at, receipt FROM erasures WHERE erasure_id = %(erasure_id)s;

-- name: erasures
-- The ledger, newest first.
SELECT erasure_id, subject_id, user_id, lookup, asked_at, done_at, receipt FROM erasures ORDER BY asked_at DESC, erasure_id;

-- name: erasure_page
-- The same a page at a time, of one pseudonym, one of our own ids or one erasure if given, with what its job has come to.
WITH work AS MATERIALIZED (
    SELECT DISTINCT ON (args ->> 'erasure_id') args ->> 'erasure_id' AS erasure_id, job_id, state, error FROM jobs
    WHERE kind = 'erase' AND args ? 'erasure_id'
    ORDER BY args ->> 'erasure_id', (state IN ('queued', 'running')) DESC, created_at DESC, job_id DESC
)
SELECT e.erasure_id, e.subject_id, e.user_id, e.lookup, e.asked_at, e.done_at, e.receipt, w.job_id, w.error,
       CASE WHEN e.done_at IS NOT NULL THEN 'done' WHEN w.state IS NULL OR w.state = 'done' THEN 'stopped' ELSE w.state END AS state
FROM erasures e LEFT JOIN work w ON w.erasure_id = e.erasure_id::text AND e.done_at IS NULL
WHERE %(id)s::uuid IS NULL OR e.subject_id = %(id)s OR e.user_id = %(id)s OR e.erasure_id = %(id)s
ORDER BY e.asked_at DESC, e.erasure_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: count_erasures
-- How many there are in all.
SELECT count(*) AS n FROM erasures
WHERE %(id)s::uuid IS NULL OR subject_id = %(id)s OR user_id = %(id)s OR erasure_id = %(id)s;

-- name: lock_erasure
-- Nobody else starts its job until the transaction ends.
SELECT erasure_id, subject_id, user_id, lookup, asked_at, done_at, receipt FROM erasures WHERE erasure_id = %(erasure_id)s FOR UPDATE;

-- name: erasures_of
-- The entries of a pseudonym or of our own id, newest first.
SELECT erasure_id, subject_id, user_id, lookup, asked_at, done_at, receipt FROM erasures
WHERE subject_id = %(id)s OR user_id = %(id)s OR erasure_id = %(id)s ORDER BY asked_at DESC;

-- name: erased_since
-- When a person whom another system knows by this name was erased last.
SELECT max(asked_at) AS at FROM erasures WHERE lookup = %(lookup)s;

-- name: note_receipt
-- What has been done so far. What was wished meanwhile stays until it is done.
UPDATE erasures SET done_at = %(done_at)s, receipt = %(receipt)s::jsonb || CASE
    WHEN %(done_at)s::timestamptz IS NULL AND receipt ? 'purge' THEN jsonb_build_object('purge', receipt -> 'purge') ELSE '{}' END
WHERE erasure_id = %(erasure_id)s;

-- name: wish
-- What somebody wants besides of an erasure that is not done.
UPDATE erasures SET receipt = receipt || jsonb_build_object(%(name)s::text, true) WHERE erasure_id = %(erasure_id)s AND done_at IS NULL;

-- name: wished
-- Whether somebody does.
SELECT coalesce((receipt ->> %(name)s::text)::boolean, false) AS yes FROM erasures WHERE erasure_id = %(erasure_id)s;

-- name: correct_turn
-- A person corrects what they said; gives the answer to it and the passages that still say the former words.
UPDATE turns t SET text = %(text)s FROM conversations c
WHERE t.conversation_id = %(conversation_id)s AND t.seq = %(seq)s AND t.role = 'user' AND c.conversation_id = t.conversation_id
  AND c.subject_id = %(subject_id)s
RETURNING t.answer_id, c.item_id;

-- name: correct_question
-- A person corrects what they asked.
UPDATE answers SET question = %(text)s WHERE answer_id = %(answer_id)s AND user_id = %(user_id)s;

-- name: correct_asked
-- The same words where a conversation says them; gives the passages that still say the former ones.
UPDATE turns t SET text = %(text)s FROM conversations c
WHERE t.answer_id = %(answer_id)s AND t.role = 'user' AND c.conversation_id = t.conversation_id
RETURNING c.conversation_id, c.item_id;

-- name: correct_judged
-- The same words where a judgement says them.
UPDATE rag_feedback SET question = %(text)s WHERE answer_id = %(answer_id)s AND question <> '';

-- name: correct_answered
-- The same words where an answer to them says them.
UPDATE answers SET question = %(text)s WHERE answer_id = %(answer_id)s AND subject_id = %(subject_id)s;

-- name: rename_user
-- Another system knows the person by another name from now on.
UPDATE users SET external_id = %(external_id)s WHERE user_id = %(user_id)s;

-- name: rename_subject
-- The same under the HMAC of the name.
UPDATE subjects SET lookup = %(lookup)s WHERE user_id = %(user_id)s;

-- name: taken
-- Whether another person has this name, letters in any case: people sign in by it.
SELECT 1 AS yes FROM users WHERE lower(external_id) = lower(%(external_id)s) AND user_id <> %(user_id)s;

-- name: counted_elsewhere
-- How many tickets and reviews refer to questions of the person, without saying what they hold.
SELECT (SELECT count(*) FROM reviews WHERE answer_id = ANY (%(answers)s)) AS reviews,
       (SELECT count(DISTINCT t.ticket_id) FROM tickets t JOIN gap_answers g USING (gap_id) WHERE g.answer_id = ANY (%(answers)s)) AS tickets;

-- name: still_there
-- Which of these entries of a ledger name somebody who is here. Who came back after their erasure is somebody else.
SELECT e.erasure_id FROM jsonb_to_recordset(%(entries)s) AS e (erasure_id uuid, subject_id uuid, user_id uuid, lookup text, asked_at timestamptz)
WHERE EXISTS (SELECT 1 FROM users u WHERE u.user_id = e.user_id)
   OR EXISTS (SELECT 1 FROM subjects s WHERE s.subject_id = e.subject_id OR s.user_id = e.user_id
              OR (s.lookup = decode(e.lookup, 'hex') AND s.created_at <= e.asked_at))
   OR EXISTS (SELECT 1 FROM seed_lineage l WHERE l.lookup = decode(e.lookup, 'hex'))
   OR EXISTS (SELECT 1 FROM seed_removals m WHERE m.lookup = decode(e.lookup, 'hex') AND m.content IS NOT NULL);

-- name: unfinished
-- Erasures that are wanted and not done.
SELECT erasure_id FROM erasures WHERE done_at IS NULL ORDER BY asked_at;

-- name: tables_with
-- Some of our tables and their sizes in bytes, partitions by themselves, with what follows them (indexes, long values); small ones first.
SELECT c.oid::regclass::text AS name, coalesce(p.relname, c.relname) AS of, pg_total_relation_size(c.oid)::bigint AS bytes
FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND coalesce(p.relname, c.relname) = ANY (%(names)s)
ORDER BY 3, 1;

-- name: partitioned
-- Those of our tables that have partitions.
SELECT relname AS name FROM pg_class WHERE relkind = 'p' AND relnamespace = 'public'::regnamespace AND relname = ANY (%(names)s) ORDER BY 1;

-- name: older_transactions
-- How many transactions of this database still see what was there at a moment.
SELECT count(*) AS n FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL AND xact_start < %(moment)s;
