"""A data folder in, a running PostgreSQL with its connection string out: start, attach to one that runs, let go.

Everybody who uses the server holds a shared lock on `postgres/lease`; a guard process (see guard.py) owns the server and stops it when
the last lock is gone, however its holder ended. So the first `nova` command starts the server, further ones attach, the last one stops
it, and a kill -9 leaves nothing behind. Readiness is a real `SELECT 1`, never a pid file. The guard restarts a server that dies, and
whoever uses the server restarts a guard that dies.
"""

import contextlib
import fcntl
import json
import os
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import psycopg
import structlog
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from nova.errors import Misconfigured, NovaError, ServerAbsent, disk_full, is_full
from nova.store.postgres import cluster as clusters
from nova.store.postgres import guard
from nova.store.postgres.cluster import Identity, Layout, client_program

__all__ = ["Running", "client_environment", "client_program", "start"]

PATIENCE_SECONDS = 60.0
STARTING_PATIENCE_SECONDS = 150.0
STOP_PATIENCE_SECONDS = 40.0
POLL_SECONDS = 0.02
LOOK_SECONDS = 0.5
SHORT_FOLDERS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 mkdtemp makes a private folder below them
PORT = "5432"
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
log = structlog.get_logger(__name__)


class Running:
    """A lease on a running server. `dsn` holds the password: give it to the pool, never to a log or a command line."""

    def __init__(self, where: Layout, lease: int, settings: Mapping[str, str]) -> None:
        """Start or join the server. The caller's open `lease` becomes ours when this returns."""
        self._where = where
        self._settings = settings
        with _locked(where.starting):
            self.dsn, self._guarding = _ensure(where, settings)
        self._lease: int | None = lease
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep_guarded, name="nova-postgres", daemon=True)
        self._keeper.start()

    def __repr__(self) -> str:
        return f"Running({str(self._where.home)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Let go; the last user waits until the server is down (seconds). Calling it again does nothing."""
        if self._lease is None:
            return
        self._stopping.set()
        os.close(self._lease)
        self._lease = None
        _wait_if_last(self._where)
        self._keeper.join(STOP_PATIENCE_SECONDS)
        if self._guarding is not None:
            _exit_code(self._guarding)

    def _keep_guarded(self) -> None:
        """Start a new guard, and with it the server, when the guard was killed."""
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                if _free(self._where.guard, fcntl.LOCK_SH):
                    self._revive()
            except (NovaError, OSError) as error:
                log.warning("postgres_not_revived", error=type(error).__name__)

    def _revive(self) -> None:
        if self._guarding is not None:
            _exit_code(self._guarding)
        with _locked(self._where.starting):
            if self._stopping.is_set():
                return
            log.warning("postgres_guard_lost")
            self.dsn, self._guarding = _ensure(self._where, self._settings)


def start(data_dir: Path, settings: Mapping[str, str] = NO_SETTINGS) -> Running:
    """A server for this data folder: made, started or joined as needed, and answering `SELECT 1` when this returns.

    `settings` are further server parameters for the one who starts it. Raises Misconfigured (with what to do) or ServerAbsent.
    """
    clusters.require_linux()
    where = clusters.layout(data_dir)
    lease = _open_lease(where)
    try:
        _lock(lease, fcntl.LOCK_SH, STOP_PATIENCE_SECONDS, "Die Datenbank wird gerade beendet und kommt damit nicht zum Ende.")
        return Running(where, lease, settings)
    except (NovaError, OSError, KeyboardInterrupt):
        os.close(lease)
        raise


def client_environment(dsn: str) -> dict[str, str]:
    """The environment in which `client_program("pg_dump")` or `psql` reach this database without a password on their command line."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE"}
    parts = conninfo_to_dict(dsn)
    return {**clusters.CLEAN_ENVIRONMENT, **{names[key]: str(value) for key, value in parts.items() if key in names}}


def _open_lease(where: Layout) -> int:
    """The folders and the open lease file."""
    try:
        where.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        where.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        clusters.server_identity(where.cluster)
        return os.open(where.lease, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if is_full(error):
            raise disk_full() from error
        raise Misconfigured(
            f"Der Datenordner {where.home.parent} lässt sich nicht anlegen oder beschreiben ({error.strerror}). "
            "Wählen Sie mit NOVA_DATA einen anderen."
        ) from error


def _lock(handle: int, kind: int, patience: float, message: str) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise ServerAbsent(message) from error
        time.sleep(POLL_SECONDS)


def _free(path: Path, kind: int = fcntl.LOCK_EX) -> bool:
    """Whether a lock of this kind could be had now."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(
            handle,
            fcntl.LOCK_EX,
            STARTING_PATIENCE_SECONDS,
            "Ein anderer Nova-Prozess startet die Datenbank und kommt damit nicht zum Ende.",
        )
        yield
    finally:
        os.close(handle)


def _ensure(where: Layout, settings: Mapping[str, str]) -> tuple[str, int | None]:
    """The connection string of the answering server, and the guard's pid when it was started here.

    The caller holds the lease and the start lock.
    """
    identity = clusters.server_identity(where.cluster)
    deadline = time.monotonic() + PATIENCE_SECONDS
    if not (where.cluster / "PG_VERSION").exists():
        clusters.initialise(where, settings)
        identity = clusters.server_identity(where.cluster)
    _require_version(where)
    guarding = None
    while True:
        if guarding is None and _free(where.guard):
            _end_orphan(where)
            guarding = _spawn_guard(where, identity, settings)
        dsn = _dsn(where)
        problem = _ask(dsn)
        if problem is None:
            return dsn, guarding
        code = None if guarding is None else _exit_code(guarding)
        if code == guard.ANOTHER_GUARD:
            guarding = None
        elif code is not None:
            raise _not_started(where)
        if time.monotonic() > deadline:
            raise ServerAbsent(f"Die eingebaute Datenbank antwortet nach {PATIENCE_SECONDS:.0f} Sekunden nicht: {problem}")
        time.sleep(POLL_SECONDS)


def _not_started(where: Layout) -> NovaError:
    """The error for a server that has ended, by what it said last."""
    said = _last_lines(where.log)
    return disk_full() if "No space left on device" in said else ServerAbsent(f"Die eingebaute Datenbank startet nicht: {said}")


def _require_version(where: Layout) -> None:
    found = (where.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != clusters.VERSION:
        raise Misconfigured(
            f"Die Datenbank unter {where.cluster} stammt von PostgreSQL {found}, Nova bringt {clusters.VERSION} mit. "
            "Spielen Sie eine Sicherung in einen neuen Datenordner ein."
        )
    if not where.password.exists():
        raise Misconfigured(f"Die Kennwortdatei {where.password} fehlt. Stellen Sie sie aus einer Sicherung wieder her.")


def _dsn(where: Layout) -> str:
    note = where.socket_note
    host = Path(note.read_text(encoding="utf-8")) if note.exists() else where.cluster
    password = where.password.read_text(encoding="ascii")
    return make_conninfo(host=str(host), port=PORT, user=clusters.ROLE, dbname=clusters.DATABASE, password=password)


def _ask(dsn: str) -> str | None:
    """None when the server answers, else its reason for not doing so; Misconfigured when waiting cannot help."""
    try:
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        reason = str(error)
        if "password authentication failed" in reason:
            raise Misconfigured(
                "Das gespeicherte Kennwort passt nicht zur eingebauten Datenbank; die Datei postgres/password wurde ersetzt."
            ) from error
        return reason
    return None


def _end_orphan(where: Layout) -> None:
    """No guard lives, so a server of this cluster that still runs is stopped.

    Lock files it left go when they name a process that is not it: a number given anew, or a dead one that a container's init never buries.
    """
    pid_file = where.cluster / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        pid = 0
    began = time.monotonic()
    while pid and _is_server(pid, where.cluster):
        if (waited := time.monotonic() - began) > guard.PATIENCE_SECONDS:
            return
        fast = waited < guard.PATIENCE_SECONDS / 2
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, guard.FAST_SHUTDOWN if fast else guard.IMMEDIATE_SHUTDOWN)
        time.sleep(10 * POLL_SECONDS)
    (where.cluster / f"{clusters.SOCKET_NAME}.lock").unlink(missing_ok=True)
    if pid and _alive(pid):
        pid_file.unlink(missing_ok=True)


def _is_server(pid: int, cluster: Path) -> bool:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and f"cluster_name={clusters.token(cluster)}".encode() in line.split(b"\0")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _spawn_guard(where: Layout, identity: Identity | None, settings: Mapping[str, str]) -> int:
    socket_dir = _socket_folder(where, identity)
    plan = {
        "argv": clusters.server_command(where.cluster, socket_dir, identity, settings),
        "cluster": str(where.cluster),
        "uid": None if identity is None else identity.uid,
        "gid": None if identity is None else identity.gid,
        "env": clusters.CLEAN_ENVIRONMENT,
        "lease": str(where.lease),
        "guard_lock": str(where.guard),
        "log": str(where.log),
        "socket_dir": None if socket_dir is None else str(socket_dir),
    }
    arguments = [sys.executable, "-I", "-S", guard.__file__, json.dumps(plan)]
    append = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, where.log, append, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(sys.executable, arguments, clusters.CLEAN_ENVIRONMENT, file_actions=files, setsid=True)


def _exit_code(pid: int) -> int | None:
    """A child's exit code once it has ended, None while it runs."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if ended else None


def _socket_folder(where: Layout, identity: Identity | None) -> Path | None:
    """None when the socket fits into the cluster, else a private folder below a short path: the one a killed guard left, or a fresh one."""
    old = Path(where.socket_note.read_text(encoding="utf-8")) if where.socket_note.exists() else None
    fits = clusters.socket_fits(where.cluster)
    if old is not None and not fits and _is_private(old, identity):
        (old / f"{clusters.SOCKET_NAME}.lock").unlink(missing_ok=True)
        return old
    where.socket_note.unlink(missing_ok=True)
    if old is not None and old.name.startswith("nova-") and not old.is_symlink():
        shutil.rmtree(old, ignore_errors=True)
    return None if fits else _fresh_folder(where, identity)


def _fresh_folder(where: Layout, identity: Identity | None) -> Path:
    """A new folder for the socket, noted; Misconfigured when no short path serves."""
    for base in (Path(tempfile.gettempdir()), *SHORT_FOLDERS):
        if not clusters.socket_fits(base / "nova-12345678") or (identity is not None and base.stat().st_mode & 0o001 == 0):
            continue
        folder = Path(tempfile.mkdtemp(prefix="nova-", dir=base))
        if identity is not None:
            os.chown(folder, identity.uid, identity.gid)
        where.socket_note.write_text(str(folder), encoding="utf-8")
        return folder
    raise Misconfigured(
        f"Für die Verbindung zur Datenbank gibt es keinen Ordner mit kurzem Namen; {where.cluster} ist zu lang. Kürzen Sie NOVA_DATA."
    )


def _is_private(folder: Path, identity: Identity | None) -> bool:
    """Whether this is a folder that only the server's user can enter."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    owner = os.geteuid() if identity is None else identity.uid
    return stat.S_ISDIR(status.st_mode) and status.st_uid == owner and not status.st_mode & 0o077


def _last_lines(path: Path, count: int = 5) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 4000))
            lines = file.read().decode("utf-8", errors="replace").splitlines()
    except OSError as error:
        return str(error)
    return " | ".join(line for line in lines[-count:] if line)


def _wait_if_last(where: Layout) -> None:
    """Return at once when others use the server, else when the guard has stopped it."""
    deadline = time.monotonic() + STOP_PATIENCE_SECONDS
    last = _free(where.lease)
    while time.monotonic() < deadline:
        if _free(where.guard) or (not last and _free(where.lease, fcntl.LOCK_SH)):
            return
        time.sleep(POLL_SECONDS)
