"""A seed and a number in, a home with people and habits out; its consumption in whole watts by minutes of local days.

People use appliances when BDEW's household profile (H25), their own hours and their working day make it likely; holidays empty the home.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from nova.energy.simulate import draws, weather
from nova.energy.simulate.appliances import HOME, Use, cycling, laid, use
from nova.energy.simulate.days import EPOCH, SATURDAY, SUNDAY, WORKDAY, Days, Ints, season
from nova.series import Values

# Households with a meter of their own by persons, a little larger than Germany's (41, 34, 12, 9, 4 %), and their typical kWh a year
# without electric heat (Stromspiegel 2023, between flat and house).
PERSONS = (0.24, 0.37, 0.18, 0.15, 0.06)
TYPICAL = (1750.0, 2750.0, 3450.0, 4000.0, 4700.0)
LEAST, MOST = 1500.0, 6000.0
MOODS = 3
WATER, MOST_WATER = ("shower", "tap"), 21_000  # one heater, W
# Fitted with those of `appliances`: hours, uniform, by which a home, and each habit in it, runs before or behind the country's.
CHRONO = 3.0
SHIFT = 4.2


@dataclass(frozen=True, slots=True)
class Home:
    """What does not change: people, their hours (local clock), yearly use, standing load in W, where it stands and what it owns."""

    seed: int
    number: int
    region: str
    persons: int
    yearly: float
    out: bool  # everybody is out on working days
    leaves: float
    returns: float
    wakes: float
    sleeps: float
    late: float  # hours by which habits run behind the country's
    standing: int
    fridges: tuple[tuple[int, float, float, float], ...]  # W, period in minutes, share, phase
    lamps: int
    owned: tuple[str, ...]
    chosen: tuple[float, ...]  # by weekday, for what is used on chosen days


@lru_cache(maxsize=512)
def home(seed: int, number: int, region: str, most: float = MOST) -> Home:
    """The home of this number; never more than `most` kWh a year."""
    some = draws.once(draws.root(seed, "home", number))
    persons = int(np.searchsorted(np.cumsum(PERSONS), _turn(seed, "persons", number, 0.7320508076))) + 1
    yearly = float(np.clip(TYPICAL[persons - 1] * np.exp(some.normal(0, 0.18)), LEAST * 1.05, most * 0.95))
    out = _turn(seed, "out", number, 0.4142135624) < 0.4
    late, leaves, returns = CHRONO * (2 * _turn(seed, "late", number, 0.6180339887) - 1), some.normal(7.6, 0.5), some.normal(16.8, 0.9)
    share = some.uniform(0.21, 0.38)
    fridges = tuple(
        (int(some.integers(65, 120)), float(some.uniform(32, 75)), float(some.uniform(0.25, 0.42)), float(some.random()))
        for _ in range(1 + int(some.random() < 0.45))
    )
    cold = sum(watts * duty for watts, _, duty, _ in fridges)
    luck = dict(zip((one.name for one in HOME), some.random(len(HOME)), strict=True))
    luck["shower"] = _turn(seed, "water", number, 0.7548776662)
    luck["tap"], luck["boiler"] = luck["shower"], 1 - luck["shower"]
    owned = tuple(one.name for one in HOME if luck[one.name] < one.owned)
    weights = some.gamma(0.7, size=7) * np.array([1, 1, 1, 1, 1, 2.0, 1.3])
    return Home(
        seed=seed,
        number=number,
        region=region,
        persons=persons,
        yearly=yearly,
        out=out,
        leaves=leaves + 0.3 * late,
        returns=returns + 0.3 * late,
        wakes=6.0 + 0.5 * late + float(some.normal(0, 0.3)),
        sleeps=22.3 + 0.5 * late + float(some.normal(0, 0.4)),
        late=late,
        standing=max(15, int(share * yearly / 8.766 - cold)),
        fridges=fridges,
        lamps=int(25 + 22 * persons * some.uniform(0.5, 1.5)),
        owned=owned,
        chosen=tuple(float(one) for one in weights / weights.mean()),
    )


def _turn(seed: int, name: str, number: int, step: float) -> float:
    """A number from 0 to 1 of a home such that homes one after the other lie evenly: any ten of a fleet are much like any other ten."""
    return float((draws.once(draws.root(seed, name)).random() + number * step) % 1)


def watts(one: Home, days: Days) -> Ints:
    """Consumption in W at each minute of these days; the first day lacks what began on the day before."""
    minute = days.ts // 60
    busy, here = _busy(one, days)
    change, water = np.zeros(len(minute), np.int64), np.zeros(len(minute), np.int64)
    for used in uses(one):
        name = used.appliance.name
        laid(water if name in WATER else change, days, used, draws.root(one.seed, "home", one.number, name), busy)
    total = (
        np.cumsum(change)
        + np.minimum(np.cumsum(water), MOST_WATER)
        + one.standing
        + _noise(one, minute)
        + np.repeat(_light(one, days, here), 15)
    )
    warm = np.repeat(weather.at(one.seed, one.region, "temperature", days.ts[::15]), 15)
    for power, period, share, phase in one.fridges:
        total += power * cycling(minute, period, share * (0.9 + 0.01 * np.maximum(warm, 0)), phase)
    return total


@lru_cache(maxsize=512)
def uses(one: Home) -> tuple[Use, ...]:
    """The home's appliances; how often they run is scaled so that the year's use comes out."""
    some = draws.once(draws.root(one.seed, "habits", one.number))
    there = [appliance for appliance in HOME if appliance.name in one.owned]
    taste = np.exp(some.normal(0, 0.35, len(HOME)))[: len(there)]
    rates = [(appliance.fixed + appliance.each * one.persons) * much for appliance, much in zip(there, taste, strict=True)]
    asked = one.yearly - 8.766 * (one.standing + sum(power * share for power, _, share, _ in one.fridges)) - 0.9 * one.lamps
    scale = asked / (340 * sum(rate * appliance.energy for rate, appliance in zip(rates, there, strict=True)))
    often, longer = scale**0.8, scale**0.2
    weekdays = {True: np.array(one.chosen), False: np.ones(7)}
    late = [one.late + SHIFT * (2 * _turn(one.seed, f"shift {appliance.name}", one.number, 0.5698402910) - 1) for appliance in there]
    awake = present(one)
    return tuple(
        use(appliance, rate * often, longer, float(shift), awake, weekdays[appliance.weekly])
        for appliance, rate, shift in zip(there, rates, late, strict=True)
    )


def present(one: Home) -> Values:
    """How much of the household is at home and awake: 3 kinds of day x 96 quarter-hours of the local clock, 0 to 1."""
    hours = (np.arange(96) + 0.5) / 4

    def between(start: float, end: float) -> Values:
        rise, fall = (1 / (1 + np.exp(-(hours - edge) / 0.3)) for edge in (start, end))
        wrapped = 1 / (1 + np.exp(-(hours + 24 - end) / 0.3))
        return np.asarray(np.clip(rise * (1 - fall) + (1 - wrapped), 0, 1))

    table = np.zeros((3, 96))
    for kind, longer in ((WORKDAY, 0.0), (SATURDAY, 1.3), (SUNDAY, 1.6)):
        table[kind] = between(one.wakes + longer, one.sleeps + 0.5 * longer)
    if one.out:
        table[WORKDAY] *= 1 - 0.93 * between(one.leaves, one.returns)
    return table


def _busy(one: Home, days: Days) -> tuple[Values, Values]:
    """How much more than usual is used on each day, and whether somebody is at home (1 or 0)."""
    origin = draws.root(one.seed, "mood", one.number)
    mood = draws.days(origin, int(days.number[0]), len(days), MOODS)
    week = draws.root(one.seed, "week", one.number)
    first = int(days.number[0] + 3) // 7
    weeks = draws.days(week, first, int(days.number[-1] + 3) // 7 - first + 1, 1)[:, 0]
    here = 1.0 - _away(one, days)
    long = weeks[(days.number + 3) // 7 - first]
    free = (days.kind != WORKDAY) & (mood[:, 1] < 0.12)
    more = (0.5 + 1.0 * mood[:, 0]) * (0.75 + 0.5 * long) * np.where(free, 0.25, 1.0)
    return more * here * (0.3 + 0.7 * season(days.of_year)), here


def _away(one: Home, days: Days) -> Values:
    """1 on days when nobody is at home: one to three journeys a year, mostly in the summer."""
    gone = np.zeros(len(days))
    for year in range(days.first.year - 1, (days.first + timedelta(days=len(days))).year + 1):
        some = draws.once(draws.root(one.seed, "journeys", one.number, year))
        for start, length in zip(some.normal((200, 285, 95), (25, 20, 25)), some.integers((6, 3, 3), (17, 10, 9)), strict=True):
            first = (date(year, 1, 1) - EPOCH).days + int(start)
            taken = some.random() < (0.85 if start < 250 and start > 150 else 0.5)
            gone[(days.number >= first) & (days.number < first + length)] = 1.0 if taken else 0.0
    return gone


def _light(one: Home, days: Days, here: Values) -> Ints:
    """W of lamps in each quarter-hour: when it is dusk and people are awake at home, some rooms at a time."""
    quarters = days.ts[::15]
    dark = np.clip((4 - weather.at(one.seed, one.region, "height", quarters)) / 8, 0.08, 1)
    first = int(quarters[0] // 900)
    drawn = draws.minutes(draws.root(one.seed, "lamps", one.number), first, len(quarters)) / 255
    return np.asarray(
        (one.lamps * dark * present(one)[days.kind[days.day], days.clock] * here[days.day] * (0.4 + 1.2 * drawn)).astype(np.int64)
    )


def _noise(one: Home, minute: Ints) -> Ints:
    """Small things that come and go: 0 to 7 W."""
    return np.asarray(draws.minutes(draws.root(one.seed, "noise", one.number), int(minute[0]), len(minute)) & 7, np.int64)
