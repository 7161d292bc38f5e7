"""Statements in, prose out: without a model, by one, or from data."""
