"""Folded text in, spans of addresses out: house numbers, the words before them as evidence, a decision."""

from nova.privacy.places.address import addresses, perhaps_addresses

__all__ = ["addresses", "perhaps_addresses"]
