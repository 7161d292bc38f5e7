"""Shapes that several routes share."""

import re
from datetime import UTC, date, datetime
from math import isfinite
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

from nova.records import JobState

Kind = Literal["document", "regulation", "note"]
Source = Literal["upload", "crawler", "api"]
ItemStatus = Literal["queued", "running", "ready", "failed"]
FIRST_YEAR, LAST_YEAR = 1900, 2200
YEARS = r"^(19|20|21)\d\d-|^2200-"
MOST_INT = 2**31 - 1  # what the database's integer columns hold
MOST_BIGINT = 2**63 - 1
MOST_NAMES = 100
MOST_META = 20_000
NO_NUL = r"^[^\x00]*$"  # the database's texts hold every character but this one
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
DayOrTime = TypeVar("DayOrTime", date, datetime)


def _whole(value: object) -> object:
    """JSON knows no integers apart from numbers: 2.0 is one, true and "2" are not."""
    if isinstance(value, bool | str):
        raise ValueError("Hier wird eine ganze Zahl erwartet.")
    return value


def _text(value: object) -> object:
    """Times are written out, never counted in seconds."""
    if isinstance(value, date) or (isinstance(value, str) and value[4:5] == "-"):
        return value
    raise ValueError("Hier wird ein Datum oder Zeitpunkt erwartet (2026-11-21 oder 2026-11-21T10:00:00Z).")


def _storable(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse what no JSON column holds (NUL characters, halves of a surrogate pair, NaN, the infinities), and what is a text of its own."""
    left: list[Any] = [value]
    size = 0
    while left:
        part = left.pop()
        size += len(part) if isinstance(part, str) else 1
        if size > MOST_META:
            raise ValueError(f"Die Angaben sind zu groß: höchstens {MOST_META} Zeichen und Werte.")
        if isinstance(part, dict):
            left += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            left += part
        elif (isinstance(part, str) and UNSTORABLE.search(part)) or (isinstance(part, float) and not isfinite(part)):
            raise ValueError("Die Angaben enthalten Zeichen oder Zahlen, die sich nicht speichern lassen.")
    return value


# Bodies are JSON, so their numbers and switches come as such; a text that looks like one is a mistake of the sender.
WHOLE = BeforeValidator(_whole)
Flag = Annotated[bool, Field(strict=True)]
Text = Annotated[str, StringConstraints(pattern=NO_NUL)]
TextVersion = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]  # of a file that people edit; it changes with every letter
Tag = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^,\x00-\x1f]*[^,\x00-\x1f\s][^,\x00-\x1f]*$"), AfterValidator(str.strip)
]
Meta = Annotated[dict[str, Any], Field(max_length=50, json_schema_extra={"propertyNames": {"pattern": NO_NUL}}), AfterValidator(_storable)]


def _utc(value: datetime) -> datetime:
    """The same moment in UTC; without a zone it already is."""
    return _known(value).astimezone(UTC) if value.tzinfo else _known(value).replace(tzinfo=UTC)


def _written(kind: str) -> dict[str, Any]:
    return {"type": "string", "format": kind, "pattern": YEARS}


def _known(value: DayOrTime) -> DayOrTime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"Die Jahre gehen von {FIRST_YEAR} bis {LAST_YEAR}.")
    return value


Moment = Annotated[datetime, BeforeValidator(_text), AfterValidator(_utc), WithJsonSchema(_written("date-time"))]
Day = Annotated[date, BeforeValidator(_text), AfterValidator(_known), WithJsonSchema(_written("date"))]


class Request(BaseModel):
    """A request body: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _few_names(cls, value: object) -> object:
        """One error for a flood of names, not one for each."""
        if isinstance(value, dict) and len(value) > MOST_NAMES:
            raise ValueError("Das sind zu viele Angaben.")
        return value


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
