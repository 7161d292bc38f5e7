"""A question in, what it is about out: concepts, vocabulary, units, what was learned."""
