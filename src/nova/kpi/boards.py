"""The registry of figures in, Grafana's dashboards out: what Prometheus reads, one panel a figure, in the colours of the pages.

Pure: the same registry gives the same dashboards, byte for byte (`text`).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nova.kpi.registry import KPIS, Kpi

UID, TITLE = "nova-kpi", "Nova: Kennzahlen"
FOLDER_UID, FOLDER_TITLE = "nova", "Nova"
SOURCE = {"type": "prometheus", "uid": "prometheus"}
INDIGO, WARN, BAD = "#96aff1", "#f6b669", "#ff8579"  # the pages' tokens for dark backgrounds, which Grafana has by default
UNITS = {"%": "percentunit", "ms": "ms", "s": "s", "EUR": "currencyEUR"}
WIDE, HIGH, STAT_WIDE, STAT_HIGH, ACROSS = 8, 7, 4, 4, 24
FIRST = ("cited_share", "groundedness", "useful_share", "refused_share", "latency_p95_ms", "cost_eur")


def dashboards(kpis: Mapping[str, Kpi] = KPIS) -> dict[str, dict[str, Any]]:
    """Each dashboard by its file's name."""
    return {f"{UID}.json": board(kpis)}


def text(dashboard: Mapping[str, Any]) -> str:
    """A dashboard as its file holds it."""
    return json.dumps(dashboard, ensure_ascii=False, indent=2) + "\n"


def board(kpis: Mapping[str, Kpi]) -> dict[str, Any]:
    """The dashboard of all figures: the main ones on top with alerts and tickets, then each over time."""
    stats = [_stat(kpis[name]) for name in FIRST if name in kpis]
    states = [
        _over_time("Offene Alarme", "Nach Stufe.", "short", [("sum by (level) (nova_alerts)", "{{level}}")], _levels()),
        _over_time("Offene Tickets", "Nach Stand.", "short", [("sum by (state) (nova_tickets)", "{{state}}")]),
        _over_time("Fälle", "Aus wie vielen Fällen jede Kennzahl stammt.", "short", [("nova_kpi_cases", "{{kpi}}")]),
    ]
    figures = [_figure(kpi) for kpi in kpis.values()]
    rows = [(stats, STAT_WIDE, STAT_HIGH), (states, WIDE, HIGH), (figures, WIDE, HIGH)]
    return {
        "uid": UID,
        "title": TITLE,
        "description": "Aus dem Verzeichnis der Kennzahlen erzeugt (`nova boards write`); Änderungen hier gehen verloren.",
        "tags": ["nova", "kpi"],
        "timezone": "browser",
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": "1m",
        "time": {"from": "now-7d", "to": "now"},
        "templating": {"list": []},
        "annotations": {"list": []},
        "panels": _placed(rows),
    }


def _placed(rows: Iterable[tuple[list[dict[str, Any]], int, int]]) -> list[dict[str, Any]]:
    """Panels from left to right and top to bottom, numbered."""
    placed: list[dict[str, Any]] = []
    top = 0
    for panels, wide, high in rows:
        left = 0
        for panel in panels:
            if left + wide > ACROSS:
                left, top = 0, top + high
            placed.append({"id": len(placed) + 1, **panel, "gridPos": {"x": left, "y": top, "w": wide, "h": high}})
            left += wide
        top += high if panels else 0
    return placed


def _stat(kpi: Kpi) -> dict[str, Any]:
    options = {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value", "graphMode": "area"}
    return _panel("stat", kpi.title, kpi.meaning, _targets([(_query(kpi), kpi.title)])) | {
        "fieldConfig": {"defaults": _defaults(kpi), "overrides": []},
        "options": options,
    }


def _figure(kpi: Kpi) -> dict[str, Any]:
    better = "Mehr ist besser." if kpi.better == "up" else "Weniger ist besser."
    about = f"{kpi.meaning}\n\nFormel: {kpi.formula}. {better} Über die letzten 24 ganzen Stunden."
    return _panel("timeseries", kpi.title, about, _targets([(_query(kpi), kpi.title)])) | {
        "fieldConfig": {"defaults": _defaults(kpi), "overrides": []},
        "options": {"legend": {"showLegend": False}},
    }


def _over_time(
    title: str, about: str, unit: str, queries: list[tuple[str, str]], overrides: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return _panel("timeseries", title, about, _targets(queries)) | {
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": overrides or []},
        "options": {},
    }


def _panel(kind: str, title: str, about: str, targets: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "description": about, "type": kind, "datasource": SOURCE, "targets": targets}


def _targets(queries: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"refId": chr(ord("A") + index), "datasource": SOURCE, "expr": query, "legendFormat": legend}
        for index, (query, legend) in enumerate(queries)
    ]


def _query(kpi: Kpi) -> str:
    return f'nova_kpi{{kpi="{kpi.name}"}}'


def _defaults(kpi: Kpi) -> dict[str, Any]:
    """A figure's unit, its range where it has one, and the colour of what is measured."""
    color = {"mode": "fixed", "fixedColor": INDIGO}
    values: dict[str, Any] = {"unit": UNITS.get(kpi.unit, "short"), "color": color, "decimals": 1 if kpi.unit == "%" else kpi.digits}
    if kpi.name == "sentiment":
        return values | {"min": -1, "max": 1}
    return values | {"min": 0} | ({"max": 1} if kpi.unit == "%" else {})


def _levels() -> list[dict[str, Any]]:
    """Warnings and critical alerts in their colours; the legend names them too."""
    return [
        {"matcher": {"id": "byName", "options": name}, "properties": [{"id": "color", "value": {"mode": "fixed", "fixedColor": color}}]}
        for name, color in (("warn", WARN), ("critical", BAD))
    ]
