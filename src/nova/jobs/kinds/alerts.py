"""The jobs `alerts`, every quarter of an hour, and `notify`. Both run where Nova serves."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from nova.jobs.kind import SERVING, JobKind
from nova.kpi.alerts.alarms import Alarms, start_first
from nova.kpi.alerts.channels import deliver
from nova.kpi.kinds import ALERTS, NOTIFY
from nova.ports.jobs import JobContext, JobHandler
from nova.ports.notify import Channel
from nova.store.postgres.db import Database
from nova.wiring.alarms import alarms_of
from nova.wiring.notify import channels

EVERY = timedelta(minutes=15)


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


JOBS = (
    JobKind(ALERTS, lambda nova: handler(alarms_of(nova)), EVERY, runs_on=(SERVING,), begin=lambda nova: start_first(nova.db, nova.jobs)),
    JobKind(NOTIFY, lambda nova: notify_handler(nova.db, channels(nova.settings)), runs_on=(SERVING,)),
)
