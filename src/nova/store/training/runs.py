"""Runs that tune a model, their curves and what was answered: a connection and plain values in, rows out, in the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import NotFound
from nova.store import queries

SQL = queries.load("training_runs")
State = Literal["waiting", "running", "paused", "cancelled", "failed", "done"]
Side = Literal["cand", "base", "prompt", "examples", "document"]
OPEN: tuple[State, ...] = ("waiting", "running", "paused")


@dataclass(frozen=True, slots=True)
class NewRun:
    """What a run is made of; `held` is what the version held then, the digests are sha256."""

    run_id: UUID
    name: str
    method: str
    dataset: str
    version: str
    held: str
    digest: str
    config: Mapping[str, Any]
    config_sha256: str
    base: str
    base_sha256: str
    runs_on: str
    started_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TrainRun(NewRun):
    """A run as it stands; `removed_at` is when its weights were, since somebody left what they had learned from."""

    state: State
    wanted: str
    step: int
    steps: int
    measured: Mapping[str, Any]
    adapter_sha256: str | None
    reason: str
    started_at: datetime | None
    ended_at: datetime | None
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve, `seconds` after the process began."""

    step: int
    loss: float | None
    held_loss: float | None
    rate: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A run that has not ended, with the newest figures of its curve (None: none yet)."""

    name: str
    state: State
    step: int
    steps: int
    loss: float | None
    held_loss: float | None


def name_for(conn: Connection[Any], start: str) -> str:
    """`start`, or the first of `start-2`, `start-3` ... that no run has; held until the transaction ends."""
    conn.execute(SQL["lock_names"])
    taken = {row["name"] for row in conn.execute(SQL["names"], {"start": start}).fetchall()}
    return next(name for n in range(1, len(taken) + 2) if (name := start if n == 1 else f"{start}-{n}") not in taken)


def add(conn: Connection[Any], new: NewRun) -> None:
    """Store a run that waits."""
    conn.execute(SQL["add"], asdict(new) | {"config": Jsonb(dict(new.config))})


def get(conn: Connection[Any], run: str | UUID) -> TrainRun:
    """One by its id or name; NotFound."""
    row = conn.execute(SQL["get"], {"run": str(run)}).fetchone()
    if row is None:
        raise NotFound("Diesen Lauf einer Feinabstimmung gibt es nicht.")
    return TrainRun(**row)


def hold(conn: Connection[Any], run: str | UUID) -> TrainRun:
    """The same, which nobody else changes until the transaction ends."""
    conn.execute(SQL["hold"], {"run_id": get(conn, run).run_id})
    return get(conn, run)


def every(conn: Connection[Any], limit: int) -> list[TrainRun]:
    """The newest first."""
    return [TrainRun(**row) for row in conn.execute(SQL["every"], {"limit": limit}).fetchall()]


def under_way(conn: Connection[Any]) -> list[UnderWay]:
    """Those that wait, run or pause, oldest first."""
    return [UnderWay(**row) for row in conn.execute(SQL["under_way"], {"states": list(OPEN)}).fetchall()]


def begin(conn: Connection[Any], run_id: UUID) -> None:
    """It runs now."""
    conn.execute(SQL["begin"], {"run_id": run_id})


def want(conn: Connection[Any], run_id: UUID, wanted: str, state: State | Literal[""] = "") -> None:
    """Somebody wants it to run, to pause or to be cancelled; with a state it stands there at once."""
    conn.execute(SQL["want"], {"run_id": run_id, "wanted": wanted, "state": state})


def stop(conn: Connection[Any], run_id: UUID, state: State, reason: str = "", adapter: str | None = None) -> None:
    """It stands still, or has ended; the hash of its adapter where there is one."""
    conn.execute(SQL["stop"], {"run_id": run_id, "state": state, "reason": reason, "adapter": adapter})


def add_measured(conn: Connection[Any], run_id: UUID, measured: Mapping[str, Any]) -> None:
    """What was measured, beside what is known."""
    conn.execute(SQL["measured"], {"run_id": run_id, "measured": Jsonb(dict(measured))})


def watch(conn: Connection[Any], run_id: UUID) -> tuple[str, bool]:
    """What is wanted of it, and whether its data are what they were when it began."""
    row = conn.execute(SQL["watch"], {"run_id": run_id}).fetchone()
    return (row["wanted"], row["whole"]) if row else ("cancel", False)


def held(conn: Connection[Any], dataset: str, version: str) -> str:
    """What a version holds now, as a digest; NotFound."""
    row = conn.execute(SQL["held"], {"dataset": dataset, "version": version}).fetchone()
    if row is None:
        raise NotFound("Diesen Trainingsdatensatz gibt es nicht.")
    return str(row["digest"])


def put_points(conn: Connection[Any], run_id: UUID, points: Sequence[Mapping[str, Any]]) -> None:
    """Points of its curve, and with them how far it is."""
    last: dict[int, Mapping[str, Any]] = {int(point["step"]): point for point in points}
    if last:
        conn.execute(SQL["put_points"], {"run_id": run_id, "points": Jsonb([dict(point) for point in last.values()])})
        newest = last[max(last)]
        conn.execute(SQL["at_step"], {"run_id": run_id, "step": newest["step"], "steps": newest["steps"]})


def points(conn: Connection[Any], run_id: UUID) -> list[Point]:
    """Its curve."""
    return [Point(**row) for row in conn.execute(SQL["points"], {"run_id": run_id}).fetchall()]


def hold_whole(conn: Connection[Any], run_id: UUID) -> bool:
    """Whether its data are what they were when it began; until the transaction ends they stay so."""
    conn.execute(SQL["hold_version"], {"run_id": run_id})
    return watch(conn, run_id)[1]


def put_answers(conn: Connection[Any], run_id: UUID, side: Side, answers: Sequence[Mapping[str, Any]]) -> None:
    """What a side answered, in place of what it had answered before; `of` are the ids of the rows that have a part in an answer."""
    conn.execute(SQL["drop_answers"], {"run_id": run_id, "side": side})
    conn.execute(SQL["put_answers"], {"run_id": run_id, "side": side, "answers": Jsonb([dict(one) for one in answers])})


def last_evaluation(conn: Connection[Any], run_id: UUID) -> Mapping[str, Any] | None:
    """`told`, `passed`, `at` of the last one."""
    row = conn.execute(SQL["last_evaluation"], {"run_id": run_id}).fetchone()
    return dict(row) if row else None


def taught(conn: Connection[Any], lookups: Collection[bytes]) -> list[str]:
    """The runs whose data hold something of some people."""
    return [str(row["name"]) for row in conn.execute(SQL["taught"], {"lookups": list(lookups)}).fetchall()]


def remove(conn: Connection[Any], run_id: UUID, reason: str, at: datetime) -> int:
    """Its weights count as removed, and what it answered with them goes; how many answers. One that runs is left to who works on it."""
    return conn.execute(SQL["remove"], {"run_id": run_id, "reason": reason, "at": at}).rowcount


def removed(conn: Connection[Any]) -> list[tuple[str, str, bool]]:
    """The runs of which nothing is to lie on the disk, the hash of their weights ("": none), and whether somebody left their data."""
    return [(str(row["name"]), str(row["adapter_sha256"] or ""), bool(row["gone"])) for row in conn.execute(SQL["removed"]).fetchall()]


def kept(conn: Connection[Any]) -> list[TrainRun]:
    """Those that have weights, the oldest first."""
    return [TrainRun(**row) for row in conn.execute(SQL["kept"]).fetchall()]
