"""Readings before a period and the weather in, what the period may be expected to show out: per time of day, kind of day and weather.

A day's level is a robust regression of past daily means on the kind of day (weekday, Saturday, Sunday or holiday) and, where a temperature
is known, on heating degrees below 15 °C (the heating limit of German degree days, VDI 2067) and cooling degrees above 22 °C. The shape of
a day is the mean of past days of its kind. Powers in kW on a regular grid of `step` seconds; NaN means unknown.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_days, local_seconds
from nova.energy.feasts import holidays
from nova.series import Signal, Times, Values

WEEKDAY, SATURDAY, REST = range(3)
HEATING, COOLING = 15.0, 22.0
LOW, HIGH = 0.05, 0.95
FEWEST_DAYS = 10
_FULL = 0.75  # of a day's intervals that must be known for its mean to count
_HUBER = 1.345  # 95 % efficiency for normal errors (Huber 1981)
_SURE = 3.0  # standard errors from which on a slope counts
_MAD = 1.4826
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A regular grid: instants, powers, and for each the number of its day (`day_no` into `days`) and of its time of day (`slot`)."""

    step: int
    ts: Times
    values: Values
    days: NDArray[np.datetime64]
    day_no: Ints
    slot: Ints

    @property
    def slots(self) -> int:
        """Times of day there are."""
        return 86_400 // self.step

    def table(self, values: Values) -> Values:
        """Values as days x times of day; an hour that comes twice counts with its mean, one that never comes is NaN."""
        cell = self.day_no * self.slots + self.slot
        known = ~np.isnan(values)
        size = len(self.days) * self.slots
        count = np.bincount(cell[known], minlength=size)
        total = np.bincount(cell[known], values[known], minlength=size)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan).reshape(len(self.days), self.slots)


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """What was to be expected on the grid of a period, in kW.

    `plain` is for the mean weather of the past, `expected` for the weather there was, `high` the upper edge. `other[k]` is `expected` had
    each day been of kind k. `past` is the grid of the past, `past_expected` and `past_plain` what the same model says of it.
    """

    plain: Values
    expected: Values
    low: Values
    high: Values
    other: tuple[Values, ...]
    kinds: Ints
    past: Grid
    past_expected: Values
    past_plain: Values
    past_kinds: Ints
    heating: bool


def grid(ts: Times, values: Values, start: int, end: int, step: int) -> Grid:
    """Powers of intervals that begin at `ts` as means over steps from `start` to `end`."""
    every = np.arange(start - start % step, end, step, dtype=np.int64)
    inside = (ts >= every[0]) & (ts < end) & ~np.isnan(values) if len(every) else np.zeros(len(ts), bool)
    place = (ts[inside] - every[0]) // step if len(every) else np.zeros(0, np.int64)
    count = np.bincount(place, minlength=len(every))
    total = np.bincount(place, values[inside], minlength=len(every))
    means = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    dates = local_days(every)
    days, day_no = np.unique(dates, return_inverse=True)
    slot = local_seconds(every) % 86_400 // step
    return Grid(step, every, means, days, day_no.astype(np.int64), slot.astype(np.int64))


def kinds_of(days: NDArray[np.datetime64]) -> Ints:
    """WEEKDAY, SATURDAY or REST of each local day."""
    weekday = (days.astype(np.int64) + 3) % 7
    found = np.where(weekday == 6, REST, np.where(weekday == 5, SATURDAY, WEEKDAY))
    years = {int(year) for year in np.unique(days.astype("datetime64[Y]").astype(np.int64) + 1970)}
    feasts = np.array(sorted(day for year in years for day in holidays(year)), "datetime64[D]")
    return np.where(np.isin(days, feasts), REST, found).astype(np.int64)


def degrees(days: NDArray[np.datetime64], temperature: Signal | None) -> Values | None:
    """Heating and cooling degrees of each local day (days x 2), NaN where unknown; None without a temperature."""
    if temperature is None or not len(temperature):
        return None
    of = local_days(temperature.ts)
    known = ~np.isnan(temperature.value)
    place = np.searchsorted(days, of[known])
    fits = (place < len(days)) & (days[np.minimum(place, len(days) - 1)] == of[known])
    count = np.bincount(place[fits], minlength=len(days))
    mean = np.bincount(place[fits], temperature.value[known][fits], minlength=len(days)) / np.maximum(count, 1)
    mean = np.where(count > 0, mean, np.nan)
    return np.column_stack([np.maximum(0.0, HEATING - mean), np.maximum(0.0, mean - COOLING)])


def band(past: Grid, period: Grid, temperature: Signal | None = None) -> Band | None:
    """What `past` lets expect of `period`; None where fewer than ten whole days are known."""
    table = past.table(past.values)
    whole = np.mean(~np.isnan(table), axis=1) >= _FULL
    if whole.sum() < FEWEST_DAYS:
        return None
    kinds, now_kinds = kinds_of(past.days), kinds_of(period.days)
    cold, now_cold = degrees(past.days, temperature), degrees(period.days, temperature)
    fit = _Fit.of(table, whole, kinds, cold)
    levels, now_levels = fit.level(kinds, cold), fit.level(now_kinds, now_cold)
    past_expected = fit.spread(levels, kinds, cold, past)
    expected = fit.spread(now_levels, now_kinds, now_cold, period)
    plain = fit.spread(fit.level(now_kinds, None), now_kinds, None, period)
    other = tuple(
        fit.spread(fit.level(np.full_like(now_kinds, kind), now_cold), np.full_like(now_kinds, kind), now_cold, period) for kind in range(3)
    )
    low, high = _edges(past, past_expected, period, expected)
    past_plain = fit.spread(fit.level(kinds, None), kinds, None, past)
    return Band(plain, expected, low, high, other, now_kinds, past, past_expected, past_plain, kinds, bool(fit.slopes.any()))


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """Levels by kind of day in kW, slopes in kW a degree, the shape of a day by kind (mean 1) and of the slopes (mean 1)."""

    levels: Values
    slopes: Values
    usual: Values
    shapes: Values
    slope_shape: Values

    @classmethod
    def of(cls, table: Values, whole: Flags, kinds: Ints, cold: Values | None) -> "_Fit":
        means = np.nanmean(np.where(np.isnan(table), np.nanmean(table, axis=0, keepdims=True), table), axis=1)
        known = whole & np.isfinite(means) & (np.isfinite(cold).all(axis=1) if cold is not None else True)
        if known.sum() < FEWEST_DAYS:
            cold, known = None, whole & np.isfinite(means)
        there = np.array([np.any(kinds[known] == kind) for kind in range(3)])
        standing = np.where(there[kinds], kinds, np.argmax(there))
        design = np.eye(3)[standing]
        usual = np.zeros(2)
        slopes = np.zeros(2)
        if cold is not None:
            usual = np.mean(cold[known], axis=0)
            slopes = _slopes(design[known], cold[known] - usual, means[known])
            means = means - (cold - usual) @ slopes
        levels = np.array([np.median(means[known & (standing == kind)]) if there[kind] else np.nan for kind in range(3)])
        levels = np.where(np.isnan(levels), np.median(means[known]), levels)
        shapes = np.array([_shape(table, known & (standing == kind)) if there[kind] else _shape(table, known) for kind in range(3)])
        return cls(levels, slopes, usual, shapes, _slope_shape(table, known, cold, shapes, levels, standing, slopes))

    def level(self, kinds: Ints, cold: Values | None) -> Values:
        """Mean power of days of these kinds in their weather, or in the usual one."""
        levels: Values = self.levels[kinds]
        return levels if cold is None else levels + self._weather(cold)

    def _weather(self, cold: Values) -> Values:
        extra: Values = np.where(np.isfinite(cold), cold - self.usual, 0.0) @ self.slopes
        return extra

    def spread(self, levels: Values, kinds: Ints, cold: Values | None, over: Grid) -> Values:
        """These daily levels as powers of each step; what the weather adds has a shape of its own."""
        extra = self._weather(cold) if cold is not None else np.zeros(len(levels))
        powers = (levels - extra)[over.day_no] * self.shapes[kinds[over.day_no], over.slot]
        spread: Values = np.maximum(0.0, powers + extra[over.day_no] * self.slope_shape[over.slot])
        return spread


def _slopes(design: Values, cold: Values, means: Values) -> Values:
    """Slopes on heating and cooling degrees by Huber's regression; those not surely above 0 are 0."""
    slopes = np.zeros(2)
    use = [at for at in range(2) if np.ptp(cold[:, at]) > 2.0]
    while use:
        columns = np.column_stack([design, cold[:, use]])
        weights = np.ones(len(means))
        for _ in range(20):
            root = np.sqrt(weights)[:, None]
            found = np.linalg.lstsq(columns * root, means * root[:, 0], rcond=None)[0]
            rest = means - columns @ found
            scale = max(_MAD * float(np.median(np.abs(rest))), 1e-9)
            weights = np.minimum(1.0, _HUBER * scale / np.maximum(np.abs(rest), 1e-12))
        errors = scale * np.sqrt(np.diag(np.linalg.pinv(columns.T @ (columns * weights[:, None]))))
        sure = found[-len(use) :] / np.maximum(errors[-len(use) :], 1e-12)
        if np.all(sure >= _SURE):
            slopes[use] = found[-len(use) :]
            break
        use.pop(int(np.argmin(sure)))
    return slopes


def _shape(table: Values, days: Flags) -> Values:
    """The mean course of these days, smoothed over neighbours, with mean 1."""
    count = np.sum(~np.isnan(table[days]), axis=0)
    course = np.nansum(table[days], axis=0) / np.maximum(count, 1)
    smooth = (np.roll(course, 1) + 2 * course + np.roll(course, -1)) / 4
    mean = float(np.mean(smooth))
    shape: Values = smooth / mean if mean > 0 else np.ones_like(smooth)
    return shape


def _slope_shape(table: Values, known: Flags, cold: Values | None, shapes: Values, levels: Values, kinds: Ints, slopes: Values) -> Values:
    """How what the weather adds is spread over the day: by a regression for each time of day, never below 0, with mean 1."""
    flat = np.ones(table.shape[1])
    if cold is None or not slopes.any():
        return flat
    weather = (cold[known] - np.mean(cold[known], axis=0)) @ slopes
    rest = table[known] - (levels[kinds, None] * shapes[kinds])[known]
    found = np.nansum(weather[:, None] * rest, axis=0) / max(float(weather @ weather), 1e-9)
    window = max(1, table.shape[1] // 12)  # two hours: a single interval is too noisy
    smooth = np.convolve(np.concatenate([found[-window:], found, found[:window]]), np.ones(window) / window, "same")[window:-window]
    shape: Values = np.maximum(0.0, smooth)
    return shape / np.mean(shape) if np.mean(shape) > 0 else flat


def _edges(past: Grid, past_expected: Values, period: Grid, expected: Values) -> tuple[Values, Values]:
    """The edges of 5 and 95 % of past deviations at this time of day and its neighbours."""
    rest = past.table(past.values - past_expected)
    near = np.concatenate([np.roll(rest, 1, axis=1), rest, np.roll(rest, -1, axis=1)])
    filled = np.where(np.isnan(near), np.nanmedian(near), near)
    low, high = np.quantile(filled, [LOW, HIGH], axis=0)
    return np.maximum(0.0, expected + low[period.slot]), np.maximum(0.0, expected + high[period.slot])


def total_spread(made: Band, inside: NDArray[np.bool_], slots: NDArray[np.bool_]) -> float:
    """Half the width in kWh of the 90 % band of a period's sum; `inside` are its steps, `slots` the times of day that count.

    Days are taken to hang together as neighbours in the past did (first autocorrelation).
    """
    rest = made.past.table(made.past.values - made.past_expected)[:, slots]
    whole = np.mean(~np.isnan(rest), axis=1) >= _FULL
    hours = made.past.step / 3600
    sums = np.nanmean(rest[whole], axis=1) * rest.shape[1] * hours
    if len(sums) < 3:
        return float("inf")
    scale = _MAD * float(np.median(np.abs(sums - np.median(sums))))
    days = max(1.0, float(inside.sum()) / max(1, int(slots.sum())))
    centred = sums - np.mean(sums)
    hang = float(np.clip(centred[1:] @ centred[:-1] / max(float(centred @ centred), 1e-9), 0.0, 0.8))
    return 1.645 * scale * float(np.sqrt(days * (1 + 2 * hang / (1 - hang) * (1 - 1 / days))))
