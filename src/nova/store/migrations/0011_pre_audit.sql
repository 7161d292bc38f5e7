-- Roles, the seals of the audit log, and conversations as passages.

-- What a person or program may do here; nothing else was ever written. The operator is no row: they hold the admin key.
UPDATE users SET role = 'customer' WHERE role NOT IN ('customer', 'reviewer', 'engineer', 'auditor', 'service');
ALTER TABLE users ADD CONSTRAINT users_role CHECK (role IN ('customer', 'reviewer', 'engineer', 'auditor', 'service'));
