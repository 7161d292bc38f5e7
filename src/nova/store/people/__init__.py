"""People, what they agreed to, what is kept of them and for how long, and the audit log."""
