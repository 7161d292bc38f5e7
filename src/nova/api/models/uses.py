"""Shapes of what places show that engines tell: where somebody may want to go, contacts to come, unusual hours, customers, texts."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import NO_NUL, Moment, Request

Route = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]


class VisitData(Request):
    """A page that somebody opened, and when."""

    ts: Moment
    route: Route


class NavigationRequest(Request):
    """The pages of this visit, oldest first, and what is asked; neither is kept."""

    visits: Annotated[list[VisitData], Field(max_length=50)] = Field(default_factory=list)
    question: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)] | None = None


class PageData(BaseModel):
    """A page, and how sure that is (0 to 1)."""

    route: str
    chance: float


class NavigationData(BaseModel):
    """Start `tiles` of the caller's role, the pages that likely come `next`, and the `page` that the question is about; empty where no
    engine tells.
    """

    tiles: list[str]
    next: list[str]
    page: PageData | None


class TrendData(BaseModel):
    """A term that more people ask about lately: by so many standard deviations of chance, and by so many people a day."""

    term: str
    deviations: float
    people: float


class TrendList(BaseModel):
    """Those that rise most."""

    trends: list[TrendData]


class ContactsData(BaseModel):
    """Contacts expected of a day, a channel and a topic, beside what there is on its weekday."""

    day: date
    channel: str
    topic: str
    expected: float
    usual: float


class StaffingData(BaseModel):
    """The seven days after the last that is known."""

    contacts: list[ContactsData]


class UnusualData(BaseModel):
    """An hour in which a figure was not between what it usually is."""

    kpi: str
    title: str
    kind: Literal["share", "mean", "count", "percentile"]
    unit: str
    digits: int
    starts: datetime
    value: float
    low: float
    high: float


class UnusualList(BaseModel):
    """Of the last two days, the newest first."""

    hours: list[UnusualData]


class AtRiskData(BaseModel):
    """A customer, and the chance (0 to 1) that they leave within 90 days."""

    customer_no: str
    chance: float
    tariff: str | None
    months_left: float | None
    price_change: float | None
    contacts_90d: float | None


class AtRiskList(BaseModel):
    """Those that most likely leave."""

    customers: list[AtRiskData]


class GroupData(BaseModel):
    """Customers that are alike: how many, and what they use on average (kWh a year, kW, shares from 0 to 1)."""

    group: str
    n: int
    means: dict[str, float | None]


class GroupList(BaseModel):
    """Of at least five customers each, the largest first."""

    groups: list[GroupData]


class OfferFilters(BaseModel):
    """Where."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plz: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]


class OfferData(BaseModel):
    """What a supplier takes: EUR a month and ct a kWh, from a day on."""

    supplier: str
    plz: str
    base_eur: float
    ct_kwh: float
    valid_from: date


class OfferList(BaseModel):
    """The cheapest kWh first."""

    offers: list[OfferData]


class ProposalFilters(BaseModel):
    """A page at a time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class ProposalData(BaseModel):
    """A text that may become a document; `licence` null: of a former system of the company."""

    key: str
    source: str
    day: date | None
    licence: str | None
    text: str


class ProposalList(BaseModel):
    """Pages that were found, then texts of former systems, each the newest first."""

    proposals: list[ProposalData]
    total: int


class IdeaData(BaseModel):
    """What a document that closes a gap is about, and the document that is nearest to it."""

    terms: str
    nearest: str
