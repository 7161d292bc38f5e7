"""Tickets as people work on them: the board, one ticket with all that belongs to it, what people change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nova.kpi.tickets import changes
from nova.kpi.tickets.changes import Patch, Tell, Wish
from nova.ports import Audit
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import tickets as store
from nova.store.quality.tickets import TicketRow as TicketRow

QUESTIONS = 50
DELETED = "(gelöscht)"


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets; None: any."""

    state: changes.State | None = None
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A page of tickets, the latest changed first; how many there are by state, and of all that were asked for."""

    tickets: Sequence[TicketRow]
    counts: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A ticket with its history and alerts; `questions` of its gap, for the operator alone."""

    ticket: TicketRow
    history: Sequence[dict[str, Any]]
    episodes: Sequence[dict[str, Any]]
    questions: Sequence[dict[str, Any]]


class TicketBoard:
    """The tickets. `tell` says a notice in a transaction; `redact` takes personal data out of what people write."""

    def __init__(self, db: Database, tell: Tell, redact: Callable[[str], str], audit: Audit) -> None:
        self._db, self._tell, self._redact, self._audit = db, tell, redact, audit

    def page(self, wanted: TicketFilter, limit: int, offset: int) -> TicketPage:
        """A page of the board."""
        rows_of = store.TicketQuery((wanted.state,) if wanted.state else None, wanted.owner, wanted.kind)
        with self._db.transaction() as conn:
            rows, counted = store.page(conn, rows_of, limit, offset), store.counts(conn, rows_of)
        counts: dict[str, int] = {state: counted.get(state, 0) for state in changes.STATES}
        return TicketPage(rows, counts, counts[wanted.state] if wanted.state else sum(counts.values()))

    def one(self, caller: Caller, ticket_id: UUID) -> TicketFile:
        """One ticket; NotFound."""
        with self._db.transaction() as conn:
            row = store.get(conn, ticket_id)
            shown = row.gap_id and row.gap_questions and caller.may("rights")
            asked = store.questions(conn, row.gap_id, QUESTIONS) if row.gap_id and shown else []
            history, episodes = store.changes(conn, ticket_id), store.episodes(conn, ticket_id)
        return TicketFile(row, history, episodes, [one | {"question": one["question"] or DELETED} for one in asked])

    def open(self, caller: Caller, wish: Wish) -> TicketFile:
        """A ticket by hand; NotFound (its gap), Conflict where its gap has an open one, InvalidInput (no title)."""
        with self._db.transaction() as conn:
            ticket_id = changes.open_by_hand(conn, wish, caller.token, datetime.now(UTC), self._tell, self._redact)
            self._audit.record(caller, "ticket.opened", str(ticket_id), {"kind": wish.kind, "owner": wish.owner}, connection=conn)
        return self.one(caller, ticket_id)

    def change(self, caller: Caller, ticket_id: UUID, patch: Patch) -> TicketFile:
        """Move, hand on or comment; NotFound, Conflict when somebody was quicker."""
        with self._db.transaction() as conn:
            changes.change(conn, ticket_id, patch, caller.token, datetime.now(UTC), self._tell, self._redact)
            facts = {"state": patch.state, "owner": patch.owner, "commented": bool(patch.comment)}
            self._audit.record(caller, "ticket.changed", str(ticket_id), facts, connection=conn)
        return self.one(caller, ticket_id)
