"""The right to be the only process that does something, asked for again every few seconds while another has it."""

import time

from nova.store.postgres.db import Database
from nova.store.postgres.holder import Hold, hold

AGAIN_S = 5.0
NOT_YET = float("-inf")


class ExclusiveRight:
    """A number's right (`nova.store.postgres.holder`), for the steps of one thread."""

    def __init__(self, db: Database, number: int, again_s: float = AGAIN_S) -> None:
        """`again_s` seconds pass before it is asked for again once another had it."""
        self._db, self._number, self._again_s = db, number, again_s
        self._hold: Hold | None = None
        self._another_had_it = NOT_YET

    def held(self) -> bool:
        """Whether it is held, or was free. ServerAbsent where somebody else took it over since, or the database does not answer."""
        if self._hold is None or self._hold.lost:
            if time.monotonic() - self._another_had_it < self._again_s:
                return False
            self._hold = hold(self._db, self._number, 0.0)
            if self._hold is None:
                self._another_had_it = time.monotonic()
                return False
        self._hold.confirm()
        return True

    def confirm(self) -> None:
        """Nothing while it is held; ServerAbsent where somebody else took it over."""
        if self._hold is not None:
            self._hold.confirm()

    def close(self) -> None:
        """Let go of it."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None
