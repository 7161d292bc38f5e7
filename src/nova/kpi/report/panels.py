"""What a dashboard of Grafana's is made of: plain values in, panels, their places and the frame around them out. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

PROMETHEUS = {"type": "prometheus", "uid": "prometheus"}
LOKI = {"type": "loki", "uid": "loki"}
ACROSS = 24
Panel = dict[str, Any]
Query = tuple[str, str]
STAT = {"reduceOptions": {"calcs": ["lastNotNull"]}, "colorMode": "value", "graphMode": "area"}
LINES = {"showTime": True, "wrapLogMessage": True, "sortOrder": "Descending"}


def framed(uid: str, title: str, tags: Sequence[str], span: tuple[str, str], panels: list[Panel]) -> dict[str, Any]:
    """A dashboard of placed panels; `span` is what it shows and how often it asks anew, such as ("6h", "30s")."""
    return {
        "uid": uid,
        "title": title,
        "description": "Von Nova erzeugt (`nova boards write`); Änderungen hier gehen verloren.",
        "tags": list(tags),
        "timezone": "browser",
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "refresh": span[1],
        "time": {"from": f"now-{span[0]}", "to": "now"},
        "templating": {"list": []},
        "annotations": {"list": []},
        "panels": panels,
    }


def placed(rows: Iterable[tuple[list[Panel], int, int]]) -> list[Panel]:
    """Panels from left to right and top to bottom, numbered; each row with the width and height of its panels."""
    found: list[Panel] = []
    top = 0
    for panels, wide, high in rows:
        left = 0
        for one in panels:
            if left + wide > ACROSS:
                left, top = 0, top + high
            found.append({"id": len(found) + 1, **one, "gridPos": {"x": left, "y": top, "w": wide, "h": high}})
            left += wide
        top += high if panels else 0
    return found


def stat(title: str, about: str, query: Query, defaults: Panel | None = None) -> Panel:
    """The newest value of a query."""
    return _panel("stat", title, about, PROMETHEUS, [query]) | _fields(defaults or _plain("short")) | {"options": STAT}


def over_time(title: str, about: str, unit: str, queries: Sequence[Query], overrides: list[Panel] | None = None) -> Panel:
    """Queries over time, with a legend."""
    return _panel("timeseries", title, about, PROMETHEUS, queries) | _fields(_plain(unit), overrides) | {"options": {}}


def alone(title: str, about: str, query: Query, defaults: Panel) -> Panel:
    """One query over time, which needs no legend."""
    return _panel("timeseries", title, about, PROMETHEUS, [query]) | _fields(defaults) | {"options": {"legend": {"showLegend": False}}}


def lines(title: str, about: str, query: str) -> Panel:
    """Lines of the log, the newest first."""
    return _panel("logs", title, about, LOKI, [(query, "")]) | _fields({}) | {"options": LINES}


def _panel(kind: str, title: str, about: str, source: Panel, queries: Sequence[Query]) -> Panel:
    targets = [
        {"refId": chr(ord("A") + index), "datasource": source, "expr": query, "legendFormat": legend}
        for index, (query, legend) in enumerate(queries)
    ]
    return {"title": title, "description": about, "type": kind, "datasource": source, "targets": targets}


def _fields(defaults: Panel, overrides: list[Panel] | None = None) -> Panel:
    return {"fieldConfig": {"defaults": defaults, "overrides": overrides or []}}


def _plain(unit: str) -> Panel:
    return {"unit": unit, "min": 0}
