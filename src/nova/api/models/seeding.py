"""Shapes of pipelines, runs, what they left out, versions of datasets, and from where a record came."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import NO_NUL, Request

Text = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_NUL)]


class RunData(BaseModel):
    """A run; `counts` hold `rows_in, kept, removed, changed, steps{step: removed}, quality, confidence, completeness, gate, what_if`."""

    run_id: UUID
    pipeline: str
    started_by: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    counts: dict[str, Any]
    stopped: str


class VersionData(BaseModel):
    """A version of a dataset; `splits` are rows by purpose, `licences` and `batches` where its rows came from."""

    dataset: str
    version: str
    state: str
    rows: int
    run_id: UUID
    created_at: datetime
    splits: dict[str, int]
    licences: list[str]
    erased: int


class PipelineData(BaseModel):
    """A pipeline and how it stands."""

    name: str
    title: str
    source: str
    purpose: str
    policy: str
    licence: str
    steps: list[str]
    every_hours: int | None
    last: RunData | None
    live: str | None
    job_id: UUID | None


class FaultyFile(BaseModel):
    """A file among pipelines that is none, and why."""

    file: str
    reason: str


class PipelineList(BaseModel):
    """All pipelines, and the files that are none."""

    pipelines: list[PipelineData]
    faults: list[FaultyFile]


class RunReason(Request):
    """Why a run is wanted; for the record."""

    reason: Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)] = ""


class RunList(BaseModel):
    """Runs, newest first."""

    runs: list[RunData]


class SampleData(BaseModel):
    """Ten records of a source by column, what columns would be called, and what was odd."""

    columns: dict[str, list[str | None]]
    mapping: dict[str, str]
    problems: list[str]


class RemovalData(BaseModel):
    """A record that a run left out, as it was, and what stands in its place."""

    id: str
    step: str
    kept_id: str | None
    score: float | None
    differs: str
    reason: str
    content: dict[str, Any] | None
    undone_at: datetime | None


class RemovalList(BaseModel):
    """A page of them."""

    removals: list[RemovalData]


class UndoRequest(Request):
    """Take back: these records (`ids`), a cluster (`kept_id`), or, with neither, all of the run."""

    ids: Annotated[list[Text], Field(max_length=1000)] | None = None
    kept_id: Text | None = None


class UndoneData(BaseModel):
    """How many removals were taken back."""

    undone: int


class VersionList(BaseModel):
    """Versions, newest first."""

    versions: list[VersionData]


class LiveRequest(Request):
    """Which version, by its name or the first signs of it."""

    version: Text


class LiveData(BaseModel):
    """The live version now; none: no version is."""

    version: str | None


class DiffData(BaseModel):
    """What is between two versions: counts, and of each the first hundred."""

    counts: dict[str, int]
    added: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    changed: list[dict[str, Any]]


class OriginData(BaseModel):
    """From where a record came: the batch and the key in its source."""

    run_id: UUID
    pipeline: str
    batch_id: UUID
    source: str
    source_key: str
    licence: str
    fetched_at: datetime
    sha256: str


class OriginList(BaseModel):
    """All of a record."""

    origins: list[OriginData]


class UseData(BaseModel):
    """A version that holds something of a source's record, and the engine that was given it."""

    dataset: str
    version: str
    row_id: str
    engine: str | None
    delivered_at: datetime | None


class UseList(BaseModel):
    """All of a source's record."""

    uses: list[UseData]


class SubjectName(Request):
    """What a source calls somebody, such as their customer number."""

    name: Text


class SubjectRow(BaseModel):
    """A row of somebody's: of a version of a dataset, or one that a run left out by a step."""

    dataset: str | None = None
    version: str | None = None
    run: UUID | None = None
    removed: str | None = None
    step: str | None = None
    row: dict[str, Any]


class SubjectRows(BaseModel):
    """The first of all rows."""

    rows: list[SubjectRow]


class CorrectionRequest(Request):
    """What a column should hold, in all rows of somebody or in one; no `value`: nothing."""

    name: Text
    column: Text
    value: Annotated[str, StringConstraints(max_length=10_000, pattern=NO_NUL)] | None = None
    row_id: Text | None = None


class CorrectedData(BaseModel):
    """How many rows of how many versions, rows left out (`tables`) and raw batches were corrected or emptied, and engines to tell."""

    tables: dict[str, int]
    versions: int
    rows: int
    batches: int
    engines: list[str]


class RunOrder(Request):
    """A program's wish that a pipeline runs: its own name of what asks (`execution`), and why."""

    pipeline: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    execution: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]
    reason: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = ""


class DeliveryOrder(Request):
    """A program's wish that an engine is delivered to: its own name of what asks (`execution`), and why."""

    engine: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    execution: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]
    reason: Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)] = ""


class OrderResult(BaseModel):
    """The job of the run or delivery; `new`: it was queued just now, `duplicate`: this order came before."""

    job_id: UUID
    new: bool
    duplicate: bool


class EffortData(BaseModel):
    """Decisions by hand, proposals of runs, and decisions per proposal (none without a proposal)."""

    decisions: int
    proposals: int
    share: float | None


class EngineDeliveryData(BaseModel):
    """What came of a delivery: the engine's figure before and after, the bounds of the gain, and why."""

    delivery_id: UUID
    engine: str
    dataset: str
    version: str
    state: Literal["live", "unchanged", "taken_back", "refused", "skipped", "unreachable"]
    rows: int
    before: float | None
    after: float | None
    low: float | None
    high: float | None
    seconds: float
    reason: str
    delivered_at: datetime


class EngineDeliveryList(BaseModel):
    """Deliveries, newest first."""

    deliveries: list[EngineDeliveryData]


class EngineData(BaseModel):
    """An engine: what it is and who uses it, what it reads (`live` is a version's content), and how it answered in seven days.

    `model`: it has learned one that can be looked at. `recall_since`: it holds what somebody left since then, and did not give it back yet.
    """

    name: str
    kind: str
    title: str
    consumer: str
    metric: str
    better: Literal["up", "down"]
    channel: str
    dataset: str | None
    purpose: str
    columns: list[str]
    model: bool
    live: str | None
    rows: int
    last: EngineDeliveryData | None
    reached: int
    missed: int
    seconds: float | None
    recall_since: datetime | None


class EngineList(BaseModel):
    """All engines, in the order of the list."""

    engines: list[EngineData]


class ScoreData(BaseModel):
    """How good a model is on records that it has not seen, beside its baseline; the bounds (99 %) are of what it gains over that."""

    metric: str
    value: float
    baseline: float
    low: float
    high: float
    verdict: Literal["better", "useless"]
    reason: str
    rows: int


class BucketData(BaseModel):
    """Records for which a model said about the same: how many, what it said on average, and what then was."""

    n: int
    predicted: float
    actual: float


class ModelData(BaseModel):
    """A model that an engine reads; `few`: of some records nothing is told, for fewer than five people are behind them."""

    engine: str
    kind: str
    title: str
    baseline: str
    metric: str
    version: str
    made_at: datetime
    rows: int
    score: ScoreData | None
    buckets: list[BucketData]
    insights: list[str]
    few: bool


class CoverageData(BaseModel):
    """Of the columns that engines need how many their datasets have, and by engine which are missing."""

    needed: int
    delivered: int
    missing: dict[str, list[str]]
