"""Hosts of tuned models: one base that is loaded once, and adapters that it answers with by name."""
