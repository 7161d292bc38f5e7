-- name: shown
-- Of the newest places of which enough time has gone by: what was shown of which candidates, and what came of it meanwhile (0 to 1), oldest
-- first. Used, or found useful in an answer: 1. Clicked, or its document judged useful: .5. Looked at: .25. What names the list it came from
-- counts there, all else where the passage was shown last.
WITH every AS (
    SELECT list_id, position, ts, lead(ts) OVER (PARTITION BY subject_id, chunk_id ORDER BY ts, list_id) AS again FROM recommendation_log
), newest AS (
    SELECT list_id, position, again FROM every JOIN recommendation_log l USING (list_id, position)
    WHERE l.features = %(features)s AND l.ts <= %(until)s ORDER BY l.ts DESC, list_id, position LIMIT %(limit)s
)
SELECT l.list_id, l.position, l.ts, l.subject_id, l.chunk_id, l.candidates, l.propensity,
       greatest(
           coalesce((SELECT max(CASE e.type WHEN 'click' THEN 0.5 WHEN 'view' THEN 0.25 ELSE 1.0 END) FROM events e
                     WHERE e.user_id = s.user_id AND e.chunk_id = l.chunk_id AND e.type IN ('like', 'solve', 'click', 'view')
                       AND e.ts > l.ts AND e.ts <= l.ts + %(within)s
                       AND CASE WHEN e.meta ? 'list_id' THEN e.meta ->> 'list_id' = l.list_id::text ELSE e.ts <= coalesce(n.again, e.ts) END), 0),
           coalesce((SELECT max(1.0) FROM rag_feedback f JOIN answers a USING (answer_id) CROSS JOIN LATERAL jsonb_array_elements(a.citations) c
                     WHERE f.user_id = s.user_id AND f.useful AND f.ts > l.ts AND f.ts <= least(l.ts + %(within)s, n.again)
                       AND c ->> 'chunk_id' = l.chunk_id::text), 0),
           coalesce((SELECT max(0.5) FROM item_chunks k JOIN labels b USING (item_id)
                     WHERE k.chunk_id = l.chunk_id AND b.user_id = s.user_id AND b.reward > 0 AND b.source = 'feedback'
                       AND b.ts > l.ts AND b.ts <= least(l.ts + %(within)s, n.again)), 0)
       )::double precision AS reward
FROM newest n JOIN recommendation_log l USING (list_id, position) JOIN subjects s USING (subject_id)
ORDER BY l.ts, l.list_id, l.position;

-- name: lists_left
-- How many of these lists are still there.
SELECT count(DISTINCT list_id) AS n FROM recommendation_log WHERE list_id = ANY (%(lists)s);

-- name: add
-- What a policy learned.
INSERT INTO recommendation_policies (name, state, since, until) VALUES (%(name)s, %(state)s, %(since)s, %(until)s);

-- name: get
-- What a policy learned, and from when.
SELECT name, state, since, until FROM recommendation_policies WHERE name = %(name)s;

-- name: note_left
-- Somebody of whom there are rows that policies were learned from leaves: each says that one more of those is gone.
UPDATE releases r SET gate = coalesce(r.gate, '{}') || jsonb_build_object('left', coalesce((r.gate ->> 'left')::integer, 0) + 1)
FROM recommendation_policies p
WHERE r.family = %(family)s AND r.name = p.name AND EXISTS (
    SELECT FROM recommendation_log l
    WHERE l.subject_id = %(subject_id)s AND l.features IS NOT NULL AND l.ts >= p.since AND l.ts <= p.until);
