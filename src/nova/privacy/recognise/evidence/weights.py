"""The signs of a run in, how likely it is the number of a customer, a contract, a meter or an identity card out.

A multinomial logistic regression; `scripts/number_weights.py` learns its weights from marked lines. They ship as text: a kind, a sign and a
weight a line.
"""

import gzip
import math
from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

Sort = Literal["customer_no", "contract_no", "meter", "id_card"]
SORTS: tuple[Sort, ...] = get_args(Sort)
NONE = "none"
ALL = (*SORTS, NONE)
FILE = "number_weights.txt.gz"


@lru_cache(maxsize=1)
def _weights() -> "tuple[Mapping[str, int], array[float]]":
    """Where the weights of each sign begin, and all of them, one of each sort behind another."""
    told: dict[str, int] = {}
    values = array("f")
    for line in gzip.decompress(resources.files("nova.privacy.lexicon").joinpath(FILE).read_bytes()).decode().splitlines():
        kind, sign, weight = line.split("\t")
        begin = told.setdefault(sign, len(values))
        if begin == len(values):
            values.extend([0.0] * len(ALL))
        values[begin + ALL.index(kind)] = float(weight)
    return told, values


def likely(signs: Sequence[str]) -> tuple[Sort, float]:
    """The likeliest sort of a run, and how likely it is any of them."""
    told, values = _weights()
    sums = [0.0] * len(ALL)
    for sign in set(signs):
        begin = told.get(sign)
        if begin is not None:
            for place in range(len(ALL)):
                sums[place] += values[begin + place]
    top = max(sums)
    powers = [math.exp(one - top) for one in sums]
    whole = sum(powers)
    best = max(range(len(SORTS)), key=powers.__getitem__)
    return SORTS[best], 1.0 - powers[-1] / whole


def reasons(signs: Sequence[str], kind: Sort, most: int = 5) -> list[tuple[str, float]]:
    """The signs that speak most for or against a run's being of `kind`, with their weights beside those for none."""
    told, values = _weights()
    place = ALL.index(kind)
    found = [(sign, values[told[sign] + place] - values[told[sign] + len(SORTS)]) for sign in sorted(set(signs)) if sign in told]
    return sorted(found, key=lambda one: -abs(one[1]))[:most]
