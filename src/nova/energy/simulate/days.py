"""Local days in, what all meters of a region need to know of them out: lengths, kinds of day, standard load profiles; kept for the fleet.

BDEW's profiles of 2025 (H25 households, G25 businesses) come from `demandlib`: 12 months x 3 kinds of day x 96 quarter-hours.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import day_start, local_date, local_seconds
from nova.series import DAY, Times, Values

EPOCH = date(1970, 1, 1)
WORKDAY, SATURDAY, SUNDAY = range(3)  # public holidays count as Sundays
MINUTES = 1440
CHANGE = 180  # from this minute of the local clock on the new offset counts
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Consecutive local days. `number`: days since 1970; `start`: UTC minute at which each begins; `later`: minutes added from 3 h on."""

    first: date
    number: Ints
    start: Ints
    later: Ints
    end: int
    kind: Ints
    month: Ints
    of_year: Ints
    weekday: Ints
    ts: Times  # of each minute, flat over all days
    clock: Ints  # quarter-hour of the local clock, 0-95, of each quarter-hour, flat over all days
    day: Ints  # index of the day of each quarter-hour

    def __len__(self) -> int:
        return len(self.number)

    def at(self, day: Ints, minute: Ints) -> Ints:
        """The minute, counted from the first one of these days, at which a local clock shows `minute` (0-1439) of a day."""
        return np.asarray(self.start[day] - self.start[0] + minute + np.where(minute >= CHANGE, self.later[day], 0))


@lru_cache(maxsize=4)
def days(first: date, count: int, state: str) -> Days:
    """`count` local days from `first` on with the public holidays of a German state ("TH")."""
    dates = [first + timedelta(days=n) for n in range(count)]
    start = np.array([day_start(day) // 60 for day in [*dates, first + timedelta(days=count)]], np.int64)
    free = holidays(state, first.year, dates[-1].year)
    quarters = np.arange(start[0] * 60, start[-1] * 60, 900, dtype=np.int64)
    number = np.array([(day - EPOCH).days for day in dates], np.int64)
    return Days(
        first=first,
        number=number,
        start=start[:-1],
        later=np.diff(start) - MINUTES,
        end=int(start[-1]),
        kind=np.array([_kind(day, free) for day in dates], np.int64),
        month=np.array([day.month - 1 for day in dates], np.int64),
        of_year=np.array([day.timetuple().tm_yday for day in dates], np.int64),
        weekday=np.array([day.weekday() for day in dates], np.int64),
        ts=np.arange(start[0] * 60, start[-1] * 60, 60, dtype=np.int64),
        clock=local_seconds(quarters) % DAY // 900,
        day=local_seconds(quarters) // DAY - number[0],
    )


def around(start: int, end: int, state: str, before: int = 1) -> Days:
    """The local days that instants `start` to `end` (excluded) touch, and some before, from which things go on into them."""
    first = local_date(start) - timedelta(days=before)
    return days(first, (local_date(end - 1) - first).days + 1, state)


@lru_cache(maxsize=16)
def holidays(state: str, first: int, last: int) -> frozenset[date]:
    """The public holidays of a German state in these years."""
    from holidays import country_holidays

    return frozenset(country_holidays("DE", subdiv=state, years=range(first, last + 1)))


def _kind(day: date, free: frozenset[date]) -> int:
    if day in free or day.weekday() == 6:
        return SUNDAY
    # BDEW: Christmas Eve and New Year's Eve are Saturdays where they are not Sundays.
    return SATURDAY if day.weekday() == 5 or (day.month, day.day) in ((12, 24), (12, 31)) else WORKDAY


@lru_cache(maxsize=4)
def profile(name: str) -> Values:
    """A standard load profile as 12 months x 3 kinds of day x 96 quarter-hours of mean power, over its own mean; name: "H25" or "G25"."""
    found = find_spec("demandlib")  # its tables alone are read: importing it would bring pandas into a process that simulates all day
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("demandlib", name="demandlib")
    path = Path(found.submodule_search_locations[0], "bdew", "bdew_data", f"{name.lower()}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        heads, kinds, *rows = csv.reader(file)  # months from January on, each SA, FT, WT
    table = np.zeros((12, 3, 96))
    order = {"WT": WORKDAY, "SA": SATURDAY, "FT": SUNDAY}
    months = {head: month for month, head in enumerate(dict.fromkeys(heads[1:]))}
    for column, (head, kind) in enumerate(zip(heads[1:], kinds[1:], strict=True), start=1):
        table[months[head], order[kind]] = [float(row[column]) for row in rows]
    table.setflags(write=False)
    return np.asarray(table / (table * np.array([5, 1, 1])[None, :, None] / 7).sum(axis=1).mean())


def season(of_year: Ints) -> Values:
    """How much more than on the mean day households use on this day of the year: BDEW's dynamisation of H0 and H25 (1 = mean)."""
    t = of_year.astype(np.float64)
    return np.asarray(-3.92e-10 * t**4 + 3.2e-7 * t**3 - 7.02e-5 * t**2 + 0.0021 * t + 1.24)
