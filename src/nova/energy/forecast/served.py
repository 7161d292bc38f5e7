"""Forecasts for whoever may see them: as they were served, with what came, both baselines and how the last 30 days went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Connection

from nova.energy.calendar import day_bounds, today
from nova.energy.charts import serve
from nova.energy.forecast.target import METER, meter_target, price_target
from nova.energy.market import DAY_AHEAD, delivered
from nova.errors import InvalidInput, NotFound
from nova.records import Caller
from nova.series import QUARTER, Product, Times, Values
from nova.store.postgres.db import Database
from nova.store.series import forecasts, meters, prices, rollups
from nova.visibility import Visible

LONGEST_S = 31 * 86_400
SCORED = timedelta(days=30)
NO_MODEL = "Für eine Vorhersage sind noch zu wenige Tage mit Werten bekannt; sie beginnt von selbst, sobald es genug sind."
NOT_THEN = "Für diesen Zeitraum wurde nichts vorhergesagt. Neue Vorhersagen entstehen täglich um 10 Uhr für den Tag danach."


@dataclass(frozen=True, slots=True)
class ForecastRequest:
    """Whose forecast: by one of target, meter and market at most; and from when to when (excluded), without both yesterday to tomorrow."""

    target: str | None = None
    meter_id: str | None = None
    market: str | None = None
    zone: str = "DE-LU"
    since: datetime | None = None
    to: datetime | None = None

    @property
    def window(self) -> serve.Window:
        """Yesterday to tomorrow where nothing is said; three days from or up to what is."""
        now = today()
        if self.since is None and self.to is None:
            return serve.Window(day_bounds(now - timedelta(days=1))[0], day_bounds(now + timedelta(days=1))[1])
        start = self.since or (self.to or datetime.now(UTC)) - timedelta(days=3)
        end = self.to or start + timedelta(days=3)
        return serve.Window(int(start.timestamp()), int(end.timestamp()))


@dataclass(frozen=True, slots=True)
class ForecastTarget:
    """What is forecast, by its name: a meter, or a product."""

    name: str
    title: str
    seconds: int
    product: Product | None = None

    @property
    def meter_id(self) -> str | None:
        """The meter, if it is one."""
        return None if self.product else self.name.removeprefix(METER)


@dataclass(frozen=True, slots=True)
class PooledScores:
    """Days as one score: mean absolute errors, `rmae` over the week before, shares 0 to 1. None: no day is known."""

    days: int
    mae: float | None
    naive: float | None
    seasonal: float | None
    inside: float | None
    rmae: float | None
    seasonal_rmae: float | None
    bias: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ServedForecast:
    """The forecast of a range, and `actual`, what came in each interval of it (NaN where nothing is known).

    `reason` says in German why there is none; `model` None: no model serves the target.
    """

    target: ForecastTarget
    said: forecasts.Forecast
    actual: Values
    model: forecasts.Model | None
    days: Sequence[forecasts.DayScore]
    reason: str

    @property
    def scores(self) -> PooledScores:
        """The days as one."""
        return pooled(self.days)

    @property
    def resolution(self) -> int:
        """Seconds of an interval."""
        return self.said.seconds or self.target.seconds

    @property
    def issued_at(self) -> datetime | None:
        """When the newest interval was forecast."""
        return datetime.fromtimestamp(int(self.said.issued.max()), UTC) if len(self.said) else None


@dataclass(frozen=True, slots=True)
class ModelledTarget:
    """A target that a model serves."""

    target: ForecastTarget
    scores: PooledScores
    trained_to: datetime
    created_at: datetime


class Forecasts:
    """Of prices, of the company's meters and of people's own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def one(self, caller: Caller, asked: ForecastRequest) -> ServedForecast:
        """The served forecast of a range of 31 days at most; NotFound for what the caller may not see, InvalidInput."""
        window, seen = asked.window, Visible.to(caller)
        serve.check(window, LONGEST_S)
        with self._db.transaction() as conn:
            target = _target(conn, seen, asked)
            said = forecasts.get(conn, target.name, window.start, window.end)
            model = forecasts.live(conn, target.name)
            days = forecasts.scores(conn, target.name, _since())
            actual = _actual(conn, target, said, window, seen)
        return ServedForecast(target, said, actual, model, days, "" if len(said) else NOT_THEN if model else NO_MODEL)

    def targets(self, caller: Caller) -> list[ModelledTarget]:
        """Every target with a model that the caller may see."""
        with self._db.transaction() as conn:
            seen = Visible.to(caller)
            known = {meter_target(one.meter_id): _of_meter(one) for one in meters.page(conn, seen) if one.is_held_by(seen)}
            known |= {one.name: one for one in _of_prices(conn)}
            served = [one for one in forecasts.served(conn, _since()) if one.target in known]
            days = forecasts.scores_of(conn, [one.target for one in served], _since())
        return [ModelledTarget(known[one.target], pooled(days.get(one.target, ())), one.trained_to, one.created_at) for one in served]


def pooled(days: Sequence[forecasts.DayScore]) -> PooledScores:
    """Days as one score, each weighted by its intervals; a baseline is compared on the days on which it said something."""

    def mean(name: str, of: Sequence[forecasts.DayScore]) -> float | None:
        return sum(getattr(one, name) * one.n for one in of) / sum(one.n for one in of) if of else None

    compared = [one for one in days if one.naive is not None]
    seasonal = [one for one in compared if one.seasonal is not None]
    return PooledScores(
        days=len(days),
        mae=mean("mae", days),
        naive=mean("naive", compared),
        seasonal=mean("seasonal", seasonal),
        inside=mean("inside", days),
        rmae=_ratio(mean("mae", compared), mean("naive", compared)),
        seasonal_rmae=_ratio(mean("seasonal", seasonal), mean("naive", seasonal)),
        bias=_ratio(mean("bias", days), mean("level", days)),
    )


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _since() -> date:
    return today() - SCORED


def _target(conn: Connection[Any], seen: Visible, asked: ForecastRequest) -> ForecastTarget:
    """What is asked for: by its name, by its meter, or the day-ahead price of a market."""
    if (asked.target, asked.meter_id, asked.market).count(None) < 2:
        raise InvalidInput("Nennen Sie entweder das Ziel, den Zähler oder den Markt.")
    meter_id = _meter_id(asked)
    if meter_id is not None:
        return _of_meter(meters.held(conn, meter_id, seen))
    found = _of_prices(conn, None if asked.target else asked)
    chosen = next((one for one in found if asked.target in (None, one.name)), None)
    if chosen is None:
        raise NotFound("Dafür gibt es keine Vorhersage.", data={"target": asked.target or asked.market or asked.zone})
    return chosen


def _meter_id(asked: ForecastRequest) -> str | None:
    """The meter that is asked for, by itself or by the name of its target."""
    if asked.target is not None and asked.target.startswith(METER):
        return asked.target.removeprefix(METER)
    return asked.meter_id


def _of_meter(one: meters.Meter) -> ForecastTarget:
    return ForecastTarget(meter_target(one.meter_id), one.title or one.meter_id, max(one.seconds, QUARTER))


def _of_prices(conn: Connection[Any], asked: ForecastRequest | None = None) -> list[ForecastTarget]:
    """Day-ahead products, all or those of a market and zone; what reaches furthest first, the finest of those."""
    known = [one for one in prices.products(conn) if one.product.product == DAY_AHEAD]
    if asked is not None:
        named = delivered(known, Product(asked.market or "", DAY_AHEAD, asked.zone), DAY_AHEAD)
        known = [one for one in known if one.product in named]
    known.sort(key=lambda one: (-one.last - one.product.seconds, one.product.seconds))
    return [_of_product(one.product) for one in known]


def _of_product(one: Product) -> ForecastTarget:
    return ForecastTarget(price_target(one), f"{one.market} {one.zone}", one.seconds, one)


def _actual(conn: Connection[Any], target: ForecastTarget, said: forecasts.Forecast, window: serve.Window, seen: Visible) -> Values:
    """What came in each interval that was forecast; NaN where nothing is known."""
    if not len(said):
        return np.zeros(0)
    if target.product:
        traded = prices.get(conn, target.product, window.start, window.end)
        return _at(traded.ts, traded.price, said.ts)
    found = rollups.buckets(conn, target.name.removeprefix(METER), window.start, window.end, said.seconds, seen)
    return _at(found.ts, found.consumption_mean, said.ts)


def _at(ts: Times, values: Values, wanted: Times) -> Values:
    found = np.full(len(wanted), np.nan)
    at = np.searchsorted(ts, wanted)
    there = at < len(ts)
    there[there] = ts[at[there]] == wanted[there]
    found[there] = values[at[there]]
    return found
