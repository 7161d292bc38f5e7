"""The job `seed_part`: one task of a run over parts; and every day what killed runs left behind goes."""

from datetime import UTC, datetime, timedelta

from nova.flows.kinds import SEED_PART, SEED_SWEEP
from nova.jobs.kind import JobKind
from nova.ports import Objects
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.spread import perform, sweep


def handler(objects: Objects) -> JobHandler:
    """Arguments: `run`, `name`, `inputs` and `arguments` of the task."""

    def work(ctx: JobContext) -> None:
        ctx.finish({"results": perform(objects, ctx.args, ctx.progress)})

    return work


def sweeper(objects: Objects) -> JobHandler:
    """No arguments."""

    def work(ctx: JobContext) -> None:
        ctx.finish({"removed": sweep(objects, datetime.now(UTC))})

    return work


JOBS = (
    JobKind(SEED_PART, lambda shop: handler(shop.objects)),
    JobKind(SEED_SWEEP, lambda shop: sweeper(shop.objects), timedelta(hours=24)),
)
