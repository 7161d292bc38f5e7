"""A KPI hour by hour in, one number over a window out: an exponentially weighted mean, or how far it has drifted from what is usual.

The sum of a drift is that of the charts (`control.climb`). The mean is another than theirs: hours hold few or many cases and some are
missing, so a case, not an hour, is what loses half its weight with time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import fmean

from nova.stats.control import SLACK, climb

LEAST_HOURS = 8  # of the time before, to know what is usual
LEAST_SPREAD = 0.01  # share of the usual value that an hour varies by at least


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: when it starts, its mean (or sum, for counts) and its cases."""

    starts: datetime
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What an hour has been like: mean and standard deviation, weighted by cases, and how many cases it had."""

    mean: float
    spread: float
    cases: float = 1.0

    def off(self, hour: Hour) -> float:
        """How many standard deviations an hour is off; one with fewer cases than usual varies more."""
        return (hour.value - self.mean) / (self.spread * sqrt(max(1.0, self.cases / hour.n)))


def ewma(hours: Sequence[Hour], end: datetime, half_life_s: float) -> float | None:
    """The mean in which a case counts half as much every `half_life_s` seconds before `end`; None without cases."""
    weights = [hour.n * 0.5 ** ((end - hour.starts).total_seconds() / half_life_s) for hour in hours]
    whole = sum(weights)
    return sum(weight * hour.value for weight, hour in zip(weights, hours, strict=True)) / whole if whole > 0 else None


def usual(hours: Sequence[Hour]) -> Usual | None:
    """What the hours were like; None when they are too few to say."""
    seen = [hour for hour in hours if hour.n > 0]
    if len(seen) < LEAST_HOURS:
        return None
    cases = sum(hour.n for hour in seen)
    mean = sum(hour.n * hour.value for hour in seen) / cases
    variance = sum(hour.n * (hour.value - mean) ** 2 for hour in seen) / cases
    return Usual(mean, max(sqrt(variance), abs(mean) * LEAST_SPREAD, 1e-9), cases / len(seen))


def cusum(hours: Sequence[Hour], known: Usual, *, above: bool) -> float:
    """The drift at the end in standard deviations, from 0; negative where what is looked for lies below. Empty hours are left out."""
    return drift([known.off(hour) for hour in sorted(hours, key=lambda one: one.starts) if hour.n > 0], above=above)


def drift(off: Iterable[float], *, above: bool) -> float:
    """The same of hours in order that are so many standard deviations off."""
    high = low = 0.0
    for step in climb(off, SLACK):
        high, low = step
    return high if above else -low


def counts_off(before: Sequence[float], times_before: Sequence[int], values: Sequence[float], times: Sequence[int]) -> list[float] | None:
    """How many standard deviations counts are off what came at the same `times` of a rhythm before; None when that is too little to say.

    Counts are held by twice their root (Anscombe 1948: then Poisson's vary by one, many or few), times what they varied more than that
    before, each held against the others of its time; what is usual is itself only known from a few.
    """
    if len(before) < LEAST_HOURS:
        return None
    held: dict[int, list[float]] = defaultdict(list)
    for time, value in zip(times_before, before, strict=True):
        held[time].append(_rooted(value))
    every, spread = [one for same in held.values() for one in same], _spread(held.values())
    known = {time: (fmean(same), spread * sqrt(1 + 1 / len(same))) for time, same in held.items()}
    other = fmean(every), spread * sqrt(1 + 1 / len(every))
    places = (known.get(time, other) for time in times)
    return [(_rooted(value) - middle) / wide for value, (middle, wide) in zip(values, places, strict=True)]


def _rooted(count: float) -> float:
    return 2 * sqrt(max(count, 0.0) + 3 / 8)


def _spread(held: Iterable[Sequence[float]]) -> float:
    """How far rooted counts vary beside their rhythm: as a Poisson count's at least."""
    found = [len(same) / (len(same) - 1) * (one - fmean(same)) ** 2 for same in held if len(same) > 1 for one in same]
    return sqrt(max(1.0, fmean(found))) if found else 1.0
