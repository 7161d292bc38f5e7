"""The job `sweep`: remove what a kill left behind, let the index catch up, and keep the tables of events and messages in shape."""

from nova.jobs import series
from nova.knowledge.files import sweep
from nova.knowledge.index import IndexRoom, drain
from nova.ports import JobContext, JobHandler, Objects
from nova.store import streams
from nova.telemetry.upkeep import keep_ready


def handler(room: IndexRoom, objects: Objects) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.stage("aufräumen")
        removed = sweep(room.db, objects) + series.sweep(room.db, objects)
        keep_ready(room.db)
        with room.db.transaction() as conn:
            streams.sweep(conn)
        ctx.stage("indexieren")
        ctx.finish({"files": removed, "changes": drain(room)})

    return run
