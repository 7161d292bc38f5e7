"""The job `relearn`, after a withdrawal; and what is learned anew after an erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from nova.flows.learning.unlearning import Unlearning
from nova.jobs.kind import JobKind
from nova.kpi.kinds import RELEARN
from nova.kpi.learn.forget import relearn_now
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database
from nova.wiring import Nova
from nova.wiring.alarms import measuring_of


def relearn_handler(db: Database) -> JobHandler:
    """No arguments: what was learned is computed anew from what may still be used."""

    def run(ctx: JobContext) -> None:
        ctx.progress("rechnen")
        ctx.finish(relearn_now(db, ctx))

    return run


def unlearn(nova: Nova, hours: Sequence[datetime], *, words: bool, ctx: JobContext) -> dict[str, Any]:
    """What was made anew; see `Unlearning`."""
    return Unlearning(measuring_of(nova), nova.index_room, nova.settings.NOVA_DATA / "cache").unlearn(hours, words=words, ctx=ctx)


JOBS = (JobKind(RELEARN, lambda shop: relearn_handler(shop.db)),)
