"""A KPI hour by hour in, one number over a window out: an exponentially weighted mean, or how far it has drifted from what is usual."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

SLACK = 0.5  # standard deviations a value may be off without adding to the drift
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
    """What an hour has been like: mean and standard deviation, weighted by cases."""

    mean: float
    spread: float


def ewma(hours: Sequence[Hour], end: datetime, half_life_s: float) -> float | None:
    """The mean in which a case counts half as much every `half_life_s` seconds before `end`; None without cases."""
    weights = [hour.n * 0.5 ** ((end - hour.starts).total_seconds() / half_life_s) for hour in hours]
    whole = sum(weights)
    return sum(weight * hour.value for weight, hour in zip(weights, hours, strict=True)) / whole if whole > 0 else None


def levelled(
    before: Sequence[float], times_before: Sequence[int], values: Sequence[float], times: Sequence[int]
) -> tuple[list[float], list[float]]:
    """Both with what is usual at that time of a rhythm (`times`: hours of a day, of a week) taken off, as it was before."""
    held: dict[int, list[float]] = defaultdict(list)
    for time, value in zip(times_before, before, strict=True):
        held[time].append(value)
    known = {time: sum(found) / len(found) for time, found in held.items()}
    mean = sum(before) / max(len(before), 1)
    first = [value - known[time] for time, value in zip(times_before, before, strict=True)]
    return first, [value - known.get(time, mean) for time, value in zip(times, values, strict=True)]


def usual(hours: Sequence[Hour]) -> Usual | None:
    """What the hours were like; None when they are too few to say."""
    seen = [hour for hour in hours if hour.n > 0]
    if len(seen) < LEAST_HOURS:
        return None
    cases = sum(hour.n for hour in seen)
    mean = sum(hour.n * hour.value for hour in seen) / cases
    variance = sum(hour.n * (hour.value - mean) ** 2 for hour in seen) / cases
    return Usual(mean, max(sqrt(variance), abs(mean) * LEAST_SPREAD, 1e-9))


def cusum(hours: Sequence[Hour], known: Usual, *, above: bool) -> float:
    """The drift at the end in standard deviations, from 0; negative where what is looked for lies below. Empty hours are left out."""
    return drift([hour.value for hour in sorted(hours, key=lambda one: one.starts) if hour.n > 0], known, above=above)


def drift(values: Iterable[float], known: Usual, *, above: bool) -> float:
    """The same of values in order: each adds how far it is off beyond the slack, and takes away what it is better; never under nothing."""
    found, sign = 0.0, 1.0 if above else -1.0
    for value in values:
        found = max(0.0, found + sign * (value - known.mean) / known.spread - SLACK)
    return sign * found


def usual_of(values: Sequence[float], floor: float) -> Usual | None:
    """What values were like that count alike, with a spread of at least `floor`; None when they are too few to say."""
    if len(values) < LEAST_HOURS:
        return None
    mean = sum(values) / len(values)
    return Usual(mean, max(sqrt(sum((value - mean) ** 2 for value in values) / len(values)), floor))
