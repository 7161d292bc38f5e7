"""Counts of the installation in, the figures of the dashboards out."""

from typing import Any

from nova.api.views.records import job_view
from nova.flows.overview import IngestFigures, Overview


def overview_view(found: Overview) -> dict[str, Any]:
    """The figures of the first page."""
    stored, questions, done = found.stored, found.questions, found.activity
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


def ingest_view(found: IngestFigures) -> dict[str, Any]:
    """The figures of the ingest."""
    stored, counts = found.stored, found.counts
    return {
        "queued": counts.queued,
        "running": counts.running,
        "failed": counts.failed,
        "done_24h": counts.done_lately,
        "chunks_total": stored["chunks"],
        "bytes_total": stored["bytes_total"],
        "pages_total": stored["pages_total"],
        "outbox": stored["outbox"],
        "last": [job_view(job) for job in found.last],
        "per_day": found.per_day,
    }
