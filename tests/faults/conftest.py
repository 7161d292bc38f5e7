"""A whole Nova in this process: real database, index, files, children, worker and HTTP server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
import structlog
from psycopg.conninfo import make_conninfo

from nova.cli.process.serving import bind, serving, working
from nova.settings import Settings
from nova.store.postgres.embedded import Running
from nova.wiring import Nova
from tests.folders import short_folder


@dataclass
class House:
    """An open Nova and a signed-in client to it."""

    nova: Nova
    client: httpx.Client

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.client.post(path, **more)

    def upload(self, data: bytes, name: str, wait: int = 0, **form: Any) -> httpx.Response:
        return self.client.post("/ingest/doc", files={"file": (name, data)}, data={"wait": str(wait), **form})

    def ask(self, question: str, **more: Any) -> httpx.Response:
        return self.client.post("/rag/ask", json={"question": question, **more})

    def health(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get("/admin/health").json()["data"]
        return found

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until no job is open."""
        until = time.monotonic() + seconds
        while left := self.nova.jobs.list(states=("queued", "running")):
            assert time.monotonic() < until, left
            time.sleep(0.02)


@contextmanager
def opened(folder: Path, **settings: Any) -> Iterator[House]:
    """Nova on these settings, serving on a free port until the block ends."""
    chosen = Settings(NOVA_DATA=folder, NOVA_RATE_LIMITS="off", **settings)
    try:
        with working(chosen, log_level="error") as nova, bind("127.0.0.1", 0) as bound, serving(nova, bound):
            address = f"http://127.0.0.1:{bound.getsockname()[1]}/api/v1"
            with httpx.Client(base_url=address, headers={"X-Admin-Key": nova.admin_key.value}, timeout=60, trust_env=False) as client:
                yield House(nova, client)
    finally:
        structlog.reset_defaults()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """One Nova for a whole file of tests."""
    with short_folder() as folder, opened(folder / "data") as found:
        yield found


@pytest.fixture
def dsn(postgres: Running, template: str) -> str:
    """A migrated database of one's own, for a process that dies; it goes with its server."""
    name = f"test_doomed_{uuid4().hex}"
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_conninfo(postgres.dsn, dbname=name)
