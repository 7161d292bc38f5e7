"""Meters: typed rows in and out of named queries, inside the caller's transaction.

A meter without owner is the company's. `seen` says what a caller may see; None means everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotAllowed, NotFound
from nova.store import queries
from nova.store.items import Visible

SQL = queries.load("series")


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter. `seconds` is the length of its intervals as a rule; `keep_days` None means as long as all others."""

    meter_id: str
    owner: UUID | None = None
    title: str = ""
    kind: str = "other"
    seconds: int = 900
    simulated: bool = False
    keep_days: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewMeter:
    """What is known of a meter whose first rows come."""

    meter_id: str
    seconds: int
    simulated: bool


def get(conn: Connection[Any], meter_id: str, seen: Visible | None = None) -> Meter:
    """One meter; NotFound also for what the caller may not see."""
    row = conn.execute(SQL["meter"], {"meter_id": meter_id, **visible(seen)}).fetchone()
    if row is None:
        raise NotFound("Diesen Zähler gibt es nicht.", data={"meter_id": meter_id})
    return Meter(**row)


def exists(conn: Connection[Any], meter_id: str) -> bool:
    """Whether there is such a meter, whoever may see it."""
    return conn.execute(SQL["meter"], {"meter_id": meter_id, **visible(None)}).fetchone() is not None


def hold(conn: Connection[Any], meter_id: str, *, change: bool = False) -> None:
    """The meter cannot be deleted, and for a `change` not be changed by others, until the transaction ends; NotFound when it has been."""
    if conn.execute(SQL["lock_meter" if change else "hold_meter"], {"meter_id": meter_id}).fetchone() is None:
        raise NotFound("Diesen Zähler gibt es nicht.", data={"meter_id": meter_id})


def hold_known(conn: Connection[Any], meter_ids: Sequence[str]) -> set[str]:
    """Those of the meters that there are; they cannot be deleted until the transaction ends."""
    return {row["meter_id"] for row in conn.execute(SQL["hold_known"], {"meters": list(meter_ids)}).fetchall()}


def page(conn: Connection[Any], seen: Visible | None = None, *, kind: str | None = None, simulated: bool | None = None) -> list[Meter]:
    """The meters a caller may see, in order of their ids."""
    rows = conn.execute(SQL["meters"], {"kind": kind, "simulated": simulated, **visible(seen)}).fetchall()
    return [Meter(**row) for row in rows]


def titles(conn: Connection[Any], meter_ids: Sequence[str]) -> dict[str, str]:
    """What these meters are called; the caller knows that they may be seen."""
    return {row["meter_id"]: row["title"] for row in conn.execute(SQL["titles"], {"meters": list(meter_ids)}).fetchall()}


def save(conn: Connection[Any], meter: Meter) -> None:
    """Store a meter, new or changed; `created_at` stays what it is."""
    values = {name: getattr(meter, name) for name in ("meter_id", "owner", "title", "kind", "seconds", "simulated", "keep_days")}
    conn.execute(SQL["save_meter"], values | {"facts": Jsonb(dict(meter.facts))})


def admit(conn: Connection[Any], found: Sequence[NewMeter], batch_id: int) -> None:
    """Make those of the meters that are unknown; they belong to whom the batch belongs to. None can be deleted until the transaction ends.

    NotAllowed when the batch's owner may not write into one of them.
    """
    meters = [meter.meter_id for meter in found]
    lengths, simulated = [meter.seconds for meter in found], [meter.simulated for meter in found]
    values = {"meters": meters, "seconds": lengths, "simulated": simulated, "batch_id": batch_id}
    conn.execute(SQL["add_meters"], values)
    foreign = next((row["meter_id"] for row in conn.execute(SQL["hold_meters"], values).fetchall() if row["foreign"]), None)
    if foreign is not None:
        raise NotAllowed(f"In den Zähler {foreign} dürfen Sie nicht schreiben.", data={"meter_id": foreign})


def delete(conn: Connection[Any], meter_id: str) -> None:
    """Delete a meter and everything of it: readings, what was replaced, rollups. NotFound. Waits for whoever stores its rows.

    Files that held rows of it are read anew when they come again.
    """
    if conn.execute(SQL["delete_meter"], {"meter_id": meter_id}).rowcount == 0:
        raise NotFound("Diesen Zähler gibt es nicht.", data={"meter_id": meter_id})
    conn.execute(SQL["forget_files"], {"meter_id": meter_id})


def visible(seen: Visible | None) -> dict[str, Any]:
    """`seen` as the named queries want it."""
    return {"everyone": True, "owner": None} if seen is None else {"everyone": seen.everyone, "owner": seen.owner}
