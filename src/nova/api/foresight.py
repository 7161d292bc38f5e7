"""Questions about forecasts in, what they answer with out: what was served, what came, both baselines and how the last 30 days went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Connection

from nova.api.doors import House
from nova.api.models import energy as shapes
from nova.energy.calendar import day_bounds, local_date
from nova.energy.charts import serve
from nova.energy.charts.charts import POWER, PRICE
from nova.errors import InvalidInput, NotFound
from nova.jobs.forecasts import QUARTER, price_target
from nova.language.inert import inert_name
from nova.records import Caller
from nova.series import Product, Times, Values
from nova.store import forecasts, meters, prices, rollups
from nova.visibility import Visible

LONGEST_S = 31 * 86_400
SCORED = timedelta(days=30)
METER = "meter/"
NO_MODEL = "Für eine Vorhersage sind noch zu wenige Tage mit Werten bekannt; sie beginnt von selbst, sobald es genug sind."
NOT_THEN = "Für diesen Zeitraum wurde nichts vorhergesagt. Neue Vorhersagen entstehen täglich um 10 Uhr für den Tag danach."


@dataclass(frozen=True, slots=True)
class Target:
    """What is forecast: a meter or a product, by the name of both."""

    name: str
    title: str
    seconds: int
    product: Product | None = None

    @property
    def meter_id(self) -> str | None:
        """The meter, if it is one."""
        return None if self.product else self.name.removeprefix(METER)

    def told(self) -> dict[str, Any]:
        """As answers name it."""
        one = self.product
        traded = {"market": one and one.market, "product": one and one.product, "zone": one and one.zone}
        named = {"target": self.name, "kind": "price" if one else "meter", "title": inert_name(self.title), "unit": PRICE if one else POWER}
        return named | traded | {"meter_id": self.meter_id}


def forecast(house: House, caller: Caller, asked: shapes.ForecastRange) -> dict[str, Any]:
    """The served forecast of a range; NotFound for what the caller may not see, InvalidInput."""
    window = serve.Window(*_bounds(asked))
    serve.check(window, LONGEST_S)
    with house.nova.db.transaction() as conn:
        target = _target(conn, Visible.to(caller), asked)
        said = forecasts.get(conn, target.name, window.start, window.end)
        model = forecasts.live(conn, target.name)
        days = forecasts.scores(conn, target.name, _since())
        came = _actual(conn, target, said, window, Visible.to(caller))
    shown = {"resolution": said.seconds or target.seconds, "columns": _columns(said, came), "scores": scored(days)}
    shown |= {
        "stale": said.stale,
        "issued_at": datetime.fromtimestamp(int(said.issued.max()), UTC) if len(said) else None,
        "days": _days(days),
    }
    named = None if model is None else {name: getattr(model, name) for name in ("trained_to", "created_at", "features")}
    return target.told() | shown | {"model": named, "reason": "" if len(said) else NOT_THEN if model else NO_MODEL}


def listed(house: House, caller: Caller) -> dict[str, Any]:
    """Every target with a model that the caller may see."""
    with house.nova.db.transaction() as conn:
        seen = Visible.to(caller)
        known = {f"{METER}{one.meter_id}": _of_meter(one) for one in meters.page(conn, seen) if one.is_held_by(seen)}
        known |= {one.name: one for one in _of_prices(conn)}
        served = [one for one in forecasts.served(conn, _since()) if one.target in known]
        days = forecasts.scores_of(conn, [one.target for one in served], _since())
    found = [
        known[one.target].told() | {"scores": scored(days.get(one.target, ())), "trained_to": one.trained_to, "created_at": one.created_at}
        for one in served
    ]
    return {"targets": found}


def scored(days: Sequence[forecasts.DayScore]) -> dict[str, Any]:
    """Days as one score, each weighted by its intervals; a baseline is compared on the days on which it said something."""

    def mean(name: str, of: Sequence[forecasts.DayScore]) -> float | None:
        return sum(getattr(one, name) * one.n for one in of) / sum(one.n for one in of) if of else None

    compared = [one for one in days if one.naive is not None]
    seasonal = [one for one in compared if one.seasonal is not None]
    level = mean("level", days)
    found = {"days": len(days), "mae": mean("mae", days), "naive": mean("naive", compared), "inside": mean("inside", days)}
    found |= {"seasonal": mean("seasonal", seasonal), "rmae": _ratio(mean("mae", compared), mean("naive", compared))}
    return found | {"seasonal_rmae": _ratio(mean("seasonal", seasonal), mean("naive", seasonal)), "bias": _ratio(mean("bias", days), level)}


def _ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def _days(days: Sequence[forecasts.DayScore]) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in ("day", "origin", "mae", "naive", "seasonal", "inside")} for one in days]


def _since() -> Any:
    return local_date(_now()) - SCORED


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _bounds(asked: shapes.ForecastRange) -> tuple[int, int]:
    """Yesterday to tomorrow where nothing is said; three days from or up to what is."""
    today = local_date(_now())
    if asked.since is None and asked.to is None:
        return day_bounds(today - timedelta(days=1))[0], day_bounds(today + timedelta(days=1))[1]
    start = asked.since or (asked.to or datetime.now(UTC)) - timedelta(days=3)
    end = asked.to or start + timedelta(days=3)
    return int(start.timestamp()), int(end.timestamp())


def _target(conn: Connection[Any], seen: Visible, asked: shapes.ForecastRange) -> Target:
    """What is asked for: by its name, by its meter, or the day-ahead price of a market."""
    if sum(one is not None for one in (asked.target, asked.meter_id, asked.market)) > 1:
        raise InvalidInput("Nennen Sie entweder das Ziel, den Zähler oder den Markt.")
    meter_id = asked.target.removeprefix(METER) if asked.target and asked.target.startswith(METER) else asked.meter_id
    if meter_id is not None:
        return _of_meter(meters.held(conn, meter_id, seen))
    found = _of_prices(conn, None if asked.target else asked)
    chosen = next((one for one in found if asked.target in (None, one.name)), None)
    if chosen is None:
        raise NotFound("Dafür gibt es keine Vorhersage.", data={"target": asked.target or asked.market or asked.zone})
    return chosen


def _of_meter(one: meters.Meter) -> Target:
    return Target(f"{METER}{one.meter_id}", one.title or one.meter_id, max(one.seconds, QUARTER))


def _of_prices(conn: Connection[Any], asked: shapes.ForecastRange | None = None) -> list[Target]:
    """Day-ahead products, all or those of a market and zone; what reaches furthest first, the finest of those."""
    known = [one for one in prices.products(conn) if one.product.product == serve.DAY_AHEAD]
    if asked is not None:
        named = serve.delivered(known, Product(asked.market or "", serve.DAY_AHEAD, asked.zone), serve.DAY_AHEAD)
        known = [one for one in known if one.product in named]
    known.sort(key=lambda one: (-one.last - one.product.seconds, one.product.seconds))
    return [_of_product(one.product) for one in known]


def _of_product(one: Product) -> Target:
    return Target(price_target(one), f"{one.market} {one.zone}", one.seconds, one)


def _actual(conn: Connection[Any], target: Target, said: forecasts.Forecast, window: serve.Window, seen: Visible) -> Values:
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


def _columns(said: forecasts.Forecast, came: Values) -> dict[str, Any]:
    columns = {"mean": said.mean, "median": said.middle, "low": said.low, "high": said.high, "naive": said.naive, "seasonal": said.seasonal}
    return {"ts": said.ts.tolist()} | {name: np.round(part, 6).tolist() for name, part in (columns | {"actual": came}).items()}
