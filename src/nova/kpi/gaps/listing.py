"""Knowledge gaps as people look at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nova.errors import NotFound
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import gap_steps, gaps
from nova.store.quality.gap_steps import Step as Step
from nova.store.quality.gaps import GapView as GapView

MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class GapDetail:
    """A gap; its questions, the weakest first, for the operator alone; what was done about it, newest first."""

    gap: GapView
    questions: list[dict[str, Any]]
    steps: Sequence[Step] = ()


class KnowledgeGaps:
    """Those that enough people asked about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, state: str | None, limit: int, offset: int) -> tuple[list[GapDetail], int]:
        """A page of the gaps in a state (None: any), the weightiest first, without their questions; and how many there are."""
        with self._db.transaction() as conn:
            found, total = gaps.page(conn, state, limit, offset)
            steps = gap_steps.of_gaps(conn, [one.gap_id for one in found])
        return [GapDetail(one, [], [step for step in steps if step.gap_id == one.gap_id]) for one in found], total

    def one(self, caller: Caller, gap_id: UUID) -> GapDetail:
        """One gap; NotFound, also where fewer people asked than may be told of."""
        with self._db.transaction() as conn:
            found = gaps.one(conn, gap_id)
            if found is None:
                raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(gap_id)})
            asked = gaps.questions(conn, gap_id, MOST_QUESTIONS) if caller.may("rights") else []
            return GapDetail(found, asked, gap_steps.of_gaps(conn, [gap_id]))
