"""Measured quality in, the JSON shapes of `models.kpi` and a CSV file out."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from nova.api.views.records import named
from nova.crowd import TOO_FEW
from nova.kpi.measure import figures
from nova.kpi.measure.figures import Day
from nova.kpi.measure.overview import Chart, Figure, FigureDetail, Overview
from nova.kpi.measure.quality import Quality

COLUMNS = ("tag", "wert", "faelle", "von", "bis")
SHOWN = ("name", "title", "unit", "kind", "better", "digits", "meaning", "formula")


def overview_view(found: Overview) -> dict[str, Any]:
    """Every figure."""
    told = [_figure(one) for one in found.figures]
    return {"from": found.frm, "to": found.to, "measured_to": found.measured_until, "kpis": told, "tone": found.tone}


def detail_view(found: FigureDetail) -> dict[str, Any]:
    """One figure with its days, parts and control charts."""
    parts = [{"segment": part, **figures.told(value)} for part, value in found.parts]
    charts = {"ewma": _chart(found.ewma), "cusum": _chart(found.cusum)}
    days = [figures.told_day(day) for day in found.days]
    return _figure(found.figure) | charts | {"segment": found.segment, "days": days, "segments": parts}


def csv_view(name: str, days: Sequence[Day]) -> Response:
    """The days of a figure as CSV: a point before decimals, shares from 0 to 1."""
    into = io.StringIO()
    table = csv.writer(into, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([day.day, *_cells(day)] for day in days)
    headers = {"Content-Disposition": f'attachment; filename="nova-kpi-{name}.csv"', "Cache-Control": "no-store"}
    return Response(into.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def quality_view(rows: Sequence[Quality], total: int) -> dict[str, Any]:
    """A page of passages or documents."""
    return {"rows": [named(asdict(row)) for row in rows], "total": total}


def _figure(one: Figure) -> dict[str, Any]:
    return {name: getattr(one.kpi, name) for name in SHOWN} | figures.told(one.value) | {"before": figures.told(one.before)}


def _cells(day: Day) -> Sequence[object]:
    if day.few:
        return (TOO_FEW, "", "", "")
    return ["" if value is None else value for value in (day.value, day.n, day.low, day.high)]


def _chart(chart: Chart) -> dict[str, Any]:
    control = chart.control
    low, high = (value if math.isfinite(value) else None for value in (control.low, control.high))
    return {"enough": control.enough, "state": control.state, "low": low, "high": high, "out": control.out, "since": chart.since}
