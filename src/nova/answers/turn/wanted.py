"""A message and what was wanted before it in, what it wants out: law, data, both, help with Nova, talk, advice, or none of these.

A linear model over signs (`signs.py`), whose weights stand as text in `weights.txt`; `scripts/turn_weights.py` learns them from utterances
that were written for it (`benchmarks/utterances`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import get_args

from nova.language.signs import signs
from nova.turns import TurnKind

KINDS: tuple[TurnKind, ...] = get_args(TurnKind)
FOLLOWS = "follows"
SCALE = 100.0  # of the weights in their file
FILE = "weights.txt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message wants: how likely each kind is, and how likely it goes on with what was said before."""

    chances: Mapping[TurnKind, float]
    follows: float

    @property
    def kind(self) -> TurnKind:
        """The likeliest."""
        return max(KINDS, key=lambda kind: self.chances[kind])

    @property
    def sure(self) -> float:
        """How likely that is."""
        return self.chances[self.kind]

    def with_part(self, part: "Wanted") -> "Wanted":
        """The likelihoods of a message with those of the question in it, which counts twice; whether it goes on is told by the whole."""
        return Wanted({kind: (chance + 2 * part.chances[kind]) / 3 for kind, chance in self.chances.items()}, self.follows)

    def without(self, kind: TurnKind) -> "Wanted":
        """The likelihoods where it is not that kind."""
        rest = 1 - self.chances[kind] or 1.0
        return Wanted({one: 0.0 if one == kind else chance / rest for one, chance in self.chances.items()}, self.follows)


def wanted(text: str, before: TurnKind | None = None) -> Wanted:
    """What a message wants; `before` is the kind of the turn before it in the conversation."""
    weights, sums = _weights(), [0.0] * (len(KINDS) + 1)
    for sign in {*signs(text), *after(before), ""}:
        for at, weight in enumerate(weights.get(sign, ())):
            sums[at] += weight
    powers = [math.exp((one - max(sums[:-1])) / SCALE) for one in sums[:-1]]
    total = sum(powers)
    chances = {kind: power / total for kind, power in zip(KINDS, powers, strict=True)}
    return Wanted(chances, 1 / (1 + math.exp(-sums[-1] / SCALE)))


def after(before: TurnKind | None) -> tuple[str, ...]:
    """The signs of what was wanted before."""
    return (f"<after-{before or 'nothing'}>",)


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[int, ...]]:
    lines = resources.files("nova.answers.turn").joinpath(FILE).read_text("utf-8").splitlines()
    head = lines[0].split("\t")
    if tuple(head[1:]) != (*KINDS, FOLLOWS):
        raise ValueError(f"{FILE}: its kinds are not {', '.join(KINDS)}")
    rows = (line.split("\t") for line in lines[1:])
    return {row[0]: tuple(map(int, row[1:])) for row in rows}
