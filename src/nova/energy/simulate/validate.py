"""A seed in, checks out: what the simulated world is like, beside what the real one was, and whether it stays in its range.

`GROUPS` is the list of what is checked. A group is a function of the seed; its checks name the range they are held against.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from nova.energy.calendar import day_start
from nova.energy.simulate import draws, prices, world
from nova.energy.simulate.statistics import REAL_HOMES, REAL_TEN, Range, medians, statistics
from nova.series import Product, Values

FIRST, LAST = date(2025, 1, 1), date(2026, 1, 1)
HOMES, TENS = 20, 20
HALF_HOUR = 1800
SOURCES = (
    "Haushalte: Smart-Grid Smart-City Customer Trial Data, Australian Government, CC BY 3.0 AU; zehn Haushalte, halbe Stunden.",
    "Preise: Bundesnetzagentur | SMARD.de, CC BY 4.0, über energy-charts.info; DE-LU 2024 und Januar bis September 2025.",
)
YEAR = Product("EPEX", "DAY_AHEAD", seconds=3600)
LEVELS = Range("Median (kWh im Jahr)", 2300, 3000, 3700, 0)
ALL_INSIDE = Range("Zehnergruppen in allen Bereichen (Anteil)", None, 1.0, None)
LEAST = Range("kleinster Haushalt (kWh im Jahr)", 1300, 1500, None, 0)
MOST = Range("größter Haushalt (kWh im Jahr)", None, 6000, 6600, 0)


# What a year's price figures are held against is Nova's own bar; the others are shown, as years differ in them.
# DE-LU, mean of 2024 and of January to September 2025: Bundesnetzagentur | SMARD.de (CC BY 4.0), by way of energy-charts.info.
REAL_PRICES = {
    "negative_hours": ("Stunden mit negativem Preis im Jahr", 516, 0),
    "cheapest_hour": ("billigste Stunde (Ortszeit)", 13, 0),
    "dearest_hour": ("teuerste Stunde (Ortszeit)", 19, 0),
    "sd": ("Standardabweichung (EUR/MWh)", 52.6, 1),
    "acf_24h": ("Autokorrelation 24 h", 0.68, 2),
    "daily_spread": ("Spanne eines Tages (EUR/MWh)", 119, 0),
    "mean": ("Mittel (EUR/MWh)", 84.0, 1),
    "acf_1h": ("Autokorrelation 1 h", 0.91, 2),
    "acf_168h": ("Autokorrelation 7 Tage", 0.51, 2),
    "negative_share_11_16": ("davon von 11 bis 16 Uhr (Anteil)", 0.78, 2),
    "residual_spearman": ("Rangkorrelation mit der Residuallast", 0.86, 2),
}
HELD = ("negative_hours", "cheapest_hour", "dearest_hour", "sd", "acf_24h", "daily_spread")


@dataclass(frozen=True, slots=True)
class Check:
    """One figure of the simulated world, its range and the value of the real one (`real.middle`). `title` is German."""

    group: str
    title: str
    value: float
    real: Range

    @property
    def holds(self) -> bool:
        """Whether the figure lies in its range."""
        return self.real.holds(self.value)


Group = Callable[[int], Sequence[Check]]


def homes(seed: int) -> Sequence[Check]:
    """Homes alone (medians) and any ten of them summed (medians over `TENS` choices, and how many are inside), half-hours of a year."""
    power = loads(seed)
    middle = medians([statistics(one) for one in power])
    single = [Check("Haushalt, Median", real.label, middle[key], real) for key, real in REAL_HOMES.items()]
    return [*single, *_tens(seed, power), *_levels(power)]


def market(seed: int) -> Sequence[Check]:
    """A year of day-ahead prices by the hour."""
    start, end = day_start(FIRST), day_start(LAST)
    residual = next(one for one in prices.simulated_signals(seed, start, end, YEAR.seconds) if one.signal == "residual_load_mw")
    found = prices.price_statistics(prices.simulated_prices(seed, YEAR, start, end), residual)
    return [
        Check("Preise, Day-Ahead", label, found[key], _range(key, label, middle, digits))
        for key, (label, middle, digits) in REAL_PRICES.items()
    ]


def loads(seed: int, count: int = HOMES) -> Values:
    """Half-hours of a year of the first homes: one row a home, in kW."""
    start, end = day_start(FIRST), day_start(LAST)
    return np.array([world.readings(one, start, end, HALF_HOUR).consumption for one in world.households(seed, count)])


def run(seed: int, groups: Sequence[Group] | None = None) -> tuple[Check, ...]:
    """All checks of a world."""
    return tuple(check for group in (GROUPS if groups is None else groups) for check in group(seed))


def _range(key: str, label: str, middle: float, digits: int) -> Range:
    low, high = prices.PRICE_RANGES[key] if key in HELD else (None, None)
    return Range(label, low, middle, high, digits)


def _tens(seed: int, power: Values) -> list[Check]:
    some = draws.once(draws.root(seed, "tens"))
    chosen = [np.arange(10), np.arange(10, 20), *(some.choice(len(power), 10, replace=False) for _ in range(TENS - 2))]
    found = [statistics(power[which].sum(axis=0)) for which in chosen]
    inside = float(np.mean([all(real.holds(one[key]) for key, real in REAL_TEN.items()) for one in found]))
    middle = medians(found)
    return [
        *(Check("Zehn Haushalte", real.label, middle[key], real) for key, real in REAL_TEN.items()),
        Check("Zehn Haushalte", ALL_INSIDE.label, inside, ALL_INSIDE),
    ]


def _levels(power: Values) -> list[Check]:
    yearly = power.mean(axis=1) * (day_start(LAST) - day_start(FIRST)) / 3600
    figures = ((LEVELS, float(np.median(yearly))), (LEAST, float(yearly.min())), (MOST, float(yearly.max())))
    return [Check("Jahresverbrauch", real.label, value, real) for real, value in figures]


GROUPS: list[Group] = [homes, market]
