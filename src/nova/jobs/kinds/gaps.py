"""The job `ask_again`: the questions of a step about a gap are asked again; every hour those that may be answered by now."""

from datetime import timedelta
from uuid import UUID

from nova.flows.gaps.asking_again import AskingAgain
from nova.jobs.kind import SERVING, JobKind
from nova.kpi.kinds import ASK_AGAIN
from nova.ports.jobs import JobContext, JobHandler

EVERY = timedelta(hours=1)


def handler(asking: AskingAgain) -> JobHandler:
    """Argument `step_id`: that step; none: what is due."""

    def run(ctx: JobContext) -> None:
        step_id = ctx.args.get("step_id")
        ctx.finish(asking.one(UUID(step_id), ctx) if step_id else asking.due(ctx))

    return run


JOBS = (JobKind(ASK_AGAIN, lambda nova: handler(AskingAgain(nova.db, nova.intake, nova.shelf, nova.answers)), EVERY, runs_on=(SERVING,)),)
