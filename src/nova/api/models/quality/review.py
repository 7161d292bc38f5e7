"""Shapes of the editorial queue: entries, decisions, and what editors stand for."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_INT, NO_NUL, WHOLE, Flag, Moment, Request
from nova.records import ReviewReason, ReviewState


class ReviewFilters(BaseModel):
    """Which entries: by state, by reason, a page at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: ReviewState | None = None
    reason: ReviewReason | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class ReviewDecision(Request):
    """`aendern` needs the right answer; `publish` makes the answer a document that Luna may cite, with who stands for it."""

    verdict: Literal["annehmen", "ablehnen", "aendern", "ueberspringen"]
    rating: Annotated[int, Field(ge=1, le=5), WHOLE] | None = None
    question: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)] | None = None
    answer: Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)] | None = None
    note: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)] | None = None
    publish: Flag = False


class ReviewCounts(BaseModel):
    """How many entries stand where; `pairs` are corrected answers that may be learned from."""

    open: int
    accepted: int
    rejected: int
    changed: int
    pairs: int


class ReviewRow(BaseModel):
    """One line of the queue. `reasons` say why it was drawn, `claimed_by` who looks at it."""

    review_id: UUID
    answer_id: UUID
    reasons: list[ReviewReason]
    priority: float
    state: ReviewState
    rating: int | None
    claimed_by: str | None
    claimed_until: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime
    asked_at: datetime
    question: str
    status: str


class ReviewList(BaseModel):
    """The most urgent first; what was decided newest first."""

    reviews: list[ReviewRow]
    total: int
    counts: ReviewCounts


class ReviewData(ReviewRow):
    """An entry with the answer it is about and what an editor made of it. `training`: the person agreed that it is learned from."""

    note: str | None
    answer: str
    citations: list[dict[str, Any]]
    model: str
    prompt_version: str
    conversation_id: UUID | None
    training: bool
    curated_question: str | None
    curated_answer: str | None
    approver: str | None
    publish: bool | None
    item_id: UUID | None


class NextReview(BaseModel):
    """The entry to look at now, nobody else's for a quarter of an hour; null when nothing is open."""

    review: ReviewData | None
    counts: ReviewCounts


class ExportFilters(BaseModel):
    """What was decided since then; all without it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: Moment | None = None


class CuratedData(BaseModel):
    """An answer an editor stands for; `rejected` is the one it replaces: together a preference pair."""

    curated_id: UUID
    question: str
    answer: str
    approver: str
    created_at: datetime
    rating: int | None
    state: ReviewState
    rejected: str | None


class CuratedList(BaseModel):
    """Oldest first; `held_back` rows hold what may be personal data and are not given out."""

    rows: list[CuratedData]
    held_back: int
