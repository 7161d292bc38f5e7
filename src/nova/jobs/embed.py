"""The job `embed`: passages get their dense vectors, and the index takes them in. Ingest never waits for it."""

from collections.abc import Callable
from uuid import UUID

from nova.knowledge.dense import DenseRoom, fill
from nova.ports import JobContext, JobHandler, Jobs

TITLE = "Passagen einbetten"


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
        if jobs.scheduled("embed"):
            start_once(jobs)

    return run_then_embed


def start_once(jobs: Jobs) -> UUID | None:
    """Start the job unless one waits; one that runs may be past the new passages, so it counts only while it has not begun."""
    return None if jobs.list(states=("queued",), kind="embed", limit=1) else jobs.start("embed", {}, title=TITLE)
