"""Rows of local days in, a linear forecast of whole days out: ridge regressions of every slot on all slots of the last known days.

After LEAR (Lago, Marcjasz, De Schutter, Weron: "Forecasting day-ahead electricity prices", Applied Energy 293, 2021): variance
stabilised by asinh, days 1, 2, 3 and 7 before, dummies of the weekday, mean over several calibration windows. Theirs is a lasso; a ridge is
one solution for all slots at once.
"""

from dataclasses import dataclass

import numpy as np

from nova.energy.forecast.analog import alike
from nova.energy.forecast.days import calendar_columns
from nova.energy.forecast.features import View, behind, mean
from nova.energy.forecast.grid import Grid
from nova.series import Values

WINDOWS = (84, 182, 364, 728)  # days; the last two of LEAR's four are 1092 and 1456, which few meters have
PENALTY = 30.0
INPUTS = 24  # slots of a day are averaged to at most so many before they explain anything
REACH = 6.0  # of the asinh scale: beyond it an extrapolation is no forecast
WEEK = 7
LEAST = 28  # days without which nothing is fitted


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Values (days, slots), what stood in the last days known (days, inputs), and what needs no stabilising (days, others)."""

    values: Values
    lags: Values
    others: Values


def rows(grid: Grid, view: View) -> Rows:
    """What explains each day of the grid: nothing later than the last known day, but for `extras` of the day itself."""
    reduced, week = _reduce(grid.values), 7 * -(-view.lag // 7)
    lags = [behind(reduced, days) for days in (view.lag, view.lag + 1, view.lag + 2, week)]
    if grid.extras:
        lags.append(_reduce(alike(grid, view.lag)))
    return Rows(grid.values, np.concatenate(lags, axis=1), _dummies(grid, view))


def forecast(given: Rows, known: int, first: int, last: int) -> Values:
    """Days `first` to `last` (excluded) from the rows before `known`, (days, slots): the mean over WINDOWS, NaN with too little history."""
    found, seen = [], 0
    for window in WINDOWS:
        fitted = min(window, known - WEEK)
        if fitted >= LEAST and fitted != seen:
            found.append(_fit(given, slice(known - fitted, known), slice(first, last)))
            seen = fitted
    return np.mean(found, axis=0) if found else np.full((last - first, given.values.shape[1]), np.nan)


def _fit(given: Rows, past: slice, ahead: slice) -> Values:
    """Ridge regression on the rows of `past`, for the rows `ahead`."""
    middle, scale = _stabiliser(given.values[past])
    targets = np.arcsinh((given.values[past] - middle) / scale)
    inputs = np.concatenate([np.arcsinh((given.lags - middle) / scale), given.others], axis=1)
    train, test = _standard(inputs[past], inputs[ahead])
    usual = _known_mean(targets)
    gap = np.where(np.isfinite(targets), targets - usual, 0.0)
    weights = np.linalg.solve(train.T @ train + PENALTY * np.eye(train.shape[1]), train.T @ gap)
    return np.asarray(middle + scale * np.sinh(np.clip(usual + test @ weights, -REACH, REACH)), np.float64)


def _stabiliser(values: Values) -> tuple[float, float]:
    """Median and median absolute deviation over .6745 (a normal distribution's deviation), as Uniejewski et al. (2018) normalise prices."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    middle = float(np.median(known))
    scale = float(np.median(np.abs(known - middle))) / 0.6745
    return middle, scale or float(known.std()) or 1.0


def _standard(train: Values, test: Values) -> tuple[Values, Values]:
    """Columns of mean 0 and deviation 1 over the past; what is unknown becomes the mean."""
    middle = _known_mean(train)
    spread = np.sqrt(_known_mean((train - middle) ** 2))
    scale = np.where(spread > 1e-9, spread, np.inf)
    ready = [np.nan_to_num((part - middle) / scale, nan=0.0) for part in (train, test)]
    return ready[0], ready[1]


def _known_mean(values: Values) -> Values:
    return np.nan_to_num(mean(values, 0))


def _reduce(values: Values) -> Values:
    """The slots of each day averaged to at most INPUTS."""
    if values.shape[1] <= INPUTS:
        return values
    return np.stack([mean(part, 1) for part in np.array_split(values, INPUTS, axis=1)], axis=1)


def _dummies(grid: Grid, view: View) -> Values:
    """One column for each kind of day, and the season."""
    days = calendar_columns(grid.dates, view.country)
    return np.concatenate([np.eye(7)[days[:, 0].astype(int)], days[:, 4:6]], axis=1)
