"""A way to look something up in, its value as of a moment ago out: looked up again at most every so often, by one thread at a time."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from nova.errors import Misconfigured
from nova.logs import get_logger

log = get_logger(__name__)
Value = TypeVar("Value")
Mark = tuple[object, ...]
NEVER = float("-inf")
FILE_S = 2.0


class Renewed(Generic[Value]):
    """`look` gives a mark of what holds now, and how to load it; that is called only where the mark has changed.

    While one thread looks, the others wait for what it finds; with `stale` they use what they have, once there is something.
    What cannot be looked up or loaded is raised, and tried again at the next call. With `rests` the last value goes on serving where one of
    these is raised: the log says so, and it is tried again when it is due.
    """

    def __init__(
        self,
        look: Callable[[], tuple[Mark, Callable[[], Value]]],
        every: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        stale: bool = False,
        rests: tuple[type[Exception], ...] = (),
    ) -> None:
        self._look, self._every, self._clock, self._stale, self._rests = look, every, clock, stale, rests
        self._lock = threading.Lock()
        self._value: Value
        self._looked = NEVER
        self._mark: Mark | None = None  # of nothing yet

    def __call__(self) -> Value:
        """The value."""
        if self._due() and self._lock.acquire(blocking=not self._stale or self._looked == NEVER):
            try:
                if self._due():
                    self._renew()
            finally:
                self._lock.release()
        return self._value

    def _due(self) -> bool:
        return self._clock() - self._looked > self._every

    def _renew(self) -> None:
        try:
            mark, load = self._look()
            if mark != self._mark:
                self._value, self._mark = load(), mark
        except self._rests as error:
            if self._looked == NEVER:
                raise
            log.warning("not_renewed", error=str(error))
        self._looked = self._clock()


def of_file(path: Path | None, load: Callable[[], Value], *, rests: tuple[type[Exception], ...] = ()) -> Renewed[Value]:
    """What `load` makes of a file, made again when the file comes, changes or goes; nobody uses the old while the new is being read."""
    return Renewed(lambda: ((stamp(path),), load), FILE_S, rests=rests)


def read_at_once(path: Path | None, load: Callable[[Path | None], Value]) -> Renewed[Value]:
    """What a file says, so that a broken one is noticed here; one that breaks later leaves what was read before, and `doctor` says so."""
    content = of_file(path, lambda: load(path), rests=(Misconfigured, OSError, UnicodeError))
    content()
    return content


def stamp(path: Path | None) -> tuple[int, int] | None:
    """What tells a file's states apart; None where there is none."""
    if path is None:
        return None
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_mtime_ns, found.st_size
