"""A source, a meter and a period in, why its energy or cost differs from what was to be expected out: causes that add up to the whole.

What was to be expected is `expected.expectation`; costs are those of `costs`: at the price in force, with the base fee.
"""

from dataclasses import dataclass

import numpy as np

from nova.energy.band import WEEKDAY, Band, Flags, Grid, grid, kinds_of
from nova.energy.expected import Column, Expectation, expectation
from nova.energy.explain.attribute import Attribution, Cause, CauseName, attribute
from nova.energy.period import Period
from nova.energy.source import Source
from nova.energy.spans import mean_over, steps
from nova.energy.tariff import Terms, base_fee, in_force
from nova.series import DAY, MISSING, SUBSTITUTE, Readings, Signal, Times, Values

PRICE_DAYS = 28  # prices of older weeks say little of today's level
_DIM = 20.0  # W/m2 below which radiation says nothing of production
_OUTAGE = 0.5  # of what the radiation lets expect


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """The attribution of a period, what was to be expected of it (`due`), and how many readings were used.

    `temperature` are the means of the period and of the time before; `outage`: production was below half of what the sky allowed.
    """

    attribution: Attribution
    due: Expectation
    rows: int
    past_rows: int
    temperature: tuple[float, float] | None
    outage: bool

    @property
    def grid(self) -> Grid:
        """The grid of the period's days."""
        return self.due.grid

    @property
    def band(self) -> Band:
        """What was to be expected on it."""
        return self.due.band

    @property
    def inside(self) -> Flags:
        """Its steps that count."""
        return self.due.inside

    @property
    def spread(self) -> float:
        """Half the width of the usual range in kWh."""
        return self.due.spread


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """EUR at the price in force: paid, to be expected, what the price and what each cause of volume did; exchange means in EUR/MWh."""

    actual: float
    expected: float
    price: float
    causes: dict[CauseName, float]
    paid: float
    usual: float
    rows: int


@dataclass(frozen=True, slots=True)
class _Sky:
    """Where to look for radiation."""

    source: Source
    place: str


def column_of(some: Readings) -> Column:
    """What people mean by the consumption of a meter: what it takes from the grid where it knows its production, too."""
    return "import" if np.nansum(some.production) > 0 and np.nansum(some.consumption) > 0 else "consumption"


def reasons(source: Source, meter_id: str, column: Column, period: Period) -> Reasons | None:
    """Why the period differs; None where the past is too short or the period holds no step."""
    due = expectation(source, meter_id, column, period)
    if due is None:
        return None
    place = next((one.place for one in source.meters() if one.meter_id == meter_id), "")
    some, past, now, made, inside = due.some, due.past, due.grid, due.band, due.inside
    flagged = _flagged(some, now)
    if column == "production":
        found, outage = _of_production(_Sky(source, place), made, now, inside, flagged)
    else:
        lacking, outage = _lacking(_Sky(source, place), some, past, now) if column == "import" else (None, False)
        found = attribute(now, made, inside, flagged, lacking)
    before, after = some.ts < due.start, period.within(some.ts)
    return Reasons(found, due, int(after.sum()), int(before.sum()), _warmth(due.temperature, period), outage)


def costs(source: Source, found: Reasons, period: Period, terms: Terms) -> Costs | None:
    """The same difference in EUR at the price in force; None where exchange prices of the period or of the weeks before are not known."""
    begin = int(found.grid.ts[0])
    prices = source.prices(begin - PRICE_DAYS * DAY, period.end)
    if prices is None or not len(prices):
        return None
    past = grid(prices.ts, prices.price, begin - PRICE_DAYS * DAY, begin, prices.product.seconds)
    spot = mean_over(steps(prices.ts, prices.product.seconds, prices.price), found.grid.ts, found.grid.ts + found.grid.step)
    inside = found.inside & ~np.isnan(spot)
    if np.mean(~np.isnan(past.values)) < 0.5 or inside.sum() < 0.9 * found.inside.sum():
        return None
    before = _usual_price(past, found.grid)
    now, usual = in_force(terms, spot), in_force(terms, before)
    hours = found.grid.step / 3600
    energy = np.where(inside & ~np.isnan(found.grid.values), np.nan_to_num(found.grid.values), 0.0)
    expected = np.where(inside, found.band.plain, 0.0)
    fee = base_fee(terms, period.start, period.end)
    paid, due = float(energy @ np.nan_to_num(now)) * hours + fee, float(expected @ usual) * hours + fee
    parts = {cause.name: float(np.where(inside, cause.power, 0.0) @ usual) * hours for cause in found.attribution.causes}
    price = float(energy @ np.where(inside, now - usual, 0.0)) * hours
    rows = int(period.within(prices.ts).sum())
    return Costs(paid, due, price, parts, float(np.mean(spot[inside])), float(np.mean(before[inside])), rows)


def _flagged(some: Readings, now: Grid) -> Flags:
    """Steps with a value that was put in for one that was wrong or lacking."""
    marked = (some.quality == SUBSTITUTE) & (some.ts >= now.ts[0]) if len(now.ts) else np.zeros(len(some), bool)
    flags = np.zeros(len(now.ts), bool)
    flags[np.minimum((some.ts[marked] - now.ts[0]) // now.step, len(now.ts) - 1)] = True
    return flags


def _lacking(sky: _Sky, some: Readings, past: Grid, now: Grid) -> tuple[Values, bool]:
    """kW bought because production was below that of the four weeks before, and whether the plant and not the sky was at fault."""
    produced = np.where(some.quality == MISSING, np.nan, some.production)
    used = np.where(some.quality == MISSING, np.nan, some.consumption)
    before = grid(
        some.ts, produced, int(past.ts[-1]) + past.step - min(PRICE_DAYS * DAY, len(past.ts) * past.step), int(now.ts[0]), now.step
    )
    after = grid(some.ts, produced, int(now.ts[0]), int(now.ts[-1]) + now.step, now.step)
    need = grid(some.ts, used, int(now.ts[0]), int(now.ts[-1]) + now.step, now.step)
    usual = np.nan_to_num(_column_means(before))[now.slot]
    lacking = np.maximum(need.values - after.values, 0.0) - np.maximum(need.values - usual, 0.0)
    possible = _possible(sky, before, now)
    outage = possible is not None and float(np.nansum(after.values)) < _OUTAGE * float(np.sum(possible))
    return np.nan_to_num(lacking), outage


def _of_production(sky: _Sky, made: Band, now: Grid, inside: Flags, flagged: Flags) -> tuple[Attribution, bool]:
    """Causes of a production's difference: gaps, marked values, the sky where radiation is known, and else the plant."""
    missing = np.isnan(now.values)
    possible = _possible(sky, made.past, now)
    light = np.zeros(len(now.ts)) if possible is None else possible - made.plain
    rest = np.where(inside & ~missing, np.nan_to_num(now.values) - made.plain, 0.0)
    parts: list[tuple[CauseName, Values]] = [
        ("gap", np.where(inside & missing, -made.plain, 0.0)),
        ("fault", np.where(inside & flagged & ~missing, rest, 0.0)),
        ("weather", np.where(inside & ~missing & ~flagged, light, 0.0)),
        ("pv", np.where(inside & ~missing & ~flagged, rest - light, 0.0)),
    ]
    hours = now.step / 3600
    found = [_cause(name, power, now) for name, power in parts if np.any(power)]
    actual, expected = float(np.nansum(np.where(inside, now.values, 0.0))) * hours, float(np.sum(made.plain[inside])) * hours
    ranked = tuple(sorted(found, key=lambda cause: -abs(cause.kwh)))
    outage = possible is not None and float(np.nansum(now.values[inside])) < _OUTAGE * float(np.sum(possible[inside]))
    return Attribution(actual, expected, ranked), outage


def _cause(name: CauseName, power: Values, now: Grid) -> Cause:
    shown = np.flatnonzero(power)
    return Cause(name, power, float(power.sum()) * now.step / 3600, int(now.ts[shown[0]]), int(now.ts[shown[-1]]) + now.step)


def _possible(sky: _Sky, before: Grid, now: Grid) -> Values | None:
    """kW that the period's radiation yields at the yield per radiation that each time of day had before; None without radiation."""
    sun = sky.source.signal("radiation_w_m2", sky.place, int(before.ts[0]), int(now.ts[-1]) + now.step)
    if sun is None or not len(sun):
        return None
    past = _held(sun.ts, sun.value, sun.seconds, before.ts)
    light = _held(sun.ts, sun.value, sun.seconds, now.ts)
    known = ~np.isnan(past) & ~np.isnan(before.values) & (past > _DIM)
    if known.sum() < 50 or np.isnan(light).mean() > 0.2:
        return None
    yields = np.bincount(before.slot[known], before.values[known], minlength=now.slots)
    lights = np.bincount(before.slot[known], past[known], minlength=now.slots)
    overall = yields.sum() / lights.sum()
    rate = np.where(lights > 0, yields / np.maximum(lights, 1e-9), overall)
    possible: Values = rate[now.slot] * np.nan_to_num(light)
    return possible


def _column_means(some: Grid) -> Values:
    table = some.table(some.values)
    count = np.sum(~np.isnan(table), axis=0)
    means: Values = np.nansum(table, axis=0) / np.maximum(count, 1)
    return means


def _usual_price(past: Grid, now: Grid) -> Values:
    """The mean price of the four weeks before by hour, for weekdays and other days apart, without the dearest and cheapest tenth."""
    table, working = past.table(past.values), kinds_of(past.days) == WEEKDAY
    rows = np.array([_trimmed(table[working]), _trimmed(table[~working])])
    rows = np.where(np.isnan(rows), np.nanmean(rows), rows)
    other = (kinds_of(now.days) != WEEKDAY).astype(np.int64)
    slot = now.slot * now.step // past.step
    usual: Values = rows[other[now.day_no], slot]
    return usual


def _trimmed(table: Values) -> Values:
    if not len(table):
        return np.full(table.shape[1], np.nan)
    filled = np.where(np.isnan(table), np.nanmedian(table), table)
    cut = len(filled) // 10
    inner: Values = np.sort(filled, axis=0)[cut : len(filled) - cut].mean(axis=0)
    return inner


def _held(ts: Times, values: Values, seconds: int, at: Times) -> Values:
    """The value of the interval that holds each instant, NaN where there is none."""
    place = np.searchsorted(ts, at, side="right") - 1
    safe = np.maximum(place, 0)
    fits = (place >= 0) & (at < ts[safe] + seconds)
    return np.where(fits, values[safe], np.nan)


def _warmth(temperature: Signal | None, period: Period) -> tuple[float, float] | None:
    """Mean temperature of the period and of the time before it."""
    if temperature is None or not len(temperature):
        return None
    inside = period.within(temperature.ts)
    before = temperature.ts < period.start
    if not inside.any() or not before.any():
        return None
    return float(np.nanmean(temperature.value[inside])), float(np.nanmean(temperature.value[before]))
