"""The job `report`: the report by week in, the page `progress_report.md` of the journal out, written anew each day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nova import journal
from nova.jobs.kind import SERVING, JobKind
from nova.kpi.kinds import REPORT
from nova.kpi.report.reports import ProgressReports
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database

EVERY = timedelta(hours=24)
PAGE = "progress_report.md"
WEEKS = 8


def handler(db: Database, data: Path) -> JobHandler:
    """No arguments. `data` is the data folder."""

    def run(ctx: JobContext) -> None:
        ctx.progress("berichten")
        ctx.finish({"page": PAGE, "bytes": write(db, data, datetime.now(UTC))})

    return run


def write(db: Database, data: Path, now: datetime) -> int:
    """Write the page; its size in bytes. Raises as `journal.write`."""
    return journal.write(data, PAGE, ProgressReports(db).page(WEEKS, now)).stat().st_size


JOBS = (JobKind(REPORT, lambda nova: handler(nova.db, nova.settings.NOVA_DATA), EVERY, runs_on=(SERVING,)),)
