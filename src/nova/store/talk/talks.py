"""Conversations as editors read them: filters in, typed rows out, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import NotFound
from nova.ports.people import Purpose, Speaker, Tone
from nova.store import queries
from nova.store.documents.passages import LAYOUT

SQL = queries.load("talks")


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """Which conversations, a page of them; times of what was said last in [since, until). `purpose`: their authors agreed to it."""

    source: str | None = None
    purpose: Purpose | None = None
    subject_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """A conversation. `purposes` is what its author agreed to, `searchable` whether its passages are up to date."""

    conversation_id: UUID
    source: str
    channel: str
    subject_id: UUID | None
    purposes: Sequence[Purpose]
    started_at: datetime
    last_at: datetime
    ended_at: datetime | None
    turns: int
    searchable: bool


@dataclass(frozen=True, slots=True)
class TalkRow(Head):
    """A line of the list: how it begins, how its answers were judged, and how many lines there are."""

    begins: str
    useful: int
    not_useful: int
    total: int


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """One thing said. `tone` is what a reviewer heard, `useful` how an answer was judged last, `review_id` its entry in the queue."""

    seq: int
    role: Speaker
    ts: datetime
    text: str
    answer_id: UUID | None
    meta: Mapping[str, Any]
    tone: Tone | None
    review_id: UUID | None
    useful: bool | None


def page(conn: Connection[Any], wanted: ConversationFilter, purpose_of_reader: Purpose | None = None) -> list[TalkRow]:
    """A page of conversations, the latest first; authors must agree to the purpose of whoever reads (None: everything that is kept)."""
    values = {**asdict(wanted), "purpose_of_reader": purpose_of_reader, "layout": LAYOUT}
    return [TalkRow(**row) for row in conn.execute(SQL["list_conversations"], values).fetchall()]


def sources(conn: Connection[Any], purpose_of_reader: Purpose | None = None) -> dict[str, int]:
    """How many conversations came from where."""
    rows = conn.execute(SQL["conversation_sources"], {"purpose_of_reader": purpose_of_reader}).fetchall()
    return {row["source"]: row["n"] for row in rows}


def get(conn: Connection[Any], conversation_id: UUID, purpose_of_reader: Purpose | None = None) -> Head:
    """One conversation; NotFound."""
    values = {"conversation_id": conversation_id, "purpose_of_reader": purpose_of_reader, "layout": LAYOUT}
    row = conn.execute(SQL["get_conversation"], values).fetchone()
    if row is None:
        raise NotFound("Dieses Gespräch gibt es nicht (mehr).")
    return Head(**row)


def turns(conn: Connection[Any], conversation_id: UUID) -> list[TalkTurn]:
    """What was said in it, in order."""
    return [TalkTurn(**row) for row in conn.execute(SQL["conversation_turns"], {"conversation_id": conversation_id}).fetchall()]
