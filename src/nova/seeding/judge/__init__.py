"""Judging: how good a record is and why, what of a frame is skewed or has moved, and what a policy lets through."""
