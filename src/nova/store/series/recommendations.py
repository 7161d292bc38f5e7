"""Recommendations and what people said to them: typed rows in and out of named queries, inside the caller's transaction.

A recommendation belongs to whom its meter belongs to. The company's are decided on by the operator, everybody's own by themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nova.store import queries
from nova.store.series.meters import visible
from nova.visibility import Visible

SQL = queries.load("recommendations")
State = Literal["open", "taken", "later", "declined", "past"]
DECISIONS: tuple[State, ...] = ("taken", "later", "declined")
LONGEST_REASON = 500
OVER = "Der Tag dieser Empfehlung ist vorbei."


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What is recommended of a subject for a day. `evidence` names facts and search terms."""

    recommendation_id: UUID
    owner: UUID | None
    rule: str
    subject: str
    day: date
    title: str
    text: str
    eur: float | None
    kwh: float | None
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredRecommendation(NewRecommendation):
    """A recommendation as it stands, with a person's decision."""

    state: State
    reason: str | None
    created_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was last said to a rule of a subject."""

    rule: str
    state: State
    decided_at: datetime


def put(conn: Connection[Any], subject: str, day: date, found: Sequence[NewRecommendation]) -> int:
    """Make these the recommendations of a subject for a day; what is open and holds no longer goes. How many are new or renewed."""
    conn.execute(SQL["withdraw"], {"subject": subject, "day": day, "rules": [one.rule for one in found]})
    rows = [
        {
            "recommendation_id": str(one.recommendation_id),
            "owner": str(one.owner) if one.owner else None,
            "rule": one.rule,
            "subject": one.subject,
            "day": one.day.isoformat(),
            "title": one.title,
            "text": one.text,
            "eur": one.eur,
            "kwh": one.kwh,
            "evidence": dict(one.evidence),
        }
        for one in found
    ]
    return conn.execute(SQL["put_recommendations"], {"rows": Jsonb(rows)}).rowcount


def expire(conn: Connection[Any], today: date) -> int:
    """What nobody decided on before its day was over is past; how many."""
    return conn.execute(SQL["expire"], {"today": today}).rowcount


def decisions(conn: Connection[Any], subject: str, owner: UUID | None) -> list[Decision]:
    """The last decision on each rule of a subject by whom it belongs to."""
    return [Decision(**row) for row in conn.execute(SQL["decisions"], {"subject": subject, "owner": owner}).fetchall()]


def page(
    conn: Connection[Any],
    seen: Visible,
    *,
    states: Sequence[State] | None = ("open",),
    subject: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[StoredRecommendation]:
    """What the caller may see, the most EUR first; `states` None means all. Of what is open only a rule's newest day of a subject."""
    values = {"limit": limit, "offset": offset, **_asked(seen, states, subject)}
    return [StoredRecommendation(**row) for row in conn.execute(SQL["page"], values).fetchall()]


def total(conn: Connection[Any], seen: Visible, *, states: Sequence[State] | None = ("open",), subject: str | None = None) -> int:
    """How many there are of which `page` gives a part."""
    row = conn.execute(SQL["count"], _asked(seen, states, subject)).fetchone()
    return int(row["total"]) if row else 0


def _asked(seen: Visible, states: Sequence[State] | None, subject: str | None) -> dict[str, Any]:
    return {"states": None if states is None else list(states), "subject": subject, **visible(seen)}


def decide(
    conn: Connection[Any], recommendation_id: UUID, state: State, reason: str | None, today: date, seen: Visible
) -> StoredRecommendation:
    """A person's decision on what is open, put off or decided otherwise.

    NotFound, NotAllowed (a user on the company's), Conflict (its day is over), InvalidInput (no decision, declined without a reason).
    """
    words = " ".join((reason or "").split())
    if state not in DECISIONS:
        raise InvalidInput("Eine Empfehlung wird übernommen, auf später gelegt oder abgelehnt.")
    if len(words) > LONGEST_REASON or (state == "declined" and not words):
        raise InvalidInput(f"Bitte sagen Sie in bis zu {LONGEST_REASON} Zeichen, warum die Empfehlung nicht passt.")
    before = _held(conn, recommendation_id, seen)
    if before.state == "past" or before.day < today:
        raise Conflict(OVER)
    decided = conn.execute(SQL["decide"], {"recommendation_id": recommendation_id, "state": state, "reason": words or None}).fetchone()
    return replace(before, **(decided or {}))


def undo(conn: Connection[Any], recommendation_id: UUID, today: date, seen: Visible) -> tuple[StoredRecommendation, State]:
    """Take a decision back: the recommendation is open again; as it stands now, and what the decision was. What is open stays as it is.

    NotFound, NotAllowed (a user on the company's), Conflict (its day is over).
    """
    before = _held(conn, recommendation_id, seen)
    if before.state == "past" or before.day < today:
        raise Conflict(OVER)
    again = conn.execute(SQL["reopen"], {"recommendation_id": recommendation_id}).fetchone()
    return replace(before, **(again or {})), before.state


def withdraw(conn: Connection[Any], subjects: Sequence[str] | None, since: datetime) -> int:
    """What is open of these subjects (None: of all) and was recommended since an instant goes, to be computed anew; how many."""
    values = {"subjects": list(subjects or ()), "everything": subjects is None, "since": since}
    return conn.execute(SQL["withdraw_since"], values).rowcount


def _held(conn: Connection[Any], recommendation_id: UUID, seen: Visible) -> StoredRecommendation:
    """One that the caller may decide on, locked; NotFound, NotAllowed."""
    row = conn.execute(SQL["recommendation"], {"recommendation_id": recommendation_id, **visible(seen)}).fetchone()
    if row is None:
        raise NotFound("Diese Empfehlung gibt es nicht.", data={"recommendation_id": str(recommendation_id)})
    if row["owner"] is None and not seen.everyone:
        raise NotAllowed("Über Empfehlungen zu Zählern des Unternehmens entscheidet der Betrieb.")
    return StoredRecommendation(**row)
