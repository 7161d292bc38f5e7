"""A question in, the passages nearest to it in meaning out, where an embedding model was measured to help; a quick nothing otherwise.

A model that is silent or slow is left alone for a while: its absence may cost a question a fraction of a second, never an answer.
"""

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from nova.errors import NovaError
from nova.ports import Embedder, Index
from nova.records import IndexHit, Scope

NEAREST = 60  # how many of the nearest count; the last of them is worth nothing, the first all
JOIN = 20  # how many of them are ranked although they share no word with the question
REST_S = 10.0
WEIGHT_FOR_S = 5.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near passages are to the question: 1 the nearest, 0 the last that counts and any other. `weight` as it was measured."""

    weight: float
    values: Mapping[UUID, float]
    joining: tuple[UUID, ...] = ()


def likeness(weight: float, hits: list[IndexHit]) -> Likeness | None:
    """The nearest passages (best first) on a scale that does not depend on the model; None when nothing is found."""
    if not hits:
        return None
    best, last = hits[0].score, hits[-1].score
    span = best - last
    values = {hit.chunk_id: (hit.score - last) / span if span > 0 else 1.0 for hit in hits}
    return Likeness(weight, values, tuple(hit.chunk_id for hit in hits[:JOIN]))


class Meaning(Protocol):
    """What knows which passages mean the same as a question."""

    def counts(self) -> bool:
        """Whether it is worth asking now."""
        ...

    def near(self, text: str, scope: Scope, index: Index) -> Likeness | None:
        """The nearest passages; None when they cannot be had in time."""
        ...


class ModelMeaning:
    """Asks the embedding model about questions. `weight` is asked for at most every few seconds: 0 while the model does not count."""

    def __init__(self, embedder: Embedder, weight: Callable[[], float], clock: Callable[[], float] = time.monotonic) -> None:
        self._embedder, self._weight, self._clock = embedder, weight, clock
        self._lock = threading.Lock()
        self._known: tuple[float, float] = (-math.inf, 0.0)
        self._silent_until = -math.inf

    def counts(self) -> bool:
        """Whether the model is worth asking now."""
        return self.weight() > 0 and self._clock() >= self._silent_until

    def weight(self) -> float:
        """What the model's word counts."""
        now = self._clock()
        with self._lock:
            asked, weight = self._known
        if now - asked > WEIGHT_FOR_S:
            weight = self._weight()
            with self._lock:
                self._known = (now, weight)
        return weight

    def near(self, text: str, scope: Scope, index: Index) -> Likeness | None:
        """The nearest passages; None when the model or the index does not answer in time, or the model declines the question."""
        try:
            vector = self._embedder.question(text)
            return None if vector is None else likeness(self.weight(), index.near(vector, scope, NEAREST))
        except NovaError:
            self._silent_until = self._clock() + REST_S
            return None
