"""Numbers and days by learned evidence: the runs of a text, the signs of each, and the weights that add them up."""

from nova.privacy.recognise.evidence.births import births, certain_births, perhaps_births
from nova.privacy.recognise.evidence.numbers import certain_cards, numbers, perhaps_numbers

__all__ = ["births", "certain_births", "certain_cards", "numbers", "perhaps_births", "perhaps_numbers"]
