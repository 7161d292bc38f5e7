"""Cleaning in parts: the same records, removals and changes as in one piece, whatever the number of parts and where they are worked on."""
