"""The jobs of engines: live versions of datasets go to those that have not got them, and each is asked how it is; those elsewhere give back
what somebody left.
"""

from datetime import timedelta
from functools import partial

from nova.flows.kinds import ENGINE_RECALL, ENGINES
from nova.flows.seeding.engine_states import deliver_anew
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


def recaller(shop: Workshop) -> JobHandler:
    """No arguments."""

    def work(ctx: JobContext) -> None:
        from nova.flows.seeding.recalls import recall
        from nova.wiring.channels import engines_of

        engines = engines_of(shop)
        ctx.finish(recall(shop.db, engines.registry(), engines.opened, ctx, partial(deliver_anew, shop.jobs)))

    return work


JOBS = (JobKind(ENGINES, opened, EVERY), JobKind(ENGINE_RECALL, recaller, EVERY))
