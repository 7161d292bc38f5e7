"""Messages of a stream in; events and judgements stored as if they had come over HTTP, each once however often it is given, out.

A message is JSON: `{"events": [...]}` as `/events/batch` takes it, or `{"feedback": {...}}` as `/feedback/rag` does. Whoever may write to
the topic counts as the operator. What cannot be stored is told to `nova.events.refused` with the reason and its place, never its content,
not even the name of a field that it should not have.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import Connection, errors
from pydantic import ValidationError
from pydantic_core import from_json

from nova.api.models.answers import EventBatch, EventRequest, FeedbackRequest
from nova.api.models.common import Request
from nova.api.protocol.errors import INTERNAL
from nova.api.views.records import to_event, to_feedback
from nova.errors import Busy, InvalidInput, NovaError, TooLarge
from nova.findings import problems
from nova.flows.messages import Fault, MessageIntake, ReadMessage
from nova.jobs.streams import Pump
from nova.knowledge.shared import own_name
from nova.logs import get_logger
from nova.ports import Message, Outbox
from nova.records import Caller
from nova.telemetry.conversations import Desk
from nova.telemetry.events import Dictionary, store_events
from nova.telemetry.feedback import store_feedback

if TYPE_CHECKING:
    from nova.wiring import Workshop

WAIT_SECONDS = 1.0
OPERATOR = Caller("admin")
log = get_logger(__name__)


class FeedbackMessage(Request):
    """A judgement of an answer, as a message."""

    feedback: FeedbackRequest


Body = EventBatch | FeedbackMessage
KNOWN_FIELDS = frozenset(name for shape in (EventBatch, EventRequest, FeedbackMessage, FeedbackRequest) for name in shape.model_fields)


class EventDoor:
    """Reads and stores what may be on the topic. Without a `desk` no words of people are kept; `master` gives the company's master data."""

    def __init__(self, desk: Desk | None = None, master: Dictionary = lambda: None) -> None:
        self._desk, self._master = desk, master

    def read(self, message: Message) -> ReadMessage:
        """A message, read."""
        try:
            given = from_json(message.value)
            shape: type[Body] = FeedbackMessage if isinstance(given, dict) and "feedback" in given else EventBatch
            body = shape.model_validate_json(message.value)
            return ReadMessage(message, body, events=len(body.events) if isinstance(body, EventBatch) else 1)
        except ValidationError as error:
            found = problems(_nameless(one) for one in error.errors())
            reason = "; ".join(f"{one['field']}: {one['message']}" for one in found[:3])
            return ReadMessage(message, None, Fault(InvalidInput.code, reason))
        except ValueError:
            return ReadMessage(message, None, Fault(InvalidInput.code, "Das ist kein gültiges JSON."))

    def store(self, conn: Connection[Any], outbox: Outbox, bodies: Sequence[Body]) -> Fault | None:
        """Store all or none; why that cannot be done. The edge of a request that came by another way."""
        try:
            with conn.transaction():
                self._store(conn, outbox, bodies)
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
        return None

    def _store(self, conn: Connection[Any], outbox: Outbox, bodies: Sequence[Body]) -> None:
        events = [to_event(event) for body in bodies if isinstance(body, EventBatch) for event in body.events]
        if events:
            store_events(conn, OPERATOR, events, self._master)
        for body in bodies:
            if isinstance(body, FeedbackMessage):
                store_feedback(conn, OPERATOR, to_feedback(body.feedback), outbox, self._desk)


@contextmanager
def streaming(shop: "Workshop") -> Iterator[Callable[[], bool]]:
    """Take events in from the brokers and hand facts on to them until the block ends; nothing where none are configured.

    Gives a question: whether everybody who does so is still there.
    """
    from nova.wiring import KeptOutbox
    from nova.wiring.chats import own_desk

    pumps = []
    if shop.brokers is not None:
        door = EventDoor(own_desk(shop.db, shop.people, shop.master), shop.master)
        intake = MessageIntake(shop.db, shop.outbox, shop.brokers, door, f"nova-{own_name(shop.db)}")
        pumps.append(Pump("stream-in", partial(intake.take_in, WAIT_SECONDS)))
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


def _nameless(problem: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same, naming no field that the sender made up."""
    return {**problem, "loc": [part if isinstance(part, int) or part in KNOWN_FIELDS else "?" for part in problem["loc"]]}
