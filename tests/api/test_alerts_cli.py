"""`nova alerts` and `nova tickets` on a real app: what they say, what they change, and their exit codes."""

import csv
import io
import json

import pytest

from nova.__main__ import run
from nova.cli.quality import alerts, tickets
from tests.api.commands import reach
from tests.api.house import Door
from tests.api.test_alerts import OWN, data, fresh, save, weak

__all__ = ["fresh"]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def nova(fresh: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Commands reach this app."""
    reach(fresh, monkeypatch, alerts, tickets)
    return fresh


def test_a_dry_run_explains_each_rule_and_ends_well_without_alarm(nova: Door, capsys: Said) -> None:
    data(save(nova, OWN))
    weak(nova, 0.1)
    assert run(["alerts", "--dry-run"]) == 0
    said = capsys.readouterr().out
    for part in (
        "Probe vom",
        "schwach: in Ordnung",
        "Zeitraum 24h, mindestens 10 Fälle",
        "10,0 %",
        "(n = 100)",
        "Warnung über 30,0 %",
        "Folge",
    ):
        assert part in said
    assert "Stand     noch nicht bewertet → in Ordnung" in said
    assert "Noch ist nichts gemessen." in said
    assert run(["alerts", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dry_run"] is True
    assert data(nova.admin("GET", "/api/v1/admin/alerts"))["alerts"] == []


def test_a_dry_run_says_that_it_judges_what_was_measured_last(nova: Door, capsys: Said) -> None:
    other = OWN.partition("rules:\n")[2].replace("schwach", "fragen").replace("weak_share", "answers").replace("n: 10", "n: 0")
    data(save(nova, OWN.replace("n: 10", "n: 1") + other.replace("0.3", "30").replace("0.5", "50")))
    nova.nova.db.execute("INSERT INTO kpi_measured (starts, evidence, measured_at) VALUES ('2026-01-05 11:00Z', 1, '2026-01-05 11:20Z')")
    assert run(["alerts", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "Zahlen gemessen bis 05.01.2026 12:20; die Probe misst nicht neu." in said
    assert "Zeitraum 24h, mindestens 1 Fall\n" in said and "Zeitraum 24h, auch ohne Fälle\n" in said
    assert run(["alerts"]) == 0
    assert "gemessen bis" not in capsys.readouterr().out


def test_something_critical_is_exit_code_five(nova: Door, capsys: Said) -> None:
    data(save(nova, OWN))
    weak(nova, 0.6)
    assert run(["alerts", "--dry-run"]) == 5
    capsys.readouterr()
    assert run(["alerts", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["critical"] is True
    assert data(nova.admin("GET", "/api/v1/admin/alerts"))["counts"]["critical"] == 1


def test_a_wrong_file_is_named_with_its_line(nova: Door, capsys: Said) -> None:
    data(save(nova, OWN))
    nova.nova.settings.thresholds_path.write_text("version: 1\nrulez: []\n", "utf-8")
    assert run(["alerts"]) == 2
    assert "thresholds.yaml, Zeile 2" in capsys.readouterr().err


def test_tickets_are_opened_moved_commented_shown_and_listed(nova: Door, capsys: Said) -> None:
    assert run(["tickets", "open", "Tarifblatt fehlt", "--kind", "wissen", "--owner", "lumina"]) == 0
    assert "Ticket 1 eröffnet" in capsys.readouterr().out
    assert run(["tickets", "move", "1", "arbeit", "--owner", "orion"]) == 0
    assert "Ticket 1: in Arbeit, orion" in capsys.readouterr().out
    assert run(["tickets", "comment", "1", "Rückruf an erika@example.org"]) == 0
    assert run(["tickets", "comment", "1", " "]) == 2
    assert run(["tickets", "show", "1"]) == 0
    shown = capsys.readouterr().out
    assert "Tarifblatt fehlt" in shown and "kommentiert" in shown and "erika@" not in shown
    assert "Stand geändert offen arbeit" in " ".join(shown.split())
    half = {"value": 0.5, "n": 20, "low": 0.3, "high": 0.7}
    effect = {"kpi": "weak_share", "before": half, "after": half | {"value": 0.06}, "verdict": "unclear", "at": ""}
    assert tickets._effect(effect) == "Wirkung: 50,0 % (n = 20) → 6,0 % (n = 20), nicht sicher anders"
    assert run(["tickets", "list", "--state", "arbeit", "--owner", "orion"]) == 0
    listed = capsys.readouterr()
    assert "Tarifblatt fehlt" in listed.out and "1 von 1" in listed.err
    assert run(["tickets", "show", "99"]) == 3
    assert run(["tickets", "show", "nicht-da"]) == 2


def test_an_export_is_a_sheet_without_formulas(nova: Door, capsys: Said) -> None:
    for title in ("=1+1", "Zweites; mit Strichpunkt"):
        assert run(["tickets", "open", title]) == 0
    capsys.readouterr()
    assert run(["tickets", "export"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert sorted(row["title"] for row in rows) == ["'=1+1", "Zweites; mit Strichpunkt"]
    assert run(["tickets", "export", "--json", "--state", "erledigt"]) == 0
    assert json.loads(capsys.readouterr().out) == []
