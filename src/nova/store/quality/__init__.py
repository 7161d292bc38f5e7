"""Measured quality, alerts, tickets, review and what is learned."""
