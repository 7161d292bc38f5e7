"""Shapes of measured quality: figures, their days and segments, knowledge gaps, how useful passages are, labels of tone."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_INT, NO_NUL, Moment, Request
from nova.api.models.quality.gaps import PlaceData, StepData
from nova.api.models.uses import IdeaData

KpiName = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Segment = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]


class KpiFilters(BaseModel):
    """The last so many local days, today included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: Annotated[int, Field(ge=1, le=3660)] = 7


class KpiRange(KpiFilters):
    """Of one figure: the days, and the part it is looked at in ("kind:regulation"; empty: all)."""

    days: Annotated[int, Field(ge=1, le=3660)] = 30
    segment: Segment = ""


class KpiSpan(Request):
    """Hours to measure anew, whatever they were measured from; nothing: what is due."""

    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    until: Annotated[Moment | None, Field(alias="to", description="End, not included.")] = None


class KpiValue(BaseModel):
    """A figure over a window with its 95 % bounds, from `n` cases. Shares lie between 0 and 1. Null: too little to say.

    `few`: fewer than five people are behind it; then nothing is told, not even from how many cases.
    """

    value: float | None
    n: int
    low: float | None
    high: float | None
    few: bool


class KpiData(KpiValue):
    """One figure, what it means, its value in the window and in the one before."""

    name: str
    title: str
    unit: str
    kind: Literal["share", "mean", "count", "percentile"]
    better: Literal["up", "down"]
    digits: int
    meaning: str
    formula: str
    before: KpiValue


class ToneReport(BaseModel):
    """Who tells the tone: the site's `own` model or the lexicon; macro F1 of both on the labels (the model's cross-validated)."""

    own: bool
    labels: int
    needed: int
    f1: float | None
    lexicon_f1: float | None


class KpiList(BaseModel):
    """All figures of a window; hours up to `measured_to` have been measured."""

    since: datetime = Field(alias="from")
    until: datetime = Field(alias="to")
    measured_to: datetime | None
    kpis: list[KpiData]
    tone: ToneReport | None


class KpiDay(BaseModel):
    """A figure on one local day, with bounds."""

    day: date
    value: float | None
    n: int
    low: float | None
    high: float | None
    few: bool


class KpiSegment(KpiValue):
    """A figure in one part."""

    segment: str


class ControlState(BaseModel):
    """A chart of the days before today: whether it is `enough` of them, its state and limits, which way it is `out`, and since when."""

    enough: bool
    state: float
    low: float | None
    high: float | None
    out: Literal["", "up", "down"]
    since: date | None


class KpiDetail(KpiData):
    """One figure with its days (oldest first), its parts (fullest first) and two control charts."""

    segment: str
    days: list[KpiDay]
    segments: list[KpiSegment]
    ewma: ControlState
    cusum: ControlState


class GapFilters(BaseModel):
    """Which gaps, a page at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: Literal["open", "closed", "outside"] | None = "open"
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class GapData(BaseModel):
    """Questions of one kind that were answered weakly: `weakness` is the mean (0 to 1), `weight` the sum.

    `place` is the section that answers them although it was not found, `place_source` who says so: search suspects it, or an editor named
    it; `looked_at` null: search was not asked yet. `last_step` is the last thing that was done and stands. `rising` are its terms that more
    people ask about lately, `idea` what its document may be about; as engines tell.
    """

    gap_id: UUID
    terms: list[str]
    state: Literal["open", "closed", "outside"]
    first_at: datetime
    last_at: datetime
    closed_at: datetime | None
    looked_at: datetime | None
    questions: int
    people: int
    weakness: float
    weight: float
    place: PlaceData | None
    place_source: Literal["search", "editor"] | None
    last_step: StepData | None
    rising: list[str]
    idea: IdeaData | None


class GapList(BaseModel):
    """Gaps, the weightiest first."""

    gaps: list[GapData]
    total: int


class GapQuestion(BaseModel):
    """One question of a gap; `answer_id` names the answer, or the turn of a delivered conversation; "(gelöscht)" where it is gone.

    `now`: how it was answered when it was asked again last; null where it was not.
    """

    answer_id: UUID
    ts: datetime
    question: str
    status: str
    weakness: float
    now: Literal["answered", "refused", "asked_back", "weak"] | None = None


class GapDetail(GapData):
    """A gap with its questions, the weakest first; `asked` is empty for everybody but the operator. `steps` are newest first."""

    asked: list[GapQuestion]
    steps: list[StepData]


class QualityFilters(KpiFilters):
    """Passages or documents that were cited in the last days, a page at a time."""

    days: Annotated[int, Field(ge=1, le=3660)] = 90
    by: Literal["chunk", "item"] = "item"
    sort: Literal["cited", "useful", "worst"] = "cited"
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class QualityRow(BaseModel):
    """How often it was `cited`, in how many judged answers it was useful or not, and the share that follows (Beta, with 95 % bounds)."""

    item_id: UUID
    chunk_id: UUID | None
    title: str | None
    section: str | None
    cited: int
    useful: int
    not_useful: int
    share: float
    low: float
    high: float


class QualityList(BaseModel):
    """A page of passages or documents."""

    rows: list[QualityRow]
    total: int


class ToneLabel(Request):
    """What a turn sounds like to a person who read it."""

    label: Literal["positive", "neutral", "negative", "unknown"]


class Labelled(BaseModel):
    """The label stands; how many there are, and from how many on they teach a model."""

    labels: int
    needed: int


Csv: Any = {200: {"content": {"text/csv": {}}}}
