"""A person in datasets: what there is of them, corrected, objected to, or erased from every version, removal, lineage and raw batch.

A person is told by the HMAC (`lookup`) of what a source calls them, the one that `people.lookup` gives. Each of these is one transaction,
and new files come before it: who is killed in between has changed nothing, and a sweep removes the files. What is no longer needed is
deleted after it, and by the sweep, which an erasure waits for.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from nova.errors import Conflict, InvalidInput, JobWaits, NotFound
from nova.flows.erasure.files import BEING_MADE, WAIT_S
from nova.flows.erasure.run import ErasureRun, stamp
from nova.flows.seeding.engine_states import forget_states
from nova.flows.seeding.publishing import family
from nova.ports import Objects
from nova.ports.jobs import JobContext
from nova.seeding import files, versions
from nova.seeding.versions import Change
from nova.store import releases
from nova.store.people import rights
from nova.store.postgres.db import Database
from nova.store.quality import train_reviews
from nova.store.seeding import engines as engine_rows
from nova.store.seeding import subjects
from nova.store.seeding import versions as rows
from nova.store.seeding.versions import Version
from nova.store.training import sets

Anew = Callable[[Connection[Any]], object]
Out = Callable[[Connection[Any], Collection[str]], object]


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a person: rows by table, of how many versions and rows, raw batches emptied, the engines that had got them,
    and the runs that had tuned a model with them: what a model has learned no file gives back, so these are told.
    """

    tables: dict[str, int]
    versions: int
    rows: int
    batches: int
    engines: tuple[str, ...]
    adapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A value of a person's, as text (None: none), in the rows they have in a column, or in one of them."""

    lookup: bytes
    column: str
    value: str | None
    row_id: str | None = None


def access(conn: Connection[Any], objects: Objects, lookups: Collection[bytes]) -> Iterator[dict[str, Any]]:
    """What there is of somebody: every row in every version, and what runs left out, as JSON objects."""
    for version_id, ids in subjects.held(conn, lookups).items():
        version = _there(rows.get(conn, version_id))
        for part in version.manifest["parts"]:
            for row in versions.rows_of(versions.part_frame(objects, part), ids):
                yield {"dataset": version.dataset, "version": version.version, "row": row}
    for run_id, row_id, step, content in subjects.removed(conn, lookups):
        yield {"run": str(run_id), "removed": row_id, "step": step, "row": dict(content)}


def erase(db: Database, objects: Objects, lookups: Collection[bytes], at: datetime) -> Left:
    """Somebody leaves everything that there is of datasets. Done again, it finds nothing to do."""
    with db.long_transaction() as conn:
        left = _erase(conn, objects, lookups, at)
    files.sweep(db, objects)
    return left


def object_to(db: Database, objects: Objects, lookup: bytes, by: str, at: datetime) -> Left:
    """Somebody objects: no run may use their data any more, and they leave every version. Raw batches stay."""
    with db.long_transaction() as conn:
        rows.lock(conn)
        subjects.put_objection(conn, lookup, by, at)
        left = _set_apart(conn, objects, [lookup], at)
    files.sweep(db, objects)
    return left


def leave_objected(db: Database, objects: Objects, ctx: JobContext, anew: Anew = lambda _: None, out: Out = lambda *_: None) -> Left:
    """Who objected leaves what they are still in, who refused a purpose what is made for that; done again, it finds nothing to do.

    `anew` queues what engines follow by in the same transaction, where they had got what is another now; `out` takes runs out that had
    learned from it.
    """
    with db.long_transaction() as conn:
        rows.lock(conn)
        now = datetime.now(UTC)
        left = [_set_apart(conn, objects, lookups, now, purpose) for purpose, lookups in subjects.to_leave(conn).items()]
        if any(one.engines for one in left):
            anew(conn)
        out(conn, _together(left).adapters)
        ctx.guard(conn)
    files.sweep(db, objects)
    return _together(left)


def _together(left: Collection[Left]) -> Left:
    gone = sum(one.tables["seed_lineage"] for one in left)
    engines = tuple(sorted({name for one in left for name in one.engines}))
    adapters = tuple(sorted({name for one in left for name in one.adapters}))
    return Left({"seed_lineage": gone}, sum(one.versions for one in left), sum(one.rows for one in left), 0, engines, adapters)


def _set_apart(conn: Connection[Any], objects: Objects, lookups: Collection[bytes], at: datetime, purpose: str = "") -> Left:
    held = subjects.held(conn, lookups, purpose)
    touched, engines = _rewrite(conn, objects, held, "objection", at)
    adapters = tuple(sets.adapters_of(conn, list(held)))
    if purpose in ("", "training"):
        train_reviews.forget(conn, lookups)
    return Left({"seed_lineage": subjects.set_apart(conn, lookups, purpose)}, len(held), touched, 0, engines, adapters)


def correct(db: Database, objects: Objects, wanted: Correction, at: datetime, anew: Anew = lambda _: None) -> Left:
    """A value of somebody's is another one in every version and removal. Raw batches with the former one are emptied; `anew` as above.

    NotFound where they have no such row; InvalidInput for a value that a column cannot hold. The source is its owner's to correct.
    """
    with db.long_transaction() as conn:
        rows.lock(conn)
        held = _wanted(conn, wanted)
        touched, engines = _rewrite(conn, objects, held, "correction", at, wanted)
        removals = subjects.correct_removals(conn, [wanted.lookup], wanted.row_id, wanted.column, wanted.value)
        if not held and not removals:
            raise NotFound("Von dieser Person gibt es keinen solchen Datensatz.")
        if not removals and not any(wanted.column in _columns(conn, version_id) for version_id in held):
            raise InvalidInput(f"Eine Spalte „{wanted.column}“ hat keiner dieser Datensätze.", data={"field": "column"})
        batches = subjects.empty_batches(conn, [wanted.lookup])
        if engines:
            anew(conn)
    files.sweep(db, objects)
    return Left({"seed_removals": removals}, len(held), touched, batches, engines)


def _wanted(conn: Connection[Any], wanted: Correction) -> dict[int, list[str]]:
    """The rows that a correction is about, by version."""
    held = subjects.held(conn, [wanted.lookup])
    found = {version_id: [one for one in ids if wanted.row_id in (None, one)] for version_id, ids in held.items()}
    return {version_id: ids for version_id, ids in found.items() if ids}


def remove_seeds(db: Database, objects: Objects, run: ErasureRun, anew: Anew = lambda _: None) -> None:
    """The visit of an erasure, with `anew` as above. JobWaits while a snapshot keeps files that nobody needs any more."""
    if run.entry.lookup is None:
        return
    with db.long_transaction() as conn:
        left = _erase(conn, objects, [run.entry.lookup], datetime.now(UTC))
        _tell(run.receipt, left)
        if left.engines:
            anew(conn)
        rights.note(conn, run.entry.erasure_id, run.receipt)
        run.ctx.guard(conn)
    run.receipt["rows_at"] = stamp()  # pages are written anew after this moment
    files.sweep(db, objects)
    if files.stray(db, objects):
        raise JobWaits(BEING_MADE, data={"retry_after": WAIT_S})


def _erase(conn: Connection[Any], objects: Objects, lookups: Collection[bytes], at: datetime) -> Left:
    rows.lock(conn)
    held = subjects.held(conn, lookups)
    touched, engines = _rewrite(conn, objects, held, "erasure", at)
    batches, adapters = subjects.empty_batches(conn, lookups), tuple(sets.adapters_of(conn, list(held)))
    return Left(subjects.forget(conn, lookups), len(held), touched, batches, engines, adapters)


def _tell(receipt: dict[str, Any], left: Left) -> None:
    """Add what went to a receipt, which holds what went before a kill already."""
    told = receipt.setdefault("seeds", {"versions": 0, "rows": 0, "batches": 0, "engines": []})
    if left.adapters:
        told["adapters"] = sorted({*told.get("adapters", ()), *left.adapters})
    for name in ("versions", "rows", "batches"):
        told[name] += getattr(left, name)
    told["engines"] = sorted({*told["engines"], *left.engines})
    for table, number in left.tables.items():
        if number:
            receipt["rows"][table] = receipt["rows"].get(table, 0) + number


def _rewrite(
    conn: Connection[Any], objects: Objects, held: dict[int, list[str]], why: versions.Why, at: datetime, wanted: Correction | None = None
) -> tuple[int, tuple[str, ...]]:
    """Change these rows of these versions; how many were, and the engines that had got them. Those elsewhere shall give them back."""
    touched, former = 0, list[str]()
    for version_id, ids in held.items():
        version = _there(rows.locked(conn, version_id))
        change = Change(why, frozenset(ids), wanted.column if wanted else None, wanted.value if wanted else None)
        content = versions.rewritten(conn, objects, version, change, at)
        if content is None:
            continue
        rows.rewrite(conn, version_id, content)
        facts = {"erased": content.manifest["erased"], "rewritten": len(content.manifest["former"])}
        releases.amend(conn, family(version.dataset), [version.version], facts, content.digest)
        touched += int(content.manifest["former"][-1]["rows"])
        former.append(version.digest)
    forget_states(conn, list(held), at)
    sets.forget_named(conn, {row_id for ids in held.values() for row_id in ids})
    engines = {*subjects.engines_with(conn, list(held)), *engine_rows.ask_recalls(conn, list(held), former, at)}
    return touched, tuple(sorted(engines))


def _columns(conn: Connection[Any], version_id: int) -> set[str]:
    return {str(one["name"]) for one in _there(rows.get(conn, version_id)).manifest["schema"]}


def _there(version: Version | None) -> Version:
    if version is None:
        raise Conflict("Zu einem Datensatz fehlt seine Version.")
    return version
