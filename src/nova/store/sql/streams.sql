-- name: reserve
-- Room for so many messages at the end of a partition; its row stays locked until the commit, so positions become visible in order.
INSERT INTO stream_partitions (topic, partition, head) VALUES (%(topic)s, %(partition)s, %(count)s)
ON CONFLICT (topic, partition) DO UPDATE SET head = stream_partitions.head + EXCLUDED.head
RETURNING head;

-- name: append
-- A message at its reserved position.
INSERT INTO stream_messages (topic, partition, position, key, value)
VALUES (%(topic)s, %(partition)s, %(position)s, %(key)s, %(value)s);

-- name: tell
-- Wakes the readers of a topic once the transaction is committed.
SELECT pg_notify('nova_stream', %(topic)s);

-- name: join_group
-- A group of readers begins with the oldest message of every partition.
INSERT INTO stream_groups (topic, reader, partition)
SELECT p.topic, %(reader)s, p.partition FROM stream_partitions p
WHERE p.topic = %(topic)s
  AND NOT EXISTS (SELECT 1 FROM stream_groups g WHERE g.topic = p.topic AND g.partition = p.partition AND g.reader = %(reader)s)
ON CONFLICT (topic, reader, partition) DO NOTHING;

-- name: hold
-- A partition with news for the group that nobody else is reading, the one that has waited longest; it is held until the commit.
SELECT g.partition, g.position FROM stream_groups g JOIN stream_partitions p USING (topic, partition)
WHERE g.topic = %(topic)s AND g.reader = %(reader)s AND p.head > g.position
ORDER BY g.read_at NULLS FIRST LIMIT 1
FOR NO KEY UPDATE OF g SKIP LOCKED;

-- name: read
-- The next messages of a partition, in order.
SELECT position, key, value FROM stream_messages
WHERE topic = %(topic)s AND partition = %(partition)s AND position > %(after)s ORDER BY position LIMIT %(limit)s;

-- name: pass
-- The group is done up to this position; NULL means all there is (what was unread is gone with its age).
UPDATE stream_groups g SET read_at = clock_timestamp(), position = coalesce(%(position)s::bigint, (
    SELECT p.head FROM stream_partitions p WHERE p.topic = g.topic AND p.partition = g.partition
))
WHERE g.topic = %(topic)s AND g.reader = %(reader)s AND g.partition = %(partition)s;

-- name: sweep
-- Forgets messages that every group of their topic has read, after a day, and any message after thirty.
DELETE FROM stream_messages m
WHERE m.at < clock_timestamp() - interval '30 days' OR (m.at < clock_timestamp() - interval '1 day' AND m.position <= (
    SELECT min(g.position) FROM stream_groups g WHERE g.topic = m.topic AND g.partition = m.partition
));

-- name: waiting
-- How many messages of a topic a group has not read.
SELECT coalesce(sum(p.head - coalesce(g.position, 0)), 0)::bigint AS n
FROM stream_partitions p LEFT JOIN stream_groups g ON g.topic = p.topic AND g.partition = p.partition AND g.reader = %(reader)s
WHERE p.topic = %(topic)s;

-- name: take
-- Notes messages of a stream outside as taken, and gives those that were not before. A place is partition:offset:timestamp (ms). What
-- lies before a partition's mark was taken long ago; a topic made anew begins at offset 0 too, but its messages are younger.
WITH given AS (
    SELECT g AS position, split_part(g, ':', 1) AS part, split_part(g, ':', 2)::bigint AS place, split_part(g, ':', 3)::bigint AS sent
    FROM unnest(%(positions)s::text[]) AS g
), marks AS (
    SELECT split_part(position, ':', 1) AS part, split_part(position, ':', 2)::bigint AS place, split_part(position, ':', 3)::bigint AS sent
    FROM stream_taken WHERE topic = %(topic)s AND at = '-infinity'
)
INSERT INTO stream_taken (topic, position, at)
SELECT %(topic)s, g.position, now() FROM given g  -- one moment for all of a batch: among them the offset tells the order
WHERE NOT EXISTS (SELECT FROM marks m WHERE m.part = g.part AND g.place <= m.place AND g.sent <= m.sent + 86400000)
ON CONFLICT (topic, position) DO NOTHING RETURNING position;

-- name: forget_taken
-- Forgets places after ninety days, but for the last of each partition, which becomes the mark for all before it.
WITH old AS (
    SELECT topic, position, split_part(position, ':', 1) AS part, at FROM stream_taken WHERE at < clock_timestamp() - interval '90 days'
), last AS (
    SELECT DISTINCT ON (topic, part) topic, position FROM old ORDER BY topic, part, at DESC, split_part(position, ':', 2)::bigint DESC
), marked AS (
    UPDATE stream_taken t SET at = '-infinity' FROM last WHERE t.topic = last.topic AND t.position = last.position
)
DELETE FROM stream_taken t USING old
WHERE t.topic = old.topic AND t.position = old.position
  AND NOT EXISTS (SELECT FROM last WHERE last.topic = t.topic AND last.position = t.position);
