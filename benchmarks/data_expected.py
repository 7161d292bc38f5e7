"""Rows of a meter and a window in, what the weeks before let expect of it out, as the decision 0048 has it, without weather.

A day's level is the median of the means of past days of its kind (weekday, Saturday, Sunday or holiday), its course the mean course of
those days, smoothed over neighbours; the usual range is as wide as the sums of past days scattered around their own expectation.
"""

from datetime import date, timedelta

import numpy as np
from data_truth import DAY, HOUR, QUARTER, Array, Meter, Window, local, midnight, wall

SHORTEST, LONGEST, FEWEST = 56 * DAY, 400 * DAY, 10
_FULL, _MAD, _SURE = 0.75, 1.4826, 1.645


def expected(meter: Meter, seen: Window) -> tuple[float, float, float] | None:
    """kWh that were to be expected, and the lower and upper edge of what is usual; None where too little is known before."""
    step = max(QUARTER, meter.seconds)
    back = min(max(2 * (seen.end - seen.start), SHORTEST), LONGEST)
    start = midnight(local(seen.start).date())
    there = meter.ts[meter.ts >= seen.start - back]
    if not len(there) or there[0] >= start:
        return None
    ts = np.arange(max(seen.start - back, int(there[0])) // step * step, start, step)
    dates, table = _table(meter, ts, step)
    whole = np.mean(np.isfinite(table), axis=1) >= _FULL
    if whole.sum() < FEWEST:
        return None
    kinds = np.array([_kind(one) for one in dates])
    levels, shapes = _fitted(table, whole, kinds)
    now = np.arange(start // step * step, seen.end, step)
    inside = seen.within(now)
    slot = wall(now) % DAY // step
    kind = np.array([_kind(local(int(one)).date()) for one in now])
    kwh = float((np.maximum(0.0, levels[kind] * shapes[kind, slot]))[inside].sum()) * step / HOUR
    slots = np.isin(np.arange(DAY // step), slot[inside])
    rest = (table - np.maximum(0.0, levels[kinds][:, None] * shapes[kinds]))[:, slots]
    wide = _width(rest, float(inside.sum()) / max(1, int(slots.sum())), step)
    return kwh, max(0.0, kwh - wide), kwh + wide


def _table(meter: Meter, ts: Array, step: int) -> tuple[list[date], Array]:
    """Mean powers of past days by time of day; an hour that comes twice counts with its mean."""
    sums: dict[tuple[date, int], list[float]] = {}
    position = {int(one): at for at, one in enumerate(meter.ts)}
    dates = sorted({local(int(one)).date() for one in ts})
    for instant, clock in zip(ts.tolist(), wall(ts).tolist(), strict=True):
        at = position.get(instant)
        if at is not None and np.isfinite(meter.used[at]):
            sums.setdefault((local(instant).date(), clock % DAY // step), []).append(float(meter.used[at]))
    table = np.full((len(dates), DAY // step), np.nan)
    rows = {one: at for at, one in enumerate(dates)}
    for (day, slot), values in sums.items():
        table[rows[day], slot] = sum(values) / len(values)
    return dates, table


def _fitted(table: Array, whole: Array, kinds: Array) -> tuple[Array, Array]:
    """The level of each kind of day, and its course around one."""
    filled = np.where(np.isnan(table), np.nanmean(table, axis=0, keepdims=True), table)
    means = filled.mean(axis=1)
    levels, shapes = [], []
    present = [kind for kind in range(3) if (whole & (kinds == kind)).any()]
    for kind in range(3):
        # days of a kind that was not seen count as those of the first kind that was
        some = whole & (kinds == kind) if kind in present else whole
        levels.append(np.median(means[some]))
        course = np.nansum(table[some], axis=0) / np.maximum(1, np.isfinite(table[some]).sum(axis=0))
        smooth = (np.roll(course, 1) + 2 * course + np.roll(course, -1)) / 4
        shapes.append(smooth / smooth.mean() if smooth.mean() > 0 else np.ones_like(smooth))
    return np.array(levels), np.array(shapes)


def _width(rest: Array, length: float, step: int) -> float:
    """Half the width of the range that 90 % of such sums lie in, as past days hang together."""
    some = rest[np.mean(np.isfinite(rest), axis=1) >= _FULL]
    sums = np.nanmean(some, axis=1) * rest.shape[1] * step / HOUR
    if len(sums) < 3:
        return float("inf")
    scale = _MAD * float(np.median(np.abs(sums - np.median(sums))))
    centred = sums - sums.mean()
    hang = min(0.8, max(0.0, float(centred[1:] @ centred[:-1]) / max(float(centred @ centred), 1e-9)))
    count = max(1.0, length)
    return _SURE * scale * float(np.sqrt(count * (1 + 2 * hang / (1 - hang) * (1 - 1 / count))))


def _kind(day: date) -> int:
    if day.weekday() == 6 or day in _feasts(day.year):
        return 2
    return 1 if day.weekday() == 5 else 0


def _feasts(year: int) -> set[date]:
    """The holidays of all of Germany."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    easter = date(year, month, day + 1)
    moving = {easter + timedelta(days=one) for one in (-2, 1, 39, 50)}
    return moving | {date(year, *one) for one in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))}
