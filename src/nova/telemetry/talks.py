"""Conversations as editors read them: those whose authors agree to it; the operator reads all that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nova.ports.people import Purpose
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.talk import talks
from nova.store.talk.talks import ConversationFilter as ConversationFilter
from nova.store.talk.talks import Head, TalkRow, TalkTurn


@dataclass(frozen=True, slots=True)
class TalkPage:
    """The latest first; `total` counts all pages, `sources` all conversations by where they come from."""

    rows: Sequence[TalkRow]
    total: int
    sources: dict[str, int]


class Talks:
    """What was said, pseudonymised."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, reader: Caller, wanted: ConversationFilter) -> TalkPage:
        """A page of those that somebody may read."""
        with self._db.transaction() as conn:
            found = talks.page(conn, wanted, _purpose(reader))
            sources = talks.sources(conn, _purpose(reader))
        return TalkPage(found, found[0].total if found else 0, sources)

    def one(self, reader: Caller, conversation_id: UUID) -> tuple[Head, list[TalkTurn]]:
        """A conversation and all that was said, in order; NotFound, also for what they may not read."""
        with self._db.transaction() as conn:
            head = talks.get(conn, conversation_id, _purpose(reader))
            return head, talks.turns(conn, conversation_id)


def _purpose(reader: Caller) -> Purpose | None:
    """What authors must have agreed to for somebody to read their words."""
    return None if reader.may("rights") else "analytics"
