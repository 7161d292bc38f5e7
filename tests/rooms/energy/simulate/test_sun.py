"""The sun's place, the clear sky, planes and modules: plausible numbers of pvlib, from a child process as from one's own."""

import subprocess
import sys

import numpy as np
import pytest

from nova.energy.simulate import sun, weather

pytestmark = pytest.mark.slow

BERLIN = sun.Place(52.52, 13.40, 34.0)
DAY = np.arange(1_750_464_000, 1_750_464_000 + 86_400, 900, dtype=np.int64)  # 21 June 2025 (UTC)


@pytest.fixture(scope="module")
def clear() -> sun.Sun:
    return sun.shine(BERLIN, DAY, np.zeros(len(DAY)), np.full(len(DAY), 20.0))


def test_a_clear_midsummer_day_is_as_bright_as_in_berlin(clear: sun.Sun) -> None:
    noon = DAY[np.argmax(clear.height)]
    assert abs((noon - DAY[0]) / 3600 - 11.1) < 0.3  # 13.4 degrees east: 53 minutes before noon in UTC
    assert clear.height.max() == pytest.approx(90 - 52.52 + 23.44, abs=0.2)
    assert 7.5 < clear.flat.sum() / 4000 < 9  # kWh/m2
    assert (clear.flat[clear.height < -1] == 0).all()


def test_modules_yield_when_they_face_the_sun(clear: sun.Sun) -> None:
    hours = (DAY - DAY[0]) / 3600
    south, east, west = (float((row * hours).sum() / row.sum()) for row in clear.yields)
    assert east < south - 0.5 < south + 0.5 < west
    assert 5 < clear.yields[0].sum() / 4000 < 7  # kWh for each kW
    assert clear.yields.max() < 1000


def test_clouds_and_heat_take_from_it(clear: sun.Sun) -> None:
    covered = sun.shine(BERLIN, DAY, np.ones(len(DAY)), np.full(len(DAY), 20.0))
    assert covered.flat.sum() == pytest.approx(0.25 * clear.flat.sum(), rel=0.02)
    assert (covered.beam == 0).all()
    hot = sun.shine(BERLIN, DAY, np.zeros(len(DAY)), np.full(len(DAY), 35.0))
    assert hot.yields[0].max() == pytest.approx(clear.yields[0].max() * (1 - 0.0035 * 15), rel=0.02)


def test_a_child_says_what_the_process_itself_would() -> None:
    program = (
        "import sys\nimport numpy as np\nfrom nova.energy.simulate import sun\n"
        f"ts = np.arange({DAY[0]}, {DAY[-1]}, 900)\n"
        "given = sun.Place(52.52, 13.4, 34.0), ts, np.linspace(0, 1, len(ts)), np.linspace(-5, 30, len(ts))\n"
        "one = sun.shine(*given)\nheld = {'pandas', 'pvlib', 'scipy'} & set(sys.modules)\nother = sun.computed(*given)\n"
        "same = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one.__slots__)\nprint(held, same)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "set() True"


def test_a_year_is_asked_for_once() -> None:
    assert weather.light(11, "Hamburg", 2024) is weather.light(11, "Hamburg", 2024)
    assert weather.yields(11, "Hamburg", 2024, sun.PLANES[1]) is not None
