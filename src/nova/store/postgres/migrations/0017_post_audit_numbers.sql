-- Numbers of the audit log without gaps.

-- An identity column gives its number out before anybody knows whether the row will come, so whatever was rolled back or killed left a
-- gap that looks like a deletion. From here on the number is taken from a row, as the last thing that a transaction does before it
-- commits: it comes with the row or not at all, and whoever waits for it waits for one commit.
CREATE TABLE audit_counter (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    last bigint NOT NULL CHECK (last >= 0)
) WITH (fillfactor = 10);
INSERT INTO audit_counter (last)
    SELECT greatest(coalesce(max(seq), 0), coalesce(pg_sequence_last_value(pg_get_serial_sequence('audit_log', 'seq')::regclass), 0))
    FROM audit_log;
ALTER TABLE audit_log ALTER seq DROP IDENTITY;

-- What a transaction notes, until it ends; outside of one the table is empty.
CREATE TABLE audit_incoming (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ts       timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor    text NOT NULL,
    action   text NOT NULL,
    target   text NOT NULL,
    facts    jsonb NOT NULL DEFAULT '{}'
);
CREATE FUNCTION audit_entry_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    UPDATE audit_counter SET last = last + 1 RETURNING last INTO STRICT number;
    INSERT INTO audit_log (seq, ts, actor, action, target, facts) VALUES (number, NEW.ts, NEW.actor, NEW.action, NEW.target, NEW.facts);
    DELETE FROM audit_incoming WHERE entry_id = NEW.entry_id;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER audit_incoming_numbered AFTER INSERT ON audit_incoming DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_numbered();

-- From this row on a number without a row is a row that somebody took away.
INSERT INTO audit_incoming (actor, action, target) VALUES ('nova', 'audit.gapless', 'audit');
