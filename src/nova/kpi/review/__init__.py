"""The editors' queue: what they should look at, what they decide, what may be learned from."""
