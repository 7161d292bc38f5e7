"""Nova with its search index on a Qdrant server: the whole way of a document, and a server that goes, forgets and comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.cli.documents.samples import folder as samples
from tests.fakes.qdrant import QdrantServer, serving
from tests.servers.inside import Running, running, until


@pytest.fixture(scope="module")
def server() -> Iterator[QdrantServer]:
    with serving(key="geheim") as qdrant:
        yield qdrant


def address(server: QdrantServer) -> dict[str, str]:
    return {"NOVA_QDRANT_URL": server.url, "NOVA_QDRANT_KEY": server.key}


@pytest.fixture(scope="module")
def up(database_url: str, tmp_path_factory: pytest.TempPathFactory, server: QdrantServer) -> Iterator[Running]:
    with running(database_url, tmp_path_factory.mktemp("nova"), address(server)) as up:
        for job in [up.ingest(path) for path in sorted(samples().iterdir()) if path.is_file()]:
            assert up.nova.jobs.wait(job, 60).state == "done"
        yield up


def test_documents_are_found_on_the_server(up: Running, server: QdrantServer) -> None:
    answer = up.ask().json()["data"]
    assert answer["status"] == "answered"
    assert "§ 20" in answer["citations"][0]["section"]
    assert up.nova.index.count() == len(server.collections["nova"].points) > 300
    health = up.health("qdrant")
    assert (health["status"], health["engine"]) == ("ok", "server")
    assert health["detail"].startswith("Qdrant 1.19.1, ")


def test_a_server_that_is_away_is_named_and_nova_goes_on_when_it_is_back(
    up: Running, server: QdrantServer, tmp_path: Path, database_url: str
) -> None:
    server.stop()
    refused = up.ask()
    assert refused.status_code == 503
    assert refused.json()["message"].startswith("Der Suchindex antwortet nicht: Qdrant unter http://127.0.0.1:")
    assert refused.json()["data"]["code"] == "server_absent"
    health = up.health("qdrant")
    assert health["status"] == "failed"
    assert "nicht erreichbar" in health["detail"]
    note = tmp_path / "kantine.md"
    note.write_text("# Kantinenordnung\n\n## § 1 Öffnung\n\nDie Kantine öffnet werktags um 11 Uhr 30.\n", "utf-8")
    job = up.ingest(note)
    until(lambda: "Qdrant" in (up.nova.jobs.get(job).error or ""))
    server.start()
    assert up.ask().json()["data"]["status"] == "answered"
    until(lambda: "11 Uhr 30" in up.ask("Wann öffnet die Kantine?").json()["data"]["answer"])
    assert up.health("qdrant")["status"] == "ok"


def test_what_is_deleted_leaves_the_server(up: Running, server: QdrantServer) -> None:
    item = next(one for one in up.client.get("/admin/items")["items"] if one["filename"].startswith("nav"))
    before = len(server.collections["nova"].points)
    up.client.delete(f"/admin/items/{item['item_id']}")

    def as_many() -> bool:
        held = len(server.collections["nova"].points)  # they leave in several requests
        return held < before and up.nova.db.fetch_one("SELECT count(*) AS n FROM item_chunks") == {"n": held}

    until(as_many)


def test_a_server_that_forgot_everything_is_filled_again_by_itself(up: Running, server: QdrantServer) -> None:
    held = set(server.collections["nova"].points)
    server.lose()
    until(lambda: "nova" in server.collections and set(server.collections["nova"].points) == held, 30)
    until(lambda: not up.nova.index.rebuild_needed)
    assert up.ask().json()["data"]["status"] == "answered"
    assert {job.state for job in up.nova.jobs.list(kind="reindex")} == {"done"}


def test_it_starts_while_the_server_is_away(up: Running, server: QdrantServer, tmp_path: Path, database_url: str) -> None:
    server.stop()
    try:
        with running(database_url, tmp_path, address(server)) as second:
            assert second.ask().status_code == 503
            assert second.health("qdrant")["status"] == "failed"
            server.start()
            assert second.ask().json()["data"]["status"] == "answered"
    finally:
        if not server.listening:
            server.start()
