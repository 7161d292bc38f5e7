"""A seed and a number in, a business with its shifts out; its consumption in whole watts by minutes of local days.

What runs steadily follows opening hours and shifts; machines and ovens are used one by one, as likely as BDEW's profile of businesses (G25)
has it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nova.energy.simulate import draws, weather
from nova.energy.simulate.appliances import Appliance, Use, cycling, laid, use
from nova.energy.simulate.days import WORKDAY, Days, Ints
from nova.series import Values

Hours = tuple[tuple[float, float], ...]
ALWAYS: Hours = ((0.0, 24.0),)
CHRISTMAS = (358, 366)  # days of the year


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that runs in the hours of working days, Saturdays, Sundays; with a period in minutes it goes on and off (share `duty`).

    `cooling` is the share by which it rises for each degree above 10 C outside.
    """

    watts: int
    work: Hours
    saturday: Hours = ()
    sunday: Hours = ()
    period: float = 0.0
    duty: float = 0.5
    cooling: float = 0.0


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of business: title, layers, machines, days of the year without work, whether Fridays end early (at the second shift)."""

    title: str
    layers: tuple[Layer, ...]
    machines: tuple[Appliance, ...]
    closed: tuple[tuple[int, int], ...] = ()
    short_friday: float = 24.0


_SHIFTS: Hours = ((5.9, 9.0), (9.25, 11.75), (12.25, 14.0), (14.1, 18.0), (18.5, 22.0))
_OFFICE: Hours = ((7.2, 12.3), (12.9, 17.8))
_NEVER = ((3.0, 3.0, 0.0),)
TRADES: dict[str, Trade] = {
    "bakery": Trade(
        "Bäckerei",
        (
            Layer(900, ALWAYS, ALWAYS, ALWAYS),
            Layer(2600, ALWAYS, ALWAYS, ALWAYS, period=38, duty=0.45, cooling=0.012),
            Layer(18000, ((2.0, 8.5),), ((1.5, 8.5),), ((4.5, 8.0),), period=23, duty=0.55),
            Layer(2400, ((2.0, 18.2),), ((1.5, 13.5),), ((5.0, 11.2),)),
        ),
        (
            Appliance("mixer", 9, 0, ((0, 14, 3200),), ((3.5, 1.2, 1.0),), ((3.5, 1.2, 1.0),)),
            Appliance("coffee", 30, 0, ((0, 3, 2800),), ((8.0, 1.5, 1.0), (14.5, 2.0, 0.7)), ((9.0, 1.2, 1.0),)),
        ),
    ),
    "office": Trade(
        "Büro",
        (
            Layer(1300, ALWAYS, ALWAYS, ALWAYS),
            Layer(4200, _OFFICE),
            Layer(1800, ((6.5, 18.5),), cooling=0.03),
        ),
        (
            Appliance("coffee", 22, 0, ((0, 4, 1900),), ((8.5, 0.8, 1.0), (13.2, 0.8, 0.7)), _NEVER),
            Appliance("printer", 16, 0, ((0, 5, 900),), ((10.5, 2.5, 1.0), (15.0, 1.5, 0.8)), _NEVER),
            Appliance("dishwasher", 1, 0, ((3, 14, 2400), (40, 12, 2400)), ((16.5, 0.8, 1.0),), _NEVER),
        ),
        (CHRISTMAS,),
    ),
    "supermarket": Trade(
        "Supermarkt",
        (
            Layer(4000, ALWAYS, ALWAYS, ALWAYS),
            Layer(24000, ALWAYS, ALWAYS, ALWAYS, period=52, duty=0.5, cooling=0.015),
            Layer(12500, ((6.3, 21.3),), ((6.3, 21.3),)),
        ),
        (
            Appliance(
                "baking",
                11,
                0,
                ((0, 22, 9000),),
                ((8.0, 1.5, 1.0), (15.5, 2.0, 0.8)),
                ((9.0, 1.5, 1.0), (15.0, 2.0, 0.6)),
            ),
        ),
    ),
    "workshop": Trade(
        "Werkstatt im Zweischichtbetrieb",
        (
            Layer(1900, ALWAYS, ALWAYS, ALWAYS),
            Layer(7500, _SHIFTS, period=9, duty=0.4),
            Layer(5200, ((5.8, 22.1),)),
            Layer(9000, _SHIFTS, cooling=0.004),
        ),
        (Appliance("machine", 26, 0, ((0, 25, 11000),), ((9.0, 2.5, 1.0), (17.0, 2.5, 0.8)), _NEVER),),
        (CHRISTMAS, (0, 1), (213, 226)),
        short_friday=18.0,
    ),
}


@dataclass(frozen=True, slots=True)
class Business:
    """What does not change: the trade and how much larger than its kind's usual it is."""

    seed: int
    number: int
    region: str
    trade: str
    size: float
    phase: float


@lru_cache(maxsize=128)
def business(seed: int, number: int, region: str) -> Business:
    """The business of this number; the trades take turns."""
    some = draws.once(draws.root(seed, "business", number))
    return Business(seed, number, region, tuple(TRADES)[(number - 1) % len(TRADES)], float(some.uniform(0.6, 1.5)), float(some.random()))


def watts(one: Business, days: Days) -> Ints:
    """Consumption in W at each minute of these days; the first day lacks what began on the day before."""
    trade, minute = TRADES[one.trade], days.ts // 60
    works = _works(trade, days)
    warm = np.repeat(weather.at(one.seed, one.region, "temperature", days.ts[::15]) - 10, 15)
    drawn = draws.days(draws.root(one.seed, "trade", one.number), int(days.number[0]), len(days), len(trade.layers))
    total = np.zeros(len(minute), np.int64)
    for index, layer in enumerate(trade.layers):
        on = np.repeat(_hours(layer, trade, days, works) * (0.88 + 0.24 * drawn[days.day, index]), 15)
        if layer.cooling:
            on *= np.maximum(1 + layer.cooling * warm, 0.5)
        if layer.period:
            total += np.rint(layer.watts * one.size * cycling(minute, layer.period, layer.duty * on, one.phase + index / 7)).astype(
                np.int64
            )
        else:
            total += np.rint(layer.watts * one.size * on).astype(np.int64)
    change = np.zeros(len(minute), np.int64)
    for used in uses(one):
        laid(change, days, used, draws.root(one.seed, "business", one.number, used.appliance.name), works, alone=False)
    noise = draws.minutes(draws.root(one.seed, "trade noise", one.number), int(minute[0]), len(minute))
    return total + np.cumsum(change) + (noise.astype(np.int64) * int(40 * one.size) >> 8)


@lru_cache(maxsize=128)
def uses(one: Business) -> tuple[Use, ...]:
    """The business's machines, as often as its size asks for."""
    open_at = np.ones((3, 96))
    trade = TRADES[one.trade]
    week = np.array([1, 1, 1, 1, 0.8, 0.8, 0.4 if one.trade == "bakery" else 0.0])
    return tuple(use(machine, machine.fixed * one.size, 1.0, 0.0, open_at, week, "G25") for machine in trade.machines)


def _works(trade: Trade, days: Days) -> Values:
    """1 on days with work, 0 on holidays of the company; Sundays and Saturdays only where the trade has hours then."""
    free = np.zeros(len(days), np.bool_)
    for first, last in trade.closed:
        free |= (days.of_year >= first) & (days.of_year <= last)
    parts = [(layer.saturday, layer.sunday) for layer in trade.layers]
    saturdays, sundays = (any(one not in ((), ALWAYS) for one in some) for some in zip(*parts, strict=True))
    return np.asarray((~free & np.array([True, saturdays, sundays])[days.kind]).astype(np.float64))


def _hours(layer: Layer, trade: Trade, days: Days, works: Values) -> Values:
    """How much of each quarter-hour a layer runs."""
    hours = np.arange(96) / 4
    table = np.zeros((3, 96))
    for kind, spans in enumerate((layer.work, layer.saturday, layer.sunday)):
        for start, end in spans:
            table[kind] += np.clip(np.minimum(hours + 0.25, end) - np.maximum(hours, start), 0, 0.25) * 4
    on = table[days.kind[days.day], days.clock]
    if layer.work is ALWAYS:
        return np.asarray(on)
    early = (days.weekday == 4) & (days.kind == WORKDAY)
    return np.asarray(np.where(early[days.day] & (days.clock >= trade.short_friday * 4), 0.0, on) * works[days.day])
