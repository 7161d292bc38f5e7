"""Bounds against known values, histograms against their values, and control charts against textbook examples."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.stats.bounds import beta, count_bounds, mean_bounds, student, wilson
from nova.stats.control import LEAST, Baseline, baseline, cusum, ewma
from nova.stats.histograms import bucket, histogram, merged, percentile, percentile_bounds
from nova.stats.resample import by_chance, shuffled

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4: mean 50, sd 2.0539, lam .3, and the EWMA of each value.
NIST = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
NIST_EWMA = [
    50.6,
    49.52,
    50.56,
    50.18,
    50.16,
    49.21,
    49.75,
    49.85,
    50.26,
    50.33,
    50.11,
    49.36,
    49.52,
    50.05,
    49.38,
    49.92,
    50.73,
    51.23,
    51.94,
    51.99,
]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(1, 3, 0.0615, 0.7923), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_wilson_bounds(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_within_its_bounds(hits: int, n: int) -> None:
    hits = min(hits, n)
    low, high = wilson(hits, n)
    assert low is not None and high is not None and 0 <= low <= hits / n <= high <= 1


@pytest.mark.parametrize(("freedom", "point"), [(1, 12.706), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (1000, 1.962)])
def test_students_t(freedom: int, point: float) -> None:
    assert student(freedom) == pytest.approx(point, abs=0.005)


def test_bounds_of_a_mean_and_of_a_count() -> None:
    values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]
    low, high = mean_bounds(len(values), sum(values), sum(value * value for value in values))
    assert (low, high) == (pytest.approx(3.212, abs=0.01), pytest.approx(6.788, abs=0.01))
    assert mean_bounds(1, 3.0, 9.0) == (None, None) == wilson(0, 0)
    assert count_bounds(0) == (0.0, pytest.approx(3.689, abs=0.05))
    assert count_bounds(10) == (pytest.approx(4.795, abs=0.05), pytest.approx(18.39, abs=0.05))


@given(st.lists(st.floats(0.1, 900_000.0), min_size=1, max_size=200), st.sampled_from([0.5, 0.9, 0.95]))
def test_a_percentile_of_a_histogram_lies_in_the_bucket_of_the_true_one(values: list[float], share: float) -> None:
    counts = merged([histogram(values[::2]), None, histogram(values[1::2])])
    assert sum(counts.values()) == len(values)
    true = sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
    found = percentile(counts, share)
    low, high = percentile_bounds(counts, share)
    assert found is not None and low is not None and high is not None and low <= found <= high
    assert abs(bucket(found) - bucket(true)) <= 1


def test_nothing_has_no_percentile() -> None:
    assert percentile({}, 0.5) is None and percentile_bounds({}, 0.5) == (None, None)


def test_the_handbooks_example_of_an_ewma() -> None:
    usual = Baseline(50.0, 2.0539)
    for at, expected in enumerate(NIST_EWMA, 1):
        assert ewma(NIST[:at], 0.3, usual=usual, width=3.0).state == pytest.approx(expected, abs=0.02)
    assert ewma(NIST, 0.3, usual=usual, width=3.0).out == ""
    last = ewma(NIST, 0.3, usual=usual, width=3.0)
    assert (last.low, last.high) == (pytest.approx(47.4115, abs=0.01), pytest.approx(52.5884, abs=0.01))


def test_a_shift_shows_and_says_since_when() -> None:
    dice = random.Random(1)
    calm = [dice.gauss(10, 1) for _ in range(60)]
    usual = Baseline(10, 1)
    assert ewma(calm, usual=usual).out == "" == cusum(calm, usual=usual).out
    for chart in (ewma, cusum):
        up = chart([*calm, *(value + 2 for value in calm[:15])], usual=usual)  # type: ignore[operator]
        down = chart([*calm, *(value - 2 for value in calm[:15])], usual=usual)  # type: ignore[operator]
        assert (up.out, down.out) == ("up", "down")
        assert up.first is not None and 60 <= up.first <= 70 and up.state > 0


def test_with_too_few_values_nothing_is_out_of_control() -> None:
    for count in range(LEAST + 1):
        values = [1.0] * count
        assert not ewma(values).enough and ewma(values).out == "" and not cusum(values).enough
    assert ewma([1.0] * LEAST + [50.0] * 3).enough


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=40))
def test_what_never_changes_is_in_control_and_mirrored_values_mirror_the_chart(values: list[float]) -> None:
    flat = [values[0]] * 30
    assert ewma(flat).out == "" == cusum(flat).out
    usual = Baseline(0.0, 5.0)
    for chart in (ewma, cusum):
        plain, turned = chart(values, usual=usual), chart([-value for value in values], usual=usual)  # type: ignore[operator]
        assert plain.state == pytest.approx(-turned.state, abs=1e-6) or plain.out == turned.out == ""
        assert {plain.out, turned.out} in ({""}, {"up", "down"})


def test_a_few_bad_values_do_not_move_what_is_usual() -> None:
    assert baseline([10.0, 11.0, 9.0, 10.0, 10.5, 9.5, 100.0]).mean == 10.0
    assert baseline([10.0, 11.0, 9.0, 10.0, 10.5, 9.5, 100.0]).sd < 1.5
    with pytest.raises(ValueError, match="values"):
        baseline([])


def test_one_thumb_decides_nothing() -> None:
    assert beta(0, 0).mean == 0.5
    one, many = beta(1, 0), beta(100, 0)
    assert one.low < 0.5 < one.mean < many.mean and many.low > 0.9


@given(st.integers(0, 500), st.integers(0, 500))
def test_bounds_of_a_share_hold_it(good: int, bad: int) -> None:
    low, high = wilson(good, good + bad)
    if not good + bad:
        assert (low, high) == (None, None)
        return
    assert low is not None
    assert high is not None
    assert 0 <= low <= good / (good + bad) + 1e-9
    assert good / (good + bad) - 1e-9 <= high <= 1


def test_chance_falls_with_the_gain() -> None:
    assert by_chance([0.1] * 50, 2000) == 0.0
    assert by_chance([-0.1] * 50, 2000) == 1.0
    assert by_chance([0.0] * 50, 2000) == 1.0
    assert by_chance([0.1, -0.1] * 50, 2000) == pytest.approx(0.5, abs=0.1)


def test_a_shuffle_seldom_differs_as_much_as_two_unlike_groups() -> None:
    assert shuffled(80, 100, 50, 100, 1000) < 0.01
    assert shuffled(50, 100, 50, 100, 1000) == 1.0
