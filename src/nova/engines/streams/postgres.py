"""Messages by topic in, batches for groups of readers out: a `Stream` in Postgres.

A topic has eight partitions; a key's messages are in one of them, in order. A reader locks one partition of its group and keeps the
transaction open until `commit`: when it dies, the lock goes with its connection and another reader takes the same messages.
"""

import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection

from nova.errors import ServerAbsent
from nova.ports import Message
from nova.store import streams as rows
from nova.store.postgres.db import LETTING_GO, Database

PARTITIONS = 8
CHANNEL = "nova_stream"
LOOK_SECONDS = 5.0
AGAIN = "Die Datenbank antwortet nicht; die Nachrichten kommen noch einmal."


@dataclass(frozen=True, slots=True)
class Taken:
    """Implements `nova.ports.Batch`."""

    messages: Sequence[Message]
    done: Callable[[], None]
    later: Callable[[], None]

    def commit(self) -> None:
        """These are stored: do not give them again."""
        if self.messages:
            self.done()

    def postpone(self) -> None:
        """Give these again, after what waits in other partitions."""
        if self.messages:
            self.later()


class PostgresStream:
    """Implements `nova.ports.Stream`. Safe to use from many threads; one reads a topic for a group at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._readers: dict[tuple[str, str], _Reader] = {}

    def publish(self, topic: str, messages: Sequence[Message], *, connection: Connection[Any] | None = None) -> None:
        """Durable when it returns, or with the caller's transaction, which then holds the topic's end until it is over; ServerAbsent."""
        with nullcontext(connection) if connection is not None else self._database.transaction() as conn:
            self._append(conn, topic, messages)

    def take(self, topic: str, group: str, limit: int, timeout: float) -> Taken:
        """Up to `limit` messages of one partition, waiting up to `timeout` seconds for the first; ServerAbsent."""
        with self._lock:
            reader = self._readers.setdefault((topic, group), _Reader(self._database, topic, group))
        return reader.take(limit, timeout)

    def waiting(self, topic: str, group: str) -> int:
        """How many messages a group has not read."""
        with self._database.transaction() as conn:
            return rows.waiting(conn, topic, group)

    def health(self) -> Mapping[str, Any]:
        """Name and version of the database; ServerAbsent."""
        return {"name": "PostgreSQL", "version": self._database.health()["version"]}

    def close(self) -> None:
        """Let go of the connections; what was not committed is given to others."""
        with self._lock:
            readers, self._readers = list(self._readers.values()), {}
        for reader in readers:
            reader.close()

    def _append(self, conn: Connection[Any], topic: str, messages: Sequence[Message]) -> None:
        parts: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
        for message in messages:
            parts[zlib.crc32(message.key.encode()) % PARTITIONS].append((message.key, message.value))
        for partition in sorted(parts):
            rows.append(conn, topic, partition, parts[partition])
        if parts:
            rows.tell(conn, topic)


class _Reader:
    """One reader of a topic for a group, on a connection of its own."""

    def __init__(self, database: Database, topic: str, group: str) -> None:
        self._database, self._topic, self._group = database, topic, group
        self._lock = threading.Lock()
        self._conn: Connection[Any] | None = None
        self._turn = 0

    def take(self, limit: int, timeout: float) -> Taken:
        until = time.monotonic() + timeout
        with self._lock, self._named():
            conn = self._connected()
            while True:
                batch = self._next(conn, limit)
                left = until - time.monotonic()
                if batch.messages or left <= 0:
                    return batch
                self._wait(conn, min(left, LOOK_SECONDS))

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _next(self, conn: Connection[Any], limit: int) -> Taken:
        """What is there now; the transaction stays open when there is something."""
        conn.rollback()
        self._turn += 1
        while (held := rows.hold(conn, self._topic, self._group)) is not None:
            found = rows.read(conn, held, limit)
            if found:
                messages = [Message(row.key, row.value, f"{held.partition}:{row.position}") for row in found]
                pass_to = partial(self._pass, held, self._turn)
                return Taken(messages, partial(pass_to, found[-1].position), partial(pass_to, held.position))
            rows.step(conn, held, None)
            conn.commit()
        conn.commit()
        return Taken((), _nothing, _nothing)

    def _pass(self, held: rows.PartitionOffset, turn: int, position: int) -> None:
        """Only the batch taken last may end: with an earlier one went its lock, and others may hold its messages."""
        with self._lock, self._named():
            if self._conn is None or turn != self._turn:
                raise ServerAbsent(AGAIN)
            rows.step(self._conn, held, position)
            self._conn.commit()

    def _wait(self, conn: Connection[Any], seconds: float) -> None:
        """Until somebody publishes to this topic, or the time is over."""
        until = time.monotonic() + seconds
        for notice in conn.notifies(timeout=seconds):
            if notice.payload == self._topic or time.monotonic() > until:
                return

    def _connected(self) -> Connection[Any]:
        if self._conn is None or self._conn.closed:
            conn = self._database.listen()
            conn.execute(LETTING_GO)
            conn.execute(f"LISTEN {CHANNEL}")
            conn.autocommit = False
            self._conn = conn
        return self._conn

    def _drop(self) -> None:
        if self._conn is not None:
            with suppress(psycopg.Error):
                self._conn.close()
            self._conn = None

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            self._drop()
            raise ServerAbsent(AGAIN) from error


def _nothing() -> None:
    """An empty batch has nothing to commit."""
