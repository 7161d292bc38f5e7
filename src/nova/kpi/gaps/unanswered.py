"""Single questions that Luna refused, asked back or answered weakly, as editors look at them: those in no gap of enough people.

Their words may be looked at as in the editors' queue: nobody's, and those of who agreed to it; what rests on somebody's own documents or
meters is the operator's alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import NotFound
from nova.kpi.measure.hour import POINTS_AT_A_GAP, WEAK_MARGIN
from nova.kpi.review.queue import sees_all
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import gap_steps as store
from nova.store.quality.gap_steps import Standing as Standing
from nova.store.quality.gap_steps import Step, Unanswered, UnansweredQuery
from nova.store.quality.gap_steps import Why as Why

BACK = timedelta(days=30)
NOT_KEPT = "(nicht gespeichert)"


@dataclass(frozen=True, slots=True)
class UnansweredEntry:
    """A question with what was done about it, newest first."""

    asked: Unanswered
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class UnansweredFilter:
    """Which questions; None: any."""

    why: Why | None = None
    state: Standing | None = "open"


class UnansweredQuestions:
    """The list."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, caller: Caller, wanted: UnansweredFilter, limit: int, offset: int) -> tuple[list[UnansweredEntry], int]:
        """A page of them, the newest first, and how many there are."""
        with self._db.transaction() as conn:
            found, total = store.unanswered(conn, _query(caller, datetime.now(UTC), wanted), limit, offset)
            steps = store.of_answers(conn, [one.answer_id for one in found])
        return [UnansweredEntry(one, [step for step in steps if step.answer_id == one.answer_id]) for one in found], total

    def one(self, caller: Caller, answer_id: UUID) -> UnansweredEntry:
        """One question; NotFound."""
        with self._db.transaction() as conn:
            asked = one_unanswered(conn, caller, answer_id, datetime.now(UTC))
            return UnansweredEntry(asked, store.of_answers(conn, [answer_id]))


def one_unanswered(conn: Connection[Any], caller: Caller, answer_id: UUID, now: datetime) -> Unanswered:
    """One question as the list has it; NotFound."""
    found, _ = store.unanswered(conn, _query(caller, now, UnansweredFilter(state=None), answer_id), 1, 0)
    if not found:
        raise NotFound("Diese Frage steht nicht (mehr) unter den unbeantworteten.", data={"answer_id": str(answer_id)})
    return found[0]


def _query(caller: Caller, now: datetime, wanted: UnansweredFilter, answer_id: UUID | None = None) -> UnansweredQuery:
    return UnansweredQuery(now - BACK, WEAK_MARGIN, POINTS_AT_A_GAP, NOT_KEPT, sees_all(caller), wanted.why, wanted.state, answer_id)
