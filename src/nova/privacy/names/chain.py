"""The signs of a line's words in, how likely each is to begin or to continue a name out.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) with the labels B (begins), I (continues) and O (outside).
`scripts/name_weights.py` learns the weights from marked lines; they ship as text, a label, a sign and a weight a line.
"""

import gzip
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

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
    for line in gzip.decompress(resources.files("nova.privacy.lexicon").joinpath(FILE).read_bytes()).decode().splitlines():
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
    step = [[math.exp(value) for value in row] for row in steps]
    ahead = [own[0]]
    for one in own[1:]:
        last = ahead[-1]
        ahead.append(_scaled([one[to] * sum(last[at] * step[at][to] for at in range(3)) for to in range(3)]))
    behind = [(1.0, 1.0, 1.0)]
    for one in reversed(own[1:]):
        after = behind[-1]
        behind.append(_scaled([sum(step[at][to] * one[to] * after[to] for to in range(3)) for at in range(3)]))
    behind.reverse()
    return [_scaled([fore[at] * back[at] for at in range(3)]) for fore, back in zip(ahead, behind, strict=True)]


def reasons(signs: Sequence[str], most: int = 5) -> list[tuple[str, float]]:
    """The signs of one word that speak most for or against its being part of a name, with their weights."""
    weights, _ = _weights()
    told = [(sign, max(weights[sign][:2]) - weights[sign][2]) for sign in signs if sign in weights]
    return sorted(told, key=lambda one: -abs(one[1]))[:most]


def _own(weights: Mapping[str, Three], signs: Sequence[str]) -> Three:
    """What its own signs say of a word, as factors that add up to one."""
    begins = goes_on = outside = 0.0
    for sign in signs:
        one = weights.get(sign, NOTHING)
        begins += one[0]
        goes_on += one[1]
        outside += one[2]
    top = max(begins, goes_on, outside)
    return _scaled([math.exp(max(FLOOR, one - top)) for one in (begins, goes_on, outside)])


def _scaled(values: Sequence[float]) -> Three:
    whole = sum(values)
    return values[0] / whole, values[1] / whole, values[2] / whole
