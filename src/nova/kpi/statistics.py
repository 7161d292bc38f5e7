"""Counts, sums and histograms in, values with 95 % bounds out. Pure.

Shares: Wilson (1927). Means: the normal interval of the mean, with Student's t by Cornish and Fisher's expansion for few values. Counts:
Wilson and Hilferty's cube root of the gamma distribution (Garwood's interval within 1 %). Percentiles: ranks of the order statistics by the
normal approximation of the binomial, read off the histogram.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping

Z = 1.959964
# Upper bounds of histogram buckets: an eighth of an octave apart, from 1 ms to 18 minutes; the last bucket is open.
STEPS = 8
BOUNDS = tuple(2 ** (step / STEPS) for step in range(20 * STEPS + 1))
Bounds = tuple[float | None, float | None]


def wilson(successes: float, n: int) -> Bounds:
    """Bounds of a share; (None, None) without cases."""
    if n <= 0:
        return None, None
    share, square = min(1.0, max(0.0, successes / n)), Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return (0.0 if share == 0 else low), (1.0 if share == 1 else high)


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t; infinite for no degree of freedom."""
    if freedom <= 0:
        return math.inf
    exact = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776}
    if freedom in exact:
        return exact[freedom]
    z, f = Z, freedom
    return (
        z + (z**3 + z) / (4 * f) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f**2) + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * f**3)
    )


def mean_bounds(n: int, total: float, squares: float, within: tuple[float, float] = (-math.inf, math.inf)) -> Bounds:
    """Bounds of a mean from the number of values, their sum and sum of squares, none outside `within`; (None, None) below two values."""
    if n < 2:
        return None, None
    mean = total / n
    half = student(n - 1) * math.sqrt(max(0.0, squares / n - mean * mean) * n / (n - 1) / n)
    return max(within[0], mean - half), min(within[1], mean + half)


def count_bounds(count: float) -> Bounds:
    """Bounds of the rate behind a count of independent things."""
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count > 0 else 0.0
    above = count + 1
    return max(0.0, low), above * (1 - 1 / (9 * above) + Z / (3 * math.sqrt(above))) ** 3


def bucket(value: float) -> int:
    """The bucket of a value in milliseconds."""
    return bisect_right(BOUNDS, value)


def histogram(values: Iterable[float]) -> dict[str, int]:
    """Counts by bucket, as they are stored."""
    counts: dict[int, int] = {}
    for value in values:
        at = bucket(value)
        counts[at] = counts.get(at, 0) + 1
    return {str(at): counts[at] for at in sorted(counts)}


def merged(histograms: Iterable[Mapping[str, int] | None]) -> dict[int, int]:
    """The sum of stored histograms."""
    counts: dict[int, int] = {}
    for one in histograms:
        for at, count in (one or {}).items():
            counts[int(at)] = counts.get(int(at), 0) + int(count)
    return dict(sorted(counts.items()))


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The value below which this share lies, between its bucket's bounds in proportion; None for an empty histogram."""
    total = sum(counts.values())
    if not total:
        return None
    wanted, below = min(1.0, max(0.0, share)) * total, 0
    for at, count in sorted(counts.items()):
        if below + count >= wanted and count:
            low, high = (BOUNDS[at - 1] if at else 0.0), BOUNDS[min(at, len(BOUNDS) - 1)]
            return low + (high - low) * max(0.0, wanted - below) / count
        below += count
    return BOUNDS[-1]


def percentile_bounds(counts: Mapping[int, int], share: float) -> Bounds:
    """Bounds of a percentile; (None, None) for an empty histogram."""
    total = sum(counts.values())
    if not total:
        return None, None
    half = Z * math.sqrt(total * share * (1 - share)) / total
    return percentile(counts, share - half), percentile(counts, share + half)
