"""The jobs of the editorial queue: `review` fills it, `agreement` measures weeks, `publish` makes documents of what was released."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nova.answers.ask import NOT_KEPT
from nova.flows.publishing import publish_waiting
from nova.jobs.kind import SERVING, JobKind
from nova.knowledge.intake import Intake
from nova.knowledge.items import Shelf
from nova.kpi.kinds import AGREEMENT, FILL, PUBLISH
from nova.kpi.review.agreement import measure_week, rules_of
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


def agreement_handler(db: Database, rules: Path) -> JobHandler:
    """No arguments; looks every hour, so that a week is measured soon after it ended, and once."""

    def run(ctx: JobContext) -> None:
        ctx.finish(measure_week(db, rules_of(rules), datetime.now(UTC)))

    return run


JOBS = (
    JobKind(FILL, lambda shop: fill_handler(shop.db, shop.analysers.current), timedelta(hours=1)),
    JobKind(AGREEMENT, lambda shop: agreement_handler(shop.db, shop.settings.NOVA_DATA / "config/kpi/second.yaml"), timedelta(hours=1)),
    JobKind(PUBLISH, lambda nova: publish_handler(nova.intake, nova.shelf), runs_on=(SERVING,)),
)
