"""The audit log in, each row and each seal told outside, in order and at least once; where it stopped is kept in the database.

Numbers come with their commits (0043), so whoever has told everything up to a number has missed nothing below it. What is outside may be
away for as long as it likes: the log itself waits for nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Connection

from nova.courtesy import make_way
from nova.errors import NovaError
from nova.jobs.patrol import Patrol
from nova.logs import get_logger
from nova.ports.outside import Entry, Outside
from nova.store import audit as rows
from nova.store import items
from nova.store.db import Database
from nova.store.holder import TELLING, Hold, hold
from nova.wiring import Nova, engines

LOOK_S, RIGHT_S, PATIENCE_S = 1.0, 5.0, 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 60.0
AT_ONCE = 200
AGAIN = 200  # rows that are told once more after an outage: what the other side's system had taken may not have reached its log
FAILED = (psycopg.Error, NovaError, OSError)
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """Up to which row and which seal somebody outside knows the log."""

    seq: int = 0
    seal: int = 0


class Teller(Patrol):
    """Tells what is new; one process at a time does."""

    def __init__(self, db: Database, outside: Outside, *, look_s: float = LOOK_S) -> None:
        """`look_s` seconds lie between two looks while nothing stands in the way."""
        super().__init__("nova-audit-outside", patience=PATIENCE_S)
        self._db, self._outside, self._look_s = db, outside, look_s
        self._key = f"audit_outside {outside.address}"
        self._right: Hold | None = None
        self._failures = 0

    def leave(self) -> None:
        """Close the way outside and hand the right to tell on."""
        self._outside.close()
        if self._right is not None:
            self._right.close()

    def look(self) -> float:
        """Tell what is new; the seconds until the next look. What stands in the way is said once, and that it goes on again."""
        try:
            if not self._may():
                return RIGHT_S
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

    def _may(self) -> bool:
        if self._right is None or self._right.lost:
            self._right = hold(self._db, TELLING, 0.0)
        if self._right is not None:
            self._right.confirm()
        return self._right is not None


@contextmanager
def told(nova: Nova) -> Iterator[Callable[[], bool]]:
    """Whoever the settings name is told as long as the block lasts. Gives a question: whether that goes on."""
    outside = engines.outside(nova.settings)
    if outside is None:
        yield lambda: True
        return
    teller = Teller(nova.db, outside)
    teller.start()
    try:
        yield lambda: teller.whole
    finally:
        teller.stop()


def tell(db: Database, outside: Outside, key: str, *, again: int = 0) -> None:
    """Everything that is new, a part at a time. `again`: begin so many rows earlier. ServerAbsent, and psycopg's errors."""
    with db.transaction() as conn:
        at, last = _known(conn, key), rows.last_number(conn)
    if again:
        at = Told(max(0, at.seq - again), max(0, at.seal - again))
    while True:
        make_way()
        with db.transaction() as conn:
            said, seals = rows.rows_after(conn, at.seq, last, AT_ONCE), rows.seals_after(conn, at.seal, at.seq, AT_ONCE)
        if not said and not seals:
            return
        outside.tell([*(_row(one) for one in said), *(_seal(one) for one in seals)])
        at = Told(said[-1].seq if said else at.seq, seals[-1].seal_id if seals else at.seal)
        with db.transaction() as conn:
            items.set_fact(conn, key, {"seq": at.seq, "seal": at.seal})


def untold(db: Database, address: str) -> int:
    """How many rows somebody outside does not know yet."""
    with db.transaction() as conn:
        return max(0, rows.last_number(conn) - _known(conn, f"audit_outside {address}").seq)


def _known(conn: Connection[Any], key: str) -> Told:
    found: Mapping[str, Any] = items.get_fact(conn, key) or {}
    return Told(int(found.get("seq", 0)), int(found.get("seal", 0)))


def _row(row: rows.AuditRow) -> Entry:
    return Entry(row.ts, row.action, {"seq": str(row.seq), "actor": row.actor, "target": row.target}, row.facts)


def _seal(seal: rows.Seal) -> Entry:
    fields = {"seal": str(seal.seal_id), "first": str(seal.first_seq), "last": str(seal.last_seq), "head": seal.head.hex()}
    return Entry(seal.sealed_at, "audit.sealed", fields, {})
