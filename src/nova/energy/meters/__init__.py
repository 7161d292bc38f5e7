"""Meters: whose they are and when, and what is known of them."""
