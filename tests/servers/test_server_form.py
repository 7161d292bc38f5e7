"""The server form as a whole: one `nova up` without workers, two `nova worker`, and servers for everything that keeps something."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from nova.cli.documents import samples
from nova.engines.streams.kafka import Brokers, KafkaStream
from nova.ports import Message
from tests.fakes.kafka import MockBrokers
from tests.fakes.laws import long_law
from tests.fakes.qdrant import QdrantServer
from tests.fakes.qdrant import serving as qdrant_serving
from tests.servers.house import KEY, Installation, Started, installation, ready, until
from tests.servers.postgres import needs_debian

pytestmark = [needs_debian, pytest.mark.slow]
QUESTION = "Wie lange ist die Kündigungsfrist in der Grundversorgung?"
JOBS_END_SECONDS = 60.0
SHARED_OUT_SECONDS = 90.0  # a killed reader counts as dead after a while, and what it read is shared out anew
LONG = "# Lange Verordnung\n\n" + "\n\n".join(f"## § {n} Zähler {n}\n\nDer Zähler {n} ist jedes Jahr zu prüfen." for n in range(1500))


class Crew:
    """The two workers by name, replaced when they are killed."""

    killed = ("", datetime.min.replace(tzinfo=UTC))

    def __init__(self, nova: Installation) -> None:
        self.nova = nova
        self.workers = {name: nova.worker(name, "--concurrency", "1") for name in ("one", "two")}

    def of(self, job_id: str) -> str | None:
        """Which worker does a job now; None when nobody does."""
        with psycopg.connect(self.nova.environment["NOVA_DATABASE_URL"]) as connection:
            row = connection.execute("SELECT worker FROM jobs WHERE job_id = %s AND state = 'running'", (job_id,)).fetchone()
        return None if row is None else self.name_of(str(row[0]))

    def name_of(self, worker: str) -> str:
        pid = int(worker.split(":")[1])
        return next(name for name, started in self.workers.items() if started.process.pid == pid)

    def replace(self, name: str) -> Started:
        self.workers[name] = self.nova.worker(f"{name}-again", "--concurrency", "1")
        return self.workers[name]


@pytest.fixture(scope="module")
def crew(nova: Installation) -> Crew:
    """Workers that were started first, and a Nova that they waited for."""
    crew = Crew(nova)
    for worker in crew.workers.values():
        until(lambda worker=worker: worker.logged("worker_waits"), JOBS_END_SECONDS)  # type: ignore[misc]
    nova.up()
    for worker in crew.workers.values():
        until(lambda worker=worker: ready(worker), JOBS_END_SECONDS)  # type: ignore[misc]
    return crew


@pytest.fixture
def client(nova: Installation, crew: Crew) -> Iterator[httpx.Client]:
    with nova.client() as opened:
        yield opened


def upload(client: httpx.Client, name: str, data: bytes) -> dict[str, Any]:
    reply = client.post("/ingest/doc", files={"file": (name, data)}, data={"wait": "0"})
    assert reply.status_code in (201, 202), reply.text
    sent: dict[str, Any] = reply.json()["data"]
    return sent


def job(client: httpx.Client, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/jobs/{job_id}").json()["data"]
    return found


def open_jobs(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/jobs?state=queued&state=running&limit=200").json()["data"]["jobs"]
    return found


def jobs_end(client: httpx.Client) -> None:
    until(lambda: not open_jobs(client), JOBS_END_SECONDS)


def level(client: httpx.Client, qdrant: QdrantServer) -> None:
    """Every passage has its point, and nothing waits."""
    figures = client.get("/metrics/ingest").json()["data"]
    until(lambda: client.get("/metrics/ingest").json()["data"]["outbox"] == 0, JOBS_END_SECONDS)
    assert len(qdrant.collections["nova"].points) == figures["chunks_total"]


class Seen:
    """Reads the live stream in a thread; what it said of each job."""

    def __init__(self, nova: Installation) -> None:
        self.jobs: list[dict[str, Any]] = []
        self._client = nova.client()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with suppress(httpx.HTTPError), self._client.stream("GET", "/stream/live", timeout=60) as lines:
            event = ""
            for line in lines.iter_lines():
                if line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: ") and event == "job":
                    self.jobs.append(json.loads(line[6:]))
                if self._client.is_closed:
                    return

    def states(self, job_id: str) -> list[str]:
        return list(dict.fromkeys(one["state"] for one in self.jobs if one["job_id"] == job_id))

    def close(self) -> None:
        self._client.close()
        self._thread.join(20)


def test_a_worker_without_servers_says_which_are_missing(tmp_path: Path) -> None:
    with installation(tmp_path, {}) as alone:
        worker = alone.worker("worker")
        assert worker.process.wait(20) == 2
        assert all(name in worker.err.read_text("utf-8") for name in ("NOVA_DATABASE_URL", "NOVA_QDRANT_URL"))


def test_documents_are_read_by_both_workers_and_answers_cite_them(
    nova: Installation, crew: Crew, client: httpx.Client, qdrant: QdrantServer
) -> None:
    seen = Seen(nova)
    sent = [upload(client, path.name, path.read_bytes()) for path in sorted(samples.folder().iterdir())]
    jobs_end(client)
    assert {job(client, one["job_id"])["state"] for one in sent} == {"done"}
    for worker in crew.workers.values():
        assert worker.logged("job_left")
        assert KEY not in worker.err.read_text("utf-8")
    until(lambda: all(seen.states(one["job_id"])[-1:] == ["done"] for one in sent), 5)
    assert any(one["state"] == "running" and one["stage"] for one in seen.jobs)
    seen.close()
    level(client, qdrant)
    answer = client.post("/rag/ask", json={"question": QUESTION}).json()["data"]
    assert answer["status"] == "answered"
    assert "§ 20" in answer["citations"][0]["section"]


def test_the_health_report_and_the_check_know_the_workers(nova: Installation, client: httpx.Client, crew: Crew) -> None:
    health = client.get("/admin/health").json()["data"]
    assert {name: part["engine"] for name, part in health["services"].items() if name in ("db", "qdrant", "minio", "stream")} == {
        "db": "server",
        "qdrant": "server",
        "minio": "server",
        "stream": "server",
    }
    workers = next(check for check in health["checks"] if check["name"] == "workers")
    assert (workers["status"], workers["detail"]) == ("ok", "2 Prozesse erledigen bis zu 2 Aufträge zugleich")
    check = nova.command("worker", "--check", "--json")
    assert check.process.wait(20) == 0
    assert len(json.loads(check.said)) == 2


def test_workers_that_see_other_files_or_another_index_do_not_work(nova: Installation, crew: Crew) -> None:
    stranger = nova.worker("stranger", NOVA_S3_URL=f"s3://nova/{uuid4().hex}")
    with qdrant_serving() as elsewhere:
        lost = nova.worker("lost", NOVA_QDRANT_URL=elsewhere.url)
        until(lambda: any("NOVA_QDRANT_URL" in line["reason"] for line in lost.logged("worker_waits")), JOBS_END_SECONDS)
        assert not lost.logged("worker_ready")
        lost.process.kill()
    assert stranger.process.wait(30) == 2
    assert "NOVA_S3_URL" in stranger.err.read_text("utf-8")


def test_a_worker_is_killed_in_the_middle_of_a_job(nova: Installation, crew: Crew, client: httpx.Client) -> None:
    sent = upload(client, "lang.md", LONG.encode())
    until(lambda: crew.of(sent["job_id"]), JOBS_END_SECONDS)
    victim = crew.of(sent["job_id"])
    assert victim
    crew.workers[victim].process.kill()
    crew.killed = (sent["job_id"], datetime.now(UTC))
    crew.replace(victim)
    small = [upload(client, f"zaehler-{n}.md", long_law(n)) for n in range(3)]
    until(lambda: all(job(client, one["job_id"])["state"] == "done" for one in small), JOBS_END_SECONDS)


def test_events_come_in_from_kafka_and_ends_of_jobs_go_out(client: httpx.Client, brokers: MockBrokers) -> None:
    people = [f"muster-{number}" for number in range(5)]  # of fewer no figure tells
    for user in people:
        assert client.post("/admin/keys", json={"user": user}).status_code == 201
    kafka = KafkaStream(Brokers(brokers.servers))
    body = {"events": [{"user_id": user, "type": "like"} for user in people]}
    kafka.publish("nova.events", [Message("muster", json.dumps(body).encode()), Message("", b"{")])
    until(lambda: events(client) == 5, SHARED_OUT_SECONDS)
    done = {one["job_id"] for one in client.get("/jobs?state=done&limit=200").json()["data"]["jobs"]}
    told: list[dict[str, Any]] = []
    until(lambda: done <= {fact["job_id"] for fact in listened(told, kafka, "nova.jobs")}, SHARED_OUT_SECONDS)
    refused: list[dict[str, Any]] = []
    until(lambda: listened(refused, kafka, "nova.events.refused"), SHARED_OUT_SECONDS)
    assert [fact["code"] for fact in refused] == ["validation"]
    kafka.close()


def test_a_worker_rebuilds_the_index_and_erases_what_is_deleted(client: httpx.Client, qdrant: QdrantServer) -> None:
    lost = next(iter(qdrant.collections["nova"].points))
    del qdrant.collections["nova"].points[lost]
    rebuilt = client.post("/admin/reindex", json={"relearn": True}).json()["data"]["job_id"]
    until(lambda: job(client, rebuilt)["state"] == "done", JOBS_END_SECONDS)
    assert lost in qdrant.collections["nova"].points
    item = client.get("/admin/items?query=zaehler").json()["data"]["items"][0]
    points = len(qdrant.collections["nova"].points)
    assert client.delete(f"/admin/items/{item['item_id']}").status_code == 200
    until(lambda: client.get("/metrics/ingest").json()["data"]["outbox"] == 0, JOBS_END_SECONDS)
    assert client.get(f"/admin/items/{item['item_id']}").status_code == 404
    assert points - len(qdrant.collections["nova"].points) == item["chunks"]


def test_the_killed_workers_job_was_taken_over_and_nothing_is_lost_or_doubled(
    crew: Crew, client: httpx.Client, qdrant: QdrantServer
) -> None:
    job_id, killed = crew.killed
    jobs_end(client)
    found = job(client, job_id)
    assert (found["state"], found["attempts"]) == ("done", 2)
    seconds = (datetime.fromisoformat(found["ended_at"]) - killed).total_seconds()
    print(f"taken over and done {seconds:.1f} s after the kill")
    assert seconds < JOBS_END_SECONDS
    held = all_items(client)
    assert {item["status"] for item in held} == {"ready"}
    assert len({item["filename"] for item in held}) == len(held)
    level(client, qdrant)


def test_a_stopped_worker_gives_its_job_back_at_once(crew: Crew, client: httpx.Client) -> None:
    until(lambda: all(ready(worker) for worker in crew.workers.values()), JOBS_END_SECONDS)
    sent = upload(client, "laenger.md", LONG.replace("Lange", "Längere").replace("jedes Jahr", "alle zwei Jahre").encode())
    until(lambda: crew.of(sent["job_id"]), JOBS_END_SECONDS)
    first = crew.of(sent["job_id"])
    assert first
    assert crew.workers[first].stop(signal.SIGTERM) == 0
    assert crew.workers[first].logged("worker_left")
    until(lambda: job(client, sent["job_id"])["state"] == "done", JOBS_END_SECONDS)
    assert job(client, sent["job_id"])["attempts"] == 2


def listened(told: list[dict[str, Any]], kafka: KafkaStream, topic: str) -> list[dict[str, Any]]:
    """What came to a topic, and what has come since. A group reads one topic: over two, a share-out can take half a minute."""
    batch = kafka.take(topic, f"test-{topic}", 500, 1.0)
    batch.commit()
    told += [json.loads(message.value) for message in batch.messages]
    return told


def events(client: httpx.Client) -> int:
    counted = client.get("/metrics/overview").json()["data"]["events_per_day"]
    return sum(day["count"] for day in counted if day["type"] == "like")


def all_items(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/admin/items?limit=200").json()["data"]["items"]
    return found
