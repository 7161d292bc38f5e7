"""Outbox rows in, points out: the only writer of the index, and the rebuild from Postgres."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from nova.errors import ServerAbsent
from nova.knowledge.analysers import Analysers, Superseded
from nova.knowledge.prepare import ToVectorise, learn, vectorise
from nova.ports import Children, Index
from nova.ports.jobs import JobContext
from nova.records import Point
from nova.store.documents import chunks as chunk_rows
from nova.store.documents import embeddings, outbox
from nova.store.documents.outbox import Change
from nova.store.postgres.db import Database
from nova.store.postgres.holder import Hold

BATCH = 200
REMOVE_BATCH = 1000
LONGEST_STORE = timedelta(minutes=10)  # more than storing a version takes, and than the clocks of two machines differ


@dataclass(frozen=True, slots=True)
class IndexRoom:
    """What keeping the index needs. With a `right` (to the only built-in index of a database) changes are applied while it is held."""

    db: Database
    index: Index
    children: Children
    analysers: Analysers
    right: Hold | None = None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What to rebuild: all (`item_ids` None) or some items; with `relearn` the analyser learns from the passages first."""

    item_ids: tuple[UUID, ...] | None = None
    relearn: bool = False


def drain(room: IndexRoom) -> int:
    """Apply all waiting changes, oldest first; safe to call from anywhere, one caller works at a time. Gives how many.

    Raises ServerAbsent when this process's right to the index is lost.
    """
    done = 0
    while True:
        with room.db.transaction() as conn:
            outbox.lock(conn)
            if room.right is not None:
                room.right.confirm()
            batch = outbox.next_batch(conn, BATCH)
            if not batch:
                return done
            _apply(room.index, batch)
            outbox.remove(conn, batch)
        done += len(batch)


def _apply(index: Index, batch: Sequence[Change]) -> None:
    """Changes of one kind in a row go in one call; an upsert whose passage is gone is a delete."""
    for kind, group in groupby(batch, key=_kind):
        changes = list(group)
        if kind == "upsert":
            index.upsert(_last_of_each(change.point for change in changes if change.point))
        elif kind == "delete":
            index.delete([change.chunk_id for change in changes if change.chunk_id])
        else:
            index.delete_items([change.item_id for change in changes])


def _kind(change: Change) -> str:
    return "delete" if change.op == "upsert" and change.point is None else change.op


def _last_of_each(points: Iterable[Point]) -> list[Point]:
    return list({point.chunk_id: point for point in points}.values())


def rebuild(room: IndexRoom, what: Rebuild, ctx: JobContext) -> Mapping[str, Any]:
    """Make every point anew from Postgres; searches go on meanwhile. A full rebuild also removes points nobody needs."""
    if what.item_ids is None:
        _make_room(room)
    version, done = _relearned(room, what, ctx) if what.relearn else with_live(room, what.item_ids, ctx)
    removed = 0
    if what.item_ids is None:
        removed = _remove_strays(room)
        room.index.rebuilt()
        room.analysers.outdated = False
    return {"chunks": done, "removed": removed, "analyser": version}


def _make_room(room: IndexRoom) -> None:
    """An index that was lost is made again without knowing of the embedding model."""
    with room.db.transaction() as conn:
        model = embeddings.indexed(conn)
    if model is not None and room.index.dense_size != model.dimension:
        room.index.make_room(model.dimension)


def with_live(room: IndexRoom, item_ids: tuple[UUID, ...] | None, ctx: JobContext) -> tuple[str, int]:
    """Vectors by the live analyser, from the beginning when another one becomes live meanwhile; its version and how many.

    Each point takes the dense vector along that is stored for it.
    """
    while True:
        version, file = room.analysers.file()
        try:
            return version, _revectorise(room, version, file, item_ids, ctx, live=True)
        except Superseded:
            continue


def _relearned(room: IndexRoom, what: Rebuild, ctx: JobContext) -> tuple[str, int]:
    """Vectors by a newly learned analyser, which is live afterwards; what others changed while it was not is made again."""
    since = datetime.now(UTC) - LONGEST_STORE
    ctx.progress("lernen")
    version, file = _relearn(room)
    done = _revectorise(room, version, file, what.item_ids, ctx)
    room.analysers.promote(version)
    return version, done + _revectorise(room, version, file, None, ctx, since=since)


def _relearn(room: IndexRoom) -> tuple[str, Path]:
    with room.db.transaction() as conn:
        texts = chunk_rows.texts_to_learn(conn)
    return room.analysers.add(learn(room.children, texts))


def _revectorise(
    room: IndexRoom,
    version: str,
    file: Path,
    item_ids: tuple[UUID, ...] | None,
    ctx: JobContext,
    *,
    since: datetime | None = None,
    live: bool = False,
) -> int:
    """`live`: only as long as this analyser is; Superseded."""
    with room.db.transaction() as conn:
        total = chunk_rows.count(conn, item_ids)
    done, after = 0, chunk_rows.FIRST
    while True:
        ctx.progress("aufbauen", done, max(total, done))
        with room.db.transaction() as conn:
            rows = chunk_rows.to_index(conn, after, BATCH, item_ids=item_ids, since=since)
        if not rows:
            return done
        vectors = vectorise(room.children, [ToVectorise(row.title, row.path, row.text, row.norm) for row in rows], file)
        with room.db.transaction() as conn:
            upserts = [(row.item_id, row.chunk_id, vector) for row, vector in zip(rows, vectors, strict=True)]
            if live:
                room.analysers.hold(conn, version)
            outbox.add_upserts(conn, upserts, version)
        drain(room)
        done, after = done + len(rows), rows[-1].chunk_id


def _remove_strays(room: IndexRoom) -> int:
    """Remove points nobody needs; ServerAbsent when some are lacking that should be there, as on a server that forgot them meanwhile."""
    with room.db.transaction() as conn:
        outbox.lock(conn)
        held, wanted = set(room.index.ids()), chunk_rows.all_ids(conn)
        lacking = len(wanted - held - outbox.waiting(conn))
        if lacking:
            raise ServerAbsent(f"Dem Suchindex fehlen nach dem Aufbau noch {lacking} Passagen; er wird noch einmal aufgebaut.")
        strays = sorted(held - wanted)
        for at in range(0, len(strays), REMOVE_BATCH):
            room.index.delete(strays[at : at + REMOVE_BATCH])
    return len(strays)


def missing(room: IndexRoom, *, still: bool = False) -> int:
    """How far the index is from Postgres: 0 means equal in number, or that changes wait in the outbox.

    A change that is just being applied may count; with `still` nobody applies any meanwhile, which may have to wait.
    """
    with room.db.transaction() as conn:
        if still:
            outbox.lock(conn)
        apart = abs(chunk_rows.count(conn) - room.index.count())
        return 0 if outbox.pending(conn) else apart
