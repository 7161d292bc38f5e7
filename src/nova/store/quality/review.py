"""The editorial queue and curated answers: typed rows in and out of named queries, inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.crowd import FEWEST
from nova.errors import NotFound
from nova.records import ReviewReason, ReviewState
from nova.store import queries

SQL = queries.load("review")
Reason = ReviewReason
State = ReviewState


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that might be looked at. `retrieval` is what was measured of it."""

    answer_id: UUID
    question: str
    status: str
    retrieval: Mapping[str, Any]
    against: int
    in_favour: int


@dataclass(frozen=True, slots=True)
class NewReview:
    """An answer to be looked at, and why; the higher `priority`, the sooner."""

    review_id: UUID
    answer_id: UUID
    reasons: tuple[Reason, ...]
    priority: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries stand where, and how many preference pairs there are."""

    open: int
    accepted: int
    rejected: int
    changed: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What every view of an entry of the queue has: why it was drawn, who looks at it, how it was decided, and what was asked."""

    review_id: UUID
    answer_id: UUID
    reasons: Sequence[Reason]
    priority: float
    state: State
    rating: int | None
    claimed_by: str | None
    claimed_until: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime
    asked_at: datetime
    question: str
    status: str


@dataclass(frozen=True, slots=True)
class Review(Entry):
    """One entry with the answer it is about. `training`: whether it may be learned from. The last five are what an editor made of it."""

    note: str | None
    answer: str
    citations: Sequence[Mapping[str, Any]]
    model: str
    prompt_version: str
    conversation_id: UUID | None
    training: bool
    curated_question: str | None
    curated_answer: str | None
    approver: str | None
    publish: bool | None
    item_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReviewLine(Entry):
    """One line of a list; `total` is how many lines there are in all."""

    total: int


@dataclass(frozen=True, slots=True)
class EditorDecision:
    """What an editor decided; `note` is redacted."""

    state: State
    editor: str
    rating: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CuratedAnswer:
    """An answer an editor stands for; both texts are redacted."""

    curated_id: UUID
    review_id: UUID
    question: str
    answer: str
    approver: str
    training: bool
    publish: bool


@dataclass(frozen=True, slots=True)
class UnpublishedAnswer(CuratedAnswer):
    """A curated answer that is to become a document."""

    created_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """A curated answer as it leaves; `rejected` is the answer it replaces, None where Luna's own was accepted."""

    curated_id: UUID
    question: str
    answer: str
    approver: str
    created_at: datetime
    rating: int | None
    state: State
    rejected: str | None


def candidates(conn: Connection[Any], since: datetime, until: datetime, unkept: str, limit: int) -> list[Candidate]:
    """Answers given in [since, until) that are not in the queue, newest first; `unkept` is what stands for a question not kept."""
    values = {"since": since, "until": until, "unkept": unkept, "limit": limit}
    return [Candidate(**row) for row in conn.execute(SQL["review_candidates"], values).fetchall()]


def waiting(conn: Connection[Any]) -> list[str]:
    """The questions that wait to be looked at."""
    return [row["question"] for row in conn.execute(SQL["waiting_questions"]).fetchall()]


def put(conn: Connection[Any], reviews: Sequence[NewReview]) -> int:
    """Queue them; how many are new."""
    rows = [asdict(one) | {"review_id": str(one.review_id), "answer_id": str(one.answer_id)} for one in reviews]
    return conn.execute(SQL["put_reviews"], {"rows": Jsonb(rows)}).rowcount


def counts(conn: Connection[Any], *, everyone: bool = True) -> Counts:
    """How many entries stand where; `everyone`: those, too, whose answers say what only who asked may know."""
    row = conn.execute(SQL["count_reviews"], {"everyone": everyone}).fetchone()
    return Counts(**row) if row else Counts(0, 0, 0, 0, 0)


def claim(conn: Connection[Any], editor: str, patience: timedelta, first: Sequence[UUID] = (), *, everyone: bool = True) -> UUID | None:
    """The entry this editor should look at, those of `first` before others; theirs alone for `patience`, None when nothing is open."""
    values = {"editor": editor, "patience": patience, "everyone": everyone, "first": list(first)}
    row = conn.execute(SQL["claim_review"], values).fetchone()
    return row["review_id"] if row else None


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that an answer in the queue cites: its kind, first tag, words, age, and how long people read in it (seconds)."""

    review_id: UUID
    priority: float
    ts: str
    kind: str
    topic: str
    words: float
    age_days: float
    dwell_s: float | None


def cited_documents(conn: Connection[Any]) -> list[CitedDocument]:
    """Those of open entries."""
    return [CitedDocument(**row) for row in conn.execute(SQL["cited_documents"], {"fewest": FEWEST}).fetchall()]


def open_priorities(conn: Connection[Any]) -> list[tuple[UUID, float]]:
    """How urgent open entries are."""
    return [(row["review_id"], float(row["priority"])) for row in conn.execute(SQL["open_priorities"]).fetchall()]


def hold(conn: Connection[Any], review_id: UUID, editor: str, patience: timedelta) -> bool:
    """Note that this editor looks at an entry; False when somebody else does, or when it is decided."""
    return conn.execute(SQL["hold_review"], {"review_id": review_id, "editor": editor, "patience": patience}).rowcount > 0


def get(conn: Connection[Any], review_id: UUID, *, lock: bool = False, everyone: bool = True, viewer: str | None = None) -> Review:
    """One entry, locked for the rest of the transaction if asked for; NotFound, without `everyone` also for a private answer's.

    With a `viewer` (`Caller.person`) also for one that somebody else decided and that waits for a second opinion.
    """
    if lock:
        conn.execute(SQL["lock_reviewed"], {"review_id": review_id})
        conn.execute(SQL["lock_review"], {"review_id": review_id})
    row = conn.execute(SQL["get_review"], {"review_id": review_id, "everyone": everyone, "viewer": viewer}).fetchone()
    if row is None:
        raise NotFound("Diesen Eintrag der Durchsicht gibt es nicht (mehr).")
    return Review(**row)


def page(
    conn: Connection[Any], state: State | None, reason: Reason | None, part: tuple[int, int], first: Sequence[UUID] = (), *,
    everyone: bool = True, viewer: str | None = None,
) -> list[ReviewLine]:  # fmt: skip
    """A page (limit, offset) of the queue, those of `first` before others, or of what was decided; `viewer` as in `get`."""
    values = {
        "state": state,
        "reason": reason,
        "limit": part[0],
        "offset": part[1],
        "everyone": everyone,
        "first": list(first),
        "viewer": viewer,
    }
    return [ReviewLine(**row) for row in conn.execute(SQL["list_reviews"], values).fetchall()]


def decide(conn: Connection[Any], review_id: UUID, decided: EditorDecision) -> None:
    """Write down a decision."""
    conn.execute(SQL["decide_review"], {"review_id": review_id, **asdict(decided)})


def skip(conn: Connection[Any], review_id: UUID, editor: str) -> None:
    """Let others look at it first."""
    conn.execute(SQL["skip_review"], {"review_id": review_id, "editor": editor})


def retract(conn: Connection[Any], review_id: UUID) -> None:
    """What came of a decision is not to be published any more."""
    conn.execute(SQL["retract_curated"], {"review_id": review_id})


def reopen(conn: Connection[Any], review_id: UUID) -> None:
    """Take a decision and what came of it back, and a second opinion of it that nobody gave yet."""
    conn.execute(SQL["drop_second"], {"review_id": review_id})
    conn.execute(SQL["drop_curated"], {"review_id": review_id})
    conn.execute(SQL["reopen_review"], {"review_id": review_id})


def put_curated(conn: Connection[Any], curated: CuratedAnswer) -> None:
    """Keep an answer that an editor stands for."""
    conn.execute(SQL["put_curated"], asdict(curated))


def export(conn: Connection[Any], since: datetime, limit: int, *, everyone: bool = True) -> list[ExportedAnswer]:
    """What may be learned from, oldest first."""
    return [
        ExportedAnswer(**row)
        for row in conn.execute(SQL["export_curated"], {"since": since, "limit": limit, "everyone": everyone}).fetchall()
    ]


def is_private(conn: Connection[Any], review_id: UUID) -> bool:
    """Whether the answer of an entry says what only who asked may know."""
    row = conn.execute(SQL["private_evidence"], {"review_id": review_id}).fetchone()
    return bool(row and row["private"])


def orphans(conn: Connection[Any], tag: str) -> list[UUID]:
    """Published documents that no editor stands for any more."""
    return [row["item_id"] for row in conn.execute(SQL["orphans"], {"tag": tag}).fetchall()]


def unpublished(conn: Connection[Any]) -> list[UnpublishedAnswer]:
    """What is to become a document and is none yet."""
    return [UnpublishedAnswer(**row) for row in conn.execute(SQL["unpublished"]).fetchall()]


def published(conn: Connection[Any], curated_id: UUID, item_id: UUID) -> bool:
    """Note the document an answer became; False when no editor stands for the answer any more."""
    return conn.execute(SQL["published"], {"curated_id": curated_id, "item_id": item_id}).rowcount > 0
