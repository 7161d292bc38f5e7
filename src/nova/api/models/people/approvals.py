"""Shapes of approvals: what waits for a second operator's word."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from nova.api.models.common import MOST_INT, Flag, Request


class ApprovalWanted(BaseModel):
    """Nothing has happened yet: it waits for another operator's word."""

    approval_id: UUID
    action: str


class ApprovalData(BaseModel):
    """An action that waits, or what came of it. `target` is an id; `mine`: the caller asked for it and cannot be the second.

    `asker`, `decider` and `person` (whose account it is about) are names, None for who is gone; who is to be erased keeps their pseudonym.
    """

    approval_id: UUID
    action: str
    title: str
    target: str
    state: Literal["waiting", "running", "done", "failed", "refused"]
    asked_by: str
    asker: str | None
    asked_at: datetime
    decided_by: str | None
    decider: str | None
    decided_at: datetime | None
    told: str
    expires_at: datetime
    person: str | None
    args: dict[str, Any] = Field(description="What exactly is to be done: ids, versions, and texts of settings.")
    mine: bool


class ApprovalDecided(ApprovalData):
    """With the link of who is helped back in, shown once."""

    path: str | None


class ApprovalList(BaseModel):
    """The newest first; `wanted` are the actions that need two here."""

    approvals: list[ApprovalData]
    total: int
    wanted: list[str]


class ApprovalFilters(BaseModel):
    """Which approvals; empty means all."""

    state: list[Literal["waiting", "running", "done", "failed", "refused"]] = []
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class ApprovalDecision(Request):
    """Yes: it is carried out now. No: it is not."""

    approve: Flag
