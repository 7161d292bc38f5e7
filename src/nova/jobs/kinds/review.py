"""The jobs of the editorial queue: `review` fills it every hour, `publish` makes documents of what editors stand for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from nova.answers.ask import NOT_KEPT
from nova.flows.publishing import publish_waiting
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge.intake import Intake
from nova.knowledge.items import Shelf
from nova.kpi.kinds import FILL, PUBLISH
from nova.kpi.review.queue import fill
from nova.language.analyser import Analyser
from nova.ports.jobs import JobContext, JobHandler
from nova.store.postgres.db import Database


def fill_handler(db: Database, analyser: Callable[[], Analyser]) -> JobHandler:
    """No arguments."""

    def run(ctx: JobContext) -> None:
        ctx.progress("auswählen")
        ctx.finish(fill(db, analyser(), datetime.now(UTC), NOT_KEPT))

    return run


def publish_handler(intake: Intake, shelf: Shelf) -> JobHandler:
    """No arguments: everything that waits to be published."""

    def run(ctx: JobContext) -> None:
        ctx.finish({"published": publish_waiting(intake, shelf, ctx)})

    return run


JOBS = (
    JobKind(FILL, lambda shop: fill_handler(shop.db, shop.analysers.current), timedelta(hours=1)),
    JobKind(PUBLISH, lambda nova: publish_handler(nova.intake, nova.shelf), runs_on=(SERVING,)),
)
