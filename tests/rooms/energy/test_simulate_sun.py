"""The sun's place, the clear sky, planes and modules: what pvlib says, bit by bit, so that simulated rows stay what they were."""

import subprocess
import sys

PROGRAM = """
import warnings
import numpy as np, pandas as pd
from pvlib.clearsky import simplified_solis
from pvlib.irradiance import get_total_irradiance
from pvlib.pvsystem import pvwatts_dc
from pvlib.solarposition import ephemeris
from pvlib.temperature import faiman
from nova.energy.simulate import sun
from nova.energy.simulate.weather import REGIONS

warnings.simplefilter("ignore", DeprecationWarning)  # pvlib asks for a day of the year in a way that pandas 4 will drop
ts = np.arange(1_577_836_800, 1_577_836_800 + 7 * 365 * 86_400, 2_700, dtype=np.int64)  # 2020 to 2026, two leap years among them
rng = np.random.default_rng(7)
cover, air = rng.random(len(ts)), rng.uniform(-20, 40, len(ts))
different = []


def compare(what, ours, theirs):
    if not np.array_equal(ours, np.asarray(theirs)):
        different.append((what, float(np.abs(ours - np.asarray(theirs)).max())))


for where in REGIONS.values():
    height, azimuth = sun.place(ts, where.latitude, where.longitude, where.height)
    pressure = 101325 * np.exp(-where.height / 8400)
    said = ephemeris(pd.to_datetime(ts, unit="s", utc=True), where.latitude, where.longitude, pressure=pressure)
    compare(f"{where.name} height", height, said["apparent_elevation"])
    compare(f"{where.name} azimuth", azimuth, said["azimuth"])
    clear = simplified_solis(np.maximum(height, 0.0), aod700=0.12, precipitable_water=1.5)
    beam, flat, diffuse = sun.clear_sky(np.maximum(height, 0.0))
    for name, ours in (("dni", beam), ("ghi", flat), ("dhi", diffuse)):
        compare(f"{where.name} {name}", ours, clear[name])
    light = sun.Light(height, azimuth, beam * cover, flat, diffuse)
    for tilt, turned in ((0, 180), (35, 180), (30, 90), (30, 270), (90, 0)):
        plane = get_total_irradiance(tilt, turned, 90 - height, azimuth, light.beam, flat, diffuse)["poa_global"]
        compare(f"{where.name} plane {tilt} {turned}", sun.on_plane(light, sun.Plane(tilt, turned)), plane)
        direct = np.maximum(pvwatts_dc(plane, faiman(plane, air, 2.0), 1000.0, -0.0035), 0.0)
        compare(f"{where.name} modules {tilt} {turned}", sun.power(plane, air), direct)
print(different)
"""


def test_the_sun_is_that_of_pvlib_bit_by_bit() -> None:
    """In a process of its own, which alone holds pandas."""
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (found.stdout.strip(), found.returncode) == ("[]", 0), found.stderr[-2000:]
