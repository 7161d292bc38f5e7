"""Shapes of pairs of answers that people judge, of what they said, and of what a tuned model is worth."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from nova.api.models.common import NO_NUL, Meta, Request


class PairData(BaseModel):
    """Two answers to a question, by the same two sides in an order of this rater's; `mark` comes back with the judgement."""

    row_id: str
    question: str
    context: list[str]
    reference: str
    left: str
    right: str
    mark: str


class NextPair(BaseModel):
    """The next pair (none: all are judged), and how many of how many are judged."""

    pair: PairData | None
    done: int
    of: int


class JudgementRequest(Request):
    """Which answer is better."""

    row_id: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
    choice: Literal["left", "right", "tie"]
    mark: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    note: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)] = ""


class JudgedData(BaseModel):
    """It is noted; how many of how many are judged."""

    done: int
    of: int


class RaterData(BaseModel):
    """A rater by pseudonym; `won` (votes by side) only where it may be told, `trainer`: they began the run."""

    rater: str
    done: int
    finished: bool
    trainer: bool
    won: dict[str, int] | None


class PanelData(BaseModel):
    """How a review stands; `told`: whoever asks may know which side won."""

    run: str
    pairs: int
    raters: list[RaterData]
    enough: bool
    missing: int
    overdue: bool
    due_at: datetime
    kappa: float | None
    agreement: float | None
    told: bool


class VoteData(BaseModel):
    """A vote as `nova train evaluate --votes` reads it."""

    id: str
    rater: str
    winner: Literal["cand", "base", "tie"]


class VoteList(BaseModel):
    """All votes of raters who finished."""

    votes: list[VoteData]


class OfDataset(Request):
    """The manifest of the dataset's folder, where there is one."""

    manifest: Meta | None = None


class EvaluationData(BaseModel):
    """What `nova train evaluate` tells, and of the run: what Nova's checks found, people's votes, what got worse first, tickets opened."""

    run: str
    run_id: UUID
    passed: bool
    gates: list[dict[str, Any]]
    worst: list[dict[str, Any]]
    regression: dict[str, Any]
    tickets: list[UUID]
    told: dict[str, Any]


class CardData(BaseModel):
    """A model card (Markdown) and its place in the journal; or why there is none."""

    run: str
    run_id: UUID
    passed: bool | None
    refused: list[str]
    place: str
    text: str
