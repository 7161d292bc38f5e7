"""Meters: typed rows in and out of named queries, inside the caller's transaction.

A meter that is assigned to nobody is the company's. `seen` says what a caller may see; None means everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries
from nova.visibility import Visible

SQL = queries.load("series")
FIRST, LAST = 946_684_800, 2_524_608_000  # 2000 and 2050: readings begin between them
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter. `owner` has it now (None: the company) and is told, not stored; `seconds` is the length of its intervals as a rule.

    `shared`: everybody who may sign in reads it while it is the company's. `keep_days` None means as long as all others.
    """

    meter_id: str
    owner: UUID | None = None
    title: str = ""
    kind: str = "other"
    seconds: int = 900
    simulated: bool = False
    shared: bool = False
    keep_days: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None

    @property
    def holder(self) -> Visible:
        """What is seen of this meter by whoever has it now."""
        return Visible(everyone=False, owner=self.owner, staff=self.owner is None)

    def is_held_by(self, seen: Visible) -> bool:
        """Whether a caller has the meter now: what is computed for its present days is theirs to see."""
        if self.owner is None:
            return seen.everyone or seen.staff or self.shared
        return seen.everyone or self.owner == seen.owner


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


def held(conn: Connection[Any], meter_id: str, seen: Visible) -> Meter:
    """One meter that the caller has now, so that its present days are theirs; NotFound also where they had it once."""
    found = get(conn, meter_id, seen)
    if not found.is_held_by(seen):
        raise NotFound("Diesen Zähler haben Sie zurzeit nicht.", data={"meter_id": meter_id})
    return found


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


def page(
    conn: Connection[Any],
    seen: Visible | None = None,
    *,
    kind: str | None = None,
    simulated: bool | None = None,
    assigned: bool | None = None,
) -> list[Meter]:
    """The meters of which a caller may see some time, in order of their ids."""
    values = {"kind": kind, "simulated": simulated, "assigned": assigned, **visible(seen)}
    return [Meter(**row) for row in conn.execute(SQL["meters"], values).fetchall()]


def spans(conn: Connection[Any], meter_id: str, seen: Visible | None = None) -> tuple[Span, ...]:
    """The times [start, end) of a meter whose readings a caller may see, in order, seconds since 1970; NotFound when there is none."""
    get(conn, meter_id, seen)
    if seen is None or seen.everyone:
        return ((FIRST, LAST),)
    rows = conn.execute(SQL["spans"], {"meter_id": meter_id, "first": FIRST, "last": LAST, **visible(seen)}).fetchall()
    return tuple((row["start"], row["end"]) for row in rows if row["start"] < row["end"])


def spans_of(conn: Connection[Any], meter_ids: Sequence[str], seen: Visible | None = None) -> dict[str, tuple[Span, ...]]:
    """The same of many meters at once; those of which nothing may be seen are left out."""
    if seen is None or seen.everyone:
        return dict.fromkeys(meter_ids, ((FIRST, LAST),))
    found: dict[str, tuple[Span, ...]] = {}
    values = {"meters": list(meter_ids), "first": FIRST, "last": LAST, **visible(seen)}
    for row in conn.execute(SQL["spans_of"], values).fetchall():
        if row["start"] < row["end"]:
            found[row["meter_id"]] = (*found.get(row["meter_id"], ()), (row["start"], row["end"]))
    return found


def within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of [start, end) that lie in these spans."""
    return [(max(start, a), min(end, b)) for a, b in spans if max(start, a) < min(end, b)]


def titles(conn: Connection[Any], meter_ids: Sequence[str], seen: Visible | None = None) -> dict[str, str]:
    """What these meters are called by who has them now; those that the caller has not (any more) are left out."""
    values = {"meters": list(meter_ids), **visible(seen)}
    return {row["meter_id"]: row["title"] for row in conn.execute(SQL["titles"], values).fetchall()}


def named_in(conn: Connection[Any], text: str) -> dict[str, str]:
    """The meters whose number or name stands in a text, each with its name."""
    return {row["meter_id"]: row["title"] for row in conn.execute(SQL["named_in"], {"text": text}).fetchall()}


def save(conn: Connection[Any], meter: Meter) -> None:
    """Store a meter, new or changed; `created_at` stays what it is, and so does whose it is."""
    values = {name: getattr(meter, name) for name in ("meter_id", "title", "kind", "seconds", "simulated", "shared", "keep_days")}
    conn.execute(SQL["save_meter"], values | {"facts": Jsonb(dict(meter.facts))})


def admit(conn: Connection[Any], found: Sequence[NewMeter]) -> None:
    """Make those of the meters that are unknown; they are the company's. None can be deleted until the transaction ends.

    Who may write into which meter was decided before (`nova.energy.delivery.border`).
    """
    meters = [meter.meter_id for meter in found]
    lengths, simulated = [meter.seconds for meter in found], [meter.simulated for meter in found]
    conn.execute(SQL["add_meters"], {"meters": meters, "seconds": lengths, "simulated": simulated})
    conn.execute(SQL["learn_lengths"], {"meters": meters, "seconds": lengths})
    conn.execute(SQL["hold_meters"], {"meters": meters})


def writable(conn: Connection[Any], customer: UUID | None) -> dict[str, tuple[Span, ...]]:
    """The meters that are or were a customer's, with the times, which stay so until the transaction ends."""
    found: dict[str, tuple[Span, ...]] = {}
    for row in conn.execute(SQL["writable"], {"customer": customer, "last": LAST}).fetchall():
        found[row["meter_id"]] = (*found.get(row["meter_id"], ()), (row["start"], row["end"]))
    return found


def simulated(conn: Connection[Any], meter_ids: Sequence[str]) -> set[str]:
    """The simulator's meters among these; they cannot be deleted until the transaction ends."""
    known = hold_known(conn, meter_ids)
    rows = conn.execute(SQL["simulated_meters"], {"meters": list(known)}).fetchall()
    return {row["meter_id"] for row in rows}


def delete(conn: Connection[Any], meter_id: str) -> None:
    """Delete a meter and everything of it: readings, what was replaced, rollups. NotFound. Waits for whoever stores its rows.

    Files that held rows of it are read anew when they come again.
    """
    if conn.execute(SQL["delete_meter"], {"meter_id": meter_id}).rowcount == 0:
        raise NotFound("Diesen Zähler gibt es nicht.", data={"meter_id": meter_id})
    conn.execute(SQL["forget_files"], {"meter_id": meter_id})


def visible(seen: Visible | None) -> dict[str, Any]:
    """`seen` as the named queries want it."""
    if seen is None:
        return {"everyone": True, "staff": True, "owner": None}
    return {"everyone": seen.everyone, "staff": seen.staff, "owner": seen.owner}
