"""What a Qdrant server keeps and how it searches, as its OpenAPI document and its published sources say. In memory, in plain Python.

Scores: sparse vectors by dot product; with the modifier `idf` the query's weights are multiplied by ln((n - df + 0.5) / (df + 0.5) + 1).
`n` and `df` come from posting lists in which removed points stay until the optimizer has run (pull request 6739), or, with
`params.idf.corpus`, from the points now held that match a filter (pull request 9661, 1.19). Dense vectors by cosine, kept with length 1.
"""

import array
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from qdrant_client.http import models

Body = dict[str, Any]


class Answer(Exception):
    """An answer other than 200: status and words."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status, self.error = status, error


@dataclass
class Held:
    """A stored point: its vectors by name and its payload."""

    sparse: dict[str, dict[int, float]] = field(default_factory=dict)
    dense: dict[str, list[float]] = field(default_factory=dict)
    payload: Body = field(default_factory=dict)


@dataclass
class Postings:
    """What an index of sparse vectors counts; grows with every change, shrinks only by `Collection.optimize`."""

    vectors: int = 0
    terms: Counter[int] = field(default_factory=Counter)

    def add(self, vector: Mapping[int, float]) -> None:
        self.vectors += 1
        self.terms.update(vector.keys())


class Collection:
    """One collection."""

    def __init__(self, wanted: models.CreateCollection) -> None:
        self.wanted = wanted
        vectors = wanted.vectors or {}
        named = vectors if isinstance(vectors, dict) else {"": vectors}
        self.dense: dict[str, models.VectorParams] = dict(named)
        self.sparse: dict[str, models.SparseVectorParams] = dict(wanted.sparse_vectors or {})
        self.metadata: Body = dict(wanted.metadata or {})
        self.fields: dict[str, Any] = {}
        self.points: dict[UUID | int, Held] = {}
        self.postings = {name: Postings() for name in self.sparse}
        self.operations = 0

    def info(self) -> Body:
        """`CollectionInfo`."""
        indexed = {name: {"data_type": _kind(schema), "points": len(self.points)} for name, schema in self.fields.items()}
        return {
            "status": "green",
            "optimizer_status": "ok",
            "indexed_vectors_count": sum(one.vectors for one in self.postings.values()),
            "points_count": len(self.points),
            "segments_count": 2,
            "config": {
                "params": {
                    "vectors": {name: one.model_dump(exclude_none=True) for name, one in self.dense.items()},
                    "shard_number": self.wanted.shard_number or 1,
                    "replication_factor": self.wanted.replication_factor or 1,
                    "write_consistency_factor": 1,
                    "on_disk_payload": True,
                    "sparse_vectors": {name: one.model_dump(exclude_none=True) for name, one in self.sparse.items()},
                },
                "hnsw_config": {"m": 16, "ef_construct": 100, "full_scan_threshold": 10000, "max_indexing_threads": 0, "on_disk": False},
                "optimizer_config": {
                    "deleted_threshold": 0.2,
                    "vacuum_min_vector_number": 1000,
                    "default_segment_number": 0,
                    "flush_interval_sec": 5,
                },
                "wal_config": {"wal_capacity_mb": 32, "wal_segments_ahead": 0},
                "quantization_config": None,
                "metadata": self.metadata or None,
            },
            "payload_schema": indexed,
        }

    def patch(self, change: models.UpdateCollection) -> bool:
        """Metadata is merged; a null removes its key."""
        for name, value in (change.metadata or {}).items():
            self.metadata.pop(name, None)
            if value is not None:
                self.metadata[name] = value
        return True

    def make_vectors(self, name: str, wanted: models.DenseVectorConfig) -> None:
        """Room for vectors of this name; points have none yet."""
        if name in self.dense or name in self.sparse:
            raise Answer(400, f"Wrong input: Vector name {name} already exists")
        self.dense[name] = models.VectorParams(size=wanted.size, distance=wanted.distance)

    def drop_vectors(self, name: str) -> None:
        """These vectors of every point, and the room for them."""
        if name not in self.dense:
            raise Answer(400, f"Wrong input: Not existing vector name error: {name}")
        del self.dense[name]
        for held in self.points.values():
            held.dense.pop(name, None)

    def upsert(self, points: Sequence[models.PointStruct]) -> None:
        """Check all, then store all."""
        checked = [(point_id(one.id), self._checked(place, one)) for place, one in enumerate(points)]
        for name, held in checked:
            self.points[name] = held
            for vector, terms in held.sparse.items():
                self.postings[vector].add(terms)

    def _checked(self, place: int, point: models.PointStruct) -> Held:
        held = Held(payload=dict(point.payload or {}))
        if not isinstance(point.vector, dict):
            raise Answer(400, "Wrong input: Not existing vector name error: ")
        for name, vector in point.vector.items():
            if isinstance(vector, models.SparseVector):
                if name not in self.sparse:
                    raise Answer(400, f"Wrong input: Not existing vector name error: {name}")
                check_sparse(vector, f"points[{place}].vector.?")
                held.sparse[name] = dict(zip(vector.indices, singles(vector.values), strict=True))
            elif isinstance(vector, list):
                held.dense[name] = self._direction(name, vector)
            else:
                raise Answer(400, "Wrong input: Conversion between sparse and regular vectors failed")
        return held

    def _direction(self, name: str, vector: list[Any]) -> list[float]:
        if name not in self.dense:
            raise Answer(400, f"Wrong input: Not existing vector name error: {name}")
        size = self.dense[name].size
        if len(vector) != size:
            raise Answer(400, f"Wrong input: Vector dimension error: expected dim: {size}, got {len(vector)}")
        length = math.sqrt(sum(value * value for value in vector)) or 1.0
        return singles([value / length for value in vector])

    def remove(self, selector: models.PointsSelector) -> None:
        """By ids or by filter; what is not there is ignored. Posting lists keep what is removed."""
        if isinstance(selector, models.PointIdsList):
            gone = [point_id(one) for one in selector.points]
        else:
            gone = [name for name, held in self.points.items() if matches(name, held.payload, selector.filter)]
        for name in gone:
            self.points.pop(name, None)

    def optimize(self) -> None:
        """What the server does by itself once 20 % of 1,000 or more vectors of a segment are gone."""
        for name in self.postings:
            self.postings[name] = Postings()
            for held in self.points.values():
                if name in held.sparse:
                    self.postings[name].add(held.sparse[name])

    def count(self, wanted: models.CountRequest) -> Body:
        return {"count": sum(matches(name, held.payload, wanted.filter) for name, held in self.points.items())}

    def scroll(self, wanted: models.ScrollRequest) -> Body:
        """Pages by id; `offset` is the first id of the page."""
        limit = 10 if wanted.limit is None else wanted.limit
        if limit < 1:
            raise Answer(422, "Validation error in JSON body: [limit: value 0 invalid, must be 1 or larger]")
        names = sorted((name for name, held in self.points.items() if matches(name, held.payload, wanted.filter)), key=_order)
        if wanted.offset is not None:
            first = _order(point_id(wanted.offset))
            names = [name for name in names if _order(name) >= first]
        page, rest = names[:limit], names[limit:]
        return {
            "points": [{"id": shown(name)} | ({"payload": self.points[name].payload} if wanted.with_payload else {}) for name in page],
            "next_page_offset": shown(rest[0]) if rest else None,
        }

    def query(self, wanted: models.QueryRequest) -> Body:
        """The nearest, best first."""
        query = wanted.query.nearest if isinstance(wanted.query, models.NearestQuery) else wanted.query
        name = wanted.using or ""
        if isinstance(query, models.SparseVector):
            scored = self._by_terms(name, query, wanted)
        elif isinstance(query, list):
            asked = self._direction(name, query)
            scored = {
                one: sum(left * right for left, right in zip(asked, held.dense[name], strict=True))
                for one, held in self.points.items()
                if name in held.dense
            }
        else:
            raise Answer(501, f"the fake does not know this query: {type(query).__name__}")
        inside = [(one, score) for one, score in scored.items() if matches(one, self.points[one].payload, wanted.filter)]
        inside.sort(key=lambda pair: -pair[1])
        best = inside[: 10 if wanted.limit is None else wanted.limit]
        return {
            "points": [
                {"id": shown(one), "version": self.operations, "score": score}
                | ({"payload": self.points[one].payload} if wanted.with_payload else {})
                for one, score in best
            ]
        }

    def _by_terms(self, name: str, query: models.SparseVector, wanted: models.QueryRequest) -> dict[UUID | int, float]:
        if name not in self.sparse:
            raise Answer(400, f"Wrong input: Not existing vector name error: {name}")
        check_sparse(query, "query")
        weights = dict(zip(query.indices, query.values, strict=True))
        if self.sparse[name].modifier == models.Modifier.IDF:
            counted = self._corpus(name, wanted.params.idf if wanted.params else None)
            for term in weights:
                weights[term] *= math.log((counted.vectors - counted.terms[term] + 0.5) / (counted.terms[term] + 0.5) + 1.0)
        found = {}
        for one, held in self.points.items():
            terms = held.sparse.get(name, {})
            if shared := terms.keys() & weights.keys():
                found[one] = sum(terms[term] * weights[term] for term in shared)
        return found

    def _corpus(self, name: str, scope: Any) -> Postings:
        if not isinstance(scope, models.IdfCorpusParams):
            return self.postings[name]
        counted = Postings()
        for one, held in self.points.items():
            if name in held.sparse and matches(one, held.payload, scope.corpus):
                counted.add(held.sparse[name])
        return counted


def check_sparse(vector: models.SparseVector, path: str) -> None:
    """As the server validates."""
    if len(vector.indices) != len(vector.values):
        raise Answer(422, f"Validation error in JSON body: [{path}.values: Validation error: must be the same length as indices [{{}}]]")
    if len(set(vector.indices)) != len(vector.indices):
        raise Answer(422, f"Validation error in JSON body: [{path}.indices: Validation error: must be unique [{{}}]]")


def singles(values: Sequence[float]) -> list[float]:
    """As 32 bit keep them."""
    return array.array("f", values).tolist()


def point_id(value: Any) -> UUID | int:
    """An unsigned integer or a UUID."""
    if isinstance(value, int):
        return value
    try:
        return UUID(str(value))
    except ValueError:
        words = f"value {value} is not a valid point ID, valid values are either an unsigned integer or a UUID"
        raise Answer(400, f"Format error in JSON body: {words}") from None


def shown(name: UUID | int) -> str | int:
    return name if isinstance(name, int) else str(name)


def _order(name: UUID | int) -> tuple[int, int]:
    return (0, name) if isinstance(name, int) else (1, name.int)


def _kind(schema: Any) -> str:
    return str(getattr(schema, "type", schema).value)


def matches(name: UUID | int, payload: Body, wanted: models.Filter | None) -> bool:
    """Whether a point is inside a filter; the empty one takes all."""
    if wanted is None:
        return True
    return (
        all(_holds(name, payload, one) for one in _all(wanted.must))
        and (not _all(wanted.should) or any(_holds(name, payload, one) for one in _all(wanted.should)))
        and not any(_holds(name, payload, one) for one in _all(wanted.must_not))
    )


def _all(conditions: Any) -> list[Any]:
    if conditions is None:
        return []
    return conditions if isinstance(conditions, list) else [conditions]


def _holds(name: UUID | int, payload: Body, condition: Any) -> bool:
    if isinstance(condition, models.Filter):
        return matches(name, payload, condition)
    if isinstance(condition, models.HasIdCondition):
        return name in {point_id(one) for one in condition.has_id}
    if isinstance(condition, models.FieldCondition):
        value = payload.get(condition.key)
        values = value if isinstance(value, list) else [] if value is None else [value]
        return any(_fits(one, condition) for one in values)
    raise Answer(501, f"the fake does not know this condition: {type(condition).__name__}")


def _fits(value: Any, condition: models.FieldCondition) -> bool:
    if isinstance(condition.match, models.MatchValue):
        return type(value) is type(condition.match.value) and value == condition.match.value
    if isinstance(condition.match, models.MatchAny):
        return value in condition.match.any
    if isinstance(condition.match, models.MatchExcept):
        return value not in condition.match.except_
    if isinstance(condition.range, models.Range):
        bounds = condition.range
        return (
            isinstance(value, (int, float))
            and (bounds.lt is None or value < bounds.lt)
            and (bounds.lte is None or value <= bounds.lte)
            and (bounds.gt is None or value > bounds.gt)
            and (bounds.gte is None or value >= bounds.gte)
        )
    raise Answer(501, "the fake does not know this condition")
