"""A person who is to be erased in, nothing left of them and a receipt out: asked for, carried out, and done again after a restore."""
