"""Finding faults by the readings alone: recall and precision on meters nobody looked at, few false alarms, and what marking does."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.calendar import changes, day_bounds, day_start
from nova.energy.quality.checks import check, mark
from nova.energy.quality.findings import KINDS, Context, Finding
from nova.energy.simulate.world import named
from nova.energy.simulate.world import readings as simulated
from nova.series import MEASURED, MISSING, PRELIMINARY, SUBSTITUTE, Readings, join, readings
from tests.rooms.energy.fleet import fleet, rates, tally

pytestmark = pytest.mark.slow

BAR = 0.95
AUTUMN = datetime(2025, 10, 26, 1, tzinfo=UTC)
METERS, MANY = 10, 60
START = day_start(date(2025, 9, 1))


def curve(days: int = 60, start: int = START, seconds: int = 900) -> Readings:
    ts = np.arange(start, start + days * 86_400, seconds, dtype=np.int64)
    return readings("m", seconds, ts, np.round(0.3 + np.random.default_rng(5).gamma(1.0, 0.4, len(ts)), 3))


def kinds(found: list[Finding]) -> list[str]:
    return [one.kind for one in found]


def test_faults_are_found_and_nothing_else() -> None:
    for kind, recall, precision in rates(tally(fleet(101, 900, METERS, 220), 101)):
        assert recall >= BAR and precision >= BAR, (kind, recall, precision)


@pytest.mark.bars
@pytest.mark.parametrize("seconds", [60, 900])
@pytest.mark.parametrize("seed", [101, 202, 303])
def test_recall_and_precision_hold_on_seeds_nobody_looked_at(seed: int, seconds: int) -> None:
    sums = tally(fleet(seed, seconds, MANY, 365), seed, KINDS * 2)
    print(seed, seconds, {kind: dict(counted) for kind, counted in sums.items()})
    for kind, recall, precision in rates(sums):
        assert recall >= BAR and precision >= BAR, (kind, recall, precision)


@pytest.mark.parametrize("days", [21, 180])
def test_meters_without_faults_raise_no_alarm(days: int) -> None:
    alarms = [one for given in fleet(404, 900, METERS, days) for one in check(given)]
    assert not alarms


@pytest.mark.bars
@pytest.mark.parametrize("seconds", [60, 900])
def test_less_than_one_false_alarm_in_a_meter_year(seconds: int) -> None:
    alarms = [one for given in fleet(505, seconds, MANY, 365) for one in check(given)]
    print(seconds, len(alarms), "alarms in", MANY, "meter-years", Counter(kinds(alarms)))
    assert len(alarms) < MANY


@pytest.mark.parametrize("days", [30, 90, 10_000])
def test_real_homes_raise_less_than_one_false_alarm_a_year(days: int, shared: Callable[[str], Path]) -> None:
    homes = real_homes(shared("data/homes/homes5.csv.gz"))
    parts = [home.take(slice(at, at + days * 48)) for home in homes for at in range(0, len(home), days * 48)]
    alarms = [one for part in parts for one in check(part) if one.kind != "gap"]
    assert len(alarms) < sum(map(len, homes)) / 17_520
    gaps = sum(one.kind == "gap" for home in homes for one in check(home))
    assert gaps == sum(int((np.diff(home.ts) != 1800).sum()) for home in homes) > 0


def real_homes(path: Path) -> list[Readings]:
    """Five homes; their local clock is read as one that never changes, so that no hour is there twice or missing."""
    rows: dict[str, list[tuple[int, float]]] = {}
    with gzip.open(path, "rt") as lines:
        for row in csv.DictReader(lines):
            at = datetime.fromisoformat(row["ts_local"]).replace(tzinfo=UTC)
            rows.setdefault(row["meter_id"], []).append((int(at.timestamp()) - 3600, float(row["kwh"])))
    columns = {name: sorted(dict(some).items()) for name, some in rows.items()}
    return [
        readings(name, 1800, np.array([at for at, _ in some], np.int64), np.array([kwh * 2 for _, kwh in some]))
        for name, some in columns.items()
    ]


def test_gaps_at_the_edges_of_the_window_are_found_where_it_is_known() -> None:
    whole = curve()
    first, last = int(whole.ts[0]), int(whole.ts[-1]) + 900
    found = check(whole, Context(start=first - 1800, end=last + 900))
    assert [(one.kind, one.start, one.end) for one in found] == [("gap", first - 1800, first), ("gap", last, last + 900)]
    empty = check(whole.take(slice(0, 0)), Context(start=first, end=last))
    assert [(one.kind, one.start, one.end) for one in empty] == [("gap", first, last)]
    assert check(whole.take(slice(0, 0))) == []


def test_a_missing_hour_is_wrong_local_time_only_where_the_clock_changes() -> None:
    whole, change = curve(), int(AUTUMN.timestamp())
    for start, kind in ((change, "dst"), (change - 3600, "dst"), (change + 86_400, "gap"), (change - 7200, "gap")):
        found = check(whole.take((whole.ts < start) | (whole.ts >= start + 3600)))
        assert [(one.kind, one.start, one.end) for one in found] == [(kind, start, start + 3600)]
    longer = check(whole.take((whole.ts < change) | (whole.ts >= change + 7200)))
    assert kinds(longer) == ["gap"]


def test_the_rest_of_a_day_that_lost_its_last_hour_in_spring_was_moved() -> None:
    start = day_start(date(2025, 3, 1))
    whole, (change,) = curve(start=start), changes(start, start + 60 * 86_400)
    midnight = day_bounds(date(2025, 3, 30))[1]
    (found,) = check(whole.take((whole.ts < midnight - 3600) | (whole.ts >= midnight)))
    assert (found.kind, found.start, found.end) == ("dst", change, midnight)


def test_a_clock_that_was_not_put_forward_is_seen_by_the_usual_days() -> None:
    (home,) = fleet(7, 900, 1, 1)
    start = day_start(date(2025, 2, 1))
    whole = simulated(named(7, home.meter_id), start, start + 120 * 86_400, 900)
    (change,), set_at = changes(start, start + 120 * 86_400), start + 75 * 86_400 + 36_000
    before, wrong, after = (whole.ts < change + 3600), (whole.ts >= change + 3600) & (whole.ts < set_at), (whole.ts >= set_at)
    moved = replace(whole.take(wrong), ts=whole.ts[wrong] - 3600)
    (found,) = check(join([whole.take(before & (whole.ts < change)), moved, whole.take(after)]))
    assert (found.kind, found.start, found.end) == ("dst", change, set_at)
    hour = (whole.ts >= set_at - 3600) & (whole.ts < set_at)
    assert kinds(check(whole.take(~hour))) == ["gap"]


def test_confirmed_values_are_no_correction() -> None:
    whole = curve()
    old = replace(whole.take(slice(100, 300)), quality=np.full(200, PRELIMINARY, np.uint8))
    assert check(whole, Context(earlier=old)) == []
    wrong = replace(old, consumption=np.where(np.arange(200) >= 150, 9.0, old.consumption))
    (found,) = check(whole, Context(earlier=wrong))
    assert (found.kind, found.start, found.end) == ("late", int(old.ts[150]), int(old.ts[-1]) + 900)


def test_what_looks_like_a_fault_and_is_none() -> None:
    whole = curve(90)
    hours = whole.ts // 3600 % 24
    charging = np.where((hours < 4) & (whole.ts // 86_400 % 3 == 0), 11.0, whole.consumption)  # a car at the limit of its box
    away = np.where((whole.ts > whole.ts[0] + 40 * 86_400) & (whole.ts < whole.ts[0] + 54 * 86_400), 0.3, whole.consumption)
    away = away + np.random.default_rng(2).integers(0, 3, len(away)) / 1000
    nobody = np.where(whole.ts > whole.ts[0] + 60 * 86_400, 0.0, whole.consumption)
    for values in (charging, away, nobody):
        assert check(replace(whole, consumption=values)) == []


def test_marking_mends_by_its_rules_and_keeps_the_rest() -> None:
    whole = curve()
    values = whole.consumption.copy()
    values[1000] = 60.0
    values[2000:3000] *= 1000
    values[3300:3500] = values[3300]
    broken = replace(whole, consumption=values).take(np.r_[0:4000, 4008:5760])
    found = check(broken)
    assert kinds(found) == ["spike", "unit", "stuck", "gap"]
    marked = mark(broken, found, fill=True)
    assert len(marked) == 5760 and np.array_equal(marked.ts, whole.ts)
    told = [marked.rules[code] for code in marked.rule]
    assert told[1000] == "spike" and marked.quality[1000] == SUBSTITUTE
    assert marked.consumption[1000] == pytest.approx((values[999] + values[1001]) / 2)
    assert set(told[2000:3000]) == {"unit"} and np.allclose(marked.consumption[2000:3000], whole.consumption[2000:3000])
    assert set(told[3300:3500]) == {"stuck"} and (marked.quality[3300:3500] == PRELIMINARY).all()
    assert (marked.consumption[3300:3500] == values[3300]).all()
    assert (
        set(told[4000:4008]) == {"gap"} and (marked.quality[4000:4008] == MISSING).all() and np.isnan(marked.consumption[4000:4008]).all()
    )
    untouched = np.array([not rule for rule in told])
    assert (marked.quality[untouched] == MEASURED).all() and np.array_equal(marked.consumption[untouched], whole.consumption[untouched])
    assert len(mark(broken, found)) == len(broken)
    assert np.array_equal(broken.consumption[2000:3000], whole.consumption[2000:3000] * 1000)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 1e9) | st.just(float("nan")) | st.sampled_from([0.0, 1.0]), max_size=400),
    st.lists(st.integers(1, 200), min_size=400, max_size=400),
    st.sampled_from([60, 900, 3600]),
)
def test_any_readings_can_be_checked_and_marked(values: list[float], steps: list[int], seconds: int) -> None:
    ts = (START // seconds + np.cumsum(steps[: len(values)])).astype(np.int64) * seconds
    whole = readings("m", seconds, ts, np.array(values, float))
    found = check(whole, Context(start=START, end=START + 86_400))
    assert all(one.start < one.end for one in found)
    marked = mark(whole, found, fill=False)
    assert np.array_equal(marked.ts, whole.ts)
