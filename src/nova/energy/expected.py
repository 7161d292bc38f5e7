"""A meter's past, the weather and a window in, what was to be expected of the window out: the one definition of "expected".

Expected = what the eight weeks before the window (twice its length where that is longer, 400 days at most) let expect of it in their mean
weather, by kind of day and time of day (`band`), in kWh over the quarter-hours (or longer intervals) that begin in the window. Nothing of
the window itself goes into it, and gaps of the window are expected like the rest. Less than ten whole days of past: nothing is expected.
The usual range is the expectation plus and minus half the width of the 90 % band of such a window's sum. "More than expected" is measured
less expected energy.

What is said of the future is a forecast, or, where plans need a course and there is no forecast, the usual course: each quarter-hour's mean
of the same local time one to four weeks before (`usual`), of weeks in which it is known.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nova.energy.band import Band, Flags, Grid, band, grid, total_spread
from nova.energy.calendar import day_start, local_date, local_seconds
from nova.energy.figure import Figure, Window, figure
from nova.energy.period import Period
from nova.energy.source import Source
from nova.energy.spans import Steps, mean_over
from nova.series import DAY, MISSING, QUARTER, Readings, Signal, Times, Values

Column = Literal["consumption", "production", "import"]
LEAST, MOST = 56 * DAY, 400 * DAY
WEEKS = 4  # whose mean is the usual course
_MEANING = "Erwartung aus den Wochen davor, nach Tagesart und Tageszeit, bei deren Wetter"
_EXPECTED = (
    ("expected", "kWh", _MEANING),
    ("expected_low", "kWh", "untere Grenze des Üblichen"),
    ("expected_high", "kWh", "obere Grenze des Üblichen"),
    ("excess", "kWh", "Verbrauch weniger Erwartung"),
    ("excess_share", "1", "Verbrauch weniger Erwartung, durch Erwartung"),
)
_NONE = "Für eine Erwartung reichen die Messwerte davor nicht; es braucht mehrere Wochen."
_BEGUN = "Von diesem Zeitraum ist noch keine Viertelstunde vergangen."


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """What was to be expected on the grid of a window's days: the band, which steps lie `inside` the window, half the width of its range.

    `some` are the readings of past and window, `temperature` those of the weather, both as they were read.
    """

    some: Readings
    grid: Grid
    past: Grid
    band: Band
    inside: Flags
    spread: float
    temperature: Signal | None
    start: int

    @property
    def kwh(self) -> float:
        """Expected energy."""
        return float(self.band.plain[self.inside].sum()) * self.grid.step / 3600

    @property
    def low(self) -> float:
        """The lower edge of the usual range, in kWh."""
        return max(0.0, self.kwh - self.spread)

    @property
    def high(self) -> float:
        """The upper edge of the usual range, in kWh."""
        return self.kwh + self.spread


def powers(some: Readings, column: Column) -> Values:
    """kW of a column; `import` is what consumption exceeds production by. NaN where unknown or missing."""
    if column == "production":
        values = some.production
    elif column == "consumption":
        values = some.consumption
    else:
        values = np.maximum(some.consumption - np.nan_to_num(some.production), 0.0)
    return np.where(some.quality == MISSING, np.nan, values)


def expectation(source: Source, meter_id: str, column: Column, period: Period) -> Expectation | None:
    """What was to be expected of a period; None where the past is too short or the period holds no step."""
    back = int(np.clip(2 * period.seconds, LEAST, MOST))
    some = source.readings(meter_id, period.start - back, period.end)
    if not len(some):
        return None
    step, y = max(QUARTER, some.seconds), powers(some, column)
    start, first = day_start(local_date(period.start)), max(period.start - back, int(some.ts[0]))
    past, now = grid(some.ts, y, first, start, step), grid(some.ts, y, start, period.end, step)
    inside = period.within(now.ts)
    place = next((one.place for one in source.meters() if one.meter_id == meter_id), "")
    temperature = source.signal("temperature_c", place, first, period.end) if column != "production" else None
    made = band(past, now, temperature) if len(past.ts) else None
    if made is None or not inside.any():
        return None
    slots = np.isin(np.arange(now.slots), now.slot[inside])
    return Expectation(some, now, past, made, inside, total_spread(made, inside, slots), temperature, start)


def expected(seen: Window, energy: Figure, found: Expectation | None) -> list[Figure]:
    """Expected consumption of a window, its usual range, and measured less expected energy, in kWh and as a share."""
    if found is None:
        return [figure(seen, name, None, unit, meaning, _NONE if seen.counted else _BEGUN) for name, unit, meaning in _EXPECTED]
    more = None if energy.value is None else energy.value - found.kwh
    values = (found.kwh, found.low, found.high, more, None if more is None or found.kwh <= 0 else more / found.kwh)
    told = zip(_EXPECTED, values, strict=True)
    return [figure(seen, name, value, unit, meaning, "" if value is not None else energy.reason) for (name, unit, meaning), value in told]


def usual(known: Steps, ts: Times) -> Values | None:
    """kW of each quarter-hour by the mean of the same local times one to four weeks before; None where one is never known."""
    rows = np.vstack([mean_over(known, one, one + QUARTER) for one in weeks_before(ts)])
    there = np.isfinite(rows)
    if not there.any(axis=0).all():
        return None
    mean: Values = np.where(there, rows, 0.0).sum(axis=0) / there.sum(axis=0)
    return np.maximum(mean, 0.0)


def weeks_before(ts: Times) -> list[Times]:
    """The same local times one to four weeks before, also across a change of the clock."""
    return [_moved(ts, ts - 7 * DAY * week) for week in range(1, WEEKS + 1)]


def _moved(ts: Times, back: Times) -> Times:
    moved: Times = back + (local_seconds(ts) - ts) - (local_seconds(back) - back)
    return moved
