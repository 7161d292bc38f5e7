-- name: plain_partitions
-- Until the transaction ends readings lie in partitions, as they do in every dump.
SELECT set_config('nova.hypertables', 'off', true);

-- name: tables
-- Every table of ours but the parts of partitioned ones.
SELECT c.relname AS name FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname;

-- name: parted
-- Tables whose rows lie in parts.
SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'p';

-- name: columns
-- Of every table those columns that rows bring values for.
SELECT c.relname AS name, array_agg(a.attname::text) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
GROUP BY c.relname;

-- name: names
-- Everything that has a name, and what it is where that matters.
SELECT c.relname AS name,
       CASE WHEN c.relkind = 'p' THEN 'parted' WHEN c.relispartition AND c.relkind = 'r' THEN 'part' WHEN c.relkind = 'S' THEN 'sequence'
            ELSE 'other' END AS kind
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT conname, 'other' FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT t.tgname, 'other' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
UNION ALL SELECT p.proname, 'other' FROM pg_proc p
          WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT a.attname, 'other' FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
          JOIN pg_class c ON c.oid = f.adrelid WHERE c.relnamespace = 'public'::regnamespace;

-- name: references
-- Which tables refer to which, as rules that can be given back.
SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS rule
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.connamespace = 'public'::regnamespace
ORDER BY c.relname, k.conname;

-- name: views
-- Views that hold rows of their own.
SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'm';

-- name: set_sequence
-- Where a sequence of ours stands.
SELECT setval(format('public.%%I', %(name)s::text)::regclass, %(last)s, %(called)s);
