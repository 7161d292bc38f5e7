"""What only the company's master data know is gone from the structured parts of events, whatever way they come in."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from nova.api.streams import EventDoor
from nova.engines.streams.outbox import NoOutbox
from nova.errors import PrivacyError
from nova.flows.messages import MessageIntake
from nova.ports import EVENTS, Message
from nova.privacy.dictionary import Entry, build
from tests.api.house import Door, Person
from tests.fakes.stream import MemoryStream

WORD = "Quarzonweiler"


@pytest.fixture
def known(door: Door) -> Iterator[Any]:
    master = build([Entry(WORD, "name")], bytes(range(16)))
    door.nova.dictionary = lambda: master
    yield lambda: master
    door.nova.dictionary = lambda: None


@pytest.fixture(scope="module")
def who(door: Door) -> Person:
    return door.person("stammdaten")


def kept(door: Door) -> list[Any]:
    rows = door.nova.db.fetch_all(
        "SELECT meta FROM events JOIN users USING (user_id) WHERE external_id = 'stammdaten' ORDER BY ts DESC LIMIT 1"
    )
    return [row["meta"] for row in rows]


EVENT = {"user_id": "stammdaten", "type": "view", "meta": {"suche": WORD}}


@pytest.mark.parametrize(("path", "body"), [("/events", EVENT), ("/events/batch", {"events": [EVENT]})])
def test_by_the_routes(door: Door, who: Person, known: Any, path: str, body: Any) -> None:
    assert who("POST", f"/api/v1{path}", json=body).status_code == 200
    assert kept(door) == [{"suche": "[NAME]"}]


def test_by_the_stream(door: Door, who: Person, known: Any) -> None:
    brokers = MemoryStream()
    brokers.publish(EVENTS, [Message("x", json.dumps({"events": [EVENT]}).encode())])
    assert MessageIntake(door.nova.db, NoOutbox(), brokers, EventDoor(master=known)).take_in(0.0) == 1
    assert kept(door) == [{"suche": "[NAME]"}]


def test_a_dictionary_that_cannot_be_read_is_named_by_the_health_report(door: Door) -> None:
    def unreadable() -> None:
        raise PrivacyError("Das Wörterbuch der Stammdaten ist nicht lesbar.")

    def told() -> list[Any]:
        health = door.admin("GET", "/api/v1/admin/health").json()["data"]
        return [(one["status"], one["detail"]) for one in health["checks"] if one["name"] == "master_data"]

    assert told() == []
    door.nova.dictionary = unreadable
    try:
        ((status, detail),) = told()
    finally:
        door.nova.dictionary = lambda: None
    assert status == "degraded" and "wird nicht gespeichert" in detail and "nicht lesbar" in detail


def test_a_vocabulary_that_was_broken_by_hand_is_named_by_the_health_report(door: Door) -> None:
    path = door.nova.settings.vocabulary_path

    def told() -> list[Any]:
        health = door.admin("GET", "/api/v1/admin/health").json()["data"]
        return [(one["status"], one["detail"].split(".")[0]) for one in health["checks"] if one["name"] == "vocabulary"]

    assert told() == []
    path.parent.mkdir(exist_ok=True)
    path.write_text("[", "utf-8")
    try:
        assert told() == [("degraded", "Es gilt der Stand davor")]
    finally:
        path.unlink()
