"""Two indexes in, one out: passages of documents in the first, those of conversations in the second.

A word's weight in the index depends on how many passages hold it and how many there are, so conversations among the documents would change
every answer. They lie apart, in an index that is made when the first of them comes.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.engines.vectors.index import EdgeIndex
from nova.ports import Index
from nova.records import CONVERSATION, IndexHit, Point, Scope, SparseVector


class ApartIndex:
    """Implements `nova.ports.Index`. A search for conversations asks the second index, any other the first.

    `opening` makes the second one, with room for dense vectors of a size, for the first point that belongs there; at once where it may
    be `there` already, with room for vectors of `dense_size` when it is not.
    """

    def __init__(self, documents: Index, opening: Callable[[int], Index], *, there: bool, dense_size: int = 0) -> None:
        self.documents = documents
        self._opening = opening
        self._lock = threading.Lock()
        self._talks: Index | None = opening(dense_size) if there else None

    def upsert(self, points: Sequence[Point]) -> None:
        """See the port."""
        if documents := [point for point in points if point.kind != CONVERSATION]:
            self.documents.upsert(documents)
        if talks := [point for point in points if point.kind == CONVERSATION]:
            index = self._made()
            if index.rebuild_needed and index.count() == 0:
                index.rebuilt()  # a new one lacks nothing that was in it; what Postgres holds beyond it is found by number
            index.upsert(talks)

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        """See the port."""
        for index in self._both():
            index.delete(chunk_ids)

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        """See the port."""
        for index in self._both():
            index.delete_items(item_ids)

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        """See the port."""
        index = self._asked(scope)
        return [] if index is None else index.search(query, scope, limit)

    def near(self, vector: Sequence[float], scope: Scope, limit: int) -> list[IndexHit]:
        """See the port."""
        index = self._asked(scope)
        return [] if index is None else index.near(vector, scope, limit)

    @property
    def dense_size(self) -> int:
        """See the port."""
        return self.documents.dense_size

    def make_room(self, dense_size: int) -> None:
        """See the port."""
        for index in self._both():
            index.make_room(dense_size)

    def ids(self) -> Iterator[UUID]:
        """See the port."""
        return chain.from_iterable(index.ids() for index in self._both())

    def count(self) -> int:
        """See the port."""
        return sum(index.count() for index in self._both())

    def clear(self) -> None:
        """See the port."""
        for index in self._both():
            index.clear()

    @property
    def rebuild_needed(self) -> bool:
        """See the port; not for a second index that is empty."""
        talks = self._talks
        return self.documents.rebuild_needed or (talks is not None and talks.rebuild_needed and talks.count() > 0)

    def rebuilt(self) -> None:
        """See the port."""
        for index in self._both():
            index.rebuilt()

    def settle(self) -> None:
        """See the port."""
        for index in self._both():
            index.settle()

    def health(self) -> Mapping[str, Any]:
        """See the port; `points` are all, `conversations` those of the second index."""
        told = [index.health() for index in self._both()]
        return {**told[0], "points": sum(one["points"] for one in told), "conversations": sum(one["points"] for one in told[1:])}

    def close(self) -> None:
        """See the port."""
        for index in self._both():
            index.close()

    def _asked(self, scope: Scope) -> Index | None:
        return self._talks if scope.kinds == (CONVERSATION,) else self.documents

    def _both(self) -> Iterable[Index]:
        return (self.documents,) if self._talks is None else (self.documents, self._talks)

    def _made(self) -> Index:
        """The second index, which need not answer now."""
        with self._lock:
            if self._talks is None:
                self._talks = self._opening(self.documents.dense_size)
            return self._talks


class ApartEdgeIndex(ApartIndex):
    """Both in process, in folders beside each other; snapshots take the first, the second is made again from Postgres."""

    documents: EdgeIndex

    def __init__(self, documents: Path, talks: Path, *, dense_size: int = 0) -> None:
        super().__init__(
            EdgeIndex(documents, dense_size=dense_size),
            lambda size: EdgeIndex(talks, dense_size=size),
            there=talks.exists(),
            dense_size=dense_size,
        )

    def size(self) -> int:
        """Bytes on disk of the first."""
        return self.documents.size()

    def copy_to(self, folder: Path) -> None:
        """A copy of the first in a new folder; writers wait meanwhile."""
        self.documents.copy_to(folder)

    def pack(self, *, renew: bool = False) -> bool:
        """Rewrite both without what was deleted, with `renew` every file of them; whether that came about."""
        done = [index.pack(renew=renew) for index in self._both() if isinstance(index, EdgeIndex)]
        return all(done)


def documents_of(index: Index) -> Index:
    """The part that answers come from."""
    return index.documents if isinstance(index, ApartIndex) else index
