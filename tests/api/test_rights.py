"""People's rights over HTTP: one's own data and nobody else's, corrections, objection, erasure after a confirmation, and receipts."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova import journal
from nova.errors import ServerAbsent
from nova.flows.erasure.rows import erase_rows
from nova.flows.erasure.run import ErasureRun
from nova.governance import consent, consent_log
from nova.store.ids import uuid7
from nova.store.people import rights
from nova.store.people.rights import Erasure
from nova.wiring.erasure import ledger_of, reapplication_of
from tests.api import test_hook as hook
from tests.api.house import Door
from tests.erasing import visit

ALL = {"service": True, "analytics": True, "training": True}


def own(door: Door, name: str) -> tuple[Any, UUID]:
    """Somebody who signs in, agrees to everything and has said something; what sends for them, and their pseudonym."""
    send, now = door.person(name), datetime.now(UTC)
    nova = door.nova
    with nova.db.transaction() as conn:
        user = conn.execute("SELECT user_id FROM users WHERE external_id = %s", (name,)).fetchone()
        assert user is not None
        subject = nova.people.subject_of_user(conn, user["user_id"])
        text = consent.shipped()
        consent.record(conn, subject, consent.Statement(ALL, text.version, text.sha256, now, "web"), now)  # type: ignore[arg-type]
        token = nova.people.tokens(conn, subject)("name", f"Erika {name}")
        talk = uuid4()
        conn.execute(
            "INSERT INTO conversations (conversation_id, source, session_key, subject_id, purposes, started_at, last_at, turns)"
            " VALUES (%s, 'x', %s, %s, %s, %s, %s, 1)",
            (talk, str(talk), subject, list(ALL), now, now),
        )
        conn.execute(
            "INSERT INTO turns (conversation_id, seq, role, ts, text, digest) VALUES (%s, 0, 'user', %s, %s, 'd')",
            (talk, now, f"Ich bin {token} aus {name}."),
        )
    return send, subject


def test_the_export_is_all_of_ones_own_and_nothing_of_others(door: Door) -> None:
    send, subject = own(door, "clara")
    own(door, "dora")
    made = send("POST", "/api/v1/ingest/doc", files={"file": ("keller clara.md", b"# Keller\n\nIm Keller von clara.\n")})
    assert made.status_code == 201, made.text
    answer = send("GET", "/api/v1/me/data")
    assert answer.headers["content-disposition"] == f'attachment; filename="nova-daten-{subject}.json"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    told = answer.json()
    assert told["person"]["external_id"] == "clara" and told["person"]["subject_id"] == str(subject)
    tables = told["tables"]
    assert len(tables["consents"]) >= 3 and len(tables["turns"]) == 1 and len(tables["items"]) == 1
    token = tables["turns"][0]["text"].split()[2]
    assert told["tokens"][token] == "Erika clara"
    assert "sealed" not in tables["vault"][0] and "wrapped" not in tables["subject_keys"][0] and "lookup" not in tables["subjects"][0]
    assert "dora" not in answer.text
    packed = zipfile.ZipFile(io.BytesIO(send("GET", "/api/v1/me/data", params={"format": "zip"}).content))
    assert json.loads(packed.read("daten.json"))["tables"]["turns"] == tables["turns"]
    documents = [name for name in packed.namelist() if name.startswith("dokumente/")]
    assert [name.split("/")[-1] for name in documents] == ["1-keller clara.md"]
    assert packed.read(documents[0]) == b"# Keller\n\nIm Keller von clara.\n"
    for_operator = door.admin("GET", f"/api/v1/admin/subjects/{subject}/export").json()
    assert for_operator["tables"]["turns"] == tables["turns"]


def test_an_export_names_a_document_that_the_store_has_lost(door: Door) -> None:
    send, _ = own(door, "lotte")
    for name in ("da.md", "weg.md"):
        assert send("POST", "/api/v1/ingest/doc", files={"file": (name, f"# {name}\n\nText.\n".encode())}).status_code == 201
    row = door.nova.db.fetch_one("SELECT item_id, sha256 FROM item_versions WHERE filename = 'weg.md'")
    assert row is not None
    door.nova.objects.delete(f"docs/raw/{row['sha256']}")
    packed = zipfile.ZipFile(io.BytesIO(send("GET", "/api/v1/me/data", params={"format": "zip"}).content))
    assert [name.split("/")[-1] for name in packed.namelist() if name.startswith("dokumente/")] == ["1-da.md"]
    assert f"{row['item_id']}/1-weg.md" in packed.read("LIESMICH.txt").decode()


def test_a_correction_reaches_every_place_where_the_words_are_kept(door: Door) -> None:
    send = door.person("berichtigt")
    for way in ("turn", "answer"):
        told = send("POST", "/api/v1/rag/ask", json={"question": f"Altwort {way}: wie oft sind Musterlampen zu prüfen?"}).json()["data"]
        judged = {"question": f"Altwort {way}?", "answer": "x", "useful": True, "answer_id": told["answer_id"]}
        assert send("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
        wish: dict[str, Any] = {"answer": {"answer_id": told["answer_id"], "question": "Neuwort?"}}
        if way == "turn":
            wish = {"turn": {"conversation_id": told["conversation_id"], "seq": 0, "text": "Neuwort?"}}
        assert send("PATCH", "/api/v1/me/data", json=wish).status_code == 200
    found = door.nova.db.fetch_all(
        "SELECT question AS said FROM answers UNION ALL SELECT text FROM turns UNION ALL SELECT question FROM rag_feedback"
    )
    assert not [row for row in found if "Altwort" in row["said"]]
    assert sum(row["said"] == "Neuwort?" for row in found) == 6


def test_a_correction_is_redacted_and_only_of_ones_own_words(door: Door) -> None:
    send, subject = own(door, "emil")
    other, _ = own(door, "franz")
    talk = door.nova.db.fetch_one("SELECT conversation_id FROM conversations WHERE subject_id = %s", (subject,))
    assert talk is not None
    wish = {"turn": {"conversation_id": str(talk["conversation_id"]), "seq": 0, "text": "Meine Mail ist emil@example.org."}}
    assert other("PATCH", "/api/v1/me/data", json=wish).status_code == 404
    assert send("PATCH", "/api/v1/me/data", json=wish).json()["data"] == {"corrected": 1}
    row = door.nova.db.fetch_one("SELECT text FROM turns WHERE conversation_id = %s", (talk["conversation_id"],))
    assert row is not None and "example.org" not in row["text"] and row["text"].startswith("Meine Mail ist [E-MAIL_")
    assert send("PATCH", "/api/v1/me/data", json={}).status_code == 400
    assert send("PUT", "/api/v1/me/consent", json={"purposes": {"service": False}, "version": "v1"}).status_code == 200
    answer = {"answer": {"answer_id": str(uuid4()), "question": "Was nun?"}}
    assert send("PATCH", "/api/v1/me/data", json=answer).status_code == 403


def test_who_objects_is_answered_and_used_for_nothing_else(door: Door) -> None:
    send, subject = own(door, "gerda")
    assert send("POST", "/api/v1/me/objection").json()["data"] == {"agreed": ["service"]}
    rows = door.nova.db.fetch_all("SELECT purpose, source FROM consents WHERE subject_id = %s AND NOT given", (subject,))
    assert {(row["purpose"], row["source"]) for row in rows} == {
        (purpose, "objection") for purpose in ("analytics", "training", "profiling")
    }
    row = door.nova.db.fetch_one("SELECT purposes FROM conversations WHERE subject_id = %s", (subject,))
    assert row is not None and row["purposes"] == ["service"]
    assert door.nova.jobs.list(kind="relearn", limit=5)


def test_erasing_oneself_takes_a_confirmation_of_ones_own(door: Door) -> None:
    send, subject = own(door, "heinz")
    other, _ = own(door, "ida")
    confirm = send("DELETE", "/api/v1/me").json()["data"]["confirm"]
    assert other("DELETE", "/api/v1/me", params={"confirm": confirm}).status_code == 400
    assert send("DELETE", "/api/v1/me", params={"confirm": "1.x"}).status_code == 400
    in_the_body = send("DELETE", "/api/v1/me", json={"confirm": confirm})
    assert in_the_body.status_code == 400 and "?confirm=" in in_the_body.json()["message"]
    assert not [one for one in ledger_of(door.nova).all() if one.subject_id == subject]
    started = send("DELETE", "/api/v1/me", params={"confirm": confirm}).json()["data"]
    assert started["erasure_id"] and started["job_id"]
    again = door.admin("POST", "/api/v1/admin/erasures", json={"subject": "heinz"})
    assert again.status_code == 202 and again.json()["data"]["erasure_id"] == started["erasure_id"]
    assert again.json()["data"]["job_id"] == started["job_id"]
    entry = next(one for one in ledger_of(door.nova).all() if one.subject_id == subject)
    assert str(entry.erasure_id) == started["erasure_id"] and entry.done_at is None
    told = door.admin("GET", f"/api/v1/admin/erasures/{entry.erasure_id}").json()["data"]
    assert told["done_at"] is None and told["subject_id"] == str(subject)
    with door.nova.db.transaction() as conn:
        assert rights.still_there(conn, [entry]) == {entry.erasure_id}


def test_a_delivery_from_before_an_erasure_brings_nobody_back(door: Door) -> None:
    body = hook.session(consent=hook.agreed(analytics=True))
    body["turns"] = [hook.turn(0, f"Frage {body['session_id']}")]
    assert hook.counts(hook.send(door, body))["stored"] == 1
    with door.nova.db.transaction() as conn:
        subject = door.nova.people.find(conn, body["user"])
        person = rights.find(conn, str(subject))
        assert isinstance(person, rights.Person)
        entry = rights.Erasure(uuid4(), person.subject_id, None, person.lookup, datetime.now(UTC))
        rights.ask(conn, entry)
        receipt: dict[str, Any] = {}
        erase_rows(conn, entry, receipt)
        rights.note(conn, entry.erasure_id, receipt, datetime.now(UTC))
    assert receipt["rows"]["turns"] == 1 and receipt["rows"]["subjects"] == 1
    assert hook.counts(hook.send(door, body))["refused"] == {"erased": 1}
    assert hook.turns(door.nova.db, body) == []
    anew = body | {"consent": hook.agreed(at=datetime.now(UTC)), "session_id": uuid4().hex}
    anew["turns"] = [hook.turn(0, f"Neu {anew['session_id']}")]
    assert hook.counts(hook.send(door, anew))["stored"] == 1
    with door.nova.db.transaction() as conn:
        assert rights.still_there(conn, [entry]) == set()


@pytest.mark.parametrize("name", ["niemand", "00000000-0000-4000-8000-00000000c0de", "nova conversations"])
def test_nobody_is_found_under_a_name_that_is_nobodys(door: Door, name: str) -> None:
    assert door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": name}).status_code == 404
    assert door.admin("POST", "/api/v1/admin/erasures", json={"subject": name}).status_code == 404


def test_a_person_is_found_by_every_name_and_renamed(door: Door) -> None:
    _, subject = own(door, "jonas")
    own(door, "klara")
    found = door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": "jonas"}).json()["data"]
    for name in (str(subject), found["user_id"]):
        assert door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": name}).json()["data"] == found
    path = f"/api/v1/admin/subjects/{subject}"
    assert door.admin("PATCH", path, json={"external_id": "klara"}).status_code == 409
    assert door.admin("PATCH", path, json={"external_id": "mit leer"}).status_code == 400
    assert door.admin("PATCH", path, json={"external_id": "jonas-neu"}).json()["data"]["external_id"] == "jonas-neu"
    assert door.admin("POST", "/api/v1/admin/subjects/find", json={"subject": "jonas"}).status_code == 404
    with door.nova.db.transaction() as conn:
        assert door.nova.people.find(conn, "jonas-neu") == subject


def test_a_renamed_persons_tokens_and_sessions_end_and_act_for_nobody(door: Door) -> None:
    send, subject = own(door, "umbenannt")
    path = f"/api/v1/admin/subjects/{subject}"
    assert door.admin("PATCH", path, json={"external_id": "umbenannt"}).status_code == 200
    assert send("GET", "/api/v1/me/consent").status_code == 200  # the same name is no other
    signed_in = door.client.post("/api/v1/session", json={"key": send.headers["Authorization"].removeprefix("Bearer ")})
    assert signed_in.status_code == 200 and door.client.get("/api/v1/me/consent").status_code == 200
    assert door.admin("PATCH", path, json={"external_id": "anders-benannt"}).status_code == 200
    assert door.client.get("/api/v1/me/consent").status_code == 401
    door.client.cookies.clear()
    assert send("GET", "/api/v1/me/consent").status_code == 401
    tokens = [row for row in door.admin("GET", "/api/v1/admin/keys").json()["data"]["tokens"] if row["user"] == "anders-benannt"]
    assert tokens and all(row["revoked_at"] for row in tokens)
    door.nova.token("umbenannt")  # somebody new of the former name
    assert send("GET", "/api/v1/me/consent").status_code == 401
    back = "umbenannt-wieder"
    assert door.admin("PATCH", path, json={"external_id": back}).status_code == 200
    assert door.admin("PATCH", path, json={"external_id": "anders-benannt"}).status_code == 200
    assert send("GET", "/api/v1/me/consent").status_code == 401


def test_a_token_stays_withdrawn_when_a_person_gets_their_former_name_back(door: Door) -> None:
    send, subject = own(door, "hin")
    for name in ("weg", "hin"):
        assert door.admin("PATCH", f"/api/v1/admin/subjects/{subject}", json={"external_id": name}).status_code == 200
    assert send("GET", "/api/v1/me/consent").status_code == 401


def test_retention_says_what_is_kept_and_counts_without_removing(door: Door) -> None:
    told = door.admin("GET", "/api/v1/admin/retention").json()["data"]
    rules = {rule["name"]: rule for rule in told["rules"]}
    assert rules["antworten"]["days"] == 365 and rules["protokoll"]["days"] is None and not told["own"]
    before = len(door.nova.jobs.list(kind="retention-rows", limit=50))
    done = door.admin("POST", "/api/v1/admin/retention", json={"dry_run": True}).json()["data"]
    assert done["dry_run"] and done["job_id"] is None and done["due"]["antworten"] == 0
    assert len(door.nova.jobs.list(kind="retention-rows", limit=50)) == before


def test_a_worker_does_not_begin_while_somebody_who_was_erased_is_back(door: Door) -> None:
    nova: Any = door.nova
    _, subject = own(door, "zurueck")
    entry = Erasure(uuid7(), UUID(str(subject)), None, None, datetime.now(UTC))
    ledger = ledger_of(nova)
    ledger.put(entry)
    try:
        reapplication_of(nova).require_none_back()  # it is wanted and not done: the Nova that serves is at it
        ledger.put(replace(entry, done_at=datetime.now(UTC)))
        with pytest.raises(ServerAbsent, match="schon gelöscht"):
            reapplication_of(nova).require_none_back()
    finally:
        ledger.drop(entry.erasure_id)


def test_an_erasure_takes_the_pseudonym_from_the_page_of_consents(door: Door) -> None:
    nova: Any = door.nova
    _, subject = own(door, "seite")
    _, other = own(door, "bleibt")
    data = nova.settings.NOVA_DATA
    consent_log.ConsentLog(nova.db, data).write()
    page = journal.journal(data) / consent_log.PLACE
    assert str(subject) in page.read_text()
    entry, receipt = Erasure(uuid7(), UUID(str(subject)), None, None, datetime.now(UTC)), dict[str, Any]()
    with nova.db.transaction() as conn:
        erase_rows(conn, entry, receipt)
    visit(nova, "files", ErasureRun(entry, Any, receipt))  # type: ignore[arg-type]
    assert str(subject) not in page.read_text()
    assert str(other) in page.read_text()
