"""Recommended passages: lists, what came of them, and policies that were learned from that."""
