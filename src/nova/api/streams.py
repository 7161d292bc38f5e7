"""Messages of a stream in; events and judgements stored as if they had come over HTTP, each once however often it is given, out.

A message is JSON: `{"events": [...]}` as `/events/batch` takes it, or `{"feedback": {...}}` as `/feedback/rag` does. Whoever may write to
the topic counts as the operator. What cannot be stored is told to `nova.events.refused` with the reason and its place, never its content.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import Connection
from pydantic import ValidationError
from pydantic_core import from_json

from nova.api.errors import INTERNAL
from nova.api.german import problems
from nova.api.models.answers import EventBatch, FeedbackRequest
from nova.api.models.common import Request
from nova.api.views import to_event, to_feedback
from nova.errors import InvalidInput, NovaError
from nova.jobs.streams import Pump
from nova.logs import get_logger
from nova.ports import Message, Outbox, Stream
from nova.records import Caller
from nova.store import streams
from nova.store.db import Database
from nova.telemetry.events import store_events
from nova.telemetry.feedback import store_feedback

if TYPE_CHECKING:
    from nova.wiring import Workshop

EVENTS, REFUSED, GROUP = "nova.events", "nova.events.refused", "nova"
BATCH, WAIT_SECONDS = 200, 1.0
OPERATOR = Caller("admin")
log = get_logger(__name__)


class FeedbackMessage(Request):
    """A judgement of an answer, as a message."""

    feedback: FeedbackRequest


Body = EventBatch | FeedbackMessage


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking messages in needs."""

    db: Database
    outbox: Outbox
    stream: Stream


@contextmanager
def streaming(shop: "Workshop") -> Iterator[None]:
    """Take events in from the brokers and hand facts on to them until the block ends; nothing where none are configured."""
    from nova.wiring import KeptOutbox

    pumps = []
    if shop.brokers is not None:
        intake = Intake(shop.db, shop.outbox, shop.brokers)
        pumps.append(Pump("stream-in", partial(take_in, intake, WAIT_SECONDS)))
    if isinstance(shop.outbox, KeptOutbox):
        pumps.append(Pump("stream-out", partial(shop.outbox.hand_on, WAIT_SECONDS)))
    for pump in pumps:
        pump.start()
    try:
        yield
    finally:
        for pump in pumps:
            pump.stop()
        for pump in pumps:
            pump.join()


def take_in(intake: Intake, timeout: float) -> int:
    """Store what waits, waiting up to `timeout` seconds for it, then commit; how many messages were new. ServerAbsent, Busy."""
    batch = intake.stream.take(EVENTS, GROUP, BATCH, timeout)
    if not batch.messages:
        return 0
    with intake.db.transaction() as conn:
        new = streams.take(conn, EVENTS, [message.position for message in batch.messages])
        refused = _store(conn, intake, [message for message in batch.messages if message.position in new])
    batch.commit()
    log.info("stream_taken", messages=len(new), again=len(batch.messages) - len(new), refused=refused)
    return len(new)


def _store(conn: Connection[Any], intake: Intake, messages: Sequence[Message]) -> int:
    """Store messages together, or one by one where that fails; how many were refused."""
    readable, refused = [], 0
    for message in messages:
        try:
            readable.append((message, _read(message.value)))
        except InvalidInput as error:
            refused += _refuse(conn, intake, message, (error.code, error.message))
    if _attempt(conn, intake, [body for _, body in readable]) is None:
        return refused
    for message, body in readable:
        if fault := _attempt(conn, intake, [body]):
            refused += _refuse(conn, intake, message, fault)
    return refused


def _attempt(conn: Connection[Any], intake: Intake, bodies: Sequence[Body]) -> tuple[str, str] | None:
    """Store all or none; code and words when that cannot be done. The edge of a request that came by another way."""
    try:
        with conn.transaction():
            events = [to_event(event) for body in bodies if isinstance(body, EventBatch) for event in body.events]
            if events:
                store_events(conn, OPERATOR, events)
            for body in bodies:
                if isinstance(body, FeedbackMessage):
                    store_feedback(conn, OPERATOR, to_feedback(body.feedback), intake.outbox)
    except (psycopg.OperationalError, psycopg.InterfaceError):
        raise
    except NovaError as error:
        return error.code, error.message
    except psycopg.DataError:
        return InvalidInput.code, "Die Angaben lassen sich nicht speichern."
    except Exception:
        log.exception("message_crashed")
        return "internal", INTERNAL
    return None


def _read(value: bytes) -> Body:
    """The message behind the bytes; InvalidInput says what is wrong with it."""
    try:
        given = from_json(value)
        shape: type[Body] = FeedbackMessage if isinstance(given, dict) and "feedback" in given else EventBatch
        return shape.model_validate_json(value)
    except ValidationError as error:
        raise InvalidInput("; ".join(f"{one['field']}: {one['message']}" for one in problems(error.errors())[:3])) from None
    except ValueError:
        raise InvalidInput("Das ist kein gültiges JSON.") from None


def _refuse(conn: Connection[Any], intake: Intake, message: Message, fault: tuple[str, str]) -> int:
    """Tell what cannot be stored and why; counts as one."""
    code, reason = fault
    intake.outbox.put(conn, REFUSED, message.position, {"topic": EVENTS, "position": message.position, "code": code, "reason": reason})
    log.warning("message_refused", position=message.position, code=code, reason=reason)
    return 1
