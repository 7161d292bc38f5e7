"""Shapes of runs that tune a model."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from nova.api.models.common import NO_NUL, Request


class RunWanted(Request):
    """`config` is the text of a `lora.yaml`; empty: the one that ships with Nova. `version` of the dataset; empty: the newest good one."""

    config: Annotated[str, StringConstraints(max_length=65_536, pattern=NO_NUL)] = ""
    profile: Literal["cpu", "dgx"] = "cpu"
    version: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{0,64}$")] = ""


class TrainRunData(BaseModel):
    """A run as it stands; `measured` is what the preflight and the run measured, `reason` why it ended where it did (German).

    `removed_at`: when its weights were removed, since somebody left what they had learned from.
    """

    run_id: UUID
    name: str
    method: Literal["sft", "dpo"]
    dataset: str
    version: str
    digest: str
    config: dict[str, Any]
    config_sha256: str
    base: str
    base_sha256: str
    runs_on: Literal["cpu", "gpu"]
    state: Literal["waiting", "running", "paused", "cancelled", "failed", "done"]
    wanted: Literal["run", "pause", "cancel"]
    step: int
    steps: int
    measured: dict[str, Any]
    adapter_sha256: str | None
    reason: str
    started_by: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    removed_at: datetime | None


class TrainRunList(BaseModel):
    """Runs, newest first."""

    runs: list[TrainRunData]


class StartedRun(BaseModel):
    """A run that waits, and its job."""

    run: TrainRunData
    job_id: UUID


class PointData(BaseModel):
    """A point of the curve, `seconds` after the process began."""

    step: int
    loss: float | None
    held_loss: float | None
    rate: float | None
    seconds: float


class RunEvaluation(BaseModel):
    """What the last evaluation said."""

    told: dict[str, Any]
    passed: bool
    at: datetime


class TrainRunShown(BaseModel):
    """A run with its curve and its last evaluation (null: none yet)."""

    run: TrainRunData
    points: list[PointData]
    evaluation: RunEvaluation | None
