"""A source in, the same source out that reads and explains each window once: one for each answer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nova.energy.expected import Column
from nova.energy.explain import reasons as why
from nova.energy.figure import Window, window
from nova.energy.period import Period
from nova.energy.source import Meter, Source
from nova.energy.tariff import NO_TERMS, Terms
from nova.series import DAY, MISSING, QUARTER, Prices, Readings, Signal, Times, Values, readings
from nova.store.series.forecasts import Forecast


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """What an answer works on. Not for more than one: it does not see what changes meanwhile."""

    source: Source
    memory: dict[Hashable, Any] = field(default_factory=dict)

    def meters(self) -> tuple[Meter, ...]:
        """As the source."""
        if "meters" not in self.memory:
            self.memory["meters"] = self.source.meters()
        found: tuple[Meter, ...] = self.memory["meters"]
        return found

    def readings(self, meter_id: str, start: int, end: int) -> Readings:
        """As the source."""
        key = ("readings", meter_id, start, end)
        if key not in self.memory:
            self.memory[key] = self.source.readings(meter_id, start, end)
        found: Readings = self.memory[key]
        return found

    def together(self, meter_ids: tuple[str, ...], start: int, end: int) -> Readings:
        """The sum of several meters in the longest of their intervals; unknown where one of them is."""
        key = ("together", meter_ids, start, end)
        if key not in self.memory:
            self.memory[key] = summed([self.readings(one, start, end) for one in meter_ids], " + ".join(meter_ids))
        found: Readings = self.memory[key]
        return found

    def forecast(self, meter_id: str | None, start: int, end: int) -> Forecast | None:
        """As the source."""
        return self.source.forecast(meter_id, start, end)

    def prices(self, start: int, end: int) -> Prices | None:
        """As the source."""
        return self.source.prices(start, end)

    def signal(self, name: str, place: str, start: int, end: int) -> Signal | None:
        """As the source."""
        return self.source.signal(name, place, start, end)

    def reasons(self, meter_id: str, column: Column, period: Period) -> why.Reasons | None:
        """Why the period differs; None where the past is too short."""
        key = ("reasons", meter_id, column, period)
        if key not in self.memory:
            self.memory[key] = why.reasons(self, meter_id, column, period)
        found: why.Reasons | None = self.memory[key]
        return found

    def window(self, meter_ids: tuple[str, ...], period: Period) -> Window:
        """What is known of a period, of the sum of several meters together; with exchange prices."""
        key = ("window", meter_ids, period)
        if key not in self.memory:
            self.memory[key] = self._window(meter_ids, period)
        found: Window = self.memory[key]
        return found

    def _window(self, meter_ids: tuple[str, ...], period: Period) -> Window:
        first = period.start - DAY  # an interval that an edge cuts counts with the part inside
        some = self.together(meter_ids, first, period.end) if len(meter_ids) > 1 else self.readings(meter_ids[0], first, period.end)
        seen = window([some], period.start, period.end, prices=self.prices(period.start, period.end))
        if period.hours is None and not period.days:
            return seen
        every = np.arange(period.start, period.end, QUARTER, dtype=np.int64)
        return seen.narrowed(period.within(seen.known.start), period.within(seen.made.start), float(period.within(every).sum()) * QUARTER)

    def terms(self, meter_id: str) -> Terms:
        """What is paid for a meter."""
        return next((one.terms for one in self.meters() if one.meter_id == meter_id), NO_TERMS)

    def costs(self, found: why.Reasons, period: Period, meter_id: str) -> why.Costs | None:
        """What the difference costs; None without prices."""
        key = ("costs", id(found), period)
        if key not in self.memory:
            self.memory[key] = why.costs(self, found, period, self.terms(meter_id))
        costs: why.Costs | None = self.memory[key]
        return costs


def summed(several: Sequence[Readings], name: str) -> Readings:
    """Readings added up in the longest interval length of all, at the instants at which each meter knows the whole interval.

    Consumption is unknown where one does not know it; production counts where it is known.
    """
    there = [one for one in several if len(one)]
    if not there or len(there) < len(several):
        return readings(name, QUARTER, np.zeros(0, np.int64), np.zeros(0))
    seconds = max(one.seconds for one in there)
    parts = [_longer(one, seconds) for one in there]
    ts = parts[0][0]
    for part in parts[1:]:
        ts = np.intersect1d(ts, part[0], assume_unique=True)
    if not len(ts):
        return readings(name, seconds, ts, np.zeros(0))
    rows = [np.searchsorted(starts, ts) for starts, _, _ in parts]
    used = np.sum([part[1][row] for part, row in zip(parts, rows, strict=True)], axis=0)
    made = [part[2][row] for part, row in zip(parts, rows, strict=True)]
    silent = np.all(np.isnan(made), axis=0)
    return readings(name, seconds, ts, used, np.where(silent, np.nan, np.nansum(made, axis=0)))


def _longer(one: Readings, seconds: int) -> tuple[Times, Values, Values]:
    """Starts and means of the intervals of this length that are known in full."""
    used, made = (np.where(one.quality == MISSING, np.nan, values) for values in (one.consumption, one.production))
    if one.seconds == seconds:
        return one.ts, used, made
    slot = one.ts // seconds
    which, place = np.unique(slot, return_inverse=True)
    count = np.bincount(place)
    full = count == seconds // one.seconds
    return which[full] * seconds, (np.bincount(place, used) / count)[full], (np.bincount(place, made) / count)[full]
