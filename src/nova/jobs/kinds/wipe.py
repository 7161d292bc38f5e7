"""The job `wipe`: withdrawals in, no trace of the words that went with them out, in points, pages, statistics and the log.

A withdrawal deletes words in its own transaction; this removes what is left of the deleted rows in files. One job does it for all
withdrawals before it began: each asks for one, unless one waits.
"""

from nova.flows.kinds import WIPE
from nova.flows.traces import Traces
from nova.jobs.kind import SERVING, JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring.visits import traces_of


def handler(traces: Traces) -> JobHandler:
    """Arguments: `tables`, from which rows went."""

    def run(ctx: JobContext) -> None:
        ctx.finish(traces.wipe([str(name) for name in ctx.args["tables"]], ctx))

    return run


JOBS = (JobKind(WIPE, lambda nova: handler(traces_of(nova)), runs_on=(SERVING,)),)
