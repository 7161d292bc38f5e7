"""Datasets over HTTP: pipelines seen and run, what a run left out taken back, versions live and back, records followed; who may do what."""

import io
from typing import Any

import polars as pl
import pytest

from nova.flows.kinds import SEED_LEAVE
from nova.governance.consent import shipped
from nova.jobs.kinds.seed import handler, leaver, starter
from nova.ports.jobs import OPEN
from nova.wiring.seeding import seeding_of
from tests.api.house import Door
from tests.fakes.running import Context

NAME = "beispiel-tickets"
OWN = """
name: eigene
title: Eigene Verträge
source: {sample: {table: vertraege, customers: 50}}
licence: eigen
purpose: training
subject: kundennummer
every_hours: 24
steps: [{harmonise: {}}]
"""


@pytest.fixture(scope="module", autouse=True)
def small(door: Door) -> None:
    """The shipped example, with fewer customers, as the installation's own file of the same name."""
    folder = door.nova.settings.pipelines_path
    folder.mkdir(parents=True)
    text = OWN.replace("eigene", NAME, 1).replace("vertraege, customers: 50", "tickets, customers: 300").replace("every_hours: 24\n", "")
    (folder / "tickets.yaml").write_text(text.replace("[{harmonise: {}}]", "[{harmonise: {}}, {exact: {}}, {fuzzy: {}}]"), "utf-8")
    (folder / "eigene.yaml").write_text(OWN, "utf-8")


def data(answer: Any) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()["data"]


def ran(door: Door, name: str = NAME) -> dict[str, Any]:
    """A run as a worker does it."""
    context = Context({"pipeline": name, "by": "u:probe", "reason": "Probe"})
    handler(seeding_of(door.nova))(context)
    return dict(data(door.admin("GET", f"/api/v1/seeding/runs/{context.result['run_id']}")))


def test_a_pipeline_is_queued_once_and_its_run_can_be_read(door: Door) -> None:
    first = data(door.admin("POST", f"/api/v1/seeding/pipelines/{NAME}/runs", json={"reason": "zur Probe"}))
    assert data(door.admin("POST", f"/api/v1/seeding/pipelines/{NAME}/runs", json={})) == first
    run = ran(door)
    assert (run["state"], run["reason"]) == ("done", "Probe")
    counts = run["counts"]
    assert counts["rows_in"] == counts["kept"] + counts["removed"]
    seen = {one["name"]: one for one in data(door.admin("GET", "/api/v1/seeding/pipelines"))["pipelines"]}
    assert seen[NAME]["live"] == counts["version"]
    assert seen[NAME]["last"]["run_id"] == run["run_id"]
    assert {"beispiel-vertraege", "eigene"} <= set(seen)
    events = door.admin("GET", f"/api/v1/seeding/runs/{run['run_id']}/events").text.splitlines()
    assert ['"START"' in events[0], '"COMPLETE"' in events[-1]] == [True, True]


def test_a_faulty_file_is_named_beside_the_pipelines(door: Door) -> None:
    file = door.nova.settings.pipelines_path / "falsch.yaml"
    file.write_text(OWN.replace("eigene", "falsch", 1).replace("every_hours: 24", "every_hour: 24"), "utf-8")
    try:
        seen = data(door.admin("GET", "/api/v1/seeding/pipelines"))
        assert {"eigene", NAME} <= {one["name"] for one in seen["pipelines"]}
        assert seen["faults"] == [{"file": "falsch.yaml", "reason": "falsch.yaml: every_hour: Diese Angabe gibt es nicht."}]
        asked = door.admin("POST", "/api/v1/seeding/pipelines/falsch/runs", json={})
        assert (asked.status_code, asked.json()["message"]) == (400, "falsch.yaml: every_hour: Diese Angabe gibt es nicht.")
    finally:
        file.unlink()
    assert data(door.admin("GET", "/api/v1/seeding/pipelines"))["faults"] == []


def test_what_was_left_out_is_shown_and_taken_back(door: Door) -> None:
    run = ran(door)
    left_out = data(door.admin("GET", f"/api/v1/seeding/runs/{run['run_id']}/removals?limit=200"))["removals"]
    assert len(left_out) == run["counts"]["removed"] > 0
    one = left_out[0]
    assert one["reason"] and one["content"]["id"] == one["id"]
    assert data(door.admin("POST", f"/api/v1/seeding/runs/{run['run_id']}/undo", json={"ids": [one["id"]]})) == {"undone": 1}
    again = ran(door)
    assert one["id"] not in {row["id"] for row in data(door.admin("GET", f"/api/v1/seeding/runs/{again['run_id']}/removals"))["removals"]}
    difference = data(
        door.admin(
            "GET",
            f"/api/v1/seeding/datasets/{NAME}/diff",
            params={"before": run["counts"]["version"], "after": again["counts"]["version"]},
        )
    )
    assert [row["id"] for row in difference["added"]] == [one["id"]]


def test_a_version_goes_back_and_is_live_again(door: Door) -> None:
    versions = data(door.admin("GET", "/api/v1/seeding/versions", params={"dataset": NAME}))["versions"]
    live = next(one for one in versions if one["state"] == "live")
    back = data(door.admin("POST", f"/api/v1/seeding/datasets/{NAME}/rollback"))["version"]
    assert back != live["version"]
    refused = door.admin("POST", f"/api/v1/seeding/datasets/{NAME}/live", json={"version": back})
    assert (refused.status_code, refused.json()["data"]["code"]) == (409, "conflict")
    assert (
        data(door.admin("POST", f"/api/v1/seeding/datasets/{NAME}/live", json={"version": live["version"][:12]}))["version"]
        == live["version"]
    )


def test_a_version_is_taken_along_as_a_file(door: Door) -> None:
    run = ran(door)
    file = door.admin("GET", f"/api/v1/seeding/datasets/{NAME}/file", params={"version": run["counts"]["version"]})
    frame = pl.read_parquet(io.BytesIO(file.content))
    assert len(frame) == run["counts"]["kept"]
    assert {"id", "text", "quality"} <= set(frame.columns)


def test_a_record_is_followed_both_ways(door: Door) -> None:
    run = ran(door, "eigene")
    row = "V-700003"
    query = {"version": run["counts"]["version"], "row": row}
    (origin,) = data(door.admin("GET", "/api/v1/seeding/datasets/eigene/lineage", params=query))["origins"]
    assert (origin["source"], origin["source_key"], origin["licence"]) == ("beispiel/vertraege", row, "eigen")
    uses = data(door.admin("GET", "/api/v1/seeding/uses", params={"source": origin["source"], "key": row}))["uses"]
    assert run["counts"]["version"] in {one["version"] for one in uses}
    assert door.admin("GET", "/api/v1/seeding/datasets/eigene/lineage", params={**query, "row": "V-1"}).status_code == 404


def test_a_source_is_looked_at_before_it_is_run(door: Door) -> None:
    seen = data(door.admin("GET", f"/api/v1/seeding/pipelines/{NAME}/preview"))
    assert {len(values) for values in seen["columns"].values()} == {10}
    assert door.admin("GET", "/api/v1/seeding/pipelines/keine/preview").status_code == 404


def test_what_is_due_begins_by_itself_once(door: Door) -> None:
    context = Context()
    door.nova.db.execute("UPDATE seed_runs SET started_at = started_at - interval '25 hours', ended_at = ended_at - interval '25 hours'")
    starter(door.nova)(context)
    assert context.result == {"begun": ["eigene"]}
    ran(door, "eigene")
    starter(door.nova)(context)
    assert context.result == {"begun": []}


def test_who_only_examines_sees_runs_and_no_records(door: Door) -> None:
    auditor, customer = door.person("revision", "auditor"), door.person("kundin", "customer")
    run = ran(door)
    assert auditor("GET", "/api/v1/seeding/pipelines").status_code == 200
    assert auditor("GET", f"/api/v1/seeding/runs/{run['run_id']}").status_code == 200
    for method, path in (
        ("GET", f"/api/v1/seeding/runs/{run['run_id']}/removals"),
        ("POST", f"/api/v1/seeding/runs/{run['run_id']}/undo"),
        ("POST", f"/api/v1/seeding/pipelines/{NAME}/runs"),
        ("GET", f"/api/v1/seeding/pipelines/{NAME}/preview"),
        ("POST", f"/api/v1/seeding/datasets/{NAME}/rollback"),
    ):
        assert auditor(method, path, **({"json": {}} if method == "POST" else {})).status_code == 403, path
    assert customer("GET", "/api/v1/seeding/pipelines").status_code == 403


def test_whoever_looked_at_records_or_changed_something_stands_in_the_log(door: Door) -> None:
    found = data(door.admin("GET", "/api/v1/admin/audit", params={"limit": 100}))
    actions = {one["action"] for one in found["entries"]}
    assert {"seeding.run", "seeding.removals", "seeding.preview", "seeding.undo", "seeding.rollback", "seeding.live"} <= actions


def of_person(door: Door, name: str) -> list[dict[str, Any]]:
    """What datasets hold of somebody; nothing where the door says so."""
    answer = door.admin("POST", "/api/v1/seeding/people", json={"name": name})
    return [] if answer.status_code == 404 else list(data(answer)["rows"])


def left(door: Door) -> None:
    """The job that a withdrawal queued, as a worker does it."""
    waiting = door.nova.jobs.list(states=OPEN, kind=SEED_LEAVE.name)
    assert len(waiting) == 1
    context = Context({})
    leaver(door.nova)(context)
    door.nova.jobs.cancel(waiting[0].job_id)


def consent(door: Door, name: str, given: bool) -> None:
    """What the operator writes down of somebody's word, on paper say."""
    said = {"user": name, "purposes": {"service": True, "training": given}, "version": shipped().version, "source": "papier"}
    data(door.admin("POST", "/api/v1/admin/consents", json=said))


def test_who_withdraws_their_consent_to_learning_leaves_every_version_and_comes_back_when_they_agree_again(door: Door) -> None:
    ran(door, "eigene")
    content = door.admin("GET", f"/api/v1/seeding/datasets/eigene/file?version={live_of(door, 'eigene')}").content
    name = pl.read_parquet(io.BytesIO(content))["kundennummer"][0]
    assert of_person(door, name)
    consent(door, name, given=False)
    left(door)
    assert of_person(door, name) == []
    ran(door, "eigene")
    assert of_person(door, name) == []
    consent(door, name, given=True)
    ran(door, "eigene")
    assert of_person(door, name)


def live_of(door: Door, name: str) -> str:
    """The live version of a dataset."""
    (found,) = [one["live"] for one in data(door.admin("GET", "/api/v1/seeding/pipelines"))["pipelines"] if one["name"] == name]
    return str(found)


def test_a_value_of_a_person_is_corrected_wherever_it_stands(door: Door) -> None:
    ran(door, "eigene")
    content = door.admin("GET", f"/api/v1/seeding/datasets/eigene/file?version={live_of(door, 'eigene')}").content
    first = pl.read_parquet(io.BytesIO(content)).row(1, named=True)
    asked = {"name": first["kundennummer"], "column": "produkt", "value": "Berichtigt 24"}
    told = data(door.admin("POST", "/api/v1/seeding/corrections", json=asked))
    assert told["rows"] > 0 and told["versions"] > 0
    assert {one["row"]["produkt"] for one in of_person(door, first["kundennummer"])} == {"Berichtigt 24"}
    assert door.admin("POST", "/api/v1/seeding/corrections", json={**asked, "name": "niemand"}).status_code == 404
    assert door.admin("POST", "/api/v1/seeding/corrections", json={**asked, "column": "keine"}).status_code == 400
    noted = data(door.admin("GET", "/api/v1/admin/audit?action=seeding.correct"))["entries"]
    assert noted and first["kundennummer"] not in str(noted)


def test_what_people_decided_by_hand_is_counted_by_proposals(door: Door) -> None:
    before = data(door.admin("GET", f"/api/v1/seeding/effort?pipeline={NAME}"))
    run = ran(door)
    assert data(door.admin("POST", f"/api/v1/seeding/runs/{run['run_id']}/undo", json={}))["undone"] > 1
    after = data(door.admin("GET", f"/api/v1/seeding/effort?pipeline={NAME}"))
    assert after["decisions"] == before["decisions"] + 1
    assert after["proposals"] >= before["proposals"] + run["counts"]["removed"]
    assert after["share"] == after["decisions"] / after["proposals"]
