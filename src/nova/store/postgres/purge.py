"""Tables from which rows were deleted in, files without any trace of these rows out: what PostgreSQL itself keeps for a while.

A deleted row stays in its page, in its table's statistics and in the write-ahead log. Tables are written anew (VACUUM FULL), statistics
too, and the log is moved on until no file of it is older than the deletion. On a server of one's own the log is the server's matter.
"""

import time
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection, errors, sql

from nova.errors import JobWaits
from nova.store import queries
from nova.store.postgres.db import Database

SQL = queries.load("rights")
SMALL, LARGEST = 64 << 20, 2 << 30  # bytes: written anew in any case; written anew when something was deleted
LOCK_TRIES, LOCK_MS = 3, 5000
OTHERS_S = 60.0
SEGMENT, PIECE = 16 << 20, 1 << 20
FLUSH = "nova_flush"
# What is remembered of the values of tables that are empty now: ANALYZE leaves it as it is where there is no row. Servers before 18 do not
# know the function, so this is no query of the room.
CLEARS_STATISTICS = 180000
CLEAR_STATISTICS = """
SELECT pg_clear_attribute_stats(s.schemaname::text, s.tablename::text, s.attname::text, s.inherited)
FROM pg_stats s JOIN pg_class c ON c.relname = s.tablename AND c.relnamespace = 'public'::regnamespace
WHERE s.schemaname = 'public' AND c.reltuples <= 0
"""
# What goes with the rows of a table, by foreign keys, triggers or because it is made from them.
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "items": (
        "item_versions", "item_sections", "item_chunks", "chunk_places", "chunk_embeddings", "index_outbox", "law_aliases", "analysers",
    ),
    "meters": (
        "smart_meter_readings", "reading_versions", "reading_rollups", "reading_changes", "forecasts", "forecast_scores", "forecast_models",
    ),
    "answers": ("data_facts", "gap_answers", "gap_steps", "gap_step_questions", "reviews", "curated_answers", "second_opinions"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """Tables that were written anew, those that still hold pages with deleted rows, and whether the log was moved on."""

    rewritten: tuple[str, ...]
    left: tuple[str, ...]
    log: bool


def purge(db: Database, tables: Collection[str], touched: Collection[str], since: datetime, *, own_server: bool) -> PurgeReport:
    """Write `tables` anew as far as they are small or `touched`. JobWaits while a transaction still sees what was there at `since`."""
    wanted, changed = _with_companions(tables), _with_companions(touched)
    with closing(db.listen()) as connection:
        _wait_for_others(connection, since)
        found = connection.execute(SQL["tables_with"], {"names": sorted(wanted)}).fetchall()
        rewritten, left = [], []
        for row in found:
            if row["bytes"] <= (LARGEST if row["of"] in changed else SMALL) and _rewritten(connection, row["name"]):
                rewritten.append(str(row["name"]))
            elif row["of"] in changed:
                _vacuum(connection, row["name"], "ANALYZE")
                left.append(str(row["name"]))
        for name in _parents(connection, wanted):
            connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))  # its statistics hold values of all its parts
        if connection.info.server_version >= CLEARS_STATISTICS:
            connection.execute(CLEAR_STATISTICS)
        _rewritten(connection, "pg_catalog.pg_statistic", analyze=False)
        connection.execute("REFRESH MATERIALIZED VIEW mv_events_daily")
        return PurgeReport(tuple(rewritten), tuple(left), _moved_on(connection, own_server=own_server))


def _with_companions(tables: Collection[str]) -> set[str]:
    return {*tables, *(name for table in tables for name in COMPANIONS.get(table, ()))}


def _parents(connection: Connection[Any], names: Collection[str]) -> list[str]:
    """Those of the tables that are only the sum of their partitions."""
    return [str(row["name"]) for row in connection.execute(SQL["partitioned"], {"names": sorted(names)}).fetchall()]


def _wait_for_others(connection: Connection[Any], since: datetime) -> None:
    until = time.monotonic() + OTHERS_S
    while (connection.execute(SQL["older_transactions"], {"moment": since}).fetchone() or {}).get("n"):
        if time.monotonic() > until:
            raise JobWaits("Eine ältere Abfrage sieht noch, was gelöscht wurde; es wird später zu Ende gelöscht.", data={"retry_after": 30})
        time.sleep(0.2)


def _rewritten(connection: Connection[Any], table: str, *, analyze: bool = True) -> bool:
    """Whether the table was written anew; not while somebody holds it for long, and not where that is another's right."""
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (str(LOCK_MS),))
    for _ in range(LOCK_TRIES):
        try:
            _vacuum(connection, table, "FULL, ANALYZE" if analyze else "FULL")
        except errors.LockNotAvailable:
            continue
        except errors.InsufficientPrivilege:
            return False
        return True
    return False


def _vacuum(connection: Connection[Any], table: str, how: str) -> None:
    name = sql.SQL(".").join(sql.Identifier(part) for part in table.split("."))
    connection.execute(sql.SQL("VACUUM ({}) {}").format(sql.SQL(how), name))


def _moved_on(connection: Connection[Any], *, own_server: bool) -> bool:
    """Whether the log begins after all that was written before this call.

    The embedded server keeps no old segment once a checkpoint is past it (`wal_recycle`). Its role may not ask for a checkpoint; making and
    dropping a database does.
    """
    if not own_server:
        with suppress(psycopg.Error):
            connection.execute("CHECKPOINT")
        return False
    for _ in range(SEGMENT // PIECE + 1):
        connection.execute("SELECT pg_logical_emit_message(true, 'nova', repeat('0', %s))", (PIECE,))
    connection.execute(f"DROP DATABASE IF EXISTS {FLUSH}")
    connection.execute(f"CREATE DATABASE {FLUSH} TEMPLATE template0 STRATEGY file_copy")
    connection.execute(f"DROP DATABASE {FLUSH}")
    return True
