"""`nova meters` and `nova readings take-back` against a real app."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nova.cli.energy import meters, readings
from nova.cli.root import nova
from tests.api.commands import reach
from tests.api.house import Door

API = "/api/v1"


@pytest.fixture
def run(door: Door, monkeypatch: pytest.MonkeyPatch) -> Any:
    reach(door, monkeypatch, meters, readings)
    door.person("anna"), door.person("ben")

    def call(*words: str) -> Result:
        return CliRunner().invoke(nova, words)

    return call


def assigned(door: Door, meter: str) -> list[tuple[str, str, str | None]]:
    found = door.admin("GET", f"{API}/data/meters/{meter}/assignments").json()["data"]["assignments"]
    return [(one["customer"], one["from"], one["to"]) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "customer,meter_id,from,to\nanna,cli-1,2025-01-01,2025-07-01\nben,cli-1,2025-07-01,\n,cli-2,,\n",
        "\ufeffKunde;Zähler;Von;Bis\nanna;cli-1;01.01.2025;1.7.2025\nben;cli-1;01.07.2025;\n\n;cli-2;;\n",
    ],
)
def test_a_table_says_whose_meters_are(door: Door, run: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "z.csv"
    file.write_text(text, "utf-8")
    assert "nichts geändert" in run("meters", "assign", str(file), "--dry-run").output
    told = run("meters", "assign", str(file), "--json")
    assert json.loads(told.stdout)["meters"] == [{"meter_id": "cli-1", "assignments": 2}, {"meter_id": "cli-2", "assignments": 0}]
    assert assigned(door, "cli-1") == [
        ("anna", "2024-12-31T23:00:00Z", "2025-06-30T22:00:00Z"),
        ("ben", "2025-06-30T22:00:00Z", None),
    ]
    listed = json.loads(run("meters", "list", "--unassigned", "--json").stdout)["meters"]
    assert "cli-2" in {one["meter_id"] for one in listed}
    assert "cli-1" not in {one["meter_id"] for one in listed}
    assert "ben" in run("meters", "show", "cli-1").output
    assert "Unternehmen" in run("meters", "list").output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("customer,meter_id,from\nanna,x,\n", "Spalten"),
        ("customer,meter_id,from,to\nanna,,,\n", "Zeile 2"),
        ("customer,meter_id,from,to\nanna,x,gestern,\n", "Zeile 2"),
        ("customer,meter_id,from,to\nanna,x\n", "weniger"),
        ("customer,meter_id,from,to\nanna,x,,,,\n", "mehr"),
        ("customer,meter_id,from,to\n", "keine Zuordnung"),
    ],
)
def test_a_table_with_a_mistake_changes_nothing(door: Door, run: Any, tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "z.csv"
    file.write_text(text)
    result = run("meters", "assign", str(file))
    assert result.exit_code != 0
    assert why in str(result.exception) or why in result.output
    assert door.admin("GET", f"{API}/data/meters/x").status_code == 404


def test_a_delivery_is_taken_back(door: Door, run: Any) -> None:
    body = {"file": ("r.csv", b"meter_id,ts,consumption_kw\ncli-3,2026-03-01T00:00:00Z,1\ncli-3,2026-03-01T00:15:00Z,1\n")}
    batch = door.admin("POST", f"{API}/data/import", files=body).json()["data"]["report"]["batch_id"]
    assert "2 sind fort" in run("readings", "take-back", str(batch)).output
    assert run("readings", "take-back", str(batch)).exit_code != 0
