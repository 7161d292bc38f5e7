"""How long rows are kept in, older ones gone out; inside the caller's transaction.

A month of which nobody keeps a row goes as a whole partition. What is dropped is whole local days: readings, what was replaced of them and
their rollups, so that rollups stay what a full recomputation would give.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection, sql
from psycopg.errors import LockNotAvailable

from nova.store import queries
from nova.store.series.local_days import midnights

SQL = queries.load("series")
READINGS = "smart_meter_readings"
LOCK_MS = 2000


@dataclass(frozen=True, slots=True)
class Dropped:
    """What went: rows deleted one by one, and the partitions dropped whole."""

    rows: int = 0
    partitions: tuple[str, ...] = ()


def drop_readings(conn: Connection[Any], now: datetime, default_days: int | None = None) -> Dropped:
    """Drop readings older than their meter's `keep_days`, else `default_days` (None: keep them for ever).

    Waits for nobody who stores rows: what comes in late for days so old goes with the next call.
    """
    limited = conn.execute(SQL["limited_meters"], {"default": default_days}).fetchall()
    if not limited:
        return Dropped()
    for_ever = conn.execute(SQL["keeps_for_ever"], {"default": default_days}).fetchone()
    partitions: tuple[str, ...] = ()
    if for_ever is None or not for_ever["yes"]:
        partitions = _drop_months(conn, READINGS, _cutoff(now, max(row["keep_days"] for row in limited)))
    rows = 0
    for row in limited:
        values = {"meter_id": row["meter_id"], "before": _cutoff(now, row["keep_days"])}
        rows += conn.execute(SQL["drop_readings"], values).rowcount
        for query in ("drop_versions", "drop_rollups", "drop_changes"):
            conn.execute(SQL[query], values)
    return Dropped(rows, partitions)


def _cutoff(now: datetime, days: int) -> int:
    """The local midnight `days` days before today's."""
    noon = int(now.timestamp()) - days * 86_400
    return int(midnights(noon, noon)[0])


def _drop_months(conn: Connection[Any], table: str, before: int) -> tuple[str, ...]:
    """Drop the partitions of whole months before an instant; none when somebody holds the table for longer than a moment."""
    conn.execute(SQL["lock_partitions"], {"name": f"partitions of {table}"})
    names = [str(row["name"]) for row in conn.execute(SQL["partitions"], {"table": table}).fetchall()]
    past = sorted(name for name in names if _ends(table, name) <= datetime.fromtimestamp(before, UTC))
    try:
        with conn.transaction():
            conn.execute("SELECT set_config('lock_timeout', %s, true)", (str(LOCK_MS),))
            for name in past:
                conn.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
            conn.execute("SELECT set_config('lock_timeout', '0', true)")
    except LockNotAvailable:
        return ()
    return tuple(past)


def _ends(table: str, name: str) -> datetime:
    """When the month of a partition ends; never for other partitions."""
    try:
        start = datetime.strptime(name.removeprefix(f"{table}_"), "%Y_%m").replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return (start + timedelta(days=31)).replace(day=1)
