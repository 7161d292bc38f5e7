"""Fakes written by hand: ports of the knowledge room kept in memory, so that tests see what would have left the process."""

import importlib
import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from nova.errors import InvalidInput, NotFound
from nova.ports import Fetched
from nova.records import Caller, IndexHit, Point, Scope, SparseVector


class InlineChildren:
    """Runs the function here instead of in a child."""

    def run(self, function: str, args: Mapping[str, Any], body: bytes = b"", **_: Any) -> tuple[Any, bytes]:
        module, _, name = function.partition(":")
        value, data = getattr(importlib.import_module(module), name)(args, body)
        return value, data


class MemoryObjects:
    """Objects in a dict."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def put(self, key: str, data: Any) -> None:
        self.held[key] = data if isinstance(data, bytes) else data.read()

    def get(self, key: str) -> bytes:
        if key not in self.held:
            raise NotFound("Nicht da.")
        return self.held[key]

    def blocks(self, key: str) -> Iterator[bytes]:
        yield self.get(key)

    def part(self, key: str, start: int, length: int) -> bytes:
        return self.get(key)[start : start + length]

    def exists(self, key: str) -> bool:
        return key in self.held

    def delete(self, key: str) -> None:
        self.held.pop(key, None)

    def keys(self, prefix: str) -> Iterator[str]:
        return iter([key for key in self.held if key.startswith(prefix)])

    def health(self) -> Mapping[str, Any]:
        return {"name": "memory"}


class MemoryIndex:
    """What an index must do, by brute force: dot products with BM25's inverse document frequency, and cosines."""

    def __init__(self, dense_size: int = 0) -> None:
        self.points: dict[UUID, Point] = {}
        self.dense_size = dense_size
        self.rebuild_needed = True

    def upsert(self, points: Sequence[Point]) -> None:
        self.points = self.points | {point.chunk_id: point for point in points}

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        self.points = {key: point for key, point in self.points.items() if key not in set(chunk_ids)}

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        self.points = {key: point for key, point in self.points.items() if point.item_id not in set(item_ids)}

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        held = [(point, dict(zip(point.lexical.indices, point.lexical.values, strict=True))) for point in self.points.values()]
        weights = {}
        for term, weight in zip(query.indices, query.values, strict=True):
            having = sum(term in terms for _, terms in held)
            weights[term] = weight * math.log(1 + (len(held) - having + 0.5) / (having + 0.5))
        hits = [
            IndexHit(point.chunk_id, sum(weights[term] * terms[term] for term in shared))
            for point, terms in held
            if visible(point, scope) and (shared := weights.keys() & terms.keys())
        ]
        return _best(hits, limit)

    def near(self, vector: Sequence[float], scope: Scope, limit: int) -> list[IndexHit]:
        if not self.dense_size or len(vector) != self.dense_size:
            return []
        hits = [
            IndexHit(point.chunk_id, sum(map(operator.mul, vector, point.dense)) / (math.hypot(*vector) * math.hypot(*point.dense)))
            for point in self.points.values()
            if point.dense is not None and len(point.dense) == self.dense_size and visible(point, scope)
        ]
        return _best(hits, limit)

    def make_room(self, dense_size: int) -> None:
        self.dense_size = dense_size
        self.points = {key: replace(point, dense=None) for key, point in self.points.items()}

    def ids(self) -> Iterator[UUID]:
        return iter(list(self.points))

    def count(self) -> int:
        return len(self.points)

    def clear(self) -> None:
        self.rebuild_needed = True
        self.points = {}

    def rebuilt(self) -> None:
        self.rebuild_needed = False

    def settle(self) -> None:
        return None

    def health(self) -> Mapping[str, Any]:
        return {"name": "memory", "version": "", "points": len(self.points)}

    def close(self) -> None:
        return None


def _best(hits: list[IndexHit], limit: int) -> list[IndexHit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))[: max(0, limit)]


def visible(point: Point, scope: Scope) -> bool:
    """The meaning of a scope."""
    if point.owner is not None and point.owner != scope.owner:
        return False
    if scope.kinds and point.kind not in scope.kinds:
        return False
    if scope.tags and not set(scope.tags) & set(point.tags):
        return False
    if scope.items and point.item_id not in scope.items:
        return False
    if scope.as_of is None:
        return point.valid_to is None
    moment = scope.as_of_ms or 0
    return point.valid_from <= moment and (point.valid_to is None or moment < point.valid_to)


class ListAudit:
    """Audit entries in a list, and what was noted of each in another."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []
        self.facts: list[Mapping[str, Any]] = []

    def record(self, actor: Caller, action: str, target: str, facts: Mapping[str, Any] | None = None, *, connection: Any) -> None:
        self.entries.append((action, target))
        self.facts.append(facts or {})


class MapFetcher:
    """Pages by address."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def fetch(self, url: str) -> Fetched:
        if url not in self.pages:
            raise InvalidInput("Unter dieser Adresse gibt es nichts.")
        return Fetched(url, self.pages[url], "text/markdown", url.rsplit("/", 1)[-1])
