"""95 % bounds of shares, means and counts.

Shares: Wilson (1927), or the logit of a beta distribution where a prior counts. Means: the normal interval of the mean, with Student's t by
Cornish and Fisher's expansion for few values. Counts: Wilson and Hilferty's cube root of the gamma distribution (Garwood's interval within
1 %).
"""

import math
from dataclasses import dataclass

Z = 1.959964
PRIOR = 1.0
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Beta:
    """A share between 0 and 1 as far as it is known."""

    mean: float
    low: float
    high: float


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


def beta(good: float, bad: float) -> Beta:
    """The share of good ones, one of each assumed beforehand; its bounds by the normal approximation of its logit."""
    a, b = PRIOR + good, PRIOR + bad
    middle = math.log(a / b)
    half = Z * math.sqrt(1 / a + 1 / b)
    return Beta(a / (a + b), _share(middle - half), _share(middle + half))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
