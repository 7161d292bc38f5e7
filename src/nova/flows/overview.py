"""The figures of the first page and of the ingest: documents, questions, events, judgements and jobs, from the rooms that count them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nova.flows.job_control import shown_to
from nova.knowledge import items
from nova.knowledge.items import Shelf
from nova.knowledge.kinds import INGEST
from nova.kpi.measure.lately import Lately, lately
from nova.ports.jobs import JobCounts, Jobs
from nova.records import Caller, JobView
from nova.store.postgres.db import Database
from nova.telemetry.activity import Activity, activity

LAST = 10
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is `stored` (counts by name), what people asked lately, and what they did."""

    stored: Mapping[str, int]
    questions: Lately
    activity: Activity


@dataclass(frozen=True, slots=True)
class IngestFigures:
    """What is `stored` (counts by name), the ingest's jobs (lately: within a day), the last of them, and documents by day."""

    stored: Mapping[str, int]
    counts: JobCounts
    last: Sequence[JobView]
    per_day: Sequence[Mapping[str, Any]]


class InstallationFigures:
    """Counts of the whole installation."""

    def __init__(self, db: Database, shelf: Shelf, jobs: Jobs) -> None:
        self._db, self._shelf, self._jobs = db, shelf, jobs

    def stored(self) -> Mapping[str, int]:
        """`items`, `chunks`, `sections`, `bytes_total`, `pages_total`, `outbox`."""
        return items.overview(self._shelf)

    def overview(self) -> Overview:
        """The first page's."""
        stored, done = items.overview(self._shelf), activity(self._db)
        with self._db.transaction() as conn:
            return Overview(stored, lately(conn, datetime.now(UTC)), done)

    def ingest(self, caller: Caller) -> IngestFigures:
        """The ingest's; its last jobs as the caller may see them."""
        stored, counts = items.overview(self._shelf), self._jobs.count(DAY, INGEST.name)
        last = [shown for job in self._jobs.list(kind=INGEST.name, limit=LAST) if (shown := shown_to(caller, job)) is not None]
        return IngestFigures(stored, counts, last, items.per_day(self._shelf))
