"""Forecasts in PostgreSQL: rows in and out, the job that trains, issues and scores, and a model that only a better one replaces."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from nova.energy.calendar import day_bounds
from nova.energy.forecast import run as job
from nova.energy.forecast.grid import Series
from nova.energy.forecast.target import Target, price_target, targets
from nova.engines.extract.sandbox.runner import Children
from nova.errors import NotFound, UnreadableFile
from nova.series import Prices, Product, prices, readings
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import batches, forecasts
from nova.store.series import prices as price_rows
from nova.store.series import readings as reading_rows
from nova.store.series.batches import NewBatch
from nova.store.series.forecasts import DayScore, Forecast, Model
from tests.fakes.memory import MemoryObjects
from tests.fakes.running import Context

PRODUCT = Product("EPEX", "DAY_AHEAD", "DE-LU", 3600)
TARGET = "price/EPEX/DAY_AHEAD/DE-LU/3600"
TODAY = date(2025, 5, 20)
AFTER_TEN = datetime(2025, 5, 20, 9, tzinfo=UTC)


LISTENING: Any = Context()


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    """Where models are trained."""
    started = Children(size=1)
    yield started
    started.close()


def curve(first: date, last: date, seed: int = 3) -> Prices:
    """Hourly prices of whole local days with a daily and a weekly course."""
    ts = np.arange(day_bounds(first)[0], day_bounds(last)[1], 3600)
    clock = np.arange(len(ts))
    noise = np.random.default_rng(seed).normal(0, 6, len(ts))
    return prices(PRODUCT, ts, 80 + 25 * np.sin(clock * 2 * np.pi / 24) - 15 * (clock // 24 % 7 >= 5) + noise)


def stored(database: Database, *pieces: Any) -> None:
    """These prices or readings are in the database."""
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        for piece in pieces:
            (price_rows if isinstance(piece, Prices) else reading_rows).put(conn, [piece], batch)


def model(state: Any = "live", **more: Any) -> Model:
    """A model's row."""
    return replace(Model(uuid4(), "meter/x", state, ["lags"], AFTER_TEN, {"new": {}}, f"forecasts/{uuid4()}.json"), **more)


def said(target: str, issued: int, value: float, hours: int = 4) -> Forecast:
    """A flat forecast of some hours from 2025 on, without a week before."""
    ts = day_bounds(date(2025, 1, 1))[0] + np.arange(hours) * 3600
    flat = np.full(hours, value)
    unknown = np.full(hours, np.nan)
    return Forecast(target, 3600, ts, np.full(hours, issued), flat - 1, flat, flat + 1, flat, unknown, flat)


def test_the_last_issue_is_what_is_shown_and_repeats_change_nothing(database: Database) -> None:
    first, second = said("meter/a", 1_700_000_000, 1.0), said("meter/a", 1_700_086_400, 2.0, hours=2)
    with database.transaction() as conn:
        assert [forecasts.put(conn, one, None) for one in (first, second, first)] == [4, 2, 0]
        shown = forecasts.get(conn, "meter/a", int(first.ts[0]), int(first.ts[-1]) + 1)
        assert forecasts.is_issued(conn, "meter/a", 1_700_000_000, 0, 2_000_000_000)
        assert not forecasts.is_issued(conn, "meter/b", 1_700_000_000, 0, 2_000_000_000)
        assert forecasts.unscored(conn, "meter/a", 0, 2_000_000_000) == [date(2025, 1, 1)]
    assert shown.middle.tolist() == [2, 2, 1, 1]
    assert np.isnan(shown.naive).all()
    assert len(shown) == 4


def test_one_model_serves_and_old_ones_go(database: Database) -> None:
    with database.transaction() as conn:
        assert forecasts.live(conn, "meter/x") is None
        kept = [model() for _ in range(6)]
        gone = [key for one in kept for key in forecasts.put_model(conn, one)]
        forecasts.put_model(conn, model("rejected"))
        live = forecasts.live(conn, "meter/x")
        assert live is not None and live.model_id == kept[-1].model_id
        assert len(gone) == 2
        assert forecasts.trained_at(conn, "meter/x") is not None


def test_scores_of_what_was_served_come_before_those_of_the_backtest(database: Database) -> None:
    day = date(2025, 3, 1)
    tried = DayScore(day, "backtest", 24, 2.0, 4.0, 3.0, 0.1, 10.0, 0.9)
    with database.transaction() as conn:
        forecasts.put_scores(
            conn, "meter/x", [tried, replace(tried, day=day + timedelta(days=1)), replace(tried, origin="served", mae=1.0)]
        )
        found = forecasts.scores(conn, "meter/x", day)
        forecasts.put_model(conn, model())
        shown = [one for one in forecasts.served(conn, day) if one.target == "meter/x"]
        forecasts.put_scores(conn, "meter/y", [tried])
        assert forecasts.scores_of(conn, ["meter/x"], day) == {"meter/x": found}
    assert [(one.origin, one.mae) for one in found] == [("served", 1.0), ("backtest", 2.0)]
    assert shown[0].days == 2
    assert shown[0].rmae == pytest.approx(3.0 / 8.0)


def test_the_job_trains_issues_and_scores(database: Database, children: Children) -> None:
    objects = MemoryObjects()
    stored(database, curve(date(2025, 3, 15), TODAY))
    early = job.ForecastRun(database, objects, children, datetime(2025, 5, 20, 5, tzinfo=UTC))
    assert job.forecast_all(early, LISTENING)["issued"] == 0
    run = job.ForecastRun(database, objects, children, AFTER_TEN)
    assert job.forecast_all(run, LISTENING)["issued"] == 1
    assert job.forecast_all(run, LISTENING)["issued"] == 0
    tomorrow = TODAY + timedelta(days=1)
    with database.transaction() as conn:
        first = forecasts.get(conn, TARGET, *day_bounds(tomorrow))
        live = forecasts.live(conn, TARGET)
        assert len(forecasts.scores(conn, TARGET, date(2025, 1, 1))) >= 20
    assert live is not None and live.scores["new"]["rmae"] < 0.9
    assert len(first) == 24
    assert np.all((first.low <= first.middle) & (first.middle <= first.high))
    stored(database, curve(tomorrow, tomorrow, seed=4))
    assert job.forecast_all(run, LISTENING)["scored"] == 1
    with database.transaction() as conn:
        assert forecasts.scores(conn, TARGET, tomorrow)[0].origin == "served"


def test_a_model_is_replaced_by_a_better_one_only(database: Database, children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    objects, product = MemoryObjects(), replace(PRODUCT, market="OTHER")
    target = Target(price_target(product), 0, 3600, product=product)
    stored(database, replace(curve(date(2025, 3, 15), TODAY), product=product))
    series = job._series(database, target, TODAY)
    run = job.ForecastRun(database, objects, children, AFTER_TEN)
    from nova.energy.forecast.serve import until

    assert job._train(run, target, until(series, TODAY - timedelta(days=14))) == 1
    with database.transaction() as conn:
        before = forecasts.live(conn, target.name)
    real = job._compare

    def worse(*given: Any) -> Any:
        new, old = real(*given)
        assert new is not None and old is not None and new.n == old.n == 15 * 24
        return replace(new, mae=old.mae * 1.01), old

    monkeypatch.setattr(job, "_compare", worse)
    assert job._train(run, target, series) == 0
    with database.transaction() as conn:
        after = forecasts.live(conn, target.name)
    assert before is not None and after is not None and after.model_id == before.model_id


def test_objects_of_models_that_went_with_their_meter_go_when_they_are_old(database: Database, children: Children) -> None:
    objects, now = MemoryObjects(), datetime.now(UTC)
    lost, kept = (f"forecasts/{uuid7()}.json" for _ in range(2))
    for key in (lost, kept, "forecasts/alt.json", "docs/raw/x"):
        objects.put(key, b"{}")
    with database.transaction() as conn:
        forecasts.put_model(conn, model(target="meter/weg", object_key=kept))
    job._sweep(job.ForecastRun(database, objects, children, now))
    assert set(objects.keys("")) == {lost, kept, "docs/raw/x"}
    job._sweep(job.ForecastRun(database, objects, children, now + timedelta(days=2)))
    assert set(objects.keys("")) == {kept, "docs/raw/x"}


def test_of_a_meter_that_is_gone_nothing_is_kept(database: Database, children: Children) -> None:
    gone = Target("meter/geloescht", 1, 900, meter_id="geloescht")
    with pytest.raises(NotFound):
        job._score(job.ForecastRun(database, MemoryObjects(), children, AFTER_TEN), gone, job._known(job_series()), [])


def job_series() -> Any:
    return Series(np.zeros(0, np.int64), np.zeros(0), 900)


def test_a_meter_is_forecast_from_the_days_before_today(database: Database, children: Children) -> None:
    days = curve(date(2025, 3, 15), TODAY)
    stored(database, readings("HOME-1", 3600, days.ts, np.abs(days.price) / 100))
    target = next(one for one in targets(database, AFTER_TEN) if one.name == "meter/HOME-1")
    assert "meter/HOME-1" not in {one.name for one in targets(database, AFTER_TEN + timedelta(days=30))}
    run = job.ForecastRun(database, MemoryObjects(), children, AFTER_TEN)
    assert job._attend(run, target)["issued"] == 1
    tomorrow = day_bounds(TODAY + timedelta(days=1))
    with database.transaction() as conn:
        first = forecasts.get(conn, target.name, *tomorrow)
    changed = np.abs(days.price) / 100
    changed[days.ts >= day_bounds(TODAY)[0]] = 99.0  # what today brought, which nobody knew at 10
    stored(database, readings("HOME-1", 3600, days.ts, changed))
    database.execute("DELETE FROM forecasts WHERE target = %s", (target.name,))
    assert job._attend(run, target)["issued"] == 1
    with database.transaction() as conn:
        again = forecasts.get(conn, target.name, *tomorrow)
    assert again.middle.tobytes() == first.middle.tobytes()


class Crashing:
    """Children of which each crashes."""

    def run(self, function: str, args: Any, body: bytes = b"", **_: Any) -> tuple[Any, bytes]:
        del args, body
        raise UnreadableFile(function)


def test_a_target_whose_child_crashes_keeps_no_other_from_its_turn(database: Database) -> None:
    for market in ("A-KRACH", "Z-KRACH"):
        stored(database, replace(curve(date(2025, 3, 15), TODAY), product=replace(PRODUCT, market=market)))
    crashing: Any = Crashing()
    told = job.forecast_all(job.ForecastRun(database, MemoryObjects(), crashing, AFTER_TEN), LISTENING)
    assert told["failed"] >= 2
    assert told["issued"] == 0
