"""A place and a year's weather in, the radiation and what modules yield of it out: pvlib's sun, clear sky, planes and PVWatts.

A child process computes it and ends, because importing pvlib holds pandas and scipy (105 MB), and a process that simulates lives all day.
Clouds let through 1 - 0.75 N^3.4 of a clear sky's radiation (Kasten and Czeplak 1980, N = cover from 0 to 1).
"""

import io
import subprocess
import sys
import warnings
from dataclasses import asdict, dataclass

import numpy as np

from nova.series import Times, Values

AEROSOL, WATER = 0.12, 1.5  # optical depth at 700 nm, cm of water
PER_KELVIN, WIND = -0.0035, 2.0  # of a module's power, m/s that cool it
SYSTEM, INVERTER = 0.86, 0.96  # what is left of the power
LONGEST_S = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east, metres above the sea."""

    latitude: float
    longitude: float
    metres: float


@dataclass(frozen=True, slots=True)
class Plane:
    """How modules lie: tilt and azimuth in degrees (180 = south)."""

    tilt: int
    azimuth: int


PLANES = (Plane(35, 180), Plane(30, 90), Plane(30, 270))


@dataclass(frozen=True, slots=True, eq=False)
class Sun:
    """The sun's height in degrees, radiation in W/m2 (beam: facing the sun; flat, diffuse: on the ground), W for each kW on PLANES."""

    height: Values
    beam: Values
    flat: Values
    diffuse: Values
    yields: Values


def shine(place: Place, ts: Times, cover: Values, air: Values) -> Sun:
    """The sun at instants under clouds (0-1) and in air of so many degrees C, computed by a child process."""
    given = io.BytesIO()
    np.savez(given, place=np.array(list(asdict(place).values())), ts=ts, cover=cover, air=air)
    child = [sys.executable, "-m", __name__]
    said = subprocess.run(child, input=given.getvalue(), stdout=subprocess.PIPE, check=True, timeout=LONGEST_S).stdout
    with np.load(io.BytesIO(said), allow_pickle=False) as found:
        return Sun(**{name: found[name] for name in found.files})


def computed(place: Place, ts: Times, cover: Values, air: Values) -> Sun:
    """The same in this process."""
    import pandas as pd  # type: ignore[import-untyped]
    from pvlib.clearsky import simplified_solis  # type: ignore[import-untyped]
    from pvlib.solarposition import ephemeris  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pvlib asks for a day of the year in a way that pandas 4 will drop
        pressure = 101325 * np.exp(-place.metres / 8400)
        found = ephemeris(pd.to_datetime(ts, unit="s", utc=True), place.latitude, place.longitude, pressure=pressure)
    height, azimuth = (found[name].to_numpy() for name in ("apparent_elevation", "azimuth"))
    clear = simplified_solis(np.maximum(height, 0.0), aod700=AEROSOL, precipitable_water=WATER)
    clear_beam, clear_flat, clear_diffuse = (
        np.where(height > 0, np.nan_to_num(np.asarray(clear[name])), 0.0) for name in ("dni", "ghi", "dhi")
    )
    flat = clear_flat * (1 - 0.75 * cover**3.4)
    beam = clear_beam * (1 - cover) ** 1.2
    direct = beam * np.maximum(np.sin(np.radians(height)), 0.0)
    diffuse = np.maximum(flat - direct, np.minimum(clear_diffuse, flat))
    flat = direct + diffuse
    yields = np.stack([_modules(plane, (height, azimuth), (beam, flat, diffuse), air) for plane in PLANES])
    return Sun(height, beam, flat, diffuse, yields)


def _modules(plane: Plane, where: tuple[Values, Values], falls: tuple[Values, Values, Values], air: Values) -> Values:
    """Watts for each kW installed: PVWatts, cells by Faiman's model (2008)."""
    from pvlib.irradiance import get_total_irradiance  # type: ignore[import-untyped]
    from pvlib.pvsystem import pvwatts_dc  # type: ignore[import-untyped]
    from pvlib.temperature import faiman  # type: ignore[import-untyped]

    height, azimuth = where
    found = get_total_irradiance(plane.tilt, plane.azimuth, 90 - height, azimuth, *falls)["poa_global"]
    light = np.nan_to_num(np.asarray(found, np.float64))
    return np.asarray(np.maximum(pvwatts_dc(light, faiman(light, air, WIND), 1000.0, PER_KELVIN), 0.0) * SYSTEM * INVERTER)


def main() -> None:
    """Arguments of `computed` on standard input, its columns on standard output, both as npz."""
    with np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False) as given:
        found = computed(Place(*map(float, given["place"])), given["ts"], given["cover"], given["air"])
    said = io.BytesIO()
    np.savez(said, **asdict(found))
    sys.stdout.buffer.write(said.getvalue())


if __name__ == "__main__":
    main()
