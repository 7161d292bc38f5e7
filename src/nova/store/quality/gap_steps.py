"""Rows of what people did about questions that were not answered: a connection and plain values in, steps and questions out.

Functions run inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.crowd import FEWEST
from nova.errors import NotFound
from nova.roles import STAFF
from nova.store import queries

SQL = queries.load("gap_steps")
NO_STEP = "Diesen Schritt gibt es nicht (mehr)."
What = Literal["document", "words", "answer", "outside", "place"]
Why = Literal["refused", "asked_back", "weak"]
After = Literal["answered", "refused", "asked_back", "weak"]
Standing = Literal["open", "answered", "outside"]


@dataclass(frozen=True, slots=True)
class About:
    """What a step is about: a gap, or one answer; exactly one of them."""

    gap_id: UUID | None = None
    answer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to write down; `facts` are ids and what an editor wrote."""

    step_id: UUID
    about: About
    what: What
    made_by: str
    facts: Mapping[str, Any]
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step, and what came of it: of how many `questions`, how many were `asked` again and are `answered` now, how most were answered
    `before` and `after`, and the `place` (`item_id`, `title`, `section`) that answers most.
    """

    step_id: UUID
    gap_id: UUID | None
    answer_id: UUID | None
    what: What
    facts: Mapping[str, Any]
    item_id: UUID | None
    item_title: str | None
    made_by: str
    made_at: datetime
    measured_at: datetime | None
    undone_at: datetime | None
    questions: int
    asked: int
    answered: int
    before: Why | None
    after: After | None
    place: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question to ask again; `staff`: the company's own. `cited`: the passages of an answer that was judged wrong, None for no such."""

    asked_id: UUID
    question: str
    staff: bool
    cited: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a document of the company's."""

    item_id: UUID
    title: str
    section: str

    @property
    def row(self) -> dict[str, str]:
        """As it is kept beside a question."""
        return {"item_id": str(self.item_id), "title": self.title, "section": self.section}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered well, why, and what became of it; `step_id` is the last step about it."""

    answer_id: UUID
    ts: datetime
    question: str
    conversation_id: UUID | None
    why: Why
    state: Standing
    step_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnansweredQuery:
    """Which questions; None means all. `everyone`: those, too, whose answers say what only who asked may know."""

    since: datetime
    margin: float
    reasons: tuple[str, ...]
    unkept: str
    everyone: bool
    why: Why | None = None
    state: Standing | None = None
    answer_id: UUID | None = None


def put(conn: Connection[Any], step: NewStep) -> None:
    """Write down a step, and the questions that it is about."""
    values = {"step_id": step.step_id, "gap_id": step.about.gap_id, "answer_id": step.about.answer_id}
    more = {"what": step.what, "facts": Jsonb(dict(step.facts)), "item_id": step.item_id, "made_by": step.made_by}
    conn.execute(SQL["put_step"], values | more)
    conn.execute(SQL["put_question" if step.about.gap_id is None else "put_gap_questions"], values)


def mark_joined(conn: Connection[Any]) -> None:
    """What has come into gaps that do not belong here does not either."""
    conn.execute(SQL["mark_joined"])


def get(conn: Connection[Any], step_id: UUID, *, lock: bool = False, everyone: bool = True) -> Step:
    """One step; NotFound, without `everyone` also one about a private answer."""
    if lock:
        conn.execute(SQL["lock_step"], {"step_id": step_id})
    found = _steps(conn, step_ids=(step_id,), everyone=everyone)
    if not found:
        raise NotFound(NO_STEP, data={"step_id": str(step_id)})
    return found[0]


def of_gaps(conn: Connection[Any], gap_ids: Sequence[UUID]) -> list[Step]:
    """The steps about some gaps, newest first."""
    return _steps(conn, gap_ids=gap_ids) if gap_ids else []


def of_answers(conn: Connection[Any], answer_ids: Sequence[UUID]) -> list[Step]:
    """The steps about some questions, newest first."""
    return _steps(conn, answer_ids=answer_ids) if answer_ids else []


def _steps(
    conn: Connection[Any],
    *,
    step_ids: Sequence[UUID] = (),
    gap_ids: Sequence[UUID] = (),
    answer_ids: Sequence[UUID] = (),
    everyone: bool = True,
) -> list[Step]:
    values = {"step_ids": list(step_ids), "gap_ids": list(gap_ids), "answer_ids": list(answer_ids), "everyone": everyone}
    return [Step(**row) for row in conn.execute(SQL["steps"], values).fetchall()]


def lock_question(conn: Connection[Any], answer_id: UUID) -> None:
    """Nobody else says what becomes of this question until the transaction ends."""
    conn.execute(SQL["lock_answer"], {"answer_id": answer_id})


def undo(conn: Connection[Any], step_id: UUID, undone_by: str) -> bool:
    """Take a step back; False where it was taken back already."""
    return conn.execute(SQL["undo_step"], {"step_id": step_id, "undone_by": undone_by}).rowcount > 0


def became(conn: Connection[Any], step_id: UUID, item_id: UUID) -> bool:
    """Note the document that an answer became; False where the step was taken back meanwhile."""
    return conn.execute(SQL["became"], {"step_id": step_id, "item_id": item_id}).rowcount > 0


def item_waits(conn: Connection[Any], step_id: UUID) -> bool:
    """Whether a step's document cannot be found yet."""
    row = conn.execute(SQL["item_waits"], {"step_id": step_id}).fetchone()
    return bool(row and row["waits"])


def company_item(conn: Connection[Any], item_id: UUID) -> str:
    """The title of a document of the company's; NotFound."""
    row = conn.execute(SQL["company_item"], {"item_id": item_id}).fetchone()
    if row is None:
        raise NotFound("Dieses Dokument gehört nicht zu denen der Firma.", data={"item_id": str(item_id)})
    return str(row["title"])


def company_section(conn: Connection[Any], section_id: UUID) -> Place:
    """A section of a document of the company's; NotFound."""
    row = conn.execute(SQL["company_section"], {"section_id": section_id}).fetchone()
    if row is None:
        raise NotFound("Diese Stelle gibt es nicht (mehr).", data={"section_id": str(section_id)})
    return Place(**row)


def to_ask(conn: Connection[Any], step_id: UUID, unkept: str, reasons: Sequence[str], limit: int) -> list[ToAsk]:
    """The questions of a step to ask again, each wording once; `reasons` of judgements say that an answer was wrong."""
    values = {"step_id": step_id, "unkept": unkept, "reasons": list(reasons), "limit": limit, "staff": sorted(STAFF)}
    return [ToAsk(**row) for row in conn.execute(SQL["to_ask"], values).fetchall()]


def note_asked(conn: Connection[Any], step_id: UUID, one: ToAsk, after: After, place: Place | None) -> None:
    """How a question was answered when it was asked again."""
    values = {"step_id": step_id, "asked_id": one.asked_id, "question": one.question, "after": after}
    conn.execute(SQL["note_asked"], values | {"place": Jsonb(place.row) if place else None})


def measured(conn: Connection[Any], step_id: UUID) -> None:
    """All that is asked again of a step was asked."""
    conn.execute(SQL["measured"], {"step_id": step_id})


def due(conn: Connection[Any], limit: int) -> list[UUID]:
    """Steps that stand and may help more by now."""
    return [row["step_id"] for row in conn.execute(SQL["due_steps"], {"limit": limit})]


def set_state(conn: Connection[Any], gap_id: UUID, state: str, from_states: Sequence[str]) -> bool:
    """A gap is open, or belongs elsewhere; False where it was in none of these states."""
    return conn.execute(SQL["gap_state"], {"gap_id": gap_id, "state": state, "from_states": list(from_states)}).rowcount > 0


def reopen(conn: Connection[Any], gap_id: UUID, made_at: datetime) -> None:
    """A gap that was closed after a step is open again."""
    conn.execute(SQL["reopen_gap"], {"gap_id": gap_id, "made_at": made_at})


def put_place(conn: Connection[Any], gap_id: UUID, place: Place | None, by: Literal["search", "editor"]) -> None:
    """Where what a gap asks for stands, None: nowhere that is known; an editor's word stays."""
    told = place.row if place else {"item_id": None, "title": "", "section": ""}
    conn.execute(SQL["gap_place"], told | {"gap_id": gap_id, "by": by if place else None})


def unname_place(conn: Connection[Any], gap_id: UUID) -> None:
    """What an editor named does not count any more, but what was named before, or what search will say."""
    conn.execute(SQL["unname_place"], {"gap_id": gap_id})


def to_look_for(conn: Connection[Any], limit: int) -> list[UUID]:
    """Open gaps whose place search is to be asked for."""
    return [row["gap_id"] for row in conn.execute(SQL["gaps_to_look_for"], {"limit": limit})]


def unanswered(conn: Connection[Any], wanted: UnansweredQuery, limit: int, offset: int) -> tuple[list[Unanswered], int]:
    """A page of the questions, the newest first, and how many there are."""
    values = {name: getattr(wanted, name) for name in UnansweredQuery.__slots__} | {"reasons": list(wanted.reasons), "fewest": FEWEST}
    rows = conn.execute(SQL["unanswered"], values | {"limit": limit, "offset": offset}).fetchall()
    if not rows and offset:  # behind the last page
        return [], unanswered(conn, wanted, 1, 0)[1]
    total = rows[0]["of_all"] if rows else 0
    return [Unanswered(**{name: row[name] for name in Unanswered.__slots__}) for row in rows], total
