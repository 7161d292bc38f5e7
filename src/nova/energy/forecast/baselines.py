"""Rows of local days in, what anyone would say without a model out: the week before, and the usual value of such a day."""

import numpy as np

from nova.energy.forecast.days import SUNDAY, calendar_columns
from nova.energy.forecast.features import View, behind, mean, windows
from nova.energy.forecast.grid import Grid
from nova.series import Values

WEEKS = 4
SATURDAY = 5


def naive(grid: Grid, view: View) -> Values:
    """The same slot a week before, or as many weeks as are known; (days, slots), NaN where unknown."""
    return behind(grid.values, 7 * -(-view.lag // 7))


def seasonal(grid: Grid, view: View) -> Values:
    """The mean of the slot over the days of the same kind (working day, Saturday, Sunday or holiday) in the last known weeks.

    (days, slots); NaN where no such day is known.
    """
    kinds = np.maximum(calendar_columns(grid.dates, view.country)[:, 0] - SATURDAY + 1, 0)
    found = np.full_like(grid.values, np.nan)
    for kind in (0, 1, SUNDAY - SATURDAY + 1):
        alike = np.where((kinds == kind)[:, None], grid.values, np.nan)
        usual = mean(windows(alike, view.lag, 7 * WEEKS), -1)
        found[kinds == kind] = usual[kinds == kind]
    return found
