-- name: find_subject
-- The person known elsewhere by the name behind an HMAC.
SELECT subject_id FROM subjects WHERE lookup = %(lookup)s;

-- name: ensure_subject
-- The same, made on first sight; tied to who signs in here by that name.
WITH made AS (
    INSERT INTO subjects (subject_id, lookup, user_id)
    VALUES (%(subject_id)s, %(lookup)s,
            coalesce(%(user_id)s::uuid, (SELECT user_id FROM users WHERE external_id = %(name)s::text)))
    ON CONFLICT DO NOTHING RETURNING subject_id, user_id, lookup
)
SELECT subject_id, user_id, lookup FROM made
UNION ALL
SELECT subject_id, user_id, lookup FROM subjects
WHERE lookup = %(lookup)s OR user_id = coalesce(%(user_id)s::uuid, (SELECT user_id FROM users WHERE external_id = %(name)s::text))
ORDER BY lookup
LIMIT 1;

-- name: tie_subject
-- Somebody known from elsewhere signs in here, or the other way round.
UPDATE subjects SET lookup = coalesce(lookup, %(lookup)s),
       user_id = coalesce(user_id, %(user_id)s::uuid, (SELECT user_id FROM users WHERE external_id = %(name)s::text))
WHERE subject_id = %(subject_id)s
  AND NOT EXISTS (SELECT FROM subjects o WHERE o.subject_id <> %(subject_id)s AND (o.lookup = %(lookup)s OR o.user_id = coalesce(
      %(user_id)s::uuid, (SELECT user_id FROM users WHERE external_id = %(name)s::text))));

-- name: subject_of_user
-- Somebody who signs in here: their pseudonym, and their name elsewhere.
SELECT s.subject_id, u.external_id FROM users u LEFT JOIN subjects s USING (user_id) WHERE u.user_id = %(user_id)s;

-- name: user_of
-- Who signs in here under a pseudonym.
SELECT user_id FROM subjects WHERE subject_id = %(subject_id)s;

-- name: lock_subject
-- A consent or withdrawal and a storing of words come one after the other.
SELECT subject_id FROM subjects WHERE subject_id = %(subject_id)s FOR NO KEY UPDATE;

-- name: agreed
-- What was said last of each purpose; of two at one moment the withdrawal.
SELECT DISTINCT ON (purpose) purpose, given, version, at FROM consents
WHERE subject_id = %(subject_id)s ORDER BY purpose, at DESC, given;

-- name: ended
-- What a person withdrew or declined last.
SELECT s.subject_id, s.lookup, l.purpose, l.at FROM subjects s JOIN LATERAL (
    SELECT DISTINCT ON (purpose) purpose, given, at FROM consents c WHERE c.subject_id = s.subject_id ORDER BY purpose, at DESC, given
) AS l ON NOT l.given
WHERE s.subject_id = %(subject_id)s;

-- name: withdrawn
-- What was given once and withdrawn last, of everybody.
SELECT s.subject_id, s.lookup, l.purpose, l.at FROM (
    SELECT DISTINCT ON (subject_id, purpose) subject_id, purpose, given, at FROM consents ORDER BY subject_id, purpose, at DESC, given
) AS l JOIN subjects s USING (subject_id)
WHERE NOT l.given AND EXISTS (
    SELECT FROM consents c WHERE c.subject_id = l.subject_id AND c.purpose = l.purpose AND c.given AND c.at <= l.at);

-- name: unknown_ended
-- Withdrawals after which this database knows of nothing that was said, but for those of people who were erased. Who is not known here comes
-- with the HMAC of their name.
SELECT coalesce(s.subject_id, e.subject_id) AS subject_id, CASE WHEN s.subject_id IS NULL THEN decode(e.lookup, 'hex') END AS lookup, e.purpose, e.at
FROM jsonb_to_recordset(%(entries)s) AS e (subject_id uuid, lookup text, purpose text, at timestamptz)
LEFT JOIN LATERAL (
    SELECT subject_id FROM subjects WHERE subject_id = e.subject_id OR lookup = decode(e.lookup, 'hex')
    ORDER BY (subject_id = e.subject_id) DESC LIMIT 1
) AS s ON true
LEFT JOIN LATERAL (
    SELECT given, at FROM consents c WHERE c.subject_id = s.subject_id AND c.purpose = e.purpose ORDER BY at DESC, given LIMIT 1
) AS l ON true
WHERE (s.subject_id IS NOT NULL OR e.lookup IS NOT NULL) AND (l.at IS NULL OR l.at < e.at OR (l.at = e.at AND l.given))
  AND NOT EXISTS (SELECT FROM erasures x WHERE (x.subject_id = e.subject_id OR x.lookup = decode(e.lookup, 'hex')) AND x.asked_at >= e.at)
ORDER BY e.at;

-- name: insert_consent
-- One purpose as it was said.
INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)
VALUES (%(consent_id)s, %(subject_id)s, %(purpose)s, %(given)s, %(version)s, %(text_sha256)s, %(source)s, %(at)s)
ON CONFLICT (subject_id, purpose, at, given, version, source) DO NOTHING;

-- name: insert_consent_text
-- A text that people agree to.
INSERT INTO consent_texts (version, sha256, text) VALUES (%(version)s, %(sha256)s, %(text)s) ON CONFLICT DO NOTHING;

-- name: consent_text
-- The hash of a version's text; one text may have come under two versions, and only the first of them is kept.
SELECT sha256 FROM consent_texts WHERE version = %(version)s
UNION ALL (SELECT text_sha256 FROM consents WHERE version = %(version)s ORDER BY recorded_at LIMIT 1) LIMIT 1;

-- name: consents_of
-- The last that one person said, newest first.
SELECT consent_id, subject_id, purpose, given, version, text_sha256, source, at, recorded_at FROM consents
WHERE subject_id = %(subject_id)s ORDER BY at DESC, purpose, given LIMIT %(limit)s;

-- name: consent_log
-- All that people said, in the order in which it came. What came at one moment is not torn apart: a page may be a little longer.
SELECT * FROM (
    SELECT consent_id, subject_id, purpose, given, version, text_sha256, source, at, recorded_at FROM consents
    WHERE %(before)s::timestamptz IS NULL OR recorded_at < %(before)s
    ORDER BY recorded_at DESC FETCH FIRST %(limit)s ROWS WITH TIES
) AS page
ORDER BY recorded_at DESC, consent_id DESC;

-- name: agreements
-- People, what holds for them now, and how many of their conversations are kept, in which something was said.
WITH latest AS (
    SELECT DISTINCT ON (subject_id, purpose) subject_id, purpose, given, at FROM consents
    WHERE %(subject_id)s::uuid IS NULL OR subject_id = %(subject_id)s
    ORDER BY subject_id, purpose, at DESC, given
), people AS (
    SELECT subject_id,
           coalesce(array_agg(purpose ORDER BY purpose) FILTER (WHERE given), '{}') AS purposes,
           coalesce(array_agg(purpose ORDER BY purpose) FILTER (WHERE NOT given), '{}') AS withdrawn,
           max(at) AS at
    FROM latest GROUP BY subject_id
), chosen AS (
    SELECT *, count(*) OVER () AS total FROM people WHERE %(purpose)s::text IS NULL OR %(purpose)s = ANY (purposes)
    ORDER BY at DESC, subject_id LIMIT %(limit)s OFFSET %(offset)s
)
SELECT c.*, (SELECT count(*) FROM conversations v WHERE v.subject_id = c.subject_id AND v.turns > 0) AS conversations
FROM chosen c ORDER BY at DESC, subject_id;

-- name: vault_of
-- A person's vault.
SELECT token, kind, period, sealed, known FROM vault WHERE subject_id = %(subject_id)s;

-- name: insert_sealed
-- A value goes into the vault; a token that is there stands.
INSERT INTO vault (subject_id, token, kind, period, sealed, known)
VALUES (%(subject_id)s, %(token)s, %(kind)s, %(period)s, %(sealed)s, %(known)s) ON CONFLICT (subject_id, token) DO NOTHING;

-- name: mark_known
-- A structured field named this value.
UPDATE vault SET known = true WHERE subject_id = %(subject_id)s AND token = %(token)s;

-- name: subject_key
-- A person's key in its wrapping.
SELECT wrapped, wrapped_by FROM subject_keys WHERE subject_id = %(subject_id)s;

-- name: wrapping
-- Somebody's key is being wrapped: nobody drops a wrapping key before this transaction ends.
SELECT pg_advisory_xact_lock_shared(%(number)s);

-- name: no_wrapping
-- Whoever was wrapping a key has ended, and nobody begins before this transaction ends.
SELECT pg_advisory_xact_lock(%(number)s);

-- name: insert_key
-- A person's first key.
INSERT INTO subject_keys (subject_id, wrapped, wrapped_by) VALUES (%(subject_id)s, %(wrapped)s, %(wrapped_by)s)
ON CONFLICT (subject_id) DO NOTHING;

-- name: keys_not_by
-- Keys in older wrappings, locked until they are wrapped anew.
SELECT subject_id, wrapped, wrapped_by FROM subject_keys WHERE wrapped_by <> %(name)s
ORDER BY subject_id LIMIT %(limit)s FOR UPDATE;

-- name: replace_key
-- The same key in another wrapping.
UPDATE subject_keys SET wrapped = %(wrapped)s, wrapped_by = %(wrapped_by)s WHERE subject_id = %(subject_id)s;

-- name: vault_mark
-- By what the installation's own key file is known again.
SELECT value ->> 'mark' AS mark FROM installation WHERE key = 'vault';

-- name: set_vault_mark
-- The key file that belongs to this database.
INSERT INTO installation (key, value) VALUES ('vault', jsonb_build_object('mark', %(mark)s::text))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = now();

-- name: anybody_known
-- Whether people are known by an HMAC of the key file's.
SELECT EXISTS (SELECT FROM subjects WHERE lookup IS NOT NULL) AS yes;

-- name: wrapped_samples
-- One person's key of each wrapping.
SELECT DISTINCT ON (wrapped_by) subject_id, wrapped, wrapped_by FROM subject_keys ORDER BY wrapped_by, subject_id;

-- name: drop_lost_vaults
-- What keys that are lost had sealed.
DELETE FROM vault WHERE subject_id IN (SELECT subject_id FROM subject_keys WHERE NOT wrapped_by = ANY (%(names)s));

-- name: drop_lost_keys
-- Keys that nothing opens any more.
DELETE FROM subject_keys WHERE NOT wrapped_by = ANY (%(names)s);

-- name: forget_lookups
-- The HMACs of a key file that is lost find nobody any more.
UPDATE subjects SET lookup = NULL WHERE lookup IS NOT NULL;

-- name: empty_vault
-- What tokens stood for is gone.
DELETE FROM vault WHERE subject_id = %(subject_id)s;

-- name: delete_key
-- Nobody can open what the person's vault held, also not from a copy.
DELETE FROM subject_keys WHERE subject_id = %(subject_id)s;
