"""The signs of a number or a day in, how likely it is somebody's and of which kind out.

Multinomial logistic regressions; `scripts/number_weights.py` and `scripts/birth_weights.py` learn their weights from marked lines. They
ship as text: a kind, a sign and a weight a line.
"""

import math
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

from nova.privacy.lexicon import unpacked
from nova.privacy.spans import Kind

NONE = "none"


class Weights:
    """The weights of a file for some kinds and for none of them; read when first asked."""

    def __init__(self, file: str, sorts: tuple[Kind, ...]) -> None:
        self.file, self.sorts, self.all = file, sorts, (*sorts, NONE)

    @cached_property
    def table(self) -> "tuple[Mapping[str, int], array[float]]":
        """Where the weights of each sign begin, and all of them, one of each kind behind another."""
        told: dict[str, int] = {}
        values = array("f")
        for line in unpacked(self.file).splitlines():
            kind, sign, weight = line.split("\t")
            begin = told.setdefault(sign, len(values))
            if begin == len(values):
                values.extend([0.0] * len(self.all))
            values[begin + self.all.index(kind)] = float(weight)
        return told, values

    def likely(self, signs: Sequence[str]) -> tuple[Kind, float]:
        """The likeliest kind, and how likely it is any of them."""
        told, values = self.table
        sums = [0.0] * len(self.all)
        for sign in dict.fromkeys(signs):  # in one order: sums do not depend on a process then
            begin = told.get(sign)
            if begin is not None:
                for place in range(len(self.all)):
                    sums[place] += values[begin + place]
        top = max(sums)
        powers = [math.exp(one - top) for one in sums]
        whole = sum(powers)
        best = max(range(len(self.sorts)), key=powers.__getitem__)
        return self.sorts[best], 1.0 - powers[-1] / whole

    def reasons(self, signs: Sequence[str], kind: Kind, most: int = 5) -> list[tuple[str, float]]:
        """The signs that speak most for or against `kind`, with their weights beside those for none."""
        told, values = self.table
        place = self.all.index(kind)
        found = [(sign, values[told[sign] + place] - values[told[sign] + len(self.sorts)]) for sign in sorted(set(signs)) if sign in told]
        return sorted(found, key=lambda one: -abs(one[1]))[:most]


NUMBERS = Weights("number_weights.txt.gz", ("customer_no", "contract_no", "meter", "id_card"))
BIRTHS = Weights("birth_weights.txt.gz", ("birth_date",))
