"""The jobs of seeding: `seed` runs a pipeline, `seed_due` begins those whose hours have passed, `seed_leave` follows objections."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from psycopg import Connection

from nova.flows.consents import wipe
from nova.flows.kinds import SEED, SEED_DUE, SEED_LEAVE
from nova.flows.seeding.desk import title_of
from nova.flows.seeding.engine_states import leave_engines
from nova.flows.seeding.running import Seeding, run
from nova.jobs.kind import JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.wiring import Workshop
from nova.wiring.seeding import seeding_desk, seeding_of
from nova.wiring.training import leaving_of, refine_of

EVERY, DAILY = timedelta(hours=1), timedelta(days=1)


def handler(seeding: Seeding) -> JobHandler:
    """Arguments: `pipeline`, `by` (a token) and `reason`."""

    def work(ctx: JobContext) -> None:
        asked = str(ctx.args.get("by") or "clock"), str(ctx.args.get("reason") or "")
        ctx.finish(run(seeding, seeding.pipeline(str(ctx.args["pipeline"])), asked, ctx))

    return work


def opened(shop: Workshop) -> JobHandler:
    """Runs whose work a process of its own does."""
    from nova.jobs.apart import apart  # Polars is not loaded where nobody needs it

    return handler(replace(seeding_of(shop), refine=refine_of(shop, apart)))


def starter(shop: Workshop) -> JobHandler:
    """No arguments."""
    desk, jobs = seeding_desk(shop), shop.jobs

    def work(ctx: JobContext) -> None:
        begun = []
        for state in desk.pipelines().states:
            name = state.pipeline.name
            if state.job_id is None and desk.due(name):
                jobs.start_once(SEED, {"pipeline": name, "by": "clock"}, title=title_of(name))
                begun.append(name)
        ctx.finish({"begun": begun})

    return work


def leaver(shop: Workshop) -> JobHandler:
    """No arguments."""

    def work(ctx: JobContext) -> None:
        from nova.flows.seeding.subjects import leave_objected

        leaving = leaving_of(shop)

        def out(conn: Connection[Any], names: Collection[str]) -> None:
            if leaving.out(conn, names, datetime.now(UTC))[1]:
                wipe(conn, shop.jobs, {"train_answers"})

        left = leave_objected(shop.db, shop.objects, ctx, partial(leave_engines, shop.jobs), out)
        leaving.sweep()
        ctx.finish(asdict(left))

    return work


JOBS = (JobKind(SEED, opened), JobKind(SEED_DUE, starter, EVERY), JobKind(SEED_LEAVE, leaver, DAILY))
