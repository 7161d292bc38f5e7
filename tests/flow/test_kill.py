"""kill -9 of everything at random during ingest: what was acknowledged is there, the numbers agree, jobs end, answers come at once."""

import contextlib
import os
import random
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.laws import long_law
from tests.flow.conftest import Up, processes_of, start

ROUNDS = 2
MANY_ROUNDS = 25
FIRST_ANSWER_SECONDS = 15.0
JOBS_END_SECONDS = 300.0  # after many rounds, hundreds of documents wait to be read


class Uploads:
    """Uploads in a thread until the server is gone; remembers each acknowledged item."""

    def __init__(self, up: Up, key: str, first: int) -> None:
        self.acknowledged: dict[str, int] = {}
        self.next = first
        self._client = httpx.Client(base_url=up.address, headers={"X-Admin-Key": key}, timeout=30)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(httpx.HTTPError):
            while True:
                name, data = f"zaehler-{self.next}.md", long_law(self.next)
                self.next += 1
                reply = self._client.post("/api/v1/ingest/doc", files={"file": (name, data)}, data={"wait": "0"})
                if reply.status_code == 503:  # the database died first: not acknowledged
                    return
                assert reply.status_code in (201, 202), reply.text
                self.acknowledged[reply.json()["data"]["item_id"]] = self.next - 1

    def wait(self) -> None:
        self._thread.join(60)
        self._client.close()


def kill_everything(up: Up) -> None:
    """SIGKILL to the server, its children and the database, in no order."""
    pids = {int(line.split()[0]) for line in processes_of(up.folder)} | {up.process.pid} | children_of(up.process.pid)
    for pid in random.sample(sorted(pids), len(pids)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    up.process.wait(10)


def children_of(pid: int) -> set[int]:
    """All processes below a process."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def counts(client: httpx.Client) -> tuple[int, int, int]:
    """Passages in Postgres, points in the index, changes still to come."""
    health = client.get("/api/v1/admin/health").json()["data"]
    overview = client.get("/api/v1/metrics/ingest").json()["data"]
    points = re.search(r"(\d+) Passagen", health["services"]["qdrant"]["detail"])
    assert points
    return overview["chunks_total"], int(points[1]), overview["outbox"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever still runs on it ends with the test."""
    yield tmp_path / "data"
    for line in processes_of(tmp_path / "data"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(line.split()[0]), signal.SIGKILL)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(folder: Path) -> None:
    kill_and_compare(folder, ROUNDS)


@pytest.mark.bars
def test_nothing_acknowledged_is_lost_over_many_kills(folder: Path) -> None:
    kill_and_compare(folder, MANY_ROUNDS, within_s=FIRST_ANSWER_SECONDS)


def kill_and_compare(folder: Path, rounds: int, *, within_s: float | None = None) -> None:
    """Upload, kill everything, start and ask, so many times; then compare what is held with what was acknowledged.

    `within_s`: from each start to its first answer; None where other tests run beside.
    """
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    random.seed(seed)
    up = start(folder, "--no-seed")
    key = (folder / "secrets" / "admin.key").read_text().strip()
    acknowledged: dict[str, int] = {}
    number = 0
    for _ in range(rounds):
        uploads = Uploads(up, key, number)
        time.sleep(random.uniform(0.3, 2.0))
        kill_everything(up)
        uploads.wait()
        acknowledged |= uploads.acknowledged
        number = uploads.next
        begun = time.monotonic()
        up = start(folder, "--no-seed")
        with httpx.Client(base_url=up.address, headers={"X-Admin-Key": key}, timeout=60) as client:
            assert client.post("/api/v1/rag/ask", json={"question": "Wie oft ist der Zähler 0-1 zu prüfen?"}).status_code == 200
        assert within_s is None or time.monotonic() - begun <= within_s, "".join(up.err[-20:])
    with httpx.Client(base_url=up.address, headers={"X-Admin-Key": key}, timeout=60) as client:
        compare(client, acknowledged)
    assert up.stop() == 0


def all_items(client: httpx.Client) -> dict[str, dict[str, Any]]:
    """Every item by its id, page by page."""
    held: dict[str, dict[str, Any]] = {}
    while True:
        page = client.get(f"/api/v1/admin/items?limit=200&offset={len(held)}").json()["data"]
        held |= {item["item_id"]: item for item in page["items"]}
        if not page["items"] or len(held) >= page["total"]:
            return held


def compare(client: httpx.Client, acknowledged: dict[str, int]) -> None:
    """All jobs have ended; every acknowledged item is there, once and whole; rows, points and passages agree."""
    open_jobs = "/api/v1/jobs?state=queued&state=running&limit=200"
    until = time.monotonic() + JOBS_END_SECONDS
    while client.get(open_jobs).json()["data"]["jobs"] and time.monotonic() < until:
        time.sleep(0.2)
    assert client.get(open_jobs).json()["data"]["jobs"] == []
    held = all_items(client)
    assert acknowledged.keys() <= held.keys()
    assert acknowledged
    assert {item["status"] for item in held.values()} == {"ready"}
    assert len({item["chunks"] for item in held.values()}) == 1
    assert len({item["filename"] for item in held.values()}) == len(held)
    passages, points, waiting = counts(client)
    assert (passages, points, waiting) == (sum(item["chunks"] for item in held.values()), passages, 0)
