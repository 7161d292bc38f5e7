"""Shapes of the monitor and of the reports: numbers, names of rules and figures, and ids."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from nova.kpi.report.progress import Trend

State = Literal["ok", "degraded", "failed"]


class WatchedService(BaseModel):
    """A service and how fast it answered, in milliseconds."""

    name: str
    status: Literal["ok", "degraded", "failed", "absent"]
    detail: str
    latency_ms: float | None


class WatchedJob(BaseModel):
    """A running job, without its title."""

    job_id: UUID
    kind: str
    stage: str
    progress: int
    total: int
    started_at: datetime | None


class WatchedJobs(BaseModel):
    """Running jobs, how many wait, how many failed within a day."""

    running: list[WatchedJob]
    queued: int
    failed_24h: int


class WatchedRun(BaseModel):
    """A run that tunes a model and has not ended, with the newest figures of its curve (null: none yet)."""

    name: str
    state: Literal["waiting", "running", "paused"]
    step: int
    steps: int
    loss: float | None
    held_loss: float | None


class WatchedProcess(BaseModel):
    """One of Nova's own processes: its share of memory in bytes (all it holds when `shared`), and the cores it keeps busy."""

    pid: int
    name: str
    memory: int | None
    shared: bool
    cpu: float | None


class WatchedGpu(BaseModel):
    """A graphics card: its use from 0 to 1, its memory in bytes."""

    name: str
    used: float | None
    memory_used: int | None
    memory_total: int | None


class WatchedMachine(BaseModel):
    """The machine: shares from 0 to 1, memory and disk in bytes. What the system does not tell is null."""

    cores: int
    cpu: float | None
    load: float | None
    memory_total: int | None
    memory_available: int | None
    own_memory: int | None
    disk_total: int
    disk_free: int
    processes: list[WatchedProcess]
    gpus: list[WatchedGpu] | None


class JournalPage(BaseModel):
    """A page of the journal: its place below it, its size in bytes, when it was written."""

    place: str
    size: int
    written_at: datetime


class Monitor(BaseModel):
    """Everything an operator watches; `problems` says in words what is wrong, the worst first. `jobs`: null while the database is away."""

    at: datetime
    status: State
    problems: list[str]
    services: list[WatchedService]
    jobs: WatchedJobs | None
    training: list[WatchedRun]
    machine: WatchedMachine
    pages: list[JournalPage]


class ReportFilters(BaseModel):
    """How many weeks, the running one among them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weeks: Annotated[int, Field(ge=1, le=52)] = 8


class ReportedKpi(BaseModel):
    """A figure over a span: shares from 0 to 1, 95 % bounds, from `n` cases; a trend only where the bounds of both spans lie apart.

    `few`: fewer than five people are behind it; then nothing is told.
    """

    kpi: str
    title: str
    unit: str
    value: float | None
    n: int
    low: float | None
    high: float | None
    few: bool
    trend: Trend


class ReportedWeek(BaseModel):
    """What was done and measured in [frm, to); `counts` by name."""

    label: str
    frm: datetime
    to: datetime
    complete: bool
    counts: dict[str, int]
    kpis: list[ReportedKpi]


class ReportedTicket(BaseModel):
    """A ticket that waits, without what people wrote to it."""

    number: int
    kind: str
    owner: str
    state: str
    rule: str
    kpi: str
    opened_at: datetime


class ReportedAlert(BaseModel):
    """An alert that has not ended."""

    rule: str
    kpi: str
    segment: str
    worst: Literal["warn", "critical"]
    opened_at: datetime


class ReportedRelease(BaseModel):
    """An attempt to learn: from how much evidence of how many pseudonyms; null where they are fewer than five."""

    release_id: UUID
    state: str
    evidence: int | None
    subjects: int | None
    created_at: datetime


class ReportedModel(BaseModel):
    """A tuned model that was judged or changed its service: what held it (German), and whether it serves ("": never did)."""

    name: str
    passed: bool
    judged_at: datetime
    service: Literal["", "candidate", "trial", "live", "former", "withdrawn"]
    live_at: datetime | None
    left_at: datetime | None
    held: list[str]


class ProgressReport(BaseModel):
    """The report by week, the newest first; `markdown` is the same as a page."""

    at: datetime
    weeks: list[ReportedWeek]
    standing: dict[str, int]
    tickets: list[ReportedTicket]
    alerts: list[ReportedAlert]
    releases: list[ReportedRelease]
    tuned: list[ReportedModel]
    markdown: str


class SummaryReport(BaseModel):
    """Seven days beside the seven before; `lines` are the same for a terminal."""

    at: datetime
    frm: datetime
    to: datetime
    counts: dict[str, int]
    before: dict[str, int]
    standing: dict[str, int]
    kpis: list[ReportedKpi]
    lines: list[str]
