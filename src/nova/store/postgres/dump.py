"""A database in, its dump out, and back; what the dump holds, table by table; and the hold on files while one is made.

`pg_dump` and `pg_restore` come from the bundled wheel. The password goes to them by the environment, never on a command line.
"""

import contextlib
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import psycopg
from psycopg import Connection, sql

from nova.errors import BadSnapshot, Conflict, DiskFull, Misconfigured, NovaError, ServerAbsent
from nova.store import queries
from nova.store.postgres import refill
from nova.store.postgres.cluster import CLEAN_ENVIRONMENT, VERSION, client_program
from nova.store.postgres.db import Database, connected
from nova.store.postgres.migrate import RESTORING, restorer

SQL = queries.load("dump")
REMOVALS = {"space": 0x6E6F7661, "lock": 2}
LOOK_SECONDS = 0.25
MOMENT_S = 5.0
ROWS_ONLY = ("--data-only", "--schema=public", "--no-owner", "--no-privileges", "--file=-")
LARGEST_LISTING = 64 << 20
LARGEST_READER = 2 << 30  # bytes of address space of a program that reads a file from elsewhere
NOT_TOLD = (b"options", b"application_name")
COMPRESSION = "gzip:3"
NUMBER = re.compile(r"\d+")
FULL = ("No space left on device", "could not extend file", "Disk quota exceeded", "File too large")

Tell = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a database: its name for `dump`, and a connection that sees it."""

    name: str
    connection: Connection[dict[str, Any]]


@contextlib.contextmanager
def moment(db: Database) -> Iterator[Moment]:
    """A moment that lasts as long as the block; changes go on outside it."""
    with contextlib.closing(db.listen()) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            row = connection.execute(SQL["export_snapshot"]).fetchone() or {}
            yield Moment(row["snapshot"], connection)


@contextlib.contextmanager
def removals_held(db: Database) -> Iterator[None]:
    """No file that the database named is removed while the block lasts; deletes go on, their files go later.

    The hold is the connection's, so it falls with this process; however the block ends it is let go before what follows it: a server
    notices only a while later that a connection was closed.
    """
    with contextlib.closing(db.listen()) as connection:
        connection.execute(SQL["hold_removals"], REMOVALS)
        try:
            yield
        finally:
            with contextlib.suppress(psycopg.Error):
                connection.execute(SQL["release_removals"], REMOVALS)


def may_remove(connection: Connection[Any]) -> bool:
    """Whether files may be removed in this transaction; False while a snapshot is being made."""
    row = connection.execute(SQL["may_remove"], REMOVALS).fetchone()
    return bool(row and row["granted"])


def counts(connection: Connection[Any]) -> dict[str, int]:
    """Rows in every table of ours, as this transaction sees them."""
    found = {}
    for row in connection.execute(SQL["tables"]).fetchall():
        counted = connection.execute(sql.SQL("SELECT count(*) AS n FROM public.{}").format(sql.Identifier(row["name"]))).fetchone()
        found[str(row["name"])] = int(counted["n"]) if counted else 0
    return found


def documents(connection: Connection[Any]) -> int:
    """How many documents there are, as this transaction sees them; conversations, which are items too, are none."""
    row = connection.execute(SQL["documents"]).fetchone()
    return int(row["n"]) if row else 0


def counts_in(dsn: str) -> dict[str, int]:
    """Rows in every table of ours, of a database that is not open yet."""
    with connected(dsn) as connection:
        return counts(connection)


def schema_version(connection: Connection[Any]) -> str:
    """The name of the newest migration."""
    row = connection.execute(SQL["last_migration"]).fetchone()
    return str(row["name"]) if row else ""


def objects_named(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Every stored file that some version names: (raw or processed, sha256), in order."""
    return [(str(row["kind"]), str(row["name"])) for row in connection.execute(SQL["objects_named"]).fetchall()]


def knowledge_state(connection: Connection[Any]) -> dict[str, Any]:
    """A few figures that differ whenever an answer could differ; `outbox` changes are not in the index yet."""
    return dict(connection.execute(SQL["knowledge_state"]).fetchone() or {})


def asked_lately(connection: Connection[Any], limit: int) -> list[str]:
    """The latest different questions that were answered."""
    return [str(row["question"]) for row in connection.execute(SQL["asked_lately"], {"limit": limit}).fetchall()]


def bytes_stored(connection: Connection[Any]) -> tuple[int, int]:
    """What the database (a dump takes less) and the files take."""
    row = connection.execute(SQL["bytes_stored"]).fetchone() or {}
    return int(row["database"]), int(row["files"])


def dump(when: Moment, target: BinaryIO, tell: Tell) -> None:
    """Write the database as it was at `when` to `target` (a real file), in pg_dump's custom format. `tell` is called all the while.

    Raises Conflict where readings lie in hypertables: pg_dump finds no rows in those, and makes no hypertable of them again.
    """
    if (when.connection.execute(SQL["in_chunks"]).fetchone() or {}).get("yes"):
        raise Conflict(
            "Die Messwerte liegen in Hypertabellen von TimescaleDB; eine Sicherung von Nova enthielte sie nicht. "
            "Sichern Sie die ganze Datenbank mit pg_dump, wie TimescaleDB es beschreibt."
        )
    options = ["--format=custom", "--schema=public", "--no-owner", "--no-privileges", f"--compress={COMPRESSION}"]
    _run([_program("pg_dump", when.connection), *options, f"--snapshot={when.name}"], _environment(when.connection), tell, target)


def restore(dsn: str, source: Path, tell: Tell) -> None:
    """Fill an empty database with a dump's rows, whole or not at all. Nothing that the dump says is executed.

    Raises BadSnapshot for a dump that holds anything but Nova's own tables and rows of them, Conflict when the database is not empty.
    """
    with connected(dsn) as connection:
        program, environment = _program("pg_restore", connection), _environment(connection)
        listing = _said([program, "--list", str(source)], environment, tell)
        with _script([program, *ROWS_ONLY, f"--table={refill.MIGRATIONS}", str(source)], environment) as script:
            wanted = refill.versions(script)
        with _script([program, *ROWS_ONLY, str(source)], environment) as script:
            refill.refill(connection, wanted, listing, script, tell)


def _held(connection: Connection[Any]) -> bool:
    """Whether this connection may restore; the server may take a moment to notice that the one before has ended."""
    until = time.monotonic() + MOMENT_S
    while not (connection.execute(SQL["hold_for_restore"], RESTORING).fetchone() or {}).get("granted"):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@contextlib.contextmanager
def cleared(dsn: str, aside: str, *, replace: bool) -> Iterator[bool]:
    """An empty schema for the block; what was there is kept under the name `aside`. When the block fails all is as it was.

    Gives whether there was anything. Conflict when there was and `replace` is False, or when another Nova works on it; none can open it
    meanwhile.
    """
    with connected(dsn, name=restorer()) as connection:
        if not _held(connection):
            raise Conflict("In diese Datenbank wird gerade schon eine Sicherung eingespielt.")
        if (connection.execute(SQL["others_at_work"]).fetchone() or {}).get("n"):
            raise Conflict("An dieser Datenbank arbeitet noch ein Nova. Beenden Sie es auf allen Rechnern (auch `nova worker`).")
        there = bool(connection.execute(SQL["tables"]).fetchall())
        if there and not replace:
            raise Conflict("Die Datenbank ist nicht leer. Mit --replace wird ihr Inhalt beiseitegelegt.")
        if there:
            connection.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(aside)))
            connection.execute("CREATE SCHEMA public")
        done = False
        try:
            yield there
            done = True
        finally:
            if not done:
                _put_back(connection, aside if there else "")


def _put_back(connection: Connection[dict[str, Any]], aside: str) -> None:
    """Empty `public` again, and give it back what lies in `aside`."""
    for row in connection.execute(SQL["dropping_ours"], {}).fetchall():
        connection.execute(row["command"])
    if aside:
        connection.execute("DROP SCHEMA public")
        connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(aside)))


def tidy_restored(dsn: str, kinds: tuple[str, ...]) -> None:
    """End what must not go on after a restore (sessions, jobs of these kinds), and let the planner know the tables: a dump does not."""
    with connected(dsn) as connection, connection.transaction():
        connection.execute("ANALYZE")
        connection.execute(SQL["sign_everybody_out"])
        connection.execute(SQL["end_snapshot_jobs"], {"kinds": list(kinds)})


def _program(name: str, connection: Connection[Any]) -> str:
    """The wheel's program; the machine's own for a server that is newer, or that asks for TLS, which the wheel's were built without."""
    server = connection.info.server_version // 10000
    if server <= int(VERSION) and not connection.pgconn.ssl_in_use:
        return str(client_program(name))
    installed = shutil.which(name, path=CLEAN_ENVIRONMENT["PATH"])
    if installed is not None:
        said = subprocess.run([installed, "--version"], env=CLEAN_ENVIRONMENT, capture_output=True, text=True, check=False).stdout
        if (found := NUMBER.search(said)) and int(found[0]) >= server:
            return installed
    why = "wird über TLS erreicht" if connection.pgconn.ssl_in_use else f"hat Version {server}"
    raise Misconfigured(
        f"Der Datenbankserver {why}; dafür braucht es {name} ab Version {server} auf diesem Rechner (Paket postgresql-client-{server})."
    )


def _environment(connection: Connection[Any]) -> dict[str, str]:
    """What the programs need to reach the same database in the same way."""
    used = {
        option.envvar.decode(): option.val.decode()
        for option in connection.pgconn.info
        if option.envvar and option.val and option.val != option.compiled and option.keyword not in NOT_TOLD
    }
    return {**CLEAN_ENVIRONMENT, **used}


@contextlib.contextmanager
def _started(
    command: list[str], environment: dict[str, str], stdout: BinaryIO | int, *, bounded: bool
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program of the wheel, which does not outlive the block; its fault, if it has one, is raised after it."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(command, env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=stdout, stderr=errors)
        if bounded:
            _bound(child.pid)
        try:
            yield child
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        errors.seek(0)
        if child.returncode:
            raise _failed(Path(command[0]).name, child.returncode, errors.read().decode("utf-8", "replace"))


def _run(command: list[str], environment: dict[str, str], tell: Tell, stdout: BinaryIO, *, bounded: bool = False) -> None:
    """Run a program of the wheel to its end; when `tell` raises, the program is ended too."""
    with _started(command, environment, stdout, bounded=bounded) as child:
        while child.poll() is None:
            tell()
            time.sleep(LOOK_SECONDS)


def _said(command: list[str], environment: dict[str, str], tell: Tell) -> str:
    """What a program prints; BadSnapshot for far too much."""
    with tempfile.TemporaryFile() as printed:
        _run(command, environment, tell, cast(BinaryIO, printed), bounded=True)
        if printed.seek(0, os.SEEK_END) > LARGEST_LISTING:
            raise BadSnapshot("Das Inhaltsverzeichnis der Sicherung ist zu groß.")
        printed.seek(0)
        return printed.read().decode("utf-8", "replace")


@contextlib.contextmanager
def _script(command: list[str], environment: dict[str, str]) -> Iterator[BinaryIO]:
    """What a program prints, as it prints it; its fault, if it has one, is raised when the block has read everything."""
    reader, writer = os.pipe()
    with open(reader, "rb", buffering=0) as printed, _started(command, environment, writer, bounded=True) as child:
        os.close(writer)
        yield cast(BinaryIO, printed)
        child.wait()


def _bound(pid: int) -> None:
    """A program that reads a file from elsewhere gets no more memory than it needs, and leaves none behind on the disk."""
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_AS, (LARGEST_READER, LARGEST_READER))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _failed(program: str, code: int, said: str) -> NovaError:
    if code == -signal.SIGXFSZ or any(words in said for words in FULL):
        return DiskFull("Der Datenträger ist voll oder nimmt keine so große Datei auf; es wurde nichts angelegt.")
    reason = " ".join(said.split())[-400:]
    if "connection to server" in said or "server closed the connection" in said:
        return ServerAbsent(f"Die Datenbank antwortet nicht: {reason}")
    return NovaError(f"{program} brach ab: {reason}")
