"""Batches of rows and the feeds they come from: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries
from nova.store.series.meters import visible
from nova.visibility import Visible

SQL = queries.load("series")
State = Literal["running", "done", "refused", "failed", "taken_back"]


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A file, pull or push whose rows are about to be stored. `digest` is that of its content.

    `owner` is the customer whose delivery it is (None: the company's), `sent_by` the person who sent it (None: the operator or a feed).
    """

    source: str
    format: str
    name: str = ""
    digest: str | None = None
    owner: UUID | None = None
    job_id: UUID | None = None
    sent_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it is stored; `report` counts accepted, corrected and refused rows."""

    batch_id: int
    source: str
    format: str
    name: str
    digest: str | None
    state: State
    report: Mapping[str, Any]
    owner: UUID | None
    sent_by: UUID | None
    job_id: UUID | None
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """Where rows come from by themselves. `cursor` says how far it has come."""

    name: str
    kind: str
    enabled: bool
    settings: Mapping[str, Any]
    cursor: Mapping[str, Any]
    rows: int
    last_at: datetime | None
    last_error: str | None
    error_at: datetime | None
    changed_at: datetime


def open(conn: Connection[Any], batch: NewBatch) -> int:
    """Note a batch, running, and return its id."""
    values = {name: getattr(batch, name) for name in ("source", "format", "name", "digest", "owner", "sent_by", "job_id")}
    row = conn.execute(SQL["open_batch"], values).fetchone()
    if row is None:
        raise LookupError(batch.name)
    return int(row["batch_id"])


def close(conn: Connection[Any], batch_id: int, report: Mapping[str, Any], state: State = "done") -> None:
    """Say how a batch ended."""
    conn.execute(SQL["close_batch"], {"batch_id": batch_id, "report": Jsonb(dict(report)), "state": state})


def get(conn: Connection[Any], batch_id: int, seen: Visible | None = None) -> Batch:
    """One batch; NotFound also for what the caller may not see."""
    row = conn.execute(SQL["batch"], {"batch_id": batch_id, **visible(seen)}).fetchone()
    if row is None:
        raise NotFound("Diese Lieferung gibt es nicht.", data={"batch_id": batch_id})
    return Batch(**row)


def some(conn: Connection[Any], batch_ids: Sequence[int]) -> dict[int, Batch]:
    """These batches, whoever may see them."""
    return {row["batch_id"]: Batch(**row) for row in conn.execute(SQL["some_batches"], {"batches": list(batch_ids)}).fetchall()}


def of_content(conn: Connection[Any], digest: str, owner: UUID | None) -> Batch | None:
    """The newest batch that stored this content for the same owner; None where a row of it has been replaced since."""
    row = conn.execute(SQL["batch_of_content"], {"digest": digest, "owner": owner}).fetchone()
    return None if row is None else Batch(**row)


def page(conn: Connection[Any], seen: Visible | None = None, *, source: str | None = None, limit: int = 50, offset: int = 0) -> list[Batch]:
    """The batches a caller may see, the newest first."""
    values = {"source": source, "limit": limit, "offset": offset, **visible(seen)}
    return [Batch(**row) for row in conn.execute(SQL["batches"], values).fetchall()]


def feed(conn: Connection[Any], name: str, *, lock: bool = False) -> Feed:
    """One feed, NotFound when there is none; with `lock` nobody else moves its cursor until the transaction ends."""
    row = conn.execute(SQL["lock_feed" if lock else "feed"], {"name": name}).fetchone()
    if row is None:
        raise NotFound("Diese Datenquelle gibt es nicht.", data={"name": name})
    return Feed(**row)


def feeds(conn: Connection[Any]) -> list[Feed]:
    """All feeds, in order of their names."""
    return [Feed(**row) for row in conn.execute(SQL["feeds"]).fetchall()]


def save_feed(conn: Connection[Any], name: str, kind: str, settings: Mapping[str, Any], *, enabled: bool) -> None:
    """Store a feed, new or changed; its cursor and its counts stay."""
    conn.execute(SQL["save_feed"], {"name": name, "kind": kind, "settings": Jsonb(dict(settings)), "enabled": enabled})


def advance(conn: Connection[Any], name: str, cursor: Mapping[str, Any], rows: int) -> None:
    """So many rows came, and this is where to go on: in the transaction that stores the rows."""
    conn.execute(SQL["advance_feed"], {"name": name, "cursor": Jsonb(dict(cursor)), "rows": rows})


def fail(conn: Connection[Any], name: str, error: str) -> None:
    """What went wrong last, in German; gone with the next rows."""
    conn.execute(SQL["fail_feed"], {"name": name, "error": error})
