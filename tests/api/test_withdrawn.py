"""What people withdrew is known outside the database: an older snapshot brings back neither their words nor the right to use them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.errors import Misconfigured, ServerAbsent
from nova.flows.withdrawals import FILE, Withdrawals
from nova.store.people.people import ConsentEnd
from nova.store.people.rights import Erasure
from nova.wiring.erasure import ledger_of, reapplication_of, withdrawals_of
from tests.api import test_hook as hook
from tests.api.house import QUESTION, Door
from tests.api.test_consent import ask, row_of, say

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def standing(door: Door, subject: Any) -> dict[str, bool]:
    told = door.admin("GET", f"/api/v1/admin/consents/{subject}").json()["data"]["purposes"]
    return {row["purpose"]: row["given"] for row in told}


def set_back(door: Door, subject: Any, answer_id: Any = None) -> None:
    """As an older snapshot leaves it."""
    door.nova.db.execute("DELETE FROM consents WHERE subject_id = %s AND NOT given", [subject])
    said = "UPDATE answers SET question = %s, purposes = '{service,analytics,training}' WHERE answer_id = %s"
    door.nova.db.execute(said, [QUESTION, answer_id])


@pytest.mark.parametrize("way", ["person", "operator", "objection"])
def test_a_withdrawal_outlives_an_older_snapshot(door: Door, way: str) -> None:
    nova: Any = door.nova
    name = f"zieht-zurueck-{way}"
    who = door.person(name)
    answer_id = ask(who, QUESTION)["answer_id"]
    subject = row_of(door, answer_id)["subject_id"]
    if way == "person":
        say(who, service=False, analytics=False, training=False)
    elif way == "operator":
        note = {"user": name, "purposes": {"service": False}, "version": "v1"}
        assert door.admin("POST", "/api/v1/admin/consents", json=note).status_code == 200
    else:
        assert who("POST", "/api/v1/me/objection").status_code == 200
    before = standing(door, subject)
    set_back(door, subject, answer_id)
    assert set(standing(door, subject).values()) == {True}
    with pytest.raises(ServerAbsent, match="Widerrufe"):
        reapplication_of(nova).require_none_back()
    reapplication_of(nova).reapply()
    reapplication_of(nova).require_none_back()
    assert standing(door, subject) == before
    held = row_of(door, answer_id)
    assert held["question"] == (QUESTION if way == "objection" else "(nicht gespeichert)")
    assert held["purposes"] == (["service"] if way == "objection" else [])
    assert reapplication_of(nova).withdraw_again() == 0
    say(who, service=True, analytics=True, training=True, profiling=True)
    assert reapplication_of(nova).withdraw_again() == 0 and set(standing(door, subject).values()) == {True}


def test_who_withdrew_by_a_delivery_stays_so_where_the_snapshot_does_not_know_them(door: Door) -> None:
    nova: Any = door.nova
    body = hook.session(consent=hook.agreed())
    first = body | {"turns": [hook.turn(0, f"Frage {body['session_id']}")]}
    assert hook.counts(hook.send(door, first))["stored"] == 1
    with nova.db.transaction() as conn:
        subject = nova.people.find(conn, body["user"])
    for _ in range(2):
        hook.send(door, body | {"consent": hook.agreed(service=False, training=False, at=hook.AT + timedelta(hours=1))})
    kept = [one for one in withdrawals_of(nova).all() if one.subject_id == subject]
    assert [(one.purpose, one.at) for one in kept] == [("service", hook.AT + timedelta(hours=1))]  # nothing else was ever given
    nova.db.execute("DELETE FROM subjects WHERE subject_id = %s", [subject])
    reapplication_of(nova).reapply()
    assert hook.counts(hook.send(door, first))["refused"] == {"withdrawn": 1}
    with nova.db.transaction() as conn:
        assert nova.people.find(conn, body["user"]) == subject


def test_nobody_who_was_erased_comes_back_by_what_they_withdrew(door: Door) -> None:
    nova: Any = door.nova
    one = ConsentEnd(uuid4(), uuid4().bytes, "service", NOW)
    withdrawals_of(nova).add([one])
    entry = Erasure(uuid4(), one.subject_id, None, one.lookup, NOW, NOW)
    ledger_of(nova).put(entry)
    try:
        reapplication_of(nova).reapply()
    finally:
        ledger_of(nova).drop(entry.erasure_id)
    assert nova.db.fetch_all("SELECT 1 FROM subjects WHERE subject_id = %s OR lookup = %s", [one.subject_id, one.lookup]) == []
    withdrawals_of(nova).drop(one.subject_id)
    assert one not in withdrawals_of(nova).all()


def test_what_could_not_be_written_down_is_made_up_at_the_next_start(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    nova: Any = door.nova
    who = door.person("ohne-zeile")
    subject = row_of(door, ask(who, QUESTION)["answer_id"])["subject_id"]
    never = door.person("nie-gefragt", agrees=())
    say(never, service=False)

    def full(*_: Any) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Withdrawals, "add", full)
        say(who, training=False)  # it holds in any case
    assert [one for one in withdrawals_of(nova).all() if one.subject_id == subject] == []
    reapplication_of(nova).reapply()
    reapplication_of(nova).reapply()
    [line] = [one for one in withdrawals_of(nova).all() if one.subject_id == subject]
    assert line.purpose == "training"
    lines = (withdrawals_of(nova).folder / FILE).read_text().splitlines()
    assert len([one for one in lines if str(subject) in one]) == 1
    declined = nova.db.fetch_one("SELECT s.subject_id FROM subjects s JOIN users USING (user_id) WHERE external_id = 'nie-gefragt'")
    assert not [one for one in lines if str(declined["subject_id"]) in one]  # who never agreed has withdrawn nothing


def entry(subject: UUID, at: datetime = NOW) -> ConsentEnd:
    return ConsentEnd(subject, b"\x00\xff", "training", at)


def test_the_file_keeps_the_latest_and_mends_what_a_crash_left(tmp_path: Path) -> None:
    mine, theirs, who, other = Withdrawals(tmp_path / "mine"), Withdrawals(tmp_path / "theirs"), uuid4(), uuid4()
    assert mine.all() == []
    mine.drop(who)
    later = entry(who, NOW + timedelta(hours=1))
    mine.add([entry(who), later])
    assert mine.all() == [later]
    path = tmp_path / "mine" / FILE
    assert path.stat().st_mode & 0o077 == 0
    with path.open("ab") as file:
        file.write(b'{"subject_id": "hal')
    assert mine.all() == [later]
    mine.add([entry(other)])
    assert mine.all() == [later, entry(other)]
    theirs.add([entry(who), entry(other)])
    theirs.take_over(mine.all())
    assert theirs.all() == [later, entry(other)] and len((tmp_path / "theirs" / FILE).read_bytes().splitlines()) == 3
    mine.drop(who)
    assert mine.all() == [entry(other)]


@pytest.mark.parametrize(
    "line", [b"{}", b"nichts", b'{"subject_id":"x","lookup":null,"purpose":"service","at":"2026-01-01T00:00:00+00:00"}']
)
def test_a_line_that_cannot_be_read_is_an_error_and_no_consent(tmp_path: Path, line: bytes) -> None:
    (tmp_path / FILE).write_bytes(line + b"\n")
    with pytest.raises(Misconfigured, match="Zeile 1 ist nicht lesbar"):
        Withdrawals(tmp_path).all()
