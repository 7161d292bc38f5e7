"""A seed in, a fixed fleet of meters out; and the readings of a meter at any time: the same rows whoever asks, when and in what pieces.

Of ten meters seven are homes, two businesses (bakery, office, supermarket, workshop in turn) and one is a photovoltaic plant. In every
world homes 2, 6, 10, ... have photovoltaics, homes 4, 24, 44, ... a heat pump, and homes 6, 26, 46, ... a wallbox (about as many as German
households have, modules aside). `consumption` is all that is used behind a meter and `production` all that its modules yield, so that what
was used of one's own is the lesser of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from nova.energy.simulate import businesses, draws, homes, plants, weather
from nova.energy.simulate.days import Days, Ints, around, profile
from nova.energy.simulate.sun import PLANES
from nova.errors import InvalidInput, NotFound
from nova.series import SIMULATED, Readings, Times, Values

PATTERN = ("home", "home", "business", "home", "home", "pv", "home", "home", "business", "home")
KINDS = {"home": "household", "business": "business", "pv": "pv"}
DEFAULT_REGION = "Jena"
SINGLE_PHASE = 4600  # W of a wallbox on one phase, the most that VDE-AR-N 4100 allows
MODEST = 3400.0  # kWh a year at most that people use in homes with a heat pump or a wallbox besides
# ct/kWh with VAT, rounded from BDEW's price analysis of 2025: a household's usual price, and what comes on top of the exchange's in a
# dynamic tariff (grid, levies, taxes); the feed-in tariff of small plants (EEG, since August 2025); EUR for a kW of a year's peak.
FIXED, ON_TOP, FEED_IN, VAT_PERCENT, PEAK_EUR_KW = 39.5, 22.0, 7.9, 19.0, 110.0
VOLTS, LEAST_VOLTS, MOST_VOLTS = 231.5, 207.0, 253.0  # EN 50160: 230 V plus or minus 10 %


@dataclass(frozen=True, slots=True)
class Meter:
    """One meter of the fleet; `part` is what uses (none at a plant), the rest what stands beside it."""

    meter_id: str
    kind: str
    title: str
    seed: int
    number: int
    region: str
    part: homes.Home | businesses.Business | None
    modules: plants.Modules | None = None
    pump: plants.HeatPump | None = None
    car: plants.Car | None = None

    @property
    def facts(self) -> Mapping[str, Any]:
        """What `meters.facts` says of it."""
        found: dict[str, Any] = {"region": self.region, "seed": self.seed}
        if isinstance(self.part, homes.Home):
            found |= {"persons": self.part.persons, "kwh_year": round(self.part.yearly)}
        if isinstance(self.part, businesses.Business):
            found |= {"trade": self.part.trade, "peak_eur_kw": PEAK_EUR_KW}
        if self.modules:
            found |= {"pv_kwp": self.modules.peak_kw, "pv_tilt": self.modules.plane.tilt, "pv_azimuth": self.modules.plane.azimuth}
        if self.pump:
            found["heat_pump_kwh_year"] = round(self.pump.yearly)
        if self.car:
            found["wallbox_kw"] = self.car.watts / 1000
        return found | {"tariff": self._tariff}

    @property
    def _tariff(self) -> Mapping[str, float]:
        """Businesses, and homes 3, 6, 9, ..., pay by the exchange's price; plants are paid for all they yield."""
        dynamic = self.kind == "business" or (self.kind == "household" and self.number % 3 == 0)
        paid: dict[str, float] = {"surcharge_ct_kwh": ON_TOP, "vat_percent": VAT_PERCENT} if dynamic else {"fixed_ct_kwh": FIXED}
        return paid | ({"feed_in_ct_kwh": FEED_IN} if self.modules else {})


def world(seed: int, count: int, region: str = DEFAULT_REGION) -> tuple[Meter, ...]:
    """The first `count` meters; a greater world begins with the smaller one. NotFound for a region without weather."""
    numbers = dict.fromkeys(KINDS, 0)
    fleet = []
    for index in range(count):
        kind = PATTERN[index % len(PATTERN)]
        numbers[kind] += 1
        fleet.append(meter(seed, kind, numbers[kind], region))
    return tuple(fleet)


def households(seed: int, count: int, region: str = DEFAULT_REGION) -> tuple[Meter, ...]:
    """The first homes of the world."""
    return tuple(meter(seed, "home", number, region) for number in range(1, count + 1))


def named(seed: int, meter_id: str, region: str = DEFAULT_REGION) -> Meter:
    """The meter of this id, such as "sim-home-007". NotFound."""
    prefix, _, number = meter_id.rpartition("-")
    kind = prefix.removeprefix("sim-")
    if (
        kind not in KINDS
        or not prefix.startswith("sim-")
        or not number.isdecimal()
        or meter_id != _id(kind, int(number))
        or not int(number)
    ):
        raise NotFound(f"Einen simulierten Zähler „{meter_id}“ gibt es nicht.")
    return meter(seed, kind, int(number), region)


def meter(seed: int, kind: str, number: int, region: str = DEFAULT_REGION) -> Meter:
    """The meter of this kind ("home", "business" or "pv") and number (from 1)."""
    weather.region(region)
    some = draws.once(draws.root(seed, "plants", kind, number))
    meter_id = _id(kind, number)
    if kind == "business":
        one = businesses.business(seed, number, region)
        return Meter(meter_id, KINDS[kind], f"{businesses.TRADES[one.trade].title} {number}", seed, number, region, one)
    modules = _modules(some, kind)
    if kind == "pv":
        return Meter(meter_id, KINDS[kind], f"Solaranlage {number}", seed, number, region, None, modules)
    pump = plants.HeatPump(float(some.uniform(1500, 2500)), int(some.integers(1800, 2900)), float(some.random()))
    at = homes.home(seed, number, region, MODEST if number % 20 in (4, 6) else homes.MOST)
    car = plants.Car(SINGLE_PHASE, float(some.uniform(0.3, 0.5)), at.returns + 0.3, 0.5)
    return Meter(
        meter_id,
        KINDS[kind],
        f"Haushalt {number}",
        seed,
        number,
        region,
        at,
        modules if number % 4 == 2 else None,
        pump if number % 20 == 4 else None,
        car if number % 20 == 6 else None,
    )


def readings(one: Meter, start: int, end: int, seconds: int = 60) -> Readings:
    """The rows of a meter whose intervals begin from instant `start` to `end` (excluded): a function of seed, meter and time alone.

    `seconds` are whole minutes that divide an hour; powers are means over the interval. InvalidInput.
    """
    if seconds < 60 or seconds % 60 or 3600 % seconds:
        raise InvalidInput("Simulierte Intervalle sind ganze Minuten, die eine Stunde teilen.", data={"seconds": seconds})
    ts = np.arange(-(-start // seconds) * seconds, end, seconds, dtype=np.int64)
    if not len(ts):
        empty = np.zeros(0)
        return _rows(one, seconds, ts, empty, empty, empty)
    days = around(int(ts[0]), int(ts[-1]) + seconds, weather.region(one.region).state)
    skip, until = (int(instant - days.ts[0]) // 60 for instant in (ts[0], ts[-1] + seconds))
    used, made = consumption(one, days), production(one, days)
    volts = _volts(one, days, used - made)
    columns = [_means(column[skip:until], seconds // 60) for column in (used, made, volts)]
    return _rows(one, seconds, ts, columns[0] / 1000, columns[1] / 1000, np.round(columns[2] / 10, 1))


def consumption(one: Meter, days: Days) -> Ints:
    """All that is used behind the meter, in W by minutes."""
    if isinstance(one.part, homes.Home):
        total = homes.watts(one.part, days)
    elif isinstance(one.part, businesses.Business):
        total = businesses.watts(one.part, days)
    else:
        total = np.full(len(days.ts), 6, np.int64)
    if one.pump:
        total += plants.heating(one.pump, one.seed, one.number, one.region, days)
    if one.car:
        total += plants.charging(one.car, one.seed, one.number, days)
    return total


def production(one: Meter, days: Days) -> Ints:
    """All that the meter's modules yield, in W by minutes."""
    if one.modules is None:
        return np.zeros(len(days.ts), np.int64)
    return plants.sunshine(one.modules, one.seed, one.region, days)


def _volts(one: Meter, days: Days, net: Ints) -> Ints:
    """Tenths of a volt: the region's wandering and its evening, the line's own drop with the load (rise with feed-in), small noise."""
    quarters = days.ts[::15]
    wander = 1.3 * weather.at(one.seed, one.region, "grid", quarters)
    together = 2.2 * (profile("H25").mean(axis=0)[days.kind[days.day], days.clock] - 1)
    hung = draws.once(draws.root(one.seed, "line", one.meter_id))
    ohms = hung.uniform(0.25, 0.7) if one.kind == "household" else hung.uniform(0.03, 0.06)  # V for each kW
    slow = np.repeat(VOLTS + wander - together + hung.normal(0, 0.8), 15)
    noise = draws.minutes(draws.root(one.seed, "volts", one.meter_id), int(days.ts[0] // 60), len(net)) / 255 - 0.5
    return np.asarray(np.rint(10 * np.clip(slow - ohms * net / 1000 + noise, LEAST_VOLTS, MOST_VOLTS)).astype(np.int64))


def _means(column: Ints, minutes: int) -> Values:
    return np.asarray(column.reshape(-1, minutes).sum(axis=1) / minutes)


def _modules(some: np.random.Generator, kind: str) -> plants.Modules:
    plane = PLANES[(0, 0, 1, 2)[int(some.integers(4))]]  # every second one to the south
    return plants.Modules(round(float(some.uniform(4, 12) if kind == "home" else some.uniform(25, 99)), 1), plane)


def _rows(one: Meter, seconds: int, ts: Times, used: Values, made: Values, volts: Values) -> Readings:
    codes = np.full(len(ts), SIMULATED, np.uint8)
    return Readings(one.meter_id, seconds, ts, used, made, volts, codes, np.zeros(len(ts), np.uint8))


def _id(kind: str, number: int) -> str:
    return f"sim-{kind}-{number:03d}"
