"""Documents, passages and their place in the index."""
