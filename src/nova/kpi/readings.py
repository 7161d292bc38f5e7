"""A rule and a moment in, the value it is held against out: of the window that ends then, by the rule's method."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from nova.kpi.alerts import Value
from nova.kpi.measure import Measured, window
from nova.kpi.registry import KPIS
from nova.kpi.smooth import Hour, cusum, ewma, levelled, usual
from nova.kpi.thresholds import Rule
from nova.store import kpi as store

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
LEAST_RHYTHM = {"day": timedelta(days=3), "week": timedelta(days=14)}  # of the time before, to know how a day and a week go
LEAST_RATE = 0.1  # cases an hour; fewer are no rhythm
BEFORE = 4  # windows before this one that tell what is usual
HALF_LIVES = 4  # of an exponentially weighted mean within the window


class Past:
    """The hours of one rule's KPI to look at from any moment; sums are kept, so that thousands of looks are quick."""

    def __init__(self, rule: Rule, rows: Sequence[store.HourRow]) -> None:
        self._rule = rule
        self._rows = sorted(rows, key=lambda row: row.starts)
        self._starts = [row.starts for row in self._rows]
        self._totals = [0.0, *accumulate(row.total for row in self._rows)]
        self._cases = [0, *accumulate(row.n for row in self._rows)]

    def at(self, end: datetime) -> Value:
        """The value of the window that ends at `end`; for a percentile ask the database instead."""
        rule, start = self._rule, end - self._rule.window
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        cases = self._cases[last] - self._cases[first]
        if rule.method == "threshold":
            return Value(self._sum(self._totals[last] - self._totals[first], cases), cases)
        hours = _hours(rule, self._rows[first:last], start, end)
        if rule.method == "ewma":
            return Value(ewma(hours, end, rule.window.total_seconds() / HALF_LIVES), cases)
        before = self._rows[bisect_left(self._starts, start - BEFORE * rule.window) : first]
        return Value(self._drift(hours, before, start), cases)

    def _drift(self, hours: list[Hour], rows: Sequence[store.HourRow], start: datetime) -> float | None:
        """How far the hours have drifted from those before; a count is held against the same hours of the day or the week."""
        rule, floor = self._rule, 1e-9
        if not rows:
            return None
        before = _hours(rule, rows, rows[0].starts, start)
        if KPIS[rule.kpi].kind == "count":
            floor = sqrt(max(sum(hour.value for hour in before) / len(before), LEAST_RATE))
            if start - rows[0].starts >= LEAST_RHYTHM["day"]:
                before, hours = levelled(before, hours, hour_of_week if start - rows[0].starts >= LEAST_RHYTHM["week"] else hour_of_day)
        known = usual(before, floor)
        return cusum(hours, known, above=rule.direction == "above") if known else None

    def _sum(self, total: float, cases: int) -> float | None:
        if KPIS[self._rule.kpi].kind == "count":
            return total
        return total / cases if cases else None


def measured(conn: Connection[Any], rule: Rule, now: datetime) -> Value:
    """What a rule is held against now, with bounds where the method has some."""
    if rule.method == "threshold":
        return value_of(window(conn, KPIS[rule.kpi], now - rule.window, now, rule.segment))
    return past(conn, rule, now - rule.window, now).at(now)


def past(conn: Connection[Any], rule: Rule, frm: datetime, to: datetime) -> Past:
    """All hours that a look from any moment in (frm, to] can need."""
    reach = frm - (BEFORE + 1) * rule.window
    return Past(rule, store.hours(conn, KPIS[rule.kpi].stored, rule.segment, reach, to))


def all_measured(conn: Connection[Any], rules: Sequence[Rule], now: datetime) -> Mapping[str, Value]:
    """Every rule's value, by its name."""
    return {rule.name: measured(conn, rule, now) for rule in rules}


def hour_of_day(moment: datetime) -> int:
    """The hour that clocks show."""
    return moment.astimezone(BERLIN).hour


def hour_of_week(moment: datetime) -> tuple[int, int]:
    """The day of the week and the hour that clocks show."""
    local = moment.astimezone(BERLIN)
    return local.weekday(), local.hour


def value_of(found: Measured) -> Value:
    """A measured figure as rules read it."""
    return Value(found.value, found.n, found.low, found.high)


def _hours(rule: Rule, rows: Sequence[store.HourRow], frm: datetime, to: datetime) -> list[Hour]:
    """Means by the hour; of a count every hour, also those in which nothing came."""
    if KPIS[rule.kpi].kind != "count":
        return [Hour(row.starts, row.total / row.n, row.n) for row in rows if row.n]
    known = {row.starts: row.total for row in rows}
    first = frm.replace(minute=0, second=0, microsecond=0)
    starts = [first + step * HOUR for step in range(int((to - first) / HOUR) + 1)]
    return [Hour(at, known.get(at, 0.0), 1) for at in starts if frm <= at < to]
