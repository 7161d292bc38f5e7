"""A model of a table, and draws from it: a Chow-Liu tree of the categories, and a Gaussian copula of the numbers given these.

Categories (and whether a number is there) are drawn along the tree of the largest mutual information (Chow and Liu 1968). A number's normal
score is a linear function of the categories plus what is left over, whose covariance is kept (Gaussian copula: Nelsen 2006). Its rank among
the drawn rows of a code of the category that says most about it is then read off the quantiles of that code. These go through the means of
each `k` values that follow each other by size (microaggregation: Defays and Nanopoulos 1993), so that no value, and no extreme one, is a
single person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.special import ndtri
from scipy.stats import kendalltau, rankdata

from nova.seeding.synthetic.columns import Values

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_RIDGE, _CUTS, _ENOUGH, _POINTS = 1.0, 8, 4, 200
_EXACT = 9
"""Decimals after which scores count as equal, so that sums in another order give the same ranks."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned of a table: `edges` (child, parent or -1) in the order in which codes are drawn, with `tables` of cumulated
    probabilities (row: the parent's code), the regression of the scores on the categories, a factor of the covariance of the rest, and
    for each number where its quantiles stand (place of the category, quantiles for each of its codes).
    """

    columns: tuple[Values, ...]
    sizes: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    tables: tuple[Floats, ...]
    weights: Floats
    rest: Floats
    quantiles: tuple[tuple[int, tuple[Floats, ...]], ...]

    def draw(self, rows: int, rng: np.random.Generator) -> list[Floats]:
        """So many rows, a vector for each column (NaN: none)."""
        codes = np.zeros((rows, len(self.sizes)), dtype=np.int64)
        for (child, parent), table in zip(self.edges, self.tables, strict=True):
            given = codes[:, parent] if parent >= 0 else np.zeros(rows, dtype=np.int64)
            codes[:, child] = (rng.random(rows)[:, None] > table[given]).sum(axis=1)
        scores = _design(codes, self.sizes) @ self.weights + rng.standard_normal((rows, len(self.quantiles))) @ self.rest.T
        drawn, number = list[Floats](), 0
        for at, column in enumerate(self.columns):
            if column.is_category:
                drawn.append(_uncoded(codes[:, at], len(column.labels)))
                continue
            values, (parent, cells) = np.full(rows, np.nan), self.quantiles[number]
            for code, quantiles in enumerate(cells):
                cell = (codes[:, at] == 0) & (codes[:, parent] == code)
                values[cell] = _valued(scores[cell, number], quantiles)
            drawn.append(values)
            number += 1
        return drawn


def fit(columns: Sequence[Values], k: int) -> Model:
    """Learn from columns of equal length, of at least one row."""
    codes, sizes = _codes(columns, k)
    edges = _tree(codes, sizes)
    tables = tuple(_table(codes, sizes, child, parent) for child, parent in edges)
    numbers = [column for column in columns if not column.is_category]
    design = _design(codes, sizes)
    scores = np.column_stack([_scores(column.read) for column in numbers]) if numbers else np.zeros((len(codes), 0))
    gram = design.T @ design + _RIDGE * np.eye(design.shape[1])
    weights = np.asarray(np.linalg.solve(gram, design.T @ scores), dtype=np.float64)
    rest = _rest(scores - design @ weights)
    quantiles = tuple(_quantiles(column.read, codes, sizes, k) for column in numbers)
    return Model(tuple(columns), sizes, edges, tables, weights, rest, quantiles)


def _codes(columns: Sequence[Values], k: int) -> tuple[Ints, tuple[int, ...]]:
    """A category's codes, the last one for none; of a number whether it is missing, which fewer than `k` records do not tell."""
    told, sizes = [], []
    for column in columns:
        gone = np.isnan(column.read)
        if gone.sum() < k and not gone.all():
            gone = np.zeros(len(gone), dtype=np.bool_)
        if column.is_category:
            frequent = np.bincount(column.read[~np.isnan(column.read)].astype(np.int64), minlength=1).argmax()
            told.append(np.where(gone, len(column.labels), np.nan_to_num(column.read, nan=float(frequent))).astype(np.int64))
            sizes.append(len(column.labels) + 1)
        else:
            told.append(gone.astype(np.int64))
            sizes.append(2)
    return (np.column_stack(told) if told else np.zeros((0, 0), dtype=np.int64)), tuple(sizes)


def _tree(codes: Ints, sizes: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The edges of the tree of the largest mutual information, parents first; parts without any begin by themselves."""
    count = codes.shape[1]
    gain = np.zeros((count, count))
    for one in range(count):
        for other in range(one + 1, count):
            gain[one, other] = max(0.0, information(codes[:, one], codes[:, other], sizes[one], sizes[other]))
    found = minimum_spanning_tree(-gain).toarray()
    joined = (found + found.T) < 0
    edges, seen = list[tuple[int, int]](), set[int]()
    for root in range(count):
        waiting = [(root, -1)]
        while waiting:
            child, parent = waiting.pop()
            if child not in seen:
                seen.add(child)
                edges.append((child, parent))
                waiting += [(int(other), child) for other in np.flatnonzero(joined[child])[::-1]]
    return tuple(edges)


def information(one: Ints, other: Ints, of_one: int, of_other: int) -> float:
    """Mutual information in nats, less what its free parameters cost by Schwarz (1978); below 0 where chance explains it better.

    Free are the cells that occur, beyond those that the values themselves need.
    """
    n = max(1, len(one))
    together = np.bincount(one * of_other + other, minlength=of_one * of_other).reshape(of_one, of_other) / n
    mine, theirs = together.sum(axis=1, keepdims=True), together.sum(axis=0, keepdims=True)
    some = together > 0
    free = int(some.sum()) - int((mine > 0).sum()) - int((theirs > 0).sum()) + 1
    return float((together[some] * np.log(together[some] / (mine * theirs)[some])).sum() - free * np.log(n) / (2 * n))


def _table(codes: Ints, sizes: Sequence[int], child: int, parent: int) -> Floats:
    """Cumulated probabilities of the child's codes given the parent's; its own ones for a code of the parent that does not occur."""
    own = np.bincount(codes[:, child], minlength=sizes[child]).astype(np.float64)
    if parent < 0:
        counts = own[None, :]
    else:
        counts = np.bincount(codes[:, parent] * sizes[child] + codes[:, child], minlength=sizes[parent] * sizes[child]).astype(np.float64)
        counts = counts.reshape(sizes[parent], sizes[child])
        counts[counts.sum(axis=1) == 0] = own
    table: Floats = np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)[:, :-1]
    return table


def _design(codes: Ints, sizes: Sequence[int]) -> Floats:
    """Categories as zeros and ones, and a one."""
    blocks = [np.eye(size)[codes[:, at]] for at, size in enumerate(sizes)]
    return np.hstack([np.ones((len(codes), 1)), *blocks])


def _scores(values: Floats) -> Floats:
    """Normal scores of the ranks (van der Waerden); 0 where there is no value."""
    there = ~np.isnan(values)
    scores = np.zeros(len(values))
    if there.any():
        scores[there] = ndtri(rankdata(values[there]) / (there.sum() + 1))
    return scores


def _rest(left: Floats) -> Floats:
    """A factor of the covariance of what the categories leave of the scores.

    Its correlations come from Kendall's tau, as sin(tau x pi / 2) (Kruskal 1958): single wrong values hardly move them.
    """
    count = left.shape[1]
    alike = np.eye(count)
    for one in range(count):
        for other in range(one):
            tau = float(kendalltau(left[:, one], left[:, other]).statistic)
            alike[one, other] = alike[other, one] = 0.0 if np.isnan(tau) else np.sin(np.pi / 2 * tau)
    spread = left.std(axis=0)
    size, turned = np.linalg.eigh(alike * np.outer(spread, spread))
    factor: Floats = turned * np.sqrt(np.clip(size, 0, None))
    return factor


def _quantiles(values: Floats, codes: Ints, sizes: Sequence[int], k: int) -> tuple[int, tuple[Floats, ...]]:
    """The category that says most about a number, and the number's quantiles given each of its codes; of all where that has too few."""
    there = ~np.isnan(values)
    pooled = _coarse(values, k)
    cuts = np.unique(np.quantile(values[there], np.arange(1, _CUTS) / _CUTS)) if there.any() else np.zeros(0)
    eighths = np.searchsorted(cuts, values[there]).astype(np.int64)
    said = [information(codes[there, at], eighths, size, len(cuts) + 1) for at, size in enumerate(sizes)]
    parent = int(np.argmax(said))
    cells = [values[there & (codes[:, parent] == code)] for code in range(sizes[parent])]
    return parent, tuple(_coarse(cell, k) if len(cell) >= _ENOUGH * k and said[parent] > 0 else pooled for cell in cells)


def _coarse(values: Floats, k: int) -> Floats:
    """The means of each `k` values that follow each other by size, or of more, so that they are few; what is left goes with the last."""
    told = np.sort(values[~np.isnan(values)])
    if not len(told):
        return np.full(1, np.nan)
    k = max(k, -(-len(told) // _POINTS))
    starts = np.arange(0, max(1, len(told) - k + 1), k)
    means: Floats = np.add.reduceat(told, starts) / np.diff(np.append(starts, len(told)))
    return means


def _valued(scores: Floats, quantiles: Floats) -> Floats:
    """Scores as values of the same rank, between two values where it falls between."""
    place = (rankdata(np.round(scores, _EXACT), method="ordinal") - 0.5) / max(1, len(scores))
    middle = (np.arange(len(quantiles)) + 0.5) / len(quantiles)
    valued: Floats = np.interp(place, middle, quantiles)
    return valued


def _uncoded(codes: Ints, none: int) -> Floats:
    return np.where(codes == none, np.nan, codes.astype(np.float64))
