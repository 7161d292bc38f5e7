"""Rows of answers, turns, judgements and events in, figures by the hour out; and hours in, values with bounds over any window.

An hour's figures depend on the rows alone: measured twice they are the same, measured after an erasure they are as if the person had never
been there. Windows are half-open [from, to); times are aware.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from psycopg import Connection

from nova.courtesy import make_way
from nova.crowd import enough
from nova.kpi.measure.contacts import AGAIN
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.hour import HOUR, Gauge, hour_rows
from nova.kpi.measure.registry import Kpi
from nova.stats import bounds, histograms
from nova.store.postgres.db import Database
from nova.store.quality import kpi as store
from nova.store.quality import kpi_evidence

LONGEST = timedelta(days=3660)  # span that is measured at once


def told(one: Estimate) -> dict[str, Any]:
    """A figure as it is told, as plain values."""
    return asdict(one.shown)


def told_day(one: "Day") -> dict[str, Any]:
    """The same of a day."""
    return {**told(one), "day": one.day}


@dataclass(frozen=True, slots=True)
class Day(Estimate):
    """A figure of one local day (Europe/Berlin)."""

    day: date = date.min


def window(conn: Connection[Any], kpi: Kpi, frm: datetime, to: datetime, segment: str = "") -> Estimate:
    """A figure over the whole hours that begin in [frm, to)."""
    return _measured(kpi, store.sums(conn, kpi.stored, segment, frm, to, spread=kpi.kind == "percentile"))


def days(conn: Connection[Any], kpi: Kpi, frm: datetime, to: datetime, segment: str = "") -> list[Day]:
    """A figure by local day, oldest first; days of which nothing was measured are left out."""
    found = store.day_sums(conn, kpi.stored, segment, frm, to)
    return [Day(**asdict(_measured(kpi, sums)), day=day) for day, sums in found.items()]


def _measured(kpi: Kpi, sums: store.Sums) -> Estimate:
    return replace(_value(kpi, sums), few=kpi.of_people and sums.n > 0 and not enough(sums.people))


def _value(kpi: Kpi, sums: store.Sums) -> Estimate:
    if kpi.kind == "count":
        low, high = bounds.count_bounds(sums.total) if kpi.digits == 0 else (None, None)
        return Estimate(sums.total, sums.n, low, high)
    if not sums.n:
        return Estimate(None, 0)
    if kpi.kind == "percentile":
        low, high = histograms.percentile_bounds(sums.buckets, kpi.quantile)
        return Estimate(histograms.percentile(sums.buckets, kpi.quantile), sums.n, low, high)
    if kpi.kind == "share":
        low, high = bounds.wilson(sums.total, sums.n)
    else:
        low, high = bounds.mean_bounds(sums.n, sums.total, sums.squares, kpi.within)
    return Estimate(sums.total / sums.n, sums.n, low, high)


def measure(db: Database, frm: datetime, to: datetime, gauge: Gauge | None = None) -> int:
    """Measure every hour that overlaps [frm, to), in place of what stood there; how many hours."""
    return measure_hours(db, hours_between(frm, to), gauge)


def measure_hours(
    db: Database, starts: Iterable[datetime], gauge: Gauge | None = None, step: Callable[[int, int], None] | None = None
) -> int:
    """Measure these whole hours (each by the moment it begins), one transaction each; how many.

    `step` is told before each how many are done and how many there are, and may raise to stop: what is done stays done.
    """
    gauge, hours = gauge or Gauge(), sorted(set(starts))
    for done, hour in enumerate(hours):
        if step:
            step(done, len(hours))
        make_way()
        db.retry(partial(_measure_hour, hour=hour, gauge=gauge))
    return len(hours)


def _measure_hour(conn: Connection[Any], hour: datetime, gauge: Gauge) -> None:
    store.lock(conn)
    evidence = store.fingerprints(conn, hour, hour + HOUR).get(hour)  # before the rows: what comes between is measured again
    store.put_hours(conn, hour, hour + HOUR, [] if evidence is None else hour_rows(conn, hour, gauge))
    store.mark(conn, {hour: evidence or 0})


def hours_between(frm: datetime, to: datetime) -> list[datetime]:
    """The whole hours that overlap [frm, to), each by the moment it begins."""
    hour, found = frm.astimezone(UTC).replace(minute=0, second=0, microsecond=0), []
    while hour < to:
        found.append(hour)
        hour += HOUR
    return found


def stale(db: Database, frm: datetime, to: datetime) -> list[datetime]:
    """The hours that overlap [frm, to) and were never measured, or whose rows, or the same people's before, have changed since."""
    wanted = hours_between(frm, to)
    if not wanted:
        return []
    end = wanted[-1] + HOUR
    with db.transaction() as conn:
        now, then = store.fingerprints(conn, wanted[0], end), store.marks(conn, wanted[0], end)
        changed = {hour for hour in wanted if now.get(hour, 0) != then.get(hour)}
        same = [hour for hour in wanted if hour not in changed]
        came_late = [hour for hour in changed if same and hour < same[-1]]
        changed |= kpi_evidence.followers(conn, sorted(came_late), AGAIN + HOUR) & set(same)
    return sorted(changed)
