"""`nova sim`: figures beside the real ones, exit code 5 when one leaves its range, and readings as CSV."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from nova.cli.root import nova
from nova.energy.simulate import validate
from nova.energy.simulate.statistics import Range
from nova.energy.simulate.validate import Check


def checks(value: float) -> list[validate.Group]:
    return [lambda seed: [Check("Gruppe", "Zahl", value + seed, Range("Zahl", 1.0, 2.0, 3.0))]]


def test_ranges_are_as_exact_as_they_are_published() -> None:
    assert Range("", 1.0, 1.5, 2.12).holds(2.124)
    assert not Range("", 1.0, 1.5, 2.12).holds(2.126)
    assert Range("", None, 3.6, None).holds(99)
    assert not Range("", 300, 500, 800, 0).holds(801)


@pytest.mark.parametrize(("value", "code"), [(1.5, 0), (3.5, 5), (-2.0, 5)])
def test_what_leaves_its_range_exits_with_5(monkeypatch: pytest.MonkeyPatch, value: float, code: int) -> None:
    monkeypatch.setattr(validate, "GROUPS", checks(value))
    done = CliRunner().invoke(nova, ["sim", "validate", "--seed", "0"])
    assert done.exit_code == code
    assert f"{value:.2f}".replace(".", ",") in done.stdout and "1,00 bis 3,00" in done.stdout
    assert ("Außerhalb: Gruppe: Zahl" in done.stderr) == (code == 5)


def test_json_has_every_check_and_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "GROUPS", checks(1.0))
    told = json.loads(CliRunner().invoke(nova, ["sim", "validate", "--seed", "1", "--json"]).stdout)
    assert told["seed"] == 1 and told["holds"] is True
    assert told["checks"] == [{"group": "Gruppe", "title": "Zahl", "value": 2.0, "real": 2.0, "low": 1.0, "high": 3.0, "holds": True}]


def test_a_year_of_prices_is_among_what_is_checked() -> None:
    found = {one.title: one for one in validate.market(7)}
    assert found["billigste Stunde (Ortszeit)"].holds
    assert found["Spanne eines Tages (EUR/MWh)"].real.high == 140


def test_run_writes_the_same_readings_each_time(tmp_path: Path) -> None:
    words = ["sim", "run", "--meters", "2", "--days", "1", "--seed", "3", "--until", "2025-03-31"]
    done = CliRunner().invoke(nova, [*words, "--output", str(tmp_path / "a.csv")])
    assert done.exit_code == 0, done.output
    lines = (tmp_path / "a.csv").read_text().splitlines()
    assert lines[0].startswith("meter_id,ts,") and len(lines) == 1 + 2 * 92
    assert "simulated" in lines[1]
    assert CliRunner().invoke(nova, words).stdout.splitlines() == lines
    told = json.loads(CliRunner().invoke(nova, [*words, "--json"]).stdout)
    assert [one["meter_id"] for one in told] == ["sim-home-001", "sim-home-002"] and told[0]["rows"] == 92
