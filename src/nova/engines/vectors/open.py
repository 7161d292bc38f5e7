"""Points that come and counts in; whether every point may be seen by everybody out, remembered as long as it is sure."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from nova.records import Point


class Openness:
    """Whether every point is current and the company's, so that a filter for just that would only cost time (ten times the search).

    It stays so until a point comes that is not; what is not so stays so until something changes. One thread changes, any may ask.
    """

    def __init__(self) -> None:
        self._open_at = self._shut_at = -1
        self._shutting = False
        self.closed = 0  # how often points came that not everybody may see

    @contextmanager
    def bringing(self, batch: Sequence[Point]) -> Iterator[None]:
        """Around storing points: if some are not open, nobody may think so meanwhile, or afterwards because of an earlier look."""
        self._shutting = any(point.owner is not None or point.valid_to is not None for point in batch)
        self.closed += self._shutting
        try:
            yield
        finally:
            self._shutting = False

    def all(self, changes: Callable[[], int], equal: Callable[[], bool]) -> bool:
        """Whether all are. `changes`: the number of changes so far; `equal`: whether as many points are open as there are."""
        closed, before = self.closed, changes()
        if self._shutting or self._shut_at == before:
            return False
        if self._open_at == closed:
            return True
        if not equal():
            self._shut_at = before
        elif changes() == before:
            self._open_at = closed
        return self._open_at == closed
