"""The jobs behind a delivery that is taken back: `take-back` restores what stood before, `facts` computes anew what was said of it."""

from nova.energy.delivery.taking_back import restore
from nova.energy.kinds import FACTS, TAKE_BACK
from nova.jobs.kind import JobKind
from nova.ports.jobs import JobContext, JobHandler, Jobs
from nova.store.postgres.db import Database


def handler(db: Database, jobs: Jobs) -> JobHandler:
    """Arguments: `batch_id`, and `by`, who took it back."""

    def run(ctx: JobContext) -> None:
        restore(db, jobs, ctx, int(ctx.args["batch_id"]), str(ctx.args.get("by", "")))

    return run


def facts_handler(db: Database) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        from nova.energy.explain.kept_facts import renew_stale

        ctx.finish(renew_stale(db, ctx))

    return run


JOBS = (
    JobKind(TAKE_BACK, lambda shop: handler(shop.db, shop.jobs)),
    JobKind(FACTS, lambda shop: facts_handler(shop.db)),
)
