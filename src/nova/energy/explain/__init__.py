"""A German question about meters or prices in, what the data say out: sentences whose every number is a fact that can be computed again."""
