"""Figures by which somebody is warned: a run's budget and pace, cards that are set up, and the drift of the adapter that serves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.flows.training.guarding import OFTEN, Guard, drift
from nova.flows.training.watching import TrainingWatch, of_cards, of_run, training_gauges
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import measure, window
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules import thresholds
from nova.kpi.rules.values import all_measured
from nova.store.quality import kpi
from nova.store.training import runs as rows
from nova.store.training.runs import Point, TrainRun
from nova.store.training.watched import Seen
from nova.telemetry.machine import Gpu
from tests.rooms.seeding.seeds import Bench
from tests.rooms.training.test_promoting import Board
from tests.rooms.training.test_runs import House

GIB = 2**30
FULL, HALF = Gpu("H100", 0.0, 79 * GIB, 80 * GIB), Gpu("H100", 0.0, 40 * GIB, 80 * GIB)


@pytest.fixture
def house(bench: Bench, tmp_path: Path) -> House:
    bench.db.execute("TRUNCATE training_watch, kpi_hours, kpi_measured")
    return House(bench, tmp_path)


def at_work(house: House, points: Sequence[tuple[int, float]]) -> TrainRun:
    """A run that is at work, measured at three seconds a step, whose curve has these points (step, seconds)."""
    run = house.start()
    with house.bench.db.transaction() as conn:
        rows.begin(conn, run.run_id)
        rows.add_measured(conn, run.run_id, {"seconds_per_step": 3.0, "hours": 0.01})
        rows.put_points(conn, run.run_id, [point(step, seconds) for step, seconds in points])
        return rows.get(conn, run.run_id)


def at_work_again(house: House, run: TrainRun, points: Sequence[tuple[int, float]]) -> None:
    with house.bench.db.transaction() as conn:
        rows.put_points(conn, run.run_id, [point(step, seconds) for step, seconds in points])


def point(step: int, seconds: float) -> dict[str, float]:
    return {"step": step, "steps": 12, "loss": 1.0, "held_loss": 1.0, "rate": 0.1, "seconds": seconds}


def seen(house: House, wanted: str = "", cards: Sequence[Gpu] | None = ()) -> dict[str, float]:
    found = TrainingWatch(house.bench.db, wanted, lambda: cards).look(datetime.now(UTC))
    return {one.figure: one.value for one in found}


def test_a_run_at_work_tells_what_of_its_budget_is_used_and_how_much_slower_it_is_than_measured(house: House) -> None:
    assert seen(house) == {}
    run = at_work(house, [])
    assert seen(house) == {"run_budget": 0.0}  # no step yet
    hours = run.config["budget"]["hours"]
    at_work_again(house, run, [(4, 0.4 * hours * 3600), (8, 0.9 * hours * 3600)])
    found = seen(house)
    assert found["run_budget"] == pytest.approx(0.9) and found["run_pace"] == pytest.approx(0.5 * hours * 3600 / 4 / 3.0)
    with house.bench.db.transaction() as conn:
        rows.stop(conn, run.run_id, "paused")
    assert seen(house) == {}


def test_the_dearest_part_of_a_budget_counts_and_a_run_that_went_on_counts_all_its_shifts(house: House) -> None:
    run = at_work(house, [])
    config = {**run.config, "budget": {**run.config["budget"], "hours": 10.0, "kwh": 1000.0, "eur": 0.1}}
    dear = replace(run, config=config)
    curve = [Point(2, 1.0, 1.0, 0.1, 3600.0), Point(4, 1.0, 1.0, 0.1, 7200.0), Point(6, 1.0, 1.0, 0.1, 12.0), Point(8, 1.0, 1.0, 0.1, 24.0)]
    found = {one.figure: one.value for one in of_run(dear, curve)}
    kwh = (7200 + 24) / 3600 * run.config["profile"]["watts"] / 1000
    assert found["run_budget"] == pytest.approx(kwh * run.config["profile"]["eur_per_kwh"] / 0.1, rel=0.01)
    assert found["run_pace"] == pytest.approx(12 / 2 / 3.0)  # of the shift that works now


@pytest.mark.parametrize(
    ("wanted", "found", "ours", "told"),
    [
        ("", None, False, []),
        ("0", None, False, [("gpu_usable", "0", 0.0)]),  # no nvidia-smi, or it does not answer
        ("0", (HALF,), False, [("gpu_usable", "0", 1.0), ("gpu_memory", "0", 0.5)]),
        ("0,1", (FULL,), False, [("gpu_usable", "0", 1.0), ("gpu_memory", "0", 79 / 80), ("gpu_usable", "1", 0.0)]),
        ("0", (FULL,), True, [("gpu_usable", "0", 1.0)]),  # it is our own run that fills it
        ("GPU-8f2c", (HALF,), False, [("gpu_usable", "GPU-8f2c", 1.0), ("gpu_memory", "GPU-8f2c", 0.5)]),
        ("0", (Gpu("H100", None, None, None),), False, [("gpu_usable", "0", 1.0)]),
    ],
)
def test_cards_that_are_set_up_are_there_and_have_room(
    wanted: str, found: Sequence[Gpu] | None, ours: bool, told: list[tuple[str, str, float]]
) -> None:
    assert [(one.figure, one.about, one.value) for one in of_cards(wanted, found, ours=ours)] == told


def test_the_machine_is_not_asked_for_cards_where_none_is_set_up(house: House) -> None:
    def never() -> None:
        raise AssertionError

    assert TrainingWatch(house.bench.db, "", never).look(datetime.now(UTC)) == []


def share(value: float, by: float) -> Estimate:
    return Estimate(value, 100, value - by, value + by)


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("groundedness", share(0.8, 0.1), share(0.8, 0.1), 0.0),
        ("groundedness", share(0.8, 0.1), share(0.9, 0.1), 0.0),
        ("groundedness", share(0.8, 0.1), share(0.7, 0.1), 0.5),
        ("groundedness", share(0.8, 0.1), share(0.6, 0.1), 1.0),
        ("groundedness", share(0.8, 0.1), share(0.4, 0.1), 2.0),
        ("negative_share", share(0.1, 0.05), share(0.15, 0.05), 0.5),
        ("negative_share", share(0.1, 0.05), share(0.05, 0.05), 0.0),
        ("groundedness", Estimate(None, 0), share(0.4, 0.1), None),
        ("groundedness", share(0.8, 0.1), Estimate(0.4, 3), None),
        ("groundedness", share(0.8, 0.0), share(0.8, 0.0), None),
    ],
)
def test_drift_is_one_where_the_bounds_lie_surely_apart(name: str, before: Estimate, after: Estimate, expected: float | None) -> None:
    found = drift(name, before, after)
    assert found == (expected if expected is None else pytest.approx(expected / OFTEN))


@pytest.mark.parametrize(("good", "warned", "goes"), [(80, False, False), (76, False, False), (69, True, False), (60, True, True)])
def test_an_adapter_that_drifts_is_told_of_before_it_has_to_give_way(
    bench: Bench, tmp_path: Path, good: int, warned: bool, goes: bool
) -> None:
    """Of 100 sentences 80 were proven in each hour before; warned is the rule that ships, gone what the guard takes out."""
    board = Board(bench, tmp_path)  # type: ignore[arg-type]
    board.db.execute("TRUNCATE kpi_hours, kpi_measured, training_watch")
    board.yes(board.emil), board.yes(board.olga)
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    board.db.execute("UPDATE releases SET live_at = %s WHERE state = 'live'", [hour - timedelta(hours=3)])
    for back in range(1, 7):
        at, right = hour - timedelta(hours=back), good if back <= 3 else 80
        with board.db.transaction() as conn:
            row = kpi.HourRow("groundedness", "", at, 100, float(right), float(right), people=range(5))
            kpi.put_hours(conn, at, at + timedelta(hours=1), [row])
    watch = TrainingWatch(board.db, "")
    watch.keep(hour)
    (found,) = watch.look(hour)
    rule = thresholds.builtin().rule("adapter_abdrift")
    assert rule is not None and found.about == board.run.name and rule.beyond(found.value, rule.warn) is warned
    gone = Guard(board.db, board.house.audit, lambda *_: None, board.house.folder).watch(hour)
    assert bool(gone) is goes and (found.value > 1) is goes


def test_what_was_seen_becomes_figures_by_the_hour_and_rules_are_held_against_them(house: House) -> None:
    now = datetime.now(UTC)
    run = at_work(house, [])
    at_work_again(house, run, [(4, 10.0), (8, 0.9 * run.config["budget"]["hours"] * 3600)])
    at_work(house, [(4, 10.0), (8, 20.0)])  # another that is well within its budget hides nothing
    watch = TrainingWatch(house.bench.db, "0,1,2", lambda: (FULL, HALF))
    watch.keep(now), watch.keep(now)  # twice in an hour is once
    measure(house.bench.db, now - timedelta(hours=1), now + timedelta(hours=1))
    with house.bench.db.transaction() as conn:
        start = now.replace(minute=0, second=0, microsecond=0)
        found = {
            name: window(conn, KPIS[name], start, start + timedelta(hours=1)).shown for name in ("run_budget", "gpu_usable", "gpu_memory")
        }
        told = {row["kpi"] for row in conn.execute("SELECT kpi FROM kpi_hours_told").fetchall()}
        held = all_measured(conn, thresholds.builtin().rules, now)
    assert found["run_budget"].value == pytest.approx(0.9) and (found["gpu_usable"].value, found["gpu_usable"].n) == (
        pytest.approx(2 / 3),
        3,
    )
    assert found["gpu_memory"].value == pytest.approx(79 / 80) and {"run_budget", "run_pace", "gpu_usable", "gpu_memory"} <= told
    fired = {
        rule.name for rule in thresholds.builtin().rules if (value := held[rule.name].value) is not None and rule.beyond(value, rule.warn)
    }
    assert {"lauf_budget", "gpu_fehlt", "gpu_voll"} <= fired
    watch.keep(now + timedelta(days=401))
    kept = house.bench.db.fetch_all("SELECT DISTINCT hour FROM training_watch")
    assert len(kept) == 1


def test_gauges_tell_the_same_and_look_twice_a_minute_at_most() -> None:
    looks = []

    def look() -> list[Seen]:
        looks.append(1)
        return [Seen("run_budget", "lauf", 0.5), Seen("gpu_usable", "0", 1.0)]

    gauges = {one.name: one for one in training_gauges(look)}
    assert [(sample.labels, sample.value) for sample in gauges["nova_run_budget"].read()] == [(("lauf",), 0.5)]
    assert [(sample.labels, sample.value) for sample in gauges["nova_gpu_usable"].read()] == [(("0",), 1.0)]
    assert list(gauges["nova_adapter_drift"].read()) == [] and looks == [1]
