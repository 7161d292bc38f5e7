"""The signs of a line's words in, how likely each is to begin or to continue a name out.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) with the labels B (begins), I (continues) and O (outside).
`scripts/name_weights.py` learns the weights from marked lines; they ship as text, a label, a sign and a weight a line.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from nova.privacy.lexicon import unpacked

LABELS = ("B", "I", "O")
FILE = "name_weights.txt.gz"
Three = tuple[float, float, float]
NOTHING: Three = (0.0, 0.0, 0.0)
FLOOR = -40.0


@lru_cache(maxsize=1)
def _weights() -> tuple[Mapping[str, Three], tuple[Three, Three, Three]]:
    """For each sign its weight for B, I and O; and for each label its weight before B, I and O."""
    told: dict[str, list[float]] = {}
    steps = [[0.0, 0.0, 0.0] for _ in LABELS]
    for line in unpacked(FILE).splitlines():
        label, sign, weight = line.split("\t")
        if ">" in label:
            before, after = label.split(">")
            steps[LABELS.index(before)][LABELS.index(after)] = float(weight)
        else:
            told.setdefault(sign, [0.0, 0.0, 0.0])[LABELS.index(label)] = float(weight)
    return {sign: _three(one) for sign, one in told.items()}, (_three(steps[0]), _three(steps[1]), _three(steps[2]))


def _three(values: Sequence[float]) -> Three:
    return values[0], values[1], values[2]


def likely(signs: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """For each word the probabilities that it begins a name and that it continues one, by the shipped weights."""
    return [(one[0], one[1]) for one in marginals(signs, *_weights())]


def marginals(signs: Sequence[Sequence[str]], weights: Mapping[str, Three], steps: tuple[Three, Three, Three]) -> list[Three]:
    """For each word the probabilities of B, I and O (the forward-backward algorithm, linear in words).

    `weights` has for each sign its weight for B, I and O, `steps` for each label those of the labels behind it.
    """
    if not signs:
        return []
    own = [_own(weights, one) for one in signs]
    (bb, bi, bo), (ib, ii, io), (ob, oi, oo) = (tuple(math.exp(value) for value in row) for row in steps)
    b, i, o = own[0]
    ahead = [(b, i, o)]
    for begins, goes_on, outside in own[1:]:
        b, i, o = begins * (b * bb + i * ib + o * ob), goes_on * (b * bi + i * ii + o * oi), outside * (b * bo + i * io + o * oo)
        whole = b + i + o
        b, i, o = b / whole, i / whole, o / whole
        ahead.append((b, i, o))
    b = i = o = 1.0
    found = [_scaled(*ahead[-1])]
    for index in range(len(own) - 1, 0, -1):
        begins, goes_on, outside = own[index]
        begins, goes_on, outside = begins * b, goes_on * i, outside * o
        b, i, o = (
            bb * begins + bi * goes_on + bo * outside,
            ib * begins + ii * goes_on + io * outside,
            ob * begins + oi * goes_on + oo * outside,
        )
        whole = b + i + o
        b, i, o = b / whole, i / whole, o / whole
        fore = ahead[index - 1]
        found.append(_scaled(fore[0] * b, fore[1] * i, fore[2] * o))
    found.reverse()
    return found


def reasons(signs: Sequence[str], most: int = 5) -> list[tuple[str, float]]:
    """The signs of one word that speak most for or against its being part of a name, with their weights."""
    weights, _ = _weights()
    told = [(sign, max(weights[sign][:2]) - weights[sign][2]) for sign in signs if sign in weights]
    return sorted(told, key=lambda one: -abs(one[1]))[:most]


def _own(weights: Mapping[str, Three], signs: Sequence[str]) -> Three:
    """What its own signs say of a word, as factors that add up to one."""
    told = [weights[sign] for sign in signs if sign in weights]
    begins, goes_on, outside = map(sum, zip(*told, strict=True)) if told else NOTHING
    top = max(begins, goes_on, outside)
    return _scaled(math.exp(max(FLOOR, begins - top)), math.exp(max(FLOOR, goes_on - top)), math.exp(max(FLOOR, outside - top)))


def _scaled(begins: float, goes_on: float, outside: float) -> Three:
    whole = begins + goes_on + outside
    return begins / whole, goes_on / whole, outside / whole
