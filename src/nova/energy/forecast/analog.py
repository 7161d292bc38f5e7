"""Rows of local days with hindsight's extras in, what the value was when they were like this out.

A kernel regression over the last weeks: with load, sun and wind of the day itself it is the merit order as the market lately showed it.
Only for backtests "with perfect foresight"; nothing that is served knows the extras of tomorrow.
"""

import numpy as np

from nova.energy.forecast.grid import Grid
from nova.series import Values

DAYS = 56  # that are compared
FADE = 14.0  # days after which a day counts 1/e
WIDTH = 0.3  # of the extras' own deviation
HOUR = 0.15  # distance of one hour of the clock
AT_ONCE = 24  # slots of a day compared; of finer ones the mean
# all four chosen on DE-LU prices of 2025; within a wide range they change little


def alike(grid: Grid, lag: int) -> Values:
    """(days, slots): the mean of the last known weeks, weighted by how like the extras and the time of day were; NaN without any."""
    coarse = [_coarse(part) for part in (grid.values, *grid.extras)]
    values, extras = coarse[0], np.stack(coarse[1:], axis=-1)
    found = np.full_like(values, np.nan)
    for day in range(lag + 7, len(values)):
        past = slice(max(0, day - lag + 1 - DAYS), day - lag + 1)
        found[day] = _compare(values[past], extras[past], extras[day])
    return np.repeat(found, grid.slots // values.shape[1], axis=1)


def _compare(values: Values, extras: Values, now: Values) -> Values:
    """The weighted mean for each slot of one day; `values` (days, slots), `extras` (days, slots, extras), `now` (slots, extras)."""
    days, slots = values.shape
    known = (np.isfinite(values) & np.isfinite(extras).all(-1)).ravel()
    if not known.any():
        return np.full(slots, np.nan)
    past, clock, age = extras.reshape(days * slots, -1)[known], np.arange(slots) * 24 / slots, np.arange(days)[::-1]
    scale = np.maximum(past.std(0), 1e-9) * WIDTH
    apart = np.abs(clock[:, None] - np.tile(clock, days)[known])
    distance = (((now[:, None] - past[None]) / scale) ** 2).sum(-1) + (HOUR * np.minimum(apart, 24 - apart)) ** 2
    weight = np.exp(-(distance - distance.min(1, keepdims=True)) / 2) * np.exp(-np.repeat(age, slots)[known] / FADE)
    return np.asarray((weight * values.ravel()[known]).sum(1) / weight.sum(1), np.float64)


def _coarse(values: Values) -> Values:
    """The slots of a day averaged to at most AT_ONCE, where they divide."""
    slots = values.shape[1]
    if slots <= AT_ONCE or slots % AT_ONCE:
        return values
    parts = values.reshape(len(values), AT_ONCE, -1)
    known = np.isfinite(parts)
    count = known.sum(-1)
    return np.where(count > 0, np.where(known, parts, 0.0).sum(-1) / np.maximum(count, 1), np.nan)
