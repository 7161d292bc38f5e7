"""A laid-out series in, everything that models of it need out, computed once: features, linear inputs, baselines; then fitted and asked."""

from dataclasses import dataclass

import numpy as np

from nova.energy.forecast import baselines, linear, models
from nova.energy.forecast.calibrate import Raw
from nova.energy.forecast.features import View, columns, usual
from nova.energy.forecast.grid import Grid
from nova.series import Values

SETTLED = 7  # the first days have no week behind them to learn from


@dataclass(frozen=True, slots=True, eq=False)
class ForecastInputs:
    """`inputs` (days, slots, features) of the trees, `rows` of the linear model, `naive` and `seasonal` (days, slots)."""

    grid: Grid
    view: View
    inputs: Values
    rows: linear.Rows
    naive: Values
    seasonal: Values
    usual: Values
    threads: int

    def known(self, day: int) -> int:
        """Rows before this one are known in full when `day` is forecast."""
        return day - self.view.lag + 1

    def fit(self, known: int) -> models.Boosters:
        """Models of the rows before `known`."""
        past = slice(min(SETTLED + self.view.lag, known - 1), known)
        inputs, values = self.inputs[past], self.grid.values[past]
        return models.train(inputs.reshape(-1, inputs.shape[-1]), values.ravel(), self.threads)

    def raw(self, boosters: models.Boosters, first: int, last: int) -> Raw:
        """What the models say of the rows `first` to `last` (excluded)."""
        inputs = self.inputs[first:last]
        found = boosters.predict(inputs.reshape(-1, inputs.shape[-1]), self.threads)
        shaped = {kind: part.reshape(inputs.shape[:2]) for kind, part in found.items()}
        return Raw(
            shaped[models.LOW],
            shaped[models.MIDDLE],
            shaped[models.HIGH],
            shaped[models.MEAN],
            self._linear(first, last),
            self.usual[first:last],
        )

    def floor(self, known: int) -> float:
        """What no forecast goes below: 0 for what has never been negative."""
        past = self.grid.values[:known]
        return 0.0 if np.nanmin(past) >= 0 else -np.inf

    def _linear(self, first: int, last: int) -> Values:
        """Unknown where a day is forecast in several parts."""
        if self.view.block < self.grid.slots:
            return np.full((last - first, self.grid.slots), np.nan)
        return linear.forecast(self.rows, self.known(first), first, last)


def prepared(grid: Grid, view: View, threads: int) -> ForecastInputs:
    """All that is needed to forecast this series, seen this way."""
    return ForecastInputs(
        grid=grid,
        view=view,
        inputs=columns(grid, view),
        rows=linear.rows(grid, view),
        naive=baselines.naive(grid, view),
        seasonal=baselines.seasonal(grid, view),
        usual=usual(grid.values, view.lag),
        threads=threads,
    )
