"""Embedding models and the vectors of passages: records in and out of named queries, inside the caller's transaction."""

import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import Busy
from nova.store import queries
from nova.store.documents.chunks import ToIndex

SQL = queries.load("embeddings")
State = Literal["filling", "loading", "live"]


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model as it is known here. Its vectors are in the index while `state` is "live"; `weight` 0 means that they do not count."""

    model: str
    dimension: int
    state: State
    weight: float
    measured: Mapping[str, Any]
    measured_at: datetime | None


@dataclass(frozen=True, slots=True)
class EmbeddingProgress:
    """How many passages a model has seen, how many of them it took in no form, and how many there are."""

    seen: int
    without: int
    total: int


def pack(vector: Sequence[float]) -> bytes:
    """Numbers as f32, as the machine has them."""
    return array.array("f", vector).tobytes()


def unpack(data: bytes) -> tuple[float, ...]:
    """The vector that `pack` packed."""
    values = array.array("f")
    values.frombytes(data)
    return tuple(values)


def get(conn: Connection[Any], model: str) -> EmbeddingModel | None:
    """What is known of a model."""
    return _model(conn.execute(SQL["get_model"], {"model": model}).fetchone())


def indexed(conn: Connection[Any]) -> EmbeddingModel | None:
    """The model whose vectors the index holds (live) or takes in (loading)."""
    return _model(conn.execute(SQL["indexed_model"]).fetchone())


def register(conn: Connection[Any], model: str, dimension: int) -> EmbeddingModel:
    """Note a model by its name; one that has changed its dimension is another model, without vectors and weight."""
    values = {"model": model, "dimension": dimension}
    conn.execute(SQL["forget_model"], values)
    conn.execute(SQL["register_model"], values)
    found = get(conn, model)
    if found is None:
        raise LookupError(model)
    return found


def without_vector(conn: Connection[Any], model: str, after: UUID, limit: int) -> list[ToIndex]:
    """The next passages that a model has not seen."""
    rows = conn.execute(SQL["chunks_without_vector"], {"model": model, "after": after, "limit": limit}).fetchall()
    return [ToIndex(row["chunk_id"], row["item_id"], row["title"], tuple(row["path"]), row["text"], row["norm"]) for row in rows]


def filled(conn: Connection[Any], model: str) -> EmbeddingProgress:
    """How far a model's vectors are."""
    row = conn.execute(SQL["count_vectors"], {"model": model}).fetchone()
    return EmbeddingProgress(row["seen"], row["without"], row["total"]) if row else EmbeddingProgress(0, 0, 0)


def insert(conn: Connection[Any], model: str, rows: Iterable[tuple[UUID, Sequence[float] | None]]) -> None:
    """Keep vectors; None for a passage that the model takes in no form. Passages deleted meanwhile are passed over."""
    values = [
        {"model": model, "chunk_id": chunk_id, "vector": None if vector is None else pack(vector)}
        for chunk_id, vector in sorted(rows, key=lambda row: row[0])
    ]
    with conn.cursor() as cursor:
        cursor.executemany(SQL["insert_vector"], values)


def vectors(conn: Connection[Any], model: str, chunk_ids: Sequence[UUID]) -> dict[UUID, tuple[float, ...]]:
    """The vectors of some passages, where there are any."""
    rows = conn.execute(SQL["vectors_of"], {"model": model, "chunk_ids": list(chunk_ids)}).fetchall()
    return {row["chunk_id"]: unpack(row["vector"]) for row in rows}


def set_loading(conn: Connection[Any], model: str) -> None:
    """From now on what goes into the index carries this model's vectors; no model's count before it is live."""
    conn.execute(SQL["stop_indexing"])
    conn.execute(SQL["set_state"], {"model": model, "state": "loading"})


def set_live(conn: Connection[Any], model: str) -> None:
    """The index holds this model's vectors; those of others go."""
    conn.execute(SQL["set_state"], {"model": model, "state": "live"})
    conn.execute(SQL["delete_other_vectors"], {"model": model})


def set_weight(conn: Connection[Any], model: EmbeddingModel, weight: float, measured: Mapping[str, Any]) -> None:
    """What a model was measured to be worth, and how; Busy when another has its name by now."""
    values = {"model": model.model, "dimension": model.dimension, "weight": weight, "measured": Jsonb(dict(measured))}
    if conn.execute(SQL["set_weight"], values).rowcount == 0:
        raise other_model()


def other_model() -> Busy:
    """The error for vectors of another size than the model's: what was begun with them is to be begun anew."""
    return Busy("Unter dem Namen des Einbettungsmodells antwortet inzwischen ein anderes.", data={"retry_after": 30})


def _model(row: Mapping[str, Any] | None) -> EmbeddingModel | None:
    return None if row is None else EmbeddingModel(**row)
