"""Values in milliseconds counted by bucket, and the percentiles read off them.

Bounds of a percentile: ranks of the order statistics by the normal approximation of the binomial.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from nova.stats.bounds import Bounds, Z

# Upper bounds of buckets: an eighth of an octave apart, from 1 ms to 18 minutes; the last bucket is open.
STEPS = 8
BOUNDS = tuple(2 ** (step / STEPS) for step in range(20 * STEPS + 1))


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
