"""Rows of answers, turns, judgements and events in, figures by the hour out; and hours in, values with bounds over any window.

An hour's figures depend on the rows alone: measured twice they are the same, measured after an erasure they are as if the person had never
been there. Windows are half-open [from, to); times are aware.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from psycopg import Connection

from nova.courtesy import make_way
from nova.kpi import statistics
from nova.kpi.registry import Kpi
from nova.store import kpi as store
from nova.store.db import Database

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over a window: shares from 0 to 1, its 95 % bounds, from `n` cases. None where there is too little to say."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A figure of one local day (Europe/Berlin)."""

    day: date
    value: float | None
    n: int


def window(conn: Connection[Any], kpi: Kpi, frm: datetime, to: datetime, segment: str = "") -> Measured:
    """A figure over the whole hours that begin in [frm, to)."""
    return _measured(kpi, store.sums(conn, kpi.stored, segment, frm, to))


def days(conn: Connection[Any], kpi: Kpi, frm: datetime, to: datetime, segment: str = "") -> list[Day]:
    """A figure by local day, oldest first; days of which nothing was measured are left out."""
    found = store.day_sums(conn, kpi.stored, segment, frm, to)
    return [Day(day, value.value, value.n) for day, sums in found.items() for value in (_measured(kpi, sums),)]


def _measured(kpi: Kpi, sums: store.Sums) -> Measured:
    if kpi.kind == "count":
        low, high = statistics.count_bounds(sums.total) if kpi.digits == 0 else (None, None)
        return Measured(sums.total, sums.n, low, high)
    if not sums.n:
        return Measured(None, 0)
    if kpi.kind == "percentile":
        low, high = statistics.percentile_bounds(sums.buckets, kpi.quantile)
        return Measured(statistics.percentile(sums.buckets, kpi.quantile), sums.n, low, high)
    if kpi.kind == "share":
        low, high = statistics.wilson(sums.total, sums.n)
    else:
        low, high = statistics.mean_bounds(sums.n, sums.total, sums.squares)
    return Measured(sums.total / sums.n, sums.n, low, high)


def measure(db: Database, frm: datetime, to: datetime) -> int:
    """Measure every hour that overlaps [frm, to), in place of what stood there; how many hours."""
    return measure_hours(db, hours_between(frm, to))


def measure_hours(db: Database, starts: Iterable[datetime]) -> int:
    """Measure these whole hours (each by the moment it begins), one transaction each; how many."""
    done = 0
    for hour in sorted(set(starts)):
        make_way()
        with db.transaction() as conn:
            store.lock(conn)
            store.put_hours(conn, hour, hour + HOUR, [])
            store.mark(conn, {hour: store.fingerprints(conn, hour, hour + HOUR).get(hour, 0)})
        done += 1
    return done


def hours_between(frm: datetime, to: datetime) -> list[datetime]:
    """The whole hours that overlap [frm, to), each by the moment it begins."""
    hour, found = frm.replace(minute=0, second=0, microsecond=0), []
    while hour < to:
        found.append(hour)
        hour += HOUR
    return found


def stale(db: Database, frm: datetime, to: datetime) -> list[datetime]:
    """The hours that overlap [frm, to) and were never measured, or whose rows have changed since."""
    wanted = hours_between(frm, to)
    if not wanted:
        return []
    end = wanted[-1] + HOUR
    with db.transaction() as conn:
        now, then = store.fingerprints(conn, wanted[0], end), store.marks(conn, wanted[0], end)
    return [hour for hour in wanted if now.get(hour, 0) != then.get(hour)]
