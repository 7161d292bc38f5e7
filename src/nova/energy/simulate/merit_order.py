"""What is left of the load in, the price of a bidding zone out: a supply curve that is steep at both ends, and autoregressive noise.

The curve's knots are the median prices of DE-LU by residual load, January 2024 to September 2025 (Bundesnetzagentur | SMARD.de,
CC BY 4.0), moved by the 6 GW of biomass and water that the residual load of SMARD's definition still holds.
"""

import numpy as np

from nova.energy.calendar import local_hours
from nova.energy.simulate.zone import Zone, smooth
from nova.series import DAY, HOUR, Values

OUTAGES, HOURS, FUEL, EVENING, NOISE = range(11, 16)  # streams of random numbers
WEEK = 7 * DAY
FLOOR, CEILING = (
    -500.0,
    4000.0,
)  # EUR/MWh, the bounds of the day-ahead auction (harmonised minimum and maximum clearing prices of SDAC, ACER)

# Residual load in GW and the price in EUR/MWh at which that much is offered.
CURVE = (
    (-36.0, -500.0),  # must-run plants and subsidised wind and sun pay to stay on
    (-24.0, -170.0),
    (-18.0, -85.0),
    (-12.0, -42.0),
    (-8.0, -24.0),
    (-4.0, -11.0),
    (1.0, -4.0),
    (5.5, -0.5),
    (7.0, 0.0),
    (9.5, 8.0),
    (12.5, 24.0),  # lignite
    (15.0, 37.0),
    (18.5, 54.0),
    (23.5, 68.0),  # hard coal, then gas
    (28.5, 81.0),
    (33.5, 91.0),
    (38.5, 100.5),
    (43.5, 111.0),
    (48.5, 124.0),
    (53.5, 141.0),
    (58.5, 160.0),  # old gas and oil turbines
    (63.5, 182.0),
    (68.0, 235.0),  # scarcity
    (72.0, 300.0),
    (76.0, 400.0),
    (82.0, 620.0),
    (95.0, 2000.0),
)


def clearing_price(seed: int, state: Zone) -> Values:
    """The price in EUR/MWh at each instant of `state`, from what the zone's plants have to deliver."""
    price = np.interp(state.residual + _tightness(seed, state), [at for at, _ in CURVE], [price for _, price in CURVE])
    fuel = 0.98 + 0.115 * smooth(seed, FUEL, state.ts, WEEK, 3.0)
    price = np.where(price > 0, price * fuel, price)
    noise = 7.0 * smooth(seed, NOISE, state.ts, HOUR, 2.0)
    return np.asarray(np.clip(price + noise * np.clip(price / 60.0, 0.0, 1.5), FLOOR, CEILING))


def _tightness(seed: int, state: Zone) -> Values:
    """What plants out of order, neighbours and steep ramps add to the residual load, in GW."""
    hours = local_hours(state.ts)
    evening = np.exp(-(((hours - 19.6) / 1.6) ** 2)) + 0.45 * np.exp(-(((hours - 8.0) / 1.3) ** 2))
    night = np.exp(-(((hours - 4.0) / 2.2) ** 2))
    outages = 2.2 * smooth(seed, OUTAGES, state.ts, DAY, 3.0) - 0.7
    return np.asarray(
        outages
        + 2.3 * smooth(seed, HOURS, state.ts, HOUR, 3.0)
        + evening * (6.8 + 1.5 * smooth(seed, EVENING, state.ts, DAY, 3.0))
        - 2.0 * night
    )
