-- Roles, the seals of the audit log, and conversations as passages.

-- What a person or program may do here; nothing else was ever written. The operator is no row: they hold the admin key.
UPDATE users SET role = 'customer' WHERE role NOT IN ('customer', 'reviewer', 'engineer', 'auditor', 'service');
ALTER TABLE users ADD CONSTRAINT users_role CHECK (role IN ('customer', 'reviewer', 'engineer', 'auditor', 'service'));

-- The audit log in sealed stretches. `leaves` holds for each row its seq (8 bytes) and the SHA-256 of what it says (32); `head` is the SHA-256
-- of the seal with the head before it, so that no row or seal can be changed without changing every later head. Heads are also written
-- down outside the database.
CREATE TABLE audit_seals (
    seal_id   bigint PRIMARY KEY CHECK (seal_id > 0),
    first_seq bigint NOT NULL,
    last_seq  bigint NOT NULL CHECK (last_seq >= first_seq),
    leaves    bytea NOT NULL,
    previous  bytea NOT NULL,
    head      bytea NOT NULL,
    sealed_at timestamptz NOT NULL
);
CREATE FUNCTION audit_seals_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_seals is append-only';
END
$$;
CREATE TRIGGER audit_seals_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION audit_seals_are_append_only();
CREATE INDEX audit_log_ts ON audit_log (ts);
CREATE INDEX audit_log_actor ON audit_log (actor text_pattern_ops, seq DESC);
CREATE INDEX audit_log_action ON audit_log (action text_pattern_ops, seq DESC);
CREATE INDEX audit_log_target ON audit_log (target text_pattern_ops, seq DESC);

-- A token is looked up without knowing whose it is.
CREATE INDEX vault_token ON vault (token);

-- Conversations as passages: items of a kind of their own that belong to nobody who can sign in (no name of a person has a space).
INSERT INTO users (user_id, external_id, role) VALUES ('00000000-0000-4000-8000-00000000c0de', 'nova conversations', 'service');
ALTER TABLE items DROP CONSTRAINT items_kind_check;
ALTER TABLE items ADD CONSTRAINT items_kind_check CHECK (kind IN ('document', 'regulation', 'note', 'conversation'));
ALTER TABLE items ADD CONSTRAINT items_conversations
    CHECK ((kind = 'conversation') = (owner IS NOT NULL AND owner = '00000000-0000-4000-8000-00000000c0de'));
CREATE INDEX conversations_item ON conversations (item_id) WHERE item_id IS NOT NULL;

-- Whoever removes a conversation, or narrows what it may be used for, removes its passages with it, in whatever way they do it.
CREATE FUNCTION conversations_take_their_passages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO index_outbox (op, item_id) VALUES ('delete_item', OLD.item_id);
    DELETE FROM items WHERE item_id = OLD.item_id AND kind = 'conversation';
    RETURN NULL;
END
$$;
CREATE TRIGGER conversations_gone AFTER DELETE ON conversations
    FOR EACH ROW WHEN (OLD.item_id IS NOT NULL) EXECUTE FUNCTION conversations_take_their_passages();
CREATE TRIGGER conversations_narrowed AFTER UPDATE OF purposes ON conversations
    FOR EACH ROW WHEN (OLD.item_id IS NOT NULL AND NOT 'analytics' = ANY (NEW.purposes))
    EXECUTE FUNCTION conversations_take_their_passages();
