"""Conversations as editors read them: only what its author lets be kept, pseudonymised, in order, with what became of it."""

from typing import Any
from uuid import uuid4

import pytest

from nova.knowledge.passages import TalkRoom, ingest
from nova.privacy import strict_scan
from tests.api.house import QUESTION, Door
from tests.api.test_hook import agreed, counts, send, session, turn
from tests.fakes.running import Context

API = "/api/v1/admin/conversations"
NAMED = f"Mein Name ist Anna Kern, Telefon 0441 9835512. {QUESTION}"


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"]


@pytest.fixture(scope="module")
def talk(door: Door) -> str:
    """A conversation of somebody who agrees to all, in which two questions were asked and the second answer judged."""
    anna, conversation_id = door.person("anna.kern", agrees=("service", "analytics")), str(uuid4())
    for question in (QUESTION, NAMED):
        answer = data(anna("POST", "/api/v1/rag/ask", json={"question": question, "conversation_id": conversation_id}))
    judged = {"question": NAMED, "answer": answer["answer"], "useful": False, "answer_id": answer["answer_id"]}
    data(anna("POST", "/api/v1/feedback/rag", json=judged))
    return conversation_id


def test_a_conversation_is_listed_with_consent_and_judgements_and_no_name(door: Door, talk: str) -> None:
    found = data(door.admin("GET", API, params={"source": "nova"}))
    (row,) = [one for one in found["conversations"] if one["conversation_id"] == talk]
    assert (row["turns"], row["useful"], row["not_useful"]) == (4, 0, 1)
    assert set(row["purposes"]) == {"service", "analytics"}
    assert row["begins"] == QUESTION
    assert found["sources"]["nova"] >= 1


def test_what_was_said_stands_in_order_and_without_personal_values(door: Door, talk: str) -> None:
    said = data(door.admin("GET", f"{API}/{talk}"))["said"]
    assert [one["role"] for one in said] == ["user", "assistant", "user", "assistant"]
    assert "Kern" not in said[2]["text"]
    assert "9835512" not in said[2]["text"]
    assert said[3]["useful"] is False


def test_filters_narrow_the_list(door: Door, talk: str) -> None:
    ids = lambda **asked: [one["conversation_id"] for one in data(door.admin("GET", API, params=asked))["conversations"]]  # noqa: E731
    assert talk in ids(purpose="analytics")
    assert talk not in ids(purpose="training")
    assert talk not in ids(source="sophia")
    assert talk not in ids(to="2020-01-01")
    subject = data(door.admin("GET", f"{API}/{talk}"))["subject_id"]
    assert ids(subject_id=subject) == [talk]


def test_reviewers_see_only_what_its_author_lets_be_looked_at(door: Door) -> None:
    quiet, conversation_id = door.person("nur.verlauf", agrees=("service",)), str(uuid4())
    data(quiet("POST", "/api/v1/rag/ask", json={"question": QUESTION, "conversation_id": conversation_id}))
    reader = door.person("leserin", "reviewer")
    listed = data(reader("GET", API))
    assert all("analytics" in one["purposes"] for one in listed["conversations"])
    assert sum(listed["sources"].values()) == listed["total"]
    assert data(reader("GET", API, params={"purpose": "service"}))["total"] == listed["total"]
    assert reader("GET", f"{API}/{conversation_id}").status_code == 404
    assert data(door.admin("GET", f"{API}/{conversation_id}"))["turns"] == 2
    assert conversation_id in {one["conversation_id"] for one in data(door.admin("GET", API))["conversations"]}


def test_a_conversation_says_that_a_search_finds_it(door: Door) -> None:
    anna, conversation_id = door.person("anna.sucht", agrees=("service", "analytics")), str(uuid4())
    data(anna("POST", "/api/v1/rag/ask", json={"question": QUESTION, "conversation_id": conversation_id}))
    told = lambda: (  # noqa: E731
        data(door.admin("GET", f"{API}/{conversation_id}"))["searchable"],
        {one["conversation_id"]: one["searchable"] for one in data(door.admin("GET", API))["conversations"]}[conversation_id],
    )
    assert told() == (False, False)
    ingest(TalkRoom(door.nova.index_room, door.nova.people.agreed, strict_scan), Context())
    assert told() == (True, True)
    data(anna("POST", "/api/v1/rag/ask", json={"question": QUESTION, "conversation_id": conversation_id}))
    assert told() == (False, False)


def test_only_reviewers_and_the_operator_read_them(door: Door, talk: str) -> None:
    assert door.person("leser", "reviewer")("GET", f"{API}/{talk}").status_code == 200
    assert door.person("pruefer", "auditor")("GET", f"{API}/{talk}").status_code == 403
    assert door.person("anna.kern")("GET", API).status_code == 403


def test_a_conversation_that_is_not_there_is_not_found(door: Door) -> None:
    assert door.admin("GET", f"{API}/{uuid4()}").status_code == 404


def test_nothing_is_listed_of_who_does_not_agree(door: Door) -> None:
    before = data(door.admin("GET", API))["total"]
    data(door.person("schweigend", agrees=())("POST", "/api/v1/rag/ask", json={"question": QUESTION}))
    assert data(door.admin("GET", API))["total"] == before


def test_a_search_finds_no_value_that_a_later_delivery_names(door: Door) -> None:
    body = session(consent=agreed(analytics=True), turns=[turn(0, "Die Anlage im Keller ist still wie qwolfsbek.")])
    counts(send(door, body))
    found = lambda: [  # noqa: E731
        one["text"] for one in data(door.admin("GET", f"{API}/search", params={"query": "Anlage Keller"}))["passages"]
    ]
    ingest(TalkRoom(door.nova.index_room, door.nova.people.agreed, strict_scan), Context())
    assert any("qwolfsbek" in text for text in found())
    counts(send(door, body | {"turns": [], "fields": {"last_name": "Qwolfsbek"}}))
    assert found() == []
