"""`nova schedule`: a plant and a price list in, a table or JSON out, German words where something is wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from nova.cli.energy import schedule
from nova.cli.root import nova

PLANT = "battery: {capacity_kwh: 10, charge_kw: 5, discharge_kw: 5, soc_start: 0.5, soc_end: 0.5}\nbase: {kw: 0.4}\n"


def _run(folder: Path, plant: str, *words: str) -> Result:
    (folder / "anlage.yaml").write_text(plant)
    lines = [f"2025-06-01T{hour:02d}:00:00+02:00,{(hour - 12) ** 2 + 20}" for hour in range(24)]
    (folder / "preise.csv").write_text("ts,price_eur_mwh\n" + "\n".join(lines) + "\n")
    return CliRunner().invoke(nova, ["schedule", str(folder / "anlage.yaml"), "--prices", str(folder / "preise.csv"), *words])


def test_json_has_columns_costs_and_the_bound(tmp_path: Path) -> None:
    told = json.loads(_run(tmp_path, PLANT, "--json").stdout)
    assert len(told["ts"]) == len(told["columns"]["battery_kw"]) == 96
    assert told["cost_eur"] < told["idle_eur"] and told["gap"] <= 1e-4


def test_the_table_says_what_happens_when(tmp_path: Path) -> None:
    shown = _run(tmp_path, PLANT, "--day", "2025-06-01").stdout
    assert shown.startswith("Von") and "Abstand zur Schranke" in shown and "ohne Fahrplan" in shown


def test_a_day_without_prices_and_an_unknown_key_are_usage_errors(tmp_path: Path) -> None:
    assert "fehlt der Preis" in str(_run(tmp_path, PLANT, "--day", "2025-06-02").exception)
    assert "'speicher' gibt es nicht" in str(_run(tmp_path, "speicher: {}").exception)


class Prices:
    """Answers `/data/market` as the API does."""

    def __init__(self) -> None:
        self.asked: dict[str, Any] = {}

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        self.asked = {"path": path} | query
        start, end = (int(datetime.fromisoformat(query[edge]).timestamp()) for edge in ("from", "to"))
        ts = np.arange(start, end, 3600)
        mean = [float(hour % 24) for hour in range(len(ts))]
        names = {"market": "EPEX", "product": "DAY_AHEAD", "zone": "DE-LU"}
        return names | {"resolution": 3600, "columns": {"ts": ts.tolist(), "min": mean, "mean": mean, "max": mean}}


def test_without_a_list_the_prices_are_novas_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Prices()

    @contextmanager
    def session(ctx: Any) -> Iterator[Prices]:
        yield server

    monkeypatch.setattr(schedule, "session", session)
    (tmp_path / "anlage.yaml").write_text(PLANT)
    told = CliRunner().invoke(nova, ["schedule", str(tmp_path / "anlage.yaml"), "--day", "2026-10-25", "--json"])
    assert len(json.loads(told.stdout)["ts"]) == 100
    assert server.asked == {
        "path": "/data/market",
        "product": "DAY_AHEAD",
        "from": "2026-10-24T22:00:00+00:00",
        "to": "2026-10-25T23:00:00+00:00",
    }
