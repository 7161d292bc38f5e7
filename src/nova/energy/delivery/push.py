"""Rows that a program sends over HTTP: JSON or CSV in, stored rows and a report out."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

from nova.energy.delivery.feeds import Intake, move
from nova.energy.delivery.imports import feed_store
from nova.energy.delivery.rows import ensured
from nova.energy.delivery.switch import PUSH
from nova.errors import InvalidInput
from nova.ports import Children, Connector, Parcel
from nova.records import EPOCH
from nova.store.postgres.db import Database

COLUMNS = ("meter_id", "ts", "consumption_kw", "production_kw", "voltage", "quality", "seconds")
MOST_ROWS = 20_000
ConnectorOf = Callable[[Parcel], Connector]
"""One request's rows as a feed."""


class PushedReadings:
    """The feed `push`: one request is one parcel."""

    def __init__(self, db: Database, children: Children, connector: ConnectorOf) -> None:
        self._db, self._children, self._connector = db, children, connector

    def store(self, body: bytes) -> Mapping[str, Any]:
        """Store the rows of a body; their report, which also says what was refused. InvalidInput for a body that is empty or no list."""
        if not body.strip():
            raise InvalidInput("Die Anfrage enthält keine Messwerte.")
        ensured(self._db, PUSH, PUSH, enabled=True)
        intake = Intake(self._db, feed_store(self._children))
        return move(intake, self._connector(Parcel("HTTP", as_table(body))), EPOCH).reports[0]


def as_table(body: bytes) -> bytes:
    """A JSON list of rows as the CSV that says the same; anything else as it is. InvalidInput for a list of something else."""
    if body.lstrip()[:1] != b"[":
        return body
    rows = _rows(body)
    used = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    into = io.StringIO()
    table = csv.writer(into, lineterminator="\n")
    table.writerow(used)
    table.writerows(["" if row.get(name) is None else _cell(row[name]) for name in used] for row in rows)
    return into.getvalue().encode("utf-8", "replace")


def _rows(body: bytes) -> list[dict[str, Any]]:
    """The rows of a JSON list; InvalidInput."""
    try:
        rows: list[Any] = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("Das ist kein gültiges JSON.") from error
    if not rows or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(f"Erwartet wird eine Liste von einer bis {MOST_ROWS} Zeilen, jede ein Objekt.")
    unknown = sorted({str(name)[:40] for row in rows for name in row} - set(COLUMNS))
    if unknown:
        raise InvalidInput(f"Unbekannte Spalten: {', '.join(unknown[:5])}. Es gibt {', '.join(COLUMNS)}.")
    return rows


def _cell(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value).replace("\n", " ").replace("\r", " ").replace("\0", " ")[:100]
