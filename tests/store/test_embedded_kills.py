"""Kills of every part of the embedded server: nothing is left behind, nothing acknowledged is lost."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nova.errors import ServerAbsent
from nova.store.postgres import cluster as clusters
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from tests.places import ROOT
from tests.store.conftest import Owner
from tests.store.servers import pid_of, processes, rows, within

pytestmark = pytest.mark.slow


def answers(database: Database) -> bool:
    try:
        return database.execute("SELECT 1") == 1
    except ServerAbsent:
        return False


def test_a_killed_owner_leaves_nothing_behind_and_loses_nothing(data: Path, owner: Owner) -> None:
    victim = owner()
    assert victim.stdout is not None
    dsn = victim.stdout.readline()
    rows(dsn, "CREATE TABLE kept (id integer)")
    rows(dsn, "INSERT INTO kept VALUES (7)")
    victim.kill()
    within(10, lambda: not processes(data))
    with start(data) as again:
        assert rows(again.dsn, "SELECT id FROM kept") == [(7,)]


def test_no_acknowledged_row_is_lost_over_kills_at_random(data: Path) -> None:
    acknowledged: list[int] = []
    chance = random.Random(20261121)
    for victims in (["owner"], ["guard"], ["server"], ["owner", "guard", "server"], ["server", "part", "guard", "owner"]):
        command = [sys.executable, "-m", "tests.store.row_writer", str(data)]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
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


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data: Path, owner: Owner) -> None:
    owner_process = owner()
    assert owner_process.stdout is not None
    dsn = owner_process.stdout.readline()
    groups = {os.getpgid(pid_of(data, role)) for role in ("guard", "server")}
    assert os.getpgid(owner_process.pid) not in groups
    os.kill(pid_of(data, "guard"), signal.SIGTERM)
    assert rows(dsn, "SELECT 1") == [(1,)]


def test_a_killed_guard_takes_the_server_with_it_and_both_come_back(data: Path) -> None:
    with start(data) as server, Database.connect(server.dsn) as database:
        before = processes(data)
        os.kill(pid_of(data, "guard"), signal.SIGKILL)
        within(10, lambda: "guard" in processes(data).values() and not processes(data).keys() & before.keys())
        within(20, lambda: answers(database))
    assert processes(data) == {}


def test_a_killed_guard_comes_back_to_the_same_socket_when_the_path_is_long(bare: Path) -> None:
    deep = bare / ("lang" * 25)
    with start(deep) as server, Database.connect(server.dsn) as database:
        killed = pid_of(deep, "guard")
        os.kill(killed, signal.SIGKILL)
        within(10, lambda: "guard" in {role for pid, role in processes(deep).items() if pid != killed})
        within(20, lambda: answers(database))
        host = server.dsn
    assert "nova-" in host
    assert processes(deep) == {}


def test_a_killed_server_comes_back_and_the_pool_with_it(data: Path) -> None:
    with start(data) as server, Database.connect(server.dsn) as database:
        database.execute("CREATE TABLE kept (id integer)")
        database.execute("INSERT INTO kept VALUES (7)")
        killed = pid_of(data, "server")
        os.kill(killed, signal.SIGKILL)
        within(20, lambda: {pid for pid, role in processes(data).items() if role == "server"} - {killed})
        within(20, lambda: answers(database))
        assert database.fetch_one("SELECT id FROM kept") == {"id": 7}


def test_a_start_waits_for_a_stop_that_is_under_way(data: Path, owner: Owner) -> None:
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


def test_lock_files_that_name_somebody_elses_process_do_not_hinder(data: Path) -> None:
    where = clusters.layout(data)
    identity = clusters.server_identity(where.cluster)
    bystander = subprocess.Popen(["sleep", "60"], user=None if identity is None else identity.uid)
    for name in ("postmaster.pid", f"{clusters.SOCKET_NAME}.lock"):
        stale = where.cluster / name
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
