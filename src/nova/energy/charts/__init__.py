"""Stored series as charts show them."""
