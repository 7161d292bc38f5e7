"""Shapes of models that are tuned."""
