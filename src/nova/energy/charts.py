"""Columns of a series in, what a chart draws out: at most 2,000 points, each the least, mean and greatest value of its bucket.

Buckets are the intervals themselves where those are few enough, else the shortest of LADDER that is: up to an hour from the hour on, beyond
that from local midnight on, so that a day of 25 hours has a short last bucket; weeks are seven local days from the first one.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import DAY, day_start, local_days
from nova.series import QUALITIES, Codes, Times, Values

MOST = 2_000
HOUR, WEEK = 3_600, 7 * DAY
LADDER = (60, 300, 900, 1_800, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, WEEK, 4 * WEEK, 13 * WEEK)
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Buckets in ascending order of time. NaN where nothing is known."""

    ts: Times
    low: Values
    mean: Values
    high: Values

    def __len__(self) -> int:
        return len(self.ts)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What buckets are made of: intervals or rollups. `weight` is how many seconds of each are known (0: nothing)."""

    ts: Times
    low: Values
    mean: Values
    high: Values
    weight: Values


def resolution(start: int, end: int, seconds: int, most: int = MOST) -> int:
    """Seconds a bucket has in a window: `seconds` itself, or the shortest of LADDER that is longer and gives at most `most` points."""
    length = max(end - start, 1)
    for rung in (seconds, *(one for one in LADDER if one > seconds)):
        if _most_points(length, rung) <= most:
            return rung
    return LADDER[-1]


def _most_points(length: int, rung: int) -> int:
    """At most so many buckets touch a window; a day of 25 hours may have one more of those that begin at midnight."""
    extra = length // DAY // 180 + 1 if HOUR < rung < DAY else 0
    return -(-length // rung) + 1 + extra


def parts(ts: Times, values: Values, seconds: int) -> Parts:
    """Single intervals of one length as parts."""
    return Parts(ts, values, values, values, np.where(np.isfinite(values), float(seconds), 0.0))


def points(given: Parts, rung: int) -> Points:
    """Parts gathered into buckets of `rung` seconds. The mean is weighted by time; buckets of which nothing is known are left out."""
    if not len(given.ts):
        return Points(given.ts, given.low, given.mean, given.high)
    begin = bucket_starts(given.ts, rung)
    first = np.flatnonzero(np.concatenate(([True], begin[1:] != begin[:-1])))
    known = given.weight > 0
    low = np.minimum.reduceat(np.where(known, given.low, np.inf), first)
    high = np.maximum.reduceat(np.where(known, given.high, -np.inf), first)
    weight = np.add.reduceat(given.weight, first)
    total = np.add.reduceat(np.where(known, given.mean, 0.0) * given.weight, first)
    some = weight > 0
    mean = np.divide(total, weight, out=np.full(len(first), np.nan), where=some)
    return Points(begin[first], np.where(some, low, np.nan), mean, np.where(some, high, np.nan))


def bucket_starts(ts: Times, rung: int) -> Times:
    """The beginning of the bucket that each instant lies in."""
    if rung <= HOUR:
        return ts // rung * rung
    days, inverse = np.unique(local_days(ts), return_inverse=True)
    midnights = np.array([day_start(day) for day in days.astype(object)], np.int64)
    if rung < DAY:
        midnight = midnights[inverse]
        return midnight + (ts - midnight) // rung * rung
    if rung == DAY:
        return midnights[inverse]
    ordinal = days.astype(np.int64)
    monday = ordinal - (ordinal + 3) % 7  # 1970-01-01 was a Thursday
    weeks = rung // WEEK
    begins = monday - (monday + 3) // 7 % weeks * 7
    starts = np.array([day_start(date.fromordinal(int(one) + date(1970, 1, 1).toordinal())) for one in begins], np.int64)
    return starts[inverse]


def quality_counts(quality: Codes) -> dict[str, int]:
    """How many intervals have each quality, those of none left out."""
    counts = np.bincount(quality, minlength=len(QUALITIES))
    return {name: int(count) for name, count in zip(QUALITIES, counts, strict=True) if count}
