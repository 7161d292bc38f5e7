"""Nova with its search index on a Qdrant server: the whole way of a document, and a server that goes, forgets and comes back."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from nova.cli.client import Client
from nova.cli.samples import folder as samples
from nova.cli.serving import bind, serving
from nova.jobs.desk import open_worker
from nova.jobs.level import Leveller
from nova.settings import load_settings
from nova.wiring import Nova, open_nova
from tests.fakes.qdrant import QdrantServer
from tests.fakes.qdrant import serving as qdrant_serving

QUESTION = "Wie lange ist die Kündigungsfrist in der Grundversorgung?"
LOOK = 0.2


@dataclass
class Running:
    """A serving Nova and the server its index is on."""

    nova: Nova
    client: Client
    qdrant: QdrantServer

    def ask(self, question: str = QUESTION) -> httpx.Response:
        headers = {"X-Admin-Key": self.nova.admin_key.value}
        return httpx.post(f"{self.client.address}/api/v1/rag/ask", json={"question": question}, headers=headers, timeout=30)

    def ingest(self, path: Path) -> UUID:
        return UUID(self.client.upload(path, {"wait": 0})["job_id"])

    def health(self) -> dict[str, str]:
        found: dict[str, str] = self.client.health()["services"]["qdrant"]
        return found


@contextmanager
def running(database_url: str, place: Path, qdrant: QdrantServer) -> Iterator[Running]:
    environ = {"NOVA_DATA": str(place), "NOVA_DATABASE_URL": database_url, "NOVA_QDRANT_URL": qdrant.url, "NOVA_QDRANT_KEY": "geheim"}
    settings = load_settings({**environ, "NOVA_RATE_LIMITS": "off"}, None)
    with ExitStack() as stack:
        nova = stack.enter_context(open_nova(settings))
        worker, leveller = open_worker(nova), Leveller(nova, look_seconds=LOOK)
        worker.start()
        stack.callback(worker.stop)
        leveller.start()
        stack.callback(leveller.stop)
        bound = stack.enter_context(bind("127.0.0.1", 0))
        stack.enter_context(serving(nova, bound))
        client = Client(f"http://127.0.0.1:{bound.getsockname()[1]}", nova.admin_key.value)
        stack.callback(client.close)
        yield Running(nova, client, qdrant)


@pytest.fixture(scope="module")
def up(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with qdrant_serving(key="geheim") as qdrant, running(database_url, tmp_path_factory.mktemp("nova"), qdrant) as up:
        for job in [up.ingest(path) for path in sorted(samples().iterdir()) if path.is_file()]:
            assert up.nova.jobs.wait(job, 60).state == "done"
        yield up


def until(holds: Callable[[], bool], patience: float = 10.0) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_documents_are_found_on_the_server(up: Running) -> None:
    answer = up.ask().json()["data"]
    assert answer["status"] == "answered"
    assert "§ 20" in answer["citations"][0]["section"]
    assert up.nova.index.count() == len(up.qdrant.collections["nova"].points) > 300
    health = up.health()
    assert (health["status"], health["engine"]) == ("ok", "server")
    assert health["detail"].startswith("Qdrant 1.19.1, ")


def test_a_server_that_is_away_is_named_and_nova_goes_on_when_it_is_back(up: Running, tmp_path: Path) -> None:
    up.qdrant.stop()
    refused = up.ask()
    assert refused.status_code == 503
    assert refused.json()["message"].startswith("Der Suchindex antwortet nicht: Qdrant unter http://127.0.0.1:")
    assert refused.json()["data"]["code"] == "server_absent"
    health = up.health()
    assert health["status"] == "failed"
    assert "nicht erreichbar" in health["detail"]
    note = tmp_path / "kantine.md"
    note.write_text("# Kantinenordnung\n\n## § 1 Öffnung\n\nDie Kantine öffnet werktags um 11 Uhr 30.\n", "utf-8")
    job = up.ingest(note)
    until(lambda: "Qdrant" in (up.nova.jobs.get(job).error or ""))
    up.qdrant.start()
    assert up.ask().json()["data"]["status"] == "answered"
    until(lambda: "11 Uhr 30" in up.ask("Wann öffnet die Kantine?").json()["data"]["answer"])
    assert up.health()["status"] == "ok"


def test_what_is_deleted_leaves_the_server(up: Running) -> None:
    item = next(one for one in up.client.get("/admin/items")["items"] if one["filename"].startswith("nav"))
    before = len(up.qdrant.collections["nova"].points)
    up.client.delete(f"/admin/items/{item['item_id']}")
    until(lambda: len(up.qdrant.collections["nova"].points) < before)
    assert up.nova.db.fetch_one("SELECT count(*) AS n FROM item_chunks") == {"n": len(up.qdrant.collections["nova"].points)}


def test_a_server_that_forgot_everything_is_filled_again_by_itself(up: Running) -> None:
    held = set(up.qdrant.collections["nova"].points)
    up.qdrant.lose()
    until(lambda: "nova" in up.qdrant.collections and set(up.qdrant.collections["nova"].points) == held, 30)
    until(lambda: not up.nova.index.rebuild_needed)
    assert up.ask().json()["data"]["status"] == "answered"
    assert {job.state for job in up.nova.jobs.list(kind="reindex")} == {"done"}


def test_it_starts_while_the_server_is_away(up: Running, tmp_path: Path) -> None:
    up.qdrant.stop()
    try:
        with running(str(up.nova.settings.NOVA_DATABASE_URL.get_secret_value()), tmp_path, up.qdrant) as second:  # type: ignore[union-attr]
            assert second.ask().status_code == 503
            assert second.health()["status"] == "failed"
            up.qdrant.start()
            assert second.ask().json()["data"]["status"] == "answered"
    finally:
        if not up.qdrant.listening:
            up.qdrant.start()
