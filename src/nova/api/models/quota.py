"""Shapes of what callers may use: processor time by the minute, and what they keep."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from nova.api.models.common import MOST_INT, NO_NUL
from nova.api.models.system import TokenRole


class BudgetData(BaseModel):
    """Seconds of processor time a minute for costly work, what is left of them, and the seconds to wait where nothing is."""

    seconds: float
    left: float
    wait: int


class QuotaData(BaseModel):
    """How much of something a person keeps, and may keep (null: no limit); `text` says what makes room, in German."""

    quota: Literal["documents", "meters", "bytes", "tokens", "jobs"]
    used: int
    most: int | None
    text: str


class OwnQuota(BaseModel):
    """What the caller may use; `budget` is null where nothing limits it."""

    budget: BudgetData | None
    quotas: list[QuotaData]


class KeeperFilters(BaseModel):
    """Who, or which page of all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class KeeperData(BaseModel):
    """A person who keeps something. `share` is how full the fullest of their quotas is, 0 to 1."""

    user_id: UUID
    user: str
    role: TokenRole
    share: Annotated[float, Field(ge=0)]
    quotas: list[QuotaData]


class KeeperList(BaseModel):
    """Those with the most bytes first."""

    people: list[KeeperData]
    total: int
