"""Points in, ranked chunk ids out: Qdrant Edge in this process, one shard `chunks` below a data folder.

Postgres is the truth. One process owns the folder (a lock refuses a second one); any thread may search while one writes. Scores are
sums of weight products times IDF over the points held now. An index that cannot be opened is set aside and `rebuild_needed` says so.
"""

import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import qdrant_edge as edge
import structlog

from nova.engines.vectors_files import Files, give_back_memory
from nova.errors import ServerAbsent
from nova.records import IndexHit, Point, Scope, SparseVector

LEXICAL = "lexical"
DENSE = "dense"
COMPANY = ""  # the owner field of what belongs to everybody
OPEN_END = 253402300800000  # valid_to of current points: the first millisecond of the year 10000
LAYOUT = 1
BATCH = 512
PAGE = 4096
KEYWORDS = ("owner", "kind", "tags", "item_id")
TIMES = ("valid_from", "valid_to")
TIDY_POINTS = 5000  # new points that wait in memory before they are put into a compact segment, or
FLUSH_POINTS = 4000  # changes that may be in the machine's page cache only; they survive kill -9, and a power cut is noticed
TIDY_SHARE = 0.25  # this share of the index, whichever is more
REMOVED_SHARE = 0.05  # removed points that are worth writing the segments anew
CHEAP_POINTS = 5000  # an index of this size is tidied whenever somebody asks
log = structlog.get_logger(__name__)


class EdgeFailed(ServerAbsent):
    """Qdrant Edge refused a call; the message carries its words."""


class _Named:
    """Qdrant Edge raises bare `Exception`, or a panic that is no `Exception` at all; these, and nothing else, get a name."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is Exception or (kind is not None and kind.__name__ == "PanicException"):
            raise EdgeFailed(f"Der Suchindex antwortet nicht: {error}") from error


class EdgeIndex:
    """Implements `nova.ports.Index`."""

    def __init__(self, folder: Path, *, dense_size: int = 0, search_threads: int = 2) -> None:
        """Open or create the index in `folder`; Misconfigured when another process owns it.

        `dense_size` makes room for a dense vector of that many dimensions beside the lexical one; changing it empties the index.
        """
        self._files = Files(folder)
        self._config = _config(dense_size, search_threads)
        self._layout = {"layout": LAYOUT, "dense": dense_size}
        self._writing = threading.RLock()
        self._new = self._removed = self._unflushed = 0
        self._shard: edge.EdgeShard | None = None
        try:
            self._shard = self._open()
        finally:
            if self._shard is None:
                self._files.unlock()
        self._stale = self._files.marked("stale")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def rebuild_needed(self) -> bool:
        """Whether the index is new, was emptied or set aside, and nobody has called `rebuilt` since."""
        return self._files.marked("rebuild")

    def rebuilt(self) -> None:
        """Everything Postgres holds is in the index again."""
        self.settle()
        self._files.unmark("rebuild")

    def upsert(self, points: Sequence[Point]) -> None:
        """Insert or replace points by chunk id; survives kill -9 when it returns, and a power cut sets `rebuild_needed`."""
        if not points:
            return
        with self._writing, _Named():
            shard = self._live()
            self._spoil(self._count_known(shard, [point.chunk_id for point in points]))
            self._before_change()
            for first in range(0, len(points), BATCH):
                shard.update(edge.UpdateOperation.upsert_points([_stored(point) for point in points[first : first + BATCH]]))
            self._new += len(points)
            self._changed(len(points))
            self._tidy(self._new >= max(TIDY_POINTS, TIDY_SHARE * shard.info().points_count))

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        """Remove points; unknown ids are ignored."""
        if not chunk_ids:
            return
        with self._writing, _Named():
            shard = self._live()
            if known := self._count_known(shard, chunk_ids):
                self._spoil(known)
                self._before_change()
                shard.update(edge.UpdateOperation.delete_points(list(chunk_ids)))
                self._changed(known)
                self._tidy(False)

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        """Remove every point of these items."""
        if not item_ids:
            return
        which = edge.Filter(must=[_any_of("item_id", [str(item_id) for item_id in item_ids])])
        with self._writing, _Named():
            shard = self._live()
            if known := shard.count(edge.CountRequest(filter=which)):
                self._spoil(known)
                self._before_change()
                shard.update(edge.UpdateOperation.delete_points_by_filter(which))
                self._changed(known)
                self._tidy(False)

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        """The best `limit` chunks inside `scope`, best first, equal scores by id; filters are part of the query."""
        if not query.indices or limit < 1:
            return []
        request = edge.QueryRequest(
            limit=limit,
            query=edge.Query.Nearest(_sparse(query), using=LEXICAL),
            filter=_filter(scope),
            params=EXACT_IDF if self._stale else None,
        )
        with _Named():
            found = self._live().query(request)
        hits = [IndexHit(_uuid(point.id), point.score) for point in found]
        hits.sort(key=_best_first)
        return hits

    def ids(self) -> Iterator[UUID]:
        """Every chunk id held."""
        offset: Any = None
        while True:
            with _Named():
                request = edge.ScrollRequest(offset=offset, limit=PAGE, with_payload=False, with_vector=False)
                records, offset = self._live().scroll(request)
            yield from (_uuid(record.id) for record in records)
            if offset is None:
                return

    def count(self) -> int:
        """How many points are held."""
        with _Named():
            return int(self._live().count(edge.CountRequest(exact=True)))

    def clear(self) -> None:
        """Remove everything (before a rebuild); `rebuild_needed` holds until `rebuilt` is called."""
        with self._writing, _Named():
            shard = self._live()
            self._files.mark_durably("rebuild")
            self._spoil(shard.info().points_count)
            self._before_change()
            shard.update(edge.UpdateOperation.delete_points_by_filter(edge.Filter()))
            self._tidy(True)

    def settle(self) -> None:
        """Call it when no more changes are at hand: what is worth it is packed, so that memory and disk are given back."""
        with self._writing, _Named():
            shard = self._live()
            self._tidy((self._new > 0 or self._stale) and shard.info().points_count <= CHEAP_POINTS)
            self._flush(shard)

    def health(self) -> Mapping[str, Any]:
        """Name, version, points, segments and bytes on disk; raises ServerAbsent when it does not answer."""
        with _Named():
            info = self._live().info()
        return {
            "name": "Qdrant Edge",
            "version": metadata.version("qdrant-edge-py"),
            "points": info.points_count,
            "segments": info.segments_count,
            "bytes": self._files.bytes(),
            "rebuild_needed": self.rebuild_needed,
        }

    def close(self) -> None:
        """Flush and let go of the files; calling it again does nothing."""
        with self._writing:
            shard, self._shard = self._shard, None
            if shard is not None:
                with _Named():
                    self._flush(shard)
                    shard.close()
            self._files.unlock()

    def _live(self) -> edge.EdgeShard:
        shard = self._shard
        if shard is None:
            raise ServerAbsent("Der Suchindex ist geschlossen, weil Nova gerade beendet wird.")
        return shard

    def _open(self) -> edge.EdgeShard:
        if self._files.layout() == self._layout and not self._files.marked("opening-again"):
            try:
                return self._load()
            except EdgeFailed as error:
                log.error("index_set_aside", reason=error.message)
        elif self._files.shard.exists():
            log.error("index_set_aside", layout=dict(self._files.layout() or {}), died_twice=self._files.marked("opening-again"))
        return self._create()

    def _load(self) -> edge.EdgeShard:
        """Open what is there and ask it something; processes that die here leave the marks `opening` and `opening-again`."""
        self._files.mark("opening-again" if self._files.marked("opening") else "opening")
        if not self._files.complete():
            raise EdgeFailed("Dem Suchindex fehlen Dateien.")
        if self._files.power_was_cut():
            self._files.mark_durably("rebuild")
        with _Named():
            shard = edge.EdgeShard.load(str(self._files.shard), self._config)
            shard.count(edge.CountRequest(exact=True))
            shard.scroll(edge.ScrollRequest(limit=1, with_payload=True, with_vector=True))
            shard.query(edge.QueryRequest(limit=1, query=edge.Query.Nearest(edge.SparseVector([1], [1.0]), using=LEXICAL)))
        self._opened()
        give_back_memory()
        return shard

    def _create(self) -> edge.EdgeShard:
        """A fresh shard; what was there is set aside."""
        self._files.mark_durably("rebuild")
        self._files.set_aside()
        self._opened()
        self._files.unmark("stale")
        self._files.note_flushed()
        self._files.shard.mkdir(parents=True)
        with _Named():
            shard = edge.EdgeShard.create(str(self._files.shard), self._config)
            for name in KEYWORDS:
                shard.update(edge.UpdateOperation.create_field_index(name, edge.KeywordIndexParams()))
            for name in TIMES:
                shard.update(edge.UpdateOperation.create_field_index(name, edge.IntegerIndexParams(lookup=True, range=True)))
            shard.flush()
        self._files.note_layout(self._layout)
        return shard

    def _opened(self) -> None:
        self._files.unmark("opening")
        self._files.unmark("opening-again")

    def _count_known(self, shard: edge.EdgeShard, chunk_ids: Sequence[UUID]) -> int:
        return int(shard.count(edge.CountRequest(filter=edge.Filter(must=[edge.HasIdCondition(set(chunk_ids))]))))

    def _spoil(self, points: int) -> None:
        """Note, before it happens, that removed points will go on counting in the posting lists until the next tidying."""
        self._removed += points
        if points and not self._stale:
            self._files.mark("stale")
            self._stale = True

    def _before_change(self) -> None:
        if self._unflushed == 0:
            self._files.note_unflushed()

    def _changed(self, points: int) -> None:
        self._unflushed += points
        if self._unflushed >= FLUSH_POINTS:
            self._flush(self._live())

    def _flush(self, shard: edge.EdgeShard) -> None:
        shard.flush()
        self._files.note_flushed()
        self._unflushed = 0

    def _tidy(self, due: bool) -> None:
        """Pack new points and drop removed ones when it is due or enough has been removed."""
        shard = self._live()
        if not due and self._removed <= max(TIDY_POINTS, REMOVED_SHARE * shard.info().points_count):
            return
        began = time.monotonic()
        shard.optimize()
        self._flush(shard)
        give_back_memory()
        self._new = self._removed = 0
        self._stale = False
        self._files.unmark("stale")
        log.info("index_tidied", seconds=round(time.monotonic() - began, 3), points=shard.info().points_count)


def _config(dense_size: int, search_threads: int) -> edge.EdgeConfig:
    """What is not searched right now stays on disk; `optimize` runs only when called, and then removes every deleted point."""
    return edge.EdgeConfig(
        vectors={DENSE: edge.EdgeVectorParams(dense_size, edge.Distance.Cosine, memory=edge.Memory.Cold)} if dense_size else None,
        sparse_vectors={LEXICAL: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf, memory=edge.Memory.Cold)},
        payload_memory=edge.Memory.Cold,
        optimizers=edge.EdgeOptimizersConfig(
            deleted_threshold=1e-9, vacuum_min_vector_number=1, default_segment_number=1, indexing_threshold=1000
        ),
        max_search_threads=search_threads,
    )


def _stored(point: Point) -> edge.Point:
    payload = {
        "owner": COMPANY if point.owner is None else str(point.owner),
        "kind": point.kind,
        "tags": list(point.tags),
        "item_id": str(point.item_id),
        "valid_from": point.valid_from,
        "valid_to": OPEN_END if point.valid_to is None else point.valid_to,
    }
    return edge.Point(point.chunk_id, {LEXICAL: _sparse(point.lexical)}, payload)


def _sparse(vector: SparseVector) -> edge.SparseVector:
    """Checked here: Edge writes a crooked vector to its log before it panics over it, and would do so again at every start."""
    indices, values = list(vector.indices), list(vector.values)
    if len(indices) != len(values) or len(set(indices)) != len(indices) or not math.isfinite(sum(values)):
        raise ValueError("a sparse vector needs unique ids and as many finite weights")
    return edge.SparseVector(indices, values)


def _filter(scope: Scope) -> edge.Filter:
    """Booleans are of no use here: this version of Edge matches `True` as the number 1."""
    must: list[edge.ConditionType] = [_any_of("owner", [COMPANY] if scope.owner is None else [COMPANY, str(scope.owner)])]
    if scope.kinds:
        must.append(_any_of("kind", list(scope.kinds)))
    if scope.tags:
        must.append(_any_of("tags", list(scope.tags)))
    if scope.items:
        must.append(_any_of("item_id", [str(item_id) for item_id in scope.items]))
    moment = scope.as_of_ms
    if moment is None:
        must.append(edge.FieldCondition("valid_to", match=edge.MatchValue(OPEN_END)))
    else:
        must.append(edge.FieldCondition("valid_from", range=edge.RangeFloat(lte=moment)))
        must.append(edge.FieldCondition("valid_to", range=edge.RangeFloat(gt=moment)))
    return edge.Filter(must=must)


def _any_of(field: str, values: list[str]) -> edge.FieldCondition:
    return edge.FieldCondition(field, match=edge.MatchValue(values[0]) if len(values) == 1 else edge.MatchAny(values))


def _uuid(point_id: object) -> UUID:
    return point_id if isinstance(point_id, UUID) else UUID(str(point_id))


def _best_first(hit: IndexHit) -> tuple[float, UUID]:
    return -hit.score, hit.chunk_id


EXACT_IDF = edge.SearchParams(idf=edge.IdfParams(edge.Filter()))
