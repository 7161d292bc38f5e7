"""How near made-up records are to real ones: Gower's distance to the closest record (DCR), and what that tells about who was learned from.

Gower (1971): the mean over columns of |x - y| / range for numbers and 0 or 1 for categories; two missing values are alike, one is not.
DCR against a held-out half: Park et al. (2018, PVLDB 11:10); Platzer and Reutterer (2021, Frontiers in Big Data 4:679939), by whom about
half of the made-up records are to be nearer to the half that was learned from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from nova.seeding.synthetic.columns import Values

Floats = NDArray[np.float64]
_CHUNK = 128
_MISSING = 2.0
"""Beyond all scaled values, so that a missing one is a whole column away from every other."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Records as columns: numbers between 0 and 1, and categories as numbers of their own."""

    numbers: NDArray[np.float32]
    codes: NDArray[np.int32]

    def rows(self, at: NDArray[np.int64]) -> "Mixed":
        """Some of them."""
        return Mixed(self.numbers[:, at], self.codes[:, at])

    def __len__(self) -> int:
        return int(self.numbers.shape[1])


def mixed(columns: Sequence[Values], read: Sequence[Floats]) -> Mixed:
    """Records whose columns are `read`, by the ranges of the real `columns`."""
    numbers, codes = list[NDArray[np.float32]](), list[NDArray[np.int32]]()
    for column, values in zip(columns, read, strict=True):
        if column.is_category:
            codes.append(np.nan_to_num(values, nan=-1).astype(np.int32))
            continue
        low, high = (np.nanmin(column.read), np.nanmax(column.read)) if not np.isnan(column.read).all() else (0.0, 1.0)
        scaled = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
        numbers.append(np.nan_to_num(scaled, nan=_MISSING).astype(np.float32))
    size = len(read[0]) if read else 0
    return Mixed(np.array(numbers, np.float32).reshape(len(numbers), size), np.array(codes, np.int32).reshape(len(codes), size))


def closest(one: Mixed, other: Mixed, own: NDArray[np.int64] | None = None) -> Floats:
    """Gower's distance (0 to 1) of each record of `one` to the closest of `other`; `own` is its own place there, which does not count."""
    found = np.ones(len(one))
    columns = max(1, len(one.numbers) + len(one.codes))
    for begin in range(0, len(one), _CHUNK):
        part = slice(begin, min(begin + _CHUNK, len(one)))
        total = np.zeros((part.stop - begin, len(other)), dtype=np.float32)
        for mine, theirs in zip(one.numbers[:, part], other.numbers, strict=True):
            total += np.minimum(np.abs(mine[:, None] - theirs[None, :]), 1)
        for codes, others in zip(one.codes[:, part], other.codes, strict=True):
            total += codes[:, None] != others[None, :]
        if own is not None:
            total[np.arange(part.stop - begin), own[part]] = np.inf
        found[part] = total.min(axis=1, initial=columns) / columns
    return found


def nearer_share(to_learned: Floats, to_held: Floats) -> float:
    """Which share of records is nearer to those that were learned from than to those held out; equal ones count half."""
    return float(np.mean((to_learned < to_held) + 0.5 * (to_learned == to_held))) if len(to_learned) else 0.5


def auroc(inside: Floats, outside: Floats) -> float:
    """How well a distance tells those learned from (which would be nearer) from the others: .5 is not at all (Mann and Whitney 1947)."""
    if not len(inside) or not len(outside):
        return 0.5
    ranks = rankdata(-np.concatenate([inside, outside]))
    own = float(ranks[: len(inside)].sum()) - len(inside) * (len(inside) + 1) / 2
    return own / (len(inside) * len(outside))
