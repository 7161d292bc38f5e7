"""Points in, ranked chunk ids out: Qdrant Edge in this process, one shard below a data folder.

Postgres is the truth. One process owns the folder (a lock refuses a second one); any thread may search while one writes. Scores are
sums of weight products times IDF over the points held now. An index that cannot be opened is set aside and `rebuild_needed` says so.
New points live in memory until enough have come, or nothing has come for a while; then they are packed.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

import qdrant_edge as edge
import structlog

from nova.courtesy import in_pieces
from nova.engines.vectors import shard as shards
from nova.engines.vectors.files import Files, give_back_memory
from nova.engines.vectors.open import Openness
from nova.engines.vectors.pack import copy, pack, sync
from nova.engines.vectors.points import DENSE, LEXICAL
from nova.engines.vectors.shard import EdgeErrors, EdgeFailed
from nova.errors import DiskFull, ServerAbsent
from nova.records import IndexHit, Point, Scope, SparseVector
from nova.store.postgres.space import require_space

BATCH = 8  # Edge holds the interpreter's lock while it stores a batch: some 10 ms for 64, 1 ms for 8 at the same rate
PAGE = 4096
FLUSH_POINTS = 20_000  # changes that may be in Edge's log only, or not even on disk yet; they survive kill -9, and a power cut is noticed
TIDY_POINTS = 8000  # new points (about 11 KB of memory each) or removed ones that are packed, or
TIDY_SHARE = 0.25  # this share of the index, whichever is more
SETTLE_POINTS = 1000  # the same when nothing has changed for a while, or
SETTLE_SHARE = 0.02
SYNC_AFTER = 5.0  # quiet seconds
SETTLE_EVERY = 120.0  # at most; a packed copy is opened under the interpreter's lock (0.1 s), so not in every pause of a long import
log = structlog.get_logger(__name__)
T = TypeVar("T")


class EdgeIndex:
    """Implements `nova.ports.Index`."""

    def __init__(self, folder: Path, *, dense_size: int = 0, search_threads: int = 2) -> None:
        """Open or create the index in `folder`; Misconfigured when another process owns it, DiskFull (opening writes, too).

        A new index has room for dense vectors of `dense_size` dimensions; one that is there stays as it is (see `make_room`).
        """
        self._files = Files(folder)
        self._search_threads = search_threads
        self._shape_for(self._files.dense_size(dense_size))
        self._writing = threading.RLock()
        self._closing = threading.Event()
        self._changed_at = 0.0
        self._untidy = self._unflushed = 0
        self._unsynced = False  # whether changes may be in the machine's page cache only
        self._shard: edge.EdgeShard | None = None
        try:
            require_space(folder, 0, finishing=True)
            self._shard = self._open()
        finally:
            if self._shard is None:
                self._files.unlock()
        self._stale = self._files.marked("stale")
        self._changes = 0
        self._openness = Openness()
        self._keeper = threading.Thread(target=self._keep_tidy, name="nova-index", daemon=True)
        self._keeper.start()

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
        for batch in in_pieces(points, BATCH):
            with self._writing, EdgeErrors():
                shard = self._live()
                stored = [shards.stored(point, self._dense_size) for point in batch]
                with self._openness.bringing(batch):
                    self._note_change(shard, shards.with_ids({point.chunk_id for point in batch}), len(batch))
                    shard.update(edge.UpdateOperation.upsert_points(stored))
        self._tidy(TIDY_POINTS, TIDY_SHARE)

    def delete(self, chunk_ids: Sequence[UUID]) -> None:
        """Remove points; unknown ids are ignored."""
        self._remove(shards.with_ids(set(chunk_ids))) if chunk_ids else None

    def delete_items(self, item_ids: Sequence[UUID]) -> None:
        """Remove every point of these items."""
        self._remove(shards.of_items(list(item_ids))) if item_ids else None

    def search(self, query: SparseVector, scope: Scope, limit: int) -> list[IndexHit]:
        """The best `limit` chunks inside `scope`, best first, equal scores by id; filters are part of the query."""
        if not query.indices or limit < 1:
            return []
        closed = self._openness.closed
        everything = not scope.narrows and self._all_open()
        found = self._find(query, None if everything else shards.inside(scope), limit)
        if everything and self._openness.closed != closed:
            found = self._find(query, shards.inside(scope), limit)
        hits = [IndexHit(point.id, point.score) for point in found]
        hits.sort(key=_best_first)
        return hits

    def near(self, vector: Sequence[float], scope: Scope, limit: int) -> list[IndexHit]:
        """The chunks inside `scope` with the largest cosine, best first; none without room for such vectors."""
        if not self._dense_size or len(vector) != self._dense_size or limit < 1:
            return []
        request = edge.QueryRequest(limit=limit, query=edge.Query.Nearest(shards.dense(vector), using=DENSE), filter=shards.inside(scope))
        found: list[Any] = self._ask(lambda shard: shard.query(request))
        return sorted((IndexHit(point.id, point.score) for point in found), key=_best_first)

    def _find(self, query: SparseVector, inside: edge.Filter | None, limit: int) -> list[Any]:
        request = edge.QueryRequest(
            limit=limit,
            query=edge.Query.Nearest(shards.sparse(query), using=LEXICAL),
            filter=inside,
            params=shards.EXACT_IDF if self._stale else None,
        )
        found: list[Any] = self._ask(lambda shard: shard.query(request))
        return found

    def _all_open(self) -> bool:
        visible = edge.CountRequest(filter=shards.inside(Scope()), exact=True)
        return self._openness.all(lambda: self._changes, lambda: self._ask(lambda shard: int(shard.count(visible))) == self.count())

    @property
    def dense_size(self) -> int:
        """The dimensions of the dense vectors there is room for."""
        return self._dense_size

    def make_room(self, dense_size: int) -> None:
        """Room for dense vectors of this size; those held are dropped, everything else stays."""
        with self._writing:
            shard = self._live()
            self._shape_for(0)
            self._files.note_shape(self._shape)  # a shard that holds more than its note says can be opened, not the reverse
            with EdgeErrors():
                shards.remake_dense(shard, dense_size)
                shard.flush()
            self._shape_for(dense_size)
            self._files.note_shape(self._shape)

    def _shape_for(self, dense_size: int) -> None:
        self._config = shards.config(dense_size, self._search_threads)
        self._shape = shards.shape(dense_size)
        self._dense_size = dense_size

    def ids(self) -> Iterator[UUID]:
        """Every chunk id held."""
        offset: Any = None
        while True:
            request = edge.ScrollRequest(offset=offset, limit=PAGE, with_payload=False, with_vector=False)
            records, offset = self._ask(partial(shards.scroll, request=request))
            yield from (record.id for record in records)
            if offset is None:
                return

    def count(self) -> int:
        """How many points are held."""
        return self._ask(lambda shard: int(shard.count(edge.CountRequest(exact=True))))

    def clear(self) -> None:
        """Remove everything (before a rebuild); `rebuild_needed` holds until `rebuilt` is called."""
        with self._writing:
            self._live()
            self._files.mark_durably("rebuild")
            folder = self._files.next_shard()
            self._replace(shards.create(folder, self._config), folder)

    def settle(self) -> None:
        """What is worth it is packed and everything is seen on disk. Happens by itself in a quiet moment, not too often."""
        self._tidy(SETTLE_POINTS, SETTLE_SHARE)
        with self._writing, EdgeErrors():
            self._flush()

    def sync(self) -> None:
        """Everything is seen on disk, the last changes in Edge's log only. Happens by itself some seconds after the last change."""
        with self._writing, EdgeErrors():
            self._sync()

    def pack(self, *, renew: bool = False) -> bool:
        """Drop removed points and pack new ones, now; False without room. `renew`: every file anew, nothing of removed ones stays."""
        with self._writing, EdgeErrors():
            began, folder, self._untidy = time.monotonic(), self._files.next_shard(), 0
            if not self._packed(folder, renew):
                shutil.rmtree(folder, ignore_errors=True)
                log.warning("index_not_packed", closing=self._closing.is_set())
                return False
            self._replace(shards.load(folder, self._config), folder)
            log.info("index_packed", seconds=round(time.monotonic() - began, 3), points=self._live().info().points_count)
            return True

    def _packed(self, folder: Path, renew: bool) -> bool:
        """Whether `folder` now holds a packed copy; without room for it nothing is tried."""
        try:
            require_space(self._files.folder, 2 * self._files.bytes())
        except DiskFull:
            return False
        shards.create(folder, self._config).close() if renew else None
        return pack(self._files.shard, folder, self._closing, renew=renew)

    def copy_to(self, folder: Path) -> None:
        """A copy in a new folder that an index can be opened from; writers wait meanwhile, searches do not."""
        with self._writing, EdgeErrors():
            self._live()
            self._flush()
            require_space(folder.parent, self._files.bytes())
            copy(self._files.shard, folder / self._files.shard.name)
            self._files.copy_notes(folder)

    def size(self) -> int:
        """The bytes it takes on disk; also of an index that does not answer."""
        return self._files.bytes()

    def health(self) -> Mapping[str, Any]:
        """Name, version, points, segments and bytes on disk; raises ServerAbsent when it does not answer."""
        info = self._ask(lambda shard: shard.info())
        return {
            "name": "Qdrant Edge",
            "version": metadata.version("qdrant-edge-py"),
            "points": info.points_count,
            "segments": info.segments_count,
            "bytes": self.size(),
            "rebuild_needed": self.rebuild_needed,
        }

    def close(self) -> None:
        """Flush and let go of the files; calling it again does nothing."""
        self._closing.set()
        with self._writing:
            if self._shard is not None:
                with EdgeErrors():
                    self._flush()
                    self._shard.close()
                self._shard = None
            self._files.unlock()
        self._keeper.join()

    def _live(self) -> edge.EdgeShard:
        shard = self._shard
        if shard is None:
            raise ServerAbsent("Der Suchindex ist geschlossen, weil Nova gerade beendet wird.")
        return shard

    def _ask(self, question: Callable[[edge.EdgeShard], T]) -> T:
        """Ask the shard, again when it was replaced by its packed copy in the same moment."""
        shard = self._live()
        try:
            with EdgeErrors():
                return question(shard)
        except EdgeFailed:
            if self._shard is shard:
                raise
        with EdgeErrors():
            return question(self._live())

    def _open(self) -> edge.EdgeShard:
        self._files.remove_others()
        if self._files.has(self._shape) and not self._files.marked("opening-again"):
            try:
                return self._load()
            except EdgeFailed as error:
                log.error("index_set_aside", reason=error.message)
        elif self._files.shard.exists():
            log.error("index_set_aside", reason="died twice" if self._files.has(self._shape) else "another shape")
        return self._create()

    def _load(self) -> edge.EdgeShard:
        """Open what is there; processes that die here leave the marks `opening` and `opening-again`."""
        self._files.mark("opening-again" if self._files.marked("opening") else "opening")
        if not self._files.complete():
            raise EdgeFailed("Dem Suchindex fehlen Dateien.")
        if self._files.power_was_cut():
            self._files.mark_durably("rebuild")
        shard = shards.load(self._files.shard, self._config)
        self._files.unmark("opening", "opening-again")
        give_back_memory()
        return shard

    def _create(self) -> edge.EdgeShard:
        """A fresh shard; what was there is set aside."""
        self._files.mark_durably("rebuild")
        folder = self._files.next_shard()
        self._files.set_aside()
        shard = shards.create(folder, self._config)
        self._files.note_shard(folder, self._shape)
        self._files.unmark("opening", "opening-again", "stale", "unflushed")
        return shard

    def _replace(self, fresh: edge.EdgeShard, folder: Path) -> None:
        """From now on `fresh`, which holds no removed points, is the shard."""
        self._changes += 1
        old, self._shard = self._live(), fresh
        self._stale, self._untidy, self._unflushed, self._unsynced = False, 0, 0, False
        with EdgeErrors():
            old.close()
        self._files.note_shard(folder, self._shape)
        self._files.unmark("stale", "unflushed")
        give_back_memory()

    def _remove(self, which: edge.Filter) -> None:
        with self._writing, EdgeErrors():
            shard = self._live()
            if self._note_change(shard, which, 0):
                shard.update(edge.UpdateOperation.delete_points_by_filter(which))
        self._tidy(TIDY_POINTS, TIDY_SHARE)

    def _note_change(self, shard: edge.EdgeShard, replaced: edge.Filter, added: int) -> int:
        """Set the marks before a change happens; how many points it replaces or removes.

        These go on counting in the posting lists until they are packed away, so scores need the exact, slower IDF until then.
        DiskFull comes first: Edge writes to mapped files, and the kernel kills who does so without room.
        """
        require_space(self._files.folder, 0, finishing=True)
        self._changes += 1
        known = int(shard.count(edge.CountRequest(filter=replaced)))
        if known and not self._stale:
            self._files.mark("stale")
            self._stale = True
        if known or added:
            if not self._unsynced:
                self._files.note_unflushed()
                self._unsynced = True
            self._unflushed += known + added
            self._untidy += known + added
            self._changed_at = time.monotonic()
        return known

    def _flush(self) -> None:
        """Edge does its part under the interpreter's lock: 0.1 s."""
        if self._unflushed:
            sync(self._files.shard)
            self._live().flush()
            self._noted_synced()
            self._unflushed = 0

    def _sync(self) -> None:
        """The log holds what a flush has not yet taken into the segments, and is read again at the next start."""
        if self._unsynced:
            sync(self._files.shard)
            self._noted_synced()

    def _noted_synced(self) -> None:
        self._files.unmark("unflushed")
        self._unsynced = False

    def _tidy(self, points: int, share: float) -> None:
        """Pack when at least so many points, or so much of the index, are new or removed."""
        with self._writing, EdgeErrors():
            if self._untidy >= max(points, share * self._live().info().points_count):
                self.pack()
            elif self._unflushed >= FLUSH_POINTS:
                self._flush()

    def _keep_tidy(self) -> None:
        """Sync some seconds after the last change, and settle unless that was done a moment ago."""
        synced = settled = 0.0
        settle_at = -inf
        while not self._closing.wait(1.0):
            changed, now = self._changed_at, time.monotonic()
            if now - changed <= SYNC_AFTER or changed == settled:
                continue
            if now >= settle_at:
                synced = settled = changed
                settle_at = now + SETTLE_EVERY
                self._try(self.settle)
            elif changed != synced:
                synced = changed
                self._try(self.sync)

    def _try(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except (DiskFull, ServerAbsent, OSError) as error:
            if not self._closing.is_set():
                log.warning("index_not_settled", reason=str(error))


def _best_first(hit: IndexHit) -> tuple[float, UUID]:
    return -hit.score, hit.chunk_id
