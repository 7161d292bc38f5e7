"""The figures of simulated and real homes: by hand, with gaps, and against the real homes whose ranges are quoted."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from nova.energy.simulate.statistics import REAL_HOMES, acf, medians, statistics
from nova.series import Values


def test_a_saw_of_four_values_has_the_figures_counted_by_hand() -> None:
    found = statistics(np.tile([0.0, 1.0, 2.0, 5.0], 100), per_day=4)
    assert found["load_factor"] == pytest.approx(2 / 5)
    assert found["variation"] == pytest.approx(np.sqrt(3.5) / 2)
    assert found["median"] == pytest.approx(1.5 / 2)
    assert found["p99"] == pytest.approx(5 / 2)
    assert found["acf_day"] == pytest.approx(1) == found["acf_week"]
    assert found["acf_step"] == pytest.approx((2 * 1 + 0 + 0 - 6) / 4 / 3.5, rel=0.02)
    assert found["ramp"] == pytest.approx(5 / 2)
    assert found["skewness"] == pytest.approx((-8 - 1 + 0 + 27) / 4 / 3.5**1.5)


def test_gaps_are_left_out_of_pairs() -> None:
    power = np.array([1.0, 3.0, np.nan, 3.0, 1.0, 3.0])
    mean = 11 / 5
    assert acf(power, 1) == pytest.approx((1 - mean) * (3 - mean) / np.nanvar(power))
    assert statistics(power, per_day=2)["load_factor"] == pytest.approx(mean / 3)


def test_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="no power"):
        statistics(np.full(10, np.nan))


def test_the_middle_of_meters_is_taken_figure_by_figure() -> None:
    assert medians([{"a": 1.0, "b": 9.0}, {"a": 2.0, "b": 7.0}, {"a": 9.0, "b": 8.0}]) == {"a": 2.0, "b": 8.0}


def test_the_real_homes_lie_in_the_quoted_ranges(shared: Callable[[str], Path]) -> None:
    homes = real(shared("data/homes/homes5.csv.gz"))
    assert len(homes) == 5
    for power in homes.values():
        found = statistics(power)
        assert [key for key, one in REAL_HOMES.items() if not one.holds(found[key])] == []


def real(path: Path) -> dict[str, Values]:
    """Half-hours of each home on a local clock without gaps; NaN where nothing was read, the mean where an hour came twice."""
    rows: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            when = datetime.fromisoformat(row["ts_local"])
            rows[row["meter_id"]][(when - datetime(2010, 1, 1)).days * 48 + when.hour * 2 + when.minute // 30].append(float(row["kwh"]))
    homes = {}
    for meter, found in rows.items():
        first = min(found)
        power = np.full(max(found) - first + 1, np.nan)
        for at, values in found.items():
            power[at - first] = 2 * sum(values) / len(values)
        homes[meter] = power
    return homes
