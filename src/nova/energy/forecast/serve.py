"""A series known to the end of a day in, a trained model and the forecast of a day ahead out; models are JSON around LightGBM's texts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from nova.energy.calendar import day_bounds, local_date
from nova.energy.forecast import models
from nova.energy.forecast.backtest import FIELDS, LEAST_DAYS, STEP, calibration, roll
from nova.energy.forecast.calibrate import Calibration, apply
from nova.energy.forecast.features import View
from nova.energy.forecast.grid import Grid, Series, clock_seconds, lay_out
from nova.energy.forecast.inputs import ForecastInputs, prepared
from nova.energy.forecast.scores import ComparedForecast, Score, score
from nova.errors import InvalidInput
from nova.series import Times, Values

TRIED = 28  # days of the backtest that goes with every training
FORM = 1  # of the JSON
LONGEST = 800  # days of history that are looked at
COLUMNS = ("ts", "low", "middle", "high", "mean", "naive", "seasonal")  # of an issue, 8 bytes a value


@dataclass(frozen=True, slots=True, eq=False)
class TrainedModel:
    """A model, `gap` whole days before the day forecast that are not known, and the days of its backtest."""

    boosters: models.Boosters
    calibration: Calibration
    seconds: int
    gap: int
    known_to: date
    scores: Mapping[date, Score]

    def dump(self) -> bytes:
        """As JSON."""
        values = {
            "form": FORM,
            "models": self.boosters.texts(),
            "calibration": asdict(self.calibration),
            "seconds": self.seconds,
            "gap": self.gap,
            "known_to": self.known_to.isoformat(),
        }
        return json.dumps(values).encode()


@dataclass(frozen=True, slots=True, eq=False)
class Issue:
    """The forecast of each interval of a local day."""

    ts: Times
    low: Values
    middle: Values
    high: Values
    mean: Values
    naive: Values
    seasonal: Values


def load(data: bytes) -> TrainedModel:
    """A model that was dumped; its scores stay where they are kept. InvalidInput for any other form."""
    values: dict[str, Any] = json.loads(data)
    if values.get("form") != FORM:
        raise InvalidInput("Dieses Vorhersagemodell hat ein anderes Format; es wird neu trainiert.")
    return TrainedModel(
        boosters=models.load(values["models"]),
        calibration=Calibration(**values["calibration"]),
        seconds=values["seconds"],
        gap=values["gap"],
        known_to=date.fromisoformat(values["known_to"]),
        scores={},
    )


def until(series: Series, day: date) -> Series:
    """What is known before a local day begins, and of that the last LONGEST days."""
    end, start = day_bounds(day)[0], day_bounds(day - timedelta(days=LONGEST))[0]
    which = (series.ts < end) & (series.ts >= start)
    return Series(series.ts[which], series.values[which], series.seconds, series.clock)


def least_days(gap: int) -> int:
    """How many days a series needs before it is trained on."""
    return LEAST_DAYS + gap + 1 + STEP


def train(series: Series, gap: int, threads: int) -> TrainedModel:
    """A model of the whole series, with the rolling backtest of its last days; InvalidInput when it is too short."""
    grid = lay_out(series)
    days = grid.days
    first = max(days - TRIED, LEAST_DAYS + gap + 1)
    known = int(np.isfinite(grid.values).any(1).sum())
    if known < least_days(gap):
        raise InvalidInput(f"Für ein Modell werden {least_days(gap)} Tage gebraucht; bekannt sind {known}.")
    given = _inputs(grid, gap, threads)
    rolled = roll(given, first, days - 1, 2 * STEP)
    return TrainedModel(
        boosters=given.fit(days),
        calibration=calibration(given, rolled.raw, days + given.view.lag - 1),
        seconds=series.seconds,
        gap=gap,
        known_to=local_date(int(series.ts[-1])),
        scores=_days(given.grid, {row: rolled.finished[:, row] for row in range(first, days)}),
    )


def rehearse(trained: TrainedModel, series: Series, days: int, threads: int) -> dict[date, Score]:
    """How a model does on the last days of a series, which ought to be later than its training."""
    given = _inputs(lay_out(series), trained.gap, threads)
    last = range(max(0, given.grid.days - days), given.grid.days)
    return _days(given.grid, {row: _said(given, trained, row) for row in last})


def issue(trained: TrainedModel, series: Series, day: date, threads: int) -> Issue:
    """The forecast of a local day from a series that ends before; unknown days between it and the day are left unknown."""
    start, end = day_bounds(day)
    ts = np.arange(start, end, series.seconds)
    row = (day - _date_of(lay_out(series), 0)).days
    given = _inputs(lay_out(series, row + 1), trained.gap, threads)
    slot = clock_seconds(ts, series.clock) % 86_400 // series.seconds
    return Issue(ts, *(part[slot] for part in _said(given, trained, row)))


def _inputs(grid: Grid, gap: int, threads: int) -> ForecastInputs:
    return prepared(grid, View(1 + gap, grid.slots), threads)


def _said(given: ForecastInputs, trained: TrainedModel, row: int) -> Values:
    """FIELDS of one day: (fields, slots)."""
    band = apply(given.raw(trained.boosters, row, row + 1), trained.calibration, given.floor(given.known(row))).stacked()[:, 0]
    return np.concatenate([band, [given.naive[row], given.seasonal[row]]])


def _days(grid: Grid, said: Mapping[int, Values]) -> dict[date, Score]:
    """The score of each row that has one."""
    scores = {row: score(ComparedForecast(actual=grid.values[row], **dict(zip(FIELDS, one, strict=True)))) for row, one in said.items()}
    return {_date_of(grid, row): one for row, one in scores.items() if one is not None}


def _date_of(grid: Grid, row: int) -> date:
    return date(1970, 1, 1) + timedelta(days=grid.first + row)
