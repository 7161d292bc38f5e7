"""A database and a number in; out comes the right to be the only process that holds it, until it is closed or the process ends.

The right hangs on a connection, which a restart of the server or of the network between cuts; whoever uses the right confirms it first.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from uuid import uuid4

import psycopg
from psycopg import Connection

from nova.errors import JobWaits, ServerAbsent
from nova.store.postgres.db import LETTING_GO, Database, Row

# Every number of Nova's; the first is held by a transaction (`nova.store.documents.outbox.lock`), the others by a `Hold`.
APPLYING, INDEX_OWNER, FILLING, MEASURING, ROLLING, TALKING, ERASING, TELLING = range(7301981, 7301989)
PATIENCE = 5.0
MOMENT = 1.0  # a job that was just killed may hold its right for a moment
WAIT_S = 10
POLL_SECONDS = 0.2
GONE = "Ein anderes Nova führt inzwischen fort, was an dieser Datenbank nur eines darf; dieses hier ändert daran nichts mehr."
# The server may still keep the session of a connection that was lost on this side only, and with it the lock.
END_FORMER = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"


class Hold:
    """The right, kept by a connection of its own. `lost` once somebody else has it. Safe to use from many threads."""

    def __init__(self, database: Database, number: int) -> None:
        self.lost = False
        self._database = database
        self._number = number
        self._name = f"nova-{uuid4().hex}"
        self._connection: Connection[Row] | None = None
        self._closed = False
        self._lock = threading.RLock()

    def take(self, patience: float) -> bool:
        """Whether it could be had within so many seconds; never once it was let go."""
        with self._lock, ExitStack() as opened:
            connection = opened.enter_context(closing(self._database.listen()))
            connection.execute(LETTING_GO)
            connection.execute(END_FORMER, (self._name,))
            connection.execute("SELECT set_config('application_name', %s, false)", (self._name,))
            until = time.monotonic() + patience
            while not (self._closed or _locked(connection, self._number)):
                if time.monotonic() > until:
                    return False
                time.sleep(POLL_SECONDS)
            if self._closed:
                return False
            opened.pop_all()
            if self._connection is not None:
                self._connection.close()
            self._connection = connection
        return True

    def confirm(self) -> None:
        """Nothing while the right is held; after its connection was cut it is taken again. ServerAbsent when somebody else has it by then.

        Raises psycopg.OperationalError when the database does not answer.
        """
        with self._lock:
            if self._closed or self.lost or not (self._alive() or self.take(PATIENCE)):
                self.lost = not self._closed
                raise ServerAbsent(GONE)

    def _alive(self) -> bool:
        try:
            return self._connection is not None and self._connection.execute("SELECT 1").rowcount == 1
        except psycopg.OperationalError:
            return False

    def close(self) -> None:
        """Let go."""
        self._closed = True  # before the lock: who waits in `take` waits no more
        with self._lock:
            if self._connection is not None:
                self._connection.close()


def hold(database: Database, number: int, patience: float) -> Hold | None:
    """Take the right, waiting up to `patience` seconds for one who has just died to be noticed; None when somebody has it."""
    right = Hold(database, number)
    return right if right.take(patience) else None


@contextmanager
def alone(database: Database, number: int) -> Iterator[Hold]:
    """The right of a job to the end of the block; JobWaits while another job has it."""
    right = hold(database, number, MOMENT)
    if right is None:
        raise JobWaits("Ein anderer Auftrag ist noch dabei; dieser hier wartet auf ihn.", data={"retry_after": WAIT_S})
    with closing(right):
        yield right


def _locked(connection: Connection[Row], number: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s) AS held", (number,)).fetchone()
    return bool(row and row["held"])
