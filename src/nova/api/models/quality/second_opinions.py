"""Shapes of second opinions: what waits, seen blind, what two editors see differently, and how far they agree."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from nova.api.models.common import NO_NUL, Request
from nova.records import ReviewState


class SecondOpinion(Request):
    """What the second editor would have decided; `note` says why. It is given once and stands."""

    verdict: Literal["annehmen", "ablehnen", "aendern"]
    note: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)] | None = None


class Settlement(Request):
    """Who is right: `erste` leaves the decision as it is, `zweite` takes it back."""

    right: Literal["erste", "zweite"]


class SecondRow(BaseModel):
    """An entry to judge, without how it was decided. `overdue`: it waits for longer than it should."""

    review_id: UUID
    due_at: datetime
    overdue: bool
    asked_at: datetime
    question: str
    status: str


class SecondData(SecondRow):
    """The same with its answer and what that cites."""

    answer: str
    citations: list[dict[str, Any]]


class DisputeData(BaseModel):
    """An entry that two editors see differently: the decision that stands and the second opinion; `own`: which of them are the caller's."""

    review_id: UUID
    question: str
    first_state: ReviewState
    first_by: str | None
    first_note: str | None
    state: ReviewState
    second_by: str
    note: str | None
    given_at: datetime
    own: list[Literal["erste", "zweite"]]


class AgreementData(BaseModel):
    """How far editors agreed in [since, until), over all of them; null what cannot be said. `text` says it in German."""

    until: datetime
    since: datetime
    pairs: int
    share: float | None
    kappa: float | None
    low: float | None
    high: float | None
    passed: bool | None
    text: str


class SecondCounts(BaseModel):
    """How many wait for the caller, and how many are disputed."""

    waiting: int
    disputed: int


class SecondDesk(BaseModel):
    """At most a hundred of each, the longest waiting first; `agreement` of the last twelve weeks, newest first."""

    waiting: list[SecondRow]
    disputed: list[DisputeData]
    counts: SecondCounts
    agreement: list[AgreementData]


class SecondGiven(BaseModel):
    """Whether both editors said the same."""

    agreed: bool


class Settled(BaseModel):
    """How the entry stands now: as it was decided, or open again."""

    state: ReviewState
