"""Rows of the whole wheel in, a report by week and a short summary out: what was done, how good it was, which way it goes.

Only numbers, rules' and figures' names and ids: nothing that people said. Weeks begin on Monday 00:00 Europe/Berlin; the last one ends now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from psycopg import Connection

from nova import german
from nova.german import BERLIN
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS, Kpi
from nova.store.quality import reports

LITTLE = 0.1  # a figure without bounds that changed by less than a tenth is called steady
SUMMARY = timedelta(days=7)
JOBS_KEPT = timedelta(days=30)  # how long ended jobs are known; nobody can count those of weeks before
Trend = Literal["better", "worse", "steady", "unknown"]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over a span, and how it compares with the span before."""

    kpi: Kpi
    measured: Estimate
    trend: Trend


@dataclass(frozen=True, slots=True)
class Week:
    """What was done and measured in [frm, to); `counts` lacks what nobody knows any more. `complete`: False for the one that still runs."""

    frm: datetime
    to: datetime
    complete: bool
    counts: Mapping[str, int]
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """Such as 2026-W47."""
        return f"{self.frm.astimezone(BERLIN):%G-W%V}"


@dataclass(frozen=True, slots=True)
class Progress:
    """The report: the newest week first, and how things stand."""

    at: datetime
    weeks: tuple[Week, ...]
    standing: Mapping[str, int]
    tickets: tuple[Mapping[str, Any], ...]
    alerts: tuple[Mapping[str, Any], ...]
    releases: tuple[Mapping[str, Any], ...]
    tuned: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Seven days beside the seven before: `counts` up to `at`, figures over [frm, to), up to the last whole hour."""

    at: datetime
    frm: datetime
    to: datetime
    counts: Mapping[str, int]
    before: Mapping[str, int]
    lines: tuple[Line, ...]
    standing: Mapping[str, int]
    alerts: tuple[Mapping[str, Any], ...]
    tuned: tuple[Mapping[str, Any], ...] = ()


def progress(conn: Connection[Any], now: datetime, weeks: int) -> Progress:
    """The report of so many weeks, the running one among them; `now` is aware."""
    starts = week_starts(now, weeks + 1)
    found: list[Week] = []
    earlier = measured(conn, starts[0], starts[1])
    for frm, end in zip(starts[1:], [*starts[2:], None], strict=True):
        to, complete = (now, False) if end is None else (end, True)
        values = measured(conn, frm, to)
        lines = tuple(Line(kpi, values[name], trend(kpi, earlier[name], values[name], alike=complete)) for name, kpi in KPIS.items())
        found.append(Week(frm, to, complete, _known(reports.done(conn, frm, to), frm, now), lines))
        earlier = values
    return Progress(
        at=now,
        weeks=tuple(reversed(found)),
        standing=reports.standing(conn),
        tickets=tuple(reports.open_tickets(conn)),
        alerts=tuple(reports.open_alerts(conn)),
        releases=tuple(reports.releases(conn, starts[1], now)),
        tuned=tuple(reports.tuned(conn, starts[1], now)),
    )


def _known(counts: Mapping[str, int], frm: datetime, now: datetime) -> Mapping[str, int]:
    """What can still be counted of a week that began then."""
    return {name: number for name, number in counts.items() if name != "jobs_failed" or frm >= now - JOBS_KEPT}


def summary(conn: Connection[Any], now: datetime) -> Summary:
    """The last seven days and how they compare with the seven before; `now` is aware."""
    to = now.replace(minute=0, second=0, microsecond=0)
    frm, first = to - SUMMARY, to - 2 * SUMMARY
    values, earlier = measured(conn, frm, to), measured(conn, first, frm)
    lines = tuple(Line(kpi, values[name], trend(kpi, earlier[name], values[name])) for name, kpi in KPIS.items())
    return Summary(
        at=now,
        frm=frm,
        to=to,
        counts=reports.done(conn, now - SUMMARY, now),
        before=reports.done(conn, now - 2 * SUMMARY, now - SUMMARY),
        lines=lines,
        standing=reports.standing(conn),
        alerts=tuple(reports.open_alerts(conn)),
        tuned=tuple(reports.tuned(conn, now - SUMMARY, now)),
    )


def measured(conn: Connection[Any], frm: datetime, to: datetime) -> dict[str, Estimate]:
    """Every figure over [frm, to), as far as it may be told."""
    return {name: window(conn, kpi, frm, to).shown for name, kpi in KPIS.items()}


def trend(kpi: Kpi, before: Estimate, after: Estimate, *, alike: bool = True) -> Trend:
    """Which way a figure went: only where the 95 % bounds of both lie apart, else it is steady.

    Counts of spans that are not `alike` in length cannot be compared.
    """
    if before.value is None or after.value is None or (kpi.kind == "count" and not alike):
        return "unknown"
    if not before.n and not after.n:
        return "unknown"
    up, down = _apart(before, after, after.value - before.value)
    if not up and not down:
        return "steady"
    return "better" if up == (kpi.better == "up") else "worse"


def _apart(before: Estimate, after: Estimate, change: float) -> tuple[bool, bool]:
    """Whether a figure clearly rose, and whether it clearly fell."""
    if before.low is not None and before.high is not None and after.low is not None and after.high is not None:
        return after.low > before.high, after.high < before.low
    clear = abs(change) > LITTLE * max(abs(before.value or 0.0), abs(after.value or 0.0))
    return clear and change > 0, clear and change < 0


def week_starts(now: datetime, weeks: int) -> list[datetime]:
    """The beginnings of the last so many weeks, the oldest first; the last is that of the week of `now`."""
    today = now.astimezone(BERLIN).date()
    monday = today - timedelta(days=today.weekday())
    return [_midnight(monday - timedelta(weeks=back)) for back in range(weeks - 1, -1, -1)]


def _midnight(day: date) -> datetime:
    return german.begin(day)
