"""Shapes of questions, answers, events, feedback and help."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, field_validator

from nova.api.models.common import WHOLE, Day, Flag, Kind, Meta, Moment, Request, Tag, Text

MOST_CHARS = 2000
MOST_PASSAGES = 50
DAY_CHARS = 10
WORDS = Field(json_schema_extra={"pattern": r"^[^\x00]*\w[^\x00]*$"})  # the room itself refuses a question without a word


def _words(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise ValueError("Hier fehlt der Text.")
    return stripped


class Filters(Request):
    """Which documents a question may see."""

    kind: Kind | None = None
    tag: Tag | None = None
    item_id: UUID | None = None


class AskRequest(Request):
    """A question to Luna."""

    question: Annotated[Text, StringConstraints(min_length=1, max_length=MOST_CHARS), AfterValidator(_words), WORDS]
    top_k: Annotated[int, Field(ge=1, le=MOST_PASSAGES), WHOLE] = 6
    filters: Filters = Filters()
    as_of: Annotated[Moment | Day | None, Field(description="Answer from what was valid at this moment or on this day.")] = None
    conversation_id: Annotated[UUID | None, Field(description="Goes on with a conversation; without it each question begins one.")] = None
    stream: Annotated[Flag, Field(description="As server-sent events: status, passages, sentence, final, error.")] = False
    no_emergency: Annotated[Flag, Field(description="Nobody is in danger, whatever the message sounds like: search.")] = False

    @field_validator("as_of", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        if not isinstance(value, str) or len(value) != DAY_CHARS:
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            return ""


class CitationPayload(BaseModel):
    """The passage behind a citation."""

    title: str
    kind: str
    tags: list[str]
    path: list[str]
    text: str


class CitedPlace(BaseModel):
    """Where an answer's words stand: `quote` is the stored text from `start` to `end`."""

    number: int
    chunk_id: UUID
    item_id: UUID
    version: int
    title: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str


class CitationData(CitedPlace):
    """Evidence, with how near it was to the question and the passage around it."""

    score: float
    payload: CitationPayload


class FactData(BaseModel):
    """A number that a query over readings or prices gave; `query` says how, over which window, and `chart` holds columns to draw.

    `stale_at`: since when a value that it may rest on is taken back.
    """

    fact_id: UUID
    label: str
    value: float | None
    unit: str
    text: str
    query: dict[str, Any]
    rows: int
    chart: dict[str, Any] | None
    stale_at: datetime | None = None


class SentenceData(BaseModel):
    """A sentence with the numbers of its citations and the ids of its facts; `checked` is false when nothing supports it."""

    text: str
    citations: list[int]
    facts: list[UUID]
    checked: bool


class EmergencyData(BaseModel):
    """The message told of an emergency: `call` is the number to ring first, `hotline` the supplier's, or 112 where none is configured."""

    kind: Literal["gas", "outage", "fire", "shock", "co", "heat", "water"]
    call: str
    hotline: str
    hotline_configured: bool


class UnderstoodData(BaseModel):
    """How the message was understood before anything was searched: what it wants, how likely that is (0 to 1), and the question in full.

    `restated`: the question says more than the message did. `topic` and `norm` are of law, the rest of readings or prices (ISO 8601, UTC).
    """

    kind: Literal["law", "data", "mixed", "help", "talk", "action", "advice", "outside", "unclear"]
    topic: str | None
    norm: str | None
    meter_id: str | None
    from_: Annotated[str | None, Field(alias="from")]
    to: str | None
    unit: str | None
    sure: float
    question: str
    restated: bool


class AnswerData(BaseModel):
    """An answer; with an `emergency` its sentences say what to do and rest on no source.

    `answer` carries a `[chunk <ID>]` or `[data <ID>]` token after each supported sentence.
    """

    answer_id: UUID
    answer: str
    status: Literal["answered", "partial", "refused"]
    sentences: list[SentenceData]
    chunks_used: list[UUID]
    citations: list[CitationData]
    facts: list[FactData]
    next_question: str | None
    model: str
    prompt_version: str
    timings_ms: dict[str, float]
    conversation_id: UUID | None
    emergency: EmergencyData | None
    outcome: Annotated[
        Literal["answered", "partial", "asked_back", "refused", "help", "talk", "hotline"],
        Field(description="How it ended; `asked_back`, `help` and `talk` rest on no document."),
    ]
    understood: UnderstoodData | None
    route: Annotated[str, Field(description="The page of the web app that an answer about Nova leads to; empty for none.")]


class PassageData(BaseModel):
    """A passage Luna read."""

    chunk_id: UUID
    item_id: UUID
    title: str
    section: str
    page: int | None
    score: float
    text: str


class StatusEvent(BaseModel):
    """`event: status` of a streamed answer."""

    stage: Literal["searching", "reading", "writing"]


class PassagesEvent(BaseModel):
    """`event: passages`: what Luna read."""

    passages: list[PassageData]


class SentenceEvent(SentenceData):
    """`event: sentence`: one checked sentence, with the citations and facts that are new in it."""

    new_citations: list[CitationData]
    new_facts: list[FactData]


class ErrorEvent(BaseModel):
    """`event: error`: the stream ends here."""

    code: str
    message: str
    trace_id: UUID


class AnswerSummary(BaseModel):
    """A line of the history."""

    answer_id: UUID
    ts: datetime
    question: str
    status: str
    answer: str


class AnswerList(BaseModel):
    """Newest first; pass `next_before` as `before` for the next page."""

    answers: list[AnswerSummary]
    next_before: datetime | None


class AnswerRecord(BaseModel):
    """An answer as it was kept: the question redacted, with evidence, versions and timings.

    `answer` is the text as it is kept; `sentences` and `next_question` are read from it, with the names of one's own meters.
    """

    answer_id: UUID
    ts: datetime
    question: str
    answer: str
    status: str
    model: str
    prompt_version: str
    analyser: str
    as_of: datetime | None
    passages: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    facts: list[FactData]
    timings_ms: dict[str, Any]
    emergency: EmergencyData | None
    sentences: list[SentenceData]
    next_question: str | None
    outcome: Literal["answered", "partial", "asked_back", "refused", "help", "talk", "hotline"]


class Starters(BaseModel):
    """Questions to begin with, taken from the documents."""

    questions: list[str]


class FeedbackRequest(Request):
    """A judgement of an answer."""

    question: Annotated[Text, StringConstraints(min_length=1, max_length=MOST_CHARS)]
    answer: Annotated[Text, StringConstraints(min_length=1, max_length=50_000)]
    useful: Flag
    answer_id: UUID | None = None
    user_id: Annotated[Text | None, StringConstraints(min_length=1, max_length=200)] = None
    reason: Literal["falsch", "unvollstaendig", "quelle", "ton"] | None = None
    notes: Annotated[Text | None, StringConstraints(max_length=4000)] = None
    chunks_used: Annotated[tuple[UUID, ...], Field(fail_fast=True, max_length=200)] = ()
    dwell_ms: Annotated[int | None, Field(ge=0, le=86_400_000), WHOLE] = None


class EventRequest(Request):
    """Something a person did; `user_id` is their own."""

    user_id: Annotated[Text, StringConstraints(min_length=1, max_length=200)]
    type: Literal["view", "click", "like", "solve", "ask", "feedback"]
    ts: Moment | None = None
    event_id: UUID | None = None
    item_id: UUID | None = None
    chunk_id: UUID | None = None
    dwell_ms: Annotated[int | None, Field(ge=0, le=86_400_000), WHOLE] = None
    meta: Annotated[Meta, Field(default_factory=dict)]


class EventBatch(Request):
    """Up to 500 events, stored all or none."""

    events: Annotated[list[EventRequest], Field(fail_fast=True, min_length=1, max_length=500)]


class SavedEvents(BaseModel):
    """New events, and events that had been delivered before."""

    saved: int
    duplicates: int


class Help(BaseModel):
    """What Luna says about a page."""

    route: str
    title: str
    text: str
    steps: list[str]
    related_questions: list[str]


class ChatMessageIn(BaseModel):
    """One message; only text is read."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | Annotated[list[dict[str, Any]], Field(fail_fast=True)] | None = None


class ChatRequest(BaseModel):
    """The OpenAI request; fields Nova has no use for are ignored."""

    model: str = "luna"
    messages: Annotated[list[ChatMessageIn], Field(fail_fast=True, min_length=1, max_length=200)]
    stream: Flag = False
