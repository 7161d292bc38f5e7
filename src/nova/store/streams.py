"""Messages in, the same messages out to each group of readers, in order. Functions take a connection inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from nova.store import queries

SQL = queries.load("streams")


@dataclass(frozen=True, slots=True)
class PartitionOffset:
    """A partition that this transaction reads for a group, and the last position that was read."""

    topic: str
    reader: str
    partition: int
    position: int


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message at its position."""

    position: int
    key: str
    value: bytes


def append(conn: Connection[Any], topic: str, partition: int, messages: Sequence[tuple[str, bytes]]) -> None:
    """Store (key, value) pairs at a partition's end. Transactions that append to several do so in ascending order (topic, partition)."""
    row = conn.execute(SQL["reserve"], {"topic": topic, "partition": partition, "count": len(messages)}).fetchone()
    first = int(row["head"]) - len(messages) + 1 if row else 1
    values = [
        {"topic": topic, "partition": partition, "position": position, "key": key, "value": value}
        for position, (key, value) in enumerate(messages, first)
    ]
    with conn.cursor() as cursor:
        cursor.executemany(SQL["append"], values)


def tell(conn: Connection[Any], topic: str) -> None:
    """Wake the readers of a topic at the commit."""
    conn.execute(SQL["tell"], {"topic": topic})


def hold(conn: Connection[Any], topic: str, reader: str) -> PartitionOffset | None:
    """Lock a partition with news for this group; None when there is none, or others are reading it."""
    conn.execute(SQL["join_group"], {"topic": topic, "reader": reader})
    row = conn.execute(SQL["hold"], {"topic": topic, "reader": reader}).fetchone()
    return None if row is None else PartitionOffset(topic, reader, row["partition"], row["position"])


def read(conn: Connection[Any], held: PartitionOffset, limit: int) -> list[MessageRow]:
    """The next messages of a held partition."""
    values = {"topic": held.topic, "partition": held.partition, "after": held.position, "limit": limit}
    return [MessageRow(row["position"], row["key"], bytes(row["value"])) for row in conn.execute(SQL["read"], values).fetchall()]


def step(conn: Connection[Any], held: PartitionOffset, position: int | None) -> None:
    """The group is done up to `position`, None for all there is."""
    conn.execute(SQL["pass"], {"topic": held.topic, "reader": held.reader, "partition": held.partition, "position": position})


def sweep(conn: Connection[Any]) -> int:
    """Forget what has been read or is too old, and what was taken long ago; how many messages."""
    conn.execute(SQL["forget_taken"])
    return conn.execute(SQL["sweep"]).rowcount


def waiting(conn: Connection[Any], topic: str, reader: str) -> int:
    """How many messages of a topic a group has not read."""
    row = conn.execute(SQL["waiting"], {"topic": topic, "reader": reader}).fetchone()
    return int(row["n"]) if row else 0


def take(conn: Connection[Any], topic: str, positions: Sequence[str]) -> set[str]:
    """Note messages of a stream outside as taken, by partition:offset:timestamp; those that were not before.

    Whoever takes the same at once waits for the commit. They are noted in the order of each partition.
    """
    rows = conn.execute(SQL["take"], {"topic": topic, "positions": sorted(positions)}).fetchall()
    return {row["position"] for row in rows}
