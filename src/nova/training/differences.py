"""What each question is worth for two sides in, whether one is worse out: resampled bounds, and chances by topic, by how many there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

RESAMPLES, SEED, EXACT = 4000, 1, 12
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the candidate is better, with 95 % bounds, and how likely it would look as bad if it were as good (one-sided)."""

    n: int
    value: float
    low: float
    high: float
    chance: float


def ratio_bounds(parts: Sequence[float], wholes: Sequence[float]) -> tuple[float, float, float]:
    """The sum of parts over the sum of wholes, with resampled bounds (Efron 1979); zeros where there is no whole."""
    some, all_of_them = np.asarray(parts, float), np.asarray(wholes, float)
    if all_of_them.sum() <= 0:
        return 0.0, 0.0, 0.0
    drawn = _drawn(len(some))
    sums = all_of_them[drawn].sum(axis=1)
    shares = some[drawn].sum(axis=1)[sums > 0] / sums[sums > 0]
    return float(some.sum() / all_of_them.sum()), float(np.quantile(shares, 0.025)), float(np.quantile(shares, 0.975))


def difference(cand: Sequence[float], base: Sequence[float]) -> Difference:
    """Of the same questions, side by side."""
    gains = np.asarray(cand, float) - np.asarray(base, float)
    if not len(gains):
        return Difference(0, 0.0, 0.0, 0.0, 1.0)
    means = gains[_drawn(len(gains))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(len(gains), float(gains.mean()), float(low), float(high), _chance(gains))


def _drawn(n: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(0, n, (max(200, min(RESAMPLES, 20_000_000 // n)), n))


def _chance(gains: Numbers) -> float:
    """How often gains whose signs are thrown anew are as bad in sum (Fisher 1935): all signs of a few, else some."""
    moved = gains[np.abs(gains) > 1e-12]
    if not len(moved):
        return 1.0
    if len(moved) <= EXACT:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(moved))))
        return float((signs @ np.abs(moved) <= moved.sum() + 1e-9).mean())
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), (RESAMPLES, len(moved)))
    return float(((signs @ np.abs(moved) <= moved.sum() + 1e-9).sum() + 1) / (RESAMPLES + 1))


def by_topic(topics: Sequence[str], cand: Sequence[float], base: Sequence[float]) -> dict[str, Difference]:
    """Each topic by itself, in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, topic in enumerate(topics):
        places[topic].append(at)
    return {name: difference([cand[at] for at in rows], [base[at] for at in rows]) for name, rows in sorted(places.items())}


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Chances with regard to how many were looked at (Holm 1979)."""
    adjusted, highest = {}, 0.0
    for at, name in enumerate(sorted(chances, key=lambda one: chances[one])):
        highest = max(highest, min(1.0, chances[name] * (len(chances) - at)))
        adjusted[name] = highest
    return adjusted
