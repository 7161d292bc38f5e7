"""Charts: few enough points, the true extremes, means by time, local days."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.energy.calendar import day_bounds, day_start
from nova.energy.charts.points import MOST, aligned, parts, points, quality_counts, resolution, sums
from nova.store.series.buckets import LADDER, begin

YEAR = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())


@given(st.integers(0, 366 * 86400), st.integers(1, 20 * 366 * 86400), st.sampled_from([1, 10, 60, 900, 3600, 86400]))
def test_no_window_gives_more_points_than_a_chart_takes(offset: int, length: int, seconds: int) -> None:
    start = YEAR + offset
    rung = resolution(start, start + length, seconds)
    assert rung == seconds or rung in LADDER
    step = max(rung // 4, 1) if rung > seconds else seconds
    ts = np.arange(start, start + length, max(step, length // 20_000), dtype=np.int64)
    assert len(np.unique(begin(ts, rung))) <= MOST


def test_short_windows_show_every_interval() -> None:
    assert resolution(YEAR, YEAR + 86400, 60) == 60
    assert resolution(YEAR, YEAR + 10 * 86400, 900) == 900
    assert resolution(YEAR, YEAR + 365 * 86400, 60) == 6 * 3600


def test_a_bucket_has_the_true_extremes_and_the_mean_over_its_time() -> None:
    ts = YEAR + 60 * np.arange(240)
    values = np.arange(240.0)
    values[30:60] = np.nan
    found = points(parts(ts, values, 60), 3600)
    assert found.ts.tolist() == [YEAR, YEAR + 3600, YEAR + 7200, YEAR + 10800]
    assert (found.low[0], found.high[0], found.mean[0]) == (0.0, 29.0, pytest.approx(14.5))
    assert (found.low[3], found.high[3], found.mean[3]) == (180.0, 239.0, pytest.approx(209.5))


def test_a_bucket_has_the_sum_of_what_is_known_of_it() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0, np.nan, np.nan, np.nan, np.nan])
    given = parts(YEAR + 900 * np.arange(8), values, 900)
    assert np.array_equal(sums(given, 3600), [7.0, np.nan], equal_nan=True)
    assert len(sums(parts(np.zeros(0, np.int64), np.zeros(0), 900), 3600)) == 0


def test_points_stand_at_the_beginnings_that_are_asked_for() -> None:
    found = points(parts(YEAR + 900 * np.arange(4), np.arange(4.0), 900), 900)
    at = YEAR + np.array([-900, 0, 900, 3600])
    assert np.array_equal(aligned(found, at).mean, [np.nan, 0.0, 1.0, np.nan], equal_nan=True)
    nothing = points(parts(np.zeros(0, np.int64), np.zeros(0), 900), 900)
    assert np.isnan(aligned(nothing, at).high).all()


def test_a_bucket_of_which_nothing_is_known_says_so() -> None:
    found = points(parts(YEAR + 900 * np.arange(8), np.array([1, 1, 1, 1] + [np.nan] * 4), 900), 3600)
    assert found.mean.tolist()[0] == 1.0
    assert np.isnan([found.low[1], found.mean[1], found.high[1]]).all()


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 7, 1), 24)])
def test_local_days_are_whole_buckets_however_long_they_are(day: date, hours: int) -> None:
    start, end = day_bounds(day)
    ts = np.arange(start - 3600, end + 3600, 900)
    begins, counts = np.unique(begin(ts, 86400), return_counts=True)
    assert begins.tolist() == [day_start(date.fromordinal(day.toordinal() - 1)), start, end]
    assert counts.tolist() == [4, hours * 4, 4]
    six = np.unique(begin(ts[4:-4], 6 * 3600))
    assert six[0] == start
    assert len(six) == (5 if hours == 25 else 4)


def test_weeks_begin_on_mondays_at_local_midnight() -> None:
    ts = YEAR + 86400 * np.arange(60)
    begins = np.unique(begin(ts, 7 * 86400))
    assert begins[1] == day_start(date(2025, 1, 6))
    assert len(begins) == 9


def test_qualities_are_counted_by_name() -> None:
    assert quality_counts(np.array([0, 0, 4, 3], np.uint8)) == {"measured": 2, "missing": 1, "simulated": 1}
