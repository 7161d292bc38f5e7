"""Tables of models that are tuned: what they are measured by, and what they learned from."""
