"""`nova sim`: figures beside the real ones, exit code 5 when one leaves its range, and readings as CSV."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from nova.cli.root import nova
from nova.energy.simulate import validate
from nova.energy.simulate.statistics import Range
from nova.energy.simulate.validate import Check
from tests.places import ROOT
from tests.rooms.energy.formats.samples_read import parse

pytestmark = pytest.mark.slow


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


def test_run_writes_the_prices_of_the_same_world_as_nova_reads_them() -> None:
    words = ["sim", "run", "--prices", "--days", "2", "--seed", "3", "--until", "2025-03-31"]
    written = CliRunner().invoke(nova, words).stdout
    assert written.startswith("market,product,ts,price_eur_mwh,volume")
    (found,) = parse(written).prices
    assert (found.product.market, found.product.product, found.product.seconds, len(found)) == ("EPEX", "DAY_AHEAD", 900, 2 * 96 - 4)
    assert (found.volume > 0).all()
    (told,) = json.loads(CliRunner().invoke(nova, [*words, "--json"]).stdout)
    assert (told["rows"], told["lowest_eur_mwh"]) == (len(found), float(found.price.min()))


@pytest.mark.parametrize(
    ("script", "column", "words"),
    [
        ("simulate_smart_meter", "consumption_kw", ["--meters", "1", "--days", "1"]),
        ("simulate_market_prices", "price_eur_mwh", ["--days", "1"]),
    ],
)
def test_the_scripts_take_the_same_options(script: str, column: str, words: list[str]) -> None:
    done = subprocess.run([sys.executable, f"scripts/{script}.py", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert column in done.stdout.splitlines()[0] and len(done.stdout.splitlines()) > 90
