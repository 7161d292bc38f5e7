"""Words of people: none is stored without their consent, before it, after it or while it ends; with it they are stored without values."""

import io
import json
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from nova.errors import Misconfigured, PrivacyError
from nova.flows import consents
from nova.flows.sessions import Session, SessionReception
from nova.governance import consent
from nova.knowledge.index import drain
from nova.knowledge.passages import TalkRoom, ingest
from nova.privacy import strict_scan
from nova.store.people import rights
from nova.store.postgres.embedded import client_environment, client_program
from nova.telemetry.conversations import Delivery, Turn
from nova.wiring.chats import desk_of
from tests.api.house import QUESTION, Door, Person
from tests.fakes.running import Context

MARK = "zqvmarke"
NOT_KEPT = "(nicht gespeichert)"
Keep = Callable[[str, Any, Any], str]


def ask(who: Person, question: str, **more: Any) -> dict[str, Any]:
    """The answer to a question."""
    answer = who("POST", "/api/v1/rag/ask", json={"question": question, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def say(who: Person, **purposes: bool) -> dict[str, Any]:
    """Consent or withdraw as a person does."""
    version = who("GET", "/api/v1/me/consent").json()["data"]["text"]["version"]
    answer = who("PUT", "/api/v1/me/consent", json={"purposes": purposes, "version": version})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def row_of(door: Door, answer_id: str) -> dict[str, Any]:
    """An answer as it is stored."""
    row = door.nova.db.fetch_one("SELECT * FROM answers WHERE answer_id = %s", [UUID(answer_id)])
    assert row
    return row


def turns_of(door: Door, answer_id: str) -> list[dict[str, Any]]:
    """The turns that hold an answer."""
    return door.nova.db.fetch_all("SELECT * FROM turns WHERE answer_id = %s ORDER BY seq", [UUID(answer_id)])


def session(user: str, text: str, given: bool | None = None, at: datetime | None = None) -> Session:
    """A delivery of one turn; `given`: with a consent or withdrawal in it."""
    now, shipped = datetime.now(UTC), consent.shipped()
    turn = Turn(0, "user", at or now, text)
    said = None if given is None else consent.Statement({"service": given}, shipped.version, shipped.sha256, at or now, "test")
    return Session(user, Delivery("sophia", uuid4().hex, (turn,)), said)


def reception(door: Door) -> SessionReception:
    return SessionReception(door.nova.db, door.nova.jobs, desk_of(door.nova.people))


def take(door: Door, sent: Session) -> dict[str, Any]:
    return reception(door).receive(sent, uuid4().hex, repr(sent.delivery.turns), datetime.now(UTC))


def test_a_conversation_of_ones_own_is_kept_in_turns(door: Door) -> None:
    anna = door.person("anna-im-chat")
    together = str(uuid4())
    first = ask(anna, "Ich bin unter anna.zwirn@example.org zu erreichen. Wie oft sind Musterlampen zu prüfen?", conversation_id=together)
    second = ask(anna, QUESTION, conversation_id=together)
    assert first["conversation_id"] == second["conversation_id"] == together
    held = row_of(door, first["answer_id"])
    assert str(held["conversation_id"]) == together
    assert held["purposes"] == ["analytics", "profiling", "service", "training"]
    assert "[E-MAIL_" in held["question"]
    told = turns_of(door, first["answer_id"]) + turns_of(door, second["answer_id"])
    assert [(turn["seq"], turn["role"]) for turn in told] == [(0, "user"), (1, "assistant"), (2, "user"), (3, "assistant")]
    assert told[0]["text"] == held["question"]
    assert "[chunk" not in told[1]["text"]
    assert told[1]["meta"]["refused"] is False
    for start, end, *_ in held["retrieval"]["said"]:
        assert held["answer"][start:end].strip() == held["answer"][start:end] != ""
    alone = ask(anna, QUESTION)
    assert alone["conversation_id"] not in (together, None)


def test_a_deleted_answer_is_gone_from_its_conversation(door: Door) -> None:
    anna = door.person("anna-loescht")
    together = str(uuid4())
    first, second = (ask(anna, QUESTION, conversation_id=together)["answer_id"] for _ in range(2))
    before = door.nova.db.fetch_one("SELECT digest FROM conversations WHERE conversation_id = %s", [UUID(together)])
    assert anna("DELETE", f"/api/v1/rag/answers/{first}").status_code == 200
    after = door.nova.db.fetch_one("SELECT digest, turns FROM conversations WHERE conversation_id = %s", [UUID(together)])
    assert before and after and after["turns"] == 2 and after["digest"] != before["digest"]
    assert [turn["seq"] for turn in turns_of(door, second)] == [2, 3]


def test_nobody_goes_on_with_anothers_conversation(door: Door) -> None:
    anna, ben = door.person("anna-allein"), door.person("ben-allein")
    together = str(uuid4())
    ask(anna, QUESTION, conversation_id=together)
    intruded = ask(ben, QUESTION, conversation_id=together)["answer_id"]
    assert len(door.nova.db.fetch_all("SELECT seq FROM turns WHERE conversation_id = %s", [UUID(together)])) == 2
    assert row_of(door, intruded)["question"] == QUESTION
    assert str(row_of(door, intruded)["conversation_id"]) != together
    assert len(turns_of(door, intruded)) == 2


def test_without_consent_the_bare_numbers_are_kept(door: Door) -> None:
    ben = door.person("ben-ohne", agrees=("analytics", "training"))
    given = ask(ben, QUESTION)
    assert given["status"] == "answered"
    held = row_of(door, given["answer_id"])
    assert (held["question"], held["answer"], held["purposes"], held["status"]) == (NOT_KEPT, "", [], "answered")
    assert held["timings_ms"] and {(start, end) for start, end, *_ in held["retrieval"]["said"]} == {(0, 0)}
    assert turns_of(door, given["answer_id"]) == []
    shown = ben("GET", f"/api/v1/rag/answers/{given['answer_id']}").json()["data"]
    assert (shown["question"], shown["answer"]) == (NOT_KEPT, "")
    assert ben("GET", "/api/v1/rag/answers").json()["data"]["answers"][0]["question"] == NOT_KEPT


def test_a_stream_and_the_openai_chat_take_the_same_way(door: Door) -> None:
    for agrees, kept in (((), NOT_KEPT), (("service",), QUESTION)):
        who = door.person(f"im-strom-{uuid4()}", agrees=agrees)  # type: ignore[arg-type]
        who("POST", "/api/v1/rag/ask", json={"question": QUESTION, "stream": True})
        who("POST", "/v1/chat/completions", json={"messages": [{"role": "user", "content": QUESTION}]})
        listed = who("GET", "/api/v1/rag/answers").json()["data"]["answers"]
        assert [row["question"] for row in listed] == [kept, kept]


@pytest.mark.parametrize("error", [PrivacyError("nein"), Misconfigured("kein Schlüssel")])
def test_an_answer_is_given_also_when_it_cannot_be_kept(door: Door, error: Exception) -> None:
    anna = door.person(f"anna-{uuid4()}")

    def broken(*_: Any) -> str:
        raise error

    keeper: Any = door.nova.answers.keeper
    calls = []

    def failing(text: str, token: Any = None, known: Mapping[str, str] | None = None) -> str:
        calls.append(text)
        return broken() if token else text

    object.__setattr__(keeper, "desk", replace(keeper.desk, redact=failing))
    try:
        given = ask(anna, QUESTION)
    finally:
        object.__setattr__(keeper, "desk", desk_of(door.nova.people))
    assert calls and given["status"] == "answered"
    assert row_of(door, given["answer_id"])["question"] == NOT_KEPT
    counted = door.admin("GET", "/api/v1/admin/consents").json()["data"]["refusals"]
    assert [row["n"] for row in counted if row["reason"] == "keep_failed"] >= [1]


@pytest.mark.parametrize("ended", ["service", "analytics", "both", "answer"])
def test_passages_go_with_the_consent_or_the_answer_that_made_them(door: Door, ended: str) -> None:
    who = door.person(f"durchsuchbar-{uuid4()}")
    answer_id = ask(who, QUESTION)["answer_id"]
    ingest(TalkRoom(door.nova.index_room, door.nova.people.agreed, strict_scan), Context())
    found = "SELECT c.item_id, x.chunk_id FROM conversations c JOIN item_chunks x USING (item_id) WHERE c.conversation_id = %s"
    held = door.nova.db.fetch_all(found, [row_of(door, answer_id)["conversation_id"]])
    assert {row["chunk_id"] for row in held} <= set(door.nova.index.ids()) and held
    if ended == "answer":
        who("DELETE", f"/api/v1/rag/answers/{answer_id}")
        drain(door.nova.index_room)
    else:
        say(who, **dict.fromkeys(("service", "analytics") if ended == "both" else (ended,), False))
        assert row_of(door, answer_id)["question"] == (QUESTION if ended == "analytics" else NOT_KEPT)
        for job in door.nova.jobs.list(kind="apply", limit=5):
            door.nova.jobs.wait(job.job_id, 10)
    assert door.nova.db.fetch_all("SELECT item_id FROM items WHERE item_id = %s", [held[0]["item_id"]]) == []
    assert {row["chunk_id"] for row in held} & set(door.nova.index.ids()) == set()


def test_the_operators_answers_belong_to_nobody(door: Door) -> None:
    given = door.admin("POST", "/api/v1/rag/ask", json={"question": QUESTION}).json()["data"]
    held = row_of(door, given["answer_id"])
    assert (held["question"], held["subject_id"]) == (QUESTION, None)
    assert turns_of(door, given["answer_id"]) == []
    assert door.admin("GET", "/api/v1/me/consent").status_code == 403


def test_consent_is_said_purpose_by_purpose_and_withdrawn(door: Door) -> None:
    anna = door.person("anna-sagt", agrees=())
    assert [row["given"] for row in anna("GET", "/api/v1/me/consent").json()["data"]["purposes"]] == [None, None, None, None]
    assert [row["given"] for row in say(anna, service=True, analytics=True)["purposes"]] == [True, True, None, None]
    given = ask(anna, QUESTION)["answer_id"]
    assert (
        anna("POST", "/api/v1/feedback/rag", json={"question": QUESTION, "answer": "Ja.", "useful": True, "notes": "gut"}).status_code
        == 200
    )
    say(anna, analytics=False)
    assert row_of(door, given)["purposes"] == ["service"]
    told = say(anna, service=False)
    assert [row["given"] for row in told["purposes"]] == [False, False, None, None]
    assert len(told["history"]) == 4
    assert (row_of(door, given)["question"], row_of(door, given)["answer"], turns_of(door, given)) == (NOT_KEPT, "", [])
    judged = door.nova.db.fetch_all("SELECT question, answer, notes, useful FROM rag_feedback WHERE question = %s", [QUESTION])
    assert judged == []
    wrong = anna("PUT", "/api/v1/me/consent", json={"purposes": {"service": True}, "version": "v0"})
    assert wrong.status_code == 409
    nothing = anna("PUT", "/api/v1/me/consent", json={"purposes": {}, "version": "v0"}).json()["data"]
    assert nothing["purposes"] == told["purposes"]


def test_the_operator_notes_and_reads_consent(door: Door) -> None:
    name = f"papier-{uuid4()}"
    noted = door.admin(
        "POST", "/api/v1/admin/consents", json={"user": name, "purposes": {"service": True}, "version": "v1", "source": "papier"}
    )
    subject_id = noted.json()["data"]["subject_id"]
    assert take(door, session(name, "Hallo"))["stored"] == 1
    found = door.admin("GET", "/api/v1/admin/consents", params={"subject_id": subject_id}).json()["data"]
    assert found["people"] == [
        {"subject_id": subject_id, "purposes": ["service"], "withdrawn": [], "at": found["people"][0]["at"], "conversations": 1}
    ]
    door.admin("POST", "/api/v1/admin/consents", json={"user": subject_id, "purposes": {"service": False}, "version": "v1"})
    assert take(door, session(name, "Hallo"))["refused"] == {"withdrawn": 1}
    entries = door.admin("GET", "/api/v1/admin/consents/log", params={"limit": 2}).json()["data"]["entries"]
    assert [(row["subject_id"], row["given"]) for row in entries] == [(subject_id, False), (subject_id, True)]
    page = door.admin("POST", "/api/v1/admin/consents/log").json()["data"]
    text = (door.nova.folder / "orchestration_journal" / page["page"]).read_text()
    assert subject_id in text and name not in text


def test_who_was_not_known_is_said_and_may_withdraw_before_anything_comes(door: Door) -> None:
    name, note = f"neu-{uuid4()}", {"purposes": {"service": False}, "version": "v1"}
    first = door.admin("POST", "/api/v1/admin/consents", json={"user": name, **note}).json()["data"]
    again = door.admin("POST", "/api/v1/admin/consents", json={"user": name, **note}).json()["data"]
    assert (first["known"], again["known"], first["subject_id"]) == (False, True, again["subject_id"])
    assert take(door, session(name, "Hallo"))["refused"] == {"withdrawn": 1}
    signed_in = f"angemeldet-{uuid4()}"
    door.person(signed_in, agrees=())
    assert door.admin("POST", "/api/v1/admin/consents", json={"user": signed_in, **note}).json()["data"]["known"] is True


def test_a_time_in_the_future_and_another_text_are_refused_as_at_the_hook(door: Door) -> None:
    def status(**more: Any) -> int:
        body = {"user": "morgen", "purposes": {"service": True}, "version": "v1", **more}
        return int(door.admin("POST", "/api/v1/admin/consents", json=body).status_code)

    assert status(at="2199-01-01T00:00:00Z") == 400
    assert status(version="blatt-3") == 409
    assert status(version="blatt-3", text_sha256="3" * 64) == 200
    assert status(version="blatt-3", text_sha256="4" * 64) == 409
    assert status(version="blatt-3") == 200


def test_who_changes_their_mind_again_and_again_fills_no_queue(door: Door) -> None:
    who = door.person("wankelmut", agrees=())
    for _ in range(4):
        say(who, service=True, training=True)
        say(who, training=False)
    assert len(door.nova.jobs.list(states=("queued",), kind="relearn", limit=50)) == 1


def test_consent_is_noted_for_whom_an_id_names_and_for_nobody_who_was_erased(door: Door) -> None:
    name, erased = f"kennung-{uuid4()}", uuid4()
    door.person(name)
    user = door.nova.db.fetch_one("SELECT user_id, subject_id FROM users JOIN subjects USING (user_id) WHERE external_id = %s", [name])
    with door.nova.db.transaction() as conn:
        rights.ask(conn, rights.Erasure(uuid4(), erased, None, None, datetime.now(UTC)))
    assert user is not None
    note = {"purposes": {"service": False}, "version": "v1"}
    told = door.admin("POST", "/api/v1/admin/consents", json={"user": str(user["user_id"]), **note})
    assert told.json()["data"]["subject_id"] == str(user["subject_id"])
    assert door.admin("POST", "/api/v1/admin/consents", json={"user": str(erased), **note}).status_code == 404
    assert door.admin("GET", "/api/v1/admin/consents", params={"user": name}).status_code == 400


def test_every_entry_of_the_log_stands_on_one_of_its_pages(door: Door) -> None:
    for number in range(3):
        say(door.person(f"seitenweise-{number}", agrees=()), service=True, analytics=True, training=False)
    seen: list[str] = []
    before: str | None = None
    while True:
        page = door.admin("GET", "/api/v1/admin/consents/log", params={"limit": 2} | ({"before": before} if before else {})).json()["data"]
        seen += [row["consent_id"] for row in page["entries"]]
        if (before := page["next_before"]) is None:
            break
    assert len(set(seen)) == len(seen)
    assert set(seen) == {str(row["consent_id"]) for row in door.nova.db.fetch_all("SELECT consent_id FROM consents")}


def withdraw(door: Door, user: str) -> None:
    """As a person does, from another place."""
    now, shipped = datetime.now(UTC), consent.shipped()
    said = consent.Statement({"service": False}, shipped.version, shipped.sha256, now, "test")
    with door.nova.db.transaction() as conn:
        consents.note(conn, door.nova.jobs, door.nova.people.subject(conn, user), said, now)


def test_a_withdrawal_comes_before_or_after_a_delivery_never_between(door: Door) -> None:
    user, inside, go = f"im-lauf-{uuid4()}", threading.Event(), threading.Event()
    take(door, session(user, "Hallo", True, datetime.now(UTC) - timedelta(hours=1)))
    ready = desk_of(door.nova.people)

    def slow(text: str, token: Any = None, known: Any = None) -> str:
        inside.set()
        assert go.wait(10)
        return ready.redact(text, token, known)

    held = SessionReception(door.nova.db, door.nova.jobs, replace(ready, redact=slow))
    running = threading.Thread(target=held.receive, args=(session(user, f"{MARK} im Lauf"), uuid4().hex, "x", datetime.now(UTC)))
    running.start()
    assert inside.wait(10)
    leaving = threading.Thread(target=withdraw, args=(door, user))
    leaving.start()
    leaving.join(0.3)
    assert leaving.is_alive()  # it waits for the delivery, and then takes what that stored
    go.set()
    running.join(10)
    leaving.join(10)
    assert door.nova.db.fetch_all("SELECT seq FROM turns WHERE text LIKE %s", [f"{MARK} im Lauf%"]) == []
    with door.nova.db.transaction() as conn:  # the other way round: it is under way when a delivery comes
        subject_id = door.nova.people.subject(conn, user)
        now, shipped = datetime.now(UTC), consent.shipped()
        consent.record(conn, subject_id, consent.Statement({"service": True}, shipped.version, shipped.sha256, now, "test"), now)
    with door.nova.db.transaction() as conn:
        said = consent.Statement({"service": False}, shipped.version, shipped.sha256, datetime.now(UTC), "test")
        consents.note(conn, door.nova.jobs, subject_id, said, datetime.now(UTC))
        found: list[Any] = []
        late = threading.Thread(target=lambda: found.append(take(door, session(user, f"{MARK} danach"))))
        late.start()
        late.join(0.3)
        assert late.is_alive()
    late.join(10)
    assert found[0]["refused"] == {"withdrawn": 1}


def test_no_byte_of_what_may_not_be_kept_is_anywhere(door: Door, database_url: str, written: io.StringIO) -> None:
    never, before, during = (f"{MARK}-{name}-{uuid4().hex[:6]}" for name in ("nie", "vorher", "waehrend"))
    people = {never: door.person("nie", agrees=()), before: door.person("vorher"), during: door.person("waehrend")}
    say(people[before], service=False)
    keeper: Any = door.nova.answers.keeper
    kept = keeper.db

    class Leaving:
        """A database whose caller withdraws just before an answer is kept: while it was being made."""

        def retry(self, work: Any) -> Any:
            withdraw(door, "waehrend")
            return kept.retry(work)

    for mark, who in people.items():
        judged = {"question": f"{mark}?", "answer": f"{mark}.", "useful": False, "notes": mark}
        if mark == during:
            object.__setattr__(keeper, "db", Leaving())
        try:
            ask(who, f"{mark}: wie oft sind Musterlampen zu prüfen?")
            who("POST", "/api/v1/rag/ask", json={"question": f"{mark} oder?", "stream": True})
        finally:
            object.__setattr__(keeper, "db", kept)
        assert who("POST", "/api/v1/feedback/rag", json=judged).status_code == 200
    take(door, session(f"fremd-{uuid4()}", never))
    take(door, session("vorher", before))
    take(door, session("waehrend", during, False))
    dump = subprocess.run(
        [str(client_program("pg_dump")), "--inserts"], env=client_environment(database_url), capture_output=True, check=True
    ).stdout.lower()
    files = b"".join(path.read_bytes() for path in door.nova.folder.rglob("*") if path.is_file())
    objects = b"".join(door.nova.objects.get(key) for key in door.nova.objects.keys(""))
    places = {"database": dump, "points": repr(vars(door.nova.index)).encode(), "files": files, "objects": objects}
    places["logs"] = json.dumps(written.getvalue()).encode()
    assert b"create table public.turns" in dump
    for name, found in places.items():
        assert MARK.encode() not in found.lower(), name


def test_a_long_history_is_shown_from_its_end(door: Door) -> None:
    viel = door.person("viel")
    with door.nova.db.transaction() as conn:
        conn.execute(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at) "
            "SELECT gen_random_uuid(), s.subject_id, 'analytics', n %% 2 = 0, 'v2', %s, 'papier', now() - n * interval '1 hour' "
            "FROM subjects s JOIN users u USING (user_id), generate_series(1, 250) n WHERE u.external_id = 'viel'",
            ("a" * 64,),
        )
    shown = viel("GET", "/api/v1/me/consent").json()["data"]["history"]
    assert len(shown) == 100
    assert [one["at"] for one in shown] == sorted((one["at"] for one in shown), reverse=True)
