"""A judgement of an answer in, a stored judgement, its rewards and its event out.

All texts are redacted first; when that fails nothing is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.errors import NotFound
from nova.ports import FEEDBACK, Fact, Outbox
from nova.privacy import redact
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.people import governance
from nova.store.postgres.db import Database
from nova.store.talk import telemetry
from nova.telemetry.conversations import Desk
from nova.telemetry.events import own_user

Reason = Literal["falsch", "unvollstaendig", "quelle", "ton"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thinks of an answer. `user` names whose judgement it is (default: the caller's, of who teaches the company's)."""

    question: str
    answer: str
    useful: bool
    answer_id: UUID | None = None
    user: str | None = None
    reason: Reason | None = None
    notes: str | None = None
    chunks_used: tuple[UUID, ...] = ()
    dwell_ms: int | None = None


def save_feedback(db: Database, caller: Caller, feedback: Feedback, outbox: Outbox, desk: Desk | None = None) -> None:
    """Store it and tell the outbox. NotAllowed for someone else's user_id, NotFound for an answer the caller has not got.

    A person's words are kept only if they agree to it, which `desk` knows, and how long they read only with `profiling`; the judgement is
    stored in any case.
    """
    with db.transaction() as conn:
        store_feedback(conn, caller, feedback, outbox, desk)


def store_feedback(conn: Connection[Any], caller: Caller, feedback: Feedback, outbox: Outbox, desk: Desk | None = None) -> None:
    """As `save_feedback`, in the caller's transaction."""
    user_id = _judge(conn, caller, feedback.user)
    exists, owner = telemetry.answer_owner(conn, feedback.answer_id) if feedback.answer_id else (True, user_id)
    _check_answer((exists, owner), caller)
    watched = user_id is None or bool(telemetry.speakers(conn, {user_id}, "profiling"))
    keep = _keeper(conn, user_id if owner is None else owner, desk)
    row = telemetry.FeedbackRow(
        uuid7(),
        user_id,
        feedback.answer_id,
        keep(feedback.question),
        keep(feedback.answer),
        feedback.useful,
        feedback.reason,
        (keep(feedback.notes) or None) if feedback.notes else None,
        feedback.chunks_used,
        feedback.dwell_ms if watched else None,
    )
    telemetry.insert_feedback(conn, row)
    telemetry.insert_labels(conn, row, everyone=caller.may("learn"))
    if user_id is not None:
        telemetry.insert_events(conn, [_event(row, user_id)])
    outbox.put(conn, Fact(FEEDBACK, str(row.answer_id or row.feedback_id), _fact(row)))


def _keeper(conn: Connection[Any], user_id: UUID | None, desk: Desk | None) -> Callable[[str], str]:
    """What is kept of a text: all but personal values of nobody's, and of a person's who agrees to it; else nothing.

    Whose words they are is said by the answer: who judges another's answer says its words.
    """
    if user_id is None:
        look = desk.redact if desk else None
        return lambda text: look(text, None, None) if look else redact(text).text
    if desk is None:
        return lambda _: ""
    subject_id = desk.people.subject_of_user(conn, user_id)
    if "service" not in desk.people.agreed(conn, subject_id):
        return lambda _: ""
    now = datetime.now(UTC)
    token, known = desk.people.tokens(conn, subject_id, now), desk.people.known(conn, subject_id, now, {})
    return lambda text: desk.redact(text, token, known)


def _judge(conn: Connection[Any], caller: Caller, name: str | None) -> UUID | None:
    """Whose judgement it is; None for the company's: operators teach on its behalf, without their name."""
    if name is None:
        return None if caller.may("learn") else caller.user_id
    if not caller.may("rights"):
        return own_user(caller, name)
    user = governance.find_user(conn, name)
    if user is None:
        raise NotFound("Diese Person ist nicht bekannt.")
    return user.user_id


def _fact(row: telemetry.FeedbackRow) -> dict[str, Any]:
    """What others may know of it: no person and no words."""
    answer_id = str(row.answer_id) if row.answer_id else None
    at = datetime.now(UTC).isoformat()
    return {"feedback_id": str(row.feedback_id), "answer_id": answer_id, "useful": row.useful, "reason": row.reason, "at": at}


def _check_answer(found: tuple[bool, UUID | None], caller: Caller) -> None:
    exists, owner = found
    if not exists or (not caller.may("learn") and owner != caller.user_id):
        raise NotFound("Diese Antwort gibt es nicht.")


def _event(row: telemetry.FeedbackRow, user_id: UUID) -> telemetry.EventRow:
    meta = {"useful": row.useful, "reason": row.reason, "answer_id": str(row.answer_id) if row.answer_id else None}
    return telemetry.EventRow(uuid7(), user_id, datetime.now(UTC), "feedback", None, None, row.dwell_ms, meta)
