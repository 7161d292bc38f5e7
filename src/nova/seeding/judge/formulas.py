"""Formulas between the numbers of a record, found in a sample in which up to 15 of 100 records may break them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import polars as pl

Array = np.ndarray[Any, np.dtype[np.float64]]
_ROWS: Final = 160
_KEPT: Final = 0.85
_WIDTH: Final = 0.002
_FACTORS: Final = (1.0, 0.01)
_ADDED: Final = (1.0, -1.0, 12.0)
_MOST: Final = 4
_LEAST: Final = 40
Feature = tuple[tuple[str, ...], bool]
Candidate = tuple[tuple[str, ...], bool, float, str | None, float]


@dataclass(frozen=True, slots=True)
class Formula:
    """`target` = factor x product or sum of `of` + added x `plus` + constant, right to `rounding` and `width` of the target's value."""

    target: str
    of: tuple[str, ...]
    product: bool
    factor: float
    plus: str | None
    added: float
    constant: float
    kept: float
    rounding: float
    width: float

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns on the right side."""
        return (*self.of, self.plus) if self.plus is not None else self.of

    @property
    def told(self) -> str:
        """The right side as a reader writes it."""
        factor = "" if self.factor == 1 else f"{self.factor:.4g} × ".replace(".", ",")
        plus = "" if self.plus is None else f" {'-' if self.added < 0 else '+'} {'' if abs(self.added) == 1 else '12 × '}{self.plus}"
        constant = "" if self.constant == 0 else f" + {self.constant:.4g}".replace(".", ",")
        return factor + (" × " if self.product else " + ").join(self.of) + plus + constant

    def value(self) -> pl.Expr:
        """The right side's value."""
        told = pl.col(self.of[0])
        for name in self.of[1:]:
            told = told * pl.col(name) if self.product else told + pl.col(name)
        told = told * self.factor + self.constant
        return told if self.plus is None else told + self.added * pl.col(self.plus)


def formulas(columns: Mapping[str, Array]) -> list[Formula]:
    """The formulas that at least 85 of 100 records keep, at most four, each of other columns, the simplest first."""
    found = [one for target in columns for one in _for(target, columns)]
    chosen: dict[frozenset[str], Formula] = {}
    for one in sorted(found, key=lambda one: (len(one.columns), one.plus is not None, one.width, -round(one.kept, 2), one.constant != 0)):
        chosen.setdefault(frozenset((one.target, *one.columns)), one)
    return list(chosen.values())[:_MOST]


def _for(target: str, columns: Mapping[str, Array]) -> Iterator[Formula]:
    aim = columns[target]
    known = aim[np.isfinite(aim)]
    if len(known) < _LEAST:
        return
    rounding = 0.6 if np.all(known == np.round(known)) else 0.011
    spread = float(np.subtract(*np.quantile(known, (0.75, 0.25))))
    if spread <= 8 * rounding or _mostly_one(known, rounding):
        return
    others = [name for name in columns if name != target]
    for candidate in _near(aim, [columns[name] for name in others], _features(others), others, spread):
        one = _fitted(target, columns, candidate, rounding)
        if one is not None:
            yield one


def _mostly_one(known: Array, rounding: float) -> bool:
    """Whether so many numbers are the middle one that a constant would already be a formula."""
    return bool(np.mean(np.abs(known - np.median(known)) <= rounding + _WIDTH * np.abs(known)) > 0.3)


def _features(others: list[str]) -> list[Feature]:
    """Each column, and the product and the sum of every two."""
    alone: list[Feature] = [((name,), True) for name in others]
    return alone + [(pair, product) for pair in combinations(others, 2) for product in (True, False)]


def _fitted(target: str, columns: Mapping[str, Array], candidate: Candidate, rounding: float) -> Formula | None:
    """The candidate with its constant, at the smaller width at which enough records keep it; None where they do at neither."""
    of, product, factor, plus, added = candidate
    aim = columns[target]
    right = factor * _feature(columns, of, product) + (0 if plus is None else added * columns[plus])
    known = np.isfinite(aim - right)
    rest, shown = (aim - right)[known], aim[known]
    if len(rest) < _LEAST:
        return None
    constant = float(np.median(rest))
    constant = 0.0 if abs(constant) <= rounding else constant
    for width in (0.0, _WIDTH):
        kept = float(np.mean(np.abs(rest - constant) <= rounding + width * np.abs(shown)))
        if kept >= _KEPT:
            return Formula(target, of, product, factor, plus, added, constant, kept, rounding, width)
    return None


def _feature(columns: Mapping[str, Array], of: tuple[str, ...], product: bool) -> Array:
    told = columns[of[0]]
    for name in of[1:]:
        told = told * columns[name] if product else told + columns[name]
    return told


def _near(aim: Array, sides: list[Array], features: list[Feature], others: list[str], spread: float) -> list[Candidate]:
    """Those whose middle half of residuals lies within a fiftieth of the target's, on few rows."""
    at = dict(zip(others, sides, strict=True))
    rows = np.flatnonzero(np.isfinite(aim))[:_ROWS]
    left = aim[rows]
    matrix = np.nan_to_num(np.stack([_feature(at, of, product) for of, product in features])[:, rows], nan=1e12)
    plus: list[tuple[str | None, float]] = [(None, 0.0), *((name, times) for name in others for times in _ADDED)]
    added = np.stack([np.zeros(len(rows)) if name is None else np.nan_to_num(times * at[name][rows], nan=1e12) for name, times in plus])
    found: list[Candidate] = []
    for factor in _FACTORS:
        rest = left - factor * matrix[:, None, :] - added[None, :, :]
        quarter = np.partition(rest, (len(rows) // 4, 3 * len(rows) // 4), axis=-1)
        width = quarter[..., 3 * len(rows) // 4] - quarter[..., len(rows) // 4]
        for one, other in np.argwhere(width <= 0.02 * spread):
            of, product = features[one]
            if plus[other][0] not in of:
                found.append((of, product, factor, *plus[other]))
    return found + _sloped(left, matrix, features, spread)


def _sloped(left: Array, matrix: Array, features: list[Feature], spread: float) -> list[Candidate]:
    """The same with a factor of any size: the median slope between neighbouring rows (Theil 1950)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.diff(left)[None, :] / np.diff(matrix, axis=1)
    slopes = np.where(np.isfinite(slopes), slopes, 0.0)
    factors = np.median(slopes, axis=1)
    rest = left[None, :] - factors[:, None] * matrix
    width = np.quantile(rest, 0.75, axis=1) - np.quantile(rest, 0.25, axis=1)
    return [(*features[at], float(factors[at]), None, 0.0) for at in np.flatnonzero((width <= 0.02 * spread) & (factors != 0))]
