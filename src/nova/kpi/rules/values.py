"""A rule and a moment in, the value it is held against out: of the window that ends then, by the rule's method."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from psycopg import Connection

from nova.crowd import enough
from nova.german import BERLIN
from nova.kpi.measure.estimate import Estimate
from nova.kpi.measure.figures import window
from nova.kpi.measure.registry import KPIS
from nova.kpi.rules.smooth import Hour, counts_off, cusum, drift, ewma, usual
from nova.kpi.rules.thresholds import HOUR, Rule
from nova.store.quality import kpi as store

LEAST_DAY, LEAST_WEEK = 3 * 24, 14 * 24  # hours of the time before, to know how a day and a week go
BEFORE = 4  # windows before this one that tell what is usual
LEAST_BEFORE = timedelta(days=28)  # of counts: each hour of the week four times, so that Mondays are held against Mondays
HALF_LIVES = 4  # of an exponentially weighted mean within the window


class Past:
    """The hours of one rule's KPI to look at from any moment; sums are kept, so that thousands of looks are quick."""

    def __init__(self, rule: Rule, rows: Sequence[store.HourRow], first: datetime | None = None) -> None:
        """`first`: when the KPI's first hour of all began, where it is earlier than these rows."""
        self._rule = rule
        self._rows = sorted(rows, key=lambda row: row.starts)
        self._starts = [row.starts for row in self._rows]
        self._totals = [0.0, *accumulate(row.total for row in self._rows)]
        self._cases = [0, *accumulate(row.n for row in self._rows)]
        self._counts = _Counts(self._rows, first)

    def at(self, end: datetime) -> Estimate:
        """The value of the window that ends at `end`; for a percentile ask the database instead."""
        start = end - self._rule.window
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        cases = self._cases[last] - self._cases[first]
        few = cases > 0 and KPIS[self._rule.kpi].of_people and self._few(first, last)
        return Estimate(self._value(start, end, self._totals[last] - self._totals[first], cases), cases, few=few)

    def _value(self, start: datetime, end: datetime, total: float, cases: int) -> float | None:
        rule = self._rule
        if rule.method == "threshold":
            return self._sum(total, cases)
        if rule.method == "cusum" and KPIS[rule.kpi].kind == "count":
            return self._counts.drift(rule, start, end)
        if rule.method == "ewma":
            return ewma(self._hours(start, end), end, rule.window.total_seconds() / HALF_LIVES)
        known = usual(self._hours(start - BEFORE * rule.window, start))
        return cusum(self._hours(start, end), known, above=rule.direction == "above") if known else None

    def _few(self, first: int, last: int) -> bool:
        """Whether fewer people are behind these rows than may be told of; it looks no further than it must."""
        known: set[int] = set()
        for row in self._rows[first:last]:
            known.update(row.people)
            if enough(known):
                return False
        return True

    def _hours(self, start: datetime, end: datetime) -> list[Hour]:
        """Means of the hours of [start, end); of a count sums of every hour since the first row."""
        if KPIS[self._rule.kpi].kind == "count":
            first, values, _ = self._counts.between(start, end)
            return [Hour(first + step * HOUR, value, 1) for step, value in enumerate(values)]
        rows = self._rows[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [Hour(row.starts, row.total / row.n, row.n) for row in rows if row.n]

    def _sum(self, total: float, cases: int) -> float | None:
        if KPIS[self._rule.kpi].kind == "count":
            return total
        return total / cases if cases else None


class _Counts:
    """Every hour of a count from its very first on, also those in which nothing came."""

    def __init__(self, rows: Sequence[store.HourRow], first: datetime | None = None) -> None:
        self._first = first or (rows[0].starts if rows else None)
        self._values: list[float] = []
        self._times: list[int] = []
        if self._first is not None:
            for row in rows:
                self._reach((row.starts - self._first) // HOUR + 1)
                self._values[-1] = row.total

    def _reach(self, hours: int) -> None:
        """Go on with empty hours."""
        while self._first is not None and len(self._values) < hours:
            self._times.append(hour_of_week(self._first + len(self._values) * HOUR))
            self._values.append(0.0)

    def between(self, start: datetime, end: datetime) -> tuple[datetime, list[float], list[int]]:
        """The hours that begin in [start, end): when the first does, what came, and their hours of the week."""
        if self._first is None:
            return start, [], []
        low, high = (max(0, -((self._first - moment) // HOUR)) for moment in (start, end))
        self._reach(high)
        return self._first + low * HOUR, self._values[low:high], self._times[low:high]

    def drift(self, rule: Rule, start: datetime, end: datetime) -> float | None:
        """How far the hours are off those before, held against the same hours of the week (of the day, where less is known).

        None where nothing came before, so that nothing could become less.
        """
        _, before, times_before = self.between(start - before_of(rule), start)
        _, values, times = self.between(start, end)
        if rule.direction == "below" and not any(before):
            return None
        rhythm = 7 * 24 if len(before) >= LEAST_WEEK else 24 if len(before) >= LEAST_DAY else 1
        off = counts_off(before, [time % rhythm for time in times_before], values, [time % rhythm for time in times])
        return None if off is None else drift(off, above=rule.direction == "above")


def before_of(rule: Rule) -> timedelta:
    """How long before a rule's window tells what is usual."""
    span = BEFORE * rule.window
    return max(span, LEAST_BEFORE) if rule.method == "cusum" and KPIS[rule.kpi].kind == "count" else span


def ending(rule: Rule, now: datetime) -> datetime:
    """When the window ends that a rule is held against now: for counts and drifts with the last whole hour: half an hour has half of it."""
    if rule.method == "threshold" and KPIS[rule.kpi].kind != "count":
        return now
    return whole(now)


def whole(moment: datetime) -> datetime:
    """When its hour began."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def measured(conn: Connection[Any], rule: Rule, now: datetime) -> Estimate:
    """What a rule is held against now, with bounds where the method has some."""
    end = ending(rule, now)
    if rule.method == "threshold":
        return window(conn, KPIS[rule.kpi], end - rule.window, end, rule.segment)
    return past(conn, rule, end - rule.window, end).at(end)


def past(conn: Connection[Any], rule: Rule, frm: datetime, to: datetime) -> Past:
    """All hours that a look from any moment in (frm, to] can need."""
    kpi, reach = KPIS[rule.kpi].stored, whole(frm - rule.window - before_of(rule))
    first = store.first_hour(conn, kpi, rule.segment)
    return Past(rule, store.hours(conn, kpi, rule.segment, reach, to), max(first, reach) if first else None)


def all_measured(conn: Connection[Any], rules: Sequence[Rule], now: datetime) -> Mapping[str, Estimate]:
    """Every rule's value, by its name."""
    return {rule.name: measured(conn, rule, now) for rule in rules}


def hour_of_week(moment: datetime) -> int:
    """The hour that clocks show, from Monday 0 o'clock on."""
    local = moment.astimezone(BERLIN)
    return local.weekday() * 24 + local.hour
