"""Points and scopes in, what Qdrant Edge understands out: the shard's shape, its payload fields, filters, and names for what it raises."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

import qdrant_edge as edge

from nova.engines.vectors.pack import optimizers
from nova.engines.vectors.points import (
    DENSE,
    KEYWORDS,
    LAYOUT,
    LEXICAL,
    OPEN_END,
    TIMES,
    checked_dense,
    checked_sparse,
    keywords,
    payload,
)
from nova.errors import ServerAbsent
from nova.records import Point, Scope, SparseVector

EXACT_IDF = edge.SearchParams(idf=edge.IdfParams(edge.Filter()))  # counts the points held now, not those in the posting lists


class EdgeFailed(ServerAbsent):
    """Qdrant Edge refused a call; the message carries its words."""


class EdgeErrors:
    """Qdrant Edge raises bare `Exception`, or a panic that is no `Exception` at all; these, and nothing else, get a name."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is Exception or (kind is not None and kind.__name__ == "PanicException"):
            raise EdgeFailed(f"Der Suchindex antwortet nicht: {error}") from error


def shape(dense_size: int) -> dict[str, int]:
    """What must be the same for a shard to be opened again."""
    return {"layout": LAYOUT, "dense": dense_size}


def config(dense_size: int, search_threads: int) -> edge.EdgeConfig:
    """What is not searched right now stays on disk."""
    return edge.EdgeConfig(
        vectors={DENSE: edge.EdgeVectorParams(dense_size, edge.Distance.Cosine, memory=edge.Memory.Cold)} if dense_size else None,
        sparse_vectors={LEXICAL: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf, memory=edge.Memory.Cold)},
        payload_memory=edge.Memory.Cold,
        optimizers=optimizers(),
        max_search_threads=search_threads,
    )


def remake_dense(shard: edge.EdgeShard, dense_size: int) -> None:
    """Drop the dense vectors and make room for others of this size (0: for none); in place, in milliseconds."""
    shard.update(edge.UpdateOperation.delete_vector_name(DENSE))
    if dense_size:
        shard.update(edge.UpdateOperation.create_dense_vector(DENSE, dense_size, edge.Distance.Cosine))


def create(folder: Path, wanted: edge.EdgeConfig) -> edge.EdgeShard:
    """A new, empty shard on disk; EdgeFailed."""
    folder.mkdir(parents=True)
    with EdgeErrors():
        shard = edge.EdgeShard.create(str(folder), wanted)
        for name in KEYWORDS:
            shard.update(edge.UpdateOperation.create_field_index(name, edge.KeywordIndexParams()))
        for name in TIMES:
            shard.update(edge.UpdateOperation.create_field_index(name, edge.IntegerIndexParams(lookup=True, range=True)))
        shard.flush()
    return shard


def load(folder: Path, wanted: edge.EdgeConfig) -> edge.EdgeShard:
    """Open a shard and ask it something of each kind; EdgeFailed."""
    with EdgeErrors():
        shard = edge.EdgeShard.load(str(folder), wanted)
        shard.count(edge.CountRequest(exact=True))
        shard.scroll(edge.ScrollRequest(limit=1, with_payload=True, with_vector=True))
        shard.query(edge.QueryRequest(limit=1, query=edge.Query.Nearest(edge.SparseVector([1], [1.0]), using=LEXICAL)))
    return shard


def scroll(shard: edge.EdgeShard, request: edge.ScrollRequest) -> tuple[list[Any], Any]:
    """The points asked for, and where to go on."""
    return shard.scroll(request)


def stored(point: Point, dense_size: int = 0) -> edge.Point:
    """A point as it is stored; ValueError for a crooked vector. A dense vector of another dimension than the shard's is left out."""
    vectors: dict[str, list[float] | edge.SparseVector | list[list[float]]] = {LEXICAL: sparse(point.lexical)}
    if dense_size and point.dense is not None and len(point.dense) == dense_size:
        vectors[DENSE] = dense(point.dense)
    return edge.Point(point.chunk_id, vectors, payload(point))


def dense(vector: Sequence[float]) -> list[float]:
    """Checked here, as `sparse` is; ValueError for what is no direction."""
    return checked_dense(vector)


def sparse(vector: SparseVector) -> edge.SparseVector:
    """Checked here: Edge writes a crooked vector to its log before it panics over it, and would do so again at every start."""
    return edge.SparseVector(*checked_sparse(vector))


def inside(scope: Scope) -> edge.Filter:
    """The scope as a filter. Booleans are of no use here: this version of Edge matches `True` as the number 1."""
    must: list[edge.ConditionType] = [_any_of(field, values) for field, values in keywords(scope).items()]
    moment = scope.as_of_ms
    if moment is None:
        must.append(edge.FieldCondition("valid_to", match=edge.MatchValue(OPEN_END)))
    else:
        must.append(edge.FieldCondition("valid_from", range=edge.RangeFloat(lte=moment)))
        must.append(edge.FieldCondition("valid_to", range=edge.RangeFloat(gt=moment)))
    return edge.Filter(must=must)


def of_items(item_ids: list[UUID]) -> edge.Filter:
    """Every point of these items."""
    return edge.Filter(must=[_any_of("item_id", [str(item_id) for item_id in item_ids])])


def with_ids(chunk_ids: set[UUID]) -> edge.Filter:
    """These points."""
    return edge.Filter(must=[edge.HasIdCondition({*chunk_ids})])


def _any_of(field: str, values: list[str]) -> edge.FieldCondition:
    return edge.FieldCondition(field, match=edge.MatchValue(values[0]) if len(values) == 1 else edge.MatchAny(values))
