"""Schedules that were computed: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries
from nova.store.series.meters import visible
from nova.visibility import Visible

SQL = queries.load("schedules")
KEPT = 200  # of an owner; each has a few tens of kilobytes


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule to be kept: the plant's description and the result, both as plain values; whoever computed it for themselves has it."""

    schedule_id: UUID
    owner: UUID | None
    title: str
    plant: Mapping[str, Any]
    result: Mapping[str, Any]
    meter_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule as it was kept."""

    schedule_id: UUID
    owner: UUID | None
    meter_id: str | None
    title: str
    plant: Mapping[str, Any]
    result: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ListedSchedule:
    """A schedule in a list: what it costs, and what the same day costs without it (None where that cannot be told)."""

    schedule_id: UUID
    owner: UUID | None
    meter_id: str | None
    title: str
    created_at: datetime
    cost_eur: float | None
    idle_eur: float | None


def put(conn: Connection[Any], new: NewSchedule) -> None:
    """Keep a schedule; of each owner's the newest KEPT stay."""
    values = {"schedule_id": new.schedule_id, "owner": new.owner, "meter_id": new.meter_id, "title": new.title}
    conn.execute(SQL["put_schedule"], values | {"plant": Jsonb(dict(new.plant)), "result": Jsonb(dict(new.result))})
    conn.execute(SQL["drop_schedules"], {"owner": new.owner, "keep": KEPT})


def get(conn: Connection[Any], schedule_id: UUID, seen: Visible) -> StoredSchedule:
    """One schedule; NotFound also for what the caller may not see."""
    row = conn.execute(SQL["schedule"], {"schedule_id": schedule_id, **visible(seen)}).fetchone()
    if row is None:
        raise NotFound("Diesen Fahrplan gibt es nicht.", data={"schedule_id": str(schedule_id)})
    return StoredSchedule(**row)


def page(conn: Connection[Any], seen: Visible, *, meter_id: str | None = None, limit: int = 50, offset: int = 0) -> list[ListedSchedule]:
    """The newest first, those of a meter alone where one is named."""
    values = {"meter_id": meter_id, "limit": limit, "offset": offset, **visible(seen)}
    return [ListedSchedule(**row) for row in conn.execute(SQL["schedules"], values).fetchall()]


def delete(conn: Connection[Any], schedule_id: UUID, seen: Visible) -> None:
    """Remove a schedule; NotFound also for what the caller may not remove."""
    if not conn.execute(SQL["delete_schedule"], {"schedule_id": schedule_id, **visible(seen)}).rowcount:
        raise NotFound("Diesen Fahrplan gibt es nicht.", data={"schedule_id": str(schedule_id)})
