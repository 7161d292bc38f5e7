"""Shapes of what people say of a tuned model before it serves, and of what serves."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, Request

Reason = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]

RunNamed = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")]


class KeyTurned(Request):
    """What somebody says of the evaluation that they saw; the reason is redacted before it is stored.

    `share`: of the people it answers with the second yes; 1: everybody, 0: nobody, it writes in the shadow.
    """

    evaluation_id: UUID
    says: Literal["yes", "no"] = "yes"
    reason: Reason = ""
    share: float = Field(1.0, ge=0, le=1)


class TrainKeyData(BaseModel):
    """What one person said; `turned_by` is a pseudonym."""

    turned_by: str
    says: Literal["yes", "no"]
    reason: str
    adapter_sha256: str
    at: datetime


class StandingData(BaseModel):
    """A run before it serves: whose keys are turned, how many it needs, and what holds it (German; empty where two keys suffice)."""

    run: str
    state: Literal["candidate", "trial", "live", "former", "withdrawn"]
    evaluation_id: str
    keys: list[TrainKeyData]
    held: list[str]
    needed: int


class BackWanted(Request):
    """Why the adapter that serves gives way."""

    reason: Reason = ""


class TrialWanted(Request):
    """A run whose keys are turned is tried: by a share of the people, or in the shadow (0)."""

    run: RunNamed
    share: float = Field(ge=0, lt=1)
    reason: Reason = ""


class ChampionWanted(Request):
    """A run whose keys are turned serves everybody."""

    run: RunNamed
    reason: Reason = ""


class TrialSide(BaseModel):
    """A figure of one side with its 95 % bounds, from `n` cases; null where there is too little to say, or too few people are behind it."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    few: bool


class TrialFigure(BaseModel):
    """A figure of both sides. `verdict` is better or worse only where the bounds do not touch; `holds`: worse, it goes no further."""

    name: str
    title: str
    unit: str
    trial: TrialSide
    beside: TrialSide
    verdict: Literal["better", "worse", "unclear", "few"]
    holds: bool


class TrialData(BaseModel):
    """What is tried since when, beside whom ("": answers are composed), and what came of it so far."""

    name: str
    kind: Literal["shadow", "canary"]
    share: float
    since: datetime
    beside: str
    figures: list[TrialFigure]
    verdict: Literal["better", "worse", "unclear", "few"]


class AdapterRelease(BaseModel):
    """An adapter that serves or did; `before` is what a step back leads to (null: the base alone)."""

    name: str
    state: Literal["candidate", "trial", "live", "former", "withdrawn"]
    before: str | None
    digest: str | None
    gate: dict[str, Any] | None
    share: float
    created_at: datetime
    trial_at: datetime | None
    live_at: datetime | None
    left_at: datetime | None


class AdapterStep(BaseModel):
    """A row of the ledger, newest first."""

    name: str
    step: str
    actor: str
    at: datetime
    facts: dict[str, Any]


class ServingData(BaseModel):
    """Which adapter serves ("": the base alone), every release, the newest steps, and what hinders any (German; "": nothing).

    `trial` is what is tried beside it, with its figures.
    """

    live: str
    note: str
    trial: TrialData | None
    releases: list[AdapterRelease]
    steps: list[AdapterStep]


class ServingStanding(BaseModel):
    """An adapter that is to answer: whether it lies ready at the host, and why not ("": it is not known yet)."""

    name: str
    state: str
    ready: bool
    reason: str


class HostsData(BaseModel):
    """Every kind of host by what it is, the one that is set up ("": none) and the base that is set, and what it says of itself."""

    hosts: dict[str, str]
    chosen: str
    base: str
    reached: bool
    reason: str
    holds: str
    adapters: list[str]
    serving: list[ServingStanding]


class RunbookData(BaseModel):
    """The page and its place below the journal; `unsound`: why what serves should not (German)."""

    place: str
    text: str
    unsound: list[str]
