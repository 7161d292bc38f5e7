"""What a meter has beside its appliances in (photovoltaics, a heat pump, a wallbox), whole watts by minutes of local days out."""

from dataclasses import dataclass

import numpy as np

from nova.energy.simulate import draws, weather
from nova.energy.simulate.appliances import cycling, lay
from nova.energy.simulate.days import WORKDAY, Days, Ints
from nova.energy.simulate.sun import Plane

HEATED_BELOW = 15.5  # degrees C outside
DEGREE_HOURS = 62_000.0  # K h a year below it in Germany (Gradtagzahl 15 of about 2,600 K d)
MEAN_COP = 3.7
LEAST_PART = 0.35  # of its full power a compressor can run at; below that it goes on and off
NIGHT = 0.75  # of the heat between 22 and 5 h
TANK = ((0, 40, 1600),)  # warm water once a day
TANK_YEARLY = 365 * 40 * 1600 / 60_000
CHARGE = (5.0, 15.0)  # kWh from a return home, uniform


@dataclass(frozen=True, slots=True)
class Modules:
    """Photovoltaics of so many kW (peak)."""

    peak_kw: float
    plane: Plane


@dataclass(frozen=True, slots=True)
class HeatPump:
    """A heat pump that uses so many kWh in a mean year, `full` W at most."""

    yearly: float
    full: int
    phase: float


@dataclass(frozen=True, slots=True)
class Car:
    """A car on a wallbox of so many W; plugged in on a share of working days and half as often on free ones, at about `hour`."""

    watts: int
    share: float
    hour: float
    noon: float  # share of charges that wait for the sun


def sunshine(modules: Modules, seed: int, place: str, days: Days) -> Ints:
    """What the modules yield, in W."""
    each = weather.production(seed, place, days.ts, modules.plane)
    return np.asarray(np.rint(each * modules.peak_kw).astype(np.int64))


def heating(pump: HeatPump, seed: int, number: int, place: str, days: Days) -> Ints:
    """Power of a heat pump: heat by the last day's mean temperature, by a coefficient of performance that falls with the cold."""
    quarters = days.ts[::15]
    steps = [weather.at(seed, place, "temperature", quarters - hours * 3600) for hours in (0, 6, 12, 18)]
    outside = (steps[0] + steps[1] + steps[2] + steps[3]) / 4
    loss = (pump.yearly - TANK_YEARLY) * 1000 * MEAN_COP / DEGREE_HOURS  # W/K
    night = np.where((days.clock < 20) | (days.clock >= 88), NIGHT, 1.1)
    power = loss * night * np.maximum(HEATED_BELOW - outside, 0) / np.clip(3.4 + 0.09 * outside, 1.7, 5.5)
    least = LEAST_PART * pump.full
    steady = np.where(power >= least, np.minimum(power, pump.full), 0)
    minute = days.ts // 60
    pulses = least * cycling(minute, 47.0, np.repeat(np.where(power < least, power / least, 0), 15), pump.phase)
    change = np.zeros(len(minute), np.int64)
    drawn = draws.days(draws.root(seed, "tank", number), int(days.number[0]), len(days), 2)
    begin = days.at(np.arange(len(days)), (12 * 60 + 150 * drawn[:, 0]).astype(np.int64))
    lay(change, begin, TANK, np.ones(len(days)), 0.7 + 0.6 * drawn[:, 1])
    return np.asarray(np.cumsum(change) + np.rint(np.repeat(steady, 15) + pulses).astype(np.int64))


def charging(car: Car, seed: int, number: int, days: Days) -> Ints:
    """Power of a wallbox: full until the car has what it used."""
    drawn = draws.days(draws.root(seed, "car", number), int(days.number[0]), len(days), 6)
    day = np.flatnonzero(drawn[:, 0] < car.share * np.where(days.kind == WORKDAY, 1.0, 0.5))
    some = drawn[day]
    bell = (some[:, 1] + some[:, 2] + some[:, 3] - 1.5) * 2  # nearly normal, standard deviation 1
    hour = np.where(some[:, 4] < car.noon, 11.0 + 0.8 * bell, car.hour + 1.1 * bell)
    begin = days.at(day, np.clip(hour * 60, 0, 1439).astype(np.int64))
    change = np.zeros(len(days.ts), np.int64)
    energy = CHARGE[0] + (CHARGE[1] - CHARGE[0]) * some[:, 5]
    lay(change, begin, ((0, 60, car.watts),), np.ones(len(day)), energy * 1000 / car.watts)
    return np.cumsum(change)
