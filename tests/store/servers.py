"""Data folders with an embedded server: what runs for them, and small questions to it."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from nova.store.postgres import cluster as clusters


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


def rows(dsn: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []
