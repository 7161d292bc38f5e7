"""The signs of a window in, how likely it tells of an emergency and of which kind out.

A multinomial logistic regression; `scripts/emergency_weights.py` learns its weights. They ship as text: a sign and its weights, one of each
kind and one for none, a line.
"""

import gzip
import math
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

from nova.records import EMERGENCIES, EmergencyKind

NONE = "none"
ALL = (*EMERGENCIES, NONE)
FILE = "weights.txt.gz"


@lru_cache(maxsize=1)
def _weights() -> "tuple[Mapping[str, int], array[float]]":
    """Where the weights of each sign begin, and all of them, in the order of `ALL`, one sign behind another."""
    told: dict[str, int] = {}
    values = array("f")
    for line in gzip.decompress(resources.files("nova.answers.emergency").joinpath(FILE).read_bytes()).decode().splitlines():
        sign, *weights = line.split("\t")
        told[sign] = len(values)
        values.extend(map(float, weights))
    return told, values


def likely(signs: Iterable[str]) -> tuple[EmergencyKind, float]:
    """The likeliest kind, and how likely it is any of them."""
    told, values = _weights()
    width = len(ALL)
    sums = [0.0] * width
    for sign in signs:
        begin = told.get(sign)
        if begin is not None:
            for place in range(width):
                sums[place] += values[begin + place]
    top = max(sums)
    powers = [math.exp(one - top) for one in sums]
    best = max(range(width - 1), key=powers.__getitem__)
    return EMERGENCIES[best], 1.0 - powers[-1] / sum(powers)


def reasons(signs: Iterable[str], kind: EmergencyKind, most: int = 8) -> list[tuple[str, float]]:
    """The signs that speak most for or against a window's being of `kind`, with their weights beside those for none."""
    told, values = _weights()
    place, none = ALL.index(kind), len(ALL) - 1
    found = [(sign, values[told[sign] + place] - values[told[sign] + none]) for sign in sorted(signs) if sign in told]
    return sorted(found, key=lambda one: -abs(one[1]))[:most]
