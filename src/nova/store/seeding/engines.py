"""What engines read, what they were given and how they are: a connection and plain values in, rows out.

Functions run inside the caller's transaction.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.store import queries

SQL = queries.load("engines")
Outcome = Literal["live", "unchanged", "taken_back", "refused", "skipped", "unreachable"]


@dataclass(frozen=True, slots=True)
class EngineState:
    """What an engine reads: files under their sha256, made of a version when it held `digest`; `anchor` are the records kept apart."""

    engine: str
    name: str
    version_id: int
    digest: str
    state_sha256: str
    state_bytes: int
    anchor_sha256: str
    anchor_bytes: int
    rows: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class EngineDelivery:
    """What came of a delivery: the engine's figure before and after, the bounds of the gain, and why, in German."""

    delivery_id: UUID
    engine: str
    dataset: str
    version: str
    state: Outcome
    rows: int
    before: float | None
    after: float | None
    low: float | None
    high: float | None
    seconds: float
    reason: str
    delivered_by: str
    delivered_at: datetime


@dataclass(frozen=True, slots=True)
class Beats:
    """How often an engine answered and how often it did not, how many seconds that took in all, and in which hour it last did."""

    engine: str
    reached: int
    missed: int
    seconds: float
    seen_at: datetime | None


def add_state(conn: Connection[Any], state: EngineState) -> None:
    """Store one; nothing happens where it is there."""
    conn.execute(SQL["add_state"], asdict(state))


def state(conn: Connection[Any], engine: str, name: str) -> EngineState | None:
    """One."""
    row = conn.execute(SQL["state"], {"engine": engine, "name": name}).fetchone()
    return EngineState(**row) if row else None


def made_of(conn: Connection[Any], version_ids: Collection[int]) -> list[EngineState]:
    """All that were made of these versions."""
    return [EngineState(**row) for row in conn.execute(SQL["made_of"], {"version_ids": list(version_ids)}).fetchall()]


def forget(conn: Connection[Any], engine: str, name: str) -> None:
    """One goes; the files are the sweep's."""
    conn.execute(SQL["forget"], {"engine": engine, "name": name})


def keep_newest(conn: Connection[Any], engine: str, family: str, keep: int) -> int:
    """Forget what is neither live, nor a step back, nor among the newest; how many."""
    return conn.execute(SQL["keep_newest"], {"engine": engine, "family": family, "keep": keep}).rowcount


def add_delivery(conn: Connection[Any], delivery: EngineDelivery) -> None:
    """Note one."""
    conn.execute(SQL["add_delivery"], asdict(delivery))


def deliveries(conn: Connection[Any], engine: str | None, limit: int) -> list[EngineDelivery]:
    """Of one engine or all, newest first."""
    return [EngineDelivery(**row) for row in conn.execute(SQL["deliveries"], {"engine": engine, "limit": limit}).fetchall()]


def last(conn: Connection[Any]) -> dict[str, EngineDelivery]:
    """The newest of each engine, by its name."""
    return {row["engine"]: EngineDelivery(**row) for row in conn.execute(SQL["last"]).fetchall()}


def beat(conn: Connection[Any], engine: str, seconds: float | None, at: datetime) -> None:
    """An engine answered after so many seconds, or (None) did not."""
    values = {"engine": engine, "at": at, "reached": int(seconds is not None), "missed": int(seconds is None), "seconds": seconds or 0.0}
    conn.execute(SQL["beat"], values)


def beats(conn: Connection[Any], since: datetime) -> dict[str, Beats]:
    """How each engine did since a moment, by its name."""
    return {row["engine"]: Beats(**row) for row in conn.execute(SQL["beats"], {"since": since}).fetchall()}


def ask_recalls(conn: Connection[Any], version_ids: Collection[int], digests: Collection[str], at: datetime) -> list[str]:
    """Engines elsewhere that have something of these versions, or of these contents under way, shall give it back; which."""
    values = {"version_ids": list(version_ids), "digests": list(digests), "at": at}
    return sorted({str(row["engine"]) for row in conn.execute(SQL["ask_recalls"], values).fetchall()})


def recalls(conn: Connection[Any], engine: str) -> list[str]:
    """What an engine has to give back, by the keys under which it was given."""
    return [str(row["key"]) for row in conn.execute(SQL["recalls"], {"engine": engine}).fetchall()]


def recalling(conn: Connection[Any]) -> dict[str, datetime]:
    """Since when engines have something to give back, by their names."""
    return {str(row["engine"]): row["since"] for row in conn.execute(SQL["recalling"]).fetchall()}


def end_recall(conn: Connection[Any], engine: str, key: str, at: datetime) -> None:
    """An engine was told to give something back."""
    conn.execute(SQL["end_recall"], {"engine": engine, "key": key, "at": at})
