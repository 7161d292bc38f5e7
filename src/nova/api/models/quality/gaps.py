"""Shapes of what is done about questions that were not answered: the questions, the steps, the sections that may answer them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_INT, NO_NUL, Request

What = Literal["document", "words", "answer", "outside", "place"]
Why = Literal["refused", "asked_back", "weak"]
Standing = Literal["open", "answered", "outside"]
Word = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)]
Words = Annotated[list[Word], Field(max_length=10)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]


class PlaceData(BaseModel):
    """A section of a document."""

    item_id: UUID
    title: str
    section: str


class StepData(BaseModel):
    """What somebody did, and what came of it.

    Of `questions`, `asked` were asked again and `answered` are answered now; `before` and `after` is how most went, `place` the section
    that answers most. `measured_at` null: not asked again yet. `undone_at`: it was taken back. `phrases` and `terms` are the words
    of `words`; `question`, `answer` and `source` what was written; `item_id` and `item_title` the document.
    """

    step_id: UUID
    what: What
    made_by: str
    made_at: datetime
    measured_at: datetime | None
    undone_at: datetime | None
    asks_again: bool
    questions: int
    asked: int
    answered: int
    before: Why | None
    after: Literal["answered", "refused", "asked_back", "weak"] | None
    place: PlaceData | None
    item_id: UUID | None
    item_title: str | None
    phrases: list[str]
    terms: list[str]
    question: str | None
    answer: str | None
    source: str | None


class NewStep(Request):
    """What to do: `document` names one that was taken in (`item_id`), `words` what people say (`phrases`) and what it stands for (`terms`).

    `answer` is written with its `source`, `place` names the section that answers it (`section_id`), `outside` says that it does not belong
    here.
    """

    what: What
    item_id: UUID | None = None
    phrases: Words = Field(default_factory=list)
    terms: Words = Field(default_factory=list)
    question: Line | None = None
    answer: Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=NO_NUL)] | None = None
    source: Line | None = None
    section_id: UUID | None = None


class UndoFilters(BaseModel):
    """With `remove` a document that was added goes, too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    remove: bool = False


class UnansweredFilters(BaseModel):
    """Which questions: by why, by what became of them (null: all), a page at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: Why | None = None
    state: Standing | None = "open"
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class UnansweredData(BaseModel):
    """A question of the last thirty days that was refused, asked back or answered weakly and is in no gap; its steps, newest first."""

    answer_id: UUID
    ts: datetime
    question: str
    conversation_id: UUID | None
    why: Why
    state: Standing
    steps: list[StepData]


class UnansweredList(BaseModel):
    """The newest first."""

    questions: list[UnansweredData]
    total: int


class SectionFilters(BaseModel):
    """Words to look for; without, the questions themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Annotated[str, StringConstraints(min_length=2, max_length=300, pattern=NO_NUL)] | None = None


class NearSectionData(BaseModel):
    """A section that may answer.

    `nearly`: search took it for the answer, and was hardly sure enough, or not quite. `missing` are the words of the question that it does
    not know, `terms` those of its heading.
    """

    section_id: UUID
    item_id: UUID
    version: int
    start: int
    end: int
    title: str
    section: str
    heading: str
    excerpt: str
    nearly: bool
    missing: list[str]
    terms: list[str]


class NearSectionList(BaseModel):
    """The nearest first."""

    sections: list[NearSectionData]
