"""The job `sweep`, every day: remove what a kill left behind, let the index catch up, and keep tables in shape."""

from datetime import timedelta

from nova.flows.sweeping import Sweeping
from nova.jobs.kind import JobKind
from nova.knowledge.kinds import SWEEP
from nova.ports.jobs import JobContext, JobHandler


def handler(sweeping: Sweeping) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.finish(sweeping.run(ctx))

    return run


JOBS = (JobKind(SWEEP, lambda shop: handler(Sweeping(shop.index_room, shop.objects)), timedelta(hours=24)),)
