"""A way to look something up in, its value as of a moment ago out: looked up again at most every so often, by one thread at a time."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Mark = tuple[object, ...]


class Renewed(Generic[Value]):
    """`look` gives a mark of what holds now, and how to load it; that is called only where the mark has changed."""

    def __init__(
        self, start: Value, look: Callable[[], tuple[Mark, Callable[[], Value]]], every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._value, self._look, self._every, self._clock = start, look, every, clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._mark: Mark = ()

    def __call__(self) -> Value:
        """The value; while one thread looks, the others use what they have."""
        if self._clock() - self._looked > self._every and self._lock.acquire(blocking=False):
            try:
                mark, load = self._look()
                if mark != self._mark:
                    self._value, self._mark = load(), mark
                self._looked = self._clock()
            finally:
                self._lock.release()
        return self._value
