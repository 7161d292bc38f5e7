"""A meter or plant and local days in, the course to plan out: tariff, prices, base load and PV from what is given, known or forecast.

What is given goes before what is known of the meter; loads that wait come on top of its usual load.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from psycopg import Connection

from nova.energy import expected, market
from nova.energy.calendar import day_bounds, day_start, local_date, local_seconds
from nova.energy.figure import window
from nova.energy.forecast.target import price_target
from nova.energy.schedule.course import Course, course, spot_of
from nova.energy.schedule.plant import Plant, Source, Tariff, parse
from nova.energy.spans import Steps, mean_over, steps
from nova.errors import InvalidInput
from nova.series import DAY, QUARTER, Prices, Product, Times, Values
from nova.series import prices as columns
from nova.store.series import forecasts, prices, readings, rollups
from nova.store.series.meters import Meter

PriceSource = Literal["market", "forecast", "given", "fixed", "usual"]
BaseSource = Literal["plant", "forecast", "usual", "none"]
PvSource = Literal["plant", "usual", "none"]


@dataclass(frozen=True, slots=True)
class Days:
    """Local days from `first` on, and whose day-ahead prices count.

    `hours`: what hours usually cost over the mean of their day (EUR/MWh; "w8" of a workday, "e8" of a weekend, in UTC), by which prices are
    estimated where they are neither known nor forecast.
    """

    first: date
    count: int = 1
    market: str = ""
    zone: str = "DE-LU"
    hours: Mapping[str, float] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.count - 1)

    @property
    def bounds(self) -> tuple[int, int]:
        """From the first midnight to that after the last day."""
        return day_bounds(self.first)[0], day_bounds(self.last)[1]


@dataclass(frozen=True, slots=True, eq=False)
class PreparedDays:
    """What `solve.plan` needs, the plant in plain values, and where the course comes from."""

    plant: Plant
    described: Mapping[str, Any]
    course: Course
    prices: PriceSource
    base: BaseSource
    pv: PvSource


def prepare(conn: Connection[Any], meter: Meter | None, given: Mapping[str, Any], days: Days, spot: Prices | None = None) -> PreparedDays:
    """The course of these days; InvalidInput for a plant that contradicts itself and where a price is missing."""
    described = {**(meter.facts.get("plant") or {}), **given} if meter else dict(given)
    plant = _closed(parse(described))
    if meter is not None and "tariff" not in described:
        plant = replace(plant, tariff=_tariff(conn, meter, days.bounds[0]))
    traded, source = _spot(conn, plant.tariff, days, spot)
    found = course(plant, traded, days.first, days.last)
    if meter is None:
        return PreparedDays(plant, described, found, source, _given("base", described), _given("pv", described))
    base: BaseSource = "plant"
    pv: PvSource = "plant"
    if "base" not in described:
        load, base = _load(conn, meter, found.ts)
        found = replace(found, base=load)
    if "pv" not in described:
        made = usual(conn, meter, found.ts)[1]
        pv = "none" if made is None else "usual"
        found = replace(found, pv=np.zeros(len(found)) if made is None else made)
    return PreparedDays(plant, described, found, source, base, pv)


def completed(conn: Connection[Any], meter: Meter, day: date) -> Plant | None:
    """A meter's plant with its tariff, base load and PV of a local day, as `prepare` has them; None without one. InvalidInput."""
    described = meter.facts.get("plant")
    if described is None:
        return None
    plant = _closed(parse(described, f"Zähler {meter.meter_id}"))
    ts = np.arange(*day_bounds(day), QUARTER, dtype=np.int64)
    if "tariff" not in described:
        plant = replace(plant, tariff=_tariff(conn, meter, int(ts[0])))
    if "base" not in described:
        plant = replace(plant, base=_source(ts, _load(conn, meter, ts)[0]))
    made = None if "pv" in described else usual(conn, meter, ts)[1]
    return plant if made is None else replace(plant, pv=_source(ts, made))


def _closed(plant: Plant) -> Plant:
    """A battery ends as it began where nothing else is said: what it held before is no gain of these days."""
    battery = plant.battery
    if battery is None or battery.soc_end is not None:
        return plant
    return replace(plant, battery=replace(battery, soc_end=battery.soc_start))


def _source(ts: Times, kw: Values) -> Source:
    """Powers of a local day by its clock, for days of 92 and 100 quarter-hours, too."""
    found = np.zeros(96)
    found[local_seconds(ts) % 86_400 // QUARTER] = kw
    return Source(tuple(found.tolist()))


def _given(name: str, described: Mapping[str, Any]) -> Literal["plant", "none"]:
    return "plant" if name in described else "none"


def next_days(conn: Connection[Any], days: Days) -> Days:
    """These days, or those a day earlier where neither prices nor forecasts reach their end yet."""
    try:
        _spot(conn, Tariff(), days, None)
    except InvalidInput:
        return replace(days, first=days.first - timedelta(days=1))
    return days


def of_values(first: date, seconds: int, values: list[float]) -> Prices:
    """Prices (EUR/MWh) of intervals from the first local midnight on."""
    ts = day_start(first) + seconds * np.arange(len(values), dtype=np.int64)
    return columns(Product("", "", seconds=seconds), ts, np.array(values, np.float64))


def _tariff(conn: Connection[Any], meter: Meter, until: int) -> Tariff:
    """What a meter's facts say: their amounts hold VAT, those of a plant's tariff do not."""
    told = meter.facts.get("tariff") or {}
    vat = float(told.get("vat_percent") or 0.0)
    peak = float(meter.facts.get("peak_eur_kw") or 0.0)
    so_far = _peak(conn, meter, until) if peak else 0.0
    feed_in = told.get("feed_in_ct_kwh")
    if told.get("fixed_ct_kwh") is not None:
        return Tariff(fixed_ct_kwh=told["fixed_ct_kwh"], feed_in_ct_kwh=feed_in, peak_eur_kw=peak, peak_so_far_kw=so_far)
    surcharge = float(told.get("surcharge_ct_kwh") or 0.0) / (1.0 + vat / 100.0)
    return Tariff(None, surcharge, vat, feed_in, peak, so_far)


def _peak(conn: Connection[Any], meter: Meter, until: int) -> float:
    """kW of the calendar year's highest quarter-hour from the grid before an instant."""
    start = day_start(local_date(until).replace(month=1, day=1))
    if start >= until:
        return 0.0
    found = rollups.buckets(conn, meter.meter_id, start, until, QUARTER, meter.holder)
    bought = found.consumption_mean - np.nan_to_num(found.production_mean)
    return max(float(np.nanmax(bought)), 0.0) if np.isfinite(bought).any() else 0.0


def _spot(conn: Connection[Any], tariff: Tariff, days: Days, given: Prices | None) -> tuple[Prices, PriceSource]:
    """Given prices, else the market's, else those forecast, else as hours usually are; none are needed where a fixed price holds in both
    directions.
    """
    if given is not None:
        return given, "given"
    start, end = days.bounds
    ts = np.arange(start, end, QUARTER, dtype=np.int64)
    if tariff.fixed_ct_kwh is not None and tariff.feed_in_ct_kwh is not None:
        return columns(Product("", ""), ts, np.zeros(len(ts))), "fixed"
    traded, wanted = prices.products(conn), Product(days.market, market.DAY_AHEAD, days.zone)
    lacking: list[Prices] = []
    for reached in ((start, end), None):  # the market that counts on these days, then the one that counts at all
        known = market.delivered(traded, wanted, market.DAY_AHEAD, reached)
        found = [prices.get(conn, one, start - 3600, end) for one in known if one.seconds >= QUARTER]
        stored = _first_whole(found, ts)
        if stored is not None:
            return stored, "market"
        ahead = _first_whole((_forecast(conn, one, start, end) for one in known), ts)
        if ahead is not None:
            return ahead, "forecast"
        lacking += found
    return _estimated(conn, (market.delivered(traded, wanted, market.DAY_AHEAD, None), lacking), ts, days.hours), "usual"


def _estimated(conn: Connection[Any], traded: tuple[Iterable[Product], list[Prices]], ts: Times, hours: Mapping[str, float]) -> Prices:
    """What a day of the last week cost on average, each hour as it usually is beside that; InvalidInput where either is not known."""
    known, lacking = traded
    for one in known if hours else ():
        past = prices.get(conn, one, int(ts[0]) - 7 * DAY, int(ts[0]))
        level = float(np.nanmean(past.price)) if len(past) and np.isfinite(past.price).any() else None
        if level is not None:
            over = [hours.get(f"{'e' if (int(at) // DAY + 3) % 7 > 4 else 'w'}{int(at) % DAY // 3600}", 0.0) for at in ts]
            return columns(replace(one, seconds=QUARTER), ts, level + np.array(over))
    if lacking:
        spot_of(lacking[0], ts)  # names the first price that is missing
    raise InvalidInput("Für diese Tage sind weder Preise noch Vorhersagen bekannt. Geben Sie Preise an oder wählen Sie einen anderen Tag.")


def _forecast(conn: Connection[Any], product: Product, start: int, end: int) -> Prices:
    said = forecasts.get(conn, price_target(product), start, end)
    return columns(product, said.ts, said.mean)


def _first_whole(given: Iterable[Prices], ts: Times) -> Prices | None:
    return next((one for one in given if _whole(one, ts)), None)


def _whole(given: Prices, ts: Times) -> bool:
    if not len(given) or given.product.seconds < QUARTER:
        return False
    try:
        spot_of(given, ts)
    except InvalidInput:
        return False
    return True


def _load(conn: Connection[Any], meter: Meter, ts: Times) -> tuple[Values, BaseSource]:
    """The load of each quarter-hour as it was forecast, else as it usually is, else none."""
    said = forecasts.get(conn, f"meter/{meter.meter_id}", int(ts[0]) - 3600, int(ts[-1]) + QUARTER)
    if len(said):
        mean = mean_over(steps(said.ts, said.seconds, said.mean), ts, ts + QUARTER)
        if np.isfinite(mean).all():
            return np.maximum(mean, 0.0), "forecast"
    load = usual(conn, meter, ts)[0]
    return (np.zeros(len(ts)), "none") if load is None else (load, "usual")


def usual(conn: Connection[Any], meter: Meter, ts: Times) -> tuple[Values | None, Values | None]:
    """kW used and made in each quarter-hour as they usually are; None where that is not known."""
    back = expected.weeks_before(ts)
    start, end = int(back[-1].min()), int(back[0].max()) + QUARTER
    seen = window(readings.get(conn, meter.meter_id, start - DAY, end, meter.holder), start, end)
    used, made = seen.known, seen.made
    return (
        expected.usual(Steps(used.start, used.end, used.consumption), ts),
        expected.usual(Steps(made.start, made.end, made.production), ts),
    )
