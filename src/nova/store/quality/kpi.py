"""Rows of measured hours: a connection and plain values in, sums out. Functions run inside the caller's transaction (rows are dicts)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.store import queries
from nova.store.postgres.db import execute_many

SQL = queries.load("kpi")


@dataclass(frozen=True, slots=True)
class HourRow:
    """What one hour adds to one figure: `n` cases, their sum and sum of squares, counts by bucket where a percentile is asked for.

    `people` are hashes of who is behind it: all of fewer than `crowd.FEWEST`, else the smallest so many.
    """

    kpi: str
    segment: str
    starts: datetime
    n: int
    total: float
    squares: float = 0.0
    histogram: Mapping[str, int] | None = None
    people: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What the hours of a span add up to. `people`: how many are behind it, exact below `crowd.FEWEST`, else at least so many."""

    n: int
    total: float
    squares: float
    buckets: Mapping[int, int]
    people: int = 0


def lock(conn: Connection[Any]) -> None:
    """Wait until nobody else measures; held until the transaction ends."""
    conn.execute(SQL["lock_measuring"])


def put_hours(conn: Connection[Any], frm: datetime, to: datetime, rows: Iterable[HourRow]) -> None:
    """These rows and no others stand for the hours of [frm, to)."""
    conn.execute(SQL["clear_hours"], {"frm": frm, "to": to})
    execute_many(conn, SQL["put_hour"], [_values(row) for row in rows])


def _values(row: HourRow) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return values | {"people": list(row.people), "histogram": None if row.histogram is None else Jsonb(dict(row.histogram))}


def mark(conn: Connection[Any], marks: Mapping[datetime, int]) -> None:
    """These hours were measured from rows with these fingerprints."""
    execute_many(conn, SQL["mark_hour"], [{"starts": starts, "evidence": evidence} for starts, evidence in sorted(marks.items())])


def fingerprints(conn: Connection[Any], frm: datetime, to: datetime) -> dict[datetime, int]:
    """What the rows of each hour of [frm, to) are now; hours without rows are left out."""
    return {row["starts"]: int(row["evidence"]) for row in conn.execute(SQL["fingerprints"], {"frm": frm, "to": to})}


def marks(conn: Connection[Any], frm: datetime, to: datetime) -> dict[datetime, int]:
    """What the rows of each measured hour were."""
    return {row["starts"]: row["evidence"] for row in conn.execute(SQL["marks"], {"frm": frm, "to": to})}


def measured_until(conn: Connection[Any]) -> datetime | None:
    """Up to when figures are whole: the end of the last hour that was measured, or when that was done while the hour ran."""
    row = conn.execute(SQL["measured_until"]).fetchone()
    return row["until"] if row else None


def measured_to(conn: Connection[Any]) -> datetime | None:
    """The end of the last hour that was measured; None before the first."""
    row = conn.execute(SQL["measured_to"]).fetchone()
    return row["until"] if row else None


def oldest_evidence(conn: Connection[Any]) -> datetime | None:
    """When the first row was written that a figure comes from; None where there is none."""
    row = conn.execute(SQL["oldest_evidence"]).fetchone()
    return row["ts"] if row else None


def sums(conn: Connection[Any], kpi: str, segment: str, frm: datetime, to: datetime, *, spread: bool = False) -> Sums:
    """What the hours of [frm, to) add up to; `spread`: with their histograms."""
    values = {"kpi": kpi, "segment": segment, "frm": frm, "to": to}
    row = conn.execute(SQL["window_rows"], values).fetchone() or {"n": 0, "total": 0.0, "squares": 0.0, "people": 0}
    buckets = spread_of(conn, kpi, segment, frm, to) if spread else {}
    return Sums(row["n"], float(row["total"]), float(row["squares"]), buckets, row["people"])


def told_hours(conn: Connection[Any], since: datetime) -> list[tuple[str, datetime, int, float]]:
    """Of each figure and hour since a moment the cases and their sum, where enough people are behind them to tell; oldest first."""
    rows = conn.execute(SQL["told_hours"], {"since": since}).fetchall()
    return [(row["kpi"], row["starts"], int(row["n"]), float(row["total"])) for row in rows]


def spread_of(conn: Connection[Any], kpi: str, segment: str, frm: datetime, to: datetime) -> dict[int, int]:
    """The histograms of [frm, to), added up."""
    values = {"kpi": kpi, "segment": segment, "frm": frm, "to": to}
    return {int(one["bucket"]): one["count"] for one in conn.execute(SQL["window_histograms"], values)}


@dataclass(frozen=True, slots=True)
class Total:
    """What a figure adds up to, from how many cases, and from a moment on (`today`)."""

    n: int = 0
    total: float = 0.0
    today: float = 0.0


def totals(conn: Connection[Any], kpis: Sequence[str], frm: datetime, to: datetime, today: datetime) -> dict[str, Total]:
    """The totals of these figures over [frm, to), and those from `today` on; figures without rows are left out."""
    values = {"kpis": list(kpis), "frm": frm, "to": to, "today": today}
    return {row["kpi"]: Total(row["n"], row["total"], row["today"]) for row in conn.execute(SQL["several_sums"], values)}


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Answers counted themselves: all, those from a moment on (`today`), those known to be refused or not (`told`), refused ones.

    `buckets`: how long Nova's own took.
    """

    n: int
    today: int
    told: int
    refused: int
    buckets: Mapping[int, int]


def since(conn: Connection[Any], frm: datetime, to: datetime, today: datetime, grid: tuple[int, int]) -> AnswerCounts:
    """The answers of [frm, to). Bucket 0 is below 1 ms, then come `grid[0]` an octave up to bucket `grid[1]`."""
    values = {"frm": frm, "to": to, "today": today, "steps": grid[0], "last": grid[1]}
    rows = conn.execute(SQL["answers_since"], values).fetchall()
    n, begun, told, refused = (sum(row[name] for row in rows) for name in ("n", "today", "told", "refused"))
    return AnswerCounts(n, begun, told, refused, {row["bucket"]: row["n"] for row in rows if row["bucket"] is not None})


def people(conn: Connection[Any], frm: datetime, to: datetime, today: datetime) -> list[tuple[int, bool]]:
    """Hashes of who asked in the measured hours of [frm, to), as far as hours know them, and whether from `today` on."""
    values = {"frm": frm, "to": to, "today": today}
    return [(row["who"], row["today"]) for row in conn.execute(SQL["people_of_hours"], values)]


def people_since(conn: Connection[Any], frm: datetime, to: datetime, today: datetime) -> list[tuple[UUID, bool]]:
    """Who asked in [frm, to), and whether from `today` on; nobody known is left out."""
    rows = conn.execute(SQL["people_since"], {"frm": frm, "to": to, "today": today}).fetchall()
    return [(row["who"], row["today"]) for row in rows if row["who"] is not None]


def day_sums(conn: Connection[Any], kpi: str, segment: str, frm: datetime, to: datetime) -> dict[date, Sums]:
    """The same by local day (Europe/Berlin), oldest first; days without rows are left out."""
    values = {"kpi": kpi, "segment": segment, "frm": frm, "to": to}
    buckets: dict[date, dict[int, int]] = defaultdict(dict)
    for one in conn.execute(SQL["day_histograms"], values):
        buckets[one["day"]][int(one["bucket"])] = one["count"]
    rows = conn.execute(SQL["day_rows"], values).fetchall()
    return {
        row["day"]: Sums(row["n"], float(row["total"]), float(row["squares"]), buckets.get(row["day"], {}), row["people"]) for row in rows
    }


def hours(conn: Connection[Any], kpi: str, segment: str, frm: datetime, to: datetime) -> list[HourRow]:
    """The rows of a span, oldest first."""
    rows = conn.execute(SQL["hour_rows"], {"kpi": kpi, "segment": segment, "frm": frm, "to": to}).fetchall()
    return [HourRow(kpi, segment, **row) for row in rows]


def first_hour(conn: Connection[Any], kpi: str, segment: str) -> datetime | None:
    """When the first of all hours of a figure began; None before it."""
    row = conn.execute(SQL["first_hour"], {"kpi": kpi, "segment": segment}).fetchone()
    return row["starts"] if row else None


def segments(conn: Connection[Any], kpi: str, frm: datetime, to: datetime, limit: int) -> list[tuple[str, int]]:
    """The segments that a figure has in [frm, to) and how many cases, the fullest first."""
    rows = conn.execute(SQL["segments"], {"kpi": kpi, "frm": frm, "to": to, "limit": limit}).fetchall()
    return [(row["segment"], row["n"]) for row in rows]
