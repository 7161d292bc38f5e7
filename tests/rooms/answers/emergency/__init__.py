"""Emergencies: sets of messages, their counts, and what is said."""
