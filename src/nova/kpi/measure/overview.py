"""Measured quality as people look at it: every figure beside what it was before, one by day and part, and how useful passages are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from psycopg import Connection

from nova import german
from nova.errors import InvalidInput, NotFound
from nova.german import BERLIN
from nova.kpi.kinds import AGAIN, KPI
from nova.kpi.measure import figures
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import LONGEST, Day
from nova.kpi.measure.quality import Quality, QualityPage, quality
from nova.kpi.measure.registry import KPIS, Kpi
from nova.ports import Audit
from nova.ports.jobs import Jobs
from nova.records import Caller
from nova.stats.control import Control, cusum, ewma
from nova.store.postgres.db import Database
from nova.store.quality import kpi

MOST_SEGMENTS = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over a window, and over as long a one before it."""

    kpi: Kpi
    value: Estimate
    before: Estimate


@dataclass(frozen=True, slots=True)
class Overview:
    """Every figure over [frm, to); hours up to `measured_until` have been measured. `tone`: who tells the tone, as the last run said."""

    frm: datetime
    to: datetime
    measured_until: datetime | None
    figures: Sequence[Figure]
    tone: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart over whole days; `since`: the first day that was out of control."""

    control: Control
    since: date | None


@dataclass(frozen=True, slots=True)
class FigureDetail:
    """One figure with its days and parts (the stored segment and its value), and its control charts over the whole days."""

    figure: Figure
    segment: str
    days: Sequence[Day]
    parts: Sequence[tuple[str, Estimate]]
    ewma: Chart
    cusum: Chart


class MeasuredQuality:
    """Figures of the last local days (Europe/Berlin), today included."""

    def __init__(self, db: Database, jobs: Jobs, audit: Audit) -> None:
        self._db, self._jobs, self._audit = db, jobs, audit

    def overview(self, days: int) -> Overview:
        """Every figure."""
        frm, to = _span(days)
        with self._db.transaction() as conn:
            found = [_with_before(conn, one, frm, to) for one in KPIS.values()]
            until = kpi.measured_until(conn)
        done = self._jobs.list(states=("done",), kind=KPI.name, limit=1)
        return Overview(frm, to, until, found, done[0].result.get("tone") if done else None)

    def detail(self, name: str, days: int, segment: str = "") -> FigureDetail:
        """One figure; NotFound."""
        one, (frm, to) = _kpi(name), _span(days)
        with self._db.transaction() as conn:
            by_day = figures.days(conn, one, frm, to, segment)
            stored = kpi.segments(conn, one.stored, frm, to, MOST_SEGMENTS)
            parts = [(part, figures.window(conn, one, frm, to, part)) for part, _ in stored]
            shown = _with_before(conn, one, frm, to, segment)
        today = (to - timedelta(microseconds=1)).astimezone(BERLIN).date()
        past = [day for day in by_day if not day.few and day.value is not None and day.day < today]
        return FigureDetail(shown, segment, by_day, parts, _chart(ewma, past), _chart(cusum, past))

    def days(self, name: str, days: int, segment: str = "") -> list[Day]:
        """One figure by local day, oldest first; NotFound."""
        one, (frm, to) = _kpi(name), _span(days)
        with self._db.transaction() as conn:
            return figures.days(conn, one, frm, to, segment)

    def start(self, caller: Caller, since: datetime | None, until: datetime | None) -> UUID:
        """The job that measures: what is due, or a span anew. One that waits or runs is given instead of another of what is due.

        InvalidInput for a span that is none.
        """
        if since is None and until is None:
            return self._start_what_is_due(caller)
        if since is None or until is None or not since < until or until - since > LONGEST:
            raise InvalidInput("„from“ liegt vor „to“, höchstens zehn Jahre auseinander.")
        if since > datetime.now(UTC):
            raise InvalidInput("„from“ liegt in der Zukunft; da gibt es noch nichts zu messen.", data={"field": "from"})
        args = {name: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in (("from", since), ("to", until))}
        with self._db.transaction() as conn:
            job_id = self._jobs.start(KPI, args, title=AGAIN, connection=conn)
            self._audit.record(caller, "kpi.measure", str(job_id), args, connection=conn)
        return job_id

    def quality(
        self, days: int, by: Literal["chunk", "item"], sort: Literal["cited", "useful", "worst"], limit: int, offset: int
    ) -> tuple[list[Quality], int]:
        """A page of passages or documents, and how many there are."""
        frm, to = _span(days)
        with self._db.transaction() as conn:
            return quality(conn, frm, to, QualityPage(by, sort, limit, offset))

    def _start_what_is_due(self, caller: Caller) -> UUID:
        with self._db.transaction() as conn:
            # A span that is measured anew measures nothing that is due.
            started = self._jobs.start_once(KPI, counts=lambda job: job.title == KPI.title, connection=conn)
            if started.new:
                self._audit.record(caller, "kpi.measure", str(started.job_id), connection=conn)
        return started.job_id


def _kpi(name: str) -> Kpi:
    if name not in KPIS:
        raise NotFound(f"Diese Kennzahl gibt es nicht. Es gibt {', '.join(KPIS)}.", data={"name": name})
    return KPIS[name]


def _span(days: int) -> tuple[datetime, datetime]:
    """The last so many local days, up to the end of this hour."""
    now = datetime.now(UTC)
    midnight = german.midnight(now)
    return (midnight - timedelta(days=days - 1)).astimezone(UTC), now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _with_before(conn: Connection[Any], one: Kpi, frm: datetime, to: datetime, segment: str = "") -> Figure:
    now, before = (figures.window(conn, one, *span, segment) for span in ((frm, to), (frm - (to - frm), frm)))
    return Figure(one, now, before)


def _chart(control: Callable[[list[float]], Control], past: Sequence[Day]) -> Chart:
    found = control([day.value for day in past if day.value is not None])
    return Chart(found, None if found.first is None else past[found.first].day)
