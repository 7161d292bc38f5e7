"""Commands about people: access, consents, rights, the audit log."""
