"""The job `erase` step by step: what waits for what, what a restart or a restored database finds, and what the receipt says."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.errors import JobWaits
from nova.flows.erasure import snapshots
from nova.flows.erasure.rows import erase_rows
from nova.flows.erasure.run import ErasureRun
from nova.flows.snapshots.kept import Kept, Snapshot, write_record
from nova.governance.rights import sealed as seal_of
from nova.jobs.kinds.erase import handler
from nova.ports.jobs import Kind
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.people.rights import Erasure
from nova.store.postgres import dump
from nova.store.postgres.holder import ERASING, hold
from nova.wiring.erasure import erasures_of, ledger_of, reapplication_of
from nova.wiring.visits import eraser_of
from tests.api import test_hook as hook
from tests.api.house import Door
from tests.api.test_rights import own
from tests.erasing import visit


def test_a_restored_database_learns_of_erasures_of_people_it_never_held(door: Door) -> None:
    nova: Any = door.nova
    body = hook.session(consent=hook.agreed())
    body["turns"] = [hook.turn(0, f"Frage {body['session_id']}")]
    now, ledger = datetime.now(UTC), ledger_of(nova)
    entry = Erasure(uuid7(), uuid4(), None, nova.people.lookup(body["user"]), now, now, {"rows": {"turns": 1}, "sha256": "x"})
    ledger.put(entry)
    try:
        reapplication_of(nova).reapply()
    finally:
        ledger.drop(entry.erasure_id)
    told = door.admin("GET", f"/api/v1/admin/erasures/{entry.erasure_id}").json()["data"]
    assert told["done_at"] is not None and told["receipt"] == {"rows": {"turns": 1}, "sha256": "x"}
    assert hook.counts(hook.send(door, body))["refused"] == {"erased": 1}
    assert hook.turns(nova.db, body) == []


def test_who_is_erased_again_keeps_the_first_receipt(door: Door) -> None:
    """The counts, the end and the deleted snapshots of the first time stay; what went since stands beside them."""
    nova: Any = door.nova
    now, ledger, deleted = datetime.now(UTC), ledger_of(nova), str(uuid4())
    entry = Erasure(uuid7(), own(door, "nochmals")[1], None, None, now, now)
    first = {
        "rows": {"turns": 5, "meters": 2},
        "steps": ["rows"],
        "done_at": now.isoformat(),
        "snapshots": {"deleted": [deleted], "left": []},
    }
    entry = replace(entry, receipt={**first, "sha256": seal_of(first)})
    ledger.put(entry)
    try:
        for times in (1, 2):
            restored(door, entry, f"nochmals-{times}")
            assert reapplication_of(nova).reapply() >= 1
            held = held_of(nova, entry)
            assert held.done_at is None and held.receipt["steps"] == ["rows"] and held.receipt["rows"]["turns"] == 1
            again = {"aside": [], "storage": {"left": []}, "index": {"rewritten": True}, "files": {"deleted": 3, "shared": 0}}
            told = {**held.receipt, **again, "snapshots": {"deleted": [f"s{times}"], "left": []}}
            eraser_of(nova).close(ErasureRun(held, SimpleNamespace(guard=lambda _: None), told))  # type: ignore[arg-type]
            receipt = held_of(nova, entry).receipt
            assert held_of(nova, entry).done_at == now and receipt["done_at"] == now.isoformat()
            assert receipt["rows"] == first["rows"] and receipt["snapshots"]["deleted"] == [deleted, "s1", "s2"][: 1 + times]
            assert [(one["rows"]["turns"], one["files"]) for one in receipt["reapplied"]] == [(1, 3)] * times
            assert receipt["sha256"] == seal_of(receipt) and "first" not in receipt
            (kept,) = [one for one in ledger.all() if one.erasure_id == entry.erasure_id]
            assert (kept.receipt, kept.done_at) == (receipt, now)
    finally:
        ledger.drop(entry.erasure_id)


def restored(door: Door, entry: Erasure, name: str) -> None:
    """An older snapshot brings the person back and knows nothing of the erasure."""
    subject = own(door, name)[1]
    with door.nova.db.transaction() as conn:
        conn.execute("DELETE FROM erasures WHERE erasure_id = %s", [entry.erasure_id])
        conn.execute("DELETE FROM conversations WHERE subject_id = %s", [entry.subject_id])
        for table in ("consents", "vault", "subject_keys"):
            conn.execute(f"DELETE FROM {table} WHERE subject_id IN (%s, %s)", [subject, entry.subject_id])
        conn.execute("UPDATE conversations SET subject_id = NULL WHERE subject_id = %s", [subject])
        conn.execute("DELETE FROM subjects WHERE subject_id = %s", [entry.subject_id])
        conn.execute("UPDATE subjects SET subject_id = %s WHERE subject_id = %s", [entry.subject_id, subject])
        conn.execute("UPDATE conversations SET subject_id = %s WHERE subject_id IS NULL", [entry.subject_id])


def held_of(nova: Any, entry: Erasure) -> Erasure:
    with nova.db.transaction() as conn:
        held = rights.erasure(conn, entry.erasure_id)
    assert held is not None
    return held


def test_what_stays_on_purpose_is_not_counted_as_gone(door: Door) -> None:
    nova: Any = door.nova
    send, subject = own(door, "bleibendes")
    user = nova.db.fetch_one("SELECT user_id FROM users WHERE external_id = %s", ("bleibendes",))["user_id"]
    send("POST", "/api/v1/me/objection")
    entry, receipt = Erasure(uuid7(), subject, user, None, datetime.now(UTC)), dict[str, Any]()
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
        assert set(rights.kept(conn, entry.person)) == {"audit_log", "erasures"}
        erase_rows(conn, entry, receipt)
        assert set(rights.kept(conn, entry.person)) == {"audit_log", "erasures"}
    assert receipt["rows"]["turns"] == 1 and not {"audit_log", "erasures"} & set(receipt["rows"])


def erased_rows(door: Door, name: str) -> ErasureRun:
    """An erasure whose rows are gone and whose files are not yet."""
    nova: Any = door.nova
    send, subject = own(door, name)
    made = send("POST", "/api/v1/ingest/doc", files={"file": (f"{name}.md", f"# Von {name}\n\nText.\n".encode())})
    assert made.status_code == 201, made.text
    user = nova.db.fetch_one("SELECT user_id FROM users WHERE external_id = %s", (name,))
    entry, receipt = Erasure(uuid7(), subject, user["user_id"], None, datetime.now(UTC)), dict[str, Any]()
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
        erase_rows(conn, entry, receipt)
        rights.note(conn, entry.erasure_id, receipt)
    return ErasureRun(entry, Any, receipt)  # type: ignore[arg-type]


def test_an_erasure_waits_for_a_snapshot_that_keeps_files(door: Door) -> None:
    nova: Any = door.nova
    work = erased_rows(door, "gesichert")
    keys = [f"docs/raw/{name}" for name in work.pending["raw"]] + [f"docs/processed/{name}" for name in work.pending["texts"]]
    assert len(keys) == 2
    with dump.removals_held(door.nova.db), pytest.raises(JobWaits, match="Sicherung"):
        visit(nova, "files", work)
    assert "files" not in work.receipt and all(door.nova.objects.exists(key) for key in keys)
    visit(nova, "files", work)
    assert work.receipt["files"] == {"deleted": 2, "shared": 0} and not any(door.nova.objects.exists(key) for key in keys)


def test_erasures_come_one_after_the_other_and_after_a_snapshot(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    nova: Any = door.nova
    work = erased_rows(door, "nacheinander")
    held = hold(nova.db, ERASING, 1.0)
    assert held is not None
    with closing(held), pytest.raises(JobWaits):
        handler(erasures_of(nova), eraser_of(nova))(SimpleNamespace(args={"erasure_id": str(work.entry.erasure_id)}))  # type: ignore[arg-type]
    monkeypatch.setattr(snapshots, "SNAPSHOT_PATIENCE_S", 0.0)
    with Kept(nova.settings.NOVA_DATA).writing(), pytest.raises(JobWaits, match="Sicherung"):
        visit(nova, "snapshots", work)
    visit(nova, "snapshots", work)
    assert work.receipt["snapshots"] == {"deleted": [], "left": []}


def test_a_wish_to_delete_snapshots_is_heard_while_the_erasure_runs(door: Door) -> None:
    nova: Any = door.nova
    _, subject = own(door, "nachtrag")
    for purge in (False, True):
        body = {"subject": str(subject), "purge_snapshots": purge}
        started = door.admin("POST", "/api/v1/admin/erasures", json=body).json()["data"]
    with nova.db.transaction() as conn:
        entry = rights.erasure(conn, UUID(started["erasure_id"]))
        assert entry is not None
        rights.note(conn, entry.erasure_id, {"rows_at": datetime.now(UTC).isoformat()})  # as the job does that does not know of it yet
    kept = Kept(nova.settings.NOVA_DATA)
    with kept.writing() as folder:
        made = Snapshot(uuid4(), "nova-x.tar", datetime.now(UTC) - timedelta(hours=1), 1, "x", False, "person", "0", "0", False)
        (folder / made.file).write_bytes(b"x")
        write_record(folder / made.file, made)
    work = ErasureRun(entry, Any, {"rows_at": datetime.now(UTC).isoformat()})  # type: ignore[arg-type]
    visit(nova, "snapshots", work)
    assert work.receipt["snapshots"] == {"deleted": [str(made.snapshot_id)], "left": []} and kept.list() == []


class Watched:
    """An audit log that knows what the ledgers said when something was noted."""

    def __init__(self, nova: Any, erasure_id: UUID) -> None:
        self.inner, self.nova, self.erasure_id = nova.audit, nova, erasure_id
        self.done: list[bool] = []

    def record(self, actor: Any, action: str, target: str, facts: Any = None, *, connection: Any) -> None:
        with self.nova.db.transaction() as conn:
            held = rights.erasure(conn, self.erasure_id)
        self.done.append(held is not None and held.done_at is not None)
        self.inner.record(actor, action, target, facts, connection=connection)


def test_an_erasure_is_done_only_once_its_receipts_hash_stands_in_the_audit_log(door: Door) -> None:
    nova: Any = door.nova
    entry = Erasure(uuid7(), uuid4(), None, None, datetime.now(UTC))
    receipt: dict[str, Any] = {"rows": {}, "snapshots": {"left": []}, "aside": [], "storage": {"left": []}, "index": {"rewritten": True}}
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
    watched = Watched(nova, entry.erasure_id)
    nova.audit = watched
    try:
        eraser_of(nova).close(ErasureRun(entry, SimpleNamespace(guard=lambda _: None), receipt))  # type: ignore[arg-type]
    finally:
        nova.audit = watched.inner
        ledger_of(nova).drop(entry.erasure_id)
    assert watched.done == [False]
    with nova.db.transaction() as conn:
        held = rights.erasure(conn, entry.erasure_id)
    noted = nova.db.fetch_one("SELECT facts FROM audit_log WHERE action = 'erasure.done' AND target = %s", (str(entry.erasure_id),))
    assert held is not None and held.done_at is not None and noted["facts"]["sha256"] == held.receipt["sha256"] == seal_of(held.receipt)


def test_what_was_left_unfinished_goes_on_by_the_clock(door: Door) -> None:
    nova: Any = door.nova
    _, subject = own(door, "unfertig")
    entry, told = Erasure(uuid7(), subject, None, None, datetime.now(UTC)), dict[str, Any]()
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
    handler(erasures_of(nova), eraser_of(nova))(SimpleNamespace(args={}, finish=told.update))  # type: ignore[arg-type]
    assert told["started"] >= 1
    assert [job.title for job in nova.jobs.list(kind="erase", limit=50)].count(f"Löschung {entry.erasure_id}") == 1
    handler(erasures_of(nova), eraser_of(nova))(SimpleNamespace(args={}, finish=told.update))  # type: ignore[arg-type]
    assert told["started"] == 0


class Slow:
    """A job whose transaction takes a moment to end; `until` is when it did."""

    until: datetime

    def guard(self, conn: Any) -> None:
        time.sleep(0.05)
        self.until = datetime.now(UTC)


def test_whatever_saw_the_person_counts_as_from_before_the_erasure(door: Door) -> None:
    nova: Any = door.nova
    _, subject = own(door, "gesehen")
    slow, entry = Slow(), Erasure(uuid7(), subject, None, None, datetime.now(UTC))
    with nova.db.transaction() as conn:
        rights.ask(conn, entry)
    work = ErasureRun(entry, slow)  # type: ignore[arg-type]
    visit(nova, "rows", work)
    assert datetime.fromisoformat(work.receipt["rows_at"]) >= slow.until


def test_an_erasure_leaves_the_work_on_others_documents_of_the_same_name(door: Door) -> None:
    nova: Any = door.nova
    send, subject = own(door, "gleichnamig")
    other, _ = own(door, "namensvetter")
    for number, who in enumerate((send, other)):
        made = who("POST", "/api/v1/ingest/doc", files={"file": ("rechnung.md", f"# Rechnung {number}\n\nIm Keller.\n".encode())})
        assert made.status_code == 201, made.text
    named = {row["external_id"]: row["user_id"] for row in nova.db.fetch_all("SELECT external_id, user_id FROM users")}
    waiting = nova.jobs.start(Kind("nobody-does-this"), {"key": "x"}, title="rechnung.md", owner=named["namensvetter"])
    said = "SELECT title FROM jobs WHERE owner = %s OR job_id = %s"
    before = nova.db.fetch_all(said, (named["namensvetter"], waiting))
    with nova.db.transaction() as conn:
        erase_rows(conn, Erasure(uuid7(), subject, named["gleichnamig"], None, datetime.now(UTC)), {})
    assert nova.db.fetch_all(said, (named["namensvetter"], waiting)) == before and len(before) >= 2
    nova.jobs.cancel(waiting)
