"""Index changes and analysers in, batches for the index's owner out. Functions take a connection inside the caller's transaction."""

import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.courtesy import politely
from nova.records import Point, SparseVector, milliseconds
from nova.store import queries
from nova.store.documents import embeddings
from nova.store.postgres.db import execute_many
from nova.store.postgres.holder import APPLYING

SQL = queries.load("outbox")
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One outbox row. `point` is None for a delete, and for an upsert whose passage has been deleted meanwhile."""

    seq: int
    op: str
    item_id: UUID
    chunk_id: UUID | None
    point: Point | None


def pack(vector: SparseVector) -> bytes:
    """Ids as u32, then weights as f32, both little-endian as the machine has them."""
    return array.array("I", vector.indices).tobytes() + array.array("f", vector.values).tobytes()


def unpack(data: bytes) -> SparseVector:
    """The vector that `pack` packed."""
    half = len(data) // 2
    ids, weights = array.array("I"), array.array("f")
    ids.frombytes(data[:half])
    weights.frombytes(data[half:])
    return SparseVector(tuple(ids), tuple(weights))


def add_upserts(conn: Connection[Any], rows: Iterable[tuple[UUID, UUID, bytes]], analyser: str) -> None:
    """Queue (item, chunk, packed vector) to be put into the index."""
    values = (
        {"op": "upsert", "item_id": item_id, "chunk_id": chunk_id, "analyser": analyser, "lexical": lexical}
        for item_id, chunk_id, lexical in rows
    )
    execute_many(conn, SQL["add"], values)


def add_item_delete(conn: Connection[Any], item_id: UUID) -> None:
    """Queue the removal of every point of an item."""
    conn.execute(SQL["add"], {"op": "delete_item", "item_id": item_id, "chunk_id": None, "analyser": None, "lexical": None})


def lock(conn: Connection[Any]) -> None:
    """Wait until no one else changes the index, to the end of the transaction."""
    conn.execute(SQL["lock_outbox"], {"number": APPLYING})


def next_batch(conn: Connection[Any], limit: int) -> list[Change]:
    """The oldest `limit` changes in order."""
    return [_change(row) for row in politely(conn.execute(SQL["next_batch"], {"limit": limit}), AT_ONCE)]


def remove(conn: Connection[Any], changes: Sequence[Change]) -> None:
    """Forget changes that are in the index."""
    conn.execute(SQL["remove"], {"seqs": [change.seq for change in changes]})


def pending(conn: Connection[Any], item_id: UUID | None = None) -> int:
    """How many changes wait, of one item when given."""
    name = "pending" if item_id is None else "pending_of_item"
    row = conn.execute(SQL[name], {"item_id": item_id}).fetchone()
    return int(row["n"]) if row else 0


def waiting(conn: Connection[Any]) -> set[UUID]:
    """The passages of which changes wait."""
    return {row["chunk_id"] for row in conn.execute(SQL["waiting"]).fetchall()}


def live_analyser(conn: Connection[Any]) -> tuple[str, dict[str, Any]] | None:
    """Version and artefact of the analyser in use; None on a fresh installation."""
    row = conn.execute(SQL["live_analyser"]).fetchone()
    return (row["version"], row["artefact"]) if row else None


def live_version(conn: Connection[Any]) -> str | None:
    """The version in use, without loading it."""
    row = conn.execute(SQL["live_version"]).fetchone()
    return str(row["version"]) if row else None


def insert_analyser(conn: Connection[Any], version: str, artefact: dict[str, Any]) -> None:
    """Keep an analyser; it is not used before `promote_analyser`."""
    conn.execute(SQL["insert_analyser"], {"version": version, "artefact": Jsonb(artefact)})


def promote_analyser(conn: Connection[Any], version: str) -> None:
    """Make a stored analyser the live one."""
    conn.execute(SQL["retire_analyser"])
    conn.execute(SQL["promote_analyser"], {"version": version})


def hold_analyser(conn: Connection[Any], version: str) -> bool:
    """Whether this analyser is the live one; if so, none is promoted before the transaction ends."""
    return conn.execute(SQL["hold_analyser"], {"version": version}).fetchone() is not None


def _change(row: dict[str, Any]) -> Change:
    point = None
    if row["op"] == "upsert" and row["kind"] is not None:
        point = Point(
            chunk_id=row["chunk_id"],
            item_id=row["item_id"],
            lexical=unpack(row["lexical"]),
            kind=row["kind"],
            tags=tuple(row["tags"]),
            owner=row["owner"],
            valid_from=milliseconds(row["valid_from"]),
            valid_to=None if row["valid_to"] is None else milliseconds(row["valid_to"]),
            dense=None if row["vector"] is None else embeddings.unpack(row["vector"]),
        )
    return Change(row["seq"], row["op"], row["item_id"], row["chunk_id"], point)
