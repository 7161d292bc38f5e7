"""Whose a meter was, is and will be: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.store import queries

SQL = queries.load("series")


@dataclass(frozen=True, slots=True)
class Assignment:
    """A meter is a customer's from `starts` on, up to `ends` (excluded; None: until further notice)."""

    customer: str
    user_id: UUID
    starts: datetime
    ends: datetime | None
    assigned_at: datetime | None = None


def of_meter(conn: Connection[Any], meter_id: str) -> list[Assignment]:
    """All of a meter, in order."""
    return [Assignment(**row) for row in conn.execute(SQL["assignments"], {"meter_id": meter_id}).fetchall()]


def put(conn: Connection[Any], meter_id: str, wanted: Sequence[Assignment]) -> None:
    """Make these the assignments of a meter, which is made where it is not known yet."""
    conn.execute(SQL["new_meter"], {"meter_id": meter_id})
    conn.execute(SQL["unassign"], {"meter_id": meter_id})
    for one in wanted:
        conn.execute(SQL["assign"], {"meter_id": meter_id, "customer": one.user_id, "starts": one.starts, "ends": one.ends})
