"""The jobs `alerts` and `notify`: fresh figures and thresholds in, changed states, tickets and messages out. Both run where Nova serves."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection

from nova.jobs import kpi
from nova.jobs.kind import SERVING, JobKind
from nova.jobs.learn import LEARN
from nova.jobs.variants import propose
from nova.kpi.alerts.channels import NOTIFY, deliver
from nova.kpi.alerts.evaluation import Outcome, Surroundings, run
from nova.kpi.gaps.find import find_gaps
from nova.kpi.rules import thresholds
from nova.ports import Generator
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind
from nova.ports.notify import Channel
from nova.settings import Settings
from nova.store import alerts as store
from nova.store.db import Database
from nova.wiring.notify import channels

if TYPE_CHECKING:
    from nova.wiring import Nova

ALERTS = Kind("alerts", "Alarme")
EVERY = timedelta(minutes=15)
FIRED = ("warn", "critical")
FRESH = timedelta(hours=2)  # hours that are measured anew before an evaluation, where their rows have changed


class Alarms:
    """What evaluating needs, gathered once: thresholds are read anew each time."""

    def __init__(self, settings: Settings, bench: kpi.Bench, jobs: Jobs, generator: Generator, ways: Mapping[str, Channel]) -> None:
        self._settings, self._bench, self._jobs, self._generator = settings, bench, jobs, generator
        self.channels = ways

    @property
    def around(self) -> Surroundings:
        """What an evaluation may start and tell."""
        return Surroundings(tuple(self.channels), bool(self._generator.model), self._queue, self._learn, self._propose)

    def evaluate(self, now: datetime, *, dry_run: bool = False) -> Outcome:
        """Every rule once. First, but not in a dry run, the last hours are measured, and gaps are found where a ticket is about to follow.

        A dry run judges the figures as they were measured last; the outcome says up to when that was.
        Misconfigured names a wrong line of the thresholds.
        """
        found, db = thresholds.load(self._settings.thresholds_path), self._bench.db
        if not dry_run:
            kpi.measure_since(self._bench, now - FRESH, now)
            if any(rule["event"] in FIRED for rule in run(db, found, self.around, now, dry_run=True).rules):
                find_gaps(db, now, analyser=self._bench.analyser())
        return run(db, found, self.around, now, dry_run=dry_run)

    def _queue(self, conn: Connection[Any], notice_id: UUID) -> None:
        self._jobs.start(NOTIFY, {"notice_id": str(notice_id)}, connection=conn)

    def _propose(self, conn: Connection[Any], kpi_name: str, now: datetime) -> str | None:
        return propose(conn, self._settings, kpi_name, now)

    def _learn(self, conn: Connection[Any]) -> None:
        if self._jobs.scheduled(LEARN.name):
            self._jobs.start_once(LEARN, {"by": "chronos"}, connection=conn)


def alarms_of(nova: "Nova") -> Alarms:
    """The alarms of a Nova that serves; Misconfigured for a channel that is set up wrongly."""
    return Alarms(nova.settings, kpi.bench_of(nova), nova.jobs, nova.generator, channels(nova.settings))


def handler(alarms: Alarms) -> JobHandler:
    """No arguments."""

    def work(ctx: JobContext) -> None:
        ctx.progress("bewerten")
        outcome = alarms.evaluate(datetime.now(UTC))
        ctx.finish({"version": outcome.version, "counts": dict(outcome.counts), "critical": outcome.critical})

    return work


def notify_handler(db: Database, ways: Mapping[str, Channel]) -> JobHandler:
    """`notice_id`: what is to be said."""

    def work(ctx: JobContext) -> None:
        ctx.progress("senden")
        ctx.finish({"outcome": deliver(db, ways, UUID(str(ctx.args["notice_id"])))})

    return work


def start_first(db: Database, jobs: Jobs) -> UUID | None:
    """Evaluate soon where no rule was ever evaluated: who has just installed Nova sees its rules. None where some were."""
    with db.transaction() as conn:
        if store.evaluated(conn):
            return None
    return start_once(jobs)


def start_once(jobs: Jobs) -> UUID | None:
    """Evaluate soon, unless an evaluation waits already."""
    started = jobs.start_once(ALERTS, states=("queued",))
    return started.job_id if started.new else None


JOBS = (
    JobKind(ALERTS, lambda nova: handler(alarms_of(nova)), EVERY, runs_on=(SERVING,), begin=lambda nova: start_first(nova.db, nova.jobs)),
    JobKind(NOTIFY, lambda nova: notify_handler(nova.db, channels(nova.settings)), runs_on=(SERVING,)),
)
