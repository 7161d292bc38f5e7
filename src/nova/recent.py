"""A value that many ask for and that is read anew once it is some seconds old."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """What `read` gave, read anew once `seconds` have passed; one thread reads at a time and the others wait for it.

    What `read` raises is raised.
    """

    def __init__(self, read: Callable[[], Value], seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._seconds, self._clock = read, seconds, clock
        self._lock = threading.Lock()
        self._known: tuple[float, Value] | None = None

    def __call__(self) -> Value:
        """The value."""
        with self._lock:
            if self._known is None or self._clock() - self._known[0] >= self._seconds:
                value = self._read()
                self._known = (self._clock(), value)  # its time begins now: who waited for a slow read does not read again
            return self._known[1]
