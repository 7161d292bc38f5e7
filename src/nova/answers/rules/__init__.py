"""The map of rules: which sentence of which law answers what people ask, in the words in which they ask it."""
