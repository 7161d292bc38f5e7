"""Everything an operator watches: services, jobs, processor, memory, disk, graphics card, and what is wrong."""

import socket
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nova import german, journal
from nova.errors import NovaError
from nova.flows.health.checks import LEAST_FREE_BYTES
from nova.flows.health.report import SEVERITY, Health, HealthReport
from nova.journal import Page
from nova.ports.jobs import JobCounts, Jobs
from nova.ports.watching import State
from nova.records import JobView
from nova.store.jobs import WorkerRow
from nova.store.postgres.db import Database
from nova.store.training import runs
from nova.store.training.runs import UnderWay
from nova.telemetry.machine import Machine, look

DAY = timedelta(hours=24)
MOST_SHOWN = 1000  # of running jobs, which are as many as all workers together have places
SCARCE, EMPTY = 0.10, 0.03  # of the memory that is left
Look = Callable[[Path, Collection[int]], Machine]
Runs = Callable[[], Sequence[UnderWay]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in a German sentence."""

    status: State
    text: str


@dataclass(frozen=True, slots=True)
class RunningJobs:
    """The jobs that run, and how many wait and failed within a day."""

    running: Sequence[JobView]
    counts: JobCounts


@dataclass(frozen=True, slots=True)
class MonitorReport:
    """How everything is at a moment. `jobs` is None while the database is away; `pages` are the journal's, `training` runs that tune."""

    at: datetime
    problems: Sequence[Problem]
    health: HealthReport
    jobs: RunningJobs | None
    machine: Machine
    pages: Sequence[Page]
    training: Sequence[UnderWay] = ()

    @property
    def status(self) -> State:
        """That of the worst problem."""
        return max((problem.status for problem in self.problems), key=SEVERITY.index, default="ok")


def _look(folder: Path, roots: Collection[int]) -> Machine:
    return look(folder, roots=roots)


class Monitor:
    """Looks when somebody asks."""

    def __init__(
        self,
        health: Health,
        jobs: Jobs,
        workers: Callable[[], Sequence[WorkerRow]],
        data: Path,
        machine: Look = _look,
        training: Runs = tuple,
    ) -> None:
        self._health, self._jobs, self._listed, self._data, self._machine, self._training = health, jobs, workers, data, machine, training

    def report(self, now: datetime | None = None) -> MonitorReport:
        """How everything is now; takes a quarter of a second, more while a service is slow to answer."""
        health, machine = self._health.report(), self._machine(self._data, self._workers())
        problems = [*_service_problems(health), *machine_problems(machine)]
        return MonitorReport(
            at=now or datetime.now(UTC),
            problems=sorted(problems, key=lambda one: -SEVERITY.index(one.status)),
            health=health,
            jobs=self._running(),
            machine=machine,
            pages=journal.pages(self._data),
            training=self._tuning(),
        )

    def _tuning(self) -> Sequence[UnderWay]:
        try:
            return self._training()
        except NovaError:
            return ()

    def _workers(self) -> list[int]:
        """The processes of workers that run apart on this machine."""
        try:
            names = [worker.worker.split(":") for worker in self._listed()]
        except NovaError:
            return []
        here = socket.gethostname()
        return [int(parts[1]) for parts in names if len(parts) == 3 and parts[0] == here and parts[1].isdigit()]

    def _running(self) -> RunningJobs | None:
        try:
            return RunningJobs(self._jobs.list(states=("running",), limit=MOST_SHOWN), self._jobs.count(DAY))
        except NovaError:
            return None


def tuning(db: Database) -> list[UnderWay]:
    """Runs that tune a model and have not ended."""
    with db.transaction() as conn:
        return runs.under_way(conn)


def machine_problems(machine: Machine) -> Iterator[Problem]:
    """What is wrong with the machine."""
    if machine.disk_free < LEAST_FREE_BYTES:
        yield Problem("failed", f"Der Datenträger ist fast voll: {german.plain(machine.disk_free / 1e9)} GB frei.")
    if machine.memory_total and machine.memory_available is not None:
        left = machine.memory_available / machine.memory_total
        if left < SCARCE:
            text = f"Der Arbeitsspeicher ist knapp: {german.percent(left, 0)} verfügbar."
            yield Problem("failed" if left < EMPTY else "degraded", text)


def _service_problems(health: HealthReport) -> Iterator[Problem]:
    for name, service in health.services.items():
        if service.status in ("degraded", "failed"):
            yield Problem(service.status, f"{name}: {service.detail}")
    for found in health.findings:
        if found.status in ("degraded", "failed") and found.name != "disk":  # the machine says it
            yield Problem(found.status, f"{found.name}: {found.detail}")
