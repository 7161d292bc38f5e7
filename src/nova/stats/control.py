"""A series of values in, whether it is out of control out: EWMA and CUSUM charts with a minimum of values. Pure.

EWMA (Roberts 1959; NIST/SEMATECH e-Handbook 6.3.2.4): z_i = lam x_i + (1 - lam) z_(i-1), z_0 = mean, limits mean ± width sd
sqrt(lam / (2 - lam) (1 - (1 - lam)^(2 i))). With lam .2 and width 2.86 a false alarm comes about every 370 values (Lucas, Saccucci 1990).
CUSUM (Page 1954; e-Handbook 6.3.2.3): high_i = max(0, high_(i-1) + x_i - mean - slack sd), low_i likewise; out beyond limit sd. With
slack .5 and limit 5 a false alarm comes about every 465 values, a shift by one sd shows after about ten.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

LAM, WIDTH = 0.2, 2.86
SLACK, LIMIT = 0.5, 5.0
LEAST = 8
SAME = 1e-12
# The median absolute deviation of a normal distribution is this share of its standard deviation.
NORMAL_MAD = 0.6744897501960817
Way = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual: the middle of some values and their spread (as a standard deviation)."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Control:
    """Where a chart stands after its last value: `state` between `low` and `high` is in control. `out` says which way it is not.

    `first` is the index of the value from which on it has been out without a break. `enough`: False with too few values, then never out.
    """

    state: float
    low: float
    high: float
    out: Way = ""
    first: int | None = None
    enough: bool = True


def baseline(values: Sequence[float]) -> Baseline:
    """Median and median deviation, so that a few bad values do not move what is usual; ValueError for no values."""
    if not values:
        raise ValueError("a baseline needs values")
    middle = median(values)
    spread = median(abs(value - middle) for value in values) / NORMAL_MAD
    if spread <= SAME:  # more than half are the same
        spread = math.sqrt(fmean((value - middle) ** 2 for value in values))
    return Baseline(middle, spread)


def ewma(values: Sequence[float], lam: float = LAM, *, usual: Baseline | None = None, width: float = WIDTH, least: int = LEAST) -> Control:
    """The exponentially weighted moving average of values, oldest first. Without `usual` the first `least` values say what is usual."""
    if not 0 < lam <= 1 or width <= 0:
        raise ValueError("lam lies above 0 and up to 1, width above 0")
    usual, watched, before = _split(values, usual, least)
    if usual is None:
        return Control(values[-1] if values else 0.0, -math.inf, math.inf, enough=False)
    state, low, high = usual.mean, usual.mean, usual.mean
    ways: list[Way] = []
    for at, value in enumerate(watched, 1):
        state = lam * value + (1 - lam) * state
        half = width * usual.sd * math.sqrt(lam / (2 - lam) * (1 - (1 - lam) ** (2 * at)))
        low, high = usual.mean - half, usual.mean + half
        ways.append(_way(state, low, high))
    return Control(state, low, high, *_out_since(ways, before))


def cusum(
    values: Sequence[float], *, usual: Baseline | None = None, slack: float = SLACK, limit: float = LIMIT, least: int = LEAST
) -> Control:
    """The sum of what exceeds the usual by more than `slack` sd, upwards and downwards; `state` is the larger of both, signed."""
    if slack < 0 or limit <= 0:
        raise ValueError("slack is at least 0, limit above 0")
    usual, watched, before = _split(values, usual, least)
    if usual is None:
        return Control(0.0, -math.inf, math.inf, enough=False)
    low, high = -limit * usual.sd, limit * usual.sd
    sums = climb((value - usual.mean for value in watched), slack * usual.sd)
    states = [above if above >= below else -below for above, below in sums]
    ways = [_way(state, low, high) for state in states]
    return Control(states[-1] if states else 0.0, low, high, *_out_since(ways, before))


def climb(off: Iterable[float], slack: float) -> Iterator[tuple[float, float]]:
    """After each value, given as how far it is off the usual, what has added up above and below beyond the slack; never under nothing."""
    above = below = 0.0
    for one in off:
        above, below = max(0.0, above + one - slack), max(0.0, below - one - slack)
        yield above, below


def _split(values: Sequence[float], usual: Baseline | None, least: int) -> tuple[Baseline | None, Sequence[float], int]:
    """What is usual, the values to watch, and how many came before them. None with too few values."""
    if usual is not None:
        return (usual, values, 0) if values else (None, values, 0)
    if len(values) <= least:
        return None, values, 0
    return baseline(values[:least]), values[least:], least


def _out_since(ways: Sequence[Way], before: int) -> tuple[Way, int | None]:
    """Which way the last value is out, and from which one on without a break; `before` is the index of the first."""
    way: Way = ""
    first = None
    for at, now in enumerate(ways, before):
        if now != way:
            way, first = now, at if now else None
    return way, first


def _way(state: float, low: float, high: float) -> Way:
    """Beyond rounding, not merely at a limit."""
    slip = SAME * max(1.0, abs(low), abs(high))
    return "up" if state > high + slip else "down" if state < low - slip else ""
