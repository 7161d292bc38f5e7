-- name: put_schedule
-- A schedule as it was computed, with the plant it was computed for.
INSERT INTO schedules (schedule_id, owner, meter_id, title, plant, result)
VALUES (%(schedule_id)s, %(owner)s, %(meter_id)s, %(title)s, %(plant)s, %(result)s);

-- name: drop_schedules
-- The oldest schedules of an owner, but for the newest so many.
DELETE FROM schedules WHERE schedule_id IN (
    SELECT schedule_id FROM schedules WHERE owner IS NOT DISTINCT FROM %(owner)s ORDER BY created_at DESC, schedule_id DESC OFFSET %(keep)s
);

-- name: schedule
-- One schedule that the caller may see.
SELECT schedule_id, owner, meter_id, title, plant, result, created_at FROM schedules
WHERE schedule_id = %(schedule_id)s AND (%(everyone)s OR (%(staff)s AND owner IS NULL) OR owner = %(owner)s);

-- name: schedules
-- The newest schedules that the caller may see, without their columns.
SELECT schedule_id, owner, meter_id, title, created_at, (result ->> 'cost_eur')::double precision AS cost_eur,
       (result ->> 'idle_eur')::double precision AS idle_eur
FROM schedules
WHERE (%(everyone)s OR (%(staff)s AND owner IS NULL) OR owner = %(owner)s) AND (%(meter_id)s::text IS NULL OR meter_id = %(meter_id)s)
ORDER BY created_at DESC, schedule_id LIMIT %(limit)s OFFSET %(offset)s;

-- name: delete_schedule
-- A schedule goes: a user's by themselves, the company's by the operator.
DELETE FROM schedules WHERE schedule_id = %(schedule_id)s AND (%(everyone)s OR owner = %(owner)s);
