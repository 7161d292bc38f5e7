"""A value that many ask for and that is read anew once it is some seconds old."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """What `read` gives, at most `seconds` old; one thread reads at a time and the others wait for it. What `read` raises is raised."""

    def __init__(self, read: Callable[[], Value], seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._seconds, self._clock = read, seconds, clock
        self._lock = threading.Lock()
        self._known: tuple[float, Value] | None = None

    def __call__(self) -> Value:
        """The value."""
        with self._lock:
            now = self._clock()
            if self._known is None or now - self._known[0] >= self._seconds:
                self._known = (now, self._read())
            return self._known[1]
