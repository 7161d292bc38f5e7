"""The job `embed`: passages get their dense vectors, and the index takes them in. Ingest never waits for it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from nova.flows.weighing import start_weighing
from nova.jobs.kind import SERVING, WORKER, JobKind
from nova.knowledge.dense import DenseRoom, behind, fill
from nova.knowledge.kinds import EMBED
from nova.ports.jobs import JobContext, JobHandler, Jobs
from nova.wiring import Nova, Workshop

EVERY = timedelta(hours=1)


def handler(room: DenseRoom | None, weigh: Callable[[], UUID | None]) -> JobHandler:
    """No arguments; without a model there is nothing to do. `weigh` is called once one is complete whose worth is to be measured."""

    def run(ctx: JobContext) -> None:
        if room is None:
            return
        result = fill(room, ctx)
        ctx.finish(result)
        if result.get("unweighed"):
            weigh()

    return run


def after(run: JobHandler, jobs: Jobs) -> JobHandler:
    """The same handler; once it is through, passages may lack vectors. Where nobody embeds, `embed` is not scheduled either."""

    def run_then_embed(ctx: JobContext) -> None:
        run(ctx)
        if jobs.scheduled(EMBED.name):
            start_once(jobs)

    return run_then_embed


def start_once(jobs: Jobs) -> UUID | None:
    """Start the job unless one waits; one that runs may be past the new passages, so it counts only while it has not begun."""
    started = jobs.start_once(EMBED, states=("queued",))
    return started.job_id if started.new else None


def _opened(shop: Workshop) -> JobHandler | None:
    # Where nobody can reach a model, the Nova that serves ends what is still queued.
    return handler(shop.dense, partial(start_weighing, shop.jobs)) if shop.dense or isinstance(shop, Nova) else None


JOBS = (
    JobKind(
        EMBED,
        _opened,
        lambda settings: EVERY if settings.EMBED_MODEL else None,
        runs_on=(WORKER, SERVING),
        begin=lambda nova: start_once(nova.jobs) if nova.dense and behind(nova.dense) else None,
    ),
)
