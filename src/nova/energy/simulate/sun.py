"""Instants and a place in, where the sun stands and what it brings under a clear sky out; a plane's share of that, and modules' power.

The same formulas in the same order as pvlib 0.16 has (BSD-3-Clause, © pvlib python Contributors and Sandia National Laboratories), to the
last bit, which tests compare: importing pvlib brings pandas and scipy, 140 MB, into a process that simulates all day.
"""

from dataclasses import dataclass

import numpy as np

from nova.energy.calendar import DAY
from nova.series import Times, Values

AEROSOL, WATER, EXTRATERRESTRIAL = 0.12, 1.5, 1364.0  # optical depth at 700 nm, cm of water, W/m2
ALBEDO = 0.25
AIR = 12.0  # degrees C that refraction counts with
FAIMAN = 25.0 + 6.84 * 2.0  # W/m2 that warm a module by a kelvin, wind of 2 m/s
PER_KELVIN, STANDARD = -0.0035, 25.0


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """How modules lie: tilt and azimuth in degrees (180 = south)."""

    tilt: int
    azimuth: int


def place(ts: Times, latitude: float, longitude: float, metres: float) -> tuple[Values, Values]:
    """Apparent height above the horizon (with refraction) and azimuth in degrees at instants, in a place of this height above the sea.

    pvlib's `solarposition.ephemeris`: a year's error is below 0.01 degrees.
    """
    north, day, hours = np.radians(latitude), _day_of_1900(ts), ts % DAY / 3600
    turn, tilt, ascension = _stars(day, hours)
    hour_angle = np.radians(np.mod(360 + turn + longitude, 360) - ascension)
    azimuth = np.degrees(
        np.arctan2(-np.sin(hour_angle), np.cos(north) * np.tan(tilt) - np.sin(north) * np.cos(hour_angle)),
    )
    azimuth[azimuth < 0] += 360
    height = np.degrees(np.arcsin(np.cos(north) * np.cos(tilt) * np.cos(hour_angle) + np.sin(north) * np.sin(tilt)))
    return height + _refraction(height, 101325 * np.exp(-metres / 8400)), azimuth


def _day_of_1900(ts: Times) -> Values:
    """Days since noon of 31 December 1899 at which the days (UTC) of instants begin."""
    days = ts.astype("datetime64[s]").astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    of_year = (days - years.astype("datetime64[D]")).astype(np.int64) + 1
    year = years.astype(np.int64) + 70
    return np.asarray(365 * year + np.floor((year - 1) / 4.0) - 0.5 + of_year)


def _stars(day: Values, hours: Values) -> tuple[Values, Values, Values]:
    """Greenwich's sidereal time in degrees, the sun's declination in radians, its right ascension in degrees."""
    t = day / 36525.0
    midnight = 6 / 24.0 + 38 / 1440.0 + (45.836 + 8640184.542 * t + 0.0929 * t**2) / 86400.0
    midnight = 360 * (midnight - np.floor(midnight))
    turn = np.mod(midnight + 360 * (1.0027379093 * hours / 24.0), 360)
    epoch = day + hours / 24.0
    t = epoch / 36525.0
    ecliptic = np.radians(23.452294 - 0.0130125 * t - 1.64e-06 * t**2 + 5.03e-07 * t**3)
    longitude = np.radians(_longitude(epoch, t))
    tilt = np.arcsin(np.sin(ecliptic) * np.sin(longitude))
    return turn, tilt, np.degrees(np.arctan2(np.cos(ecliptic) * np.sin(longitude), np.cos(longitude)))


def _longitude(epoch: Values, t: Values) -> Values:
    """The sun's apparent ecliptic longitude in degrees, by Kepler's equation; `t`: centuries."""
    perigee = 281.22083 + 4.70684e-05 * epoch + 0.000453 * t**2 + 3e-06 * t**3
    mean = np.mod(358.47583 + 0.985600267 * epoch - 0.00015 * t**2 - 3e-06 * t**3, 360)
    excess = 0.01675104 - 4.18e-05 * t - 1.26e-07 * t**2
    anomaly, before = mean, np.zeros(1)
    while np.max(abs(anomaly - before), initial=0.0) > 0.0001:
        before = anomaly
        anomaly = mean + np.degrees(excess) * np.sin(np.radians(before))
    true = 2 * np.mod(np.degrees(np.arctan2(((1 + excess) / (1 - excess)) ** 0.5 * np.tan(np.radians(anomaly) / 2.0), 1)), 360)
    return np.asarray(np.mod(perigee + true, 360) - 20 / 3600.0)


def _refraction(height: Values, pressure: float) -> Values:
    """Degrees by which the air (pressure in Pa) lifts the sun."""
    lift, tangent = np.zeros(len(height)), np.tan(np.radians(height))
    which = (height > 5) & (height <= 85)
    lift[which] = 58.1 / tangent[which] - 0.07 / (tangent[which] ** 3) + 8.6e-05 / (tangent[which] ** 5)
    which = (height > -0.575) & (height <= 5)
    low = height[which]
    lift[which] = low * (-518.2 + low * (103.4 + low * (-12.79 + low * 0.711))) + 1735
    which = (height > -1) & (height <= -0.575)
    lift[which] = -20.774 / tangent[which]
    return np.asarray(lift * ((283 / (273.0 + AIR)) * (pressure / 101325.0) / 3600.0))


def clear_sky(height: Values) -> tuple[Values, Values, Values]:
    """Beam, global and diffuse radiation in W/m2 under a clear sky at sea level: simplified Solis (Ineichen 2008)."""
    a, w, log_w = AEROSOL, WATER, np.log(WATER)
    outside = EXTRATERRESTRIAL * (0.12 * w**0.56 * a**2 + 0.97 * w**0.032 * a + 1.08 * w**0.0051 + 0.071 * np.log(1.0))
    beam_depth = (1.82 + 0.056 * log_w + 0.0071 * log_w**2) * a + (0.33 + 0.045 * log_w + 0.0096 * log_w**2)
    beam_power = (0.00925 * a**2 + 0.0148 * a - 0.0172) * log_w + (-0.7565 * a**2 + 0.5057 * a + 0.4557)
    flat_depth = (1.24 + 0.047 * log_w + 0.0061 * log_w**2) * a + (0.27 + 0.043 * log_w + 0.0090 * log_w**2)
    flat_power = -0.0147 * log_w - 0.3079 * a**2 + 0.2846 * a + 0.3798
    diffuse_depth = (-0.21 * w + 11.6) * a**4 + (0.27 * w - 20.7) * a**3 + (-0.134 * w + 15.5) * a**2
    diffuse_depth = diffuse_depth + (0.0554 * w - 5.71) * a + (0.0057 * w + 2.94)
    diffuse_power = -0.337 * a**2 + 0.63 * a + 0.116
    sine = np.maximum(1.0e-30, np.sin(np.radians(height)))
    beam = outside * np.exp(-beam_depth / sine**beam_power)
    flat = outside * np.exp(-flat_depth / sine**flat_power) * sine
    return beam, flat, outside * np.exp(-diffuse_depth / sine**diffuse_power)


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Radiation in W/m2 (beam: facing the sun; all and diffuse: on the ground) and the sun's place in degrees."""

    height: Values
    azimuth: Values
    beam: Values
    flat: Values
    diffuse: Values


def on_plane(light: Light, plane: Plane) -> Values:
    """Radiation in W/m2 that falls on a plane: beam, isotropic sky (Hottel and Woertz) and ground."""
    tilt, zenith = np.radians(plane.tilt), np.radians(90 - light.height)
    facing = np.cos(tilt) * np.cos(zenith) + np.sin(tilt) * np.sin(zenith) * np.cos(np.radians(light.azimuth - plane.azimuth))
    direct = np.maximum(light.beam * np.cos(np.radians(np.rad2deg(np.arccos(np.clip(facing, -1, 1))))), 0)
    sky = light.diffuse * (1 + np.cos(tilt)) * 0.5
    ground = light.flat * ALBEDO * (1 - np.cos(tilt)) * 0.5
    return np.asarray(direct + (sky + ground))


def power(falls: Values, air: Values) -> Values:
    """Power of direct current in W for each kW installed: PVWatts, cells by Faiman (2008); `falls`: W/m2, `air`: degrees C."""
    cells = air + falls / FAIMAN
    return np.asarray(np.maximum(falls * 0.001 * 1000.0 * (1 + PER_KELVIN * (cells - STANDARD)), 0.0))
