"""A seed and a region in, the weather that its meters share out: temperature, clouds and what the sun yields, by quarter-hours of a year.

Temperature is a climate's mean plus a walk with a memory of days; clouds have a memory of half a day. The sun's place and its clear-sky
radiation come from `sun`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import numpy as np

from nova.energy.simulate import sun
from nova.energy.simulate.keyed import between, walk
from nova.energy.simulate.sun import PLANES, Place, Plane, Sun
from nova.errors import NotFound
from nova.series import DAY, QUARTER, SIMULATED, Signal, Times, Values

TEMPERATURE, CLOUDS, GRID, FLICKER = range(101, 105)  # streams of random numbers
HEAT_MEMORY, CLOUD_MEMORY, GRID_MEMORY = 4.0, 14.0, 2.0  # days, hours, hours until a walk keeps 1/e
ANOMALY = 3.6  # K, standard deviation of a day's mean around its season's (Germany: 3 to 4.5)
FLICKERS = 288  # a day
RADIATION = "radiation_w_m2"


@dataclass(frozen=True, slots=True)
class Region:
    """A place: latitude and longitude in degrees, height in m, state for holidays, mean of the year and of January to July in degrees C."""

    name: str
    latitude: float
    longitude: float
    height: float
    state: str
    mean: float
    swing: float


# Means of 1991-2020 (Deutscher Wetterdienst), rounded to half a degree.
REGIONS = {
    "Jena": Region("Jena", 50.93, 11.58, 155, "TH", 10.5, 9.5),
    "Hamburg": Region("Hamburg", 53.55, 9.99, 10, "HH", 9.5, 8.5),
    "Freiburg": Region("Freiburg", 48.00, 7.85, 270, "BW", 11.5, 9.5),
}


@dataclass(frozen=True, slots=True, eq=False)
class Sky:
    """A year of quarter-hours from `first` (instant) on: degrees C, cover 0-1, the sun's height in degrees."""

    first: int
    temperature: Values
    cover: Values
    height: Values
    grid: Values  # how the voltage of the region wanders, standard deviation 1

    def part(self, name: str, ts: Times) -> Values:
        """A column at these instants of the year, joined by straight lines."""
        column: Values = getattr(self, name)
        return np.asarray(np.interp((ts - self.first) / QUARTER, np.arange(len(column)), column))


def region(name: str) -> Region:
    """The region of this name. NotFound."""
    if name not in REGIONS:
        raise NotFound(f"Für „{name}“ gibt es kein simuliertes Wetter.", data={"known": list(REGIONS)})
    return REGIONS[name]


def at(seed: int, place: str, name: str, ts: Times) -> Values:
    """A column of `Sky` at ascending instants, over the ends of years."""
    return _by_year(ts, lambda year, some: sky(seed, place, year).part(name, some))


def signal(seed: int, place: str, name: str, start: int, end: int) -> Signal:
    """The simulated quarter-hours of "temperature_c", "cloud_cover" or "radiation_w_m2" of a region from `start` to `end` (excluded)."""
    columns = {"temperature_c": "temperature", "cloud_cover": "cover"}
    if name not in (*columns, RADIATION):
        raise NotFound(f"Das simulierte Wetter hat keine Reihe „{name}“.", data={"known": [*columns, RADIATION]})
    ts = np.arange(-(-start // QUARTER) * QUARTER, end, QUARTER, dtype=np.int64)
    values = (
        _by_year(ts, lambda year, some: _radiation(seed, place, year, some)) if name == RADIATION else at(seed, place, columns[name], ts)
    )
    return Signal(name, place, QUARTER, ts, values, np.full(len(ts), SIMULATED, np.uint8))


def _radiation(seed: int, place: str, year: int, ts: Times) -> Values:
    return light(seed, place, year).flat[(ts - sky(seed, place, year).first) // QUARTER]


@lru_cache(maxsize=6)
def sky(seed: int, place: str, year: int) -> Sky:
    """The weather of a year (UTC), with an hour more at its end; each value depends on seed, region and instant alone."""
    where = region(place)
    first, end = (int(datetime(one, 1, 1, tzinfo=UTC).timestamp()) for one in (year, year + 1))
    ts = np.arange(first, end + 3600, QUARTER, dtype=np.int64)
    cover = _cover(seed, ts)
    return Sky(
        first=first,
        temperature=_temperature(seed, where, ts, cover),
        cover=cover,
        height=sun_height(where, ts),
        grid=_walk_at(seed, GRID, ts, 3600, GRID_MEMORY),
    )


def sun_height(where: Region, ts: Times) -> Values:
    """Degrees of the sun above the horizon by Spencer's series (1971), right to a degree: for lamps, not for yields."""
    day = 2 * np.pi * (ts / DAY % 365.2425) / 365.2425
    tilt = 0.006918 - 0.399912 * np.cos(day) + 0.070257 * np.sin(day) - 0.006758 * np.cos(2 * day) + 0.000907 * np.sin(2 * day)
    late = 229.18 * (0.000075 + 0.001868 * np.cos(day) - 0.032077 * np.sin(day) - 0.014615 * np.cos(2 * day) - 0.040849 * np.sin(2 * day))
    turn = np.radians((ts % DAY / 60 + late + 4 * where.longitude) / 4 - 180)
    north = np.radians(where.latitude)
    return np.asarray(np.degrees(np.arcsin(np.sin(north) * np.sin(tilt) + np.cos(north) * np.cos(tilt) * np.cos(turn))))


@lru_cache(maxsize=6)
def light(seed: int, place: str, year: int) -> Sun:
    """The sun of a year (UTC) under its clouds, by quarter-hours."""
    air, where = sky(seed, place, year), region(place)
    ts = air.first + QUARTER * np.arange(len(air.cover))
    return sun.shine(Place(where.latitude, where.longitude, where.height), ts, air.cover, air.temperature)


@lru_cache(maxsize=4)
def flicker(seed: int, place: str, year: int) -> Values:
    """What single clouds do to the sun in each minute of a year (UTC): a factor mean 1, memory of minutes, none under a whole cover."""
    found = sky(seed, place, year)
    ts = np.arange(found.first, found.first + (len(found.cover) - 4) * QUARTER, 60, dtype=np.int64)
    cover = found.part("cover", ts)
    noise = _walk_at(seed, FLICKER, ts, DAY // FLICKERS, 1.5)
    return np.asarray(np.clip(1.0 + 1.4 * cover * (1 - cover) * noise, 0.2, 1.25))


def yields(seed: int, place: str, year: int, plane: Plane) -> Values:
    """Power in W for each kW installed on one of PLANES, by quarter-hours of a year (UTC)."""
    found: Values = light(seed, place, year).yields[PLANES.index(plane)]
    return found


def production(seed: int, place: str, ts: Times, plane: Plane) -> Values:
    """Power in W for each kW installed at ascending whole minutes."""

    def of_year(year: int, some: Times) -> Values:
        air = sky(seed, place, year)
        quarters = (some - air.first) / QUARTER
        smooth = np.interp(quarters, np.arange(len(air.cover)), yields(seed, place, year, plane))
        return np.asarray(smooth * flicker(seed, place, year)[(some - air.first) // 60])

    return _by_year(ts, of_year)


def _by_year(ts: Times, column: Callable[[int, Times], Values]) -> Values:
    if not len(ts):
        return np.zeros(0)
    years = range(*(datetime.fromtimestamp(int(edge), UTC).year + more for edge, more in ((ts[0], 0), (ts[-1], 1))))
    cuts = [int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in years[1:]]
    return np.concatenate([column(year, some) for year, some in zip(years, np.split(ts, np.searchsorted(ts, cuts)), strict=True)])


def _walk_at(seed: int, stream: int, ts: Times, step: int, memory: float) -> Values:
    first, last = int(ts[0]) // step, int(ts[-1]) // step
    return between(ts / step, first, walk(seed, stream, first, last - first + 2, memory))


def _cover(seed: int, ts: Times) -> Values:
    """Cover from 0 to 1, more often near its ends than between, more in winter: the logistic function of a walk."""
    middle = 0.95 + 0.75 * np.cos(2 * np.pi * (ts / DAY - 5) / 365.2425)
    return np.asarray(1 / (1 + np.exp(-(middle + 2.0 * _walk_at(seed, CLOUDS, ts, 3600, CLOUD_MEMORY)))))


def _temperature(seed: int, where: Region, ts: Times, cover: Values) -> Values:
    """Season, a walk of days, and a day's swing that is greater under a clear sky and in summer; warmest at about 15 h."""
    year = np.cos(2 * np.pi * (ts / DAY - 200.5) / 365.2425)
    clock = 2 * np.pi * (ts / 3600 + where.longitude / 15 - 15) / 24
    swing = (3.0 + 1.2 * year) * (1.4 - 0.8 * cover)
    return np.asarray(where.mean + where.swing * year + ANOMALY * _walk_at(seed, TEMPERATURE, ts, DAY, HEAT_MEMORY) + swing * np.cos(clock))
