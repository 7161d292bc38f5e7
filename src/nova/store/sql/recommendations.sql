-- name: put_recommendations
-- What is recommended; the same again replaces what nobody has decided yet, and changes nothing that somebody has.
INSERT INTO recommendations (recommendation_id, owner, rule, subject, day, title, text, eur, kwh, evidence)
SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb)
    AS r (recommendation_id uuid, owner uuid, rule text, subject text, day date, title text, text text, eur double precision,
          kwh double precision, evidence jsonb)
ON CONFLICT (rule, subject, day) DO UPDATE
    SET owner = excluded.owner, title = excluded.title, text = excluded.text, eur = excluded.eur, kwh = excluded.kwh, evidence = excluded.evidence
    WHERE recommendations.state = 'open';

-- name: withdraw
-- What was recommended of a subject for a day and holds no longer, as long as nobody has decided on it.
DELETE FROM recommendations WHERE subject = %(subject)s AND day = %(day)s AND state = 'open' AND NOT (rule = ANY (%(rules)s));

-- name: expire
-- What nobody decided on before its day was over.
UPDATE recommendations SET state = 'past' WHERE state = 'open' AND day < %(today)s;

-- name: decisions
-- The last decision on each rule of a subject by whom it belongs to.
SELECT DISTINCT ON (rule) rule, state, decided_at FROM recommendations
WHERE subject = %(subject)s AND owner IS NOT DISTINCT FROM %(owner)s::uuid AND decided_at IS NOT NULL AND state IN ('taken', 'later', 'declined') ORDER BY rule, decided_at DESC;

-- name: page
-- Recommendations that the caller may see, the most EUR first, none last. What is open counts only where no later day has the same rule.
SELECT r.recommendation_id, r.owner, r.rule, r.subject, r.day, r.title, r.text, r.eur, r.kwh, r.evidence, r.state, r.reason, r.created_at,
       r.decided_at
FROM recommendations r
WHERE (%(everyone)s OR (%(staff)s AND r.owner IS NULL) OR r.owner = %(owner)s) AND (%(states)s::text[] IS NULL OR r.state = ANY (%(states)s))
  AND (%(subject)s::text IS NULL OR r.subject = %(subject)s)
  AND (r.state <> 'open' OR NOT EXISTS (
      SELECT FROM recommendations later WHERE later.rule = r.rule AND later.subject = r.subject AND later.day > r.day
  ))
ORDER BY r.eur DESC NULLS LAST, r.rule, r.subject, r.day LIMIT %(limit)s OFFSET %(offset)s;

-- name: count
-- How many there are in all.
SELECT count(*) AS total FROM recommendations r
WHERE (%(everyone)s OR (%(staff)s AND r.owner IS NULL) OR r.owner = %(owner)s) AND (%(states)s::text[] IS NULL OR r.state = ANY (%(states)s))
  AND (%(subject)s::text IS NULL OR r.subject = %(subject)s)
  AND (r.state <> 'open' OR NOT EXISTS (
      SELECT FROM recommendations later WHERE later.rule = r.rule AND later.subject = r.subject AND later.day > r.day
  ));

-- name: recommendation
-- One recommendation that the caller may see; locked where a decision follows.
SELECT recommendation_id, owner, rule, subject, day, title, text, eur, kwh, evidence, state, reason, created_at, decided_at
FROM recommendations
WHERE recommendation_id = %(recommendation_id)s AND (%(everyone)s OR (%(staff)s AND owner IS NULL) OR owner = %(owner)s) FOR UPDATE;

-- name: decide
-- A person's decision.
UPDATE recommendations SET state = %(state)s, reason = %(reason)s, decided_at = now() WHERE recommendation_id = %(recommendation_id)s
RETURNING state, reason, decided_at;

-- name: reopen
-- A decision is taken back.
UPDATE recommendations SET state = 'open', reason = NULL, decided_at = NULL WHERE recommendation_id = %(recommendation_id)s
RETURNING state, reason, decided_at;

-- name: withdraw_since
-- What is open of these subjects, or of all, and was recommended since an instant, goes.
DELETE FROM recommendations WHERE state = 'open' AND created_at >= %(since)s AND (%(everything)s OR subject = ANY (%(subjects)s));
