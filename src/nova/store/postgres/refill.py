"""The rows of a dump in, an empty database filled with them out. Its schema is not the dump's but the one that this code makes.

The migrations that the dump names are applied anew, in one transaction with the rows. So a dump, whoever has changed it, brings rows for
tables that Nova has, and nothing else; one that holds anything else is refused before the first row is taken.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

import psycopg
from psycopg import Connection, sql

from nova.errors import BadSnapshot, Conflict
from nova.store import queries
from nova.store.postgres.migrate import TABLE, Migration, shipped
from nova.store.postgres.partitions import ensure_month_partitions
from nova.store.postgres.script import Entry, Sequence, Table, entries, parts

SQL = queries.load("refill")
MIGRATIONS = "nova_migrations"
MONTH = re.compile(r"(?P<table>[a-z_]{1,50})_(?P<year>19\d\d|20\d\d|21\d\d)_(?P<month>0[1-9]|1[0-2])")
Tell = Callable[[], None]


@dataclass(slots=True)
class _There:
    """What the migrations made: the columns of each table that holds rows, which of these are parts of another, sequences, every name."""

    columns: Mapping[str, frozenset[str]]
    parts: frozenset[str]
    sequences: frozenset[str]
    names: frozenset[str]
    filled: set[str] = field(default_factory=set)


def versions(stream: BinaryIO) -> list[Migration]:
    """The migrations that a dump's own table of them names; BadSnapshot where they are not this code's first ones, as they were written."""
    rows = [b"".join(part.rows) for part in parts(stream) if isinstance(part, Table) and part.name == MIGRATIONS]
    named = [tuple(line.split("\t")[:3]) for line in b"".join(rows).decode("utf-8", "replace").splitlines()]
    known = shipped()
    if len(named) > len(known):
        raise BadSnapshot("Die Sicherung stammt von einem neueren Nova. Installieren Sie die neuere Version.")
    wanted = known[: len(named)]
    if not named or sorted(named) != sorted((str(one.number), one.name, one.sha256) for one in wanted):
        raise BadSnapshot("Die Sicherung nennt einen Aufbau der Datenbank, den es in keinem Nova gab.")
    return wanted


def check(listing: str, months: Iterable[str], there: _There) -> None:
    """BadSnapshot for anything in a dump's table of contents that the migrations do not make."""
    own = tuple(f"{name}_" for name in (*months, *there.parts))
    for entry in entries(listing):
        if entry.kind not in ("SCHEMA", "COMMENT") and not all(name in there.names or name.startswith(own) for name in entry.names):
            raise BadSnapshot(f"Die Sicherung enthält {entry.kind} „{' '.join(entry.names)[:80]}“, was Nova nicht anlegt.")


def refill(connection: Connection[Any], wanted: list[Migration], listing: str, stream: BinaryIO, tell: Tell) -> None:
    """Fill the empty schema `public`, whole or not at all. BadSnapshot, Conflict (it is not empty)."""
    contents = [*entries(listing)]
    with connection.transaction():
        if connection.execute(SQL["tables"]).fetchone():
            raise Conflict("Die Datenbank ist nicht leer.")
        _build(connection, wanted)
        months = _months(connection, contents)
        there = _there(connection)
        check(listing, months, there)
        kept = _opened(connection)
        for part in parts(stream):
            tell()
            _take(connection, there, part, tell)
        if lacking := sorted(there.columns.keys() - there.filled - there.parts):
            raise BadSnapshot(f"In der Sicherung fehlt die Tabelle {lacking[0]}.")
        _closed(connection, kept)


def _build(connection: Connection[Any], wanted: list[Migration]) -> None:
    """The schema, empty."""
    connection.execute(SQL["plain_partitions"])
    connection.execute(TABLE)
    for migration in wanted:
        connection.execute(migration.sql.encode("utf-8"))
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _months(connection: Connection[Any], contents: list[Entry]) -> list[str]:
    """Make the monthly partitions that the dump has rows for; their names."""
    parted = {str(row["name"]) for row in connection.execute(SQL["parted"]).fetchall()}
    tables = [MONTH.fullmatch(entry.names[0]) for entry in contents if entry.kind == "TABLE"]
    named = [match for match in tables if match and match["table"] in parted]
    for match in named:
        month = date(int(match["year"]), int(match["month"]), 1)
        ensure_month_partitions(connection, match["table"], month, month)
    return [match[0] for match in named]


def _there(connection: Connection[Any]) -> _There:
    kinds: dict[str, set[str]] = {"parted": set(), "part": set(), "sequence": set(), "other": set()}
    for row in connection.execute(SQL["names"]).fetchall():
        kinds[row["kind"]].add(str(row["name"]))
    rows = connection.execute(SQL["columns"]).fetchall()
    columns = {str(row["name"]): frozenset(row["columns"]) for row in rows if row["name"] not in kinds["parted"]}
    return _There(columns, frozenset(kinds["part"]), frozenset(kinds["sequence"]), frozenset().union(*kinds.values()))


def _opened(connection: Connection[Any]) -> list[tuple[str, str, str]]:
    """Empty tables that take rows in any order and without anything following from them; what is to be put back: (table, name, rule)."""
    kept = [(str(row["table"]), str(row["name"]), str(row["rule"])) for row in connection.execute(SQL["references"]).fetchall()]
    for table, name, _ in kept:
        connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    every = [sql.Identifier(str(row["name"])) for row in connection.execute(SQL["tables"]).fetchall()]
    for one in every:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(one))
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(every)))
    return kept


def _closed(connection: Connection[Any], kept: list[tuple[str, str, str]]) -> None:
    for row in connection.execute(SQL["tables"]).fetchall():
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(str(row["name"]))))
    for table, name, rule in kept:
        adding = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
        try:
            connection.execute(adding.format(sql.Identifier(table), sql.Identifier(name), sql.SQL(rule)))
        except psycopg.errors.IntegrityError as error:
            raise BadSnapshot(f"In der Sicherung fehlt, worauf Zeilen der Tabelle {table} verweisen.") from error
    for row in connection.execute(SQL["views"]).fetchall():
        connection.execute(sql.SQL("REFRESH MATERIALIZED VIEW {}").format(sql.Identifier(str(row["name"]))))


def _take(connection: Connection[Any], there: _There, part: Table | Sequence, tell: Tell) -> None:
    if isinstance(part, Sequence):
        if part.name not in there.sequences:
            raise BadSnapshot(f"Die Sicherung enthält die Zählung „{part.name}“, was Nova nicht anlegt.")
        connection.execute(SQL["set_sequence"], {"name": part.name, "last": part.last, "called": part.called})
        return
    known = there.columns.get(part.name)
    if known is None:
        raise BadSnapshot(f"Die Sicherung enthält die Tabelle „{part.name}“, was Nova nicht anlegt.")
    if len(part.columns) != len(known) or frozenset(part.columns) != known:
        raise BadSnapshot(f"In der Sicherung hat die Tabelle {part.name} andere Spalten als in Nova.")
    copy = sql.SQL("COPY public.{} ({}) FROM STDIN").format(
        sql.Identifier(part.name), sql.SQL(", ").join(sql.Identifier(column) for column in part.columns)
    )
    try:
        with connection.cursor().copy(copy) as target:
            for piece in part.rows:
                tell()
                target.write(piece)
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded) as error:
        raise BadSnapshot(f"Die Sicherung enthält Zeilen, die nicht in die Tabelle {part.name} passen.") from error
    there.filled.add(part.name)
