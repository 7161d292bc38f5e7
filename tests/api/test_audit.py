"""The audit log over HTTP: found by who, what, whereon and when; looked through; and tokens opened by programs, noted and counted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from nova.governance.audit import anchors, chain
from nova.records import Caller
from nova.store.postgres.db import Database
from tests.api.house import Door, opened
from tests.noting import note

PATH = "/api/v1/admin/audit"


def found(door: Door, **asked: Any) -> list[tuple[str, str]]:
    answer = door.person("alma", "auditor")("GET", PATH, params=asked)
    assert answer.status_code == 200, answer.text
    return [(entry["action"], entry["target"]) for entry in answer.json()["data"]["entries"]]


def test_entries_are_found_by_who_what_whereon_and_when(door: Door) -> None:
    person, start = Caller("reviewer", uuid4()), datetime.now(UTC)
    for number in range(3):
        note(door.nova.db, "matrix.kept", f"a_{number}", actor=person)
        note(door.nova.db, "matrixXkept", f"ab{number}")
    end = datetime.now(UTC)
    note(door.nova.db, "matrix.later", "c", actor=person)
    kept = [("matrix.kept", f"a_{number}") for number in (2, 1, 0)]
    assert found(door, actor=f"reviewer:{person.user_id}") == [("matrix.later", "c"), *kept]
    assert found(door, action="matrix.") == [("matrix.later", "c"), *kept]  # a point is a point
    assert found(door, action="matrix", target="a_") == kept  # and no sign stands for another
    assert found(door, action="matrix.k%") == []
    assert found(door, **{"action": "matrix.", "from": start.isoformat(), "to": end.isoformat()}) == kept
    assert found(door, **{"from": (end + timedelta(days=1)).isoformat()}) == []
    assert found(door, action="matrix.", limit=2) == [("matrix.later", "c"), kept[0]]
    assert door.admin("GET", PATH, params={"wer": "x"}).status_code == 400
    kinds = door.admin("GET", f"{PATH}/actions").json()["data"]["actions"]
    assert kinds == sorted(set(kinds)) and {"matrix.kept", "matrix.later", "matrixXkept"} <= set(kinds)


def test_an_auditor_looks_through_the_log(door: Door) -> None:
    auditor = door.person("alma", "auditor")
    data, now = door.nova.settings.NOVA_DATA, datetime.now(UTC)
    anchors.write(data, chain.seal(door.nova.db, now), now)
    note(door.nova.db, "later", "x")
    verdict = auditor("GET", f"{PATH}/verify").json()["data"]
    assert (verdict["ok"], verdict["first"], verdict["unsealed"], verdict["anchors"]) == (True, None, 1, 2)
    with door.nova.db.transaction() as conn:
        conn.execute("ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_change")
        seq = conn.execute("UPDATE audit_log SET actor = 'x' WHERE seq = (SELECT min(seq) + 1 FROM audit_log) RETURNING seq").fetchone()
        conn.execute("ALTER TABLE audit_log ENABLE TRIGGER audit_log_no_change")
    verdict = auditor("GET", f"{PATH}/verify").json()["data"]
    assert seq and not verdict["ok"] and (verdict["first"]["kind"], verdict["first"]["seq"]) == ("row_edited", seq["seq"])


def test_programs_open_only_so_many_tokens(database: Database, tmp_path: Path) -> None:
    with opened(database, tmp_path, NOVA_RATE_REIDENTIFY="2/hour") as door:
        with door.nova.db.transaction() as conn:
            subject = door.nova.people.subject(conn, "kundin")
            token = door.nova.people.tokens(conn, subject)("name", "Erika Mustermann")
        program = door.person("svc-rueckruf", "service")
        asked = [program("POST", "/api/v1/service/reidentify", json={"token": token, "reason": "rueckruf"}) for _ in range(3)]
        assert [answer.status_code for answer in asked] == [200, 200, 429]
        assert asked[0].json()["data"]["value"] == "Erika Mustermann"
        assert asked[0].headers["cache-control"] == "no-store"
        assert door.admin("POST", "/api/v1/service/reidentify", json={"token": token, "reason": "rueckruf"}).status_code == 403
        entries = door.admin("GET", PATH, params={"action": "vault.opened"})
        assert len(entries.json()["data"]["entries"]) == 2 and "Erika" not in entries.text


def test_who_may_start_a_job_may_watch_it(door: Door) -> None:
    engineer = door.person("emil", "engineer")
    made = engineer("POST", "/api/v1/admin/pipelines/vector-ingest", json={"replay": True})
    job = f"/api/v1/jobs/{made.json()['data']['job_id']}"
    assert made.status_code == 200 and engineer("GET", job).json()["data"]["kind"] == "vector-ingest"
    for other in (door.person("rita", "reviewer"), door.person("anna")):
        assert other("GET", job).status_code == 404
    entry = door.admin("GET", PATH, params={"action": "pipeline.started"}).json()["data"]["entries"][0]
    assert entry["actor"].startswith("engineer:") and entry["facts"] == {"pipeline": "vector-ingest", "replay": True}
