"""Shapes of the audit log, and of looking through its chain."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_BIGINT, NO_NUL, Moment, Request

Beginning = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=NO_NUL)]


class AuditFilters(Request):
    """Which entries; actor, action and target by their beginnings, times in [from, to)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    actor: Beginning | None = None
    action: Beginning | None = None
    target: Beginning | None = None
    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    until: Annotated[Moment | None, Field(alias="to", description="End, not included.")] = None
    before: Annotated[int | None, Field(ge=1, le=MOST_BIGINT)] = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class AuditEntry(BaseModel):
    """Who did what to which thing."""

    seq: int
    ts: datetime
    actor: str
    action: str
    target: str
    facts: dict[str, object]


class AuditList(BaseModel):
    """Newest first."""

    entries: list[AuditEntry]


class ActionList(BaseModel):
    """Every kind of action that was ever noted."""

    actions: list[str]


class AuditFlaw(BaseModel):
    """Something that is not as it was sealed: the row, or the first one that it may be."""

    kind: Literal[
        "row_edited",
        "row_deleted",
        "row_inserted",
        "row_reordered",
        "seal_edited",
        "seal_deleted",
        "truncated",
        "rewritten",
        "anchor_unreadable",
    ]
    seq: int
    seal_id: int | None
    text: str


class AuditGap(BaseModel):
    """Numbers that no row has. `sealed`: they were missing already when their stretch was sealed."""

    first: int
    last: int
    sealed: bool


class AuditVerdict(BaseModel):
    """What looking through the whole log gave; `unsealed` rows came after the newest seal, at most about a minute ago."""

    ok: bool
    rows: int
    sealed: int
    unsealed: int
    seals: int
    head: str
    sealed_at: datetime | None
    anchors: int = Field(description="How many heads were written down outside the database.")
    anchored_at: datetime | None
    restored: list[datetime] = Field(description="When a snapshot came in the log's place.")
    missing: int = Field(description="How many numbers no row has: before `gapless_since` changes that failed or rows deleted unsealed.")
    gaps: list[AuditGap] = Field(description="The latest hundred stretches of such numbers.")
    gapless_since: int | None = Field(description="From this row on every number has its row; one that has none is a flaw.")
    first: AuditFlaw | None
    flaws: list[AuditFlaw] = Field(description="The first hundred.")
    seconds: float
