"""Reports in, the JSON shapes of `models.reports` out."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from nova.kpi.report import progress, text


def progress_view(found: progress.Progress) -> dict[str, Any]:
    """The report of so many weeks, the newest first, as values and as a Markdown page."""
    return {
        "at": found.at,
        "weeks": [_week(week) for week in found.weeks],
        "standing": dict(found.standing),
        "tickets": [dict(ticket) for ticket in found.tickets],
        "alerts": [{name: alert[name] for name in ("rule", "kpi", "segment", "worst", "opened_at")} for alert in found.alerts],
        "releases": [dict(release) for release in found.releases],
        "tuned": [dict(model) for model in found.tuned],
        "markdown": text.page(found),
    }


def summary_view(found: progress.Summary) -> dict[str, Any]:
    """The last seven days, as values and as lines."""
    return {
        "at": found.at,
        "frm": found.frm,
        "to": found.to,
        "counts": dict(found.counts),
        "before": dict(found.before),
        "standing": dict(found.standing),
        "kpis": _lines(found.lines),
        "lines": text.short(found),
    }


def _week(week: progress.Week) -> dict[str, Any]:
    span = {"label": week.label, "frm": week.frm, "to": week.to, "complete": week.complete}
    return span | {"counts": dict(week.counts), "kpis": _lines(week.lines)}


def _lines(lines: Iterable[progress.Line]) -> list[dict[str, Any]]:
    return [
        {"kpi": line.kpi.name, "title": line.kpi.title, "unit": line.kpi.unit, **asdict(line.measured), "trend": line.trend}
        for line in lines
    ]
