"""Datasets that models are tuned with at the doors and at the terminal: made by a job, told with their checks, taken along as a folder."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from nova.__main__ import run
from nova.cli.training import datasets, runs
from nova.jobs.kinds.seed import opened
from nova.jobs.worker import Worker
from tests.api.commands import reach
from tests.api.house import Door
from tests.rooms.training.lessons import asked
from tests.rooms.training.sets import lines

LIMITS = "limits: {train: 20, test: 3, leaked: 0, canary: 0, contradicting: 0}\n"
ALLOWED = "allowed: {licences: [eigen, gemeinfrei], classifications: [öffentlich, intern], export_control: [keine]}\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", autouse=True)
def working(door: Door) -> Iterator[None]:
    """Sixty questions of the company's own, own limits, and somebody who works off what is queued, in a process of its own."""
    folder = door.nova.settings.training_dataset_path
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text(LIMITS + ALLOWED, "utf-8")
    for at in range(60):
        question, answer = asked(at)
        door.nova.db.execute(
            "INSERT INTO answers (answer_id, question, answer, status, analyser) VALUES (%s, %s, %s, 'answered', 'probe')",
            [uuid5(NAMESPACE_URL, question), question, answer],
        )
    worker = Worker(door.nova.jobs, {"seed": opened(door.nova)}, concurrency=1)  # type: ignore[arg-type]
    worker.start()
    yield
    worker.stop()


@pytest.fixture(autouse=True)
def reached(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    reach(door, monkeypatch, datasets, runs)


def told(printed: Printed) -> Any:
    return json.loads(printed.readouterr().out)


def data(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()["data"]


def test_a_dataset_is_made_and_written_as_a_folder(door: Door, tmp_path: Path, capsys: Printed) -> None:
    assert run(["train", "dataset", "--out", str(tmp_path / "satz"), "--json"]) == 0
    found = told(capsys)
    assert found["passed"] and found["refusal"] is None and found["counts"]["people"] == 0
    manifest = json.loads((tmp_path / "satz" / "manifest.json").read_text("utf-8"))
    assert manifest == {name: value for name, value in found.items() if name != "refusal"} | {"made_at": manifest["made_at"]}
    rows = [json.loads(line) for line in (tmp_path / "satz" / "train.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == manifest["counts"]["train"] and {row["source"] for row in rows} >= {"answer"}
    assert run(["train", "dataset", "--out", str(tmp_path / "satz"), "--json"]) != 0  # what is there stays
    capsys.readouterr()
    (listed, *_) = data(door.admin("GET", "/api/v1/training/datasets"))["datasets"]
    assert (listed["version"], listed["digest"]) == (manifest["version"], manifest["digest"])
    assert data(door.admin("GET", "/api/v1/training/dataset", params={"version": manifest["version"][:12]})) == listed


def test_what_a_check_holds_leaves_with_five_and_writes_nothing(door: Door, tmp_path: Path, capsys: Printed) -> None:
    own = door.nova.settings.training_dataset_path
    own.write_text(LIMITS.replace("test: 3", "test: 300") + ALLOWED, "utf-8")
    try:
        assert run(["train", "dataset", "--out", str(tmp_path / "satz")]) == 5
        out = capsys.readouterr()
        assert "hält  test_rows: " in out.out and "nötig sind 300." in out.out and not (tmp_path / "satz").exists()
        (newest, *_) = data(door.admin("GET", "/api/v1/training/datasets"))["datasets"]
        assert newest["passed"] is False
        refused = door.admin("GET", "/api/v1/training/dataset/file", params={"version": newest["version"]})
        assert (refused.status_code, refused.json()["data"]["code"]) == (409, "conflict")
    finally:
        own.write_text(LIMITS + ALLOWED, "utf-8")
    own.write_text("limits: {tests: 1}\n", "utf-8")
    try:
        assert door.admin("POST", "/api/v1/training/datasets", json={}).status_code == 400
    finally:
        own.write_text(LIMITS + ALLOWED, "utf-8")


def test_the_inventory_says_what_there_is_and_what_is_missing(door: Door, capsys: Printed) -> None:
    assert run(["train", "corpora", "--json"]) == 0
    found = {one["name"]: one for one in told(capsys)["corpora"]}
    assert found["answer"]["rows"] == 60 and found["conversation"]["use"] is False and found["conversation"]["why"]
    assert {"owner", "classification", "licence", "export_control", "purpose", "left_out"} <= set(found["curated"])
    assert run(["train", "corpora"]) == 0
    assert "Redaktion" in capsys.readouterr().out


def test_a_set_is_frozen_listed_and_shown(tmp_path: Path, capsys: Printed) -> None:
    file = lines(tmp_path / "satz.jsonl", [{"id": "1", "question": "Was kostet es?", "reference": "31,5 ct/kWh nach § 41 EnWG."}])
    command = ["train", "sets", "add", str(file), "--name", "tarife", "--keeper", "Redaktion", "--json"]
    assert run(command) == 0
    assert told(capsys)["version"] == 1
    assert run(["train", "sets", "list", "--json"]) == 0
    assert [one["name"] for one in told(capsys)["sets"]] == ["tarife"]
    assert run(["train", "sets", "show", "tarife"]) == 0
    assert "Fakten: 31,5" in capsys.readouterr().out
    assert run(["train", "person", "niemand", "--json"]) == 0
    assert told(capsys) == {"datasets": []}


def test_who_may_not_see_datasets_sees_none(door: Door) -> None:
    anna, alma = door.person("anna"), door.person("alma", "auditor")
    assert anna("GET", "/api/v1/training/corpora").status_code == 403
    assert alma("GET", "/api/v1/training/corpora").status_code == 200
    assert alma("POST", "/api/v1/training/datasets", json={}).status_code == 403


def test_a_run_begins_once_for_a_ticket_that_asks_for_it(door: Door, capsys: Printed) -> None:
    """As a workflow asks every hour; what came of it stands on the ticket."""
    command = ["train", "run", "--for-ticket", "--detach", "--json"]
    assert run(command) == 0
    assert told(capsys)["run"] is None  # no ticket
    wish = {"title": "Training prüfen: Nützliche Antworten", "text": "", "kind": "training", "owner": "orion"}
    ticket = data(door.admin("POST", "/api/v1/admin/tickets", json=wish))["ticket_id"]
    own = door.nova.settings.training_dataset_path
    own.write_text(LIMITS.replace("test: 3", "test: 300") + ALLOWED, "utf-8")
    assert run(command) == 5
    assert told(capsys)["refusal"]
    own.write_text(LIMITS + ALLOWED, "utf-8")
    assert run(command) == 0 and told(capsys)["run"] is None  # it waits for people
    door.admin("PATCH", f"/api/v1/admin/tickets/{ticket}", json={"state": "open"})
    assert run(command) == 0
    begun = told(capsys)["run"]
    shown = data(door.admin("GET", f"/api/v1/admin/tickets/{ticket}"))
    comments = [one["comment"] for one in shown["history"] if one["comment"]]
    assert shown["state"] == "doing" and comments[-1] == f"{begun['name']} beginnt." and "nötig sind 300" in comments[0]
    assert run(command) == 0 and told(capsys)["run"] is None  # once
    assert len(data(door.admin("GET", "/api/v1/training/runs"))["runs"]) == 1
