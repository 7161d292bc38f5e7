"""Readings of meters in and out of their table as columns, inside the caller's transaction.

`seen` says what a caller may see; None means everything. Instants are whole seconds since 1970.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from psycopg import Connection

from nova.errors import InvalidInput
from nova.records import EPOCH
from nova.series import SIMULATED, Quality, Readings
from nova.store.series import meters
from nova.store.series import put as series_put
from nova.store.series.put import Held, Stored, Strand, Task
from nova.store.series.reading_rows import KIND, SQL, between
from nova.store.series.rollups import buckets
from nova.visibility import Visible

__all__ = ["Latest", "Stored", "Version", "buckets", "get", "history", "latest", "put", "span"]

METER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
RECENT = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Version:
    """What an interval was, or (without `replaced_by`) is. Powers in kW, None for unknown."""

    seconds: int
    consumption_kw: float | None
    production_kw: float | None
    voltage: float | None
    quality: Quality
    rule: str | None
    batch_id: int
    replaced_by: int | None
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Latest:
    """A meter's newest reading. Powers in kW, None for unknown."""

    meter_id: str
    ts: int
    seconds: int
    consumption_kw: float | None
    production_kw: float | None
    voltage: float | None
    quality: Quality
    rule: str | None


def put(conn: Connection[Any], pieces: Iterable[Readings], batch_id: int, *, insist: bool = False, again: bool = False) -> Stored:
    """Store readings, everything or nothing with the caller's transaction; how many were new, the same, corrected (see `series.put`).

    Unknown meters are made and are the company's. With `again` what was replaced before may come back. Meters given as a list or tuple
    are locked in a fixed order; others in the order in which they come, where two loaders may meet crosswise: then the server ends one of
    them (Busy).
    """
    total = Stored()

    def admit(portion: Sequence[Strand]) -> None:
        found = [meters.NewMeter(one.key[0], one.seconds, bool((one.quality == SIMULATED).all())) for one in portion]
        meters.admit(conn, found)

    task = Task(conn, KIND, batch_id, insist, again, admit)
    strands = [strand_of(piece) for piece in pieces] if isinstance(pieces, Sequence) else (strand_of(piece) for piece in pieces)
    for touched, stored in series_put.put(task, strands):
        _mark(conn, touched, batch_id)
        total += stored
    return total


def get(conn: Connection[Any], meter_id: str, start: int, end: int, seen: Visible | None = None) -> list[Readings]:
    """The readings whose intervals begin in [start, end), one object for each run of equal interval length; NotFound."""
    pieces = meters.within(meters.spans(conn, meter_id, seen), start, end)
    return [run for first, until in pieces for run in _runs(meter_id, between(conn, meter_id, first, until))]


def history(conn: Connection[Any], meter_id: str, ts: int, seen: Visible | None = None) -> list[Version]:
    """What the interval that begins at `ts` was and is, the oldest first; NotFound for the meter, nothing where the caller may not look."""
    if not meters.within(meters.spans(conn, meter_id, seen), ts, ts + 1):
        return []
    values = {"meter_id": meter_id, "ts": EPOCH + timedelta(seconds=ts)}
    return [Version(**row) for row in conn.execute(SQL["versions"], values).fetchall()]


def latest(conn: Connection[Any], meter_ids: Sequence[str], seen: Visible | None = None) -> dict[str, Latest]:
    """The newest reading of each of these meters that the caller may see, by meter; those without are left out."""
    found: dict[str, Latest] = {}
    for since in (datetime.now(UTC) - RECENT, EPOCH):
        wanted = [meter_id for meter_id in meter_ids if meter_id not in found]
        if wanted:
            rows = conn.execute(SQL["latest"], {"meters": wanted, "since": since, **meters.visible(seen)}, prepare=False).fetchall()
            found |= {row["meter_id"]: Latest(**row) for row in rows}
    return found


def span(conn: Connection[Any], meter_id: str, seen: Visible | None = None) -> tuple[int, int] | None:
    """When a meter's first interval begins and its last one ends, of those that the caller may see; None without readings; NotFound."""
    meters.get(conn, meter_id, seen)
    row = conn.execute(SQL["span"], {"meter_id": meter_id, **meters.visible(seen)}).fetchone()
    return (row["first"], row["last"] + row["seconds"]) if row else None


def _runs(meter_id: str, held: Held) -> list[Readings]:
    """One object for each run of equal interval length."""
    strand = held.strand
    if not len(strand):
        return []
    edges = [0, *(np.flatnonzero(np.diff(held.seconds)) + 1), len(strand)]
    rule = np.zeros(len(strand), np.uint8) if strand.rule is None else strand.rule
    consumption, production, voltage = strand.values
    whole = Readings(meter_id, 0, strand.ts, consumption, production, voltage, strand.quality, rule, strand.rules)
    return [replace(whole.take(slice(a, b)), seconds=int(held.seconds[a])) for a, b in itertools.pairwise(edges)]


def strand_of(piece: Readings) -> Strand:
    """Readings as a series; InvalidInput when the meter's number is none."""
    if METER_ID.fullmatch(piece.meter_id) is None:
        reason = "beginnt mit Buchstabe oder Ziffer und hat bis zu 64 Zeichen aus Buchstaben, Ziffern und . _ : -"
        raise InvalidInput(f"Die Nummer eines Zählers {reason}.", data={"meter_id": piece.meter_id})
    values = (piece.consumption, piece.production, piece.voltage)
    return Strand((piece.meter_id,), piece.seconds, piece.ts, values, piece.quality, piece.rule, piece.rules)


def _mark(conn: Connection[Any], touched: Sequence[Strand], batch_id: int) -> None:
    """Note the local days of rows; a day in Berlin begins at 22 or 23 o'clock UTC, so three rows of a UTC day stand for all."""
    names: list[str] = []
    instants: list[int] = []
    for strand in touched:
        part = strand.ts // 86_400 * 3 + np.clip(strand.ts % 86_400 // 3600 - 21, 0, 2)
        first = np.flatnonzero(np.diff(part, prepend=part[0] - 1))
        names += [strand.key[0]] * len(first)
        instants += strand.ts[first].tolist()
    if names:
        conn.execute(SQL["mark"], {"key0": names, "ts": instants, "batch_id": batch_id})
