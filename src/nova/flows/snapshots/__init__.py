"""Snapshots: the folder in which they lie."""
