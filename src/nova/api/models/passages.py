"""Shapes of conversations as passages: the run that makes them, and what a search for them finds."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import NO_NUL, Flag, Moment, Request


class PipelineRequest(Request):
    """`replay`: make all passages anew."""

    replay: Flag = False


class ConversationSearch(Request):
    """Words to look for, and which conversations are meant; times of their start in [from, to)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    query: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL)]
    source: Annotated[str | None, StringConstraints(max_length=100, pattern=NO_NUL)] = None
    channel: Annotated[str | None, StringConstraints(max_length=100, pattern=NO_NUL)] = None
    since: Annotated[Moment | None, Field(alias="from", description="Begin (ISO 8601); a time without offset is UTC.")] = None
    until: Annotated[Moment | None, Field(alias="to", description="End, not included.")] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class ConversationPassage(BaseModel):
    """A passage of a conversation, redacted; `first_turn` to `last_turn` are the turns it holds."""

    chunk_id: UUID
    text: str
    chunk_idx: int
    conversation_id: UUID
    source: str
    channel: str
    started_at: datetime
    status: Literal["open", "ended"]
    turns: int
    first_turn: int
    last_turn: int


class ConversationPassages(BaseModel):
    """Best first."""

    passages: list[ConversationPassage]
