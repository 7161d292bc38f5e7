"""A seed in, cases with one known cause out: a meter's past, a period into which a cause was planted, weather, prices, and the question.

Homes, weather and prices are the simulator's; the business, the heat pump and the roof are small models of their own. What is planted is
drawn in proportion to the meter's own size. A case is drawn anew where the period would stand out without it: where its energy differs
from that of the weeks before by more than half of what was planted, the "true" cause would not be the main one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from nova.energy.calendar import day_start, local_days, local_hours, weekdays
from nova.energy.feasts import holidays
from nova.energy.period import Period, describe, of_days
from nova.energy.simulate import homes, prices, weather
from nova.energy.simulate.days import days
from nova.energy.source import Meter, MeterKind
from nova.series import DAY, MISSING, Prices, Product, Readings, Signal, Values, readings
from nova.store.series.forecasts import FIELDS, Forecast

REGION, STATE = "Jena", "TH"
PAST = 70
METER = "M-1"
DAY_AHEAD = Product("EPEX", "DAY_AHEAD", "DE-LU", 900)
# What is planted how often in twenty cases.
PLAN = (
    "base", "base", "base", "event", "event", "event", "day", "day", "weather", "weather", "pv", "pv", "price", "price", "price", "gap",
    "fault", "fault", "hours", "hours",
)  # fmt: skip

LENGTHS = {"weather": (7,), "day": (1,), "hours": (3, 7)}  # days of the period; one evening's more is an event


@dataclass(frozen=True, slots=True)
class Kept:
    """A `Source` in memory."""

    meter: Meter
    rows: Readings
    market: Prices
    signals: tuple[Signal, ...]
    forecasts: tuple[Forecast, ...] = ()

    def meters(self) -> tuple[Meter, ...]:
        """The one meter."""
        return (self.meter,)

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """Its rows."""
        assert meter_id == self.meter.meter_id
        return self.rows.take((self.rows.ts >= start) & (self.rows.ts < end))

    def prices(self, start: int, end: int) -> Prices | None:
        """Day-ahead."""
        some = (self.market.ts >= start) & (self.market.ts < end)
        return Prices(DAY_AHEAD, self.market.ts[some], self.market.price[some], self.market.volume[some], self.market.quality[some])

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        """Weather, where the case has it."""
        assert place in ("", REGION, "DE-LU")
        one = next((one for one in self.signals if one.signal == name), None)
        if one is None:
            return None
        some = (one.ts >= start) & (one.ts < end)
        return replace(one, ts=one.ts[some], value=one.value[some], quality=one.quality[some])

    def forecast(self, meter_id: str | None, start: int, end: int) -> Forecast | None:
        """What the case holds."""
        one = next((one for one in self.forecasts if one.target.startswith("price/" if meter_id is None else f"meter/{meter_id}")), None)
        if one is None:
            return None
        some = (one.ts >= start) & (one.ts < end)
        columns = {name: getattr(one, name)[some] for name in ("ts", "issued", *FIELDS)}
        return replace(one, **columns) if some.any() else None


@dataclass(frozen=True, slots=True)
class Case:
    """What was planted, how much of it in kWh (EUR for a price), the question, and everything there is to answer it from."""

    cause: str
    planted: float
    question: str
    period: Period
    kept: Kept
    now: datetime


@dataclass(slots=True)
class Draft:
    """A meter before something is planted: instants, kW, and which rows lie in the period."""

    some: np.random.Generator
    kind: MeterKind
    ts: np.ndarray[tuple[int], np.dtype[np.int64]]
    used: Values
    made: Values
    price: Values
    warmth: Values
    sun: Values
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]]
    missing: np.ndarray[tuple[int], np.dtype[np.bool_]]
    first: date
    last: date

    @property
    def usual(self) -> float:
        """Mean kW before the period."""
        before = self.ts < day_start(self.first)
        return float(np.mean(np.maximum(self.used - self.made, 0.0)[before]))

    @property
    def length(self) -> int:
        """Days of the period."""
        return (self.last - self.first).days + 1


def cases(seed: int, plan: tuple[str, ...] = PLAN) -> Iterator[Case]:
    """One case for each entry of the plan; the same seed gives the same cases."""
    for number, cause in enumerate(plan):
        some = np.random.Generator(np.random.PCG64([seed, number]))
        yield next(case for _ in range(200) if (case := _case(cause, seed, some)) is not None)


def _case(cause: str, seed: int, some: np.random.Generator) -> Case | None:
    draft = _draft(cause, seed, some)
    before = _energy(draft)
    usual = draft.usual * 24 * draft.length
    planted = PLANTS[cause](draft)
    if planted is None or (cause not in ("price", "weather", "pv") and abs(before - usual) > 0.5 * abs(planted)):
        return None
    kind: MeterKind = draft.kind
    rows = readings(METER, 900, draft.ts, draft.used, draft.made if draft.made.any() else None)
    quality = np.where(draft.missing, MISSING, rows.quality).astype(np.uint8)
    keep = ~draft.missing if some.random() < 0.5 else np.ones(len(draft.ts), bool)  # some gaps are rows, some are none
    signals = tuple(
        Signal(name, REGION, 900, draft.ts, values, np.zeros(len(draft.ts), np.uint8))
        for name, values in (("temperature_c", draft.warmth), ("radiation_w_m2", draft.sun))
    )
    market = Prices(DAY_AHEAD, draft.ts, draft.price, np.full(len(draft.ts), np.nan), np.zeros(len(draft.ts), np.uint8))
    kept = Kept(Meter(METER, "Haus am Anger", kind, own=True), replace(rows, quality=quality).take(keep), market, signals)
    period = of_days(draft.first, draft.last)
    return Case(cause, planted, _question(cause, planted, period), period, kept, datetime.fromtimestamp(period.end + 8 * 3600, UTC))


def _question(cause: str, planted: float, period: Period) -> str:
    high = "hoch" if planted > 0 else "niedrig"
    return (
        f"Warum waren unsere Stromkosten {describe(period)} so {high}?"
        if cause == "price"
        else f"Warum war unser Verbrauch {describe(period)} so {high}?"
    )


def _energy(draft: Draft) -> float:
    return float(np.sum(np.maximum(draft.used - draft.made, 0.0)[draft.inside])) / 4


def _draft(cause: str, seed: int, some: np.random.Generator) -> Draft:
    """A meter that suits what is to be planted, over ten weeks and a period of one day, three days or a week."""
    length = int(some.choice(LENGTHS.get(cause, (1, 3, 7))))
    months = {"weather": (10, 11, 12, 1, 2), "pv": (5, 6, 7, 8)}.get(cause, tuple(range(1, 13)))
    year, month = int(some.integers(2024, 2026)), int(some.choice(months))
    first = date(year, month, 1) + timedelta(days=int(some.integers(0, 28)))
    if cause == "day":
        first += timedelta(days=int((2 - first.weekday()) % 7)) if first.weekday() > 4 else timedelta()
    span = days(first - timedelta(days=PAST), PAST + length, STATE)
    number = int(some.integers(0, 400))
    kw = homes.watts(homes.home(seed, number, REGION), span).reshape(-1, 15).mean(axis=1) / 1000
    ts = span.ts[::15].copy()
    warmth, sun = (weather.signal(seed, REGION, name, int(ts[0]), int(ts[-1]) + 900).value for name in ("temperature_c", "radiation_w_m2"))
    kind: MeterKind = "household"
    made = np.zeros(len(ts))
    if cause == "day" or (cause in ("base", "event", "price") and some.random() < 0.35):
        kind, kw = "business", _business(some, ts)
    if cause == "weather":
        kw = kw + _heat_pump(some, warmth)
    if cause == "pv":
        made = sun / 1000 * some.uniform(4, 9) * 0.85
    market = prices.simulated_prices(seed, DAY_AHEAD, int(ts[0]), int(ts[-1]) + 900).price
    inside = ts >= day_start(first)
    return Draft(some, kind, ts, kw, made, market, warmth, sun, inside, np.zeros(len(ts), bool), first, first + timedelta(days=length - 1))


def _business(some: np.random.Generator, ts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Values:
    """A workshop with a shift on weekdays, half a day on some Saturdays and a standing load."""
    hour, weekday = local_hours(ts), weekdays(ts)
    day = (ts // DAY).astype(np.int64)
    level = some.uniform(8, 40)
    start, end = some.uniform(5.5, 8), some.uniform(15, 19)
    working = (hour >= start) & (hour < end) & (weekday < 5) | (hour >= start) & (hour < 12) & (weekday == 5) & (some.random() < 0.4)
    working &= ~np.isin(local_days(ts), np.array([one for year in (2023, 2024, 2025, 2026) for one in holidays(year)], "datetime64[D]"))
    moods = np.exp(some.normal(0, 0.07, int(day[-1] - day[0]) + 1))[day - day[0]]
    noise = np.exp(0.12 * some.normal(0, 1, len(ts)))
    return np.asarray(level * (0.15 + working * moods) * noise)


def _heat_pump(some: np.random.Generator, warmth: Values) -> Values:
    """On and off with a share of time that grows with the cold; 0 from 15 degrees on."""
    power = some.uniform(1.6, 3.0)
    share = np.clip((15 - warmth) * some.uniform(0.022, 0.035), 0, 1)
    return np.asarray(power * np.clip(share + some.normal(0, 0.18, len(warmth)) * (share > 0), 0, 1))


def _base(draft: Draft) -> float:
    step = draft.usual * draft.some.uniform(0.35, 0.9)
    day = np.unique(draft.ts[draft.inside] // DAY)
    start = day[0] * DAY if len(day) < 5 or draft.some.random() < 0.5 else int(draft.some.choice(day[:3])) * DAY + 3600 * 12
    rows = draft.inside & (draft.ts >= start)
    draft.used[rows] += step
    return float(step * rows.sum() / 4)


def _event(draft: Draft) -> float:
    energy = draft.usual * 24 * draft.some.uniform(0.5, 1.2) * (1 + 0.5 * (draft.length > 1))
    quarters = int(draft.some.integers(4, 17))
    first = int(draft.some.integers(0, draft.inside.sum() - quarters)) + int(np.flatnonzero(draft.inside)[0])
    draft.used[first : first + quarters] += energy / quarters * 4
    return float(energy)


def _day(draft: Draft) -> float | None:
    """A weekday of a business that looks like its Sunday a few weeks before, or a Sunday like a weekday."""
    now = np.flatnonzero(draft.inside)
    if draft.some.random() < 0.4:
        draft.first = draft.last = draft.first + timedelta(days=6 - draft.first.weekday()) - timedelta(days=7)
        start = day_start(draft.first)
        draft.inside = (draft.ts >= start) & (draft.ts < day_start(draft.first + timedelta(days=1)))
        now = np.flatnonzero(draft.inside)
        back = 5
    else:
        back = (draft.first.weekday() + 1) % 7 + 7
    source = now - 96 * back
    old = float(draft.used[now].sum())
    draft.used[now] = draft.used[source] * np.exp(0.05 * draft.some.normal(0, 1, len(now)))
    return (float(draft.used[now].sum()) - old) / 4


def _weather(draft: Draft) -> float | None:
    """The coldest week that the winter has to offer here: the simulated temperature falls, and the heat pump follows."""
    fall = draft.some.uniform(6, 11)
    before = draft.used.copy()
    draft.warmth = draft.warmth - np.where(draft.inside, fall, 0.0)
    power = draft.some.uniform(0.045, 0.085)
    draft.used = draft.used + np.where(draft.inside, power * np.minimum(fall, np.maximum(0.0, 15 - draft.warmth)), 0.0)
    return float(np.sum(draft.used - before)) / 4


def _pv(draft: Draft) -> float | None:
    """The inverter is off for all of the period."""
    before = _energy(draft)
    draft.made[draft.inside] = 0.0
    planted = _energy(draft) - before
    return planted if planted > 0.25 * draft.usual * 24 * draft.length else None


def _price(draft: Draft) -> float:
    """Prices two to three times as high as before, or above all others where those are low."""
    mean = float(np.mean(draft.price[~draft.inside]))
    before = float(draft.price[draft.inside] @ draft.used[draft.inside]) / 4000
    draft.price[draft.inside] = draft.price[draft.inside] + draft.some.uniform(1.0, 2.2) * mean
    return float(draft.price[draft.inside] @ draft.used[draft.inside]) / 4000 - before


def _gap(draft: Draft) -> float:
    count = int(draft.inside.sum() * draft.some.uniform(0.3, 0.6))
    first = int(draft.some.integers(0, draft.inside.sum() - count)) + int(np.flatnonzero(draft.inside)[0])
    lost = float(draft.used[first : first + count].sum()) / 4
    draft.missing[first : first + count] = True
    draft.used[first : first + count] = np.nan
    return -lost


def _fault(draft: Draft) -> float:
    """Watts for kilowatts during some hours, or energy of quarter-hours four times over for whole days."""
    now = np.flatnonzero(draft.inside)
    before = float(draft.used.sum())
    if draft.some.random() < 0.5:
        first = int(draft.some.integers(0, len(now) - 12))
        draft.used[now[first : first + int(draft.some.integers(4, 12))]] *= 1000
    else:
        draft.used[now] *= 4
    return (float(draft.used.sum()) - before) / 4


def _hours(draft: Draft) -> float:
    """Every evening (or morning) of the period more than before."""
    hour = local_hours(draft.ts)
    start = float(draft.some.choice([6.0, 10.0, 17.0, 18.0]))
    rows = draft.inside & (hour >= start) & (hour < start + draft.some.uniform(3, 5))
    noise = np.exp(0.3 * draft.some.normal(0, 1, len(hour)))
    more = draft.usual * draft.some.uniform(1.8, 3.0) * noise
    draft.used = draft.used + np.where(rows, more, 0.0)
    return float(more[rows].sum()) / 4


PLANTS: dict[str, Callable[[Draft], float | None]] = {
    "base": _base, "event": _event, "day": _day, "weather": _weather, "pv": _pv, "price": _price, "gap": _gap, "fault": _fault,
    "hours": _hours,
}  # fmt: skip
