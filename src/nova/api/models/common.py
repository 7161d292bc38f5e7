"""Shapes that several routes share."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from nova.records import JobState

Kind = Literal["document", "regulation", "note"]
Source = Literal["upload", "crawler", "api"]
ItemStatus = Literal["queued", "running", "ready", "failed"]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^,\x00-\x1f]+$")]


FIRST_YEAR, LAST_YEAR = 1900, 2200
DayOrTime = TypeVar("DayOrTime", date, datetime)


def _utc(value: datetime) -> datetime:
    """The same moment in UTC; without a zone it already is."""
    return _known(value).astimezone(UTC) if value.tzinfo else _known(value).replace(tzinfo=UTC)


def _known(value: DayOrTime) -> DayOrTime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"Die Jahre gehen von {FIRST_YEAR} bis {LAST_YEAR}.")
    return value


Moment = Annotated[datetime, AfterValidator(_utc)]
Day = Annotated[date, AfterValidator(_known)]


class Request(BaseModel):
    """A request body: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Saved(BaseModel):
    """It is stored."""

    saved: Literal[True]


class Deleted(BaseModel):
    """It is gone."""

    deleted: Literal[True]


class JobData(BaseModel):
    """A job as people see it; `progress` of `total` counts what `stage` works on."""

    job_id: UUID
    kind: str
    state: JobState
    stage: str
    progress: int
    total: int
    title: str
    error: str | None
    error_code: str | None
    result: dict[str, object]
    item_id: UUID | None
    attempts: int
    cancel_requested: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobList(BaseModel):
    """Newest first."""

    jobs: list[JobData]


class StartedJob(BaseModel):
    """Work that runs on; watch it at `/jobs/{job_id}`."""

    job_id: UUID
