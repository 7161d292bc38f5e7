"""The house in, the gauges that Prometheus reads out: jobs, documents, passages and what the index has still to learn."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from nova.api.doors import House
from nova.api.kpi_gauges import kpi_gauges
from nova.api.protocol.metrics import Gauged, Sample
from nova.errors import NovaError
from nova.governance.audit.telling import untold
from nova.knowledge.kinds import INGEST

HOUR = timedelta(hours=1)


def gauges(house: House) -> list[Gauged]:
    """Each is read when somebody looks; what does not answer is left out."""
    return [
        Gauged("nova_jobs", "Jobs by state (queued and running).", ("state",), lambda: _jobs(house)),
        Gauged("nova_ingests_ended", "Documents whose reading ended within an hour.", ("outcome",), lambda: _ended(house)),
        Gauged("nova_documents", "Documents stored.", (), lambda: _stored(house, "items")),
        Gauged("nova_chunks", "Passages stored.", (), lambda: _stored(house, "chunks")),
        Gauged("nova_outbox", "Changes the index has still to learn.", (), lambda: _stored(house, "outbox")),
        Gauged("nova_asks_in_line", "Questions being answered or waiting.", (), lambda: [Sample((), house.rooms.asking.inside)]),
        Gauged("nova_costly", "Costly work by state (running and waiting).", ("state",), lambda: _costly(house)),
        Gauged("nova_workers", "Worker processes that are there (on a database server).", (), lambda: _workers(house)),
        Gauged("nova_facts_waiting", "Facts that the brokers have not got yet.", (), lambda: _waiting(house)),
        Gauged("nova_live_streams", "Open live streams.", (), lambda: [Sample((), house.live.readers)]),
        Gauged("nova_audit_untold", "Entries of the audit log that NOVA_AUDIT_SYSLOG has not got yet.", (), lambda: _untold(house)),
        *kpi_gauges(house),
    ]


def _jobs(house: House) -> Iterator[Sample]:
    try:
        counted = house.nova.jobs.count(HOUR)
    except NovaError:
        return
    yield Sample(("queued",), counted.queued)
    yield Sample(("running",), counted.running)


def _ended(house: House) -> Iterator[Sample]:
    try:
        found = house.nova.jobs.ended(INGEST.name, HOUR)
    except NovaError:
        return
    yield from (Sample((outcome,), count) for outcome, count in found.items())


def _costly(house: House) -> Iterator[Sample]:
    yield Sample(("running",), house.rooms.costly.served)
    yield Sample(("waiting",), house.rooms.costly.waiting)


def _workers(house: House) -> Iterator[Sample]:
    """None where the database is built in: there this process does the jobs and is not listed, so 0 would be wrong."""
    if house.nova.embedded:
        return
    yield from _answered(lambda: Sample((), len(house.nova.jobs.workers())))


def _waiting(house: House) -> Iterator[Sample]:
    yield from _answered(lambda: Sample((), house.nova.outbox.waiting()))


def _untold(house: House) -> Iterator[Sample]:
    """None where nobody is to be told."""
    if address := house.nova.settings.NOVA_AUDIT_SYSLOG:
        yield from _answered(lambda: Sample((), untold(house.nova.db, address)))


def _stored(house: House, name: str) -> Iterator[Sample]:
    yield from _answered(lambda: Sample((), house.stored.counts()[name]))


def _answered(read: Callable[[], Sample]) -> Iterator[Sample]:
    try:
        yield read()
    except NovaError:
        return
