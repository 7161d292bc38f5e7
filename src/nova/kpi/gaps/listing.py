"""Knowledge gaps as people look at them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nova.errors import NotFound
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.quality import gaps
from nova.store.quality.gaps import GapView as GapView

MOST_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class GapDetail:
    """A gap; its questions, the weakest first, for the operator alone."""

    gap: GapView
    questions: list[dict[str, Any]]


class KnowledgeGaps:
    """Those that enough people asked about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, state: str | None, limit: int, offset: int) -> tuple[list[GapView], int]:
        """A page of the gaps in a state (None: any), the weightiest first, and how many there are."""
        with self._db.transaction() as conn:
            return gaps.page(conn, state, limit, offset)

    def one(self, caller: Caller, gap_id: UUID) -> GapDetail:
        """One gap; NotFound, also where fewer people asked than may be told of."""
        with self._db.transaction() as conn:
            found = gaps.one(conn, gap_id)
            if found is None:
                raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(gap_id)})
            return GapDetail(found, gaps.questions(conn, gap_id, MOST_QUESTIONS) if caller.may("rights") else [])
