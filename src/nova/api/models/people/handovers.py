"""Shapes of handovers: conversations that go on with a person, and what is known of them."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from nova.api.models.answers import CitedPlace
from nova.api.models.common import MOST_INT, Day, Flag, Request, Text

HandoverState = Literal["open", "taken", "done", "withdrawn", "returned"]
Kind = Literal["question", "complaint"]


class NewHandoverData(Request):
    """What to hand over, to whom (`to` left out: whoever serves customers), and that one means it (`agreed`)."""

    answer_id: UUID | None = None
    conversation_id: UUID | None = None
    to: Annotated[Text, StringConstraints(max_length=200), AfterValidator(str.strip)] | None = None
    kind: Kind = "question"
    note: Annotated[Text, StringConstraints(max_length=4000)] = ""
    received_on: Annotated[Day | None, Field(description="When a complaint came in; left out: today.")] = None
    agreed: Annotated[Flag, Field(description="Question, answer and sources may be read by whom this is handed to.")]

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.answer_id is None) == (self.conversation_id is None):
            raise ValueError("Genau eines von answer_id und conversation_id wird erwartet.")
        if not self.agreed:
            raise ValueError("Ohne Ihre Zustimmung wird nichts übergeben.")
        return self


class HandoverData(BaseModel):
    """A handover. `days_left` until a complaint has to be answered, below 0 when it is overdue; `mine`: the caller handed it over."""

    handover_id: UUID
    kind: Kind
    state: HandoverState
    question: str | None
    answers: int
    note: str
    sender: str
    recipient: str | None
    taken_by: str | None
    received_on: date
    due_on: date | None
    days_left: int | None
    made_at: datetime
    taken_at: datetime | None
    done_at: datetime | None
    mine: bool


class HandoverList(BaseModel):
    """What is due first, then the oldest."""

    handovers: list[HandoverData]
    total: int


class HandedAnswerData(BaseModel):
    """An answer of the conversation, with what it cites."""

    answer_id: UUID
    ts: datetime
    question: str
    answer: str
    status: str
    citations: list[CitedPlace]


class HandoverDetail(HandoverData):
    """With its answers, in order."""

    turns: list[HandedAnswerData]


class HandoverMade(BaseModel):
    """Its number."""

    handover_id: UUID


class HandoverFilters(BaseModel):
    """Which handovers: those that lie with the caller ("in") or that they made ("out")."""

    box: Literal["in", "out"] = "in"
    state: list[HandoverState] = []
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class HandoverMove(Request):
    """Take it, give it back (`open`), finish it, or take away what one handed over."""

    state: Literal["open", "taken", "done", "withdrawn"]
