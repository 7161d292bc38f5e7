"""A way to look something up in, its value as of a moment ago out: looked up again at most every so often, by one thread at a time."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Mark = tuple[object, ...]
NEVER = float("-inf")


class Renewed(Generic[Value]):
    """`look` gives a mark of what holds now, and how to load it; that is called only where the mark has changed."""

    def __init__(
        self, start: Value, look: Callable[[], tuple[Mark, Callable[[], Value]]], every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._value, self._look, self._every, self._clock = start, look, every, clock
        self._lock = threading.Lock()
        self._looked = NEVER
        self._mark: Mark = ()

    def __call__(self) -> Value:
        """The value; while one thread looks, the others use what they have, and before the first look they wait for it."""
        if self._due() and self._lock.acquire(blocking=self._looked == NEVER):
            try:
                if self._due():
                    self._renew()
            finally:
                self._lock.release()
        return self._value

    def _due(self) -> bool:
        return self._clock() - self._looked > self._every

    def _renew(self) -> None:
        mark, load = self._look()
        if mark != self._mark:
            self._value, self._mark = load(), mark
        self._looked = self._clock()
