"""The records of a run: what its source gives, stored batch by batch with the cursor behind it, and what earlier runs stored before.

A batch and its cursor are stored in one transaction, so whoever is killed has stored both or neither and the next run goes on behind them.
"""

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, Literal
from uuid import UUID

import polars as pl
from psycopg import Connection

from nova.errors import InvalidInput, NotFound
from nova.flows.seeding import publishing
from nova.ports import Objects, sources
from nova.ports.jobs import JobContext
from nova.ports.sources import Pseudonymous, Source
from nova.seeding import lineage
from nova.seeding.lineage import Barred, Columns, Lookup
from nova.seeding.pipeline import Pipeline
from nova.seeding.step import ID
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.seeding import runs, subjects
from nova.store.seeding import versions as rows
from nova.store.seeding.runs import Batch, Run

BATCH, KEY = "_batch", "_key"
TAKEN = "taken"
NOTHING = hashlib.sha256().hexdigest()
Begin = Literal["all", "again", "on"]
"""Where a run begins to read: at the beginning as it reads all; at the beginning since a batch was emptied; behind the last cursor."""
Held = dict[str, "Stored"]
"""What holds the state of a source, by `Stored.key`, in the order in which it came."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where batches go: tables and files, and the HMAC of a person's name."""

    db: Database
    objects: Objects
    lookup: Lookup


@dataclass(frozen=True, slots=True)
class Collected:
    """All records of a run, from where each came, how many were of people whose data no run may use, and what was odd."""

    rows: pl.DataFrame
    found: pl.DataFrame
    barred: int
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside a batch: the source it is of, how its run began, its turn in it, the cursor or mark behind it, the hash of what
    the source gave, and how many of its records were left out before they were stored.
    """

    of: str
    begin: Begin
    turn: int
    cursor: dict[str, Any]
    mark: str | None
    given: str
    barred: int

    @classmethod
    def read(cls, text: str) -> "Note | None":
        """From the text in a batch's row; None for one that was written otherwise."""
        told = json.loads(text) if text.startswith("{") else {}
        return cls(**told) if set(told) == set(cls.__slots__) else None

    def text(self) -> str:
        """As it stands in a batch's row."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Stored:
    """A batch that counts for a run; `frame` is what it holds where that is in memory already."""

    batch: Batch
    note: Note
    frame: pl.DataFrame | None = None

    @property
    def key(self) -> str:
        """Under which a later batch takes its place: its origin where it is all of that, else nothing but itself."""
        return f"origin:{self.batch.source}" if self.note.mark is not None else str(self.batch.batch_id)

    @property
    def emptied(self) -> bool:
        """Whether its bytes went with a person."""
        return self.batch.rows > 0 and self.batch.object_key is None


def collected(place: Place, source: Source, pipeline: Pipeline, begun: Run, ctx: JobContext) -> Collected:
    """Read a source, all of it or what is new, as the pipeline says; an id that two batches use is told apart in the later one.

    Whoever objected or was erased, and for profiles whoever does not agree, is left out before a byte is stored, and of what was stored
    before: only their number is kept.
    InvalidInput where nothing is left.
    """
    place = replace(place, lookup=cache(source.lookup if isinstance(source, Pseudonymous) else place.lookup))
    held, cursor, begin = _before(place, pipeline, begun)
    problems: list[str] = []
    read = 0
    for turn, one in enumerate(source.batches(cursor)):
        problems += one.problems
        frame = pl.DataFrame(dict(one.columns))
        if frame.is_empty() and one.mark is None:
            continue
        note = Note(_of(pipeline), begin, turn, {} if one.mark else dict(one.cursor), one.mark, one.sha256, 0)
        licence = source.licence or pipeline.licence
        new = Stored(Batch(uuid7(), begun.run_id, one.origin, "", one.fetched_at, licence, NOTHING, 0, 0, None), note, frame)
        _take(held, _stored(place, pipeline, new))
        read += len(frame)
        ctx.progress("sammeln", read)
    return _together(place, pipeline, list(held.values()), problems)


def _before(place: Place, pipeline: Pipeline, begun: Run) -> tuple[Held, sources.Cursor, Begin]:
    """The batches of earlier runs that count, the cursor behind them, and how this run begins.

    Where a batch was emptied because a person left, the records of others in it are the source's to give again: its origin is asked
    again, or where batches are pages of one origin, all of that.
    """
    if pipeline.read == "all":
        return {}, {}, "all"
    with place.db.transaction() as conn:
        held = counted(runs.batches_before(conn, begun), _of(pipeline))
    left = {key: one for key, one in held.items() if not one.emptied}
    if any(one.note.mark is not None for one in held.values()):
        return left, {TAKEN: {one.batch.source: one.note.mark for one in left.values()}}, "on"
    if len(left) < len(held) or not held:
        return {}, {}, "again"
    return held, next(reversed(held.values())).note.cursor, "on"


def counted(batches: Iterable[Batch], of: str) -> Held:
    """Of the batches of a pipeline's runs, oldest run first, those that hold the state of the source: what a later run read from the
    beginning, or what came again of an origin, takes the place of the earlier.
    """
    noted = [Stored(batch, note) for batch in batches if (note := Note.read(batch.cursor)) is not None and note.of == of]
    order = {run: at for at, run in enumerate(dict.fromkeys(one.batch.run_id for one in noted))}
    held: Held = {}
    last: UUID | None = None
    for one in sorted(noted, key=lambda each: (order[each.batch.run_id], each.note.turn)):
        if one.batch.run_id != last and one.note.begin != "on":
            held = {}
        last = one.batch.run_id
        _take(held, one)
    return held


def _take(held: Held, one: Stored) -> None:
    held.pop(one.key, None)
    held[one.key] = one


def _of(pipeline: Pipeline) -> str:
    """What a source is told by: batches of another one do not count when a pipeline is changed."""
    return hashlib.sha256(pipeline.source.model_dump_json(exclude_none=True).encode()).hexdigest()[:16]


def _stored(place: Place, pipeline: Pipeline, new: Stored) -> Stored:
    """The batch with its cursor, and its records but for those of people whose data no run may use."""
    frame = new.frame if new.frame is not None else pl.DataFrame()
    with place.db.transaction() as conn:
        rows.lock(conn)  # so that nobody leaves between being looked for and being stored
        kept = frame
        if not frame.is_empty():
            told = _told(frame, frame[ID].cast(pl.String), new.batch.batch_id)
            kept = lineage.exclude(told, _provenance(place, pipeline, told), _barred(conn, pipeline)).kept
            kept = kept.with_columns(pl.col(KEY).alias(ID)).drop(BATCH, KEY)
        note = replace(new.note, barred=len(frame) - len(kept))
        batch = replace(new.batch, rows=len(kept), cursor=note.text())
        if kept.is_empty():
            runs.put_batch(conn, batch)
        else:
            batch = publishing.keep_batch(conn, place.objects, batch, _raw(kept))
    return Stored(batch, note, kept)


def _barred(conn: Connection[Any], pipeline: Pipeline) -> Barred:
    """Whose records a run may not use. Rows of nobody are in profiles only where they are Nova's own: what it holds of nobody is known."""
    agreed = subjects.agreed(conn, pipeline.purpose) if pipeline.agreed else None
    return Barred(subjects.excluded(conn, pipeline.purpose), agreed, pipeline.agreed and pipeline.source.room is None)


def _together(place: Place, pipeline: Pipeline, held: list[Stored], problems: list[str]) -> Collected:
    """All batches as one frame: in the order of their origins where each is one, else in that in which they came."""
    if any(one.note.mark is not None for one in held):
        held = sorted(held, key=lambda one: one.batch.source)
    with place.db.transaction() as conn:
        rows.lock(conn)
        out = _barred(conn, pipeline)
    barred = sum(one.note.barred for one in held)
    frames, found, seen = list[pl.DataFrame](), list[pl.DataFrame](), Counter[str]()
    for one in held:
        frame = one.frame if one.frame is not None else _read(place, one, problems.append)
        if frame.is_empty():
            continue
        told = _told(frame, pl.Series(ID, list(_apart(frame[ID].cast(pl.String), seen)), dtype=pl.String), one.batch.batch_id)
        origin = _provenance(place, pipeline, told)
        kept = lineage.exclude(told, origin, out).kept
        barred += len(told) - len(kept)
        frames.append(kept.drop(BATCH, KEY))
        found.append(lineage.of_rows(origin, kept))
    if not sum(map(len, frames)):
        raise InvalidInput("Die Quelle gab keine Datensätze, die verwendet werden dürfen.")
    return Collected(pl.concat(frames, how="diagonal_relaxed"), pl.concat(found), barred, problems[:100])


def _told(frame: pl.DataFrame, ids: pl.Series, batch_id: UUID) -> pl.DataFrame:
    """Records under these ids, with the key they have at their source and the batch they are of."""
    return frame.with_columns(pl.col(ID).cast(pl.String).alias(KEY), ids.alias(ID), pl.lit(str(batch_id)).alias(BATCH))


def _provenance(place: Place, pipeline: Pipeline, told: pl.DataFrame) -> pl.DataFrame:
    return lineage.provenance(told, Columns(BATCH, KEY, pipeline.subject), place.lookup)


def _apart(ids: pl.Series, seen: Counter[str]) -> Iterator[str]:
    for name in ids:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"


def _raw(frame: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


def _read(place: Place, one: Stored, tell: Callable[[str], None]) -> pl.DataFrame:
    """What a batch of an earlier run holds; nothing, which is told, where its bytes went just now."""
    if one.batch.object_key is None:
        return pl.DataFrame()
    try:
        return pl.read_parquet(io.BytesIO(place.objects.get(one.batch.object_key)))
    except NotFound:
        tell(f"Eine frühere Lieferung aus „{one.batch.source}“ wurde eben geleert; der nächste Lauf liest sie neu.")
        return pl.DataFrame()
