"""Models trained and asked in a child process: the same as here, and nothing of LightGBM here."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from nova.energy.calendar import day_bounds
from nova.energy.forecast import model_process, serve
from nova.energy.forecast.grid import Series
from nova.engines.extract.sandbox.runner import Children
from nova.errors import InvalidInput

pytestmark = pytest.mark.slow

LAST = date(2025, 5, 20)
NAME = "price/EPEX"


def course(days: int, seconds: int = 3600) -> Series:
    ts = np.arange(day_bounds(LAST - timedelta(days=days - 1))[0], day_bounds(LAST)[1], seconds, dtype=np.int64)
    noise = np.random.default_rng(5).normal(0, 5, len(ts))
    return Series(ts, 80 + 20 * np.sin(ts * 2 * np.pi / 86_400) + noise, seconds)


@pytest.fixture(scope="module")
def there() -> Iterator[model_process.ModelProcess]:
    children = Children(size=1)
    yield model_process.ModelProcess(children)
    children.close()


def test_a_child_says_what_its_model_says_here(there: model_process.ModelProcess) -> None:
    series, tomorrow = course(70), LAST + timedelta(days=1)
    first = model_process.train(there, NAME, serve.until(series, LAST - timedelta(days=6)), 0, None)
    here = serve.load(first.model)
    assert (first.known_to, first.old, here.known_to) == (LAST - timedelta(days=7), None, LAST - timedelta(days=7))
    again = model_process.train(there, NAME, series, 0, first.model)
    assert again.old is not None
    assert sorted(again.old) == [LAST - timedelta(days=days) for days in range(6, -1, -1)]
    assert set(again.old) <= set(again.scores)
    said, ours = model_process.issue(there, NAME, series, first.model, tomorrow), serve.issue(here, series, tomorrow, 1)
    assert said is not None
    for name in serve.COLUMNS:
        assert getattr(said, name) == pytest.approx(getattr(ours, name)), name


def test_a_model_of_another_form_or_other_intervals_says_nothing(there: model_process.ModelProcess) -> None:
    series = course(70)
    model = model_process.train(there, NAME, series, 0, b'{"form": 0}').model
    assert model_process.issue(there, NAME, series, b'{"form": 0}', LAST + timedelta(days=1)) is None
    assert model_process.issue(there, NAME, course(70, 1800), model, LAST + timedelta(days=1)) is None


def test_a_series_too_short_is_named(there: model_process.ModelProcess) -> None:
    with pytest.raises(InvalidInput, match="Tage gebraucht"):
        model_process.train(there, NAME, course(20), 0, None)


def test_who_asks_for_a_forecast_holds_none_of_what_makes_it() -> None:
    program = (
        "import sys, nova.jobs.kinds.forecasts, nova.energy.forecast.run\n"
        "from tests.rooms.energy.test_forecast_model_process import NAME, model_process, course, Children\n"
        "children = Children(size=1)\n"
        "model_process.train(model_process.ModelProcess(children), NAME, course(70), 0, None)\nchildren.close()\n"
        "print(sorted({'lightgbm', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
