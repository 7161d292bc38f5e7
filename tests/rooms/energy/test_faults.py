"""Labelled faults: each kind does what its label says, nothing else changes, and the same generator makes the same faults."""

from datetime import date
from functools import cache

import numpy as np
import pytest

from nova.energy.calendar import changes, day_start
from nova.energy.simulate.faults import KINDS, Faulty, Label, inject, matched
from nova.series import MEASURED, PRELIMINARY, Readings, readings

START = day_start(date(2025, 8, 1))


@cache
def curve(days: int = 120, seconds: int = 900) -> Readings:
    ts = np.arange(START, START + days * 86_400, seconds, dtype=np.int64)
    return readings("m", seconds, ts, np.round(0.3 + np.random.default_rng(1).gamma(1.0, 0.4, len(ts)), 3))


def faulty(kind: str, seed: int = 3, seconds: int = 900) -> tuple[Faulty, Label]:
    made = inject(curve(seconds=seconds), np.random.default_rng(seed), [kind])
    (label,) = made.labels
    return made, label


def changed(clean: Readings, made: Readings) -> np.ndarray:
    """The times of intervals that are not as they were: other values, or none."""
    kept = np.searchsorted(clean.ts, made.ts)
    values = np.full(len(clean), np.nan)
    values[kept] = made.consumption
    return np.asarray(clean.ts[values != clean.consumption])


@pytest.mark.parametrize("seconds", [60, 900, 1800])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "late"])
def test_only_labelled_intervals_change(kind: str, seconds: int) -> None:
    for seed in range(6):
        made, label = faulty(kind, seed, seconds)
        touched = changed(curve(seconds=seconds), made.readings)
        assert len(touched) and label.start <= touched.min() and touched.max() < label.end
        assert label.kind == kind and label.start % seconds == 0 and (label.end - label.start) % seconds == 0
        assert (np.diff(made.readings.ts) > 0).all() and len(made.earlier) == 0


def test_a_late_correction_keeps_the_truth_and_the_version_it_replaced() -> None:
    for seed in range(6):
        made, label = faulty("late", seed)
        assert not len(changed(curve(), made.readings))
        assert (made.earlier.quality == PRELIMINARY).all() and (made.readings.quality == MEASURED).all()
        now = made.readings.take(np.isin(made.readings.ts, made.earlier.ts))
        wrong = made.earlier.ts[made.earlier.consumption != now.consumption]
        assert label.start <= wrong.min() and wrong.max() < label.end
        assert made.earlier.ts[0] < label.start  # rows that were only confirmed


def test_values_are_wrong_in_the_way_of_their_kind() -> None:
    made, label = faulty("stuck")
    frozen = made.readings.consumption[(made.readings.ts >= label.start) & (made.readings.ts < label.end)]
    assert len(np.unique(frozen)) == 1 and frozen[0] > 0
    made, label = faulty("spike")
    assert made.readings.consumption.max() >= 2.5 * curve().consumption.max() and label.end - label.start <= 3 * 900
    forms = {}
    for seed in range(12):
        made, label = faulty("unit", seed)
        rows = (made.readings.ts >= label.start) & (made.readings.ts < label.end)
        forms[label.form] = made.readings.consumption[rows].mean() / curve().consumption[rows].mean()
    assert forms["w"] == pytest.approx(1000) and forms["kwh"] == pytest.approx(0.25)


def test_wrong_local_times_lie_where_the_clock_changes() -> None:
    (change,) = changes(START, START + 120 * 86_400)
    forms = {}
    for seed in range(24):
        made, label = faulty("dst", seed)
        assert change - 3600 <= label.start <= change
        forms[label.form] = len(curve()) - len(made.readings)
    assert forms == {"missing": 4, "doubled": 0, "moved": 4, "clock": 4}


def test_without_a_changeover_there_is_no_wrong_local_time() -> None:
    assert inject(curve(days=60), np.random.default_rng(1), ["dst"]).labels == ()


def test_faults_lie_a_day_apart_and_come_again_with_the_same_generator() -> None:
    first, again = (inject(curve(), np.random.default_rng(9), KINDS * 2) for _ in range(2))
    assert first.labels == again.labels and np.array_equal(first.readings.consumption, again.readings.consumption, equal_nan=True)
    assert len(first.labels) >= 10
    assert all(one.end + 86_400 <= other.start for one, other in zip(first.labels, first.labels[1:], strict=False))


def test_too_short_a_curve_gets_no_faults() -> None:
    assert inject(curve(days=1), np.random.default_rng(1)).labels == ()
    assert inject(curve().take(slice(0, 0)), np.random.default_rng(1)).labels == ()


def test_spans_match_by_half_of_the_shorter_one() -> None:
    labels = [Label("gap", 0, 100), Label("gap", 1000, 1100), Label("stuck", 0, 100)]
    assert matched(labels, "gap", [(0, 20), (1049, 1200), (1051, 1200)]) == (2, 2, 1)
    assert matched(labels, "stuck", [(200, 300)]) == (0, 1, 1)
    assert matched([], "gap", []) == (0, 0, 0)
