"""Shapes of what people say of a tuned model before it serves, and of what serves."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from nova.api.models.common import NO_NUL, Request

Reason = Annotated[str, StringConstraints(max_length=500, pattern=NO_NUL)]


class KeyTurned(Request):
    """What somebody says of the evaluation that they saw; the reason is redacted before it is stored."""

    evaluation_id: UUID
    says: Literal["yes", "no"] = "yes"
    reason: Reason = ""


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


class AdapterRelease(BaseModel):
    """An adapter that serves or did; `before` is what a step back leads to (null: the base alone)."""

    name: str
    state: Literal["candidate", "trial", "live", "former", "withdrawn"]
    before: str | None
    digest: str | None
    gate: dict[str, Any] | None
    created_at: datetime
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
    """Which adapter serves ("": the base alone), every release, the newest steps, and what hinders any (German; "": nothing)."""

    live: str
    note: str
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
