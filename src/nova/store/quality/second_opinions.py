"""Second opinions of editors' decisions, and how far editors agree: typed rows in and out of named queries, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.errors import NotFound
from nova.records import ReviewState
from nova.store import queries

SQL = queries.load("second_opinions")
Side = Literal["first", "second"]
Reader = tuple[str, bool]
"""Who reads (`Caller.person`), and whether they see answers that rest on somebody's own things."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for a second opinion, as the one who may give it sees it in a list."""

    review_id: UUID
    due_at: datetime
    asked_at: datetime
    question: str
    status: str


@dataclass(frozen=True, slots=True)
class Blind(Waiting):
    """The same with its answer; nothing of how it was decided."""

    answer: str
    citations: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two editors said of one entry: the decision that stands (`drawn_from` made the one that was drawn), and the second opinion."""

    review_id: UUID
    question: str
    first_state: ReviewState
    first_by: str | None
    first_note: str | None
    drawn_from: str
    state: ReviewState
    second_by: str
    note: str | None
    given_at: datetime
    disputed: bool


@dataclass(frozen=True, slots=True)
class AgreementWeek:
    """How far editors agreed in [since, until); what cannot be said is None. `passed` is None where there are too few pairs."""

    until: datetime
    since: datetime
    pairs: int
    share: float | None
    kappa: float | None
    low: float | None
    high: float | None
    passed: bool | None


def draw(conn: Connection[Any], review_id: UUID, patience: timedelta) -> None:
    """A decision is to be judged by a second editor within `patience`."""
    conn.execute(SQL["draw"], {"review_id": review_id, "patience": patience})


def waiting(conn: Connection[Any], reader: Reader, limit: int) -> tuple[list[Waiting], int]:
    """What this person may give a second opinion of, and how much that is in all."""
    rows = conn.execute(SQL["waiting"], {"person": reader[0], "everyone": reader[1], "limit": limit}).fetchall()
    total = int(rows[0]["total"]) if rows else 0
    return [Waiting(*(row[name] for name in Waiting.__slots__)) for row in rows], total


def blind(conn: Connection[Any], review_id: UUID, reader: Reader, *, lock: bool = False) -> Blind:
    """One of them, locked for the rest of the transaction if asked for; NotFound."""
    if lock:
        conn.execute(SQL["lock"], {"review_id": review_id})
    row = conn.execute(SQL["blind"], {"review_id": review_id, "person": reader[0], "everyone": reader[1]}).fetchone()
    if row is None:
        raise NotFound("Zu diesem Eintrag wird von Ihnen keine zweite Meinung gebraucht.")
    return Blind(**row)


def give(conn: Connection[Any], review_id: UUID, state: ReviewState, editor: str, note: str | None) -> None:
    """Write a second opinion down."""
    conn.execute(SQL["give"], {"review_id": review_id, "state": state, "editor": editor, "note": note})


def disputed(conn: Connection[Any], reader: Reader, limit: int) -> tuple[list[Pair], int]:
    """What two editors see differently and nobody has settled, and how much that is in all."""
    return _pairs(conn, reader, None, limit)


def pair(conn: Connection[Any], review_id: UUID, reader: Reader, *, lock: bool = False) -> Pair:
    """Both opinions of an entry, locked for the rest of the transaction if asked for; NotFound."""
    if lock:
        conn.execute(SQL["lock"], {"review_id": review_id})
    found, _ = _pairs(conn, reader, review_id, 1)
    if not found:
        raise NotFound("Zu diesem Eintrag gibt es keine zwei Meinungen.")
    return found[0]


def _pairs(conn: Connection[Any], reader: Reader, review_id: UUID | None, limit: int) -> tuple[list[Pair], int]:
    rows = conn.execute(SQL["pairs"], {"everyone": reader[1], "review_id": review_id, "limit": limit}).fetchall()
    return [Pair(*(row[name] for name in Pair.__slots__)) for row in rows], int(rows[0]["total"]) if rows else 0


def settle(conn: Connection[Any], review_id: UUID, side: Side, editor: str) -> None:
    """Write down who is right."""
    conn.execute(SQL["settle"], {"review_id": review_id, "side": side, "editor": editor})


def labels(conn: Connection[Any], since: datetime, until: datetime) -> list[tuple[str, str]]:
    """The first and second label of pairs that were whole in [since, until)."""
    return [(row["first_state"], row["state"]) for row in conn.execute(SQL["labels"], {"since": since, "until": until})]


def put_agreement(conn: Connection[Any], week: AgreementWeek) -> bool:
    """Keep a week's figure; False where it was measured before."""
    return conn.execute(SQL["put_agreement"], asdict(week)).rowcount > 0


def agreement(conn: Connection[Any], limit: int) -> list[AgreementWeek]:
    """The last weeks, newest first."""
    return [AgreementWeek(**row) for row in conn.execute(SQL["agreement"], {"limit": limit}).fetchall()]


def doubted(conn: Connection[Any]) -> set[str]:
    """Ids of rows that a model would be tuned with and that were decided while editors agreed too little."""
    return {row["id"] for row in conn.execute(SQL["doubted"]) if row["id"] is not None}
