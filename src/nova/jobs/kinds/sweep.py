"""The job `sweep`: remove what a kill left behind, let the index catch up, and keep the tables of events and messages in shape."""

from datetime import timedelta

from nova.energy.delivery import files
from nova.jobs.kind import JobKind
from nova.knowledge.files import sweep
from nova.knowledge.index import IndexRoom, drain
from nova.knowledge.kinds import SWEEP
from nova.ports import Objects
from nova.ports.jobs import JobContext, JobHandler
from nova.store import streams
from nova.telemetry.upkeep import keep_ready


def handler(room: IndexRoom, objects: Objects) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("aufräumen")
        removed = sweep(room.db, objects) + files.sweep(room.db, objects)
        keep_ready(room.db)
        with room.db.transaction() as conn:
            streams.sweep(conn)
        ctx.progress("indexieren")
        ctx.finish({"files": removed, "changes": drain(room)})

    return run


JOBS = (JobKind(SWEEP, lambda shop: handler(shop.index_room, shop.objects), timedelta(hours=24)),)
