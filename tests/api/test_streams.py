"""Messages of a stream become events and judgements, each once; what cannot be stored is told with its reason and stops nobody."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors

from nova.api.streams import EventDoor
from nova.engines.streams.outbox import KeptOutbox
from nova.engines.streams.postgres import PostgresStream
from nova.errors import Busy, ServerAbsent
from nova.flows.messages import MessageIntake
from nova.governance.users import ensure_user
from nova.ports import EVENTS, FEEDBACK, OUTGOING, REFUSED, Message
from nova.store import streams
from nova.store.postgres.db import Database
from nova.telemetry.events import store_events
from tests.fakes.stream import MemoryStream

USER = "frau.muster"


@pytest.fixture
def brokers() -> MemoryStream:
    return MemoryStream()


@pytest.fixture
def outbox(database: Database, brokers: MemoryStream) -> Iterator[KeptOutbox]:
    kept = PostgresStream(database)
    outbox = KeptOutbox(kept, brokers)
    for topic in OUTGOING:
        while outbox.hand_on(topic, 0.0):
            brokers.held.clear()
    yield outbox
    kept.close()


@pytest.fixture
def intake(database: Database, outbox: KeptOutbox, brokers: MemoryStream) -> MessageIntake:
    for table in ("events", "event_inbox", "rag_feedback", "labels", "stream_taken"):
        database.execute(f"DELETE FROM {table}")
    ensure_user(database, USER)
    return MessageIntake(database, outbox, brokers, EventDoor())


def event(**more: Any) -> dict[str, Any]:
    return {"user_id": USER, "type": "view", **more}


def send(brokers: MemoryStream, *bodies: Any) -> None:
    brokers.publish(EVENTS, [Message("k", body if isinstance(body, bytes) else json.dumps(body).encode()) for body in bodies])


def refused(outbox: KeptOutbox, brokers: MemoryStream) -> list[dict[str, Any]]:
    while outbox.hand_on(REFUSED, 0.0):
        pass
    return [json.loads(message.value) for message in brokers.held.get(REFUSED, [])]


def count(database: Database, table: str) -> int:
    row = database.fetch_one(f"SELECT count(*) AS n FROM {table}")
    assert row
    return int(row["n"])


def test_events_are_stored_as_over_http(intake: MessageIntake, brokers: MemoryStream, database: Database) -> None:
    known = str(uuid4())
    send(
        brokers,
        {"events": [event(event_id=known, type="like", meta={"notiz": "0171 3920041", "rank": 2}), event(type="click")]},
        {"events": [event(event_id=known, type="like")]},
    )
    assert intake.take_in(0.0) == 2
    assert intake.take_in(0.0) == 0
    stored = database.fetch_all("SELECT type, meta FROM events ORDER BY type")
    assert [(row["type"], row["meta"]) for row in stored] == [("click", {}), ("like", {"rank": 2})]


def test_what_is_given_again_is_not_stored_again(
    intake: MessageIntake, brokers: MemoryStream, outbox: KeptOutbox, database: Database
) -> None:
    judged = {"feedback": {"question": "F", "answer": "A", "useful": True, "user_id": USER}}
    send(brokers, {"events": [event()]}, judged, b"no json")
    assert intake.take_in(0.0) == 3
    brokers.again(EVENTS)
    assert intake.take_in(0.0) == 0
    assert (count(database, "events"), count(database, "rag_feedback"), count(database, "labels")) == (2, 1, 1)
    assert len(refused(outbox, brokers)) == 1


def test_a_judgement_is_told_without_person_or_words(intake: MessageIntake, brokers: MemoryStream, outbox: KeptOutbox) -> None:
    send(brokers, {"feedback": {"question": "Wer?", "answer": "Ich.", "useful": False, "user_id": USER, "reason": "ton", "notes": "na"}})
    intake.take_in(0.0)
    outbox.hand_on(FEEDBACK, 0.0)
    told = [json.loads(message.value) for message in brokers.held["nova.feedback"]]
    assert [(one["useful"], one["reason"], one["answer_id"]) for one in told] == [(False, "ton", None)]
    assert set(told[0]) == {"feedback_id", "answer_id", "useful", "reason", "at"}


SAID = "Frau Müller (0171 3920041) hat am Montag gekündigt" * 20
BAD = {
    "no json": (b"{", "validation"),
    "nothing": (b"", "validation"),
    "no object": (b"[1]", "validation"),
    "deep": (b"[" * 100_000, "validation"),
    "unknown field": ({"events": [event(**{"mood " + SAID: "gut"})]}, "validation"),
    "unknown field outside": ({"events": [event()], SAID: 1}, "validation"),
    "many unknown fields": ({"feedback": {f"{SAID} {number}": SAID for number in range(50)}}, "validation"),
    "words for a type": ({"events": [event() | {"type": SAID}]}, "validation"),
    "words in a meta name": ({"events": [event(meta={SAID: "\x00"})]}, "validation"),
    "too many": ({"events": [event()] * 501}, "validation"),
    "a nul": ({"events": [event(meta={"a": "\x00"})]}, "validation"),
    "half a pair": (b'{"events": [{"user_id": "frau.muster", "type": "view", "meta": {"a": "\\ud800"}}]}', "validation"),
    "the future": ({"events": [event(ts="2099-01-01T00:00:00Z")]}, "validation"),
    "a stranger": ({"events": [event(), event(user_id="niemand")]}, "not_found"),
    "no such answer": ({"feedback": {"question": "F", "answer": "A", "useful": True, "answer_id": str(uuid4())}}, "not_found"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_stored_is_told_and_stops_nobody(
    name: str, intake: MessageIntake, brokers: MemoryStream, outbox: KeptOutbox, database: Database
) -> None:
    body, code = BAD[name]
    send(brokers, {"events": [event()]}, body, {"events": [event()]})
    assert intake.take_in(0.0) == 3
    assert count(database, "events") == 2
    told = refused(outbox, brokers)
    assert [(one["topic"], one["position"], one["code"]) for one in told] == [(EVENTS, "0:1:0", code)]
    assert 0 < len(told[0]["reason"]) <= 300
    assert "Müller" not in told[0]["reason"]
    assert set(told[0]) == {"topic", "position", "code", "reason"}


def test_a_fault_of_our_own_is_told_too(
    intake: MessageIntake, brokers: MemoryStream, outbox: KeptOutbox, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("nova.api.streams.store_feedback", broken)
    send(brokers, {"feedback": {"question": "F", "answer": "A", "useful": True}}, {"events": [event()]})
    intake.take_in(0.0)
    assert [one["code"] for one in refused(outbox, brokers)] == ["internal"]
    assert count(database, "events") == 1


def test_without_the_database_nothing_is_committed(
    intake: MessageIntake, brokers: MemoryStream, database_url: str, outbox: KeptOutbox
) -> None:
    send(brokers, {"events": [event()]})
    with Database.connect(database_url) as gone:
        pass
    with pytest.raises(ServerAbsent):
        MessageIntake(gone, outbox, brokers, EventDoor()).take_in(0.0)
    assert intake.take_in(0.0) == 1


def test_when_the_brokers_do_not_hear_that_it_is_stored_nothing_doubles(
    intake: MessageIntake, brokers: MemoryStream, database: Database
) -> None:
    send(brokers, {"events": [event()]})

    class Deaf(MemoryStream):
        def take(self, *more: Any) -> Any:
            batch = super().take(*more)
            self.absent = True
            return batch

    deaf = Deaf(brokers.held)
    with pytest.raises(ServerAbsent):
        MessageIntake(intake.db, intake.outbox, deaf, EventDoor()).take_in(0.0)
    assert intake.take_in(0.0) == 0
    assert count(database, "events") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.floats() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_any_bytes_are_stored_or_told(intake: MessageIntake, brokers: MemoryStream, value: bytes) -> None:
    before = len(brokers.held.get(EVENTS, []))
    send(brokers, value)
    intake.db.execute("DELETE FROM stream_taken")
    assert intake.take_in(0.0) == 1
    assert brokers.read[EVENTS] == before + 1


def test_many_events_are_stored_in_parts(
    intake: MessageIntake, brokers: MemoryStream, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    stored: list[int] = []

    def store(conn: Any, caller: Any, events: Any, dictionary: Any) -> Any:
        stored.append(len(events))
        return store_events(conn, caller, events, dictionary)

    monkeypatch.setattr("nova.api.streams.store_events", store)
    send(brokers, *[{"events": [event()] * 300} for _ in range(20)])
    assert intake.take_in(0.0) == 20
    assert count(database, "events") == sum(stored) == 6000
    assert max(stored) <= 2000


@pytest.mark.parametrize(("fault", "code", "takes"), [(errors.QueryCanceled, "busy", 3), (errors.ProgramLimitExceeded, "too_large", 1)])
def test_what_the_database_cannot_store_together_is_stored_apart(
    fault: type[Exception],
    code: str,
    takes: int,
    intake: MessageIntake,
    brokers: MemoryStream,
    outbox: KeptOutbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message that is slow even alone is tried a few times, then the line goes on."""

    def store(conn: Any, caller: Any, events: Any, dictionary: Any) -> Any:
        if any(one.dwell_ms == 7 for one in events):
            raise fault
        return store_events(conn, caller, events, dictionary)

    monkeypatch.setattr("nova.api.streams.store_events", store)
    send(brokers, {"events": [event()]}, {"events": [event(dwell_ms=7)]}, {"events": [event()]})
    for _ in range(takes - 1):
        with pytest.raises(Busy):
            intake.take_in(0.0)
    assert intake.take_in(0.0) == 3
    assert count(intake.db, "events") == 2
    assert [(one["code"], one["position"]) for one in refused(outbox, brokers)] == [(code, "0:1:0")]


def test_judgements_of_many_readers_never_wait_for_each_other_for_ever(intake: MessageIntake, outbox: KeptOutbox) -> None:
    """Each reader tells what it stored in the order of the lines, whatever the order of its messages."""
    judged = [{"feedback": {"question": "F", "answer": "A", "useful": True}} for _ in range(150)]

    def read(partition: int) -> None:
        brokers = MemoryStream()
        brokers.publish(EVENTS, [Message("k", json.dumps(one).encode()) for one in judged])
        brokers.held[EVENTS] = [replace(one, position=f"{partition}:{number}:0") for number, one in enumerate(brokers.held[EVENTS])]
        assert MessageIntake(intake.db, outbox, brokers, EventDoor()).take_in(0.0) == 150

    with ThreadPoolExecutor() as pool:
        for ended in [pool.submit(read, partition) for partition in range(4)]:
            ended.result()
    assert count(intake.db, "rag_feedback") == 600


def test_a_topic_that_is_kept_longer_than_places_are_doubles_nothing(intake: MessageIntake, database: Database) -> None:
    """A group whose offsets the brokers have forgotten reads everything once more; a topic made anew is another matter."""
    day = 86_400_000

    def read(begin: int, count: int) -> int:
        brokers = MemoryStream()
        send(brokers, *[{"events": [event()]}] * count)
        brokers.held[EVENTS] = [replace(one, position=f"{n % 2}:{n}:{begin + n}") for n, one in enumerate(brokers.held[EVENTS])]
        return replace(intake, stream=brokers).take_in(0.0)

    def age() -> None:
        database.execute("UPDATE stream_taken SET at = at - interval '91 days'")
        with database.transaction() as conn:
            streams.sweep(conn)

    assert read(0, 20) == 20
    age()
    assert count(database, "stream_taken") == 2
    assert read(0, 30) == 10
    age()
    assert count(database, "stream_taken") == 2
    assert read(0, 30) == 0
    assert read(100 * day, 5) == 5
    age()
    assert (read(0, 5), read(100 * day, 5), count(database, "stream_taken")) == (0, 0, 2)
