"""Shapes of recommended passages."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, WHOLE, Request


class RecommendRequest(Request):
    """For whom (their own id; the operator may name anyone or nobody), and how many."""

    user_id: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] | None = None
    top_k: Annotated[int, Field(ge=1, le=50), WHOLE] = 10


class SuggestedPayload(BaseModel):
    """The passage."""

    item_id: UUID
    title: str
    kind: str
    tags: list[str]
    path: list[str]
    section: str
    page: int | None
    text: str


class SuggestedItem(BaseModel):
    """A recommended passage; `score` from 0 to about 1."""

    chunk_id: UUID
    score: float
    payload: SuggestedPayload


class SuggestedItems(BaseModel):
    """Best first; `list_id` names the list in the log of chances, where it is logged."""

    list_id: UUID
    items: list[SuggestedItem]
