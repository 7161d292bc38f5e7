"""Readings in, buckets of any length out: energy, smallest and largest power, when the largest was, how many intervals of which quality.

Everything here is numpy on columns. Rollups are such buckets of 900 and 3600 seconds and of local days; longer ones are folded from them.
A bucket of up to an hour begins at a multiple of its length since 1970; one of less than a day at a multiple since local midnight, so that
the last one of a day may be shorter or, when the clock goes back, there is one more; one of whole days begins at local midnight, weeks on
Monday. An interval belongs to the bucket in which it begins.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nova.series import DAY, HOUR, MISSING, QUALITIES, Times, Values
from nova.store.series.local_days import midnights
from nova.store.series.put import Held

MONDAY = 3  # days from the first Monday before 1970 to 1970
LADDER = (60, 300, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, DAY, 7 * DAY, 28 * DAY)


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Buckets that hold at least one interval, by time. Energies in kWh, powers in kW, NaN where none is known; `seconds` is their length.

    `longest` is the longest interval in a bucket, `*_s` the seconds with a known power, `qualities` counts intervals (a column for each of
    QUALITIES), `consumption_max_at` the begin of the first interval with the largest power (the bucket's own where none is known).
    """

    seconds: int
    ts: Times
    longest: Times
    consumption_s: Times
    production_s: Times
    consumption_kwh: Values
    consumption_min: Values
    consumption_max: Values
    consumption_max_at: Times
    production_kwh: Values
    production_min: Values
    production_max: Values
    qualities: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ts)

    @property
    def consumption_mean(self) -> Values:
        """The mean power of consumption over the seconds in which it is known, in kW."""
        return _mean(self.consumption_kwh, self.consumption_s)

    @property
    def production_mean(self) -> Values:
        """The mean power of production over the seconds in which it is known, in kW."""
        return _mean(self.production_kwh, self.production_s)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp] | slice) -> "Buckets":
        """Only these."""
        return Buckets(self.seconds, *(getattr(self, name)[which] for name in COLUMNS))


COLUMNS = tuple(field.name for field in fields(Buckets))[1:]


def of_rows(held: Held) -> Buckets:
    """Each interval as a bucket of its own; of one of quality "missing" no power is known, whatever it holds."""
    strand, seconds = held.strand, held.seconds
    consumption, production = (np.where(strand.quality == MISSING, np.nan, values) for values in strand.values[:2])
    columns: dict[str, Any] = {"ts": strand.ts, "longest": seconds, "consumption_max_at": strand.ts}
    for name, power in (("consumption", consumption), ("production", production)):
        columns |= {f"{name}_s": np.where(np.isnan(power), 0, seconds), f"{name}_kwh": power * seconds / HOUR}
        columns |= {f"{name}_min": power, f"{name}_max": power}
    return Buckets(seconds=0, qualities=np.eye(len(QUALITIES), dtype=np.int64)[strand.quality], **columns)


def joined(first: Buckets, second: Buckets) -> Buckets:
    """Buckets of both, by time."""
    order = np.argsort(np.concatenate([first.ts, second.ts]), kind="stable")
    columns = {name: np.concatenate([getattr(first, name), getattr(second, name)])[order] for name in COLUMNS}
    return Buckets(seconds=first.seconds, **columns)


def fold(parts: Buckets, seconds: int) -> Buckets:
    """Shorter buckets as buckets of `seconds`."""
    if not len(parts):
        return replace(parts, seconds=seconds)
    begins = begin(parts.ts, seconds)
    edges = np.flatnonzero(np.diff(begins, prepend=begins[0] - 1))
    largest = np.fmax.reduceat(parts.consumption_max, edges)
    columns: dict[str, Any] = {"ts": begins[edges], "longest": np.maximum.reduceat(parts.longest, edges), "consumption_max": largest}
    for name in ("consumption", "production"):
        covered = np.add.reduceat(getattr(parts, f"{name}_s"), edges)
        energy = np.add.reduceat(np.nan_to_num(getattr(parts, f"{name}_kwh")), edges)
        columns |= {f"{name}_s": covered, f"{name}_kwh": np.where(covered > 0, energy, np.nan)}
        columns[f"{name}_min"] = np.fmin.reduceat(getattr(parts, f"{name}_min"), edges)
    columns["production_max"] = np.fmax.reduceat(parts.production_max, edges)
    columns["consumption_max_at"] = _first_peaks(parts, edges, largest)
    return Buckets(seconds=seconds, qualities=np.add.reduceat(parts.qualities, edges, axis=0), **columns)


def begin(ts: Times, seconds: int) -> Times:
    """When the bucket begins that each instant belongs to; the instants ascend."""
    if seconds <= HOUR:
        return ts - ts % seconds
    days = midnights(int(ts[0]), int(ts[-1]))
    day = np.searchsorted(days, ts, side="right") - 1
    if seconds < DAY:
        return days[day] + (ts - days[day]) // seconds * seconds
    count = seconds // DAY
    number = (days[:-1] + DAY // 2) // DAY + MONDAY
    first = number // count * count - MONDAY
    known = midnights(int(first[0]) * DAY, int(ts[-1]))
    begins: Times = known[np.searchsorted((known + DAY // 2) // DAY, first)]
    return begins[day]


def span(start: int, end: int, seconds: int) -> tuple[int, int]:
    """From the begin of the bucket that holds `start` to the end of the one that holds the last second before `end`."""
    first, last = begin(np.array([start, max(start, end - 1)], np.int64), seconds)
    if seconds <= HOUR:
        return int(first), int(last) + seconds
    days = midnights(int(last), int(last) + seconds + DAY)
    if seconds < DAY:
        return int(first), min(int(last) + seconds, int(days[1]))
    return int(first), int(days[seconds // DAY])


def fitting(start: int, end: int, most: int) -> int:
    """The shortest usual length of which at most `most` buckets lie in [start, end)."""
    return next((seconds for seconds in LADDER if (end - start) / seconds + 2 <= most), LADDER[-1])


def _first_peaks(parts: Buckets, edges: NDArray[np.intp], largest: Values) -> Times:
    group = np.repeat(np.arange(len(edges)), np.diff(edges, append=len(parts)))
    peaks = np.flatnonzero(parts.consumption_max == largest[group])
    which, first = np.unique(group[peaks], return_index=True)
    at = parts.ts[edges].copy()
    at[which] = parts.consumption_max_at[peaks[first]]
    return at


def _mean(energy: Values, seconds: Times) -> Values:
    mean: Values = np.divide(energy * HOUR, seconds, out=np.full(len(energy), np.nan), where=seconds > 0)
    return mean
