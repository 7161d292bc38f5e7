"""Tickets, their history, and what is known around an alert: typed rows in and out of named queries, inside the caller's transaction.

No words of people are kept with a ticket but what somebody wrote to it (redacted by the caller); questions are read where they stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.crowd import FEWEST
from nova.errors import NotFound
from nova.store import queries
from nova.store.ids import uuid7

SQL = queries.load("tickets")
MOST_GAPS = 100  # that triage looks at


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is opened. `seconds` is the length of the window that a measured effect is compared over."""

    kind: str
    owner: str
    title: str
    text: str
    opened_by: str
    opened_at: datetime
    rule: str = ""
    kpi: str = ""
    segment: str = ""
    seconds: int = 0
    gap_id: UUID | None = None
    evidence: Mapping[str, Any] | None = None
    gain: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket as it stands, with its gap's stems and count of questions."""

    ticket_id: UUID
    number: int
    kind: str
    owner: str
    state: str
    title: str
    text: str
    opened_by: str
    rule: str
    kpi: str
    segment: str
    seconds: int
    gap_id: UUID | None
    evidence: Mapping[str, Any]
    gain: Mapping[str, Any] | None
    effect: Mapping[str, Any] | None
    version: int
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    gap_terms: Sequence[str] | None
    gap_questions: int
    gap_state: str | None
    place_item: UUID | None
    place_title: str | None
    place_section: str | None
    place_source: str | None
    looked_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """Which tickets; None means all."""

    states: tuple[str, ...] | None = None
    owner: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class NewState:
    """What a ticket is to become; `effect` None leaves what was measured."""

    state: str
    owner: str
    effect: Mapping[str, Any] | None
    closed_at: datetime | None


def put(conn: Connection[Any], ticket: NewTicket) -> UUID | None:
    """Open a ticket; None where its gap has an open one."""
    values = {name: getattr(ticket, name) for name in NewTicket.__slots__}
    plain = {"evidence": Jsonb(dict(ticket.evidence or {})), "gain": None if ticket.gain is None else Jsonb(dict(ticket.gain))}
    row = conn.execute(SQL["put_ticket"], values | plain | {"ticket_id": uuid7()}).fetchone()
    return None if row is None else row["ticket_id"]


def open_alike(conn: Connection[Any], rule: str, kind: str, gap_id: UUID | None) -> UUID | None:
    """The open ticket for the same gap, or without one for the same rule and kind; locked."""
    row = conn.execute(SQL["open_alike"], {"rule": rule, "kind": kind, "gap_id": gap_id}).fetchone()
    return None if row is None else row["ticket_id"]


def is_open(conn: Connection[Any], kind: str, title: str) -> bool:
    """Whether there is an open ticket of this kind with this title."""
    row = conn.execute(SQL["open_titled"], {"kind": kind, "title": title}).fetchone()
    return bool(row and row["yes"])


def link(conn: Connection[Any], episode_id: UUID, ticket_id: UUID, at: datetime) -> bool:
    """Say which ticket an episode led to; False where it has one."""
    return conn.execute(SQL["link"], {"episode_id": episode_id, "ticket_id": ticket_id, "at": at}).rowcount == 1


def of_episode(conn: Connection[Any], episode_id: UUID) -> UUID | None:
    """The open ticket that an episode led to."""
    row = conn.execute(SQL["of_episode"], {"episode_id": episode_id}).fetchone()
    return None if row is None else row["ticket_id"]


def page(conn: Connection[Any], wanted: TicketQuery, limit: int, offset: int = 0) -> list[TicketRow]:
    """Tickets, the latest changed first."""
    values = {"states": None if wanted.states is None else list(wanted.states), "owner": wanted.owner, "kind": wanted.kind}
    return [TicketRow(**row) for row in conn.execute(SQL["page"], values | {"limit": limit, "offset": offset, "fewest": FEWEST}).fetchall()]


def counts(conn: Connection[Any], wanted: TicketQuery) -> dict[str, int]:
    """How many tickets by state, of the wanted owner and kind."""
    found = conn.execute(SQL["counts"], {"owner": wanted.owner, "kind": wanted.kind}).fetchall()
    return {row["state"]: row["n"] for row in found}


def get(conn: Connection[Any], ticket_id: UUID, *, locked: bool = False) -> TicketRow:
    """One ticket; NotFound."""
    if locked:
        conn.execute(SQL["lock_ticket"], {"ticket_id": ticket_id})
    row = conn.execute(SQL["ticket"], {"ticket_id": ticket_id, "fewest": FEWEST}).fetchone()
    if row is None:
        raise NotFound("Dieses Ticket gibt es nicht.", data={"ticket_id": str(ticket_id)})
    return TicketRow(**row)


def change(conn: Connection[Any], ticket_id: UUID, new: NewState, at: datetime) -> None:
    """Give a ticket its new state."""
    effect = None if new.effect is None else Jsonb(dict(new.effect))
    values = {"ticket_id": ticket_id, "state": new.state, "owner": new.owner, "closed_at": new.closed_at, "at": at}
    conn.execute(SQL["change"], values | {"effect": effect})


def put_change(conn: Connection[Any], ticket_id: UUID, at: datetime, actor: str, what: str, **more: Any) -> UUID:
    """Append to a ticket's history: `facts` (ids and numbers) and `comment` (redacted); its id."""
    change_id = uuid7()
    values = {"change_id": change_id, "ticket_id": ticket_id, "at": at, "actor": actor, "what": what}
    conn.execute(SQL["put_change"], values | {"facts": Jsonb(more.get("facts") or {}), "comment": more.get("comment") or ""})
    conn.execute(SQL["touch"], {"ticket_id": ticket_id, "at": at})
    return change_id


def changes(conn: Connection[Any], ticket_id: UUID) -> list[dict[str, Any]]:
    """A ticket's history, oldest first."""
    return conn.execute(SQL["changes"], {"ticket_id": ticket_id}).fetchall()


def episodes(conn: Connection[Any], ticket_id: UUID) -> list[dict[str, Any]]:
    """The alerts that led to a ticket."""
    return conn.execute(SQL["episodes"], {"ticket_id": ticket_id}).fetchall()


def questions(conn: Connection[Any], gap_id: UUID, limit: int) -> list[dict[str, Any]]:
    """What was asked in a gap, the weakest answered first."""
    return conn.execute(SQL["questions"], {"gap_id": gap_id, "limit": limit}).fetchall()


def gaps(conn: Connection[Any], frm: datetime, to: datetime, sort: str, margin: float) -> list[dict[str, Any]]:
    """Open gaps by what was asked or judged in [frm, to): `gap_id`, `questions`, `weakness`, `bad`, those with most bad answers first.

    `sort` says which answers are bad: refused, weak (found with less than `margin`), judged (not useful), unproven (a sentence rests on
    nothing), any (weak or judged). `of_all`: how many bad ones there are, in a gap or not. A judgement that blames the source of an answer
    that was found is no gap's.
    """
    return conn.execute(
        SQL["gaps"], {"frm": frm, "to": to, "sort": sort, "margin": margin, "limit": MOST_GAPS, "fewest": FEWEST}
    ).fetchall()


def counted(conn: Connection[Any], frm: datetime, to: datetime) -> dict[str, int]:
    """`answers`, `misranked` and `source_thumbs` of [frm, to), and `candidates` for training in all."""
    row: dict[str, int] | None = conn.execute(SQL["counted"], {"frm": frm, "to": to}).fetchone()
    return row or {"answers": 0, "misranked": 0, "source_thumbs": 0, "candidates": 0}


def tried(conn: Connection[Any], since: datetime) -> set[str]:
    """The kinds of which a ticket was done since then."""
    return {str(row["kind"]) for row in conn.execute(SQL["tried"], {"since": since}).fetchall()}


def gap_exists(conn: Connection[Any], gap_id: UUID) -> bool:
    """Whether there is such a gap."""
    row = conn.execute(SQL["gap_exists"], {"gap_id": gap_id}).fetchone()
    return bool(row and row["there"])


def newest_titled(conn: Connection[Any], kind: str, title: str) -> int | None:
    """The number of the newest ticket of a kind with a title; None where there is none."""
    row = conn.execute(SQL["newest_titled"], {"kind": kind, "title": title}).fetchone()
    return None if row is None else row["number"]
