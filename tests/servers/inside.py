"""Nova on servers, inside the test's process: serving, with its jobs and its index kept level at a quick pace."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from nova.cli.client import Client
from nova.cli.process.serving import bind, serving
from nova.jobs.desk import open_worker
from nova.jobs.level import Leveller
from nova.settings import load_settings
from nova.wiring import Nova, open_nova

QUESTION = "Wie lange ist die Kündigungsfrist in der Grundversorgung?"
LOOK = 0.2


@dataclass
class Running:
    """A serving Nova and a client to it."""

    nova: Nova
    client: Client

    def ask(self, question: str = QUESTION) -> httpx.Response:
        headers = {"X-Admin-Key": self.nova.admin_key.value}
        return httpx.post(f"{self.client.address}/api/v1/rag/ask", json={"question": question}, headers=headers, timeout=30)

    def ingest(self, path: Path) -> UUID:
        return UUID(self.client.upload(path, {"wait": 0})["job_id"])

    def health(self, service: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.health()["services"][service]
        return found


@contextmanager
def running(database_url: str, place: Path, servers: Mapping[str, str]) -> Iterator[Running]:
    environ = {"NOVA_DATA": str(place), "NOVA_DATABASE_URL": database_url, "NOVA_RATE_LIMITS": "off", **servers}
    with ExitStack() as stack:
        nova = stack.enter_context(open_nova(load_settings(environ, None)))
        worker, leveller = open_worker(nova), Leveller(nova.index_room, nova.jobs, look_seconds=LOOK)
        worker.start()
        stack.callback(worker.stop)
        leveller.start()
        stack.callback(leveller.stop)
        bound = stack.enter_context(bind("127.0.0.1", 0))
        stack.enter_context(serving(nova, bound))
        client = Client(f"http://127.0.0.1:{bound.getsockname()[1]}", nova.admin_key.value)
        stack.callback(client.close)
        yield Running(nova, client)


def until(holds: Callable[[], bool], patience: float = 10.0) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
