"""The job `retention-rows`: rows past the rules of retention go, every day.

Readings have their own job (`nova.jobs.kinds.series`), as each meter says how long it is kept; jobs and sessions go with their own sweeps.
"""

from datetime import timedelta

from nova.governance.retention import RETAIN, RetentionRun
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.upkeep import retention_of


def handler(retention: RetentionRun) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.finish({"removed": retention.run(ctx)})

    return run


JOBS = (JobKind(RETAIN, lambda shop: handler(retention_of(shop)), timedelta(hours=24), runs_on=(SERVING,)),)
