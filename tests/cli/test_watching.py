"""`nova progress`, `summary` and `monitor`: what the terminal shows, what is written, and how they end."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nova.cli.operation import monitor
from nova.cli.quality import progress, summary
from nova.cli.root import nova

MACHINE = {
    "cores": 2,
    "cpu": 0.5,
    "load": 1.5,
    "memory_total": 8_000_000_000,
    "memory_available": 2_000_000_000,
    "own_memory": 310_000_000,
    "disk_total": 100_000_000_000,
    "disk_free": 25_000_000_000,
    "processes": [{"pid": 7, "name": "nova", "memory": 310_000_000, "shared": False, "cpu": 0.2}],
    "gpus": None,
}
LOOK: dict[str, Any] = {
    "at": "2026-11-22T05:00:00+00:00",
    "status": "ok",
    "problems": [],
    "services": [{"name": "db", "status": "ok", "detail": "PostgreSQL 18", "latency_ms": 1.25}],
    "jobs": {
        "running": [
            {"kind": "ingest", "stage": "lesen", "progress": 3, "total": 9, "started_at": "2026-11-22T03:55:00+00:00"},
            {"kind": "kpi", "stage": "", "progress": 0, "total": 0, "started_at": "2026-11-22T04:58:30+00:00"},
        ],
        "queued": 4,
        "failed_24h": 1,
    },
    "training": [
        {"name": "sophia-finetune-2026-11-22", "state": "running", "step": 40, "steps": 240, "loss": 2.3125, "held_loss": None},
        {"name": "sophia-finetune-2026-11-22-2", "state": "waiting", "step": 0, "steps": 0, "loss": None, "held_loss": None},
    ],
    "machine": MACHINE,
    "pages": [],
}
ANSWERS: dict[str, Any] = {
    "/admin/monitor": LOOK,
    "/admin/reports/progress": {"markdown": "# Fortschritt\n\nStand.\n", "weeks": []},
    "/admin/reports/summary": {"lines": ["Wissen     1 Dokument", "Nächstes   Nichts zu tun."], "standing": {}},
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the Nova at the other end says; `asked` keeps the questions."""
    answers = {**ANSWERS, "asked": []}

    class Client:
        def get(self, path: str, **query: Any) -> Any:
            answers["asked"].append((path, query))
            return answers[path]

    @contextmanager
    def session(_: Any) -> Iterator[Client]:
        yield Client()

    for module in (monitor, progress, summary):
        monkeypatch.setattr(module, "session", session)
    return answers


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(nova, ["--data", str(folder), *words], catch_exceptions=False)


def test_the_report_is_shown_or_written_below_the_data_folder(told: dict[str, Any], tmp_path: Path) -> None:
    assert run(tmp_path, "progress").stdout == "# Fortschritt\n\nStand.\n"
    written = run(tmp_path, "progress", "--export", "--weeks", "3")
    page = tmp_path / "orchestration_journal" / "progress_report.md"
    assert page.read_text("utf-8") == "# Fortschritt\n\nStand.\n"
    assert (written.stdout, str(page) in written.stderr) == ("", True)
    assert [query["weeks"] for _, query in told["asked"]] == [8, 3]
    assert json.loads(run(tmp_path, "progress", "--json").stdout) == {"weeks": []}


def test_the_summary_ends_with_the_next_step(told: dict[str, Any], tmp_path: Path) -> None:
    assert run(tmp_path, "summary").stdout.splitlines()[-1] == "Nächstes   Nichts zu tun."
    assert json.loads(run(tmp_path, "summary", "--json").stdout)["standing"] == {}


def test_a_look_names_everything_and_no_card_where_there_is_none(told: dict[str, Any], tmp_path: Path) -> None:
    shown = run(tmp_path, "monitor")
    assert shown.exit_code == 0
    for part in (
        "✓ Alles in Ordnung",
        "✓ db  PostgreSQL 18 (1,2 ms)",
        "2 laufen, 4 warten, 1 in 24 Stunden gescheitert",
        "ingest: lesen 3/9",
    ):
        assert part in shown.stdout
    assert "ingest: lesen 3/9, seit 1 h 5 min\n" in shown.stdout
    assert "kpi: beginnt, seit 1 min 30 s\n" in shown.stdout
    assert "Prozessor   [██████████··········]  50 %, Last 1,5 auf 2 Kernen" in shown.stdout
    assert "Speicher    [███████████████·····]  75 %, 2,0 GB von 8,0 GB frei" in shown.stdout
    assert "Nova        310,0 MB in 1 Prozessen" in shown.stdout
    assert "Grafik" not in shown.stdout
    assert "Training    sophia-finetune-2026-11-22 läuft, Schritt 40/240, Abweichung 2,312\n" in shown.stdout
    assert "            sophia-finetune-2026-11-22-2 wartet\n" in shown.stdout


def test_a_card_is_shown_where_there_is_one(told: dict[str, Any], tmp_path: Path) -> None:
    card = {"name": "RTX", "used": 0.25, "memory_used": 10**9, "memory_total": None}
    told["/admin/monitor"] = LOOK | {"machine": MACHINE | {"gpus": [card]}}
    assert "Grafik      [█████···············]  25 %, RTX, 1,0 GB von unbekannt belegt" in run(tmp_path, "monitor").stdout


@pytest.mark.parametrize(("status", "code"), [("ok", 0), ("degraded", 0), ("failed", 4)])
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_only_what_failed_ends_with_four(told: dict[str, Any], tmp_path: Path, status: str, code: int, words: tuple[str, ...]) -> None:
    told["/admin/monitor"] = LOOK | {"status": status, "problems": ["db: Die Datenbank antwortet nicht."], "jobs": None}
    shown = run(tmp_path, "monitor", *words)
    assert shown.exit_code == code
    assert "Die Datenbank antwortet nicht." in shown.stdout


def test_what_the_system_does_not_tell_is_unknown(told: dict[str, Any], tmp_path: Path) -> None:
    nothing = dict.fromkeys(("cpu", "load", "memory_total", "memory_available", "own_memory", "gpus"))
    told["/admin/monitor"] = LOOK | {"machine": MACHINE | nothing | {"processes": []}}
    shown = run(tmp_path, "monitor").stdout
    assert "Prozessor   unbekannt" in shown
    assert "Speicher" not in shown


def test_watching_looks_until_somebody_stops_it(told: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        told["/admin/monitor"] = LOOK | {"status": "failed"}
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", wait)
    shown = run(tmp_path, "monitor", "--watch", "--every", "2", "--json")
    assert waits == [2.0, 2.0, 2.0]
    assert [json.loads(line)["status"] for line in shown.stdout.splitlines()] == ["ok", "failed", "failed"]
    assert shown.exit_code == 4
