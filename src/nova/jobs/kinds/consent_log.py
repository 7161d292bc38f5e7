"""The job `consent-log`: writes the page of consents every hour."""

from datetime import timedelta
from uuid import UUID

from nova.governance.consent_log import PLACE, ConsentLog
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler, Jobs, Kind

LOG = Kind("consent-log", "Verlauf der Einwilligungen")
EVERY = timedelta(hours=1)


def handler(log: ConsentLog) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("schreiben")
        ctx.finish({"page": PLACE, "entries": log.write()})

    return run


def start_soon(jobs: Jobs, log: ConsentLog) -> UUID | None:
    """Write the page soon where there is none, or one from before the last time that it was due; None where there is."""
    if not log.older_than(EVERY):
        return None
    started = jobs.start_once(LOG, states=("queued",))
    return started.job_id if started.new else None


# A page that names pseudonyms must lie where an erasure finds it.
JOBS = (
    JobKind(
        LOG,
        lambda nova: handler(ConsentLog(nova.db, nova.settings.NOVA_DATA)),
        EVERY,
        runs_on=(SERVING,),
        begin=lambda nova: start_soon(nova.jobs, ConsentLog(nova.db, nova.settings.NOVA_DATA)),
    ),
)
