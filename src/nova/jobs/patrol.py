"""A look that is repeated in a thread of its own, for as long as a process serves."""

import threading
from abc import ABC, abstractmethod


class Patrol(ABC):
    """Looks, waits for as long as the look says, and looks again."""

    def __init__(self, name: str, *, patience: float, last: bool = True, first: bool = False) -> None:
        """`name` is the thread's; `join` waits `patience` seconds; `last`: it looks once more when it is told to end.

        `first`: whoever starts it waits for the first look, and what that raises is theirs.
        """
        self._patience, self._last, self._first = patience, last, first
        self._pause = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Go on where an earlier run stopped; returns at once, or after the first look."""
        if self._first:
            self._pause = self.look()
        self._thread.start()

    @property
    def whole(self) -> bool:
        """Whether its thread lives (between `start` and the end)."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Tell it to end; returns at once."""
        self._stop.set()

    def join(self) -> None:
        """Wait for its end, but no longer than its patience."""
        if self._thread.ident is not None:
            self._thread.join(self._patience)

    def stop(self) -> None:
        """Both: do what is left, if that is quickly done."""
        self.end()
        self.join()

    @abstractmethod
    def look(self) -> float:
        """Do what there is to do; the seconds until the next look. What stands in the way is noted, not raised."""

    def leave(self) -> None:  # noqa: B027 (most have nothing to give back)
        """Give back what was held for the looks; called in the thread, after the last one."""

    def _run(self) -> None:
        try:
            self._stop.wait(self._pause)
            while not self._stop.is_set():
                self._stop.wait(self.look())
            if self._last:
                self.look()
        finally:
            self.leave()
