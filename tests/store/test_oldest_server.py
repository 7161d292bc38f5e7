"""The oldest PostgreSQL that Nova supports takes every migration and every query; needs PostgreSQL 15 as Debian installs it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from nova.store import dump, queries
from nova.store.cluster import CLEAN_ENVIRONMENT
from nova.store.db import Database
from nova.store.migrate import migrate, shipped
from tests.store.drift import require_fit

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
pytestmark = pytest.mark.skipif(not PROGRAMS.exists(), reason="PostgreSQL 15 is not installed (apt-get install postgresql-15)")


@pytest.fixture
def old_server() -> Iterator[str]:
    home = Path(tempfile.mkdtemp(prefix="nova-15-"))
    common: dict[str, Any] = {"env": CLEAN_ENVIRONMENT, "cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.geteuid() == 0:
        entry = pwd.getpwnam("nobody")
        os.chown(home, entry.pw_uid, entry.pw_gid)
        common |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    making = ["-D", home / "data", "-U", "nova", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([PROGRAMS / "initdb", *making], check=True, **common)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={home}", "-c", "fsync=off"]
    server = subprocess.Popen([PROGRAMS / "postgres", "-D", home / "data", *options], **common)
    url = f"host={home} user=nova dbname=postgres"
    try:
        wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("PostgreSQL 15 did not start")


def test_every_migration_and_query_fits(old_server: str) -> None:
    assert migrate(old_server) == [one.name for one in shipped()]
    with psycopg.connect(old_server, autocommit=True) as connection:
        assert connection.info.server_version // 10000 == 15
        for room in queries.rooms():
            for query in queries.load(room).values():
                require_fit(connection, query)


def test_a_dump_is_made_there_and_restored_there(old_server: str, tmp_path: Path) -> None:
    migrate(old_server)
    with Database.connect(old_server) as db, dump.moment(db) as when, (tmp_path / "dump").open("wb") as target:
        saved = dump.counts(when.connection)
        dump.dump(when, target, lambda: None)
    with dump.cleared(old_server, "before", replace=True):
        dump.restore(old_server, tmp_path / "dump", lambda: None)
        with psycopg.connect(old_server, row_factory=dict_row) as connection:
            assert dump.counts(connection) == saved
    assert migrate(old_server) == []
