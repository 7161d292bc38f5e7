"""Sums of meters, windows that have just begun or in which only some hours count, and prices of one market and another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from nova.energy.calendar import day_bounds
from nova.energy.charts.serve import Window as Asked
from nova.energy.expected import expected
from nova.energy.figure import passed, window
from nova.energy.figures import figures
from nova.energy.key_figures import MIXED, OWN_TARIFFS, FiguresAsked, KeyFigures
from nova.energy.market import ANY
from nova.energy.period import Period, describe
from nova.energy.sums import of_sum
from nova.energy.tariff import Terms
from nova.records import Caller
from nova.series import HOUR, Product, prices, readings
from nova.store.postgres.db import Database
from nova.store.series import batches, meters
from nova.store.series import prices as price_store
from nova.store.series import readings as reading_store

START, END = day_bounds(date(2025, 6, 2))
OPERATOR = Caller("admin")
NOON = datetime.fromtimestamp(START, UTC) + timedelta(hours=12, minutes=7)


def of_day(used: float, made: float | None = None, hours: int = 24) -> dict[str, object]:
    ts = START + 900 * np.arange(4 * hours, dtype=np.int64)
    some = readings("M", 900, ts, np.full(len(ts), used), None if made is None else np.full(len(ts), made))
    return dict(figures(window([some], START, END)))


def test_a_sum_of_production_lacks_nothing_where_only_one_meter_produces() -> None:
    each = [of_day(2.0), of_day(2.0, 1.0)]
    found = of_sum(each, each[0])  # type: ignore[arg-type]
    assert found["production"].value == pytest.approx(24) and found["production"].covered == pytest.approx(1)
    assert found["production"].basis == found["energy"].basis == "am 02.06.2025"
    assert found["self_consumption"].value == pytest.approx(1) and found["autarky"].value == pytest.approx(0.25)


def test_of_a_plant_whose_use_is_not_known_no_own_use_is_told() -> None:
    each = [of_day(2.0), of_day(float("nan"), 1.0)]
    found = of_sum(each, each[0])  # type: ignore[arg-type]
    assert found["production"].value == pytest.approx(24)
    assert found["self_consumption"].value is None and found["self_consumption"].reason


def test_the_base_fee_of_some_hours_is_their_share_and_all_add_up_to_the_whole() -> None:
    ts = START + 900 * np.arange(96, dtype=np.int64)
    seen = window([readings("M", 900, ts, np.ones(96))], START, END)
    night = np.arange(96) < 24
    none = np.zeros(len(seen.made), bool)
    parts = [seen.narrowed(which, none, float(which.sum() * 900)) for which in (night, ~night)]
    terms = Terms(fixed_ct_kwh=30, base_eur_year=365)
    whole, *some = ((told["cost"].value, told["base_fee"].value) for told in (figures(one, terms) for one in (seen, *parts)))
    assert whole == pytest.approx((24 * 0.3 + 1, 1))
    assert some[0] == pytest.approx((6 * 0.3 + 0.25, 0.25)) and np.sum(some, axis=0) == pytest.approx(whole)


@pytest.mark.parametrize("begun", [START, START + 420])
def test_a_window_that_has_just_begun_is_empty_and_is_called_by_its_beginning(begun: int) -> None:
    assert passed(begun, END, begun + 300) == begun
    assert passed(START, END, START + 5 * HOUR + 300) == START + 5 * HOUR and passed(START, END, END) == END
    seen = window([], begun, begun)
    told = figures(seen, Terms(fixed_ct_kwh=30, base_eur_year=365))["energy"]
    assert (
        told.value is None
        and told.basis == describe(Period(begun, begun)) == f"am 02.06.2025, {'00:00' if begun == START else '00:07'} Uhr"
    )
    assert {one.reason for one in expected(seen, told, None)} == {"Von diesem Zeitraum ist noch keine Viertelstunde vergangen."}
    first = day_bounds(date(2025, 6, 1))[0]
    assert describe(Period(first, first)) == "am 01.06.2025, 00:00 Uhr"  # and not: im Juni


@pytest.fixture(scope="module")
def stored(database: Database) -> KeyFigures:
    """Two meters with tariffs of their own; EPEX at 100 and SMARD at 50 EUR/MWh, SMARD also the next two days, EPEX alone later."""
    with database.transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("test", "sums"))
        ts = START + 900 * np.arange(96, dtype=np.int64)
        for name, tariff in (("fest", {"fixed_ct_kwh": 30.0, "base_eur_year": 365.0}), ("boerse", {})):
            meters.save(conn, meters.Meter(name, title=name, kind="household", facts={"tariff": tariff}))
            reading_store.put(conn, [readings(name, 900, ts, np.ones(96))], batch)
        for market, price, days in (("EPEX", 100.0, 1), ("SMARD", 50.0, 3)):
            quarters = START + 900 * np.arange(96 * days, dtype=np.int64)
            price_store.put(conn, [prices(Product(market, "DAY_AHEAD", "DE-LU"), quarters, np.full(96 * days, price))], batch)
        later = START + 20 * 86_400 + 900 * np.arange(96, dtype=np.int64)
        price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", "DE-LU"), later, np.full(96, 10.0))], batch)
    return KeyFigures(database)


def test_the_sum_of_meters_is_at_the_market_that_was_asked_for_and_says_whose_tariffs(stored: KeyFigures) -> None:
    asked = FiguresAsked(("fest", "boerse"), Asked(START, END))
    for market, price in (("", 100.0), ("SMARD", 50.0)):
        report = stored.of(OPERATOR, replace(asked, market=replace(ANY, market=market)))
        found = {one.name: one for one in report.figures}
        assert found["paid_price"].value == found["base_price"].value == pytest.approx(price)
        assert found["cost"].value == pytest.approx(24 * 0.3 + 1 + 24 * price / 1000)
    assert (found["cost"].meaning, found["cost"].basis, report.holds) == (OWN_TARIFFS, f"am 02.06.2025, {MIXED}", MIXED)


def test_a_market_with_a_hole_leaves_the_window_to_the_next_one_and_the_price_now_is_of_the_same(stored: KeyFigures) -> None:
    now = NOON + timedelta(days=20)
    named = stored.prices(ANY, Asked(END, END + 86_400), now=now)
    assert (named.product.market, named.base, named.now) == ("SMARD", 50.0, None)
    found = stored.prices(ANY, Asked(START, END), now=now)
    assert (found.product.market, found.now) == ("EPEX", 10.0)
