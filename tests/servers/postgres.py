"""PostgreSQL 15 as Debian installs it: a fresh server on a socket, gone when the block ends."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nova.store.postgres.cluster import CLEAN_ENVIRONMENT
from tests.folders import MEMORY

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
needs_debian = pytest.mark.skipif(not PROGRAMS.exists(), reason="PostgreSQL 15 is not installed (apt-get install postgresql-15)")


@contextmanager
def debian_postgres() -> Iterator[str]:
    """The connection string of a server that was made for this block."""
    home = Path(tempfile.mkdtemp(prefix="nova-15-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
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
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("PostgreSQL 15 did not start")
