"""Learning: judgements and use in, a candidate of lessons and a verdict on it out. Pure: the same evidence and cut-off give the same."""
