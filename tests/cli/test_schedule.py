"""`nova schedule`: a plant and a price list in, a table or JSON out, German words where something is wrong."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from nova.cli.root import nova

PLANT = "battery: {capacity_kwh: 10, charge_kw: 5, discharge_kw: 5, soc_start: 0.5, soc_end: 0.5}\nbase: {kw: 0.4}\n"


def _run(folder: Path, plant: str, *words: str) -> Result:
    (folder / "anlage.yaml").write_text(plant)
    lines = [f"2025-06-01T{hour:02d}:00:00+02:00,{(hour - 12) ** 2 - 20}" for hour in range(24)]
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
