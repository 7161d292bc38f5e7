"""Questions about measured quality in, what they answer with out: figures, days, parts, gaps, how useful passages are."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from starlette.responses import Response

from nova import german
from nova.api.doors import House
from nova.api.models import kpi as shapes
from nova.api.views import named
from nova.crowd import TOO_FEW
from nova.errors import InvalidInput, NotFound
from nova.german import BERLIN
from nova.jobs import kpi as jobs
from nova.kpi.measure import figures
from nova.kpi.measure.figures import Day
from nova.kpi.measure.quality import Wanted, quality
from nova.kpi.measure.registry import KPIS, Kpi
from nova.kpi.tone import own_model
from nova.kpi.tone.child import LEAST_LABELS
from nova.records import Caller
from nova.stats.control import Control, cusum, ewma
from nova.store import gaps, kpi, kpi_labels

MOST_SEGMENTS = 40
MOST_QUESTIONS = 200
COLUMNS = ("tag", "wert", "faelle", "von", "bis")


def listed(house: House, asked: shapes.KpiFilters) -> dict[str, Any]:
    """Every figure over the last days and the days before."""
    frm, to = _span(asked.days)
    with house.nova.db.transaction() as conn:
        found = [_with_before(conn, one, frm, to) for one in KPIS.values()]
        until = kpi.measured_until(conn)
    return {"from": frm, "to": to, "measured_to": until, "kpis": found, "tone": _tone(house)}


def detail(house: House, name: str, asked: shapes.KpiRange) -> dict[str, Any]:
    """One figure with its days, parts and control charts; NotFound."""
    one, (frm, to) = _kpi(name), _span(asked.days)
    with house.nova.db.transaction() as conn:
        days = figures.days(conn, one, frm, to, asked.segment)
        parts = [
            {"segment": part, **figures.told(figures.window(conn, one, frm, to, part))}
            for part, _ in kpi.segments(conn, one.stored, frm, to, MOST_SEGMENTS)
        ]
        shown = _with_before(conn, one, frm, to, asked.segment)
    today = (to - timedelta(microseconds=1)).astimezone(BERLIN).date()
    past = [day for day in days if not day.few and day.value is not None and day.day < today]
    values = [day.value for day in past if day.value is not None]
    charts = {"ewma": _chart(ewma(values), past), "cusum": _chart(cusum(values), past)}
    return shown | charts | {"segment": asked.segment, "days": [figures.told_day(day) for day in days], "segments": parts}


def exported(house: House, name: str, asked: shapes.KpiRange) -> Response:
    """The days of a figure as CSV: a point before decimals, shares from 0 to 1."""
    one, (frm, to) = _kpi(name), _span(asked.days)
    with house.nova.db.transaction() as conn:
        days = figures.days(conn, one, frm, to, asked.segment)
    into = io.StringIO()
    table = csv.writer(into, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([day.day, *_cells(day)] for day in days)
    headers = {"Content-Disposition": f'attachment; filename="nova-kpi-{one.name}.csv"', "Cache-Control": "no-store"}
    return Response(into.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _cells(day: Day) -> Sequence[object]:
    if day.few:
        return (TOO_FEW, "", "", "")
    return ["" if value is None else value for value in (day.value, day.n, day.low, day.high)]


def start(house: House, caller: Caller, span: shapes.KpiSpan) -> UUID:
    """The job that measures: what is due, or a span anew. One that waits or runs is given instead of another of what is due."""
    queue = house.nova.jobs
    if span.since is None and span.until is None:
        started = queue.start_once(jobs.KPI, counts=lambda job: job.title == jobs.KPI.title)  # a span measures nothing that is due
        return _noted(house, caller, started.job_id, {}) if started.new else started.job_id
    if span.since is None or span.until is None or not span.since < span.until or span.until - span.since > jobs.LONGEST:
        raise InvalidInput("„from“ liegt vor „to“, höchstens zehn Jahre auseinander.")
    if span.since > datetime.now(UTC):
        raise InvalidInput("„from“ liegt in der Zukunft; da gibt es noch nichts zu messen.", data={"field": "from"})
    args = {name: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in (("from", span.since), ("to", span.until))}
    return _noted(house, caller, queue.start(jobs.KPI, args, title=jobs.AGAIN), args)


def _noted(house: House, caller: Caller, job_id: UUID, args: dict[str, str]) -> UUID:
    house.nova.audit.record(caller, "kpi.measure", str(job_id), args)
    return job_id


def gap_list(house: House, asked: shapes.GapFilters) -> dict[str, Any]:
    """A page of gaps."""
    with house.nova.db.transaction() as conn:
        found, total = gaps.page(conn, asked.state, asked.limit, asked.offset)
    return {"gaps": [asdict(one) for one in found], "total": total}


def gap_detail(house: House, caller: Caller, gap_id: UUID) -> dict[str, Any]:
    """One gap, for the operator with its questions; NotFound, also where fewer people asked than may be told of."""
    with house.nova.db.transaction() as conn:
        found = gaps.one(conn, gap_id)
        if found is None:
            raise NotFound("Diese Wissenslücke gibt es nicht.", data={"gap_id": str(gap_id)})
        asked = gaps.questions(conn, gap_id, MOST_QUESTIONS) if caller.role == "admin" else []
    return asdict(found) | {"asked": [{name: row[name] for name in shapes.GapQuestion.model_fields} for row in asked]}


def quality_list(house: House, asked: shapes.QualityFilters) -> dict[str, Any]:
    """A page of passages or documents."""
    frm, to = _span(asked.days)
    with house.nova.db.transaction() as conn:
        rows, total = quality(conn, frm, to, Wanted(asked.by, asked.sort, asked.limit, asked.offset))
    return {"rows": [named(asdict(row)) for row in rows], "total": total}


def label(house: House, caller: Caller, conversation_id: UUID, seq: int, given: shapes.ToneLabel) -> dict[str, Any]:
    """Label a turn of a person; NotFound where there is none that may be looked at."""
    with house.nova.db.transaction() as conn:
        if not own_model.label(conn, conversation_id, seq, given.label, caller.user_id, datetime.now(UTC)):
            raise NotFound("Diesen Gesprächsbeitrag gibt es nicht, oder er darf nicht ausgewertet werden.")
        count = len(kpi_labels.texts(conn))
        house.nova.audit.record(caller, "kpi.label", f"{conversation_id}/{seq}", {"label": given.label}, connection=conn)
    return {"labels": count, "needed": LEAST_LABELS}


def _kpi(name: str) -> Kpi:
    if name not in KPIS:
        raise NotFound(f"Diese Kennzahl gibt es nicht. Es gibt {', '.join(KPIS)}.", data={"name": name})
    return KPIS[name]


def _span(days: int) -> tuple[datetime, datetime]:
    """The last so many local days, up to the end of this hour."""
    now = datetime.now(UTC)
    midnight = german.midnight(now)
    return (midnight - timedelta(days=days - 1)).astimezone(UTC), now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _with_before(conn: Connection[Any], one: Kpi, frm: datetime, to: datetime, segment: str = "") -> dict[str, Any]:
    now, before = (figures.window(conn, one, *span, segment) for span in ((frm, to), (frm - (to - frm), frm)))
    shown = ("name", "title", "unit", "kind", "better", "digits", "meaning", "formula")
    return {name: getattr(one, name) for name in shown} | figures.told(now) | {"before": figures.told(before)}


def _chart(control: Control, days: Sequence[Day]) -> dict[str, Any]:
    low, high = (value if math.isfinite(value) else None for value in (control.low, control.high))
    since: date | None = None if control.first is None else days[control.first].day
    return {"enough": control.enough, "state": control.state, "low": low, "high": high, "out": control.out, "since": since}


def _tone(house: House) -> dict[str, Any] | None:
    """What the last run that ended said of who tells the tone."""
    done = house.nova.jobs.list(states=("done",), kind=jobs.KPI.name, limit=1)
    return done[0].result.get("tone") if done else None
