"""A look that is repeated in a thread of its own, for as long as a process serves."""

import threading
from abc import ABC, abstractmethod


class Patrol(ABC):
    """Looks, waits for as long as the look says, and looks again; once more when it is stopped."""

    def __init__(self, name: str, *, patience: float) -> None:
        """`name` is the thread's; `stop` waits `patience` seconds for the last look."""
        self._patience = patience
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Go on where an earlier run stopped; returns at once."""
        self._thread.start()

    @property
    def whole(self) -> bool:
        """Whether its thread lives (between `start` and `stop`)."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Do what is left, if that is quickly done."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(self._patience)

    @abstractmethod
    def look(self) -> float:
        """Do what there is to do; the seconds until the next look. What stands in the way is noted, not raised."""

    def leave(self) -> None:  # noqa: B027 (most have nothing to give back)
        """Give back what was held for the looks; called in the thread, after the last one."""

    def _run(self) -> None:
        try:
            while True:
                stopping = self._stop.is_set()
                wait = self.look()
                if stopping:
                    return
                self._stop.wait(wait)
        finally:
            self.leave()
