"""A database in, the same with the schema this code needs out: numbered files, each once, in order, in a transaction of its own.

`NNNN_pre_*.sql` is safe while the code before still runs, `NNNN_post_*.sql` (drops, tighter rules) follows once it has gone.
A start applies both; a rolling upgrade calls `migrate(dsn, phases=("pre",))` first.
"""

import hashlib
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.rows import tuple_row

from nova.errors import Busy, Misconfigured, ServerAbsent, disk_full

FILE = re.compile(r"(?P<number>\d{4})_(?P<phase>pre|post)_[a-z0-9_]+\.sql")
PHASES = ("pre", "post")
LOCK = 0x6E6F7661  # "nova"
RESTORING = {"space": LOCK, "lock": 3}
BEING_RESTORED = """
SELECT activity.application_name FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid)
WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2 AND held.classid = %(space)s AND held.objid = %(lock)s
  AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
LONGEST_NAME = 63
OLDEST_SERVER = 150000
CONNECT_SECONDS = 10
TABLE = """
CREATE TABLE IF NOT EXISTS nova_migrations (
    number     integer PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: its number, phase and text."""

    number: int
    phase: str
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """What the database remembers of the text."""
        return hashlib.sha256(self.sql.encode("utf-8")).hexdigest()


def shipped() -> list[Migration]:
    """The migrations that come with this code, in order."""
    return read(resources.files(__package__) / "migrations")


def read(folder: Traversable) -> list[Migration]:
    """The migrations in a folder, in order; ValueError for a wrong name, or a number given twice or left out."""
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    found = []
    for expected, entry in enumerate(files, start=1):
        match = FILE.fullmatch(entry.name)
        if match is None or int(match["number"]) != expected:
            raise ValueError(f"{entry.name}: expected the name {expected:04}_pre_<words>.sql or {expected:04}_post_<words>.sql")
        text = entry.read_text(encoding="utf-8")
        found.append(Migration(expected, match["phase"], entry.name.removesuffix(".sql"), text))
    return found


def migrate(dsn: str, *, phases: Iterable[str] = PHASES, migrations: list[Migration] | None = None) -> list[str]:
    """Apply what is missing and return the names; a second starter waits for the first.

    Raises Busy while another process restores into this database, Misconfigured when an applied file was changed, the database is newer
    than this code, or a file fails (nothing of it stays), DiskFull, and ServerAbsent when nobody answers.
    """
    ordered = shipped() if migrations is None else migrations
    with _connect(dsn) as connection:
        _require_server(connection)
        require_unrestored(connection)
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        try:
            _create_table(connection)
            applied = _applied(connection)
            _compare(ordered, applied)
            wanted = set(phases)
            missing = [one for one in ordered if one.number not in applied and one.phase in wanted]
            for migration in missing:
                _apply(connection, migration)
        finally:
            if not connection.closed:
                connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
    return [one.name for one in missing]


def pending(dsn: str) -> list[str]:
    """The names of the migrations that this database has not seen; Misconfigured when it is newer than this code."""
    with _connect(dsn) as connection:
        require_unrestored(connection)
        row = connection.execute("SELECT to_regclass('nova_migrations') IS NOT NULL").fetchone()
        applied = _applied(connection) if row and row[0] else {}
        ordered = shipped()
        _compare(ordered, applied)
        return [one.name for one in ordered if one.number not in applied]


def require_current(dsn: str) -> None:
    """Nothing when every migration of this code is applied; ServerAbsent until then, Misconfigured when the database is newer."""
    if pending(dsn):
        raise ServerAbsent("Die Datenbank ist noch nicht auf dem Stand dieser Version. Starten Sie zuerst `nova up` in derselben Version.")


def restorer() -> str:
    """What this process calls its connection that holds a database for a restore."""
    return f"nova-restore-{os.getpid()}@{platform.node()}"[:LONGEST_NAME]


def require_unrestored(connection: Connection[Any]) -> None:
    """Busy while another process fills this database. The holder looks for others once it holds, so one of both sees the other.

    That is true of the connections that are open when this is asked, so it is asked again once those stand that stay.
    """
    row = connection.cursor(row_factory=tuple_row).execute(BEING_RESTORED, RESTORING).fetchone()
    if row and row[0] != restorer():
        raise Busy("In diese Datenbank wird gerade eine Sicherung eingespielt. Warten Sie, bis das beendet ist.", data={"retry_after": 30})


def _connect(dsn: str) -> Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=CONNECT_SECONDS, application_name="nova-migrate")
    except psycopg.OperationalError as error:
        raise ServerAbsent(f"Die Datenbank antwortet nicht: {error}") from error


def _require_server(connection: Connection[tuple[object, ...]]) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise Misconfigured(f"Nova braucht PostgreSQL ab Version 15; der Server hat Version {version // 10000}.")
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise Misconfigured(f"Die Datenbank muss in UTF8 angelegt sein; diese ist in {encoding}.")


def _create_table(connection: Connection[tuple[object, ...]]) -> None:
    try:
        connection.execute(TABLE)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Misconfigured("Der Datenbankbenutzer darf keine Tabellen anlegen. Machen Sie ihn zum Eigentümer der Datenbank.") from error


def _applied(connection: Connection[tuple[object, ...]]) -> dict[int, tuple[str, str]]:
    rows = connection.execute("SELECT number, name, sha256 FROM nova_migrations ORDER BY number").fetchall()
    return {int(str(number)): (str(name), str(digest)) for number, name, digest in rows}


def _compare(ordered: list[Migration], applied: Mapping[int, tuple[str, str]]) -> None:
    known = {one.number: one for one in ordered}
    for number, (name, digest) in applied.items():
        if number not in known:
            raise Misconfigured(
                f"Die Datenbank ist neuer als dieses Nova: sie enthält die Migration {name}. Installieren Sie die neuere Version."
            )
        if known[number].sha256 != digest:
            raise Misconfigured(f"Die Migration {name} wurde nach ihrer Anwendung verändert. Installieren Sie Nova unverändert neu.")


def _apply(connection: Connection[tuple[object, ...]], migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(migration.sql.encode("utf-8"))
            values = (migration.number, migration.name, migration.sha256)
            connection.execute("INSERT INTO nova_migrations (number, name, sha256) VALUES (%s, %s, %s)", values)
    except psycopg.errors.DiskFull as error:
        raise disk_full() from error
    except psycopg.Error as error:
        raise Misconfigured(f"Die Migration {migration.name} schlug fehl: {error}") from error
