"""kill -9 of the serving process and of workers at random while documents come in, on servers: nothing acknowledged is lost or doubled."""

import random
import socket
import threading
import time
from typing import Any

import httpx
import pytest

from tests.fakes.laws import long_law
from tests.fakes.qdrant import QdrantServer
from tests.servers.house import Installation, Started, ready, until
from tests.servers.postgres import needs_debian

pytestmark = [needs_debian, pytest.mark.bars]
KILLS = 50
FIRST_ANSWER_SECONDS = 15.0
JOBS_END_SECONDS = 300.0  # as long as a backlog of hundreds of documents takes to be read


class Uploads:
    """Uploads one document after another; one that was not acknowledged is sent again, also to the next process."""

    def __init__(self, nova: Installation) -> None:
        self.acknowledged: dict[str, int] = {}
        self._nova = nova
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        number = 0
        while not self._stop.is_set():
            try:
                with self._nova.client() as client:
                    sent = {"files": {"file": (f"zaehler-{number}.md", long_law(number))}, "data": {"wait": "0"}}
                    reply = client.post("/ingest/doc", **sent)  # type: ignore[arg-type]
            except httpx.HTTPError:
                self._stop.wait(0.1)
                continue
            if reply.status_code == 503:
                continue
            assert reply.status_code in (201, 202, 409), reply.text
            self.acknowledged[reply.json()["data"]["item_id"]] = number
            number += 1

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(120)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_random_kills_of_processes_lose_and_double_nothing(nova: Installation, qdrant: QdrantServer) -> None:
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    dice = random.Random(seed)
    port, slowest = str(free_port()), 0.0
    running: dict[str, Started] = {"up": nova.up(port=port), "one": nova.worker("one"), "two": nova.worker("two")}
    uploads = Uploads(nova)
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.5, 3.0))
        victim = dice.choice(sorted(running))
        running[victim].process.kill()
        running[victim].process.wait(10)
        if victim == "up":
            begun = time.monotonic()
            running["up"] = nova.up(port=port)
            with nova.client() as client:
                assert client.post("/rag/ask", json={"question": "Wie oft ist der Zähler 0-1 zu prüfen?"}).status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
        else:
            running[victim] = nova.worker(victim)
    uploads.stop()
    begun = time.monotonic()
    for name in ("one", "two"):
        until(lambda name=name: ready(running[name]), 40)  # type: ignore[misc]
    with nova.client() as client:
        until(lambda: not client.get("/jobs?state=queued&state=running&limit=200").json()["data"]["jobs"], JOBS_END_SECONDS)
        print(f"{len(uploads.acknowledged)} documents, first answer {slowest:.1f} s, jobs ended {time.monotonic() - begun:.1f} s after")
        compare(client, uploads.acknowledged, qdrant)
    assert slowest <= FIRST_ANSWER_SECONDS


def compare(client: httpx.Client, acknowledged: dict[str, int], qdrant: QdrantServer) -> None:
    """Every acknowledged document is there, once and whole; rows, points and passages agree."""
    held: dict[str, dict[str, Any]] = {}
    while True:
        page = client.get(f"/admin/items?limit=200&offset={len(held)}").json()["data"]
        held |= {item["item_id"]: item for item in page["items"]}
        if not page["items"] or len(held) >= page["total"]:
            break
    assert acknowledged
    assert acknowledged.keys() == held.keys()
    assert {item["status"] for item in held.values()} == {"ready"}
    assert len({item["chunks"] for item in held.values()}) == 1
    assert len({item["filename"] for item in held.values()}) == len(held)
    figures = client.get("/metrics/ingest").json()["data"]
    points = len(qdrant.collections["nova"].points)
    assert (figures["chunks_total"], points, figures["outbox"]) == (sum(item["chunks"] for item in held.values()), points, 0)
    assert points == figures["chunks_total"]
