"""Schedules against brute force, an independent simulator and their own bound, over days of 92, 96 and 100 quarter-hours."""

import itertools
import time
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import schedule as bench
from nova.energy.calendar import day_bounds
from nova.energy.schedule.course import Course, course
from nova.energy.schedule.levels import window_least
from nova.energy.schedule.plant import Battery, Grid, Load, Plant, Source, Tariff
from nova.energy.schedule.replay import faults, replay
from nova.energy.schedule.solve import general, plan
from nova.errors import InvalidInput
from nova.series import Product, prices

DAYS = {92: date(2026, 3, 29), 96: date(2026, 6, 1), 100: date(2026, 10, 25)}
BATTERY = Battery(10.0, 5.0, 5.0, 0.95, 0.95, soc_start=0.5, soc_end=0.5)


def of_day(buy: Any, sell: Any = None, base: Any = 0.0, pv: Any = 0.0, day: date = DAYS[96]) -> Course:
    buy = np.asarray(buy, float)
    ts = day_bounds(day)[0] + 900 * np.arange(len(buy), dtype=np.int64)
    sell = buy - 0.001 if sell is None else np.asarray(sell, float)
    return Course(ts, 900, buy, sell, np.broadcast_to(np.asarray(base, float), len(buy)), np.broadcast_to(np.asarray(pv, float), len(buy)))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), steps=st.sampled_from([92, 96, 100]), wear=st.sampled_from([0.0, 0.03]), fixed=st.booleans())
def test_a_random_day_is_sound_near_its_bound_and_no_dearer_than_resting(seed: int, steps: int, wear: float, fixed: bool) -> None:
    rng = np.random.default_rng(seed)
    hour = np.arange(steps) / 4
    spot = (
        0.09
        + 0.04 * np.cos((hour - 19) / 12 * np.pi)
        - rng.uniform(0, 0.25) * np.exp(-(((hour - 13) / 3) ** 2))
        + rng.normal(0, 0.01, steps)
    )
    plant = Plant(battery=replace(BATTERY, cycle_eur_kwh=wear, capacity_kwh=float(rng.uniform(3, 30))))
    sell = np.full(steps, 0.08) if fixed else spot
    day = of_day(spot + rng.choice([0.0, 0.15]), sell, rng.uniform(0.2, 3.0, steps), np.maximum(rng.normal(0, 3, steps), 0), DAYS[steps])
    found = plan(plant, day)
    assert list(faults(plant, day, found.setpoints)) == []
    if not (day.buy < 0).any() and not (day.sell > day.buy).any():
        assert found.gap <= 1e-4
    assert found.idle_eur is not None and found.objective <= found.idle_eur + 1e-6
    assert found.reasons == ()


def test_a_small_battery_does_what_trying_everything_finds() -> None:
    """Levels 0..4 kWh and lossless moves of 1 kWh: with whole steps the optimum lies on the grid."""
    rng = np.random.default_rng(7)
    battery = Battery(4.0, 4.0, 4.0, 1.0, 1.0, soc_start=0.5, soc_end=0.5)
    for _ in range(5):
        buy = rng.uniform(-0.2, 0.4, 7)
        day = of_day(buy, buy - 0.01)
        best = np.inf
        for moves in itertools.product((-1, 0, 1), repeat=7):
            levels = 2 + np.cumsum(moves)
            if levels.min() >= 0 and levels.max() <= 4 and levels[-1] >= 2:
                best = min(best, sum(move * (price if move > 0 else price - 0.01) for move, price in zip(moves, buy, strict=True)))
        assert plan(Plant(battery=battery), day).objective == pytest.approx(best, abs=1e-5)


def test_losses_and_negative_prices_agree_with_a_fine_grid() -> None:
    """Dynamic programming over 401 levels comes from above and lies close."""
    rng = np.random.default_rng(3)
    battery = Battery(2.0, 4.0, 4.0, 0.8, 0.8, soc_start=0.0, soc_end=0.0)
    buy = rng.uniform(-0.3, 0.1, 12)
    levels = np.linspace(0, 2.0, 401)
    rise = levels[None, :] - levels[:, None]
    kwh = np.where(rise > 0, rise / 0.8, rise * 0.8)
    value = np.zeros(401)
    for price in buy[::-1]:
        cost = np.where(kwh > 0, kwh * price, kwh * (price - 0.001))
        value = np.where(np.abs(kwh) <= 1.0 + 1e-9, cost + value[None, :], np.inf).min(axis=1)
    found = plan(Plant(battery=battery), of_day(buy)).objective
    assert found <= value[0] + 1e-6
    assert found == pytest.approx(value[0], abs=5e-3)


@pytest.mark.parametrize("seed", range(4))
def test_a_choice_over_levels_is_as_good_as_the_mixed_integer_program(seed: int) -> None:
    rng = np.random.default_rng(seed)
    spot = rng.uniform(-0.2, 0.15, 24).repeat(2)
    plant = Plant(battery=replace(BATTERY, capacity_kwh=float(rng.uniform(4, 20)), cycle_eur_kwh=0.01 * (seed % 2)))
    day = of_day(spot, np.minimum(spot, 0.08), rng.uniform(0, 2, 48), rng.uniform(0, 2, 48))
    mixed = general(plant, day, 1.0, 0.0)
    found = plan(plant, day)
    assert mixed is not None and list(faults(plant, day, found.setpoints)) == []
    assert found.objective <= mixed.objective + 1e-4 * abs(mixed.objective)
    assert found.objective >= mixed.bound - 1e-6 and found.bound <= mixed.objective + 1e-6


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.floats(-5, 5), min_size=1, max_size=25),
    first=st.integers(-30, 30),
    width=st.integers(0, 30),
)
def test_the_least_of_a_window_is_what_looking_finds(values: list[float], first: int, width: int) -> None:
    count = len(values)
    want = [min((values[at] for at in range(i + first, i + first + width + 1) if 0 <= at < count), default=np.inf) for i in range(count)]
    assert window_least(np.array(values), first, first + width).tolist() == want


def test_at_negative_prices_it_never_burns_by_charging_and_discharging_at_once() -> None:
    day = of_day(np.full(16, -0.1), np.full(16, -0.1))
    plant = Plant(battery=replace(BATTERY, capacity_kwh=2.0, soc_end=None))
    found = plan(plant, day)
    assert list(faults(plant, day, found.setpoints)) == []
    assert (found.setpoints.battery < 0).any()  # it does burn, step by step


def test_a_peak_price_shaves_the_peak() -> None:
    base = np.full(96, 2.0)
    base[40:44] = 8.0
    plant = Plant(battery=BATTERY, tariff=Tariff(peak_eur_kw=10.0))
    found = plan(plant, of_day(np.full(96, 0.3), np.zeros(96), base))
    assert found.replayed.peak_kw == pytest.approx(3.0, abs=1e-4)  # 8 kW less what the battery gives
    already = plan(replace(plant, tariff=Tariff(peak_eur_kw=10.0, peak_so_far_kw=8.0)), of_day(np.full(96, 0.3), np.zeros(96), base))
    assert already.replayed.peak_eur == 0.0 and already.gap <= 1e-4


def test_an_end_that_cannot_be_reached_is_said_with_its_penalty() -> None:
    plant = Plant(battery=Battery(100.0, 1.0, 1.0, 1.0, 1.0, soc_start=0.0, soc_end=1.0))
    found = plan(plant, of_day(np.full(96, 0.3)))
    (reason,) = found.reasons
    assert reason.kwh == pytest.approx(76.0) and reason.penalty_eur == pytest.approx(380.0)
    assert "24,00 statt 100,00 kWh" in reason.text


def test_loads_run_once_each_where_it_is_cheap() -> None:
    buy = np.full(96, 0.3)
    buy[50:54] = 0.1
    loads = (Load("Spülmaschine", profile_kw=(2.0, 0.1, 0.1, 1.5)), Load("Wallbox", 0, 1440, energy_kwh=11.0, max_kw=11.0, min_kw=4.2))
    plant = Plant(loads=loads)
    day = of_day(buy)
    found = plan(plant, day)
    assert list(faults(plant, day, found.setpoints)) == []
    assert found.setpoints.loads["Spülmaschine"][50:54] == pytest.approx([2.0, 0.1, 0.1, 1.5])
    assert found.setpoints.loads["Wallbox"][50:54] == pytest.approx([11.0] * 4)
    assert found.idle_eur is not None and found.objective < found.idle_eur


def test_runs_keep_their_least_length_and_do_not_stop() -> None:
    rng = np.random.default_rng(5)
    buy = rng.uniform(0.1, 0.4, 96)
    loads = (
        Load("Pumpe", 6 * 60, 22 * 60, energy_kwh=6.0, max_kw=3.0, min_kw=1.0, min_run_minutes=60),
        Load("Trockner", 22 * 60, 6 * 60, energy_kwh=2.0, max_kw=2.0, min_kw=1.0, interruptible=False),
    )
    plant, day = Plant(loads=loads), of_day(buy)
    found = plan(plant, day)
    assert list(faults(plant, day, found.setpoints)) == []
    assert found.gap <= 1e-4


def test_two_days_give_every_load_its_energy_twice() -> None:
    day = of_day(np.linspace(0.1, 0.3, 192))
    plant = Plant(loads=(Load("Wallbox", energy_kwh=5.0, max_kw=11.0),))
    found = plan(plant, day)
    assert found.setpoints.loads["Wallbox"][:96].sum() / 4 == pytest.approx(5.0)
    assert found.setpoints.loads["Wallbox"][96:].sum() / 4 == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("plant", "base", "words"),
    [
        (Plant(grid=Grid(import_limit_kw=3.0)), 4.0, "Netzbezug läge in 96 Viertelstunden über der Grenze, am meisten um 1,00 kW"),
        (Plant(pv=Source(), grid=Grid(export_limit_kw=1.0)), -2.0, "Einspeisung läge in 96"),
        (Plant(loads=(Load("Wallbox", 0, 60, energy_kwh=20.0, max_kw=11.0),)), 0.0, "verlangt sind 20,0 kWh, möglich höchstens 11,0 kWh"),
        (Plant(loads=(Load("Ofen", 0, 30, profile_kw=(1.0,) * 4),)), 0.0, "dauert 60 Minuten, am Stück bleiben in seinem Fenster 30"),
        (Plant(loads=(Load("Wallbox", energy_kwh=100.0, max_kw=11.0),), grid=Grid(2.0)), 0.0, "Wallbox bekommt nicht"),
    ],
)
def test_a_contradiction_is_named(plant: Plant, base: float, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        plan(plant, of_day(np.full(96, 0.3), None, max(base, 0.0), max(-base, 0.0)))


def test_pv_is_curtailed_only_where_it_may_be_and_pays() -> None:
    buy, sell = np.full(96, 0.3), np.full(96, -0.05)
    day = of_day(buy, sell, 1.0, 5.0)
    free = plan(Plant(pv=Source((5.0,), curtailable=True)), day)
    assert free.setpoints.curtailed == pytest.approx(np.full(96, 4.0))
    bound = plan(Plant(pv=Source((5.0,))), day)
    assert bound.objective == pytest.approx(96 * 0.25 * 4 * 0.05)


def test_replay_tells_wear_peak_and_feed_in() -> None:
    plant = Plant(battery=replace(BATTERY, cycle_eur_kwh=0.1), tariff=Tariff(peak_eur_kw=1.0))
    found = plan(plant, of_day(np.r_[np.full(48, 0.0), np.full(48, 1.0)], np.r_[np.zeros(48), np.full(48, 0.9)]))
    seen = replay(plant, found.course, found.setpoints)
    assert seen.cost_eur == pytest.approx(found.replayed.cost_eur)
    assert seen.cycle_eur > 0 and seen.feed_in_eur > 0 and seen.stored[-1] >= 5.0 - 1e-6


@pytest.mark.parametrize("quarters", [92, 96, 100])
def test_the_course_of_a_day_takes_hourly_prices_and_local_profiles(quarters: int) -> None:
    day = DAYS[quarters]
    start, end = day_bounds(day)
    ts = np.arange(start, end, 3600, dtype=np.int64)
    spot = prices(Product("EPEX", "DAY_AHEAD", seconds=3600), ts, np.arange(len(ts), dtype=float) * 10)
    plant = Plant(base=Source(tuple(float(quarter) for quarter in range(96))), tariff=Tariff(surcharge_ct_kwh=10, vat_percent=19))
    found = course(plant, spot, day)
    assert len(found) == quarters
    assert found.buy[4] == pytest.approx((0.01 + 0.1) * 1.19) and found.sell[4] == pytest.approx(0.01)
    assert found.base[0] == 0.0 and found.base[-1] == 95.0
    with pytest.raises(InvalidInput, match="fehlt der Preis, zuerst ab"):
        course(plant, prices(spot.product, ts[:-1], spot.price[:-1]), day)


BAR_DAYS, BAR_CPU_S, BAR_GAP, PROOF_S = 300, 0.1, 1e-4, 10.0


@pytest.mark.bars
@pytest.mark.parametrize("seed", [1, 2])
def test_the_bar_of_a_battery_day(seed: int) -> None:
    """A tenth of a CPU second, near the dual bound (HiGHS is given time where a schedule is not near its own), and sound."""
    late = []
    for number, (plant, day) in enumerate(bench.days(BAR_DAYS, seed, None)):
        began = time.process_time()
        found = plan(plant, day)
        if number and time.process_time() - began > BAR_CPU_S:
            late.append(day.ts[0])
        assert list(faults(plant, day, found.setpoints)) == []
        bound = found.bound
        if found.gap > BAR_GAP:
            proved = general(plant, day, PROOF_S, 0.0)
            bound = max(bound, proved.bound) if proved else bound
        assert found.objective - bound <= BAR_GAP * max(abs(found.objective), 1e-9)
    assert late == []
