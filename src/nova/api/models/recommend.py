"""Shapes of recommended passages."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, WHOLE, Request


class RecommendRequest(Request):
    """For whom (their own id; the operator may name anyone or nobody), and how many."""

    user_id: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] | None = None
    top_k: Annotated[int, Field(ge=1, le=50), WHOLE] = 10


class SuggestedPayload(BaseModel):
    """The passage; `start` and `end` are its place in the text of the document's version."""

    item_id: UUID
    version: int
    title: str
    kind: str
    tags: list[str]
    path: list[str]
    section: str
    page: int | None
    text: str
    start: int
    end: int


class SuggestedItem(BaseModel):
    """A recommended passage; `score` from 0 to about 1."""

    chunk_id: UUID
    score: float
    payload: SuggestedPayload


class SuggestedItems(BaseModel):
    """Best first; `list_id` names the list in the log of chances, where it is logged."""

    list_id: UUID
    items: list[SuggestedItem]


class PolicyRequest(Request):
    """How the policy that is to be learned chooses."""

    policy: Literal["thompson", "linucb"] = "thompson"


class PolicyGate(BaseModel):
    """What was measured of a policy on the log: its value twice (`snips`, `dr`) and what it gains over what was shown, with bounds of 95 %.

    `low` and `high` belong to `dr`; None is no bound. `left`: how many of the people it was learned from have left since.
    """

    policy: Literal["thompson", "linucb"]
    rows: int
    lists: int
    people: int
    left: int
    logged: float
    snips: float
    snips_low: float | None
    snips_high: float | None
    dr: float
    low: float | None
    high: float | None
    gain: float
    gain_low: float | None
    gain_high: float | None
    ess: float
    verdict: Literal["better", "worse", "not enough evidence"]


class PolicyData(BaseModel):
    """A learned policy; only one that measured `better` may go live. `fault` says why it cannot choose."""

    name: str
    state: Literal["candidate", "live", "former", "withdrawn"]
    before: str | None
    gate: PolicyGate
    since: datetime
    until: datetime
    fault: str | None
    created_by: str
    created_at: datetime
    live_at: datetime | None


class PolicyList(BaseModel):
    """Newest first; `live` chooses, None: the house's own order."""

    live: str | None
    policies: list[PolicyData]


class PolicyLive(BaseModel):
    """Which policy chooses now; None: the house's own order."""

    live: str | None
