"""`nova worker`: what it asks of its settings, how it waits, stops, is checked, and takes over."""

import signal
from pathlib import Path
from uuid import uuid4

from tests.servers.house import KEY, Installation, installation, ready, until
from tests.servers.postgres import needs_debian

pytestmark = needs_debian


def test_a_worker_without_servers_says_which_are_missing(tmp_path: Path) -> None:
    with installation(tmp_path, {}) as alone:
        worker = alone.worker("worker")
        assert worker.process.wait(20) == 2
        assert "NOVA_DATABASE_URL" in worker.err.read_text("utf-8")
        assert "NOVA_QDRANT_URL" in worker.err.read_text("utf-8")


def test_a_worker_waits_for_nova_works_is_seen_and_leaves_in_peace(nova: Installation) -> None:
    worker = nova.worker("one", "--concurrency", "1")
    until(lambda: worker.logged("worker_waits"), 20)
    assert nova.command("worker", "--check").process.wait(20) == 4
    nova.up()
    until(lambda: ready(worker), 20)
    assert nova.command("worker", "--check").process.wait(20) == 0
    assert not (nova.folder / "one" / "secrets").exists()
    with nova.client() as client:
        assert client.get("/admin/health").json()["data"]["services"]["jobs"]["status"] == "ok"
    assert worker.stop() == 0
    assert worker.logged("worker_left")
    assert KEY not in worker.err.read_text("utf-8")
    assert nova.command("worker", "--check").process.wait(20) == 4


def test_a_worker_that_sees_other_files_is_refused(nova: Installation) -> None:
    nova.up()
    stranger = nova.worker("stranger", NOVA_S3_URL=f"s3://nova/{uuid4().hex}")
    assert stranger.process.wait(30) == 2
    assert "NOVA_S3_URL" in stranger.err.read_text("utf-8")


def test_a_worker_that_is_stopped_gives_its_job_back(nova: Installation) -> None:
    nova.up()
    first = nova.worker("first", "--concurrency", "1")
    until(lambda: ready(first), 20)
    with nova.client() as client:
        body = ("# Lange\n\n" + "\n\n".join(f"## § {n} Zähler\n\nDer Zähler {n} ist zu prüfen." for n in range(4000))).encode()
        sent = client.post("/ingest/doc", files={"file": ("lang.md", body)}, data={"wait": "0"}).json()["data"]
        until(lambda: client.get(f"/jobs/{sent['job_id']}").json()["data"]["state"] == "running", 20)
        assert first.stop(signal.SIGTERM) == 0
        assert client.get(f"/jobs/{sent['job_id']}").json()["data"]["state"] == "queued"
        nova.worker("second")
        until(lambda: client.get(f"/jobs/{sent['job_id']}").json()["data"]["state"] == "done", 40)
