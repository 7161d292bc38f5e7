"""What an installation shows to who watches it: its services, what a look around finds, and the gauges that Prometheus reads.

A room joins by a line here.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from nova.answers.compose import prompt
from nova.answers.understand.vocabulary import Vocabulary
from nova.errors import NovaError
from nova.flows.health import checks, services
from nova.flows.health.report import Health
from nova.flows.snapshots import state as snapshots
from nova.flows.snapshots.kept import Kept
from nova.flows.training import hosting
from nova.flows.training.watching import training_gauges
from nova.governance.audit.telling import untold
from nova.knowledge import items
from nova.knowledge.kinds import INGEST
from nova.kpi.measure.gauges import kpi_gauges
from nova.kpi.measure.last_day import LastDay
from nova.kpi.review.agreement import rules_of
from nova.ports.jobs import JobCounts
from nova.ports.watching import Check, Gauge, Sample, Service
from nova.recent import Recent
from nova.telemetry.gauges import machine_gauges
from nova.telemetry.machine import look
from nova.wiring.training import watch_of

if TYPE_CHECKING:
    from nova.wiring import Nova

HOUR = timedelta(hours=1)
COUNTED_S = 3.0


def health_of(nova: "Nova") -> Health:
    """Every service this Nova stands on, and every look around it."""
    return Health(lambda: _services(nova), lambda: _checks(nova))


def _services(nova: "Nova") -> dict[str, Callable[[], Service]]:
    settings = nova.settings
    return {
        "db": lambda: services.asked(nova.db.health, services.database, "server" if settings.NOVA_DATABASE_URL else "embedded"),
        "qdrant": lambda: services.asked(nova.index.health, services.index, "server" if settings.NOVA_QDRANT_URL else "embedded"),
        "ollama": lambda: services.generator(nova.generator),
        "adapters": lambda: hosting.state(settings.NOVA_ADAPTER_HOST, nova.adapters),
        **({"embed": partial(services.embedding, nova.dense)} if nova.dense else {}),
        "tika": lambda: services.readers(nova.texts, "server" if settings.NOVA_TIKA_URL else "embedded"),
        "minio": lambda: services.asked(nova.objects.health, services.objects, "server" if settings.NOVA_S3_URL else "embedded"),
        "jobs": lambda: services.jobs(nova.jobs),
        "stream": lambda: services.stream(nova.brokers),
        "clamav": lambda: services.scanner(nova.intake.inspection.scanner),
    }


def _checks(nova: "Nova") -> list[Check]:
    settings = nova.settings
    return [
        Check(lambda: checks.disk(settings.NOVA_DATA)),
        Check(lambda: snapshots.check(Kept(settings.NOVA_DATA), settings.NOVA_SNAPSHOT_EVERY)),
        Check(lambda: checks.index_level(nova.index_room), needs_database=True),
        *([Check(lambda: checks.workers(nova.jobs.workers), needs_database=True)] if settings.NOVA_DATABASE_URL else []),
        Check(lambda: checks.rules(settings.thresholds_path)),
        Check(lambda: checks.own_file("vocabulary", lambda: Vocabulary.load(settings.vocabulary_path))),
        Check(lambda: checks.own_file("second_opinions", lambda: rules_of(settings.NOVA_DATA / "config/kpi/second.yaml"))),
        Check(lambda: checks.own_file("prompts", lambda: prompt.load(settings.NOVA_PROMPTS))),
        Check(lambda: checks.master_data(nova.master)),
    ]


def gauges_of(nova: "Nova") -> list[Gauge]:
    """Each is read when somebody looks; what does not answer is left out. Nothing is read while the list is made."""
    stored = Recent(lambda: items.overview(nova.shelf), COUNTED_S)

    def of_stored(name: str) -> Iterator[Sample]:
        yield Sample((), stored()[name])

    gauges = [
        Gauge("nova_jobs", "Jobs by state (queued and running).", ("state",), lambda: _by_state(nova.jobs.count(HOUR))),
        Gauge(
            "nova_jobs_oldest_queued_seconds",
            "How long the first waiting job has been due.",
            (),
            lambda: _oldest(nova.jobs.count(HOUR)),
        ),
        Gauge("nova_ingests_ended", "Documents whose reading ended within an hour.", ("outcome",), lambda: _ended(nova)),
        Gauge("nova_documents", "Documents stored.", (), lambda: of_stored("items")),
        Gauge("nova_chunks", "Passages stored.", (), lambda: of_stored("chunks")),
        Gauge("nova_outbox", "Changes the index has still to learn.", (), lambda: of_stored("outbox")),
        Gauge("nova_workers", "Worker processes that are there (on a database server).", (), lambda: _workers(nova)),
        Gauge("nova_facts_waiting", "Facts that the brokers have not got yet.", (), lambda: [Sample((), nova.outbox.waiting())]),
        Gauge("nova_audit_untold", "Entries of the audit log that NOVA_AUDIT_SYSLOG has not got yet.", (), lambda: _untold(nova)),
        *kpi_gauges(lambda: LastDay(nova.db).read()),
        *training_gauges(lambda: watch_of(nova).look(datetime.now(UTC))),
        *machine_gauges(lambda: look(nova.settings.NOVA_DATA)),
    ]
    return [Gauge(one.name, one.text, one.labels, partial(_answered, one.read)) for one in gauges]


def _answered(read: Callable[[], Iterable[Sample]]) -> list[Sample]:
    try:
        return list(read())
    except (NovaError, OSError):
        return []


def _by_state(counted: JobCounts) -> list[Sample]:
    return [Sample(("queued",), counted.queued), Sample(("running",), counted.running)]


def _oldest(counted: JobCounts) -> list[Sample]:
    return [Sample((), counted.oldest_queued_s)]


def _ended(nova: "Nova") -> list[Sample]:
    return [Sample((outcome,), count) for outcome, count in nova.jobs.ended(INGEST.name, HOUR).items()]


def _workers(nova: "Nova") -> list[Sample]:
    """None where the database is built in: there this process does the jobs and is not listed, so 0 would be wrong."""
    return [] if nova.embedded else [Sample((), len(nova.jobs.workers()))]


def _untold(nova: "Nova") -> list[Sample]:
    """None where nobody is to be told."""
    address = nova.settings.NOVA_AUDIT_SYSLOG
    return [Sample((), untold(nova.db, address))] if address else []
