"""Texts that people edit, such as rules and vocabularies, by a name that changes with them."""

import hashlib


def version_of(text: str) -> str:
    """The name of a text: twelve letters that change with it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
