"""The rows that figures come from: a connection and a span in, rows out. Words come only where people agreed to have them looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries
from nova.store.postgres.db import Row

SQL = queries.load("kpi")
NO_WANT_OF_CONSENT = frozenset({"bad_signature", "stale", "older", "other_text"})


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation's place in the text of a version, and its words."""

    item_id: str
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Whether a quote stands where it says, in which section, in what kind of document ("" when that is gone)."""

    valid: bool
    section_id: UUID | None
    kind: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said: in a `thread` (a conversation, or a person's questions outside of any).

    `told`: who delivered it says whether it was asked before. `pen`: which model was to write the answer that it comes after ("": none).
    """

    ts: datetime
    thread: str | None
    seq: int
    conversation_id: UUID | None
    subject_id: UUID | None
    source: str | None
    channel: str | None
    text: str
    told: bool = False
    pen: str | None = None


def answers(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """The answers of [frm, to), oldest first; `answer` is None where it must not be looked at."""
    return conn.execute(SQL["answers_of"], {"frm": frm, "to": to}).fetchall()


def check(conn: Connection[Any], quotes: Sequence[Quote]) -> list[QuoteCheck]:
    """For each quote, in order."""
    if not quotes:
        return []
    given = [
        {"at": at, "item_id": one.item_id, "version": one.version, "start": one.start, "stop": one.end, "quote": one.quote}
        for at, one in enumerate(quotes)
    ]
    rows = conn.execute(SQL["check_citations"], {"quotes": Jsonb(given)}).fetchall()
    return [QuoteCheck(row["valid"], row["section_id"], row["kind"] or "") for row in rows]


def section_texts(conn: Connection[Any], section_ids: Sequence[UUID], most: int) -> dict[UUID, str]:
    """What sections say, with their headings, up to `most` characters each."""
    if not section_ids:
        return {}
    rows = conn.execute(SQL["section_texts"], {"section_ids": list(section_ids), "most": most}).fetchall()
    return {row["section_id"]: row["text"] for row in rows}


def utterances(conn: Connection[Any], frm: datetime, to: datetime, subjects: Sequence[UUID] | None = None) -> list[Utterance]:
    """What people (or these) said in [frm, to), oldest first."""
    if subjects is None:
        return [Utterance(**row) for row in conn.execute(SQL["utterances"], {"frm": frm, "to": to})]
    return [Utterance(**row) for row in conn.execute(SQL["utterances_of"], {"frm": frm, "to": to, "subjects": list(subjects)})]


def followers(conn: Connection[Any], hours: Sequence[datetime], reach: timedelta) -> set[datetime]:
    """The hours (each by when it begins) in which those who said something in some hours said more within `reach` of these beginning."""
    if not hours:
        return set()
    values = {"hours": list(hours), "frm": min(hours), "to": max(hours) + timedelta(hours=1), "reach": reach}
    return {row["hour"] for row in conn.execute(SQL["followers"], values)}


def delivered(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """What others measured of their answers (`answers`) and of what was said to them in [frm, to); None where they did not."""
    return conn.execute(SQL["delivered_of"], {"frm": frm, "to": to}).fetchall()


def judgements(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """The judgements of [frm, to) with their answers' facts."""
    return conn.execute(SQL["judgements_of"], {"frm": frm, "to": to}).fetchall()


def events(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """Events of [frm, to) by type."""
    return conn.execute(SQL["events_of"], {"frm": frm, "to": to}).fetchall()


def engine_hours(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """How often engines answered when they were asked for their figure, and in how many seconds in all."""
    return conn.execute(SQL["engine_hours_of"], {"frm": frm, "to": to}).fetchall()


def train_evaluations(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """The last evaluation of each run: what it measured, by figure."""
    return conn.execute(SQL["train_evaluations_of"], {"frm": frm, "to": to}).fetchall()


def train_runs(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """Runs that ended: hours from their start on, and whether they took more time or money than they may."""
    return conn.execute(SQL["train_runs_of"], {"frm": frm, "to": to}).fetchall()


def training_watch(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """What was seen of runs under way, graphics cards and the adapter that serves: `figure`, `value`."""
    return conn.execute(SQL["training_watch_of"], {"frm": frm, "to": to}).fetchall()


def editors_kappa(conn: Connection[Any], frm: datetime, to: datetime) -> list[float]:
    """How far editors agreed, of the weeks that ended in [frm, to) and had enough pairs."""
    return [float(row["kappa"]) for row in conn.execute(SQL["editors_kappa_of"], {"frm": frm, "to": to})]


def second_opinions(conn: Connection[Any], frm: datetime, to: datetime) -> tuple[int, int]:
    """How many second opinions waited in [frm, to), and how many were overdue by then and still waited at its end."""
    row = conn.execute(SQL["second_opinions_of"], {"frm": frm, "to": to}).fetchone() or {}
    return int(row.get("waiting", 0)), int(row.get("overdue", 0))


def engine_deliveries(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """How many deliveries to engines ended how."""
    return conn.execute(SQL["engine_deliveries_of"], {"frm": frm, "to": to}).fetchall()


def refusals(conn: Connection[Any], frm: datetime, to: datetime) -> list[Row]:
    """Texts that were not stored for want of consent or unchecked, on the local days that begin in [frm, to).

    Not what came without the secret, or what another text had overtaken.
    """
    found = conn.execute(SQL["refusals_of"], {"frm": frm, "to": to}).fetchall()
    return [row for row in found if row["reason"] not in NO_WANT_OF_CONSENT]
