"""Long work in, pauses while people wait for an answer: the threads of a process share one interpreter, so jobs make way in it.

Whoever serves a request says so with `waiting()`; long work calls `make_way()` between its pieces, each of some milliseconds. It then waits
until nobody does, but only a few times as long as its last piece took, so that it goes on under any load. A request counts at first only:
one that takes longer waits for a model, for a job or for news, and not for the interpreter.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def waiting() -> Iterator[None]:
    """Around a request: somebody waits for its answer."""
    number = next(_numbers)
    with _changed:
        _waiting[number] = time.monotonic()
    try:
        yield
    finally:
        with _changed:
            del _waiting[number]
            if not _waiting:
                _changed.notify_all()


def make_way() -> None:
    """Between two pieces of long work of one thread: wait while somebody waits for an answer, not for long."""
    now = time.monotonic()
    if _waiting:
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
