"""A delivery in, the series as if it had never come out: every value that stood before stands again. Inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import Conflict, NotFound
from nova.series import Product
from nova.store import queries
from nova.store.series import prices, reading_rows, signals
from nova.store.series import put as series_put
from nova.store.series.batches import Batch
from nova.store.series.put import Kind

SQL = queries.load("series")
OVER = "Diese Lieferung ist schon zurückgenommen."
NOTHING = "Von dieser Lieferung wurde nichts gespeichert."


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a delivery had touched; how many values stand again as they were before it, and how many went with it."""

    meters: tuple[str, ...]
    products: tuple[Product, ...]
    signals: tuple[str, ...]
    restored: int
    removed: int


def lock(conn: Connection[Any], batch_id: int) -> Batch:
    """A delivery that can be taken back, held until the transaction ends; NotFound, Conflict."""
    row = conn.execute(SQL["lock_batch"], {"batch_id": batch_id}).fetchone()
    if row is None:
        raise NotFound("Diese Lieferung gibt es nicht.", data={"batch_id": batch_id})
    found = Batch(**row)
    if found.state != "done":
        raise Conflict(OVER if found.state == "taken_back" else NOTHING, data={"batch_id": batch_id, "state": found.state})
    return found


def undo(conn: Connection[Any], batch_id: int) -> TakenBack:
    """Take back all values of a delivery that is locked. Days of readings wait for their rollups; whoever stores such series waits."""
    every = [_undo(conn, kind, batch_id) for kind in (reading_rows.KIND, prices.KIND, signals.KIND)]
    (metered, traded, signalled) = (keys for keys, _, _ in every)
    return TakenBack(
        meters=tuple(key["meter_id"] for key in metered),
        products=tuple(Product(**key) for key in traded),
        signals=tuple(key["signal"] for key in signalled),
        restored=sum(restored for _, restored, _ in every),
        removed=sum(removed for _, _, removed in every),
    )


def _undo(conn: Connection[Any], kind: Kind, batch_id: int) -> tuple[Sequence[Mapping[str, Any]], int, int]:
    """The series of one kind, and how many values were restored and removed."""
    which = {"batch_id": batch_id}
    keys = conn.execute(kind.sql["series_of"], which).fetchall()
    if not keys:
        return keys, 0, 0
    series_put.lock(conn, kind, [tuple(value for name, value in key.items() if name != "seconds") for key in keys])
    conn.execute(kind.sql["unversion"], which)
    restored, removed = (_count(conn, kind.sql[name], which) for name in ("restore", "remove"))
    return keys, restored, removed


def _count(conn: Connection[Any], statement: Any, which: Mapping[str, Any]) -> int:
    row = conn.execute(statement, which).fetchone()
    return int(row["n"]) if row else 0


def close(conn: Connection[Any], batch_id: int, told: Mapping[str, Any]) -> None:
    """Say that a delivery was taken back; its content may come again."""
    conn.execute(SQL["take_back_batch"], {"batch_id": batch_id, "told": Jsonb({"taken_back": dict(told)})})
