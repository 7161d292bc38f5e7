"""Signals of grid and weather in and out of their table as columns, inside the caller's transaction. Everybody may see them.

Instants are whole seconds since 1970.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Connection

from nova.records import EPOCH
from nova.series import Quality, Signal
from nova.store import queries
from nova.store.series import put as series_put
from nova.store.series.put import Kind, Stored, Strand, Task

SQL = queries.load("signals")
COPY = "COPY signals (signal, zone, seconds, ts, value, quality, batch_id) FROM STDIN (FORMAT binary)"
KIND = Kind("signals", SQL, COPY)


@dataclass(frozen=True, slots=True)
class Version:
    """What a signal was, or (without `replaced_by`) is; None for unknown."""

    value: float | None
    quality: Quality
    batch_id: int
    replaced_by: int | None
    replaced_at: datetime | None


def put(conn: Connection[Any], pieces: Iterable[Signal], batch_id: int, *, insist: bool = False, again: bool = False) -> Stored:
    """Store signals, everything or nothing with the caller's transaction; how many were new, the same, corrected (see `series.put`).

    With `again` what was replaced before may come back.
    """
    strands = [_strand(piece) for piece in pieces] if isinstance(pieces, Sequence) else (_strand(piece) for piece in pieces)
    return sum((stored for _, stored in series_put.put(Task(conn, KIND, batch_id, insist, again), strands)), Stored())


def get(conn: Connection[Any], signal: str, zone: str, start: int, end: int) -> list[Signal]:
    """The values of a signal whose intervals begin in [start, end), one object for each run of equal interval length."""
    held = series_put.between(conn, KIND, [((signal, zone), 0)], [start], [max(start, end)])[0]
    found = held.strand
    if not len(found):
        return []
    edges = [0, *(np.flatnonzero(np.diff(held.seconds)) + 1), len(found)]
    return [
        Signal(signal, zone, int(held.seconds[a]), found.ts[a:b], found.values[0][a:b], found.quality[a:b])
        for a, b in itertools.pairwise(edges)
    ]


def history(conn: Connection[Any], signal: str, zone: str, ts: int) -> list[Version]:
    """What the interval of a signal that begins at `ts` was and is, the oldest first."""
    rows = conn.execute(SQL["versions"], {"signal": signal, "zone": zone, "ts": EPOCH + timedelta(seconds=ts)}).fetchall()
    return [Version(**row) for row in rows]


def names(conn: Connection[Any]) -> list[tuple[str, str]]:
    """Which signals of which zones or places there are."""
    return [(row["signal"], row["zone"]) for row in conn.execute(SQL["names"]).fetchall()]


def _strand(piece: Signal) -> Strand:
    return Strand((piece.signal, piece.zone), piece.seconds, piece.ts, (piece.value,), piece.quality)
