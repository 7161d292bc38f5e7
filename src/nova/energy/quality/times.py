"""Readings in, what their times and versions tell out: gaps, hours that wrong local times lost, doubled or moved, and late corrections."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import changes, day_bounds, local_date
from nova.energy.quality.findings import Context, Finding
from nova.series import DAY, HOUR, MISSING, QUARTER, Readings, Times, Values

SET, UNSET = 3 * DAY, 35 * DAY  # a meter whose clock was not put forward is set then
TOGETHER = 6 * HOUR  # corrected rows at most so far apart are one correction
SAME = 1e-6  # kW; versions that differ less say the same


def holes(given: Readings, context: Context) -> list[Finding]:
    """Intervals without a value: each stretch is a gap, or an hour that wrong local times lost."""
    start, end = _window(given, context)
    if end <= start:
        return []
    times = given.ts[_known(given)]
    before = np.concatenate([[start], times + given.seconds])
    after = np.concatenate([times, [end]])
    empty = [(int(before[at]), int(after[at])) for at in np.flatnonzero(after - before >= given.seconds)]
    clock = [found for change in changes(start - DAY, end + 1) if (found := _clock(given, change, set(empty))) is not None]
    explained = {hole for _, hole in clock}
    return [*(finding for finding, _ in clock), *(_gap(hole, given.seconds) for hole in empty if hole not in explained)]


def _window(given: Readings, context: Context) -> tuple[int, int]:
    """What is looked at, from and to: what is asked for, else from the first to the last reading; nothing of no readings."""
    first, last = (int(given.ts[0]), int(given.ts[-1]) + given.seconds) if len(given) else (inf, -inf)
    start, end = first if context.start is None else context.start, last if context.end is None else context.end
    return (int(start), int(end)) if start < end else (0, 0)


def corrections(given: Readings, context: Context) -> list[Finding]:
    """Stretches whose earlier version said something else; rows that were only confirmed do not count."""
    old = context.earlier
    if old is None or not len(old):
        return []
    at = np.searchsorted(given.ts, old.ts)
    there = (at < len(given)) & (given.ts[np.minimum(at, len(given) - 1)] == old.ts)
    old, at = old.take(there), at[there]
    apart = np.zeros(len(old), bool)
    for before, now in ((old.consumption, given.consumption[at]), (old.production, given.production[at])):
        apart |= (np.isnan(before) != np.isnan(now)) | (np.abs(np.nan_to_num(before) - np.nan_to_num(now)) > SAME)
    times = old.ts[apart]
    if not len(times):
        return []
    edges = np.flatnonzero(np.diff(times) > TOGETHER)
    starts, ends = times[np.r_[0, edges + 1]], times[np.r_[edges, len(times) - 1]] + given.seconds
    why = "Die Werte wurden nachträglich durch andere ersetzt."
    return [Finding("late", int(start), int(end), why) for start, end in zip(starts, ends, strict=True)]


def _known(given: Readings) -> NDArray[np.bool_]:
    """Rows that have a value in each column which this meter uses."""
    known: NDArray[np.bool_] = np.asarray(given.quality != MISSING)
    for column in (given.consumption, given.production):
        empty = np.isnan(column)
        if not empty.all():
            known &= ~empty
    return known


def _gap(hole: tuple[int, int], seconds: int) -> Finding:
    count = (hole[1] - hole[0]) // seconds
    return Finding("gap", *hole, f"Es fehlen {count} Werte." if count > 1 else "Es fehlt ein Wert.")


Hole = tuple[int, int]
ClockFault = tuple[Finding, Hole]


def _clock(given: Readings, change: int, empty: set[Hole]) -> ClockFault | None:
    """What went wrong when the clock changed, and the hole that tells (a span without length where none does)."""
    return next((found for rule in (_lost, _moved, _set_late, _doubled) if (found := rule(given, change, empty)) is not None), None)


def _lost(_given: Readings, change: int, empty: set[Hole]) -> ClockFault | None:
    lost = next((hole for hole in ((change, change + HOUR), (change - HOUR, change)) if hole in empty), None)
    return None if lost is None else (Finding("dst", *lost, "Bei der Zeitumstellung fehlt genau eine Stunde."), lost)


def _moved(_given: Readings, change: int, empty: set[Hole]) -> ClockFault | None:
    midnight = day_bounds(local_date(change))[1]
    last = (midnight - HOUR, midnight)
    if last not in empty:
        return None
    return Finding("dst", change, midnight, "Nach der Zeitumstellung ist der Rest des Tages um eine Stunde verschoben."), last


def _set_late(given: Readings, change: int, empty: set[Hole]) -> ClockFault | None:
    late = next((hole for hole in sorted(empty) if hole[1] - hole[0] == HOUR and SET <= hole[0] - change < UNSET), None)
    if late is None or local_date(change).month >= 6 or not _early(given, change, late):
        return None
    return Finding("dst", change, late[1], "Bis zu der fehlenden Stunde ging die Uhr des Zählers eine Stunde nach."), late


def _doubled(given: Readings, change: int, _empty: set[Hole]) -> ClockFault | None:
    if not _twice(given, given.ts, change):
        return None
    return Finding("dst", change - HOUR, change + HOUR, "Bei der Zeitumstellung steht dieselbe Stunde zweimal."), (change, change)


def _early(given: Readings, change: int, hole: tuple[int, int]) -> bool:
    """Whether the days up to the hole look more like those after it once they are put an hour later (nobody put its clock forward)."""
    known = _known(given)
    power = np.nan_to_num(given.consumption) - np.nan_to_num(given.production)
    before, after = ((given.ts >= start) & (given.ts < end) & known for start, end in ((change, hole[0]), (hole[1], hole[1] + UNSET)))
    if not before.any() or not after.any():
        return False
    wrong, right = _usual(given.ts[before], power[before]), _usual(given.ts[after], power[after])
    as_it_is, put_later = (np.nansum((np.roll(wrong, by) - right) ** 2) for by in (0, HOUR // QUARTER))
    return bool(put_later < as_it_is)


def _usual(ts: Times, power: Values) -> Values:
    """The mean power by quarter-hour of the day (UTC), NaN where there is none."""
    at = ts % DAY // QUARTER
    count = np.bincount(at, minlength=DAY // QUARTER)
    return np.where(count > 0, np.bincount(at, power, DAY // QUARTER) / np.maximum(count, 1), np.nan)


def _twice(given: Readings, ts: Times, change: int) -> bool:
    """Whether the hour before the change and the one after say the same, interval by interval, and more than one thing."""
    first, second = (slice(*np.searchsorted(ts, (one, one + HOUR))) for one in (change - HOUR, change))
    columns = [
        column
        for column in (given.consumption, given.production)
        if len(np.unique(column[first])) > 1 and not np.isnan(column[first]).any()
    ]
    whole = all(len(ts[hour]) == HOUR // given.seconds for hour in (first, second))
    return whole and bool(columns) and all(np.array_equal(column[first], column[second]) for column in columns)
