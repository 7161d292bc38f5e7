"""Numbers by learned evidence: the runs of a text, the signs of each, and the weights that add them up."""

from nova.privacy.recognise.evidence.numbers import certain_cards, numbers, perhaps_numbers

__all__ = ["certain_cards", "numbers", "perhaps_numbers"]
