"""Routes: read the request, call one function of a room, answer. Nothing else."""
