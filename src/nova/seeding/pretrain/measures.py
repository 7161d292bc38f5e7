"""How good predictions are: a metric under many weights at once (for the bootstrap), and what each row adds.

Every measure takes the truth, what was said and weights of shape (draws, rows), and gives one value a draw. Said are numbers for shares,
rates, chances and counts, and chances of shape (rows, names) for classes.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Measure = Callable[[Numbers, Numbers, Numbers], Numbers]
_EDGE = 1e-6


def _mean(rows: Numbers, weights: Numbers) -> Numbers:
    return np.asarray(weights @ rows / np.maximum(weights.sum(axis=1), 1e-12))


def rmse(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The root of the mean squared error."""
    return np.asarray(np.sqrt(_mean((truth - said) ** 2, weights)))


def mae(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The mean absolute error."""
    return _mean(np.abs(truth - said), weights)


def log_losses(truth: Numbers, said: Numbers) -> Numbers:
    """Of each row, of chances of a yes (truth: 0, 1 or a share), or of names (truth: their places)."""
    if said.ndim > 1:
        return np.asarray(-np.log(np.clip(said[np.arange(len(truth)), truth.astype(int)], _EDGE, 1)))
    chance = np.clip(said, _EDGE, 1 - _EDGE)
    return np.asarray(-(truth * np.log(chance) + (1 - truth) * np.log(1 - chance)))


def log_loss(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The mean of `log_losses`."""
    return _mean(log_losses(truth, said), weights)


def average_precision(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The area below precision over recall, by steps; rows with the same chance count as one step."""
    order = np.argsort(-said, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(said[order]) != 0, True))
    found = np.cumsum(weights[:, order] * truth[order], axis=1)[:, ends]
    asked = np.cumsum(weights[:, order], axis=1)[:, ends]
    gained = np.diff(found, axis=1, prepend=0.0)
    return np.asarray((gained * found / np.maximum(asked, 1e-12)).sum(axis=1) / np.maximum(found[:, -1], 1e-12))


def macro_f1(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The mean over the names that occur of the harmonic mean of precision and recall."""
    chosen = said.argmax(axis=1)
    total = np.zeros(len(weights))
    present = np.zeros(len(weights))
    for name in range(said.shape[1]):
        right = weights @ ((truth == name) & (chosen == name)).astype(float)
        either = weights @ (truth == name).astype(float), weights @ (chosen == name).astype(float)
        there = (either[0] > 0).astype(float)
        total += there * 2 * right / np.maximum(either[0] + either[1], 1e-12)
        present += there
    return np.asarray(total / np.maximum(present, 1))


def hits(truth: Numbers, said: Numbers, within: int) -> Numbers:
    """Whether the truth is among the likeliest names, a row each."""
    mine = said[np.arange(len(truth)), truth.astype(int)]
    return np.asarray((said > mine[:, None]).sum(axis=1) < within, dtype=np.float64)


def hit3(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """How often the truth is among the three likeliest."""
    return _mean(hits(truth, said, 3), weights)


def log_likelihood(truth: Numbers, said: Numbers, weights: Numbers) -> Numbers:
    """The mean of what was said, which are logarithms of densities; there is no truth."""
    return _mean(said + 0 * truth, weights)


MEASURES: Mapping[str, Measure] = {
    "rmse": rmse,
    "mae": mae,
    "log_loss": log_loss,
    "average_precision": average_precision,
    "macro_f1": macro_f1,
    "hit@3": hit3,
    "log_likelihood": log_likelihood,
}
