"""Rows of local days in, what was known of each slot when its forecast was issued out: lags, rolling statistics, calendar.

`lag` is how many days lie between a day and the last one known in full: 1 when a day is forecast from all up to the evening before. With
`block` shorter than a day a forecast is issued at each multiple of it, and the slots just before it are known too. Nothing here reads a
value later than that: row d of every column depends on rows up to d - lag, and on slots of the same day before the block's first.
"""

from dataclasses import dataclass

import numpy as np

from nova.energy.forecast.analog import alike
from nova.energy.forecast.days import calendar_columns
from nova.energy.forecast.grid import Grid
from nova.series import Values

RECENT = 4
PARTS = 6  # means of so many parts of the last known day


@dataclass(frozen=True, slots=True)
class View:
    """When forecasts are issued: the last day known in full, the slots forecast at once, and whose holidays count."""

    lag: int
    block: int
    country: str = "DE"


def columns(grid: Grid, view: View) -> Values:
    """An array (days, slots, features) in 32 bits; NaN where nothing is known."""
    values = grid.values
    parts = [*_lags(values, view), *_levels(values, view), *_lately(values, view), *_recent(values, view), *_calendar(grid, view)]
    for extra in grid.extras:
        parts += _foresight(extra, view)
    if grid.extras:
        parts.append(alike(grid, view.lag))
    return np.stack([np.broadcast_to(part, grid.values.shape) for part in parts], axis=-1).astype(np.float32)


def behind(values: Values, days: int) -> Values:
    """What stood `days` rows above; NaN where there is none."""
    moved = np.full_like(values, np.nan)
    moved[days:] = values[: len(values) - days] if days else values
    return moved


def weeks_behind(values: Values, lag: int, weeks: int = 4) -> Values:
    """(weeks, days, slots): the same weekday of the last known weeks."""
    first = -(-lag // 7)
    return np.stack([behind(values, 7 * (first + week)) for week in range(weeks)])


def windows(values: Values, lag: int, days: int) -> Values:
    """(days of the grid, slots, `days`): the values of so many days up to the last known; NaN before the first."""
    padded = np.concatenate([np.full((days + lag - 1, values.shape[1]), np.nan), values])
    return np.lib.stride_tricks.sliding_window_view(padded, days, axis=0)[: len(values)]


def mean(values: Values, axis: int) -> Values:
    """The mean of what is known; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis) / np.maximum(count, 1), np.nan)


def quantile(values: Values, share: float) -> Values:
    """The quantile over the last axis of what is known (the next lower value); NaN where nothing is."""
    ordered = np.sort(values, axis=-1)
    count = np.isfinite(values).sum(-1)
    at = np.maximum(np.ceil(share * count).astype(int) - 1, 0)
    return np.asarray(np.take_along_axis(ordered, at[..., None], axis=-1)[..., 0], np.float64)


def _lags(values: Values, view: View) -> list[Values]:
    week = 7 * -(-view.lag // 7)
    near = behind(values, view.lag)
    flat = near.ravel()
    beside = [np.concatenate([flat[:1], flat[:-1]]), np.concatenate([flat[1:], flat[-1:]])]
    lags = [near, behind(values, view.lag + 1), behind(values, view.lag + 2), behind(values, week), behind(values, week + 7)]
    return [*lags, *_inside(beside, values.shape)]


def _inside(beside: list[Values], shape: tuple[int, ...]) -> list[Values]:
    """The slot after the last one of a day is tomorrow's first, which may not be known: it becomes the last one itself."""
    before, after = (side.reshape(shape).copy() for side in beside)
    after[:, -1] = before[:, -1] if shape[1] == 1 else after[:, -2]
    return [before, after]


def _levels(values: Values, view: View) -> list[Values]:
    """Levels and spreads of the slot, the slots around it and the whole day over weeks, and of parts of the last known day."""
    month, week = windows(values, view.lag, 28), windows(values, view.lag, 7)
    around = _smooth(mean(week, -1))
    daily = mean(values, 1)[:, None]
    known = behind(values, view.lag)
    parts = [mean(part, 1)[:, None] for part in np.array_split(known, min(PARTS, values.shape[1]), axis=1)]
    slot = [mean(month, -1), mean(week, -1), around, *(quantile(month, share) for share in (0.1, 0.5, 0.9)), _spread(month)]
    same = mean(weeks_behind(values, view.lag), 0)
    day = [behind(daily, view.lag), behind(daily, view.lag + 1), behind(daily, 7 * -(-view.lag // 7)), _lowest(known), -_lowest(-known)]
    trend = [mean(windows(daily, view.lag, days), -1) for days in (7, 28)]
    return [*slot, same, *day, *trend, *parts]


def _lowest(values: Values) -> Values:
    return np.where(np.isfinite(values).any(1), np.where(np.isfinite(values), values, np.inf).min(1), np.nan)[:, None]


def _spread(values: Values) -> Values:
    middle = mean(values, -1)[..., None]
    return np.sqrt(np.maximum(mean((values - middle) ** 2, -1), 0.0))


def _smooth(values: Values) -> Values:
    """The mean of a slot and its two neighbours on each side, within the same day."""
    padded = np.pad(values, ((0, 0), (2, 2)), mode="edge")
    return mean(np.lib.stride_tricks.sliding_window_view(padded, 5, axis=1), -1)


def usual(values: Values, lag: int, days: int = 14, beside: int = 1, share: float = 0.5) -> Values:
    """The median (or another quantile) of the slot and so many on each side over the last known days; (days, slots)."""
    padded = np.pad(values, ((0, 0), (beside, beside)), mode="edge")
    near = [windows(padded[:, at : at + values.shape[1]], lag, days) for at in range(2 * beside + 1)]
    return quantile(np.concatenate(near, axis=-1), share)


def _lately(values: Values, view: View) -> list[Values]:
    """What the last days and weeks were like: someone who is away has no use for the month before."""
    slot = [usual(values, view.lag, days, beside) for days, beside in ((3, 2), (7, 1), (14, 1))]
    ends = [usual(values, view.lag, 7, 1, share) for share in (0.2, 0.9)]
    week = windows(mean(values, 1)[:, None], view.lag, 7)
    return [*slot, *ends, *(quantile(week, share) for share in (0.01, 0.5, 1.0))]


def _recent(values: Values, view: View) -> list[Values]:
    """The last known slots before the forecast is issued."""
    days, slots = values.shape
    issued = (np.arange(days)[:, None] - view.lag + 1) * slots + np.arange(slots)[None, :] // view.block * view.block
    flat, found = values.ravel(), []
    for back in range(1, RECENT + 1):
        at = issued - back
        found.append(np.where(at >= 0, flat[np.clip(at, 0, flat.size - 1)], np.nan))
    return found


def _calendar(grid: Grid, view: View) -> list[Values]:
    """The slot, the kind of day and its neighbours, daylight. The season itself would be a date to learn by heart."""
    clock = np.arange(grid.slots, dtype=np.float64)[None, :]
    days = calendar_columns(grid.dates, view.country)
    return [clock, *(days[:, [at]] for at in (0, 1, 2, 3, 6))]


def _foresight(extra: Values, view: View) -> list[Values]:
    """What only hindsight knows of the day itself: the value, its change to the last known day, the day's mean, the slots beside."""
    daily = mean(extra, 1)[:, None]
    return [extra, extra - behind(extra, view.lag), daily, daily - behind(daily, view.lag), _smooth(extra)]
