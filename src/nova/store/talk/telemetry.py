"""Rows of events, judgements and their counts: a connection and plain values in, counts out.

Functions run inside the caller's transaction (rows are dicts).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.crowd import FEWEST, enough
from nova.ports.people import Purpose
from nova.store import queries

SQL = queries.load("telemetry")
USAGE = frozenset({"view", "click"})  # how somebody uses pages: stored as theirs only where they agreed to `profiling`
# Of an event's `meta`: what holds numbers, switches and ids, and is kept of everybody.
MEASURES = frozenset({
    "answer_id", "chunk_id", "conversation_id", "duration_ms", "item_id", "list_id", "n", "position", "rank", "rating", "recommendation_id",
    "score", "seconds", "useful", "value",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is stored; texts in `meta` are redacted. `user_id` None is the operator's."""

    event_id: UUID
    user_id: UUID | None
    ts: datetime
    type: str
    item_id: UUID | None
    chunk_id: UUID | None
    dwell_ms: int | None
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One judgement as it is stored; texts are redacted."""

    feedback_id: UUID
    user_id: UUID | None
    answer_id: UUID | None
    question: str
    answer: str
    useful: bool
    reason: str | None
    notes: str | None
    chunks_used: tuple[UUID, ...]
    dwell_ms: int | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many events of a type a day (Europe/Berlin) had."""

    day: date
    type: str
    count: int


def insert_events(conn: Connection[Any], events: Sequence[EventRow]) -> int:
    """Store events not seen before; how many were new."""
    given = [
        {
            "event_id": str(event.event_id),
            "user_id": str(event.user_id) if event.user_id else None,
            "ts": event.ts.isoformat(),
            "type": event.type,
            "item_id": str(event.item_id) if event.item_id else None,
            "chunk_id": str(event.chunk_id) if event.chunk_id else None,
            "dwell_ms": event.dwell_ms,
            "meta": dict(event.meta),
        }
        for event in events
    ]
    return conn.execute(SQL["insert_events"], {"events": Jsonb(given)}).rowcount


def speakers(conn: Connection[Any], user_ids: Collection[UUID], purpose: Purpose = "service") -> set[UUID]:
    """Those of these people who agree to a purpose, such as to have words kept; they cannot withdraw until the transaction ends."""
    if not user_ids:
        return set()
    whom = {"user_ids": list(user_ids), "purpose": purpose}
    conn.execute(SQL["lock_speakers"], whom)
    return {row["user_id"] for row in conn.execute(SQL["speakers"], whom).fetchall()}


def forget_usage(conn: Connection[Any], subject_id: UUID) -> int:
    """Delete what was stored of how a person used pages; how many events."""
    row = conn.execute(SQL["forget_usage"], {"subject_id": subject_id, "types": sorted(USAGE)}).fetchone()
    return int(row["n"]) if row else 0


def answer_owner(conn: Connection[Any], answer_id: UUID) -> tuple[bool, UUID | None]:
    """Whether the answer exists, and whose it is (None: the operator's)."""
    row = conn.execute(SQL["answer_owner"], {"answer_id": answer_id}).fetchone()
    return row is not None, row["user_id"] if row else None


def insert_feedback(conn: Connection[Any], row: FeedbackRow) -> None:
    """Store a judgement; an earlier one of the same answer by the same person is replaced."""
    if row.answer_id is not None:
        conn.execute(SQL["forget_feedback"], {"answer_id": row.answer_id, "user_id": row.user_id})
    values: dict[str, Any] = {"feedback_id": row.feedback_id, "user_id": row.user_id, "answer_id": row.answer_id, "question": row.question}
    values |= {"answer": row.answer, "useful": row.useful, "reason": row.reason, "notes": row.notes}
    conn.execute(SQL["insert_feedback"], values | {"chunks_used": list(row.chunks_used), "dwell_ms": row.dwell_ms})


def insert_labels(conn: Connection[Any], row: FeedbackRow, *, everyone: bool) -> None:
    """Store a judgement as rewards for the documents the answer used; `everyone` sees all documents."""
    values = {"chunks": list(row.chunks_used), "user_id": row.user_id, "everyone": everyone}
    conn.execute(SQL["insert_labels"], values | {"reward": 1.0 if row.useful else -1.0, "reason": row.reason})


def events_per_day(conn: Connection[Any], since: datetime) -> list[DayCount]:
    """Counts a day and type, oldest first; those of fewer people than may be told of are left out."""
    values = {"since": since, "fewest": FEWEST}
    return [DayCount(**row) for row in conn.execute(SQL["events_per_day"], values).fetchall()]


def feedback_counts(conn: Connection[Any], since: datetime) -> tuple[int | None, int | None]:
    """Judgements (useful, not useful); None where fewer people judged than may be told of."""
    row = conn.execute(SQL["feedback_counts"], {"since": since}).fetchone()
    return (row["useful"], row["not_useful"]) if row and enough(row["people"]) else (None, None)


def refresh_events_daily(conn: Connection[Any]) -> None:
    """Bring the roll-up up to date."""
    conn.execute(SQL["refresh_events_daily"])
