"""Routes of models that are tuned."""
