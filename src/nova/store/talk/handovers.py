"""Rows of handovers: answers that somebody hands to others. A connection and plain values in, frozen rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.store import queries

SQL = queries.load("handovers")
HandoverKind = Literal["question", "complaint"]
HandoverState = Literal["open", "taken", "done", "withdrawn", "returned"]
Box = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer that somebody may hand over."""

    answer_id: UUID
    question: str


@dataclass(frozen=True, slots=True)
class NewHandoverRow:
    """A handover as it is stored."""

    handover_id: UUID
    from_user: UUID
    to_user: UUID | None
    kind: HandoverKind
    note: str
    received_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over by whom to whom, and what became of it; `question` is its first, None when nothing of it is left."""

    handover_id: UUID
    from_user: UUID
    to_user: UUID | None
    to_service: bool
    kind: HandoverKind
    note: str
    state: HandoverState
    received_on: date
    due_on: date | None
    made_at: datetime
    taken_by: UUID | None
    taken_at: datetime | None
    done_at: datetime | None
    from_name: str
    to_name: str | None
    taken_name: str | None
    question: str | None
    answers: int


@dataclass(frozen=True, slots=True)
class HandedAnswer:
    """An answer as it was given, with its citations as they are stored."""

    answer_id: UUID
    ts: datetime
    question: str
    answer: str
    status: str
    citations: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class HandoverQuery:
    """Whose: what `user_id` handed over ("out") or what lies with them ("in"); `serves`: with whoever serves, too."""

    user_id: UUID
    box: Box
    serves: bool = False
    states: Sequence[HandoverState] = ()
    limit: int = 50
    offset: int = 0


def own_answers(conn: Connection[Any], user_id: UUID, answer_id: UUID | None, conversation_id: UUID | None) -> list[OwnAnswer]:
    """A person's own, one or a whole conversation, in order; held until the transaction ends."""
    values = {"user_id": user_id, "answer_id": answer_id, "conversation_id": conversation_id}
    return [OwnAnswer(**row) for row in conn.execute(SQL["own_answers"], values).fetchall()]


def insert(conn: Connection[Any], new: NewHandoverRow, answers: Sequence[UUID]) -> None:
    """Note a handover and what it holds."""
    conn.execute(SQL["insert"], asdict(new))
    conn.execute(SQL["insert_answers"], {"handover_id": new.handover_id, "answers": list(answers)})


def page(conn: Connection[Any], query: HandoverQuery, handover_id: UUID | None = None) -> tuple[list[Handover], int]:
    """A page of them, what is due first, and how many there are; with `handover_id` that one alone."""
    values = asdict(query) | {"states": list(query.states) or None, "handover_id": handover_id}
    rows = conn.execute(SQL["page"], values).fetchall()
    total = rows[0]["total"] if rows else 0
    return [Handover(**{name: value for name, value in row.items() if name != "total"}) for row in rows], total


def turns(conn: Connection[Any], handover_id: UUID) -> list[HandedAnswer]:
    """The answers of one, in order."""
    return [HandedAnswer(**row) for row in conn.execute(SQL["turns"], {"handover_id": handover_id}).fetchall()]


def move(conn: Connection[Any], handover_id: UUID, user_id: UUID, state: HandoverState, before: Sequence[HandoverState]) -> bool:
    """To its next state, from one of these; whether that was so."""
    values = {"handover_id": handover_id, "user_id": user_id, "state": state, "before": list(before)}
    return conn.execute(SQL["move"], values).fetchone() is not None


def give_back(conn: Connection[Any], user_id: UUID) -> None:
    """What lies with somebody who leaves goes back, or is open again."""
    conn.execute(SQL["give_back"], {"user_id": user_id})


def handed_answer(conn: Connection[Any], answer_id: UUID, user_id: UUID, *, serves: bool) -> HandedAnswer | None:
    """One's own answer, or one that lies with somebody because it was handed over; None otherwise."""
    row = conn.execute(SQL["handed_answer"], {"answer_id": answer_id, "user_id": user_id, "serves": serves}).fetchone()
    return HandedAnswer(**row) if row else None
