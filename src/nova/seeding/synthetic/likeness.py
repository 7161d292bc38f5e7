"""How much a made-up table is like the real one: the distribution of each column, and what two columns have to do with each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ks_2samp, spearmanr

from nova.seeding.synthetic.columns import Values

Floats = NDArray[np.float64]
_CUTS = 8


def marginals(columns: Sequence[Values], one: Sequence[Floats], other: Sequence[Floats]) -> dict[str, float]:
    """By column, how far two distributions are apart (0 to 1): Kolmogorov and Smirnov's statistic of numbers, half the sum of differences
    (total variation) of categories, of which none is one.
    """
    told = {}
    for column, mine, theirs in zip(columns, one, other, strict=True):
        if column.is_category:
            size = len(column.labels) + 1
            shares = [np.bincount(_codes(column, values, ()), minlength=size) / max(1, len(values)) for values in (mine, theirs)]
            told[column.name] = float(np.abs(shares[0] - shares[1]).sum() / 2)
            continue
        there = [values[~np.isnan(values)] for values in (mine, theirs)]
        told[column.name] = float(ks_2samp(*there, method="asymp").statistic) if all(map(len, there)) else 0.0
    return told


def associations(columns: Sequence[Values], read: Sequence[Floats]) -> dict[tuple[str, str], float]:
    """By pair of columns, how much they have to do with each other: Spearman's coefficient of two numbers (-1 to 1), else Cramér's V
    without its bias (0 to 1; Bergsma 2013), numbers in eighths.
    """
    told = {}
    cut = [_codes(column, values, _cuts(column)) for column, values in zip(columns, read, strict=True)]
    for at, one in enumerate(columns):
        for place, other in enumerate(columns[:at]):
            pair = (other.name, one.name)
            told[pair] = _v(cut[place], cut[at]) if one.is_category or other.is_category else _rho(read[place], read[at])
    return told


def _cuts(column: Values) -> Sequence[float]:
    """Where the real values of a number are parted into eighths."""
    there = column.read[~np.isnan(column.read)]
    if column.is_category or not len(there):
        return ()
    return tuple(np.unique(np.quantile(there, np.arange(1, _CUTS) / _CUTS)).tolist())


def _codes(column: Values, values: Floats, cuts: Sequence[float]) -> NDArray[np.int64]:
    gone = np.isnan(values)
    told = np.nan_to_num(values) if column.is_category else np.searchsorted(np.array(cuts), np.nan_to_num(values), side="right")
    none = len(column.labels) if column.is_category else len(cuts) + 1
    return np.where(gone, none, told).astype(np.int64)


def _rho(one: Floats, other: Floats) -> float:
    there = ~np.isnan(one) & ~np.isnan(other)
    if there.sum() < 3 or np.ptp(one[there]) == 0 or np.ptp(other[there]) == 0:
        return 0.0
    return float(spearmanr(one[there], other[there]).statistic)


def _v(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    n = len(one)
    mine, theirs = (np.unique(codes, return_inverse=True)[1] for codes in (one, other))
    rows, columns = int(mine.max(initial=0)) + 1, int(theirs.max(initial=0)) + 1
    if n < 2 or min(rows, columns) < 2:
        return 0.0
    counts = np.bincount(mine * columns + theirs, minlength=rows * columns).reshape(rows, columns)
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0, keepdims=True) / n
    square = float(((counts - expected) ** 2 / expected).sum()) / n
    free = (rows - 1) * (columns - 1) / (n - 1)
    most = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)) - 1
    return float(np.sqrt(max(0.0, square - free) / most)) if most > 0 else 0.0
