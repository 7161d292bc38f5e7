"""The job `forecast`: every hour it scores, trains and issues what is due."""

from datetime import UTC, datetime, timedelta

from nova.energy.kinds import FORECAST
from nova.jobs.kind import JobKind
from nova.ports import Children, Objects
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database

EVERY = timedelta(hours=1)


def handler(db: Database, objects: Objects, children: Children) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        from nova.energy.forecast.run import ForecastRun, forecast_all

        ctx.finish(forecast_all(ForecastRun(db, objects, children, datetime.now(UTC)), ctx))

    return run


JOBS = (JobKind(FORECAST, lambda shop: handler(shop.db, shop.objects, shop.children), EVERY),)
