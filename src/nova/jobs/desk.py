"""An open Nova in, its worker out: which handler does which kind of job, and what runs by the clock."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from nova.jobs import ingest, reindex, sweep
from nova.jobs.worker import Worker
from nova.knowledge.index import drain, missing
from nova.ports import JobHandler
from nova.telemetry.upkeep import keep_ready
from nova.wiring import Nova, Running

SWEEP_EVERY = timedelta(hours=24)


def handlers(nova: Nova) -> Mapping[str, JobHandler]:
    """Every kind of job and what does it."""
    return {
        "ingest": ingest.handler(nova.reading),
        "reindex": reindex.handler(nova.index_room),
        "apply": reindex.apply_handler(nova.index_room),
        "sweep": sweep.handler(nova.index_room, nova.objects),
    }


def open_worker(nova: Nova, *, concurrency: int | None = None) -> Worker[Running]:
    """A worker for this process, not yet started. With the embedded database it is the only one there can be."""
    nova.jobs.schedule("sweep", SWEEP_EVERY, {}, title="Aufräumen")
    size = nova.settings.NOVA_JOB_WORKERS if concurrency is None else concurrency
    return Worker(nova.jobs, handlers(nova), concurrency=size, sole=nova.embedded)


def catch_up(nova: Nova) -> UUID | None:
    """Make ready what a start needs: partitions for events, and the index level with Postgres. Gives the job when it has to be rebuilt."""
    keep_ready(nova.db)
    drain(nova.index_room)
    nova.analysers.current()
    if missing(nova.index_room) == 0 and not nova.index.rebuild_needed and not nova.analysers.outdated:
        return None
    return nova.jobs.start("reindex", {"item_ids": None, "relearn": False}, title="Index wiederherstellen")
