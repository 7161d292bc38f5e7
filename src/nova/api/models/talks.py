"""Shapes of conversations as editors read them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_INT, Moment
from nova.ports.people import Purpose, Speaker, Tone


class ConversationFilters(BaseModel):
    """Which conversations, a page at a time; times of what was said last in [from, to)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] | None = None
    purpose: Purpose | None = None
    subject_id: UUID | None = None
    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    until: Annotated[Moment | None, Field(alias="to", description="End, not included.")] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class ConversationHead(BaseModel):
    """A conversation. `purposes` is what its author agreed to, `searchable` whether editors' search knows all of it."""

    conversation_id: UUID
    source: str
    channel: str
    subject_id: UUID | None
    purposes: list[Purpose]
    started_at: datetime
    last_at: datetime
    ended_at: datetime | None
    turns: int
    searchable: bool


class ConversationRow(ConversationHead):
    """A line of the list: how it begins, and how its answers were judged."""

    begins: str
    useful: int
    not_useful: int


class ConversationList(BaseModel):
    """The latest first; `sources` counts all conversations by where they come from."""

    conversations: list[ConversationRow]
    total: int
    sources: dict[str, int]


class TurnData(BaseModel):
    """One thing said, pseudonymised. `meta` holds what the sender measured, `tone` what a reviewer heard."""

    seq: int
    role: Speaker
    ts: datetime
    text: str
    answer_id: UUID | None
    meta: dict[str, Any]
    tone: Tone | None
    review_id: UUID | None
    useful: bool | None


class ConversationDetail(ConversationHead):
    """A conversation with all that was said."""

    said: list[TurnData]
