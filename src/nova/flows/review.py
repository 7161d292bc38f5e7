"""Editors' decisions: an answer of Luna's accepted, rejected or corrected, published as a document that she may cite, and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova.answers.compose.text import without_next
from nova.errors import Conflict, InvalidInput
from nova.flows.publishing import withdraw
from nova.knowledge.items import Shelf
from nova.kpi.kinds import PUBLISH
from nova.kpi.review.curated import check_public
from nova.kpi.review.queue import sees_all
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.privacy.marks import beside_marks
from nova.records import Caller
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.quality import review
from nova.store.quality.review import CuratedAnswer, Review


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What an editor decides. `answer` is the correction, needed for `changed`; `publish`: it becomes a document."""

    state: Literal["accepted", "rejected", "changed"]
    rating: int | None = None
    question: str | None = None
    answer: str | None = None
    note: str | None = None
    publish: bool = False


class ReviewDecisions:
    """Decides on entries that the caller may see.

    `redact` takes personal data out of what editors write; `draw` says of a decision whether a second editor judges it, too.
    """

    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        audit: Audit,
        shelf: Shelf,
        redact: Callable[[str], str],
        draw: Callable[[Connection[Any], UUID], None],
    ) -> None:
        self._db, self._jobs, self._audit, self._shelf, self._redact, self._draw = db, jobs, audit, shelf, redact, draw

    def decide(self, caller: Caller, review_id: UUID, decision: ReviewDecision) -> Review:
        """Write down a decision and what comes of it.

        NotFound; Conflict when somebody decided or works on it; InvalidInput: no correction, or what may not be published.
        """
        editor, note = caller.token, self._redact(decision.note) if decision.note else None
        with self._db.transaction() as conn:
            entry = review.get(conn, review_id, lock=True, everyone=sees_all(caller))
            _require_free(entry, editor)
            curated = self._curated(entry, editor, decision)
            publish = bool(curated and curated.publish)
            if curated and publish:
                check_public(curated, private=decision.state == "accepted" and review.is_private(conn, review_id))
            review.decide(conn, review_id, review.EditorDecision(decision.state, editor, decision.rating, note))
            if curated:
                review.put_curated(conn, curated)
            self._draw(conn, review_id)
            if publish:
                self._jobs.start(PUBLISH, {}, connection=conn)
            found = review.get(conn, review_id)
            facts = {"state": decision.state, "rating": decision.rating, "published": publish}
            self._audit.record(caller, "review.decided", str(review_id), facts, connection=conn)
        return found

    def undo(self, caller: Caller, review_id: UUID) -> Review:
        """Take a decision back: the entry is open again, a published answer is withdrawn. NotFound; Conflict when it is open."""
        with self._db.transaction() as conn:
            entry = review.get(conn, review_id, lock=True, everyone=sees_all(caller))
            if entry.state == "open":
                raise Conflict("Über diese Antwort ist noch nicht entschieden.")
            review.retract(conn, review_id)  # not published again meanwhile
        if entry.item_id:
            withdraw(self._shelf, entry.item_id)
        with self._db.transaction() as conn:
            review.reopen(conn, review_id)
            found = review.get(conn, review_id)
            self._audit.record(caller, "review.reopened", str(review_id), connection=conn)
        return found

    def _curated(self, entry: Review, editor: str, decision: ReviewDecision) -> CuratedAnswer | None:
        """What the editor stands for from now on: their correction, or the answer as it is."""
        if decision.state == "rejected":
            return None
        if decision.state == "changed" and not (decision.answer or "").strip():
            raise _wrong_answer("Zum Ändern gehört die richtige Antwort.")
        if decision.state == "accepted" and decision.answer:
            raise _wrong_answer("Wer annimmt, lässt die Antwort, wie sie ist; eine andere gehört zu „aendern“.")
        question = self._redact(decision.question or entry.question)
        answer = beside_marks(decision.answer or without_next(entry.answer), self._redact)
        return CuratedAnswer(uuid7(), entry.review_id, question, answer, editor, entry.training, decision.publish)


def _require_free(entry: Review, editor: str) -> None:
    if entry.state != "open":
        raise Conflict("Über diese Antwort ist schon entschieden. Nehmen Sie die Entscheidung zuerst zurück.")
    if entry.claimed_by not in (None, editor) and entry.claimed_until and entry.claimed_until > datetime.now(UTC):
        raise Conflict("Diese Antwort bearbeitet gerade jemand anderes.")


def _wrong_answer(message: str) -> InvalidInput:
    return InvalidInput(message, data={"fields": [{"field": "answer", "message": message}]})
