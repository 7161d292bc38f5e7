"""Runs under way, the graphics cards and the adapter that serves in, figures out by which somebody is warned before anything has to stop.

`run_budget` is the share of its hours, kWh or EUR that a run has used, `run_pace` how many times as long as measured it takes,
`gpu_usable` whether a card that is set up can be used, `gpu_memory` how full it is where no run of ours fills it, and `adapter_drift` how
far the adapter's worst figure has come on the way to where it has to give way (1).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from nova.errors import NovaError
from nova.flows.training.guarding import drift, watched
from nova.flows.training.trials import FAMILY
from nova.ports.watching import Gauge, Sample
from nova.recent import Recent
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.training import runs as rows
from nova.store.training import watched as store
from nova.store.training.runs import Point, TrainRun
from nova.store.training.watched import Seen
from nova.telemetry.machine import Gpu, gpus
from nova.training import preflight
from nova.training.config import Recipe

KEPT_S = 30.0
GAUGES = (
    ("run_budget", "nova_run_budget", "Share of its hours, kWh or EUR that a run under way has used.", "run"),
    ("run_pace", "nova_run_pace", "How many times as long as measured a step of a run under way takes.", "run"),
    ("gpu_usable", "nova_gpu_usable", "Whether a card of NOVA_TRAIN_GPU is there (1) or not (0).", "card"),
    ("gpu_memory", "nova_gpu_memory", "Share of a card's memory that is taken while no run of ours works on it.", "card"),
    ("adapter_drift", "nova_adapter_drift", "How far the serving adapter's worst figure is on the way to where it gives way (1).", "run"),
)
SPENT = ("hours", "kwh", "eur")
Cards = Callable[[], Sequence[Gpu] | None]


class TrainingWatch:
    """`wanted` are the cards that are set up (NOVA_TRAIN_GPU), `cards` asks the machine for those it has."""

    def __init__(self, db: Database, wanted: str, cards: Cards = gpus) -> None:
        self._db, self._wanted, self._cards = db, wanted, cards

    def look(self, now: datetime) -> list[Seen]:
        """What is to be seen now."""
        with self._db.transaction() as conn:
            return list(self._seen(conn, now, self._found()))

    def keep(self, now: datetime) -> None:
        """What is to be seen now, kept as that of this hour."""
        found = self._found()
        with self._db.transaction() as conn:
            store.put(conn, self._seen(conn, now, found), now)

    def _found(self) -> Sequence[Gpu] | None:
        """The machine's cards, asked before a transaction begins: that may take seconds."""
        return self._cards() if self._wanted else ()

    def _seen(self, conn: Connection[Any], now: datetime, found: Sequence[Gpu] | None) -> Iterator[Seen]:
        running = store.running(conn)
        for run in running:
            yield from of_run(run, rows.points(conn, run.run_id))
        yield from of_cards(self._wanted, found, ours=any(run.runs_on == "gpu" for run in running))
        live = releases.live(conn, FAMILY)
        drifts = [drift(*sides) for sides in watched(conn, live, now)] if live else []
        known = [one for one in drifts if one is not None]
        if live and known:
            yield Seen("adapter_drift", live.name, max(known))


def training_gauges(look: Callable[[], Sequence[Seen]]) -> list[Gauge]:
    """One look serves all of them for half a minute; nothing while the database is away."""

    def seen() -> Sequence[Seen]:
        try:
            return look()
        except NovaError:
            return ()

    recent = Recent(seen, KEPT_S)

    def reader(figure: str) -> Callable[[], Iterator[Sample]]:
        return lambda: (Sample((one.about,), one.value) for one in recent() if one.figure == figure)

    return [Gauge(name, text, (label,), reader(figure)) for figure, name, text, label in GAUGES]


def of_run(run: TrainRun, curve: Sequence[Point]) -> Iterator[Seen]:
    """What a run has used of its budget, and how long a step takes beside what was measured before it began."""
    shifts = _shifts(curve)
    recipe = Recipe.model_validate({"config": {k: v for k, v in run.config.items() if k != "profile"}, "profile": run.config["profile"]})
    spent = preflight.needs(recipe, 1, sum(shift[-1].seconds for shift in shifts), 0)
    yield Seen("run_budget", run.name, max(one.value / one.limit for one in spent if one.name in SPENT))
    pace = _pace(shifts[-1], float(run.measured.get("seconds_per_step", 0))) if shifts else None
    if pace is not None:
        yield Seen("run_pace", run.name, pace)


def _pace(shift: Sequence[Point], expected: float) -> float | None:
    """How many times as long as expected a step takes in a shift; None while that is not known."""
    steps, seconds = shift[-1].step - shift[0].step, shift[-1].seconds - shift[0].seconds
    return seconds / steps / expected if steps > 0 and expected > 0 else None


def of_cards(wanted: str, found: Sequence[Gpu] | None, *, ours: bool) -> Iterator[Seen]:
    """Of each card that is set up, by its number or any other name that CUDA takes (then there only has to be one)."""
    for name in filter(None, (one.strip() for one in wanted.split(","))):
        at = int(name) if name.isdigit() else 0
        card = found[at] if found is not None and at < len(found) else None
        yield Seen("gpu_usable", name, float(card is not None))
        if card is not None and card.memory_total and card.memory_used is not None and not ours:
            yield Seen("gpu_memory", name, card.memory_used / card.memory_total)


def _shifts(curve: Sequence[Point]) -> list[list[Point]]:
    """The curve by process: one that went on from a checkpoint counts its seconds anew."""
    found: list[list[Point]] = []
    for point in curve:
        if not found or point.seconds < found[-1][-1].seconds:
            found.append([])
        found[-1].append(point)
    return found
