"""The rooms' own counts in, the figures of the dashboards out (what crosses two rooms is put together here)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from nova.api.views import job_view
from nova.knowledge import items
from nova.knowledge.kinds import INGEST
from nova.kpi.measure.lately import lately
from nova.store import jobs
from nova.telemetry.activity import activity

if TYPE_CHECKING:
    from nova.wiring import Nova

LAST = 10
DAY = timedelta(hours=24)


def overview(nova: "Nova") -> dict[str, Any]:
    """The figures of the first page."""
    stored, done = items.overview(nova.shelf), activity(nova.db)
    with nova.db.transaction() as conn:
        questions = lately(conn, datetime.now(UTC))
    return {
        "items": stored["items"],
        "chunks": stored["chunks"],
        "sections": stored["sections"],
        "questions_today": questions.today,
        "questions_7d": questions.week,
        "answered_share_7d": questions.answered_share,
        "events_per_day": done.events_per_day,
        "feedback": {"useful": done.useful, "not_useful": done.not_useful},
        "latency_ms": {"p50": questions.p50, "p95": questions.p95},
    }


def ingest_figures(nova: "Nova") -> dict[str, Any]:
    """The figures of the ingest."""
    stored = items.overview(nova.shelf)
    with nova.db.transaction() as conn:
        counted = jobs.count(conn, DAY, INGEST.name)
    return {
        "queued": counted.queued,
        "running": counted.running,
        "failed": counted.failed,
        "done_24h": counted.done_lately,
        "chunks_total": stored["chunks"],
        "bytes_total": stored["bytes_total"],
        "pages_total": stored["pages_total"],
        "outbox": stored["outbox"],
        "last": [job_view(job) for job in nova.jobs.list(kind=INGEST.name, limit=LAST)],
        "per_day": items.per_day(nova.shelf),
    }
