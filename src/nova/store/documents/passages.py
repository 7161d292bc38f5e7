"""Rows of conversations as passages: a connection and plain values in, frozen rows out, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.records import CONVERSATIONS_OWNER
from nova.store import queries
from nova.store.documents.chunks import FIRST as FIRST

SQL = queries.load("passages")
LAYOUT, HELD = "/2", "/2/held"  # after a conversation's digest: cut in this way, or held back by the second scan of this way


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said by whom."""

    seq: int
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with all that was said; texts are redacted."""

    conversation_id: UUID
    source: str
    channel: str
    subject_id: UUID | None
    started_at: datetime
    ended_at: datetime | None
    digest: str
    item_id: UUID | None
    said: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class TalkNow:
    """A conversation as it is at this moment, locked."""

    digest: str
    purposes: tuple[str, ...]
    item_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewTalkItem:
    """The item of a conversation."""

    item_id: UUID
    title: str
    sha256: str
    started_at: datetime
    chars: int


@dataclass(frozen=True, slots=True)
class TalkPassage:
    """A passage of a conversation; `metadata` holds source, channel, start, status and the first and last turn, no person."""

    chunk_id: UUID
    item_id: UUID
    chunk_idx: int
    text: str
    digest: str
    started_at: datetime
    metadata: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many conversations there are, whose author agrees to analytics, that are passages, and that are held back."""

    conversations: int
    agreed: int
    indexed: int
    held: int


@dataclass(frozen=True, slots=True)
class TalkFilter:
    """Which conversations a search means; times of their start in [since, until)."""

    source: str | None = None
    channel: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that was found, and its conversation."""

    chunk_id: UUID
    text: str
    chunk_idx: int
    conversation_id: UUID
    source: str
    channel: str
    started_at: datetime
    status: str
    turns: int
    first_turn: int
    last_turn: int


def ensure_owner(conn: Connection[Any]) -> None:
    """The row that passages of conversations belong to."""
    conn.execute(SQL["ensure_owner"], {"owner": CONVERSATIONS_OWNER})


def stale(conn: Connection[Any], after: UUID, limit: int) -> list[UUID]:
    """Conversations that are to be made passages (again), after an id."""
    rows = conn.execute(SQL["stale"], {"after": after, "limit": limit, "layout": LAYOUT, "held": HELD}).fetchall()
    return [row["conversation_id"] for row in rows]


def count_stale(conn: Connection[Any]) -> int:
    """How many these are."""
    row = conn.execute(SQL["count_stale"], {"layout": LAYOUT, "held": HELD}).fetchone()
    return int(row["n"]) if row else 0


def unfit(conn: Connection[Any], limit: int) -> list[UUID]:
    """Items of conversations that are gone or not to be passages any more."""
    return [row["item_id"] for row in conn.execute(SQL["unfit"], {"limit": limit}).fetchall()]


def standing(conn: Connection[Any]) -> Standing:
    """How far it is."""
    row = conn.execute(SQL["standing"], {"held": HELD}).fetchone()
    return Standing(**row) if row else Standing(0, 0, 0, 0)


def forget_marks(conn: Connection[Any]) -> None:
    """Every conversation counts as changed."""
    conn.execute(SQL["forget_marks"])


def talks(conn: Connection[Any], ids: Sequence[UUID]) -> list[Talk]:
    """Conversations with all that was said."""
    return [_talk(row) for row in conn.execute(SQL["talks"], {"ids": list(ids)}).fetchall()]


def lock_talk(conn: Connection[Any], conversation_id: UUID) -> TalkNow | None:
    """A conversation as it is now, locked; None when gone."""
    row = conn.execute(SQL["lock_talk"], {"conversation_id": conversation_id}).fetchone()
    return TalkNow(row["digest"], tuple(row["purposes"]), row["item_id"]) if row else None


def mark(conn: Connection[Any], conversation_id: UUID, item_id: UUID | None, digest: str, layout: str) -> None:
    """Its passages are up to date (LAYOUT) or held back (HELD)."""
    conn.execute(SQL["mark"], {"conversation_id": conversation_id, "item_id": item_id, "mark": digest + layout})


def insert_item(conn: Connection[Any], item: NewTalkItem) -> None:
    """The item and its only version."""
    values = asdict(item) | {"owner": CONVERSATIONS_OWNER}
    conn.execute(SQL["insert_item"], values)
    conn.execute(SQL["insert_version"], values)


def insert_passages(conn: Connection[Any], passages: Sequence[TalkPassage]) -> None:
    """The passages of one item."""
    for passage in passages:
        conn.execute(SQL["insert_passage"], asdict(passage) | {"metadata": Jsonb(dict(passage.metadata))})


def found(conn: Connection[Any], chunk_ids: Sequence[UUID], wanted: TalkFilter) -> list[FoundPassage]:
    """Passages by id, in any order; those that do not fit are left out."""
    rows = conn.execute(SQL["found"], asdict(wanted) | {"chunk_ids": list(chunk_ids)}).fetchall()
    return [FoundPassage(**row) for row in rows]


def _talk(row: dict[str, Any]) -> Talk:
    return Talk(**row | {"said": tuple(Turn(*one) for one in row["said"] or ())})
