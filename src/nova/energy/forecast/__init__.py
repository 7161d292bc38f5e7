"""A series known up to yesterday in, its next local day with a band and two baselines out; and how well that went over the past."""
