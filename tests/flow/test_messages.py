"""Messages of a stream are stored in parts, one by one where they cannot be together, and told of where they cannot at all."""

from collections.abc import Sequence
from typing import Any

import pytest

from nova.errors import Busy
from nova.flows.messages import EVENTS_AT_ONCE, Fault, MessageIntake, ReadMessage
from nova.ports import EVENTS, Fact, Message
from nova.store.postgres.db import Database
from tests.fakes.stream import MemoryStream


class Door:
    """Stores words; `bad` ones are faults, and each one counts for so many events."""

    def __init__(self, weight: int = 1, bad: Fault | None = None) -> None:
        self.weight, self.bad = weight, bad
        self.stored: list[list[str]] = []

    def read(self, message: Message) -> ReadMessage:
        if message.value == b"?":
            return ReadMessage(message, None, Fault("validation", "Das ist nichts."))
        return ReadMessage(message, message.value.decode(), events=self.weight)

    def store(self, conn: Any, outbox: Any, bodies: Sequence[str]) -> Fault | None:
        outbox.put(conn, *(Fact("stored", body, {}) for body in bodies))
        if "bad" in bodies:
            return self.bad
        self.stored.append(list(bodies))
        return None


class Told:
    """An outbox that remembers."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def put(self, connection: Any, *facts: Fact) -> None:
        self.facts += facts


def taking(database: Database, door: Door, *words: str) -> tuple[MessageIntake, Told]:
    database.execute("DELETE FROM stream_taken")
    brokers, told = MemoryStream(), Told()
    brokers.publish(EVENTS, [Message("k", word.encode()) for word in words])
    return MessageIntake(database, told, brokers, door), told  # type: ignore[arg-type]


def test_a_part_holds_no_more_than_a_statement_can(database: Database) -> None:
    door = Door(weight=EVENTS_AT_ONCE // 2)
    intake, _ = taking(database, door, *"abcde")
    assert intake.take_in(0.0) == 5
    assert door.stored == [["a", "b"], ["c", "d"], ["e"]]


def test_what_cannot_be_stored_with_others_is_told_and_the_rest_is_stored(database: Database) -> None:
    door = Door(bad=Fault("too_large", "Zu groß."))
    intake, told = taking(database, door, "a", "bad", "?", "b")
    assert intake.take_in(0.0) == 4
    assert door.stored == [["a"], ["b"]]
    refused = [one.value["code"] for one in told.facts if one.topic != "stored"]
    assert sorted(refused) == ["too_large", "validation"]
    assert [one.key for one in told.facts if one.topic == "stored"] == ["a", "b"]  # nothing is told of what was not stored


def test_what_is_slow_is_tried_a_few_times(database: Database) -> None:
    intake, told = taking(database, Door(bad=Fault("busy", "Zu langsam.", slow=True)), "bad")
    for _ in range(2):
        with pytest.raises(Busy):
            intake.take_in(0.0)
    assert intake.take_in(0.0) == 1
    assert [one.value["code"] for one in told.facts] == ["busy"]
