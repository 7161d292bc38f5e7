-- name: used
-- What a person did with passages since a moment, and what answers cited that they found useful: weight and moment, newest first.
SELECT chunk_id, weight, at FROM (
    SELECT e.chunk_id, CASE e.type WHEN 'solve' THEN 1.5 WHEN 'like' THEN 1.0 WHEN 'click' THEN 0.5 ELSE 0.2 END AS weight, e.ts AS at
    FROM events e
    WHERE e.user_id = %(user_id)s AND e.ts > %(since)s AND e.chunk_id IS NOT NULL AND e.type IN ('like', 'solve', 'click', 'view')
    UNION ALL
    SELECT (c ->> 'chunk_id')::uuid, 0.7, f.ts
    FROM rag_feedback f JOIN answers a USING (answer_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
    WHERE f.user_id = %(user_id)s AND f.useful AND f.ts > %(since)s
) done ORDER BY at DESC LIMIT %(limit)s;

-- name: popular
-- Company passages that several people who agreed to analytics used since a moment, with their decayed weight: of each person up to a few uses'.
WITH agreed AS (
    SELECT s.user_id FROM subjects s
    JOIN LATERAL (SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = 'analytics'
                  ORDER BY at DESC, recorded_at DESC, consent_id DESC LIMIT 1) c ON c.given
    WHERE s.user_id IS NOT NULL
), used AS (
    SELECT e.chunk_id, e.user_id,
           sum(CASE e.type WHEN 'solve' THEN 1.5 WHEN 'like' THEN 1.0 WHEN 'click' THEN 0.5 ELSE 0.1 END
               * power(0.5, extract(epoch FROM %(now)s - e.ts)::double precision / %(half_life_s)s)) AS weight
    FROM events e JOIN agreed USING (user_id) JOIN item_chunks k ON k.chunk_id = e.chunk_id JOIN items i ON i.item_id = k.item_id
    WHERE e.ts > %(since)s AND e.ts <= %(now)s AND e.type IN ('like', 'solve', 'click', 'view') AND i.owner IS NULL AND i.kind <> 'conversation'
    GROUP BY e.chunk_id, e.user_id
)
SELECT chunk_id, sum(least(weight, %(most)s)) AS weight FROM used
GROUP BY chunk_id HAVING count(*) >= %(fewest)s ORDER BY 2 DESC, 1 LIMIT %(limit)s;

-- name: fresh
-- The first passage of the newest documents somebody may see, and when each came.
SELECT DISTINCT ON (i.created_at, i.item_id) p.chunk_id, i.created_at AS at
FROM items i JOIN chunk_places p ON p.item_id = i.item_id AND p.version = i.version
WHERE i.status = 'ready' AND i.kind <> 'conversation' AND (i.owner IS NULL OR i.owner = %(owner)s::uuid)
ORDER BY i.created_at DESC, i.item_id, p.chunk_idx LIMIT %(limit)s;

-- name: arrived
-- When the documents of some passages came.
SELECT c.chunk_id, i.created_at AS at FROM item_chunks c JOIN items i USING (item_id) WHERE c.chunk_id = ANY (%(chunks)s);

-- name: rewards
-- What a person's judgements and use say of documents, from -1 to 1.
SELECT item_id, avg(reward) AS reward FROM labels WHERE user_id = %(user_id)s AND item_id IS NOT NULL GROUP BY item_id;

-- name: measurable
-- The pseudonym of somebody who agrees to analytics now.
SELECT s.subject_id FROM subjects s
JOIN LATERAL (SELECT given FROM consents WHERE subject_id = s.subject_id AND purpose = 'analytics'
              ORDER BY at DESC, recorded_at DESC, consent_id DESC LIMIT 1) c ON c.given
WHERE s.user_id = %(user_id)s;

-- name: log
-- One recommended passage with the chance it had, and what it was chosen from.
INSERT INTO recommendation_log (list_id, position, subject_id, ts, chunk_id, score, propensity, policy, features, candidates)
VALUES (%(list_id)s, %(position)s, %(subject_id)s, %(ts)s, %(chunk_id)s, %(score)s, %(propensity)s, %(policy)s, %(features)s, %(candidates)s);
