"""Answers that were given: the history of whoever asked, one of them as it was, and questions to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nova.answers.emergency.notice import Hotlines, emergency
from nova.answers.passages.starters import starters
from nova.errors import NotFound
from nova.records import Caller, DataFact
from nova.store.postgres.db import Database
from nova.store.series import facts
from nova.store.talk.answers import StoredAnswers
from nova.turns import EMERGENCIES, Emergency
from nova.visibility import Visible

HEADINGS = 400
HEADINGS_PER_ITEM = 40
NOT_THERE = "Diese Antwort gibt es nicht."


@dataclass(frozen=True, slots=True)
class AnswerDetail:
    """An answer with its row, the numbers it gave in the order of its text, and what to do now where it was an emergency's."""

    row: Mapping[str, Any]
    facts: Sequence[DataFact]
    emergency: Emergency | None


class KeptAnswers:
    """What is kept of answers. A person sees their own, the operator's key all; another's is not found."""

    def __init__(self, db: Database, hotlines: Hotlines) -> None:
        self._db, self._answers, self._hotlines = db, StoredAnswers(db), hotlines

    def page(self, caller: Caller, limit: int, before: datetime | None) -> tuple[list[dict[str, Any]], datetime | None]:
        """Newest first, and where the next page begins."""
        rows = self._answers.history(caller.user_id, everyone=caller.user_id is None, limit=limit, before=before)
        return rows, rows[-1]["ts"] if len(rows) == limit else None

    def one(self, caller: Caller, answer_id: UUID) -> AnswerDetail:
        """One answer with its evidence, and hotlines as they are now; NotFound."""
        row = self._answers.answer(answer_id, caller.user_id, everyone=caller.user_id is None)
        if row is None:
            raise NotFound(NOT_THERE)
        with self._db.transaction() as conn:
            said = facts.of_answer(conn, answer_id, Visible.to(caller))
        in_order = sorted(said, key=lambda fact: row["answer"].find(str(fact.fact_id)))
        kind = row.pop("emergency")
        told = emergency(kind, self._hotlines) if kind in EMERGENCIES else None
        return AnswerDetail(row, in_order, told)

    def delete(self, caller: Caller, answer_id: UUID) -> None:
        """Forget one answer; NotFound."""
        if not self._answers.delete(answer_id, caller.user_id, everyone=caller.user_id is None):
            raise NotFound(NOT_THERE)

    def starters(self) -> list[str]:
        """Up to four questions that the company's documents answer."""
        return starters(self._answers.headings(HEADINGS, HEADINGS_PER_ITEM))
