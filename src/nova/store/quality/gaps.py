"""Rows of knowledge gaps: a connection and plain values in, gaps and their questions out. Functions run inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.crowd import FEWEST
from nova.store import queries
from nova.store.postgres.db import Row, execute_many

SQL = queries.load("kpi")


@dataclass(frozen=True, slots=True)
class KnownGap:
    """A gap as it was stored, with the questions it held: by their answers, those of delivered conversations by what stands for one."""

    gap_id: UUID
    signature: str
    terms: tuple[str, ...]
    state: str
    closed_at: datetime | None
    first_at: datetime
    last_at: datetime
    answer_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap as people see it: `weight` is the sum of how weakly its questions were answered (0 to 1 each), `weakness` the mean.

    `place_...` is where what is asked stands although it was not found: as search suspects, or as an editor named it.
    """

    gap_id: UUID
    terms: list[str]
    state: str
    first_at: datetime
    last_at: datetime
    closed_at: datetime | None
    place_item: UUID | None
    place_title: str
    place_section: str
    place_source: Literal["search", "editor"] | None
    looked_at: datetime | None
    questions: int
    people: int
    weakness: float
    weight: float


def weak_questions(conn: Connection[Any], frm: datetime, to: datetime, margin: float, reasons: Sequence[str], limit: int) -> list[Row]:
    """The newest `limit` questions of [frm, to) that point at a gap."""
    values = {"frm": frm, "to": to, "margin": margin, "reasons": list(reasons), "limit": limit}
    return conn.execute(SQL["weak_questions"], values).fetchall()


def known(conn: Connection[Any]) -> list[KnownGap]:
    """Every gap, the oldest first."""
    rows = conn.execute(SQL["known_gaps"]).fetchall()
    return [KnownGap(**row | {"terms": tuple(row["terms"]), "answer_ids": frozenset(row["answer_ids"])}) for row in rows]


def put(conn: Connection[Any], gap: KnownGap, asked: Iterable[tuple[Row, float]]) -> None:
    """A gap with exactly these questions (rows of `weak_questions`, and how weak); those that were deleted meanwhile are left out."""
    values = {name: getattr(gap, name) for name in gap.__dataclass_fields__ if name != "answer_ids"}
    conn.execute(SQL["put_gap"], values | {"terms": list(gap.terms)})
    conn.execute(SQL["empty_gaps"], {"gap_ids": [gap.gap_id]})
    rows = [dict(row) | {"gap_id": gap.gap_id, "weakness": weak} for row, weak in sorted(asked, key=lambda one: one[0]["answer_id"])]
    for query, delivered in (("put_gap_answer", False), ("put_gap_turn", True)):
        execute_many(conn, SQL[query], [row for row in rows if (row["seq"] is not None) == delivered])


def begin_anew(conn: Connection[Any], hours: Sequence[datetime]) -> None:
    """No gap began with somebody who was erased from these hours (each by when it begins)."""
    conn.execute(SQL["begin_gaps_anew"], {"hours": list(hours)})


def drop(conn: Connection[Any], gap_ids: Sequence[UUID]) -> None:
    """These gaps are gone."""
    conn.execute(SQL["drop_gaps"], {"gap_ids": list(gap_ids)})


def close(conn: Connection[Any], gap_id: UUID, at: datetime) -> bool:
    """Close a gap; False where it was not open."""
    return conn.execute(SQL["close_gap"], {"gap_id": gap_id, "at": at}).rowcount > 0


def to_ask_again(conn: Connection[Any]) -> list[UUID]:
    """The open gaps since whose first question a document of the company came or changed, in a fixed order."""
    return [row["gap_id"] for row in conn.execute(SQL["gaps_to_ask_again"])]


def page(conn: Connection[Any], state: str | None, limit: int, offset: int = 0, *, fewest: int = FEWEST) -> tuple[list[GapView], int]:
    """Gaps of at least so many people, the weightiest first, and how many there are in all."""
    rows = conn.execute(SQL["list_gaps"], {"state": state, "limit": limit, "offset": offset, "fewest": fewest}).fetchall()
    if not rows and offset:  # behind the last page
        return [], page(conn, state, 1, fewest=fewest)[1]
    total = rows[0]["of_all"] if rows else 0
    return [GapView(**{name: row[name] for name in GapView.__dataclass_fields__}) for row in rows], total


def one(conn: Connection[Any], gap_id: UUID) -> GapView | None:
    """One gap, or None, also for one of fewer people than may be told of."""
    row = conn.execute(SQL["one_gap"], {"gap_id": gap_id, "fewest": FEWEST}).fetchone()
    return GapView(**row) if row else None


def questions(conn: Connection[Any], gap_id: UUID, limit: int) -> list[Row]:
    """What was asked (answer_id, ts, question, status, weakness, subject_id), the weakest first."""
    return conn.execute(SQL["gap_questions"], {"gap_id": gap_id, "limit": limit}).fetchall()
