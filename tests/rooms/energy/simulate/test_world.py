"""The simulated world: the same rows in whatever pieces, days of every length, homes as real ones are, all at their times."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.energy.calendar import day_start, local_hours, weekdays
from nova.energy.simulate import homes, validate, weather, world
from nova.energy.simulate.days import SUNDAY, around, days, profile
from nova.energy.tariff import terms_of
from nova.errors import InvalidInput, NotFound
from nova.series import QUALITIES, Readings, join

pytestmark = pytest.mark.slow

SEED = 4711
SPRING, AUTUMN, PLAIN = date(2025, 3, 30), date(2025, 10, 26), date(2025, 6, 18)
FLEET = world.world(SEED, 10)


def day(one: world.Meter, when: date, seconds: int = 60, count: int = 1) -> Readings:
    return world.readings(one, day_start(when), day_start(when + timedelta(days=count)), seconds)


def same(left: Readings, right: Readings) -> bool:
    columns = ("ts", "consumption", "production", "voltage", "quality", "rule")
    return left.meter_id == right.meter_id and all(np.array_equal(getattr(left, name), getattr(right, name)) for name in columns)


@pytest.mark.parametrize("one", FLEET, ids=[one.meter_id for one in FLEET])
def test_a_day_is_the_same_asked_twice_alone_or_among_others(one: world.Meter) -> None:
    first = SPRING - timedelta(days=1)
    parts = [day(one, first + timedelta(days=n)) for n in range(3)]
    assert same(day(one, first, count=3), join(parts))
    assert same(day(one, first), parts[0])


@settings(max_examples=15, deadline=None)
@given(
    start=st.integers(day_start(date(2023, 12, 30)), day_start(date(2025, 1, 3))), length=st.integers(0, 200_000), which=st.integers(0, 9)
)
def test_any_window_is_a_piece_of_the_whole(start: int, length: int, which: int) -> None:
    one = FLEET[which]
    piece = world.readings(one, start, start + length, 900)
    whole = world.readings(one, start - 90_000, start + length + 90_000, 900)
    assert same(piece, whole.take((whole.ts >= start) & (whole.ts < start + length)))
    assert len(piece) == -(-(start + length) // 900) - -(-start // 900)


@pytest.mark.parametrize(("when", "quarters"), [(SPRING, 92), (PLAIN, 96), (AUTUMN, 100)])
def test_local_days_have_their_quarter_hours(when: date, quarters: int) -> None:
    found = day(FLEET[0], when, 900)
    assert len(found) == quarters
    assert len(np.unique(np.diff(found.ts))) == 1


def test_longer_intervals_are_means_of_the_minutes() -> None:
    for one in FLEET:
        minutes, halves = day(one, PLAIN), day(one, PLAIN, 1800)
        assert halves.consumption == pytest.approx(minutes.consumption.reshape(-1, 30).mean(axis=1))
        assert halves.production == pytest.approx(minutes.production.reshape(-1, 30).mean(axis=1))
        assert halves.seconds == 1800


def test_what_is_no_interval_is_refused() -> None:
    for seconds in (0, 30, 90, 420, 7200):
        with pytest.raises(InvalidInput, match="ganze Minuten"):
            world.readings(FLEET[0], 0, 86_400, seconds)


def test_rows_are_marked_and_plausible() -> None:
    for one in FLEET:
        found = day(one, PLAIN)
        assert {QUALITIES[code] for code in found.quality} == {"simulated"}
        assert (found.consumption > 0).all()
        assert (found.production >= 0).all()
        assert (found.voltage >= 207).all() and (found.voltage <= 253).all()


def test_voltage_falls_with_the_load() -> None:
    found = world.readings(world.named(SEED, "sim-home-003"), day_start(date(2025, 1, 1)), day_start(date(2025, 2, 1)))
    assert np.corrcoef(found.consumption, found.voltage)[0, 1] < -0.15


def test_a_greater_world_begins_with_the_smaller() -> None:
    assert world.world(SEED, 25)[:10] == FLEET
    assert len({one.meter_id for one in world.world(SEED, 60)}) == 60
    assert [one.kind for one in FLEET].count("household") == 7
    assert world.named(SEED, "sim-home-005") == next(one for one in FLEET if one.meter_id == "sim-home-005")
    assert not same(day(world.named(SEED, "sim-home-005"), PLAIN), day(world.named(SEED + 1, "sim-home-005"), PLAIN))


@pytest.mark.parametrize("name", ["sim-home-0", "sim-home-000", "sim-home-1", "home-001", "sim-tree-001", "sim-home-", ""])
def test_an_unknown_meter_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        world.named(SEED, name)


def test_a_place_without_weather_is_not_found() -> None:
    with pytest.raises(NotFound, match="Atlantis"):
        world.world(SEED, 1, "Atlantis")


def test_the_year_of_a_home_comes_out_as_it_was_drawn() -> None:
    for one in world.households(SEED, 3):
        assert isinstance(one.part, homes.Home)
        used = world.readings(one, day_start(date(2025, 1, 1)), day_start(date(2026, 1, 1)), 3600).consumption.sum()
        assert used == pytest.approx(one.part.yearly, rel=0.15)


@pytest.mark.parametrize("seed", [SEED, *(pytest.param(seed, marks=pytest.mark.bars) for seed in range(100, 110))])
def test_homes_are_as_real_homes_are_and_so_is_their_sum(seed: int) -> None:
    found = validate.homes(seed)
    assert [one for one in found if not one.holds] == []
    assert next(one.value for one in found if one.real is validate.ALL_INSIDE) >= 0.7  # of tens chosen at random


def test_together_homes_follow_the_standard_load_profile() -> None:
    power = validate.loads(SEED).sum(axis=0)
    hours = local_hours(day_start(date(2025, 1, 1)) + 1800 * np.arange(len(power))).astype(np.int64)
    by_hour = np.array([power[hours == hour].mean() for hour in range(24)])
    weeks = np.array([5, 1, 1])[None, :, None] / 7
    assert np.corrcoef(by_hour, (profile("H25") * weeks).sum(axis=1).mean(axis=0).reshape(24, 4).mean(axis=1))[0, 1] > 0.8


def test_modules_yield_by_day_and_more_in_summer() -> None:
    plant = world.named(SEED, "sim-pv-001")
    june, january = (world.readings(plant, day_start(date(2025, month, 1)), day_start(date(2025, month + 1, 1)), 900) for month in (6, 1))
    night = (local_hours(june.ts) < 4) | (local_hours(june.ts) > 23)
    assert plant.modules is not None
    assert june.production[night].max() == 0
    assert june.production.sum() > 3 * january.production.sum()
    assert june.production.max() < 1.1 * plant.modules.peak_kw
    yearly = world.readings(plant, day_start(date(2025, 1, 1)), day_start(date(2026, 1, 1)), 3600).production.sum()
    assert 750 < yearly / plant.modules.peak_kw < 1200  # kWh for each kW in Germany


def test_a_heat_pump_heats_in_the_cold_and_a_car_is_charged() -> None:
    home, start = world.named(SEED, "sim-home-004"), date(2025, 1, 1)
    assert home.pump is not None
    winter, summer = (day(home, date(2025, month, 10), 3600, 10).consumption.sum() for month in (1, 7))
    assert winter > 1.8 * summer
    driver = world.named(SEED, "sim-home-006")
    assert driver.car is not None
    minutes = world.consumption(driver, days(start, 30, "TH")) - homes.watts(homes.home(SEED, 6, "Jena", 3400.0), days(start, 30, "TH"))
    assert set(np.unique(minutes)) == {0, driver.car.watts}


def test_a_workshop_works_in_shifts_and_rests_on_holidays() -> None:
    shop = world.named(SEED, "sim-business-004")
    found = world.readings(shop, day_start(date(2025, 5, 1)), day_start(date(2025, 6, 1)), 900)
    hours, week = local_hours(found.ts), weekdays(found.ts)
    working = found.consumption[(week < 4) & (hours >= 6) & (hours < 9) & (found.ts >= day_start(date(2025, 5, 2)))].mean()
    assert working > 4 * found.consumption[week == 6].mean()
    assert working > 4 * found.consumption[(week == 4) & (hours >= 19) & (hours < 22)].mean()
    assert working > 4 * found.consumption[found.ts < day_start(date(2025, 5, 2))].mean()  # 1 May, a Thursday


def test_holidays_are_sundays_and_those_of_the_state() -> None:
    found = around(day_start(date(2025, 9, 20)), day_start(date(2025, 9, 21)), "TH", before=0)  # World Children's Day, a Saturday
    assert found.kind.tolist() == [SUNDAY]
    assert days(date(2025, 9, 20), 1, "HH").kind.tolist() != [SUNDAY]


def test_weather_is_a_german_years_and_shared_by_a_region() -> None:
    start, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2025, 2026))
    warm = weather.signal(SEED, "Jena", "temperature_c", start, end).value
    assert 8 < warm.mean() < 13
    assert -22 < warm.min() < 0 < 26 < warm.max() < 41
    assert 950 < weather.signal(SEED, "Jena", "radiation_w_m2", start, end).value.sum() / 4000 < 1300  # kWh/m2
    piece = weather.signal(SEED, "Jena", "temperature_c", end - 7200, end + 7200)
    assert np.array_equal(piece.value[:8], warm[-8:])
    assert abs(np.diff(piece.value)).max() < 2  # no step at the turn of the year
    with pytest.raises(NotFound, match="regen"):
        weather.signal(SEED, "Jena", "regen", start, end)


def test_the_world_needs_neither_pandas_nor_what_brings_it() -> None:
    program = (
        "import sys\nfrom nova.energy.simulate import world\n"
        f"for one in world.world({SEED}, 10): world.readings(one, 1750000000, 1750086400)\n"
        "print(sorted({'pandas', 'pvlib', 'scipy', 'demandlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_sun_for_lamps_stands_where_it_does_for_modules() -> None:
    bright = weather.light(SEED, "Jena", 2025).height
    assert abs(weather.sky(SEED, "Jena", 2025).height - bright)[bright > 1].max() < 1


def test_profiles_are_those_of_bdew() -> None:
    table = profile("H25")
    assert table.shape == (12, 3, 96)
    weeks = np.array([5, 1, 1])[None, :, None] / 7
    assert (table * weeks).sum(axis=1).mean() == pytest.approx(1)
    # h25.csv, 00:00-00:15 kWh: January Saturdays 22.152, Sundays 23.148, working days 20.126; February Saturdays 22.247
    assert table[0, :, 0] / table[0, 1, 0] == pytest.approx(np.array([20.126, 22.152, 23.148]) / 22.152)
    assert table[1, 1, 0] / table[0, 1, 0] == pytest.approx(22.247 / 22.152)


def test_every_meter_has_a_tariff_that_recommendations_reckon_with() -> None:
    fleet = world.world(SEED, 20)
    paid = [terms_of(one.facts["tariff"]) for one in fleet]
    assert all((one.fixed_ct_kwh is None) != (one.surcharge_ct_kwh is None) for one in paid)
    assert all((told.feed_in_ct_kwh is not None) == (one.modules is not None) for one, told in zip(fleet, paid, strict=True))
    assert {one.kind for one, told in zip(fleet, paid, strict=True) if told.surcharge_ct_kwh is not None} == {"household", "business"}
