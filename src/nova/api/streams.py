"""Messages of a stream in; events and judgements stored as if they had come over HTTP, each once however often it is given, out.

A message is JSON: `{"events": [...]}` as `/events/batch` takes it, or `{"feedback": {...}}` as `/feedback/rag` does. Whoever may write to
the topic counts as the operator. What cannot be stored is told to `nova.events.refused` with the reason and its place, never its content,
not even the name of a field that it should not have.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import Connection, errors
from pydantic import ValidationError
from pydantic_core import from_json

from nova.api.errors import INTERNAL
from nova.api.german import problems
from nova.api.models.answers import EventBatch, EventRequest, FeedbackRequest
from nova.api.models.common import Request
from nova.api.views import to_event, to_feedback
from nova.errors import Busy, InvalidInput, NovaError, TooLarge
from nova.jobs.streams import Pump
from nova.knowledge.shared import own_name
from nova.logs import get_logger
from nova.ports import EVENTS, REFUSED, Fact, Message, Outbox, Stream
from nova.records import Caller
from nova.store import streams
from nova.store.db import Database
from nova.telemetry.conversations import Desk
from nova.telemetry.events import Dictionary, store_events
from nova.telemetry.feedback import store_feedback

if TYPE_CHECKING:
    from nova.wiring import Workshop

BATCH, WAIT_SECONDS = 200, 1.0
EVENTS_AT_ONCE, BYTES_AT_ONCE = 2_000, 4_000_000
SLOW_TRIES = 3
LONGEST_REASON = 300
OPERATOR = Caller("admin")
log = get_logger(__name__)


class FeedbackMessage(Request):
    """A judgement of an answer, as a message."""

    feedback: FeedbackRequest


Body = EventBatch | FeedbackMessage
KNOWN_FIELDS = frozenset(name for shape in (EventBatch, EventRequest, FeedbackMessage, FeedbackRequest) for name in shape.model_fields)


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking messages in needs. `group` is this installation's own: each gets every message. No desk: no words of people are kept.

    `master` gives the company's master data when asked.
    """

    db: Database
    outbox: Outbox
    stream: Stream
    group: str = "nova"
    slow: Counter[str] = field(default_factory=Counter)
    desk: Desk | None = None
    master: Dictionary = lambda: None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a message cannot be stored; `slow`: another time it may be."""

    code: str
    reason: str
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A message and what it says, or what is wrong with it."""

    message: Message
    body: Body | None
    fault: Fault | None = None

    @property
    def events(self) -> int:
        """How many there are to store."""
        return len(self.body.events) if isinstance(self.body, EventBatch) else 1


class Gathered:
    """An outbox that only remembers: a transaction locks the ends of the lines once, in their order."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def put(self, connection: Any, *facts: Fact) -> None:
        """Remember them."""
        self.facts += facts


@contextmanager
def streaming(shop: "Workshop") -> Iterator[Callable[[], bool]]:
    """Take events in from the brokers and hand facts on to them until the block ends; nothing where none are configured.

    Gives a question: whether everybody who does so is still there.
    """
    from nova.governance.vault_fit import fits
    from nova.wiring import KeptOutbox
    from nova.wiring.chats import desk_of

    pumps = []
    if shop.brokers is not None:
        desk = desk_of(shop.people, shop.master)
        intake = Intake(shop.db, shop.outbox, shop.brokers, f"nova-{own_name(shop.db)}", desk=desk, master=shop.master)
        with shop.db.transaction() as conn:
            if not fits(conn, shop.people.keys):
                intake = replace(intake, desk=None)  # a process without the installation's key file could seal what nobody else opens
        pumps.append(Pump("stream-in", partial(take_in, intake, WAIT_SECONDS)))
    if isinstance(shop.outbox, KeptOutbox):
        pumps += [Pump(f"out-{topic}", partial(shop.outbox.hand_on, topic, WAIT_SECONDS)) for topic in shop.outbox.topics]
    for pump in pumps:
        pump.start()
    try:
        yield lambda: all(pump.whole for pump in pumps)
    finally:
        for pump in pumps:
            pump.end()
        for pump in pumps:
            pump.join()


def take_in(intake: Intake, timeout: float) -> int:
    """Store what waits, waiting up to `timeout` seconds for it, then commit; how many messages were new. ServerAbsent, Busy."""
    batch = intake.stream.take(EVENTS, intake.group, BATCH, timeout)
    if not batch.messages:
        return 0
    new = sum(_take(intake, part) for part in _parts(batch.messages))
    batch.commit()
    intake.slow.clear()
    log.info("stream_taken", messages=new, again=len(batch.messages) - new)
    return new


def _parts(messages: Sequence[Message]) -> Iterator[list[Given]]:
    """Messages read, in parts that a statement can store at once."""
    part: list[Given] = []
    events = size = 0
    for message in messages:
        given = _given(message)
        if part and (events + given.events > EVENTS_AT_ONCE or size + len(message.value) > BYTES_AT_ONCE):
            yield part
            part, events, size = [], 0, 0
        part.append(given)
        events, size = events + given.events, size + len(message.value)
    yield part


def _take(intake: Intake, part: Sequence[Given]) -> int:
    """Store a part in a transaction of its own; how many of it were new."""
    with intake.db.transaction() as conn:
        new = streams.take(conn, EVENTS, [given.message.position for given in part])
        facts = _store(conn, intake, [given for given in part if given.message.position in new])
        intake.outbox.put(conn, *facts)
    return len(new)


def _store(conn: Connection[Any], intake: Intake, part: Sequence[Given]) -> list[Fact]:
    """Store messages together, or one by one where that fails; what is to be told of it."""
    told, facts = Gathered(), [_refusal(given.message, given.fault) for given in part if given.fault]
    readable = [(given.message, given.body) for given in part if given.body]
    if _attempt(conn, told, [body for _, body in readable], intake) is None:
        return facts + told.facts
    for message, body in readable:
        fault = _attempt(conn, told, [body], intake)
        if fault is not None:
            _have_patience(intake, message, fault)
            facts.append(_refusal(message, fault))
    return facts + told.facts


def _have_patience(intake: Intake, message: Message, fault: Fault) -> None:
    """Busy for a message that is slow to store, a few times: perhaps it is the database that is slow."""
    if not fault.slow:
        return
    intake.slow[message.position] += 1
    if intake.slow[message.position] < SLOW_TRIES:
        raise Busy(fault.reason)


def _attempt(conn: Connection[Any], told: Gathered, bodies: Sequence[Body], intake: Intake) -> Fault | None:
    """Store all or none; why that cannot be done. The edge of a request that came by another way."""
    facts = Gathered()
    try:
        with conn.transaction():
            events = [to_event(event) for body in bodies if isinstance(body, EventBatch) for event in body.events]
            if events:
                store_events(conn, OPERATOR, events, intake.master)
            for body in bodies:
                if isinstance(body, FeedbackMessage):
                    store_feedback(conn, OPERATOR, to_feedback(body.feedback), facts, intake.desk)
    except errors.QueryCanceled:
        return Fault(Busy.code, "Das Speichern dauerte zu lange.", slow=True)
    except errors.ProgramLimitExceeded:
        return Fault(TooLarge.code, "Die Angaben sind zu groß für die Datenbank.")
    except (psycopg.OperationalError, psycopg.InterfaceError, errors.ReadOnlySqlTransaction):
        raise
    except NovaError as error:
        return Fault(error.code, error.message)
    except psycopg.DataError:
        return Fault(InvalidInput.code, "Die Angaben lassen sich nicht speichern.")
    except Exception:
        log.exception("message_crashed")
        return Fault("internal", INTERNAL)
    told.facts += facts.facts
    return None


def _given(message: Message) -> Given:
    """A message, read."""
    try:
        given = from_json(message.value)
        shape: type[Body] = FeedbackMessage if isinstance(given, dict) and "feedback" in given else EventBatch
        return Given(message, shape.model_validate_json(message.value))
    except ValidationError as error:
        found = problems(_nameless(one) for one in error.errors())
        return Given(message, None, Fault(InvalidInput.code, "; ".join(f"{one['field']}: {one['message']}" for one in found[:3])))
    except ValueError:
        return Given(message, None, Fault(InvalidInput.code, "Das ist kein gültiges JSON."))


def _nameless(problem: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, naming no field that the sender made up."""
    return {**problem, "loc": [part if isinstance(part, int) or part in KNOWN_FIELDS else "?" for part in problem["loc"]]}


def _refusal(message: Message, fault: Fault) -> Fact:
    """What cannot be stored and why."""
    told = {"topic": EVENTS, "position": message.position, "code": fault.code, "reason": fault.reason[:LONGEST_REASON]}
    log.warning("message_refused", position=message.position, code=fault.code, reason=told["reason"])
    return Fact(REFUSED, message.position, told)
