"""Simulated prices: a year looks like DE-LU's, a window asked again is the same, BASE and PEAK are right on days of 23 and 25 hours."""

import csv
import gzip
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.calendar import day_bounds, day_start
from nova.energy.simulate.keyed import walk
from nova.energy.simulate.prices import PRICE_RANGES, base, peak, price_statistics, simulated_prices, simulated_signals
from nova.errors import InvalidInput
from nova.german import BERLIN
from nova.series import SIMULATED, Product, Signal, prices

HOURLY, QUARTERS = Product("EPEX", "DAY_AHEAD", seconds=3600), Product("EPEX", "DAY_AHEAD")
START, END = day_start(date(2024, 10, 1)), day_start(date(2026, 4, 1))


def year(seed: int, of: int, product: Product = HOURLY) -> dict[str, float]:
    window = day_start(date(of, 1, 1)), day_start(date(of + 1, 1, 1))
    residual = next(one for one in simulated_signals(seed, *window, product.seconds) if one.signal == "residual_load_mw")
    return price_statistics(simulated_prices(seed, product, *window), residual)


def outside(found: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, (low, high) in PRICE_RANGES.items() if not low <= found[name] <= high}


@pytest.mark.parametrize(("seed", "of"), [(101, 2024), (202, 2025), (303, 2026)])
def test_a_year_of_prices_looks_like_germanys(seed: int, of: int) -> None:
    assert not outside(year(seed, of))


def test_quarter_hours_look_like_it_too() -> None:
    assert not outside(year(404, 2026, QUARTERS))


@pytest.mark.bars
def test_twenty_years_of_seeds_nobody_looked_at_look_like_germanys() -> None:
    missed = {seed: found for seed in range(2001, 2021) if (found := outside(year(seed, 2020 + seed % 8)))}
    assert not missed


def test_the_real_years_lie_inside_the_same_ranges(shared: Callable[[str], Path]) -> None:
    with gzip.open(shared("data/prices/de_lu_hourly_2024-01_2025-09.csv.gz"), "rt") as lines:
        rows = list(csv.DictReader(lines))
    ts = np.array([int(row["timestamp_unix"]) for row in rows], np.int64)
    real = prices(HOURLY, ts, np.array([float(row["day_ahead_price_eur_mwh"]) for row in rows]))
    residual = np.array([float(row["residual_load_mw_avg"]) for row in rows])
    assert not outside(price_statistics(real, Signal("residual_load_mw", "DE-LU", 3600, ts, residual, real.quality)))


@settings(max_examples=15, deadline=None)
@given(st.integers(START, END), st.integers(0, 3 * 86_400), st.sampled_from([300, 900, 3600]), st.sampled_from(["DAY_AHEAD", "INTRADAY"]))
def test_any_window_asked_again_gives_the_same_rows(start: int, length: int, seconds: int, name: str) -> None:
    product = Product("EEX", name, seconds=seconds)
    part, whole = simulated_prices(7, product, start, start + length), simulated_prices(7, product, start - 86_400, start + length + 90_000)
    inside = (whole.ts >= start) & (whole.ts < start + length)
    assert np.array_equal(part.ts, whole.ts[inside]) and np.array_equal(part.price, whole.price[inside])
    assert np.array_equal(part.volume, whole.volume[inside])
    signals = [simulated_signals(7, *window, seconds) for window in ((start, start + length), (start - 86_400, start + length + 90_000))]
    assert all(np.array_equal(few.value, many.value[inside]) for few, many in zip(*signals, strict=False))


def test_hours_are_the_means_of_their_quarter_hours() -> None:
    hours, quarters = (simulated_prices(3, product, START, START + 30 * 86_400) for product in (HOURLY, QUARTERS))
    assert np.allclose(hours.price, quarters.price.reshape(-1, 4).mean(axis=1), atol=0.011)
    assert len(np.unique(quarters.price.reshape(-1, 4)[0])) > 1
    assert (hours.quality == SIMULATED).all() and (hours.volume > 0).all()


def test_seeds_markets_and_intraday_differ_but_tell_one_story() -> None:
    window = START, START + 60 * 86_400
    eex, apx, other, intraday = (
        simulated_prices(seed, Product(market, name, seconds=3600), *window).price
        for seed, market, name in ((5, "EEX", "DAY_AHEAD"), (5, "APX", "DAY_AHEAD"), (6, "EEX", "DAY_AHEAD"), (5, "EEX", "INTRADAY"))
    )
    assert 0.99 < np.corrcoef(eex, apx)[0, 1] < 1 - 1e-9
    assert 0.9 < np.corrcoef(eex, intraday)[0, 1] < 0.999
    assert np.corrcoef(eex, other)[0, 1] < 0.9


def test_residual_load_is_what_wind_and_sun_leave() -> None:
    load, solar, wind, residual = simulated_signals(11, START, START + 40 * 86_400)
    assert [one.signal for one in (load, solar, wind, residual)] == ["load_mw", "solar_mw", "wind_mw", "residual_load_mw"]
    assert np.allclose(residual.value, load.value - solar.value - wind.value, atol=0.11)
    assert (solar.value >= 0).all() and (wind.value > 0).all() and (load.value > 25_000).all()


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 7, 1), 24)])
@pytest.mark.parametrize("product", [HOURLY, QUARTERS])
def test_base_is_the_mean_of_all_hours_of_the_local_day(day: date, hours: int, product: Product) -> None:
    start, end = day_bounds(day)
    around = simulated_prices(1, product, start - 86_400, end + 86_400)
    inside = (around.ts >= start) & (around.ts < end)
    assert inside.sum() == hours * 3600 // product.seconds
    assert base(around, day) == pytest.approx(around.price[inside].mean())
    assert np.isnan(base(around, day + timedelta(days=3)))


@pytest.mark.parametrize("monday", [date(2025, 3, 24), date(2025, 3, 31), date(2025, 10, 20), date(2025, 10, 27)])
def test_peak_is_eight_to_twenty_on_weekdays_in_summer_and_winter_time(monday: date) -> None:
    ts = np.arange(day_start(monday), day_start(monday + timedelta(days=7)), 900, dtype=np.int64)
    clock = np.array([datetime.fromtimestamp(int(at), BERLIN).hour for at in ts])
    shown = prices(QUARTERS, ts, np.where((clock >= 8) & (clock < 20), clock, 1000.0))
    found = [peak(shown, monday + timedelta(days=day)) for day in range(7)]
    assert found[:5] == [np.arange(8, 20).mean()] * 5 and np.isnan(found[5:]).all()
    assert np.isnan(peak(prices(QUARTERS, ts[41:], shown.price[41:]), monday))


def test_what_nobody_simulates_is_refused() -> None:
    for product in (Product("EPEX", "WEEKEND"), Product("EPEX", "DAY_AHEAD", zone="FR"), Product("EPEX", "DAY_AHEAD", seconds=1000)):
        with pytest.raises(InvalidInput):
            simulated_prices(1, product, START, END)


def test_no_window_is_no_rows() -> None:
    assert len(simulated_prices(1, HOURLY, START, START)) == 0 and simulated_signals(1, START, START) == ()


def test_a_walk_remembers_as_long_as_it_says() -> None:
    steps = walk(9, 1, 0, 200_000, 10.0)
    assert abs(steps.mean()) < 0.05 and abs(steps.std() - 1) < 0.03
    assert np.corrcoef(steps[:-10], steps[10:])[0, 1] == pytest.approx(np.exp(-1), abs=0.03)
