"""The job `sweep`: remove what a kill left behind, and let the index catch up."""

from nova.knowledge.files import sweep
from nova.knowledge.index import IndexRoom, drain
from nova.ports import JobContext, JobHandler, Objects


def handler(room: IndexRoom, objects: Objects) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.stage("aufräumen")
        removed = sweep(room.db, objects)
        ctx.stage("indexieren")
        ctx.finish({"files": removed, "changes": drain(room)})

    return run
