"""Folded text in, spans of persons' names out: words, candidates with evidence, a decision."""

from nova.privacy.names.people import names, perhaps_names

__all__ = ["names", "perhaps_names"]
