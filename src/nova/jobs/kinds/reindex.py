"""The jobs `reindex` (rebuild points from Postgres) and `apply` (let the index catch up with the outbox)."""

from uuid import UUID

from nova.jobs.kind import JobKind
from nova.knowledge.index import IndexRoom, Rebuild, drain, rebuild
from nova.knowledge.kinds import APPLY, REINDEX
from nova.ports.jobs import JobContext, JobHandler


def handler(room: IndexRoom) -> JobHandler:
    """Arguments: `item_ids` (None: all), `relearn`."""

    def run(ctx: JobContext) -> None:
        ids = ctx.args.get("item_ids")
        chosen = None if ids is None else tuple(UUID(item_id) for item_id in ids)
        ctx.finish(rebuild(room, Rebuild(chosen, bool(ctx.args.get("relearn"))), ctx))

    return run


def apply_handler(room: IndexRoom) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("indexieren")
        ctx.finish({"changes": drain(room)})

    return run


JOBS = (JobKind(REINDEX, lambda shop: handler(shop.index_room)), JobKind(APPLY, lambda shop: apply_handler(shop.index_room)))
