"""What stands in homes and businesses, how often and when it is used in; minutes of whole watts out.

An appliance's course is a list of (minute after the start, minutes, watts). Courses and times of use are typical of German homes
(in sum 1.0 kWh for a dishwasher, 0.8 for a wash, 2.2 for a dryer of the old kind); how often they run is scaled to a home's yearly use.
Sums are of whole watts, so that they are the same in whatever window they are added up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from nova.energy.simulate import draws
from nova.energy.simulate.days import MINUTES, Days, Ints, profile
from nova.series import Values

Course = tuple[tuple[int, int, int], ...]
Window = tuple[tuple[float, float, float], ...]  # hour of the local clock, standard deviation in hours, weight
GROUPS, QUARTERS = 36, 96
# Fitted to REAL_HOMES and REAL_TEN over several seeds: how much of a window lies evenly over the day; how far BDEW's profile leans on it
# (as a power); what a sleeping or empty home still uses; how much narrower one home's habits are than the country's.
EVENLY, LEAN, ASLEEP, NARROW = 0.05, 0.4, 0.15, 0.4
SPREAD_WATTS, SPREAD_LENGTH = 0.25, 0.5  # how far a use is from its course: uniform, so much up or down


@dataclass(frozen=True, slots=True)
class Appliance:
    """One kind: uses a day without and for each person, its course, and when it is used on working and on free days."""

    name: str
    fixed: float
    each: float
    course: Course
    work: Window
    free: Window
    owned: float = 1.0  # share of homes
    weekly: bool = False  # used on chosen weekdays
    awake: bool = True  # only while somebody is at home and awake

    @property
    def single(self) -> bool:
        """Whether a home has only one that is used again when it is through: what heats."""
        return max(watts for _, _, watts in self.course) >= 1000

    @property
    def energy(self) -> float:
        """kWh of a use."""
        return sum(minutes * watts for _, minutes, watts in self.course) / 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """An appliance in a home: uses a day by weekday, how much longer than its course, and when: cumulated densities of GROUPS days."""

    appliance: Appliance
    by_weekday: Values
    longer: float
    cumulated: Values


def _pulses(first: int, every: int, minutes: int, watts: int, times: int) -> Course:
    return tuple((first + every * n, minutes, watts) for n in range(times))


_WASH: Course = ((3, 14, 2000), (17, 45, 180), (62, 8, 450))
_DISH: Course = ((4, 14, 2000), (18, 30, 60), (48, 13, 2000), (61, 20, 30))
_TANK: Window = ((2.2, 1.2, 1.0), (13.5, 1.0, 0.3))
_EVENING: Window = ((7.5, 1.5, 0.3), (14.0, 3.0, 0.7), (18.5, 2.0, 0.7), (21.0, 1.5, 0.4))
_MEALS: Window = ((7.3, 0.8, 0.15), (12.3, 0.8, 0.9), (18.0, 1.2, 1.0))
_SUNDAYS: Window = ((9.5, 0.7, 0.2), (12.4, 0.6, 1.0), (18.6, 0.7, 0.8))

HOME: tuple[Appliance, ...] = (
    Appliance(
        "kettle", 0.7, 0.6, ((0, 3, 2000),), ((6.8, 0.7, 1.0), (9.5, 1.0, 0.4), (15.5, 1.5, 0.6)), ((9.0, 1.0, 1.0), (15.3, 1.0, 0.7))
    ),
    Appliance("microwave", 0.2, 0.2, ((0, 5, 1300),), _MEALS, _SUNDAYS),
    Appliance("hob", 0.35, 0.14, ((0, 9, 2200), *_pulses(11, 4, 2, 1900, 5)), _MEALS, _SUNDAYS),
    Appliance("oven", 0.06, 0.06, ((0, 12, 2800), *_pulses(16, 6, 3, 2500, 6)), ((12.0, 1.0, 0.5), (17.5, 1.2, 1.0)), _SUNDAYS),
    Appliance(
        "dishwasher",
        0.06,
        0.15,
        _DISH,
        ((9.0, 1.5, 0.3), (14.0, 1.5, 0.5), (20.3, 1.5, 1.0), (1.0, 2.0, 0.3)),
        ((10.5, 1.5, 0.5), (14.0, 1.5, 1.0), (20.0, 1.5, 0.8)),
        0.75,
        awake=False,
    ),
    Appliance("washing", 0.04, 0.13, _WASH, ((9.5, 1.5, 1.0), (17.5, 1.8, 1.0)), ((10.5, 1.8, 1.0),), 0.97, weekly=True),
    Appliance("dryer", 0.02, 0.09, _pulses(0, 10, 8, 2500, 7), ((11.5, 1.5, 1.0), (19.0, 1.6, 0.8)), ((12.5, 1.8, 1.0),), 0.5, weekly=True),
    Appliance("television", 0.9, 0.25, ((0, 130, 90),), _EVENING, _EVENING),
    Appliance("computer", 0.4, 0.4, ((0, 110, 80),), ((10.0, 2.5, 1.0), (17.0, 2.5, 1.0)), ((13.0, 3.0, 1.0),)),
    Appliance("care", 0.3, 0.25, ((0, 9, 1500),), ((7.0, 0.6, 1.0), (17.5, 1.5, 0.6)), ((10.5, 1.8, 1.0),)),
    Appliance("shower", 0.05, 0.6, ((0, 5, 18000),), ((6.7, 0.6, 1.0), (20.5, 1.2, 0.4)), ((9.2, 1.0, 1.0), (20.0, 1.4, 0.3)), 0.22),
    Appliance("tap", 0.5, 0.7, ((0, 1, 8000),), ((7.2, 0.8, 0.7), (18.8, 1.3, 1.0)), ((10.0, 1.5, 0.7), (18.8, 1.5, 1.0)), 0.22),
    Appliance("boiler", 1.1, 0.0, ((0, 75, 2000),), _TANK, _TANK, 0.12, awake=False),
    Appliance(
        "heater",
        0.18,
        0.0,
        ((0, 75, 2000),),
        ((6.9, 1.0, 0.7), (15.0, 3.0, 0.7), (20.0, 2.0, 0.8)),
        ((9.5, 1.5, 0.7), (15.0, 3.0, 0.7), (20.0, 2.0, 0.8)),
        0.35,
    ),
)


def use(appliance: Appliance, uses: float, longer: float, shift: float, awake: Values, weekdays: Values, like: str = "H25") -> Use:
    """An appliance with so many uses a day, at its times and `shift` hours later, where `awake` (3 kinds of day x 96) lets it."""
    hours = (np.arange(QUARTERS) + 0.5) / 4
    shapes = [sum_of(window, hours - shift) for window in (appliance.work, appliance.free, appliance.free)]
    here = np.maximum(awake, ASLEEP if appliance.awake else 0.3)
    density = (profile(like) ** LEAN * (np.array(shapes) * here + 1e-3)[None]).transpose(1, 0, 2).reshape(GROUPS, QUARTERS)
    return Use(appliance, uses * weekdays, longer, cumulated(density))


def sum_of(window: Window, hours: Values) -> Values:
    """Bells around a window's hours, on a clock that goes round."""
    total = np.full(len(hours), EVENLY)
    for middle, width, weight in window:
        apart = (hours - middle + 12) % 24 - 12
        total += weight / width / NARROW * np.exp(-0.5 * (apart / width / NARROW) ** 2)
    return total


def cumulated(density: Values) -> Values:
    """Cumulated densities of groups of days, each on top of the one before, flat: group g rises from g to g + 1."""
    rising = np.cumsum(density, axis=1)
    table = rising / rising[:, -1:] + np.arange(len(density))[:, None]
    return np.asarray(np.concatenate([[0.0], table.ravel()]))


def starts(table: Values, group: Ints, uniform: Values) -> Ints:
    """Minutes of the local clock with the densities of `table`: uniform numbers in, those of a day's group."""
    wanted = group + np.minimum(uniform, 1 - 1e-9)
    quarter = np.searchsorted(table, wanted, side="right") - 1
    share = (wanted - table[quarter]) / (table[quarter + 1] - table[quarter])
    return np.asarray(((quarter - group * QUARTERS + share) * 15).astype(np.int64))


def laid(total: Ints, days: Days, one: Use, origin: SeedSequence, busy: Values, alone: bool = True) -> None:
    """Add an appliance's uses on these days to `total`, the changes of power (W) at each of their minutes; `busy` scales uses by day.

    `alone`: there is one of what heats, so no two uses of it at once. No course is longer than a day: then a day before is enough to know.
    """
    expected = one.by_weekday[days.weekday] * busy
    slots = max(2, int(np.ceil(2.2 * one.by_weekday.max())) + 1)
    drawn = draws.days(origin, int(days.number[0]), len(days), 4 * slots).reshape(len(days), slots, 4)
    day, slot = np.nonzero(drawn[:, :, 0] < np.minimum(expected / slots, 0.95)[:, None])
    chosen = drawn[day, slot]
    begin = days.at(day, starts(one.cumulated, days.kind[day] * 12 + days.month[day], chosen[:, 1]))
    watts = 1 + SPREAD_WATTS * (2 * chosen[:, 2] - 1)
    length = one.longer * (1 + SPREAD_LENGTH * (2 * chosen[:, 3] - 1))
    free = _alone(begin, one.appliance) if alone and one.appliance.single else slice(None)
    lay(total, begin[free], one.appliance.course, watts[free], length[free])


def _alone(begin: Ints, appliance: Appliance) -> NDArray[np.intp]:
    """Which uses begin when no other has begun within the length of a course: there is one oven."""
    last = max(start + minutes for start, minutes, _ in appliance.course)
    order = np.argsort(begin, kind="stable")
    return np.asarray(order[np.diff(begin[order], prepend=-MINUTES) >= last])


def lay(total: Ints, begin: Ints, course: Course, watts: Values, length: Values) -> None:
    """Add courses that begin at these minutes to the changes of power; what goes on after the last minute is cut off."""
    parts = np.array(course, np.int64)
    on = begin[:, None] + np.rint(parts[:, 0] * length[:, None]).astype(np.int64)
    off = on + np.maximum(np.rint(parts[:, 1] * length[:, None]).astype(np.int64), 1)
    power = np.rint(parts[:, 2] * watts[:, None])
    size = len(total)
    for at, sign in ((on, 1), (off, -1)):
        total += sign * np.bincount(np.minimum(at, size).ravel(), power.ravel(), size + 1)[:size].astype(np.int64)


def cycling(minute: Ints, period: float, duty: Values | float, phase: float) -> NDArray[np.bool_]:
    """Whether a thermostat is on at each minute (UTC, since 1970): for a share of a period that wanders by some minutes over hours."""
    turn = minute / period + phase + 0.15 * np.sin(minute * (2 * np.pi / 1733) + 6 * phase)
    return np.asarray(turn - np.floor(turn) < duty)
