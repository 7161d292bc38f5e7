"""The job `relearn`, after a withdrawal: what was learned is computed anew from what may still be used."""

from nova.jobs.kind import JobKind
from nova.kpi.kinds import RELEARN
from nova.kpi.learn.forget import relearn_now
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database


def relearn_handler(db: Database) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("rechnen")
        ctx.finish(relearn_now(db, ctx))

    return run


JOBS = (JobKind(RELEARN, lambda shop: relearn_handler(shop.db)),)
