"""What a policy would have brought, from what another one showed: weighted, self-normalised, and doubly robust estimates with bounds.

Horvitz and Thompson (1952) for weights, Swaminathan and Joachims (2015) for SNIPS, Dudik, Langford and Li (2011) for the doubly robust one.
Bounds are 95 %, of the linearised estimate, with clusters (a person's rows hang together; Liang and Zeger 1986), Student's t, and set right
for values that lean to one side, as few large weights make them (Hall 1992), and wider by what the heaviest cluster moves: another
one of its kind may have been missed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nova.stats.bounds import student

Numbers = NDArray[np.float64]
_STRAIGHT, _UNSEEN = 1e-6, 1.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its bounds."""

    value: float
    low: float
    high: float


def effective_size(weights: Numbers) -> float:
    """How many unweighted rows say as much (Kish 1965)."""
    squares = float((weights**2).sum())
    return float(weights.sum() ** 2 / squares) if squares else 0.0


def snips(weights: Numbers, rewards: Numbers, clusters: NDArray[np.int64]) -> Estimate:
    """The mean of rewards under weights (chance under the policy / chance when shown), divided by the weights' mean."""
    total = float(weights.sum())
    if total <= 0:
        return Estimate(0.0, -np.inf, np.inf)
    value = float((weights * rewards).sum() / total)
    return _bounded(value, weights * (rewards - value) * len(weights) / total, clusters)


def doubly_robust(expected: Numbers, weights: Numbers, rewards: Numbers, said: Numbers, clusters: NDArray[np.int64]) -> Estimate:
    """The mean of what is `expected` of the policy's choice, set right by the weighted error of what was `said` of what was shown."""
    rows = robust_rows(expected, weights, rewards, said)
    value = float(rows.mean())
    return _bounded(value, rows - value, clusters)


def robust_rows(expected: Numbers, weights: Numbers, rewards: Numbers, said: Numbers) -> Numbers:
    """The same row by row; weights are divided by their mean, so that few large ones move less."""
    mean = float(weights.mean())
    return np.asarray(expected + (weights / mean if mean else weights) * (rewards - said))


def gain(rows: Numbers, rewards: Numbers, clusters: NDArray[np.int64]) -> Estimate:
    """How much more a policy brings, row by row, than what was shown brought."""
    apart = rows - rewards
    value = float(apart.mean())
    return _bounded(value, apart - value, clusters)


def _bounded(value: float, influence: Numbers, clusters: NDArray[np.int64]) -> Estimate:
    """`influence`: what each row moves the value, of mean 0."""
    _, places = np.unique(clusters, return_inverse=True)
    summed = np.bincount(places, weights=influence)
    groups = len(summed)
    if groups < 2:
        return Estimate(value, -np.inf, np.inf)
    spread = float(np.sqrt((summed**2).sum() / (groups - 1)))
    if spread == 0:
        return Estimate(value, value, value)
    scale = np.sqrt(groups) * spread / len(influence)
    lean = float((summed**3).mean()) / spread**3 / np.sqrt(groups)
    low, high = (_unbent(side * student(groups - 1), lean) for side in (1, -1))
    one_more = _UNSEEN * float(np.abs(summed).max()) / len(influence)
    return Estimate(value, value - scale * low - one_more, value - scale * high + one_more)


def _unbent(point: float, lean: float) -> float:
    """Where a studentised mean of values that lean to one side has the chance that `point` has where they do not (Hall 1992, the cubic)."""
    if abs(lean) < _STRAIGHT:
        return point
    return float(3 / lean * (np.cbrt(1 + lean * (point - lean / 6)) - 1))
