"""Messages of a stream in; what they say stored, each once however often it is given, and what cannot be stored told with its reason.

How a message is read and what its storing leads to is its door's; here is what holds for any: parts that a statement can store at once, one
by one where they cannot be stored together, patience with what is slow, and no word of a message in what is told of it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from psycopg import Connection

from nova.errors import Busy
from nova.logs import get_logger
from nova.ports import EVENTS, REFUSED, Fact, Message, Outbox, Stream
from nova.store import streams
from nova.store.postgres.db import Database

BATCH = 200
EVENTS_AT_ONCE, BYTES_AT_ONCE = 2_000, 4_000_000
SLOW_TRIES = 3
LONGEST_REASON = 300
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a message cannot be stored; `slow`: another time it may be."""

    code: str
    reason: str
    slow: bool = False


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """A message and what it says, or what is wrong with it; `events` are how many there are to store."""

    message: Message
    body: Any
    fault: Fault | None = None
    events: int = 1


class MessageDoor(Protocol):
    """How messages are read and stored."""

    def read(self, message: Message) -> ReadMessage:
        """A message, read; what cannot be read carries its fault."""

    def store(self, conn: Connection[Any], outbox: Outbox, bodies: Sequence[Any]) -> Fault | None:
        """Store all or none; why that cannot be done. Raises only where the database itself is away."""


class GatheredFacts:
    """An outbox that only remembers: a transaction locks the ends of the lines once, in their order."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def put(self, connection: Any, *facts: Fact) -> None:
        """Remember them."""
        self.facts += facts


@dataclass(frozen=True, slots=True)
class MessageIntake:
    """Takes messages in. `group` is this installation's own: each gets every message."""

    db: Database
    outbox: Outbox
    stream: Stream
    door: MessageDoor
    group: str = "nova"
    slow: Counter[str] = field(default_factory=Counter)

    def take_in(self, timeout: float) -> int:
        """Store what waits, waiting up to `timeout` seconds for it, then commit; how many messages were new. ServerAbsent, Busy."""
        batch = self.stream.take(EVENTS, self.group, BATCH, timeout)
        if not batch.messages:
            return 0
        new = sum(self._take(part) for part in self._parts(batch.messages))
        batch.commit()
        self.slow.clear()
        log.info("stream_taken", messages=new, again=len(batch.messages) - new)
        return new

    def _parts(self, messages: Sequence[Message]) -> Iterator[list[ReadMessage]]:
        """Messages read, in parts that a statement can store at once."""
        part: list[ReadMessage] = []
        events = size = 0
        for message in messages:
            given = self.door.read(message)
            if part and (events + given.events > EVENTS_AT_ONCE or size + len(message.value) > BYTES_AT_ONCE):
                yield part
                part, events, size = [], 0, 0
            part.append(given)
            events, size = events + given.events, size + len(message.value)
        yield part

    def _take(self, part: Sequence[ReadMessage]) -> int:
        """Store a part in a transaction of its own; how many of it were new."""
        with self.db.transaction() as conn:
            new = streams.take(conn, EVENTS, [given.message.position for given in part])
            facts = self._store(conn, [given for given in part if given.message.position in new])
            self.outbox.put(conn, *facts)
        return len(new)

    def _store(self, conn: Connection[Any], part: Sequence[ReadMessage]) -> list[Fact]:
        """Store messages together, or one by one where that fails; what is to be told of it."""
        told, facts = GatheredFacts(), [_refusal(given.message, given.fault) for given in part if given.fault]
        readable = [(given.message, given.body) for given in part if given.body is not None]
        if self._attempt(conn, told, [body for _, body in readable]) is None:
            return facts + told.facts
        for message, body in readable:
            fault = self._attempt(conn, told, [body])
            if fault is not None:
                self._have_patience(message, fault)
                facts.append(_refusal(message, fault))
        return facts + told.facts

    def _attempt(self, conn: Connection[Any], told: GatheredFacts, bodies: Sequence[Any]) -> Fault | None:
        """Store all or none; what is told of what was not stored is forgotten."""
        facts = GatheredFacts()
        fault = self.door.store(conn, facts, bodies)
        if fault is None:
            told.facts += facts.facts
        return fault

    def _have_patience(self, message: Message, fault: Fault) -> None:
        """Busy for a message that is slow to store, a few times: perhaps it is the database that is slow."""
        if not fault.slow:
            return
        self.slow[message.position] += 1
        if self.slow[message.position] < SLOW_TRIES:
            raise Busy(fault.reason)


def _refusal(message: Message, fault: Fault) -> Fact:
    """What cannot be stored and why."""
    told = {"topic": EVENTS, "position": message.position, "code": fault.code, "reason": fault.reason[:LONGEST_REASON]}
    log.warning("message_refused", position=message.position, code=fault.code, reason=told["reason"])
    return Fact(REFUSED, message.position, told)
