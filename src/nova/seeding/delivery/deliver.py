"""A dataset delivered to all engines at once, each a transaction of its own: a slow or dead one delays none of the others."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Literal

import polars as pl

from nova.errors import NovaError, ServerAbsent
from nova.ports.engines import EngineChannel, Package
from nova.seeding.delivery.kinds import EngineKind
from nova.seeding.delivery.makers import typed, whole
from nova.seeding.delivery.registry import EngineSpec
from nova.seeding.delivery.shelf import Shelf
from nova.seeding.delivery.trial import Rules, Trial, refused, tried

State = Literal["live", "unchanged", "taken_back", "refused", "skipped", "unreachable"]
GRACE_S, CALLS, WORSE = 0.2, 1, 1e-9
LATE = "Die Engine antwortet nicht rechtzeitig."
Open = Callable[[EngineSpec], EngineChannel]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one engine's delivery: its own figure before and after, the bounds of the gain, and why (German)."""

    name: str
    state: State
    rows: int
    before: float | None
    after: float | None
    low: float | None
    high: float | None
    seconds: float
    reason: str


def rules_of(spec: EngineSpec) -> Rules:
    """An engine's rules, else those of its kind."""
    return Rules(spec.rows or spec.of.least, spec.complete, spec.tolerance)


def deliver(specs: Sequence[EngineSpec], frame: pl.DataFrame, version: str, shelf: Shelf, opened: Open) -> list[Delivered]:
    """Deliver a version's records to engines; each has its own time, those in process all they need."""
    done: SimpleQueue[Delivered] = SimpleQueue()

    def work(spec: EngineSpec) -> None:
        done.put(one(spec, frame, version, shelf, opened))

    began = time.monotonic()
    outside = [spec for spec in specs if spec.channel != "in_process"]
    for spec in outside:
        threading.Thread(target=work, args=(spec,), daemon=True, name=f"engine {spec.name}").start()
    found = {spec.name: one(spec, frame, version, shelf, opened) for spec in specs if spec.channel == "in_process"}
    found |= _waited(outside, done, began)
    return [found[spec.name] for spec in specs]


def _waited(outside: Sequence[EngineSpec], done: "SimpleQueue[Delivered]", began: float) -> dict[str, Delivered]:
    """What came of engines outside, each within its time; of the others that they did not answer."""
    found: dict[str, Delivered] = {}
    while len(found) < len(outside):
        late = max(CALLS * spec.seconds for spec in outside if spec.name not in found) + GRACE_S - (time.monotonic() - began)
        try:
            came = done.get(timeout=max(0.0, late))
        except Empty:
            break
        found[came.name] = came
    lost = [spec for spec in outside if spec.name not in found]
    return found | {spec.name: _told(spec, "unreachable", Trial("refused", LATE, 0), CALLS * spec.seconds) for spec in lost}


def one(spec: EngineSpec, frame: pl.DataFrame, version: str, shelf: Shelf, opened: Open) -> Delivered:
    """Deliver to one engine; never raises what an engine or its records bring about."""
    began = time.monotonic()
    rows = rows_for(spec, frame)
    if rows is None:
        return _told(spec, "skipped", Trial("refused", "Keine Datensätze mit den Spalten dieser Engine.", 0), 0.0)
    try:
        if spec.channel == "in_process":
            state, trial = _here(spec, rows, version, shelf)
        else:
            state, trial = _outside(spec, rows, version, shelf, opened)
    except ServerAbsent as error:
        state, trial = "unreachable", Trial("refused", error.message, len(rows))
    except NovaError as error:
        state, trial = "refused", Trial("refused", error.message, len(rows))
    return _told(spec, state, trial, time.monotonic() - began)


def _told(spec: EngineSpec, state: State, trial: Trial, seconds: float) -> Delivered:
    figures = [None if one is None else round(one, 6) for one in (trial.before, trial.after, trial.low, trial.high)]
    return Delivered(spec.name, state, trial.rows, figures[0], figures[1], figures[2], figures[3], round(seconds, 3), trial.reason)


def rows_for(spec: EngineSpec, frame: pl.DataFrame) -> pl.DataFrame | None:
    """A version's records that are an engine's: those that a column `engine` names it in, else all that have its columns; None for none."""
    if "engine" in frame.columns and "engine" not in spec.of.columns:
        mine = frame.filter(pl.col("engine").is_in([spec.name, spec.kind]))
        return mine if len(mine) else None
    if not set(spec.of.columns) <= set(frame.columns):
        return None
    told = frame.select(list(spec.of.columns))
    mine = frame.filter(~told.select(pl.all_horizontal(pl.all().is_null()).alias("§")).to_series())
    return mine if len(mine) else None


def _here(spec: EngineSpec, rows: pl.DataFrame, version: str, shelf: Shelf) -> tuple[State, Trial]:
    """An engine in process: tried beside what it reads, and committed by one pointer."""
    now = shelf.live(spec.name)
    if now is not None and now.version == version:
        return "unchanged", Trial("live", "Diese Fassung hat die Engine schon.", len(rows))
    trial = tried(spec.of, rows, shelf.held(spec.name), rules_of(spec))
    if trial.outcome == "live":
        shelf.commit(spec.name, version, trial.state, trial.anchor)
    return trial.outcome, trial


def _outside(spec: EngineSpec, rows: pl.DataFrame, version: str, shelf: Shelf, opened: Open) -> tuple[State, Trial]:
    """An engine elsewhere: a part first, then its own figure, then all; taken back where that falls.

    What is begun is noted first: after a kill it is taken back, or sent again where it is the same.
    """
    told = typed(spec.of, rows)
    if why := refused(spec.of, told, rules_of(spec)):
        return "refused", Trial("refused", why, len(rows))
    whole_at, begun = shelf.outside(spec.name)
    if whole_at == version and begun is None:
        return "unchanged", Trial("live", "Diese Fassung hat die Engine schon.", len(rows))
    kept = whole(spec.of, told)
    channel = opened(spec)
    try:
        if begun is not None and begun != version:
            channel.take_back(begun)
        shelf.note_outside(spec.name, whole_at, version)
        state, trial = _sent(spec, channel, kept, version)
        shelf.note_outside(spec.name, version if state == "live" else whole_at, None)
        return state, trial
    finally:
        channel.close()


def _sent(spec: EngineSpec, channel: EngineChannel, kept: pl.DataFrame, version: str) -> tuple[State, Trial]:
    before, columns = channel.metric(), dict(spec.of.columns)
    for share in (spec.canary, 1.0):
        some = kept.head(max(1, round(share * len(kept))))
        channel.put(Package(version, spec.name, columns, some.to_dicts(), share))
        after = channel.metric()
        if before is not None and after is not None and _worse(spec.of, before, after) > spec.tolerance + WORSE:
            channel.take_back(version)
            return "taken_back", Trial("taken_back", "Die Kennzahl der Engine wurde schlechter.", len(kept), before, after)
    return "live", Trial("live", "Geliefert.", len(kept), before, after)


def _worse(kind: EngineKind, before: float, after: float) -> float:
    return before - after if kind.better == "up" else after - before


def told(found: Sequence[Delivered]) -> list[Mapping[str, object]]:
    """As JSON values."""
    return [{name: getattr(one, name) for name in Delivered.__dataclass_fields__} for one in found]
