"""Small statistics that several rooms need; each function names its source."""
