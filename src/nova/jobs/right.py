"""The right to be the only process that does something, asked for again every few seconds while another has it."""

import time

from nova.store.postgres.db import Database
from nova.store.postgres.holder import Hold, hold

AGAIN_S = 5.0


class ExclusiveRight:
    """A number's right (`nova.store.postgres.holder`), for the steps of one thread."""

    def __init__(self, db: Database, number: int) -> None:
        self._db, self._number = db, number
        self._hold: Hold | None = None
        self._tried = -AGAIN_S

    def held(self) -> bool:
        """Whether it is held, or was free. ServerAbsent where somebody else took it over since."""
        if (self._hold is None or self._hold.lost) and time.monotonic() - self._tried >= AGAIN_S:
            self._tried = time.monotonic()
            self._hold = hold(self._db, self._number, 0.0)
        if self._hold is None or self._hold.lost:
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
