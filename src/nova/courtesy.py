"""Long work in, pauses while people wait for an answer: the threads of a process share one interpreter, so jobs make way in it.

Whoever serves a request says so with `waiting()`; long work calls `make_way()` between its pieces, each of some milliseconds. It then waits
until nobody does, but only a few times as long as its last piece took, so that it goes on under any load. A request counts at first only:
one that takes longer waits for a model, for a job or for news, and not for the interpreter. One that stands in line or is long work itself
says so with `standing_aside()` and does not count meanwhile.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import TypeVar

FIRST_S = 0.3  # of a request, in which others make way for it
SHARE = 4.0  # times as long as a piece of work took its author may be kept waiting
LONGEST_S = 0.25
_waiting: dict[int, float] = {}  # since when, oldest first
_numbers = count()
_changed = threading.Condition()
_pieces = threading.local()
Row = TypeVar("Row")


class _Request:
    """Somebody's request: counted from `come` to `go`."""

    def __init__(self) -> None:
        self._number: int | None = None
        self.come()

    def come(self) -> None:
        with _changed:
            self._number = next(_numbers)
            _waiting[self._number] = time.monotonic()

    def go(self) -> bool:
        """Whether it counted until now."""
        with _changed:
            counted = _waiting.pop(self._number, None) is not None if self._number is not None else False
            self._number = None
            if not _waiting:
                _changed.notify_all()
        return counted

    def hurries(self, now: float) -> bool:
        """Whether others make way for it."""
        return self._number is not None and now < _waiting.get(self._number, now - FIRST_S) + FIRST_S


_own: ContextVar[_Request | None] = ContextVar("request", default=None)


@contextmanager
def waiting() -> Iterator[None]:
    """Around a request: somebody waits for its answer."""
    request = _Request()
    token = _own.set(request)
    try:
        yield
    finally:
        _own.reset(token)
        request.go()


def stand_aside() -> None:
    """Nobody need make way for the rest of this request."""
    request = _own.get()
    if request is not None:
        request.go()


@contextmanager
def standing_aside() -> Iterator[None]:
    """Around a part of a request in which nobody need make way for it; afterwards it counts as if it had just come. May be nested."""
    request = _own.get()
    if request is None or not request.go():
        yield
        return
    try:
        yield
    finally:
        request.come()


def make_way() -> None:
    """Between two pieces of long work of one thread: wait while somebody waits for an answer, not for long.

    What is done for a request that others make way for waits for nobody: it would wait for itself.
    """
    now, own = time.monotonic(), _own.get()
    if _waiting and not (own is not None and own.hurries(now)):
        until = now + min(SHARE * (now - getattr(_pieces, "begun", now)), LONGEST_S)
        with _changed:
            while (pause := min(until, _hurried()) - time.monotonic()) > 0:
                _changed.wait(pause)
        now = time.monotonic()
    _pieces.begun = now


def _hurried() -> float:
    """Until when the youngest request counts; in the past when there is none."""
    return next(reversed(_waiting.values())) + FIRST_S if _waiting else 0.0


def in_pieces(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows in slices of this size, making way before each."""
    for start in range(0, len(rows), size):
        make_way()
        yield rows[start : start + size]


def politely(rows: Iterable[Row], size: int) -> Iterator[Row]:
    """The rows one by one, making way after every `size` of them."""
    for number, row in enumerate(rows):
        if number % size == 0:
            make_way()
        yield row
