"""The job `erase`: a person who is to be erased in, nothing left of them and a receipt out; what was left unfinished goes on every day."""

from datetime import timedelta
from uuid import UUID

from nova.flows.erasure.erase import Eraser
from nova.flows.erasure.requests import Erasures
from nova.flows.kinds import ERASE
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.erasure import erasures_of
from nova.wiring.visits import eraser_of


def handler(erasures: Erasures, eraser: Eraser) -> JobHandler:
    """Arguments: `erasure_id`; without it what was left unfinished goes on."""

    def run(ctx: JobContext) -> None:
        if "erasure_id" not in ctx.args:
            ctx.finish({"started": erasures.resume()})
            return
        erasure_id = UUID(str(ctx.args["erasure_id"]))
        eraser.erase(erasure_id, ctx)
        ctx.finish({"erasure_id": str(erasure_id)})

    return run


JOBS = (JobKind(ERASE, lambda nova: handler(erasures_of(nova), eraser_of(nova)), timedelta(hours=24), runs_on=(SERVING,)),)
