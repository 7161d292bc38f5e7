"""A series and a plan in, what would have been forecast for each interval of the past out, with the baselines and the processor time.

Rolling: models are trained again every few weeks on what was known then, and calibrated weekly on how the forecasts since made did. A pure
function of its arguments; changing any value after a forecast's issue leaves that forecast as it is, to the bit.
"""

import time
from dataclasses import dataclass

import numpy as np

from nova.energy.forecast import calibrate
from nova.energy.forecast.calibrate import Calibration, Raw
from nova.energy.forecast.features import View
from nova.energy.forecast.grid import Grid, Series, day_opens, lay_out
from nova.energy.forecast.inputs import ForecastInputs, prepared
from nova.energy.forecast.scores import ComparedForecast
from nova.errors import InvalidInput
from nova.series import Times, Values

LEAST_DAYS = 35  # before the first forecast
STEP = 7  # days between calibrations
MEMORY = 56  # days that a calibration looks back
WARM = 28  # days forecast before the first that counts, to calibrate on
MOST_DAYS = 7
FIELDS = ("low", "middle", "high", "mean", "naive", "seasonal")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to try: local days `first` to `last`, both included; `horizon` intervals at once, known up to `gap`
    whole days before their day."""

    first: np.datetime64
    last: np.datetime64
    horizon: int
    gap: int = 0
    retrain: int = 7
    country: str = "DE"
    threads: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Outcome(ComparedForecast):
    """One row an interval: when it was issued (everything before was known), what was forecast, what the baselines said, what came."""

    ts: Times
    issued: Times
    cpu_seconds: float


def backtest(series: Series, plan: Plan) -> Outcome:
    """Forecasts of every interval of the plan's days; InvalidInput when the history is too short or the plan makes no sense."""
    begun = time.process_time()
    grid = lay_out(series)
    first, last = (int(day.astype("datetime64[D]").astype(np.int64)) - grid.first for day in (plan.first, plan.last))
    views = _views(plan, grid, first, last)
    found = np.full((len(FIELDS), grid.days, grid.slots), np.nan)
    lags = np.zeros(grid.days, np.int64)
    for lead, view in enumerate(views):
        which = np.arange(first, last + 1)[lead :: len(views)]
        found[:, which] = roll(prepared(grid, view, plan.threads), first, last, plan.retrain).finished[:, which]
        lags[which] = view.lag
    return _outcome(series, grid, found, _issues(series, grid, lags, views[0].block), (first, last, begun))


def _views(plan: Plan, grid: Grid, first: int, last: int) -> list[View]:
    """One view for each day of the horizon; a horizon within a day has one."""
    days = -(-plan.horizon // grid.slots)
    within = plan.horizon < grid.slots
    if plan.horizon < 1 or days > MOST_DAYS or (within and grid.slots % plan.horizon):
        raise InvalidInput(f"Der Horizont muss ein Teiler eines Tages sein oder ganze Tage bis {MOST_DAYS} umfassen.")
    if not within and plan.horizon % grid.slots:
        raise InvalidInput("Ein Horizont über einen Tag hinaus muss aus ganzen Tagen bestehen.")
    if not LEAST_DAYS + plan.gap + days <= first <= last < grid.days:
        raise InvalidInput(f"Der Zeitraum liegt nicht in den Daten; vor seinem ersten Tag werden {LEAST_DAYS} Tage gebraucht.")
    return [View(1 + plan.gap + lead, min(plan.horizon, grid.slots), plan.country) for lead in range(days)]


@dataclass(frozen=True, slots=True, eq=False)
class RollingForecast:
    """FIELDS of every day (fields, days, slots), and the models' own words of the days that were forecast."""

    finished: Values
    raw: Raw


def roll(given: ForecastInputs, first: int, last: int, retrain: int) -> RollingForecast:
    """Forecast the rows `first` to `last` (included), and some before to calibrate on."""
    shape = given.grid.values.shape
    raw, bands = Raw(*(np.full(shape, np.nan) for _ in range(6))), np.full((4, *shape), np.nan)
    boosters, trained = None, 0
    for start in _steps(given, first, last):
        if boosters is None or start == first or start - trained >= retrain:
            boosters, trained = given.fit(given.known(start)), start
        ahead = slice(start, min(start + STEP, first if start < first else last + 1))
        raw.put(ahead, given.raw(boosters, ahead.start, ahead.stop))
        bands[:, ahead] = calibrate.apply(raw.take(ahead), calibration(given, raw, start), given.floor(given.known(start))).stacked()
    return RollingForecast(np.concatenate([bands, [given.naive, given.seasonal]]), raw)


def calibration(given: ForecastInputs, raw: Raw, day: int) -> Calibration:
    """What the forecasts of the days known before `day` teach."""
    past = slice(max(given.known(day) - MEMORY, 0), given.known(day))
    return calibrate.learn(raw.take(past), given.grid.values[past])


def _steps(given: ForecastInputs, first: int, last: int) -> range:
    """The first row of each step; `first` is one of them."""
    room = first - LEAST_DAYS - given.view.lag
    return range(first - max(min(WARM, room // STEP * STEP), 0), last + 1, STEP)


def _issues(series: Series, grid: Grid, lags: Times, block: int) -> Times:
    """The instant before which all was known, for each interval of the series."""
    if block < grid.slots:
        return series.ts - grid.slot % block * grid.seconds
    opens = {day: day_opens(grid.first + day, series.clock) for day in {int(row) for row in grid.row - lags[grid.row] + 1}}
    return np.array([opens[int(row)] for row in grid.row - lags[grid.row] + 1], np.int64)


def _outcome(series: Series, grid: Grid, found: Values, issued: Times, span: tuple[int, int, float]) -> Outcome:
    first, last, begun = span
    which = (grid.row >= first) & (grid.row <= last)
    rows, slots = grid.row[which], grid.slot[which]
    fields = {name: found[at][rows, slots] for at, name in enumerate(FIELDS)}
    return Outcome(
        ts=series.ts[which], issued=issued[which], actual=series.values[which], **fields, cpu_seconds=time.process_time() - begun
    )
