"""Points in, ranked chunk ids out: one collection on a Qdrant server or cluster, used by any number of Nova's processes.

Postgres is the truth. The collection is made at the first use, by whichever process comes first, and carries its own marks as metadata:
its shape, and whether it still lacks what Postgres holds. A server that is away is a named error for whoever asks, and Nova goes on with
it once it is back, also when it has lost everything.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import structlog

from nova.engines.vectors.points import LAYOUT, NoCollection, Refused
from nova.errors import Busy, Misconfigured, ServerAbsent
from nova.records import IndexHit, Point, Scope, SparseVector

if TYPE_CHECKING:
    from nova.engines.vectors.rest import CollectionState, Rest, RestLimits

BATCH = 100
PAGE = 4096
SHAPE, OWNER, REBUILD = "nova_layout", "nova_installation", "nova_rebuild"
PACKAGE = "qdrant_client"
log = structlog.get_logger(__name__)
T = TypeVar("T")


class QdrantIndex:
    """Implements `nova.ports.Index`. Safe to use from many threads."""

    def __init__(
        self, url: str, collection: str, *, key: str = "", owner: str = "", dense_size: int = 0, limits: "RestLimits | None" = None
    ) -> None:
        """Look at the server once; one that does not answer is waited for at every use.

        Misconfigured when the package is missing, or the server refuses the key, is too old or holds somebody else's collection.
        `owner` tells this installation from others that use the same server.
        A new collection has room for dense vectors of `dense_size` dimensions; one that is there stays as it is (see `make_room`).
        """
        self._rest = _rest(url, key, collection, limits)
        self._dense_size = dense_size
        self._shape = {SHAPE: LAYOUT}
        self._owner = {OWNER: owner} if owner else {}
        self._making = threading.Lock()
        self._ready = self._was_ready = False
        self._version = ""
        try:
            self._live()
        except Refused as error:
            self._rest.close()
            raise Misconfigured(error.message) from error
        except (ServerAbsent, Busy) as error:
            log.warning("index_absent", reason=error.message)

    @property
    def rebuild_needed(self) -> bool:
        """Whether the collection is new or was emptied, and nobody has called `rebuilt` since; asks the server."""
        return bool(self._ask(self._held).marks.get(REBUILD, True))

    def rebuilt(self) -> None:
        """Everything Postgres holds is in the index again. ServerAbsent when the collection has vanished: one made anew would be empty."""
        if not self._ready:
            raise NoCollection("Der Suchindex ist verschwunden.")
        try:
            self._rest.mark({REBUILD: False})
        except NoCollection:
            self._ready = False
            raise

    def upsert(self, points: Sequence[Point]) -> None:
        """Insert or replace points by chunk id; applied and in the server's log when it returns."""
        for first in range(0, len(points), BATCH):
            batch = points[first : first + BATCH]
            self._look_again(any(point.dense is not None for point in batch))
            self._ask(lambda rest, batch=batch: rest.upsert(batch, self._dense_size))  # type: ignore[misc]

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        """Remove points; unknown ids are ignored."""
        if chunk_ids:
            self._ask(lambda rest: rest.remove_ids(chunk_ids))

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        """Remove every point of these items."""
        if item_ids:
            self._ask(lambda rest: rest.remove_items(item_ids))

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        """The best `limit` chunks inside `scope`, best first, equal scores by id; filters are part of the query."""
        if not query.indices or limit < 1:
            return []
        return _ranked(self._ask(lambda rest: rest.lexical(query, scope, limit)))

    def near(self, vector: Sequence[float], scope: Scope, limit: int) -> list[IndexHit]:
        """The chunks inside `scope` with the largest cosine, best first; none without room for such vectors."""
        self._look_again(len(vector) != self._dense_size)
        if not self._dense_size or len(vector) != self._dense_size or limit < 1:
            return []
        try:
            return _ranked(self._ask(lambda rest: rest.dense(vector, scope, limit)))
        except ServerAbsent:
            if self.dense_size != len(vector):
                return []
            raise

    @property
    def dense_size(self) -> int:
        """The dimensions of the dense vectors there is room for; asks the server."""
        self._dense_size = self._ask(self._held).dense_size
        return self._dense_size

    def make_room(self, dense_size: int) -> None:
        """Room for dense vectors of this size; those held are dropped, everything else stays."""
        if self.dense_size:
            self._ask(lambda rest: rest.drop_dense())
        if dense_size:
            self._ask(lambda rest: rest.make_dense(dense_size))
        self._dense_size = dense_size

    def _look_again(self, doubtful: bool) -> None:
        """Another process may have made room for other vectors."""
        if doubtful:
            self._dense_size = self._ask(self._held).dense_size

    def ids(self) -> Iterator[UUID]:
        """Every chunk id held."""
        after: UUID | None = None
        while True:
            page, after = self._ask(lambda rest, after=after: rest.page(after, PAGE))  # type: ignore[misc]
            yield from page
            if after is None:
                return

    def count(self) -> int:
        """How many points are held."""
        return self._ask(lambda rest: rest.count())

    def clear(self) -> None:
        """Remove everything (before a rebuild); `rebuild_needed` holds until `rebuilt` is called."""
        self._ask(lambda rest: rest.mark({REBUILD: True}))
        self._ask(lambda rest: rest.remove_all())

    def settle(self) -> None:
        """Nothing to do: the server packs by itself."""

    def health(self) -> Mapping[str, Any]:
        """Name, version, points, segments and the server's own word for its state; raises ServerAbsent when it does not answer."""
        held = self._ask(self._held)
        return {
            "name": "Qdrant",
            "version": self._version,
            "points": self.count(),
            "segments": held.segments,
            "status": held.status,
            "rebuild_needed": bool(held.marks.get(REBUILD, True)),
        }

    def close(self) -> None:
        """Let go of the connections; calling it again does nothing."""
        self._rest.close()

    def _ask(self, question: "Callable[[Rest], T]") -> T:
        """Ask, once more when the collection has vanished meanwhile."""
        try:
            return question(self._live())
        except NoCollection:
            self._ready = False
            return question(self._live())

    def _held(self, rest: "Rest") -> "CollectionState":
        """What the server says of the collection, which others may have changed."""
        held = rest.held()
        if held is None:
            raise NoCollection("Der Suchindex ist verschwunden.")
        if not self._fits(held):
            raise rest.other_shape()
        return held

    def _live(self) -> "Rest":
        """The server with a collection of our shape. Several threads and processes may do this at once: each step may be repeated."""
        if not self._ready:
            self._version = self._rest.version()
            held = self._rest.held()
            if held is not None and not self._fits(held):
                held = self._make_anew()
            if held is None:
                self._rest.create(self._dense_size, {**self._shape, **self._owner, REBUILD: True})
                self._dense_size = self._held(self._rest).dense_size  # another process may have been quicker, with another shape
                log.warning("index_created", dense=self._dense_size)
            else:
                self._dense_size = held.dense_size
            self._rest.index_fields()
            self._ready = self._was_ready = True
        return self._rest

    def _fits(self, held: "CollectionState") -> bool:
        if SHAPE not in held.marks or any(held.marks.get(name, value) != value for name, value in self._owner.items()):
            raise self._rest.foreign()
        return all(held.marks.get(name) == value for name, value in self._shape.items())

    def _make_anew(self) -> "CollectionState | None":
        """Drop the collection of another shape, unless somebody has done so already; gives what is there then.

        Only at this process's start: two that disagree must not go on dropping each other's.
        """
        if self._was_ready:
            raise self._rest.other_shape()
        with self._making:
            held = self._rest.held()
            if held is None or self._fits(held):
                return held
            log.error("index_set_aside", reason="another shape", found=dict(held.marks))
            self._rest.drop()
            return None


def _ranked(found: Sequence[tuple[UUID, float]]) -> list[IndexHit]:
    return sorted((IndexHit(chunk_id, score) for chunk_id, score in found), key=lambda hit: (-hit.score, hit.chunk_id))


def _rest(url: str, key: str, collection: str, limits: "RestLimits | None") -> "Rest":
    try:
        from nova.engines.vectors.rest import Rest
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != PACKAGE:
            raise
        raise Misconfigured("Für NOVA_QDRANT_URL fehlt das Paket qdrant-client: pip install 'nova-luna[qdrant]'") from error
    return Rest(url, key, collection, limits)
