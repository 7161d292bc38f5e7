"""What is open in, what measures and what evaluates rules out: with what an alert may start (messages, learning, a draft of a prompt)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection

from nova.engines.vectors.apart import documents_of
from nova.flows.answerable import AnswerableNow
from nova.flows.prompt_drafts import propose
from nova.governance.retention import load
from nova.kpi.alerts.alarms import Alarms
from nova.kpi.alerts.evaluation import Surroundings
from nova.kpi.kinds import LEARN, NOTIFY
from nova.kpi.measure.hour import Prices
from nova.kpi.measuring import Measuring
from nova.ports import Generator
from nova.ports.jobs import Jobs
from nova.ports.notify import Channel
from nova.settings import Settings
from nova.wiring.learning import StoredLearning
from nova.wiring.notify import channels

if TYPE_CHECKING:
    from nova.wiring import Nova, Workshop


def measuring_of(shop: "Workshop") -> Measuring:
    """What measures, with the prices that are set and the rules of retention in force."""
    prices = Prices(shop.settings.NOVA_PRICE_TOKENS, shop.settings.NOVA_PRICE_CPU)
    return Measuring(shop.db, shop.children, prices, shop.analysers.current, partial(kept, shop.settings.retention_path))


def kept(path: Path) -> dict[str, timedelta]:
    """How long rows are kept by rule of retention; none for those that are kept always. Misconfigured."""
    return {rule.name: timedelta(days=rule.days) for rule in load(path).rules if rule.days is not None}


def answerable_of(shop: "Workshop") -> AnswerableNow:
    """What tells whether documents answer a question now."""
    return AnswerableNow(shop.db, documents_of(shop.index), shop.analysers.current, shop.vocabulary, StoredLearning(shop.db))


def alarms_of(nova: "Nova") -> Alarms:
    """The alarms of a Nova that serves; Misconfigured for a channel that is set up wrongly."""
    return make_alarms(nova.settings, measuring_of(nova), nova.jobs, nova.generator, channels(nova.settings))


def make_alarms(settings: Settings, measuring: Measuring, jobs: Jobs, generator: Generator, ways: Mapping[str, Channel]) -> Alarms:
    """Alarms that tell through these channels, and start jobs in this queue."""

    def queue(conn: Connection[Any], notice_id: UUID) -> None:
        jobs.start(NOTIFY, {"notice_id": str(notice_id)}, connection=conn)

    def learn(conn: Connection[Any]) -> None:
        if jobs.scheduled(LEARN.name):
            jobs.start_once(LEARN, {"by": "chronos"}, connection=conn)

    def draft(conn: Connection[Any], kpi: str, now: datetime) -> str | None:
        return propose(conn, settings.NOVA_PROMPTS, kpi, now)

    around = Surroundings(tuple(ways), lambda: bool(generator.model), queue, learn, draft)
    return Alarms(measuring, settings.thresholds_path, around)
