"""Keys of a tuned model at the door and at the command line: who may turn one, what is told, and what nobody can turn."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from nova.__main__ import run
from nova.cli.training import keys
from nova.store import releases
from tests.api.commands import reach
from tests.api.house import Door
from tests.rooms.training.runs import MANIFEST, Made, put

Printed = pytest.CaptureFixture[str]
RUNS = "/api/v1/training/runs"


@pytest.fixture
def made(door: Door, monkeypatch: pytest.MonkeyPatch) -> Made:
    reach(door, monkeypatch, keys)
    door.nova.db.execute("TRUNCATE train_runs, tickets, releases, release_steps CASCADE")
    made = Made.good()
    put(door.nova.db, made)
    return made


def data(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_a_key_is_a_persons_and_what_holds_the_run_is_told(door: Door, made: Made) -> None:
    emil, alma, anna = door.person("emil", "engineer"), door.person("alma", "auditor"), door.person("anna")
    path = f"{RUNS}/{made.name}/keys"
    assert data(emil("GET", path))["held"] == [
        "Der Lauf ist noch nicht beurteilt.", "Diesen Trainingsdatensatz gibt es nicht.", "Die Gewichte des Adapters liegen nicht mehr da.",
        "Die Basis ist eine andere als die, auf der der Adapter trainiert wurde.",
    ]  # fmt: skip
    data(emil("POST", f"{RUNS}/{made.name}/evaluation", json={"manifest": dict(MANIFEST)}))
    seen = data(alma("GET", path))["evaluation_id"]
    yes = emil("POST", path, json={"evaluation_id": seen})
    assert yes.status_code == 409 and "Diesen Trainingsdatensatz gibt es nicht." in yes.json()["data"]["held"]
    assert alma("POST", path, json={"evaluation_id": seen}).status_code == anna("GET", path).status_code == 403
    nobody = door.admin("POST", path, json={"evaluation_id": seen, "says": "no"})
    assert nobody.status_code == 403 and "sind niemand" in nobody.json()["message"]
    no = data(emil("POST", path, json={"evaluation_id": seen, "says": "no", "reason": "Frau Anna Muster, anna@example.org, rät ab."}))
    assert (no["keys"][0]["says"], no["state"]) == ("no", "candidate") and "anna@" not in no["keys"][0]["reason"]
    assert data(emil("GET", "/api/v1/training/serving")) == {
        "live": "", "note": no_host(emil), "trial": None, "releases": [], "steps": [],
    }  # fmt: skip
    assert emil("POST", "/api/v1/training/serving/back", json={}).status_code == 409


def no_host(who: Any) -> str:
    note: str = data(who("GET", "/api/v1/training/serving"))["note"]
    assert "NOVA_ADAPTER_HOST" in note
    return note


def test_the_runbook_is_written_at_the_door_and_at_the_command_line(door: Door, made: Made, capsys: Printed) -> None:
    emil, anna = door.person("emil", "engineer"), door.person("anna")
    assert anna("POST", "/api/v1/training/serving/runbook").status_code == 403
    told = data(emil("POST", "/api/v1/training/serving/runbook"))
    page = door.nova.settings.NOVA_DATA / "orchestration_journal" / told["place"]
    assert (
        told["unsound"] == [] and told["text"] == page.read_text("utf-8") and str(door.nova.settings.NOVA_DATA) in told["text"] + str(page)
    )
    assert run(["train", "runbook"]) == 0
    assert capsys.readouterr().out.strip() == told["text"].strip()
    assert run(["train", "runbook", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["place"] == "models/finetune_runbook.md"
    with door.nova.db.transaction() as conn:
        releases.add(conn, "adapter", made.name, "x", datetime.now(UTC), digest="a" * 64)
        releases.go_live(conn, "adapter", made.name, {"evaluation": "x"}, "x", datetime.now(UTC))
    assert run(["train", "runbook"]) == 5
    said = capsys.readouterr()
    assert f"| Dient | {made.name} seit " in said.out and "liegen nicht mehr da" in said.err + said.out


def test_the_commands_say_what_holds_a_run_and_what_serves(made: Made, capsys: Printed) -> None:
    assert run(["train", "promote", made.name, "--show", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["needed"] == 2
    assert run(["train", "promote", made.name]) == 5
    told = capsys.readouterr()
    assert "Kandidat, 0 von 2 Schlüsseln." in told.out and "noch nicht beurteilt" in told.err + told.out
    assert run(["train", "serving"]) == 0
    assert "Es antwortet die Basis, ohne Adapter." in capsys.readouterr().out
    assert run(["train", "rollback"]) != 0
    assert "antwortet schon die Basis" in "".join(capsys.readouterr())
