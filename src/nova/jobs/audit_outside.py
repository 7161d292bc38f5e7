"""The audit log is told outside while Nova serves: by one process at a time, through whatever absence of who listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from nova.errors import NovaError
from nova.governance.audit.telling import key_of, tell
from nova.jobs.patrol import Patrol
from nova.jobs.right import AGAIN_S, ExclusiveRight
from nova.logs import get_logger
from nova.ports.outside import Outside
from nova.store.postgres.db import Database
from nova.store.postgres.holder import TELLING

LOOK_S, PATIENCE_S = 1.0, 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
AGAIN = 200  # rows that are told once more after an outage: what the other side's system had taken may not have reached its log
FAILED = (psycopg.Error, NovaError, OSError)
log = get_logger(__name__)


class Teller(Patrol):
    """Tells what is new; one process at a time does."""

    def __init__(self, db: Database, outside: Outside, *, look_s: float = LOOK_S, again_s: float = AGAIN_S) -> None:
        """`look_s` seconds lie between two looks while nothing stands in the way, `again_s` while another process tells."""
        super().__init__("nova-audit-outside", patience=PATIENCE_S)
        self._db, self._outside, self._look_s, self._again_s = db, outside, look_s, again_s
        self._key = key_of(outside.address)
        self._right = ExclusiveRight(db, TELLING, again_s)
        self._failures = 0

    def leave(self) -> None:
        """Close the way outside and hand the right to tell on."""
        self._outside.close()
        self._right.close()

    def look(self) -> float:
        """Tell what is new; the seconds until the next look. What stands in the way is said once, and that it goes on again."""
        try:
            if not self._right.held():
                return self._again_s
            tell(self._db, self._outside, self._key, again=AGAIN if self._failures else 0)
        except FAILED as error:
            if not self._failures:
                log.warning("audit_not_told", address=self._outside.address, reason=str(error))
            self._failures += 1
            return min(FIRST_PAUSE_S * 2.0 ** (self._failures - 1), LONGEST_PAUSE_S)
        if self._failures:
            log.info("audit_told_again", address=self._outside.address)
        self._failures = 0
        return self._look_s


@contextmanager
def told(db: Database, outside: Outside | None) -> Iterator[Callable[[], bool]]:
    """Whoever is `outside` is told as long as the block lasts. Gives a question: whether that goes on."""
    if outside is None:
        yield lambda: True
        return
    teller = Teller(db, outside)
    teller.start()
    try:
        yield lambda: teller.whole
    finally:
        teller.stop()
