"""Key figures against sums second by second: gaps, mixed interval lengths, prices of other resolution, days of 92 and 100 quarter-hours."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.calendar import day_bounds
from nova.energy.cheapest import cheapest, left, of_prices, price_at
from nova.energy.figure import gaps, window
from nova.energy.figures import figures, weighted_quantile
from nova.energy.tariff import Terms, base_fee, filled, in_force
from nova.series import MISSING, Prices, Product, Readings, Signal, prices, readings

START = day_bounds(date(2025, 6, 2))[0]
SPOT = Product("EPEX", "DAY_AHEAD")


def meter(start: int, seconds: int, used: list[float], made: list[float] | None = None) -> Readings:
    ts = start + seconds * np.arange(len(used), dtype=np.int64)
    return readings("M", seconds, ts, np.array(used, float), None if made is None else np.array(made, float))


def spot(start: int, seconds: int, values: list[float]) -> Prices:
    ts = start + seconds * np.arange(len(values), dtype=np.int64)
    return prices(Product("EPEX", "DAY_AHEAD", seconds=seconds), ts, np.array(values, float))


def by_minute(pieces: list[tuple[int, int, float]], end: int) -> np.ndarray:
    found = np.full(end // 60, np.nan)
    for start, length, value in pieces:
        found[start // 60 : (start + length) // 60] = value
    return found


@settings(max_examples=60, deadline=None)
@given(
    used=st.lists(st.one_of(st.just(float("nan")), st.floats(0, 50)), min_size=1, max_size=40),
    length=st.sampled_from([300, 900, 1800, 3600]),
    cost=st.lists(st.one_of(st.just(float("nan")), st.floats(-300, 500)), min_size=1, max_size=12),
    step=st.sampled_from([900, 3600]),
    shift=st.sampled_from([0, 300, 3600]),
)
def test_energy_and_costs_are_what_every_minute_adds_up_to(
    used: list[float], length: int, cost: list[float], step: int, shift: int
) -> None:
    end = 40 * 3600
    seen = window([meter(START, length, used)], START, START + end, prices=spot(START + shift, step, cost))
    found = figures(seen, Terms(fixed_ct_kwh=30, surcharge_ct_kwh=15))
    load = by_minute([(at * length, length, value) for at, value in enumerate(used)], end)
    price = by_minute([(shift + at * step, step, value) for at, value in enumerate(cost)], end)
    known = np.isfinite(load)
    if not known.any():
        assert found["energy"].value is None and "keine Messwerte" in found["energy"].reason
        return
    assert found["energy"].value == pytest.approx(load[known].sum() / 60, abs=1e-6)
    assert found["energy"].covered == pytest.approx(known.mean())
    assert found["cost_fixed"].value == pytest.approx(load[known].sum() / 60 * 0.3, abs=1e-5)
    assert found["cost"].value == found["cost_fixed"].value
    whole = np.array([np.isfinite(price[at * length // 60 : (at + 1) * length // 60]).all() for at in range(len(used))])
    both = known & by_minute([(at * length, length, float(ok)) for at, ok in enumerate(whole)], end).astype(bool)
    if both.any():
        mean = by_minute([(at * length, length, price[at * length // 60 : (at + 1) * length // 60].mean()) for at in range(len(used))], end)
        cost_spot = (load[both] / 60 * (mean[both] / 1000 + 0.15)).sum()
        assert found["cost_spot"].value == pytest.approx(cost_spot, abs=1e-5)
        assert found["spot_saves"].value == pytest.approx(load[both].sum() / 60 * 0.3 - cost_spot, abs=1e-5)
        assert found["cost_spot"].covered == pytest.approx(both.mean())
        if load[both].sum() > 0:
            below = by_minute(
                [(at * length, length, (price[at * length // 60 : (at + 1) * length // 60] < 0).mean()) for at in range(len(used))], end
            )
            assert found["negative_share"].value == pytest.approx((load[both] * below[both]).sum() / load[both].sum(), abs=1e-6)
    else:
        assert found["cost_spot"].value is None and found["cost_spot"].reason


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 6, 1), 24), (date(2026, 10, 25), 25)])
def test_a_day_has_the_energy_of_its_hours(day: date, hours: int) -> None:
    start, end = day_bounds(day)
    found = figures(window([meter(start, 900, [2.0] * (hours * 4))], start, end))
    assert found["energy"].value == pytest.approx(2.0 * hours) and found["energy"].covered == 1.0
    assert found["base_load"].value == 2.0 and found["load_factor"].value == 1.0


def test_nothing_is_scaled_over_a_gap_and_missing_values_do_not_count() -> None:
    day = meter(START, 3600, [1.0] * 24)
    day.quality[6:12] = MISSING
    found = figures(window([day], START, START + 86_400))
    assert found["energy"].value == 18.0 and found["energy"].covered == 0.75


def test_gaps_are_where_no_consumption_is_known_and_of_a_plant_no_production() -> None:
    day = meter(START, 3600, [1.0, 2.0, float("nan"), 4.0, 5.0, 6.0], [0.0, 0.0, 1.0, 0.0, 0.0, 0.0])
    day.quality[4] = MISSING
    seen = window([day], START - 1800, START + 7 * 3600)
    holes = [(START - 1800, START), (START + 7200, START + 10_800), (START + 14_400, START + 18_000), (START + 21_600, START + 25_200)]
    assert gaps(seen) == holes and seen.missing_s == sum(end - start for start, end in holes)
    plant = meter(START, 3600, [float("nan")] * 2, [3.0, float("nan")])
    made = window([plant], START, START + 7200)
    assert gaps(made) == [(START + 3600, START + 7200)] and figures(made)["production"].value == figures(made)["feed_in"].value == 3.0
    assert gaps(window([], START, START + 60)) == [(START, START + 60)] and gaps(window([], START, START)) == []


def test_intervals_of_two_lengths_are_counted_once() -> None:
    pieces = [meter(START, 3600, [4.0, 4.0]), meter(START + 3600, 900, [1.0] * 4)]
    found = figures(window(pieces, START, START + 7200))
    assert found["energy"].value == pytest.approx(5.0) and found["energy"].covered == 1.0


def test_a_window_cuts_intervals_at_its_edges() -> None:
    assert figures(window([meter(START, 3600, [4.0, 4.0])], START + 1800, START + 5400))["energy"].value == pytest.approx(4.0)


def test_the_peak_of_a_quarter_hour_is_the_mean_of_its_minutes() -> None:
    used = [0.0] * 60
    used[20:25] = [30.0] * 5
    found = figures(window([meter(START, 60, used)], START, START + 3600))
    assert found["peak"].value == 30.0 and found["peak"].at == START + 20 * 60
    assert found["quarter_peak"].value == pytest.approx(10.0) and found["quarter_peak"].at == START + 900
    broken = figures(window([meter(START, 60, used[:25])], START, START + 3600))
    assert broken["quarter_peak"].value == 0.0  # the quarter-hour with the peak is not known in full


def test_hours_of_use_need_a_year_that_is_known() -> None:
    start, end = day_bounds(date(2025, 1, 1))[0], day_bounds(date(2025, 12, 31))[1]
    year = meter(start, 3600, [1.0] * ((end - start) // 3600))
    year.consumption[5000] = 4.0
    found = figures(window([year], start, end))["hours_of_use"]
    assert found.value == pytest.approx((8760 + 3) / 4)
    assert "ganzes Jahr" in figures(window([year], start, start + 86_400 * 30))["hours_of_use"].reason
    assert "hochgerechnet wird nicht" in figures(window([year.take(slice(0, 8000))], start, end))["hours_of_use"].reason


def test_base_load_is_of_the_nights() -> None:
    used = [0.2] * 5 + [3.0] * 18 + [0.0]
    assert figures(window([meter(START, 3600, used)], START, START + 86_400))["base_load"].value == 0.2
    noon = figures(window([meter(START + 12 * 3600, 3600, [1.0])], START, START + 86_400))["base_load"]
    assert noon.value is None and "keiner Nacht" in noon.reason
    assert weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), 0.5) == 2.0


def test_own_use_and_autarky_are_of_what_is_made_and_used_at_once() -> None:
    found = figures(window([meter(START, 3600, [1.0, 2.0, 3.0], [0.0, 4.0, 1.0])], START, START + 3 * 3600), Terms(fixed_ct_kwh=10))
    assert found["production"].value == 5.0
    assert found["self_consumption"].value == pytest.approx(3 / 5) and found["autarky"].value == pytest.approx(3 / 6)
    assert found["cost_fixed"].value == pytest.approx(0.3)  # 3 kWh of 6 come from the grid
    without = figures(window([meter(START, 3600, [1.0])], START, START + 3600))
    assert without["autarky"].value is None and "keine Erzeugung" in without["autarky"].reason


def test_a_fixed_price_needs_readings_but_no_price_of_the_exchange() -> None:
    known, terms = [meter(START, 3600, [1.0, 2.0])], Terms(fixed_ct_kwh=30)
    elsewhen = spot(START - 86_400, 3600, [50.0] * 24)
    found = figures(window(known, START, START + 7200, prices=elsewhen), terms)["cost_fixed"]
    assert found.value == pytest.approx(0.9) and found.covered == pytest.approx(1.0)
    none = figures(window([], START, START + 7200, prices=elsewhen), terms)["cost_fixed"]
    assert none.value is None and none.reason


def test_the_price_in_force_is_fixed_before_it_follows_and_the_base_fee_goes_by_time() -> None:
    spot_of = np.array([100.0, -50.0])
    assert in_force(Terms(fixed_ct_kwh=30, surcharge_ct_kwh=15), spot_of).tolist() == [0.3, 0.3]
    np.testing.assert_allclose(in_force(Terms(surcharge_ct_kwh=15, vat_percent=19), spot_of), [0.269, 0.0905])
    np.testing.assert_allclose(in_force(Terms(), spot_of), [0.1, -0.05])
    start, end = day_bounds(date(2025, 10, 26))
    assert base_fee(Terms(base_eur_year=8760), start, end) == pytest.approx(25.0)
    day = [meter(start, 3600, [1.0] * 25)]
    told = figures(window(day, start, end), Terms(fixed_ct_kwh=40, base_eur_year=8760))["cost"]
    assert told.value == pytest.approx(35.0) and told.basis == "am 26.10.2025, Arbeitspreis und Grundpreis, brutto"
    known = window(day, start, end, prices=spot(start, 3600, [100.0] * 24))
    bare = figures(known, Terms(base_eur_year=8760))["cost"]
    assert bare.value == pytest.approx(2.4) and bare.basis.endswith("Abgaben und Steuern, 60 Minuten fehlen")
    kept, given = Terms(fixed_ct_kwh=40), Terms(fixed_ct_kwh=1, surcharge_ct_kwh=2, feed_in_ct_kwh=3)
    assert filled(kept, given) == Terms(fixed_ct_kwh=40, surcharge_ct_kwh=2, feed_in_ct_kwh=3) and filled(Terms(), given) == given


@pytest.mark.parametrize(("now", "first"), [(-3600, 2), (3 * 3600 + 100, 4), (30 * 3600, 2)])
def test_the_cheapest_hours_are_the_earliest_of_what_is_left(now: int, first: int) -> None:
    hourly = [9.0, 9.0, 1.0, 1.0, 1.0, 1.0, *[9.0] * 18]
    of = of_prices(spot(START, 3600, hourly))
    begin, end = left(START, START + 86_400, START + now)
    found = cheapest(of, begin, end, 2.0)
    assert found is not None and (found.mean, found.start) == (1.0, max(START + 2 * 3600, begin)) and (found.start - START) // 3600 <= first
    assert cheapest(of, START, START + 3600, 2.0) is None and price_at(of, START + 7199) == 9.0 and price_at(of, START + 86_400) is None
    hole = of_prices(spot(START, 3600, [5.0, float("nan"), 5.0]))
    assert cheapest(hole, START, START + 3 * 3600, 2.0) is None


def test_base_and_peak_prices_are_means_over_time() -> None:
    hourly = [10.0] * 8 + [100.0] * 12 + [10.0] * 4
    found = figures(window([meter(START, 3600, [0.0] * 8 + [1.0] + [0.0] * 15)], START, START + 86_400, prices=spot(START, 3600, hourly)))
    assert found["base_price"].value == pytest.approx(55.0) and found["peak_price"].value == pytest.approx(100.0)
    assert found["paid_price"].value == pytest.approx(100.0)
    sunday = START - 86_400
    free = figures(window([meter(sunday, 3600, [1.0])], sunday, sunday + 86_400, prices=spot(sunday, 3600, [1.0] * 24)))
    assert free["peak_price"].value is None and "PEAK" in free["peak_price"].reason


def test_co2_takes_a_number_or_a_signal() -> None:
    day = meter(START, 3600, [1.0, 3.0])
    assert figures(window([day], START, START + 7200, co2=400.0))["co2"].value == pytest.approx(1.6)
    ts = START + 1800 * np.arange(4, dtype=np.int64)
    signal = Signal("co2_g_kwh", "DE", 1800, ts, np.array([100.0, 300.0, 0.0, 100.0]), np.zeros(4, np.uint8))
    assert figures(window([day], START, START + 7200, co2=signal))["co2"].value == pytest.approx(0.2 + 0.15)
    assert "kein Emissionsfaktor" in figures(window([day], START, START + 7200))["co2"].reason


def test_what_is_not_given_has_a_reason() -> None:
    found = figures(window([], START, START + 86_400))
    assert all(one.reason for one in found.values() if one.value is None)
    assert {"energy", "peak", "load_factor", "cost_fixed", "cost_spot", "base_load"} <= {
        name for name, one in found.items() if one.value is None
    }
