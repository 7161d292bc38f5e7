"""Who may do what: the operator's key, tokens, browser sessions, people and the audit log."""
