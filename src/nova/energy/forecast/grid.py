"""A regular series in, its local days as rows of clock slots out, and back: every lag is then a row above.

A local day of 23 hours leaves the slots of the hour that is missing unknown; one of 25 hours has the mean of the doubled hour in its slot.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import day_start, local_seconds
from nova.series import DAY, Times, Values

EPOCH = date(1970, 1, 1).toordinal()
Clock = Literal["berlin", "wall"]  # "wall": `ts` already is what a local clock shows
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Values of intervals of `seconds` that divide a day, ascending in time; NaN is unknown. `extras` are known for the same intervals."""

    ts: Times
    values: Values
    seconds: int
    clock: Clock = "berlin"
    extras: tuple[Values, ...] = ()

    def __len__(self) -> int:
        return len(self.ts)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """`values` and `extras` (days, slots), `first` the number of the first day since 1970; `row`, `slot` place each interval."""

    first: int
    seconds: int
    values: Values
    extras: tuple[Values, ...]
    row: Times
    slot: Times

    @property
    def days(self) -> int:
        """How many local days there are."""
        return len(self.values)

    @property
    def slots(self) -> int:
        """How many clock slots a day has."""
        return DAY // self.seconds

    @property
    def dates(self) -> NDArray[np.datetime64]:
        """The local day of each row, as `datetime64[D]`."""
        return (self.first + np.arange(self.days)).astype("datetime64[D]")


def clock_seconds(ts: Times, clock: Clock) -> Times:
    """What the local clock shows at these instants, as seconds since 1970 as if it showed UTC."""
    return ts if clock == "wall" else local_seconds(ts)


def day_opens(day: int, clock: Clock) -> int:
    """The instant at which the local day of this number since 1970 begins."""
    return day * int(DAY) if clock == "wall" else day_start(date.fromordinal(EPOCH + day))


def lay_out(series: Series, days: int = 0) -> Grid:
    """The series as rows of local days; with `days` at least so many, the last of them unknown."""
    local = clock_seconds(series.ts, series.clock)
    first = int(local[0] // DAY)
    row, slot = local // DAY - first, local % DAY // series.seconds
    size = (max(days, int(row[-1]) + 1), DAY // series.seconds)
    return Grid(
        first=first,
        seconds=series.seconds,
        values=_means(series.values, row, slot, size),
        extras=tuple(_means(extra, row, slot, size) for extra in series.extras),
        row=row,
        slot=slot,
    )


def _means(values: Values, row: Times, slot: Times, size: tuple[int, int]) -> Values:
    known = np.isfinite(values)
    total, count = np.zeros(size), np.zeros(size)
    np.add.at(total, (row[known], slot[known]), values[known])
    np.add.at(count, (row[known], slot[known]), 1.0)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
