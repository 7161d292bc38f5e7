"""Deliveries of conversations at the door: who may send, in what order they may come, and that nothing is stored without consent."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from nova.api.hooking import sign
from nova.flows.sessions import Session, SessionReception
from nova.governance import consent
from nova.governance.consent import Statement
from nova.store.postgres.db import Database
from nova.telemetry.conversations import Delivery, Turn
from nova.wiring.chats import desk_of
from tests.api.house import HOOK_SECRET, Door

HOOK = "/hook/sophia-session"
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def agreed(service: bool = True, at: datetime = AT, **purposes: bool) -> dict[str, Any]:
    """A consent to the text that holds."""
    text = consent.shipped()
    said = {"service": service, **purposes}
    return {"purposes": said, "version": text.version, "text_sha256": text.sha256, "at": at.isoformat(), "source": "web"}


def turn(seq: int, text: str, role: str = "user", at: datetime | None = None, **meta: Any) -> dict[str, Any]:
    """One thing said."""
    moment = at or AT + timedelta(seconds=seq)
    return {"seq": seq, "role": role, "ts": moment.isoformat(), "text": text, "meta": meta}


def send(door: Door, body: dict[str, Any], *, nonce: str = "", path: str = HOOK, late: float = 0.0, secret: str = HOOK_SECRET) -> Any:
    """Deliver as a sender does."""
    stamp, nonce = str(int(datetime.now(UTC).timestamp() - late)), nonce or uuid4().hex
    raw = json.dumps(body).encode()
    headers = {"X-Nova-Timestamp": stamp, "X-Nova-Nonce": nonce, "X-Nova-Signature": sign(secret, stamp, nonce, raw)}
    return door.client.post(path, content=raw, headers=headers | {"Content-Type": "application/json"})


def session(**more: Any) -> dict[str, Any]:
    """A session of a new person."""
    return {"session_id": uuid4().hex, "user": f"kunde-{uuid4().hex}"} | more


def counts(answer: Any) -> dict[str, Any]:
    """What became of a delivery."""
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def turns(database: Database, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What is stored of a session's text that holds a marker."""
    found = database.fetch_all("SELECT t.* FROM turns t JOIN conversations USING (conversation_id) WHERE source = 'sophia' ORDER BY seq")
    return [row for row in found if body["session_id"] in row["text"]]


@pytest.mark.parametrize("path", [HOOK, "/api/v1/hook/sophia-session"])
def test_a_session_is_stored_once_however_often_it_comes(door: Door, path: str) -> None:
    body = session(consent=agreed(analytics=True))
    body["turns"] = [turn(0, f"Frage {body['session_id']}"), turn(1, f"Antwort {body['session_id']}", "assistant", latency_ms=12.5)]
    assert counts(send(door, body, path=path)) == {"stored": 2, "duplicates": 0, "refused": {}, "duplicate": False}
    nonce = uuid4().hex
    assert counts(send(door, body, path=path, nonce=nonce)) == {"stored": 0, "duplicates": 2, "refused": {}, "duplicate": False}
    assert counts(send(door, body, path=path, nonce=nonce)) == {"stored": 0, "duplicates": 2, "refused": {}, "duplicate": True}
    assert send(door, body | {"channel": "web"}, path=path, nonce=nonce).status_code == 409
    held = turns(door.nova.db, body)
    assert [row["seq"] for row in held] == [0, 1]
    assert held[1]["meta"] == {"latency_ms": 12.5}


def test_wrong_signatures_and_old_deliveries_are_refused_and_counted(door: Door) -> None:
    body = session(consent=agreed(), turns=[turn(0, "Hallo")])
    wrong = send(door, body, secret="f" * 32)
    assert (wrong.status_code, wrong.json()["data"]["code"]) == (401, "bad_signature")
    stale = send(door, body, late=301)
    assert (stale.status_code, stale.json()["data"]["code"]) == (401, "stale")
    assert send(door, body, late=-360).status_code == 401  # the clock of the test goes on: a future stamp draws nearer
    assert send(door, body, nonce="zu kurz").status_code == 401
    assert door.client.post(HOOK, json=body).status_code == 401
    refused = door.admin("GET", "/api/v1/admin/consents").json()["data"]["refusals"]
    assert {(row["source"], row["reason"]) for row in refused} >= {("hook", "bad_signature"), ("hook", "stale")}


@pytest.mark.parametrize(
    "change",
    [
        {"turns": [turn(0, "x" * 20_001)]},
        {"turns": [turn(0, "x") | {"role": "system"}]},
        {"turns": [turn(0, "x", note="Erika Mustermann")]},
        {"turns": [turn(0, "x", rating=float("1e9"))]},
        {"turns": [turn(at, "x") for at in range(501)]},
        {"fields": {"nickname": "Eri"}},
        {"channel": "Erika Mustermann"},
        {"session_id": ""},
        {"source": "nova"},
        {"channel": "anna-kern"},
        {"source": "kern_0171_3920041"},
        {"source": "erika-mustermann"},
        {"consent": agreed(at=datetime(2199, 1, 1, tzinfo=UTC))},
        {"turns": [turn(0, "x", at=datetime(2199, 1, 1, tzinfo=UTC))]},
        {"started_at": "2199-01-01T00:00:00Z"},
        {"ended_at": "2199-01-01T00:00:00Z"},
    ],
)
def test_what_does_not_fit_is_refused_whole(door: Door, change: dict[str, Any]) -> None:
    assert send(door, session(consent=agreed()) | change).status_code == 400


def test_a_large_body_is_refused(door: Door) -> None:
    body = session(turns=[turn(at, "x" * 19_000) for at in range(30)])
    assert send(door, body).status_code == 413


def test_more_text_than_can_be_looked_through_while_somebody_waits_is_to_come_in_parts(door: Door) -> None:
    body = session(consent=agreed(), turns=[turn(at, "x " * 9_999) for at in range(11)])
    answer = send(door, body)
    assert (answer.status_code, answer.json()["data"]["code"]) == (413, "too_large")
    assert "200.000 Zeichen" in answer.json()["message"] and "in Teilen" in answer.json()["message"]
    assert answer.json()["data"]["letters"] == 219_978
    with door.nova.db.transaction() as conn:
        assert door.nova.people.find(conn, body["user"]) is None


def test_only_texts_with_a_value_are_looked_through_again_when_fields_come(door: Door) -> None:
    nova, looked = door.nova, list[str]()
    desk = desk_of(nova.people)

    def redact(text: str, *more: Any) -> str:
        looked.append(text)
        return desk.redact(text, *more)

    def take(seq: int, text: str, said: Statement | None = None) -> dict[str, Any]:
        now, fields = datetime.now(UTC), {"Quirinalda Xantner": "name"} if said is None else {}
        delivery = Delivery("sophia", name, (Turn(seq, "user", now, text),), fields=fields)
        reception = SessionReception(nova.db, nova.jobs, replace(desk, redact=redact))
        return reception.receive(Session(name, delivery, said), uuid4().hex, uuid4().hex, now)

    name, text = uuid4().hex, consent.shipped()
    for seq, said in enumerate(("Wann wird abgelesen?", "Hier spricht quirinalda  xantner.", "Und der Abschlag?")):
        take(seq, said, Statement({"service": True}, text.version, text.sha256, AT, "web"))
    looked.clear()
    assert take(3, "Danke.")["stored"] == 1
    assert [one for one in looked if "abgelesen" in one or "Abschlag" in one] == []
    held = nova.db.fetch_all(
        "SELECT text FROM turns JOIN conversations c USING (conversation_id) WHERE c.subject_id = %s ORDER BY seq",
        [nova.db.fetch_one("SELECT subject_id FROM subjects WHERE lookup = %s", [nova.people.lookup(name)])["subject_id"]],
    )
    assert not any("xantner" in row["text"].lower() for row in held) and held[0]["text"] == "Wann wird abgelesen?"


def test_parts_may_come_in_any_order(door: Door) -> None:
    body = session()
    late = body | {"turns": [turn(2, f"drei {body['session_id']}"), turn(3, f"vier {body['session_id']}")]}
    assert counts(send(door, late))["refused"] == {"no_consent": 2}
    end = AT + timedelta(minutes=5)
    assert counts(send(door, body | {"consent": agreed(), "ended_at": end.isoformat()}))["stored"] == 0
    assert counts(send(door, late))["stored"] == 2
    early = body | {"turns": [turn(0, f"eins {body['session_id']}"), turn(1, f"zwei {body['session_id']}"), *late["turns"]]}
    assert counts(send(door, early | {"started_at": AT.isoformat()})) | {"duplicate": False} == {
        "stored": 2, "duplicates": 2, "refused": {}, "duplicate": False
    }  # fmt: skip
    held = turns(door.nova.db, body)
    assert [row["text"].split()[0] for row in held] == ["eins", "zwei", "drei", "vier"]
    known = door.nova.db.fetch_one("SELECT * FROM conversations WHERE conversation_id = %s", (held[0]["conversation_id"],))
    assert known is not None
    assert (known["started_at"], known["last_at"], known["ended_at"], known["turns"]) == (AT, end, end, 4)
    assert len(known["digest"]) == 64


def test_of_two_texts_of_one_turn_the_later_stands_in_any_order(door: Door) -> None:
    for order in ([0, 1], [1, 0]):
        body = session(consent=agreed())
        told = [turn(0, f"{word} {body['session_id']}", at=AT + timedelta(seconds=at)) for at, word in enumerate(("alt", "neu"))]
        for at in order:
            answer = counts(send(door, body | {"turns": [told[at]]}))
        assert answer["refused"] == ({} if order == [0, 1] else {"older": 1})
        assert [row["text"].split()[0] for row in turns(door.nova.db, body)] == ["neu"]
        other = turn(0, f"anders {body['session_id']}", at=AT + timedelta(seconds=1))
        assert counts(send(door, body | {"turns": [other]}))["refused"] == {"other_text": 1}


def test_fields_are_replaced_in_the_whole_session_also_in_what_came_before(door: Door) -> None:
    body = session(consent=agreed())
    first = turn(0, f"Hier ist Quirinalda, Kunde Zzyx-77. {body['session_id']}")
    assert counts(send(door, body | {"turns": [first]}))["stored"] == 1
    second = turn(1, f"Quirinalda nochmal. {body['session_id']}")
    fields = {"name": "Quirinalda Xantner", "customer_no": "Zzyx-77"}
    assert counts(send(door, body | {"fields": fields, "turns": [second]}))["stored"] == 1
    third = turn(2, f"Und wieder Frau Xantner. {body['session_id']}")
    assert counts(send(door, body | {"turns": [third]}))["stored"] == 1
    texts = [row["text"] for row in turns(door.nova.db, body)]
    assert not any(word in text for text in texts for word in ("Quirinalda", "Xantner", "Zzyx-77"))
    assert texts[0].split("[NAME_")[1][:6] == texts[1].split("[NAME_")[1][:6]


def test_a_session_belongs_to_one_person(door: Door) -> None:
    body = session(consent=agreed(), turns=[turn(0, "Hallo")])
    assert counts(send(door, body))["stored"] == 1
    assert counts(send(door, body | {"user": "jemand-anders"}))["refused"] == {"other_person": 1}


def test_a_consent_to_another_text_is_refused(door: Door) -> None:
    wrong = agreed() | {"text_sha256": "0" * 64}
    assert send(door, session(consent=wrong)).status_code == 409
    own = agreed() | {"version": "haus-7", "text_sha256": "1" * 64}
    assert counts(send(door, session(consent=own, turns=[turn(0, "Hallo")])))["stored"] == 1
    assert send(door, session(consent=own | {"text_sha256": "2" * 64})).status_code == 409
    same = own | {"version": "haus-8"}  # one text under two names
    assert counts(send(door, session(consent=same, turns=[turn(0, "Hallo")])))["stored"] == 1
    assert send(door, session(consent=same | {"text_sha256": "2" * 64})).status_code == 409


def test_a_consent_alone_makes_no_conversation_that_anybody_sees(door: Door) -> None:
    body, listed = session(consent=agreed(analytics=True), source="leer"), "/api/v1/admin/conversations"
    assert counts(send(door, body))["stored"] == 0
    with door.nova.db.transaction() as conn:
        subject = str(door.nova.people.find(conn, body["user"]))
    found = door.admin("GET", listed, params={"subject_id": subject}).json()["data"]
    assert (found["conversations"], "leer" in found["sources"]) == ([], False)
    person = door.admin("GET", "/api/v1/admin/consents", params={"subject_id": subject}).json()["data"]["people"]
    assert [row["conversations"] for row in person] == [0]
    assert counts(send(door, body | {"turns": [turn(0, "Hallo")]}))["stored"] == 1
    found = door.admin("GET", listed, params={"subject_id": subject}).json()["data"]
    assert ([row["turns"] for row in found["conversations"]], found["sources"]["leer"]) == ([1], 1)


def test_a_withdrawal_takes_all_words_with_it(door: Door) -> None:
    body = session(consent=agreed(), fields={"name": "Petronella Zwirn"})
    body["turns"] = [turn(0, f"Petronella Zwirn fragt {body['session_id']}")]
    assert counts(send(door, body))["stored"] == 1
    gone = body | {"consent": agreed(service=False, at=AT + timedelta(hours=1))}
    assert counts(send(door, gone))["refused"] == {"withdrawn": 1}
    assert turns(door.nova.db, body) == []
    assert counts(send(door, body))["refused"] == {"withdrawn": 1}  # the consent in it is older than the withdrawal
    again = body | {"consent": agreed(at=AT + timedelta(hours=2))}
    assert counts(send(door, again))["stored"] == 1


def test_somebody_who_signs_in_is_the_person_the_sender_knows(door: Door) -> None:
    anna = door.person("anna-am-hook", agrees=())
    body = session(user="anna-am-hook", turns=[turn(0, "Hallo")])
    assert counts(send(door, body))["refused"] == {"no_consent": 1}
    text = anna("GET", "/api/v1/me/consent").json()["data"]["text"]
    said = {"purposes": {"service": True}, "version": text["version"]}
    assert anna("PUT", "/api/v1/me/consent", json=said).json()["data"]["purposes"][0]["given"] is True
    assert counts(send(door, body))["stored"] == 1
    anna("PUT", "/api/v1/me/consent", json={"purposes": {"service": False}, "version": text["version"]})
    assert counts(send(door, body))["refused"] == {"withdrawn": 1}
