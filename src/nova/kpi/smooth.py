"""A KPI hour by hour in, one number over a window out: an exponentially weighted mean, or how far it has drifted from what is usual."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
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


def levelled(before: Sequence[Hour], hours: Sequence[Hour], rhythm: Callable[[datetime], Hashable]) -> tuple[list[Hour], list[Hour]]:
    """Both with what is usual at that time of the `rhythm` (an hour of the day, of the week) taken off, by what came before."""
    held: dict[Hashable, list[float]] = defaultdict(list)
    for hour in before:
        held[rhythm(hour.starts)].append(hour.value)
    mean = sum(hour.value for hour in before) / max(len(before), 1)
    known = {time: sum(values) / len(values) for time, values in held.items()}

    def off(one: Hour) -> Hour:
        return Hour(one.starts, one.value - known.get(rhythm(one.starts), mean), one.n)

    return [off(one) for one in before], [off(one) for one in hours]


def usual(hours: Sequence[Hour], floor: float = 1e-9) -> Usual | None:
    """What the hours were like, with a spread of at least `floor`; None when they are too few to say."""
    seen = [hour for hour in hours if hour.n > 0]
    if len(seen) < LEAST_HOURS:
        return None
    cases = sum(hour.n for hour in seen)
    mean = sum(hour.n * hour.value for hour in seen) / cases
    variance = sum(hour.n * (hour.value - mean) ** 2 for hour in seen) / cases
    return Usual(mean, max(sqrt(variance), abs(mean) * LEAST_SPREAD, floor))


def cusum(hours: Sequence[Hour], known: Usual, *, above: bool) -> float:
    """The drift at the end in standard deviations, from 0; negative where what is looked for lies below.

    Each hour adds how far it is off beyond the slack, and takes away what it is better; it never falls under nothing.
    """
    drift = 0.0
    for hour in sorted(hours, key=lambda one: one.starts):
        if hour.n > 0:
            off = (hour.value - known.mean) / known.spread
            drift = max(0.0, drift + (off if above else -off) - SLACK)
    return drift if above else -drift
