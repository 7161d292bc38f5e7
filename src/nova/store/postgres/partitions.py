"""A table partitioned by `ts` and a span of months in, one partition a month out (`events_2026_03`); bounds are months in UTC."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from psycopg import Connection, sql
from psycopg.rows import scalar_row

DEFAULT_PARTITION = """
SELECT relation.relname AS name FROM pg_partitioned_table parted JOIN pg_class relation ON relation.oid = parted.partdefid
WHERE parted.partrelid = to_regclass(%s)
"""
EXISTING = """
SELECT relation.relname AS name FROM pg_inherits JOIN pg_class relation ON relation.oid = inhrelid WHERE inhparent = to_regclass(%s)
"""


def ensure_month_partitions(connection: Connection[Any], table: str, first: date, last: date) -> list[str]:
    """Make the partitions that are missing for the months of `first` to `last` and return their names; inside the caller's transaction.

    Rows of such a month that wait in a default partition move over. Two callers at once wait for each other.
    """
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"partitions of {table}",))
    existing = set(_names(connection, EXISTING, table))
    made = []
    for start, end in months(first, last):
        name = f"{table}_{start:%Y_%m}"
        if name not in existing:
            _attach(connection, table, name, (start, end))
            made.append(name)
    return made


def months(first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
    """Begin and end (UTC, end excluded) of every month from that of `first` to that of `last`."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        start = datetime(year, month, 1, tzinfo=UTC)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield start, datetime(year, month, 1, tzinfo=UTC)


def _attach(connection: Connection[Any], table: str, name: str, bounds: tuple[datetime, datetime]) -> None:
    """Fill the new table before it becomes a partition: the default partition must not hold its rows at that moment."""
    parent, part = sql.Identifier(table), sql.Identifier(name)
    start, end = (sql.Literal(bound.isoformat()) for bound in bounds)
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)").format(part, parent))
    for default in _names(connection, DEFAULT_PARTITION, table):
        rest = sql.Identifier(default)
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(rest))
        move = "WITH moved AS (DELETE FROM {} WHERE ts >= {} AND ts < {} RETURNING *) INSERT INTO {} SELECT * FROM moved"
        connection.execute(sql.SQL(move).format(rest, start, end, part))
    attach = sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})")
    connection.execute(attach.format(parent, part, start, end))


def _names(connection: Connection[Any], query: str, table: str) -> list[str]:
    cursor = connection.cursor(row_factory=scalar_row)
    return [str(name) for name in cursor.execute(query, (table,)).fetchall()]
