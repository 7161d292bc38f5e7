"""The index level with Postgres: what waits is applied, and where it lacks something a rebuild is started."""

from uuid import UUID

from nova.knowledge.index import IndexRoom, drain, missing
from nova.knowledge.kinds import REINDEX
from nova.ports.jobs import Jobs
from nova.telemetry.upkeep import keep_ready


def catch_up(room: IndexRoom, jobs: Jobs) -> UUID | None:
    """Make ready what a start needs: partitions for events, and the index level with Postgres. Gives the job when it has to be rebuilt.

    Raises ServerAbsent when the index's server is away; `nova.jobs.level` does it again then.
    """
    keep_ready(room.db)
    drain(room)
    room.analysers.current()
    if missing(room, still=True) == 0 and not room.index.rebuild_needed and not room.analysers.outdated:
        return None
    return rebuild_once(jobs)


def rebuild_once(jobs: Jobs) -> UUID | None:
    """Start a rebuild of the whole index, unless a rebuild waits or runs; its job."""
    started = jobs.start_once(REINDEX, {"item_ids": None, "relearn": False})
    return started.job_id if started.new else None
