"""Snapshots at the door: for the operator only, and health tells when one was made and proved last."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from nova.errors import Misconfigured
from nova.flows.snapshots import state
from nova.flows.snapshots.kept import Kept, Proof, Snapshot, write_record
from nova.jobs.desk import open_worker
from nova.ports.watching import Finding
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.wiring import open_nova
from tests.api.house import Door, opened

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RECIPIENT = "age1f2jye65vmw6j5pu5hz8cw9amv2653rqngs8zzny5na92tayp7azq22ax4y"
BASE = "/api/v1/admin/snapshots"
MISSING = f"{BASE}/0b7c5c1e-5d0c-4a4e-9c0b-6f2d1a3e4b5c"


@pytest.fixture(scope="module")
def door(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with opened(database, tmp_path_factory.mktemp("door")) as door:
        yield door


def put(folder: Path, *, age: timedelta = timedelta(0), content: bytes = b"tar") -> Snapshot:
    """A snapshot with its record in the folder."""
    kept, snapshot_id = Kept(folder), uuid4()
    kept.folder.mkdir(exist_ok=True)
    snapshot = Snapshot(
        snapshot_id,
        f"nova-{snapshot_id}.tar",
        NOW - age,
        len(content),
        "0" * 64,
        False,
        "schedule",
        "0.1.0",
        "0002",
        False,
        {"items": 1},
        2,
    )
    kept.path(snapshot).write_bytes(content)
    write_record(kept.path(snapshot), snapshot)
    return snapshot


def proof(snapshot: Snapshot, *, age: timedelta = timedelta(0), ok: bool = True) -> Proof:
    return Proof(NOW - age, snapshot.snapshot_id, ok, "file", 3.0, 10, () if ok else ("Tabelle items: 3 Zeilen fehlen.",))


def test_a_snapshot_is_a_job(door: Door) -> None:
    answer = door.admin("POST", BASE, json={"recipient": RECIPIENT})
    assert answer.status_code == 202
    job = door.nova.jobs.get(UUID(answer.json()["data"]["job_id"]))
    assert (job.kind, job.state) == ("snapshot", "queued")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"pg_dump": False}, "Ohne die Datenbank"),
        ({"qdrant": True}, "Qdrant-Server"),  # the index of these tests has no files
        ({"recipient": "AGE-SECRET-KEY-1ABC"}, ""),
        ({"recipient": RECIPIENT[:-1] + "q"}, "öffentliche Schlüssel"),
        ({"passphrase": "geheim"}, ""),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_refused(door: Door, body: dict[str, object], says: str) -> None:
    before = len(door.nova.jobs.list(kind="snapshot"))
    answer = door.admin("POST", BASE, json=body)
    assert answer.status_code == 400
    assert says in answer.json()["message"]
    assert len(door.nova.jobs.list(kind="snapshot")) == before


def test_it_is_listed_downloaded_proved_and_deleted(door: Door) -> None:
    content = bytes(range(256)) * 1000
    snapshot = put(door.nova.folder, content=content)
    path = f"{BASE}/{snapshot.snapshot_id}"
    listed = door.admin("GET", BASE).json()["data"]
    assert [one["snapshot_id"] for one in listed["snapshots"]] == [str(snapshot.snapshot_id)]
    assert listed["every_hours"] == 24
    assert listed["folder"] == str((door.nova.folder / "snapshots").resolve())
    answer = door.admin("GET", path)
    assert answer.content == content
    assert answer.headers["content-disposition"] == f'attachment; filename="{snapshot.file}"'
    assert answer.headers["cache-control"] == "no-store"
    assert door.admin("POST", f"{path}/prove").status_code == 202
    assert door.admin("DELETE", path).status_code == 200
    assert list((door.nova.folder / "snapshots").iterdir()) == []
    for method, missing in (("GET", path), ("DELETE", path), ("POST", f"{path}/prove")):
        assert door.admin(method, missing).status_code == 404
    done = [entry["action"] for entry in door.admin("GET", "/api/v1/admin/audit").json()["data"]["entries"]]
    assert {"snapshot.downloaded", "snapshot.proved", "snapshot.deleted"} <= set(done)


@pytest.mark.parametrize(("method", "path"), [("POST", BASE), ("GET", BASE), ("GET", MISSING), ("DELETE", MISSING)])
def test_customers_and_strangers_get_nothing(door: Door, method: str, path: str) -> None:
    body = {"json": {}} if method == "POST" else {}
    assert door.client.request(method, path, **body).status_code == 401
    token = {"Authorization": f"Bearer {door.nova.token('kundin')}"}
    assert door.client.request(method, path, headers=token, **body).status_code == 403


def stand(folder: Path, every_hours: int = 24) -> Finding:
    (found,) = state.check(Kept(folder), every_hours, NOW)
    return found


def test_a_record_whose_file_never_got_its_name_goes_with_the_next_writer(tmp_path: Path) -> None:
    """The record is written first, so a kill between the two leaves one without a file, never a file that nobody lists or prunes."""
    kept, whole, half = Kept(tmp_path), put(tmp_path), put(tmp_path)
    kept.path(half).unlink()
    kept.note_proof(proof(whole))
    assert kept.list() == [replace(whole, proof=proof(whole))]
    with kept.writing():
        pass
    assert {path.name for path in kept.folder.iterdir()} == {whole.file, f"{whole.file}.json", "proof.json", ".lock"}


def test_health_says_that_there_is_none(tmp_path: Path) -> None:
    assert stand(tmp_path).status == "absent"


def test_health_says_when_it_was_saved_and_proved(tmp_path: Path) -> None:
    snapshot = put(tmp_path)
    found = stand(tmp_path)
    assert found.status == "ok"
    assert "Noch nie zur Probe" in found.detail
    Kept(tmp_path).note_proof(proof(snapshot))
    found = stand(tmp_path)
    assert found.status == "ok"
    assert "Zuletzt zur Probe eingespielt am 21.11.2026" in found.detail
    assert Kept(tmp_path).list()[0].proof == proof(snapshot)


def test_health_is_worse_when_it_is_late_failed_or_old(tmp_path: Path) -> None:
    old = put(tmp_path, age=timedelta(days=3))
    assert stand(tmp_path).status == "degraded"
    assert stand(tmp_path, 0).status == "ok"
    put(tmp_path)
    assert stand(tmp_path).status == "ok"
    Kept(tmp_path).note_proof(proof(old, ok=False))
    found = stand(tmp_path)
    assert found.status == "degraded"
    assert "Zeilen fehlen" in found.detail
    Kept(tmp_path).note_proof(proof(old, age=timedelta(days=15)))
    assert stand(tmp_path).status == "degraded"
    Kept(tmp_path).note_proof(replace(proof(old), what="like"))
    found = stand(tmp_path)
    assert (found.status, "unverschlüsselten" in found.detail) == ("ok", True)


def test_health_wants_a_proof_within_two_weeks(tmp_path: Path) -> None:
    put(tmp_path, age=timedelta(days=15))
    put(tmp_path)
    assert stand(tmp_path).status == "degraded"


def expected(folder: Path, *, age: timedelta) -> None:
    """Snapshots ought to come by themselves since so long."""
    Kept(folder).expect(True)
    (Kept(folder).folder / "expected.json").write_text(json.dumps({"since": (NOW - age).isoformat()}))


def test_health_is_worse_when_none_ever_came(tmp_path: Path) -> None:
    expected(tmp_path, age=timedelta(hours=47))
    assert stand(tmp_path).status == "absent"
    expected(tmp_path, age=timedelta(hours=49))
    found = stand(tmp_path)
    assert (found.status, "fällig" in found.detail) == ("degraded", True)
    assert stand(tmp_path, 0).status == "absent"


def test_health_wants_a_proof_although_old_snapshots_go(tmp_path: Path) -> None:
    for day in range(7):
        put(tmp_path, age=timedelta(days=day))
    expected(tmp_path, age=timedelta(days=10))
    assert stand(tmp_path).status == "ok"
    expected(tmp_path, age=timedelta(days=16))
    assert stand(tmp_path).status == "degraded"


def test_it_is_noted_once_since_when_they_ought_to_come(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.expected_since() is None
    kept.expect(True)
    since = kept.expected_since()
    assert since is not None
    kept.expect(True)
    assert kept.expected_since() == since
    kept.expect(False)
    assert kept.expected_since() is None


def test_nova_does_not_start_with_a_key_that_has_a_wrong_letter(tmp_path: Path, database_url: str) -> None:
    wrong = Settings(NOVA_DATA=tmp_path, NOVA_DATABASE_URL=SecretStr(database_url), NOVA_SNAPSHOT_RECIPIENT=RECIPIENT[:-1] + "q")
    with open_nova(wrong) as nova, pytest.raises(Misconfigured, match="NOVA_SNAPSHOT_RECIPIENT"):
        open_worker(nova)


def test_only_those_by_the_clock_are_pruned_and_strange_files_are_left_alone(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    by_clock = [put(tmp_path, age=timedelta(days=day)) for day in range(5)]
    person = put(tmp_path, age=timedelta(days=90))
    write_record(kept.path(person), replace(person, origin="person"))
    (kept.folder / "fremd.tar").write_bytes(b"x")
    (kept.folder / "kaputt.tar").write_bytes(b"x")
    (kept.folder / "kaputt.tar.json").write_text(json.dumps({"snapshot_id": 3}))
    assert kept.prune(2) == 3
    assert [one.snapshot_id for one in kept.list()] == [by_clock[0].snapshot_id, by_clock[1].snapshot_id, person.snapshot_id]
    assert (kept.folder / "fremd.tar").exists()
