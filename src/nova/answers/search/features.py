"""A passage that may be recommended in, the numbers that policies learn from and choose by out: named, in one order, each from 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nova.records import Passage

FEATURES = ("like", "popular", "fresh", "reward", "score", "taken", "long", "law")
VERSION = 1
"""Of the names and what they mean: a policy chooses by the features that it was learned from, or not at all."""
MOST_OF_AN_ITEM = 3
_LONG = 200  # words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with what speaks for it: like what was used, popular, new (0 to 1), the reward of its document (-1 to 1), and its score."""

    passage: Passage
    like: float
    popular: float
    fresh: float
    reward: float
    score: float

    def features(self, taken: int) -> tuple[float, ...]:
        """Its numbers, where so many passages of its document stand in the list already."""
        words, law = len(self.passage.text.split()), self.passage.norm is not None
        told = (self.like, self.popular, self.fresh, (self.reward + 1) / 2, self.score, taken / MOST_OF_AN_ITEM, words / _LONG, float(law))
        return tuple(round(min(1.0, max(0.0, value)), 4) for value in told)


class Chooser(Protocol):
    """A policy that was learned."""

    @property
    def name(self) -> str:
        """The release it is."""
        ...

    def chances(self, features: Sequence[Sequence[float]], seed: int) -> Sequence[float]:
        """How likely each candidate is chosen; together 1, none 0, and the same for the same seed."""
        ...
