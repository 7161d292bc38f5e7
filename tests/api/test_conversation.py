"""A conversation over HTTP: what is said of how a message was understood, what goes on with what, and whose a focus is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from openai import OpenAI

from nova.answers import kept
from nova.energy.calendar import day_bounds, local_date
from nova.energy.explain.tool import DataAnswers
from nova.series import readings
from nova.store.series import batches
from nova.store.series import readings as reading_store
from tests.api.house import ADMIN_KEY, QUESTION, Door, Person
from tests.owning import give

TODAY = local_date(int(datetime.now(UTC).timestamp()))
YESTERDAY, BEFORE = f"{TODAY - timedelta(days=1):%d.%m.%Y}", f"{TODAY - timedelta(days=2):%d.%m.%Y}"


@pytest.fixture(scope="module", autouse=True)
def knows_data(door: Door) -> Iterator[None]:
    """This Nova answers from data, too."""
    before = door.nova.answers
    door.nova.answers = replace(before, tools=(DataAnswers(door.nova.db),))
    yield
    door.nova.answers = before


@pytest.fixture(scope="module")
def anna(door: Door) -> Person:
    """Anna, with ten days of 1 kW at her meter Z7."""
    anna = door.person("anna-redet", "customer")
    ts = np.arange(day_bounds(TODAY - timedelta(days=10))[0], day_bounds(TODAY)[0], 900, dtype=np.int64)
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = 'anna-redet'").fetchone()
        assert row
        batch = batches.open(conn, batches.NewBatch("test", "columns"))
        give(conn, "Z7", row["user_id"])
        reading_store.put(conn, [readings("Z7", 900, ts, np.ones(len(ts)))], batch)
        batches.close(conn, batch, {"state": "done"})
    return anna


@pytest.fixture
def client(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key=ADMIN_KEY, max_retries=0) as opened:
        yield opened


def asked(person: Person, question: str, conversation: str | None = None) -> dict[str, Any]:
    body = {"question": question} | ({"conversation_id": conversation} if conversation else {})
    answer = person("POST", "/api/v1/rag/ask", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]
    return found


def test_what_goes_on_is_said_in_full_with_meter_and_period(anna: Person) -> None:
    first = asked(anna, "Wie hoch war mein Verbrauch gestern?")
    assert (first["outcome"], first["facts"][0]["text"], first["understood"]["kind"]) == ("answered", "24,0 kWh", "data")
    assert first["understood"]["restated"] is False
    then = asked(anna, "und vorgestern?", first["conversation_id"])
    understood = then["understood"]
    assert (understood["question"], understood["restated"]) == (f"Wie hoch war der Verbrauch von Z7 am {BEFORE}?", True)
    assert (understood["meter_id"], understood["unit"], then["facts"][0]["text"]) == ("Z7", "kWh", "24,0 kWh")
    assert understood["from"] < understood["to"] <= first["understood"]["from"]


def test_two_questions_get_two_answers_and_either_is_gone_on_with(anna: Person) -> None:
    both = asked(anna, f"Wie hoch war mein Verbrauch gestern? {QUESTION}")
    assert (both["outcome"], both["understood"]["kind"], both["understood"]["meter_id"]) == ("answered", "mixed", "Z7")
    assert both["facts"][0]["text"] == "24,0 kWh"
    assert "drei Jahre" in both["citations"][0]["quote"]
    assert both["sentences"][0]["facts"] and both["sentences"][-1]["citations"]
    then = asked(anna, "und vorgestern?", both["conversation_id"])
    assert (then["understood"]["question"], then["citations"]) == (f"Wie hoch war der Verbrauch von Z7 am {BEFORE}?", [])


def test_what_the_law_does_not_answer_is_said_beside_the_data(anna: Person) -> None:
    both = asked(anna, "Wie hoch war mein Verbrauch gestern? Was regelt § 999 BGB?")
    assert (both["facts"][0]["text"], both["citations"]) == ("24,0 kWh", [])
    assert both["sentences"][-1]["text"].startswith("Zum anderen Teil Ihrer Frage: Dazu steht nichts in Ihren Unterlagen.")


@pytest.mark.parametrize("code", ["Z99", "DE0007654321"])
def test_a_meter_that_nobody_may_see_is_answered_with_no_other(anna: Person, code: str) -> None:
    for question in (f"Wie hoch war der Verbrauch von {code} gestern?", f"Wie hoch war der Verbrauch von Z7 und {code} gestern?"):
        told = asked(anna, question)
        assert (told["facts"], told["status"]) == ([], "refused")
        assert f"Einen Zähler „{code}“ kenne ich nicht." in told["answer"]


def test_somebody_else_does_not_go_on_with_it(door: Door, anna: Person) -> None:
    first = asked(anna, "Wie hoch war mein Verbrauch gestern?")
    bert = door.person("bert-redet", "customer")
    then = asked(bert, "und vorgestern?", first["conversation_id"])
    assert then["facts"] == []
    assert "Z7" not in str(then["understood"]) and "Z7" not in then["answer"]


def test_an_answer_reads_as_it_did_when_it_is_opened_again_by_who_has_the_meter(door: Door, anna: Person) -> None:
    door.admin("PATCH", "/api/v1/data/meters/Z7", json={"title": "Haus Wiese"})
    said = asked(anna, "Wie hoch war der Verbrauch von Haus Wiese gestern?")
    path = f"/api/v1/rag/answers/{said['answer_id']}"
    kept, listed = anna("GET", path).json()["data"], anna("GET", "/api/v1/rag/answers").json()["data"]["answers"][0]
    looked = door.admin("GET", path).json()["data"]
    door.admin("PATCH", "/api/v1/data/meters/Z7", json={"title": ""})
    assert "Haus Wiese" in said["answer"]
    assert "[ZÄHLER_" in kept["answer"] and "Haus Wiese" not in kept["answer"]
    assert [kept[name] for name in ("outcome", "next_question", "sentences")] == [
        said[name] for name in ("outcome", "next_question", "sentences")
    ]
    assert {one["label"] for one in kept["facts"]} == {one["label"] for one in said["facts"]}
    assert "Haus Wiese" in kept["question"] and "Haus Wiese" in listed["question"] and "Haus Wiese" in listed["answer"]
    assert "[ZÄHLER_" in looked["question"] and "Haus Wiese" not in str(looked)


def test_the_names_of_a_page_of_answers_are_read_at_once(door: Door, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    door.admin("PATCH", "/api/v1/data/meters/Z7", json={"title": "Haus Wiese"})
    for day in ("gestern", "vorgestern"):
        asked(anna, f"Wie hoch war der Verbrauch von Haus Wiese {day}?")
    read: list[int] = []
    of_answers = kept.facts.of_answers

    def counted(conn: Any, answer_ids: Any, seen: Any) -> Any:
        read.append(len(answer_ids))
        return of_answers(conn, answer_ids, seen)

    monkeypatch.setattr(kept.facts, "of_answers", counted)
    listed = anna("GET", "/api/v1/rag/answers", params={"limit": 2}).json()["data"]["answers"]
    door.admin("PATCH", "/api/v1/data/meters/Z7", json={"title": ""})
    assert ["Haus Wiese" in one["question"] for one in listed] == [True, True] and read == [2]


def test_names_of_meters_that_are_asked_for_are_not_kept(door: Door) -> None:
    cara = door.person("cara-redet", "customer")
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT user_id FROM users WHERE external_id = 'cara-redet'").fetchone()
        assert row
        for meter in ("Z8", "Z9"):
            give(conn, meter, row["user_id"])
    for meter, title in (("Z8", "Haus am Anger"), ("Z9", "Laden am Markt")):
        door.admin("PATCH", f"/api/v1/data/meters/{meter}", json={"title": title})
    said = asked(cara, "Wie hoch war mein Verbrauch gestern?")
    looked = door.admin("GET", f"/api/v1/rag/answers/{said['answer_id']}").json()["data"]
    assert (said["outcome"], "Haus am Anger" in said["answer"], "Laden am Markt" in said["answer"]) == ("asked_back", True, True)
    assert looked["answer"] and "Anger" not in str(looked) and "Markt" not in str(looked)


def test_a_conversation_that_nobody_began_is_a_new_one(anna: Person) -> None:
    assert asked(anna, "wie groß ist der unterschied?", str(uuid4()))["facts"] == []


def test_talk_and_help_search_nothing_and_say_so(anna: Person) -> None:
    thanks = asked(anna, "vielen dank!")
    assert (thanks["status"], thanks["outcome"], thanks["citations"]) == ("answered", "talk", [])
    helped = asked(anna, "wo sehe ich die börsenpreise in nova?")
    assert (helped["outcome"], helped["route"], helped["citations"]) == ("help", "/markt", [])


def test_what_is_too_little_is_asked_back_once(anna: Person) -> None:
    first = asked(anna, "hä")
    assert (first["status"], first["outcome"]) == ("refused", "asked_back")
    assert asked(anna, "hä", first["conversation_id"])["outcome"] != "asked_back"


def test_an_emergency_is_an_outcome_of_its_own(anna: Person) -> None:
    assert asked(anna, "es riecht nach gas im keller")["outcome"] == "hotline"


def test_chat_programs_go_on_by_the_messages_they_send(client: OpenAI) -> None:
    first = {"role": "user", "content": QUESTION}
    alone = client.chat.completions.create(model="luna", messages=[first]).choices[0].message.content or ""
    talk = [first, {"role": "assistant", "content": alone}, {"role": "user", "content": "danke dir!"}]
    assert "Gern" in (client.chat.completions.create(model="luna", messages=talk).choices[0].message.content or "")


def test_answers_that_searched_nothing_are_no_gaps(door: Door, anna: Person) -> None:
    asked(anna, "hä")
    with door.nova.db.transaction() as conn:
        row = conn.execute("SELECT retrieval FROM answers WHERE retrieval ? 'unsearched' ORDER BY ts DESC LIMIT 1").fetchone()
    assert row and row["retrieval"]["outcome"]
