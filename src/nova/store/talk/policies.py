"""What came of recommended passages, and the policies that were learned from it: a connection and plain values in, rows out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.store import queries, releases

SQL = queries.load("policies")
FAMILY = "policy:recommend"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A place of a list: the shown passage among its candidates (each an id and its features), its chance, and what came of it."""

    list_id: UUID
    position: int
    ts: datetime
    subject_id: UUID
    chunk_id: UUID
    candidates: list[list[Any]]
    propensity: float
    reward: float


@dataclass(frozen=True, slots=True)
class PolicyState:
    """What a policy learned (JSON), from what was shown between two moments."""

    name: str
    state: str
    since: datetime
    until: datetime


def shown(conn: Connection[Any], features: int, until: datetime, within: timedelta, limit: int) -> Iterator[Shown]:
    """The newest places up to a moment, oldest first, with features of a version; what came of each `within` a time.

    Some at a time, inside the caller's transaction.
    """
    with conn.cursor("recommended") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(SQL["shown"], {"features": features, "until": until, "within": within, "limit": limit})
        for row in cursor:
            yield Shown(**row)


def lists_left(conn: Connection[Any], lists: Collection[UUID]) -> int:
    """How many of these lists are still there."""
    row = conn.execute(SQL["lists_left"], {"lists": list(lists)}).fetchone()
    return int(row["n"]) if row else 0


def add(conn: Connection[Any], one: PolicyState) -> None:
    """Keep what a policy learned."""
    conn.execute(SQL["add"], {"name": one.name, "state": one.state, "since": one.since, "until": one.until})


def get(conn: Connection[Any], name: str) -> PolicyState | None:
    """What a policy learned."""
    row = conn.execute(SQL["get"], {"name": name}).fetchone()
    return PolicyState(**row) if row else None


def note_left(conn: Connection[Any], subject_id: UUID) -> None:
    """Policies that were learned from somebody's rows say so; call it before the rows go. None is made from them meanwhile."""
    releases.lock(conn, FAMILY)
    conn.execute(SQL["note_left"], {"family": FAMILY, "subject_id": subject_id})
