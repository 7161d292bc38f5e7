"""The job `recommend`: recommendations for every meter, for the coming day."""

from datetime import UTC, datetime, timedelta

from nova.energy.kinds import RECOMMEND
from nova.jobs.kind import JobKind
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database

EVERY = timedelta(hours=6)  # prices of the next day come about 13 o'clock; the same again changes nothing


def handler(db: Database) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        from nova.energy.recommend.run import recommend_all

        ctx.finish(recommend_all(db, datetime.now(UTC), ctx))

    return run


JOBS = (JobKind(RECOMMEND, lambda shop: handler(shop.db), EVERY),)
