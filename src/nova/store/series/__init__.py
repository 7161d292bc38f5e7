"""Readings, prices, signals, and what is made of them."""
