"""Keys of a tuned model at the door and at the command line: who may turn one, what is told, and what nobody can turn."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from nova.__main__ import run
from nova.cli.training import keys
from nova.engines.adapters.behind import ServerHost
from nova.engines.adapters.servers import DOORS, Where
from nova.flows.training.hosting import Hosts
from nova.flows.training.serving import ServingAdapters, verify
from nova.flows.training.trials import FAMILY
from nova.store import releases
from nova.store.training import shadows
from nova.store.training.shadows import Counts
from nova.wiring.serving import in_use_of
from tests.api.commands import reach
from tests.api.house import Door
from tests.fakes.adapter_servers import serving
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


def test_the_hosts_are_told_with_what_is_ready_and_why_it_is_not(
    door: Door, made: Made, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    emil, anna = door.person("emil", "engineer"), door.person("anna")
    path = "/api/v1/training/hosts"
    found = data(emil("GET", path))
    assert (found["chosen"], found["reached"], set(found["hosts"])) == ("", False, {"process", *DOORS}) and anna(
        "GET", path
    ).status_code == 403
    assert run(["train", "hosts"]) == 0
    assert "Es ist kein Host eingerichtet" in "".join(capsys.readouterr())
    with door.nova.db.transaction() as conn:
        releases.add(conn, FAMILY, made.name, "engineer:1", datetime.now(UTC), digest="a" * 64)
        releases.go_live(conn, FAMILY, made.name, {}, "engineer:1", datetime.now(UTC))
    with serving("vllm") as server:
        host = ServerHost(DOORS["vllm"](Where(server.address, "", door.nova.folder, "basis", door.nova.folder)), verify)
        adapters = ServingAdapters(in_use_of(door.nova.db), door.nova.folder, host)
        shown = Hosts("vllm", "nova-mini", adapters)
        assert adapters.writer("anna") is None  # it is prepared beside the question, and refused: there are no such files
        until = time.monotonic() + 5
        while not shown.look().serving[0].reason and time.monotonic() < until:
            time.sleep(0.01)
        look = Hosts.look
        monkeypatch.setattr(Hosts, "look", lambda _: look(shown))
        told = data(emil("GET", path))
        assert (told["chosen"], told["reached"], told["holds"], told["adapters"]) == ("vllm", True, "basis", [])
        assert told["serving"][0]["state"] == "live" and "Den Ordner des Adapters gibt es nicht" in told["serving"][0]["reason"]
        assert run(["train", "hosts"]) == 0
        said = capsys.readouterr().out
        assert (
            "vllm ist zu erreichen und hält basis; bereit: kein Adapter." in said
            and f"{made.name} dient: {made.name} wird nicht geladen" in said
        )
    assert run(["train", "hosts", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["reached"] is False
    assert run(["train", "hosts"]) == 5
    assert "ist nicht erreichbar" in "".join(capsys.readouterr())
    host.close()


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


def on_trial(door: Door, made: Made, share: float) -> None:
    """As after both keys."""
    now = datetime.now(UTC)
    with door.nova.db.transaction() as conn:
        releases.add(conn, FAMILY, made.name, "engineer:1", now, digest="a" * 64)
        assert releases.try_out(conn, FAMILY, made.name, share, "engineer:1", now)


def test_what_is_tried_is_shown_with_its_figures_and_ended_by_who_may(door: Door, made: Made) -> None:
    emil, alma = door.person("emil", "engineer"), door.person("alma", "auditor")
    on_trial(door, made, 0.25)
    trial = data(alma("GET", "/api/v1/training/serving"))["trial"]
    assert (trial["name"], trial["kind"], trial["share"], trial["verdict"]) == (made.name, "canary", 0.25, "few")
    assert {one["name"] for one in trial["figures"]} >= {"groundedness", "fell_back_share", "latency_p50_ms"}
    assert alma("POST", "/api/v1/training/serving/trial/end", json={}).status_code == 403
    for path, body in (("champion", {"run": made.name}), ("trial", {"run": made.name, "share": 0.5})):
        refused = emil("POST", f"/api/v1/training/serving/{path}", json=body)
        assert refused.status_code == 409 and "nicht beide Schlüssel" in refused.json()["message"]
        assert emil("POST", f"/api/v1/training/serving/{path}", json=body | {"run": "nirgends"}).status_code == 404
        assert door.admin("POST", f"/api/v1/training/serving/{path}", json=body).status_code == 403
    assert emil("POST", "/api/v1/training/serving/trial", json={"run": made.name, "share": 1}).status_code == 400
    ended = data(emil("POST", "/api/v1/training/serving/trial/end", json={"reason": "Genug gesehen."}))
    assert (ended["trial"], ended["releases"][0]["state"]) == (None, "candidate")
    assert emil("POST", "/api/v1/training/serving/trial/end", json={}).status_code == 409


def test_the_command_tells_a_trial(door: Door, made: Made, capsys: Printed) -> None:
    assert run(["train", "canary"]) == 0
    assert "Es wird kein Adapter erprobt." in capsys.readouterr().out
    on_trial(door, made, 0.0)
    with door.nova.db.transaction() as conn:
        shadows.add(conn, made.name, "shadow", Counts(100, 100, 40, 3, 250.0, 700.0), datetime.now(UTC))
        shadows.add(conn, made.name, "shown", Counts(100, 0, 99, 0, 1.0, 0.02), datetime.now(UTC))
    assert run(["train", "canary"]) == 5
    told = capsys.readouterr().out
    assert "schreibt im Schatten mit" in told and "schlechter" in told and "40,0 % (30,9 bis 49,8; 100)" in told and "2.500 ms" in told
    assert run(["train", "canary", made.name]) != 0 and run(["train", "canary", "--champion"]) != 0
    assert run(["train", "canary", made.name, "--first", "150%"]) != 0
    capsys.readouterr()
    assert run(["train", "canary", made.name, "--first", "10%"]) != 0
    assert "angemeldet sind" in "".join(capsys.readouterr())  # the operator's key is nobody
    assert run(["train", "canary", "--end"]) == 0
    assert "Es wird kein Adapter erprobt." in capsys.readouterr().out
