"""Runs of pipelines, the raw batches they fetched and the rows they left out: a connection and plain values in, rows out.

Functions run inside the caller's transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries

SQL = queries.load("seeding")
COPY = (
    "COPY seed_removals (run_id, row_id, step, kept_id, score, differs, reason, batch_id, source_key, lookup, content)"
    " FROM STDIN (FORMAT csv)"
)
RunState = Literal["running", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a pipeline: who wanted it and why, what it counted, and what stopped it ("": nothing)."""

    run_id: UUID
    pipeline: str
    started_by: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    state: RunState
    counts: Mapping[str, Any]
    stopped: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a source gave in one go, up to its `cursor`; `sha256` and `bytes` are of what came, `object_key` None once that is gone."""

    batch_id: UUID
    run_id: UUID
    source: str
    cursor: str
    fetched_at: datetime
    licence: str
    sha256: str
    rows: int
    bytes: int
    object_key: str | None


@dataclass(frozen=True, slots=True)
class Removal:
    """A row that a run left out; `content` is the row as it was (None: not kept), `kept_id` what stands in its place."""

    run_id: UUID
    row_id: str
    step: str
    kept_id: str | None
    score: float | None
    differs: str
    reason: str
    batch_id: UUID
    content: Mapping[str, Any] | None
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A row whose removal was taken back, as it was, and from where it came."""

    row_id: str
    kept_id: str | None
    step: str
    content: Mapping[str, Any]
    batch_id: UUID
    source_key: str


@dataclass(frozen=True, slots=True)
class Which:
    """Removals of a run: of these rows, of a cluster (in favour of `kept_id`), or all."""

    run_id: UUID
    ids: Collection[str] | None = None
    kept_id: str | None = None


def start(conn: Connection[Any], run: Run) -> None:
    """A run begins; of `run` only who, what, why and when is stored."""
    values = {"run_id": run.run_id, "pipeline": run.pipeline, "by": run.started_by, "reason": run.reason, "at": run.started_at}
    conn.execute(SQL["start_run"], values)


def end(conn: Connection[Any], run_id: UUID, state: RunState, counts: Mapping[str, Any], at: datetime, stopped: str = "") -> bool:
    """A run ends; False where it ended before."""
    values = {"run_id": run_id, "state": state, "counts": Jsonb(dict(counts)), "at": at, "stopped": stopped}
    return conn.execute(SQL["end_run"], values).rowcount > 0


def get(conn: Connection[Any], run_id: UUID) -> Run | None:
    """One run."""
    row = conn.execute(SQL["run"], {"run_id": run_id}).fetchone()
    return Run(**row) if row else None


def every(conn: Connection[Any], pipeline: str | None = None, limit: int = 100) -> list[Run]:
    """The latest runs, of one pipeline if given."""
    return [Run(**row) for row in conn.execute(SQL["runs"], {"pipeline": pipeline, "limit": limit}).fetchall()]


def put_batch(conn: Connection[Any], batch: Batch) -> None:
    """Note what a source gave."""
    conn.execute(SQL["put_batch"], asdict(batch))


def batches(conn: Connection[Any], ids: Collection[UUID]) -> list[Batch]:
    """Those of these batches that there are."""
    return [Batch(**row) for row in conn.execute(SQL["batches"], {"ids": list(ids)}).fetchall()]


def batches_of(conn: Connection[Any], run_id: UUID) -> list[Batch]:
    """What a run fetched, and what its versions were made of."""
    return [Batch(**row) for row in conn.execute(SQL["batches_of"], {"run_id": run_id}).fetchall()]


def batches_before(conn: Connection[Any], run: Run) -> list[Batch]:
    """What earlier runs of the same pipeline stored, whatever became of them, the oldest run first."""
    values = {"pipeline": run.pipeline, "run_id": run.run_id}
    return [Batch(**row) for row in conn.execute(SQL["batches_before"], values).fetchall()]


def copy_removals(conn: Connection[Any], rows: bytes) -> None:
    """Store what a run left out, as lines of CSV in the order of `COPY`."""
    with conn.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(rows)


def removals(
    conn: Connection[Any], run_id: UUID, *, step: str | None = None, kept_id: str | None = None, limit: int = 100, offset: int = 0
) -> list[Removal]:
    """A page of what a run left out, by row id; of a step or a cluster if given."""
    values = {"run_id": run_id, "step": step, "kept_id": kept_id, "limit": limit, "offset": offset}
    return [Removal(**row) for row in conn.execute(SQL["removals"], values).fetchall()]


def undo(conn: Connection[Any], which: Which, by: str, at: datetime) -> list[str]:
    """Take removals back that were not yet; their row ids. Who objected stays out."""
    ids = None if which.ids is None else list(which.ids)
    values = {"run_id": which.run_id, "ids": ids, "kept_id": which.kept_id, "by": by, "at": at}
    return sorted(row["row_id"] for row in conn.execute(SQL["undo"], values).fetchall())


def undone(conn: Connection[Any], pipeline: str) -> list[Undone]:
    """What the next run of a pipeline must keep, oldest run first."""
    return [Undone(**row) for row in conn.execute(SQL["undone"], {"pipeline": pipeline}).fetchall()]


def effort(conn: Connection[Any], pipeline: str | None) -> dict[str, int]:
    """What runs proposed and people decided, as `nova.seeding.work.effort.Counts` names it."""
    row = conn.execute(SQL["effort"], {"pipeline": pipeline}).fetchone() or {}
    return {name: max(int(count), 0) for name, count in row.items()}
