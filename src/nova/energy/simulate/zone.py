"""A seed and instants in; load, wind and solar of the bidding zone DE-LU out, in MW, and what is left of the load once they are used.

The fleet is that of 2025 in every year. Load profiles, and the spread and memory of the wind, are fitted to
SMARD's hours of DE-LU from January 2024 to September 2025 (Bundesnetzagentur | SMARD.de, CC BY 4.0).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nova.energy.calendar import local_days, local_hours, weekdays
from nova.energy.simulate.keyed import between, walk
from nova.series import DAY, HOUR, Times, Values

WIND_CAPACITY, SOLAR_CAPACITY = 57.0, 71.0  # GW that all plants together reach: in a storm, with the sun overhead
CURTAILED_BELOW, CURTAILED = -6.0, 0.7  # GW of residual load below which this share of the surplus is switched off
LATITUDE, LONGITUDE = 51.0, 10.0  # the middle of the zone, degrees
LOAD_DAY, LOAD_HOUR, WIND_SLOW, WIND_FAST, CLOUDS, CLOUDS_HOUR = range(1, 7)  # streams of random numbers

# Mean load in GW by local hour: working days, Saturdays, Sundays and holidays; in winter and in summer.
_WINTER = (
    (53.6, 52.0, 51.3, 51.7, 52.9, 56.3, 63.4, 69.1, 71.9, 72.5, 72.9, 73.1,
     72.5, 71.4, 70.1, 69.5, 70.0, 72.2, 72.7, 71.1, 67.5, 63.9, 60.7, 57.1),
    (53.0, 50.9, 49.8, 49.4, 49.6, 49.9, 51.1, 53.7, 57.3, 60.3, 61.9, 62.9,
     62.5, 60.9, 59.4, 59.1, 60.2, 63.0, 64.1, 62.3, 59.0, 56.6, 54.9, 52.0),
    (48.6, 46.6, 45.6, 45.2, 45.2, 45.3, 45.6, 47.4, 50.5, 53.9, 56.6, 58.7,
     58.6, 56.7, 55.3, 55.1, 56.7, 59.9, 61.4, 60.2, 57.7, 55.8, 54.6, 51.9),
)  # fmt: skip
_SUMMER = (
    (45.7, 44.0, 43.2, 43.1, 44.1, 47.2, 53.8, 58.9, 62.1, 62.7, 62.9, 63.1,
     62.4, 61.3, 59.9, 59.2, 58.7, 59.3, 59.7, 59.3, 57.6, 55.5, 52.6, 49.0),
    (44.3, 42.3, 40.9, 40.4, 40.3, 40.7, 42.4, 45.0, 48.4, 50.9, 52.0, 52.3,
     51.5, 49.8, 48.6, 48.2, 48.2, 49.2, 50.1, 50.1, 48.7, 47.4, 45.9, 43.2),
    (41.1, 39.2, 38.0, 37.4, 37.4, 37.4, 38.2, 40.3, 43.5, 46.2, 47.7, 48.7,
     48.3, 46.6, 45.3, 44.8, 45.1, 46.7, 48.4, 48.9, 48.4, 48.0, 47.0, 44.3),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """Load, wind and solar at instants, all in GW; `season` is 1 in the middle of winter and -1 in the middle of summer."""

    ts: Times
    season: Values
    load: Values
    wind: Values
    solar: Values

    @property
    def residual(self) -> Values:
        """Load less wind and solar, as SMARD counts it, in GW."""
        return self.load - self.wind - self.solar


def zone(seed: int, ts: Times) -> Zone:
    """What the zone draws and what weather feeds in at these instants; each value depends on seed and instant alone."""
    phase = 2 * np.pi * (ts / DAY % 365.2425 - 15.0) / 365.2425
    season = np.cos(phase)
    load, wind, solar = _load(seed, ts, season), _wind(seed, ts, season), _solar(seed, ts, season)
    surplus = np.maximum(0.0, CURTAILED_BELOW - (load - wind - solar))
    kept = 1.0 - CURTAILED * surplus / (wind + solar)
    return Zone(ts, season, load, wind * kept, solar * kept)


def smooth(seed: int, stream: int, ts: Times, step: int, memory: float) -> Values:
    """A walk of variance about 1 in steps of `step` seconds, joined by straight lines at these instants; `memory` in steps."""
    first, last = int(ts[0]) // step, int(ts[-1]) // step + 2
    return between(ts / step, first, walk(seed, stream, first, last - first, memory))


def _load(seed: int, ts: Times, season: Values) -> Values:
    kind = _day_kinds(ts)
    hours = local_hours(ts) - 0.5
    below, share = np.floor(hours).astype(np.int64), hours - np.floor(hours)
    winter, summer = ((table[kind, below % 24] * (1 - share) + table[kind, (below + 1) % 24] * share) for table in _tables())
    mean = (winter + summer) / 2 + (winter - summer) / 2 * season
    day = local_days(ts).astype("datetime64[D]")
    quiet = (day - day.astype("datetime64[Y]")).astype(np.int64)
    mean = np.where((quiet < 5) | (quiet > 356), mean * 0.93, mean)  # between Christmas and Epiphany
    return np.asarray(mean + 1.3 * smooth(seed, LOAD_DAY, ts, DAY, 3.0) + 0.5 * smooth(seed, LOAD_HOUR, ts, HOUR, 6.0))


def _wind(seed: int, ts: Times, season: Values) -> Values:
    """Wind in GW: a logistic of a slow walk (weather) and a fast one (fronts), less by day in summer."""
    slow, fast = smooth(seed, WIND_SLOW, ts, DAY, 1.9), smooth(seed, WIND_FAST, ts, HOUR, 9.0)
    noon = np.cos(2 * np.pi * (local_hours(ts) - 12.0) / 24.0)
    level = -1.25 + 0.5 * season - 0.16 * noon * (1 - 0.6 * season) + 0.85 * slow + 0.6 * fast
    return np.asarray(WIND_CAPACITY / (1.0 + np.exp(-level)))


def _solar(seed: int, ts: Times, season: Values) -> Values:
    """Sun in GW: the sine of its elevation times how clear the sky is, days of clouds among it."""
    days, hours = smooth(seed, CLOUDS, ts, DAY, 2.4), smooth(seed, CLOUDS_HOUR, ts, HOUR, 4.0)
    clear = 0.64 - 0.06 * season + 0.16 * days + 0.05 * hours - 0.06 * smooth(seed, WIND_SLOW, ts, DAY, 1.9)
    return np.asarray(SOLAR_CAPACITY * _sun(ts) * np.clip(clear, 0.15, 0.98))


def _sun(ts: Times) -> Values:
    """The sine of the sun's elevation over the zone, 0 by night.

    Declination and equation of time after Cooper and Spencer, as in Duffie and Beckman, Solar Engineering of Thermal Processes, 1.5-1.6.
    """
    day = ts / DAY % 365.2425
    tilt = np.radians(23.45) * np.sin(2 * np.pi * (284 + day + 1) / 365)
    turn = 2 * np.pi * day / 365
    minutes = 229.2 * (
        0.000075 + 0.001868 * np.cos(turn) - 0.032077 * np.sin(turn) - 0.014615 * np.cos(2 * turn) - 0.04089 * np.sin(2 * turn)
    )
    angle = 2 * np.pi * ((ts % DAY) / DAY + LONGITUDE / 360 + minutes / 1440 - 0.5)
    north = np.radians(LATITUDE)
    return np.asarray(np.maximum(0.0, np.sin(north) * np.sin(tilt) + np.cos(north) * np.cos(tilt) * np.cos(angle)))


def _day_kinds(ts: Times) -> NDArray[np.int64]:
    """0 for working days, 1 for Saturdays, 2 for Sundays and nationwide holidays."""
    days = local_days(ts)
    kinds = np.select([weekdays(ts) == 6, weekdays(ts) == 5], [2, 1], 0)
    years = range(int(str(days[0])[:4]), int(str(days[-1])[:4]) + 1)
    return np.where(np.isin(days, np.concatenate([_holidays(year) for year in years])), 2, kinds)


@lru_cache(maxsize=64)
def _holidays(year: int) -> NDArray[np.datetime64]:
    import holidays

    return np.array(sorted(holidays.country_holidays("DE", years=year)), "datetime64[D]")


@lru_cache(maxsize=1)
def _tables() -> tuple[Values, Values]:
    return np.array(_WINTER), np.array(_SUMMER)
