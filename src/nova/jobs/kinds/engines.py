"""The job `engines`: live versions of datasets go to the engines that have not got them, and each engine is asked how it is."""

from datetime import timedelta

from nova.flows.kinds import ENGINES
from nova.jobs.kind import JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring import Workshop

EVERY = timedelta(hours=1)


def opened(shop: Workshop) -> JobHandler:
    """Arguments: `engine` (one, also where it is not due) and `by` (a token); none by the clock."""

    def work(ctx: JobContext) -> None:
        from nova.flows.seeding.engines import deliver_due  # Polars is not loaded where nobody needs it
        from nova.wiring.channels import engines_of

        only = ctx.args.get("engine")
        ctx.finish(deliver_due(engines_of(shop), str(ctx.args.get("by") or "clock"), ctx, None if only is None else str(only)))

    return work


JOBS = (JobKind(ENGINES, opened, EVERY),)
