"""Shapes of whose meters are, of deliveries and of what values were. Instants without offset are UTC, days are Berlin's."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, field_validator, model_validator

from nova.api.models.common import MOST_BIGINT, Day, Moment, Request
from nova.api.models.data import MeterId, Named
from nova.energy.delivery.history import Interval
from nova.energy.meters.assignments import WantedAssignment

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Customer = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
BatchId = Annotated[int, Field(ge=1, le=MOST_BIGINT)]


class AssignmentGiven(Request):
    """A meter is a customer's from a day or moment on, up to another (excluded)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    customer: Customer
    since: Annotated[Moment | Day | None, Field(alias="from", description="A day is Berlin's; null: from the beginning.")] = None
    to: Annotated[Moment | Day | None, Field(description="Excluded; null: until further notice.")] = None

    @field_validator("since", "to", mode="before")
    @classmethod
    def _day_or_time(cls, value: object) -> object:
        """A text without a time of day is a day of Berlin's, not midnight in UTC."""
        if not isinstance(value, str) or DAY.fullmatch(value) is None:
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            return ""


class Assignments(RootModel[Annotated[list[AssignmentGiven], Field(max_length=1000)]]):
    """All of a meter, in any order; an empty list makes it the company's."""

    @property
    def wanted(self) -> list[WantedAssignment]:
        """The same as the room takes them."""
        return [WantedAssignment(one.customer, one.since, one.to) for one in self.root]


class AssignmentData(BaseModel):
    """Whose a meter is and when; `to` null: until further notice."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    customer: str
    since: Annotated[datetime, Field(alias="from")]
    to: datetime | None
    assigned_at: datetime


class AssignmentList(BaseModel):
    """Whose a meter was, is and will be, in order of time; in between it is the company's."""

    meter_id: str
    assignments: list[AssignmentData]


class ImportData(BaseModel):
    """A file, pull or push. `report` counts rows and says why some were changed or refused; `sent_by` is told to the operator."""

    batch_id: int
    source: str
    format: str
    name: str
    state: Literal["running", "done", "refused", "failed", "taken_back"]
    created_at: datetime
    ended_at: datetime | None
    job_id: UUID | None
    report: dict[str, Any]
    sent_by: str | None
    may_take_back: bool


class ImportList(BaseModel):
    """Newest first."""

    imports: list[ImportData]


class ImportFilters(BaseModel):
    """Filters and page of a list of imports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Annotated[str, StringConstraints(pattern=r"^[a-z_-]{1,40}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class TakenBack(BaseModel):
    """A delivery as it stands, and the job that takes it back."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    job_id: UUID
    delivery: Annotated[ImportData, Field(alias="import")]


class HistoryOf(BaseModel):
    """The interval of a meter, a product or a signal that begins at `ts`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ts: Moment
    meter_id: MeterId | None = None
    market: Named | None = None
    product: Named | None = None
    signal: Named | None = None
    zone: Named = "DE-LU"

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(one is not None for one in (self.meter_id, self.market, self.signal)) != 1:
            raise ValueError("Nennen Sie einen Zähler, einen Markt oder ein Signal.")
        return self

    @property
    def interval(self) -> Interval:
        """The same as the room takes it."""
        return Interval(self.ts, self.meter_id, self.market, self.product, self.signal, self.zone)


class DeliveryData(BaseModel):
    """The delivery in which a value came. `name` is told to who may see it, `sent_by` to the operator."""

    batch_id: int
    source: str
    name: str
    created_at: datetime
    state: str
    sent_by: str | None


class VersionData(BaseModel):
    """What a value was until `replaced_at`, or (null) is."""

    values: dict[str, float | None]
    quality: str
    batch_id: int
    replaced_at: datetime | None
    delivery: DeliveryData | None


class VersionList(BaseModel):
    """The oldest first."""

    versions: list[VersionData]
