"""Measured quality, alerts, review and what is learned."""
