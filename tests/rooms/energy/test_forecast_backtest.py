"""A rolling backtest: nothing after the issue reaches a forecast, days of 23 and 25 hours, horizons, and better than the week before."""

from datetime import date

import numpy as np
import pytest

from nova.energy.calendar import day_bounds
from nova.energy.forecast.backtest import Outcome, Plan, backtest
from nova.energy.forecast.grid import Series
from nova.energy.forecast.scores import Score, score
from nova.energy.forecast.trial import forecasted
from nova.errors import InvalidInput
from nova.series import Values

pytestmark = pytest.mark.slow

HOUR = 3600
FORECAST = ("low", "middle", "high", "mean", "naive", "seasonal")


def load(first: date, days: int, seed: int = 1) -> Series:
    """A household-like curve by the hour: habits, weekends, noise; local days from `first` on."""
    rng = np.random.default_rng(seed)
    start = day_bounds(first)[0]
    ts = start + np.arange(days * 24, dtype=np.int64) * HOUR
    clock = np.arange(len(ts)) % 24
    weekend = (np.arange(len(ts)) // 24 % 7) >= 5
    values = 0.3 + np.exp(-((clock - 19.0) ** 2) / 6) * (1 + 0.5 * weekend) + rng.gamma(1.0, 0.15, len(ts))
    return Series(ts, values, HOUR)


def days(series: Series, first: int, count: int) -> tuple[np.datetime64, np.datetime64]:
    """The local days from the `first` of the series on."""
    opens = np.datetime64(int((series.ts[0] + 2 * HOUR) // 86400), "D")
    return opens + first, opens + first + count - 1


def forecasts(outcome: Outcome, until: int) -> list[Values]:
    """Everything said by forecasts issued at `until` or before."""
    return [getattr(outcome, name)[outcome.issued <= until] for name in FORECAST]


def judged(outcome: Outcome) -> Score:
    """The score, which there is."""
    found = score(forecasted(outcome))
    assert found is not None
    return found


@pytest.mark.parametrize(("horizon", "gap"), [(24, 0), (24, 1), (48, 0), (6, 0)])
def test_no_forecast_sees_what_came_after_it_was_issued(horizon: int, gap: int) -> None:
    series = load(date(2025, 1, 6), 56)
    first, last = days(series, 46, 8)
    plan = Plan(first, last, horizon, gap, retrain=4)
    outcome = backtest(series, plan)
    cut = int(np.unique(outcome.issued)[len(np.unique(outcome.issued)) // 2])
    changed = series.values.copy()
    changed[series.ts >= cut] = 50.0 - 9.0 * changed[series.ts >= cut]
    again = backtest(Series(series.ts, changed, HOUR), plan)
    for before, after in zip(forecasts(outcome, cut), forecasts(again, cut), strict=True):
        assert before.tobytes() == after.tobytes()
    assert not np.array_equal(outcome.middle, again.middle)  # what was issued later does see it


def test_the_same_backtest_gives_the_same_bits() -> None:
    series = load(date(2025, 1, 6), 46)
    plan = Plan(*days(series, 40, 3), 24)
    one, two = backtest(series, plan), backtest(series, plan)
    assert all(getattr(one, name).tobytes() == getattr(two, name).tobytes() for name in FORECAST)


def test_hindsight_sees_the_day_itself_and_only_that() -> None:
    series = load(date(2025, 1, 6), 56)
    known = Series(series.ts, series.values, HOUR, extras=(series.values + 0.01,))
    plan = Plan(*days(series, 46, 8), 24)
    assert judged(backtest(known, plan)).mae < 0.6 * judged(backtest(series, plan)).mae


def test_days_of_23_and_25_hours_have_a_forecast_for_each_hour() -> None:
    for first, shift, hours in ((date(2025, 2, 10), date(2025, 3, 30), 23), (date(2025, 9, 8), date(2025, 10, 26), 25)):
        series = load(first, 60)
        outcome = backtest(series, Plan(np.datetime64(shift, "D"), np.datetime64(shift, "D"), 24))
        start, end = day_bounds(shift)
        assert (end - start) // HOUR == hours == len(outcome.ts)
        assert outcome.ts[0] == start == outcome.issued[0]
        assert all(np.isfinite(getattr(outcome, name)).all() for name in ("low", "middle", "high", "mean", "seasonal"))


def test_better_than_the_week_before_with_a_band_that_holds() -> None:
    series = load(date(2025, 1, 6), 120)
    outcome = backtest(series, Plan(*days(series, 80, 38), 24))
    found = judged(outcome)
    assert found.rmae is not None and found.rmae < 0.8
    assert found.relative_bias is not None and abs(found.relative_bias) < 0.05
    assert 0.82 < found.inside < 0.97
    assert (outcome.low <= outcome.middle).all() and (outcome.middle <= outcome.high).all() and (outcome.low >= 0).all()


def test_gaps_in_the_history_leave_forecasts_standing() -> None:
    series = load(date(2025, 1, 6), 56)
    values = series.values.copy()
    values[200:400] = np.nan
    values[45 * 24 : 46 * 24] = np.nan  # the last known day, too
    outcome = backtest(Series(series.ts, values, HOUR), Plan(*days(series, 46, 2), 24))
    assert np.isfinite(outcome.middle).all() and np.isfinite(outcome.mean).all()


def test_a_plan_that_makes_no_sense_is_refused() -> None:
    series = load(date(2025, 1, 6), 50)
    for horizon, span in ((5, (40, 2)), (0, (40, 2)), (30, (40, 2)), (240, (40, 2)), (24, (10, 2)), (24, (49, 9))):
        with pytest.raises(InvalidInput):
            backtest(series, Plan(*days(series, *span), horizon))
