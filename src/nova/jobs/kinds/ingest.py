"""The job `ingest`: one received version becomes searchable."""

from uuid import UUID

from nova.jobs.kind import JobKind
from nova.jobs.kinds.embed import after
from nova.knowledge.ingest import Reading, ingest
from nova.knowledge.kinds import INGEST
from nova.ports.jobs import JobContext, JobHandler


def handler(room: Reading) -> JobHandler:
    """Arguments: `item_id`, `version`."""

    def run(ctx: JobContext) -> None:
        ctx.finish(ingest(room, UUID(ctx.args["item_id"]), int(ctx.args["version"]), ctx))

    return run


JOBS = (JobKind(INGEST, lambda shop: after(handler(shop.reading), shop.jobs)),)
