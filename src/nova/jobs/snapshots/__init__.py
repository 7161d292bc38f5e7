"""Snapshots: what they carry, how they are made, tried out and restored."""
