"""Columns of a series in, what a chart draws out: at most 2,000 points, each the least, mean and greatest value of its bucket.

Buckets are the intervals themselves where those are few enough, else those of `store.series.buckets` of the shortest length that gives few.
"""

from dataclasses import dataclass

import numpy as np

from nova.series import DAY, HOUR, QUALITIES, Codes, Times, Values
from nova.store.series.buckets import LADDER, begin

MOST = 2_000


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


def parts(ts: Times, values: Values, seconds: int | Values) -> Parts:
    """Single intervals as parts, of one length or of one each."""
    return Parts(ts, values, values, values, np.where(np.isfinite(values), seconds, 0.0).astype(float))


def points(given: Parts, rung: int) -> Points:
    """Parts gathered into buckets of `rung` seconds. The mean is weighted by time; buckets of which nothing is known are left out."""
    if not len(given.ts):
        return Points(given.ts, given.low, given.mean, given.high)
    starts = begin(given.ts, rung)
    first = np.flatnonzero(np.concatenate(([True], starts[1:] != starts[:-1])))
    known = given.weight > 0
    low = np.minimum.reduceat(np.where(known, given.low, np.inf), first)
    high = np.maximum.reduceat(np.where(known, given.high, -np.inf), first)
    weight = np.add.reduceat(given.weight, first)
    total = np.add.reduceat(np.where(known, given.mean, 0.0) * given.weight, first)
    some = weight > 0
    mean = np.divide(total, weight, out=np.full(len(first), np.nan), where=some)
    return Points(starts[first], np.where(some, low, np.nan), mean, np.where(some, high, np.nan))


def sums(given: Parts, rung: int) -> Values:
    """The sum of what is known of each bucket that `points` makes of these parts; NaN where nothing is."""
    if not len(given.ts):
        return given.mean
    starts = begin(given.ts, rung)
    first = np.flatnonzero(np.concatenate(([True], starts[1:] != starts[:-1])))
    known = np.isfinite(given.mean)
    total = np.add.reduceat(np.where(known, given.mean, 0.0), first)
    return np.where(np.logical_or.reduceat(known, first), total, np.nan)


def aligned(given: Points, ts: Times) -> Points:
    """The points at these beginnings of buckets, in their order; NaN where there is none."""
    if not len(given):
        nothing = np.full(len(ts), np.nan)
        return Points(ts, nothing, nothing, nothing)
    at = np.minimum(np.searchsorted(given.ts, ts), len(given) - 1)
    there = given.ts[at] == ts
    return Points(ts, *(np.where(there, column[at], np.nan) for column in (given.low, given.mean, given.high)))


def quality_counts(quality: Codes) -> dict[str, int]:
    """How many intervals have each quality, those of none left out."""
    counts = np.bincount(quality, minlength=len(QUALITIES))
    return {name: int(count) for name, count in zip(QUALITIES, counts, strict=True) if count}
