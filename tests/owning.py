"""A meter and a person in, an assignment out, as an operator makes it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.store.series import assignments
from nova.store.series.assignments import Assignment
from nova.visibility import Visible

SINCE = datetime(2000, 1, 1, tzinfo=UTC)
STAFF = Visible(everyone=False, owner=None, staff=True)


def give(conn: Connection[Any], meter_id: str, user_id: UUID, starts: datetime = SINCE, ends: datetime | None = None) -> None:
    """The meter is this person's from then to then, and the company's else; one that is unknown is made."""
    assignments.put(conn, meter_id, [Assignment("", user_id, starts, ends)])
