"""The live stream: what is there at first, every change, only one's own, and nothing left behind."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from nova.api.live import MOST_STREAMS
from nova.errors import ServerAbsent
from tests.api.house import ADMIN_KEY, Door

SECONDS = 10.0


class Stream:
    """An open live stream, read line by line."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def next(self, name: str) -> Any:
        """The next event of this name."""
        for line in self._lines:
            if line == f"event: {name}":
                return json.loads(next(self._lines).removeprefix("data: "))
        raise AssertionError("the stream ended")

    def job(self, job_id: str, state: str) -> Any:
        """The next time this job is in this state."""
        while True:
            job = self.next("job")
            if (job["job_id"], job["state"]) == (job_id, state):
                return job


@contextmanager
def live(address: str, headers: dict[str, str]) -> Iterator[Stream]:
    with httpx.Client(timeout=SECONDS) as client, client.stream("GET", f"{address}/api/v1/stream/live", headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Stream(response)


def test_a_customer_reads_along_a_few_times_at_once_and_not_more(door: Door, address: str) -> None:
    headers = door.person("vielleser").headers
    with ExitStack() as stack:
        streams = [stack.enter_context(live(address, headers)) for _ in range(MOST_STREAMS)]
        until = time.monotonic() + SECONDS
        while door.client.app.state.house.live.readers < len(streams) and time.monotonic() < until:  # type: ignore[attr-defined]
            time.sleep(0.02)
        refused = httpx.get(f"{address}/api/v1/stream/live", headers=headers)
        assert (refused.status_code, refused.json()["data"]["code"]) == (429, "rate_limited")
        assert door.person("anders")("GET", "/api/v1/jobs").status_code == 200
    assert nobody_reads(door)


def nobody_reads(door: Door) -> bool:
    """Whether every reader is forgotten within a few seconds."""
    until = time.monotonic() + SECONDS
    while door.client.app.state.house.live.readers and time.monotonic() < until:  # type: ignore[attr-defined]
        time.sleep(0.02)
    return not door.client.app.state.house.live.readers  # type: ignore[attr-defined]


def test_the_operator_sees_old_jobs_changes_and_health(door: Door, address: str) -> None:
    with live(address, {"X-Admin-Key": ADMIN_KEY}) as stream:
        assert stream.next("job")["kind"] == "ingest"
        assert stream.next("health")["services"]["db"]["status"] == "ok"
        made = door.upload("# Neu\n\nEin neuer Text für den Strom.\n", "neu.md", wait="0").json()["data"]
        done = stream.job(made["job_id"], "done")
        assert done["result"]["chunks"] == 1
        assert "owner" not in done
    door.admin("DELETE", f"/api/v1/admin/items/{made['item_id']}")
    assert nobody_reads(door)


def test_a_customer_sees_their_own_jobs_only(door: Door, address: str) -> None:
    anna = door.person("anna")
    with live(address, anna.headers) as stream, live(address, {"X-Admin-Key": ADMIN_KEY}) as second:
        assert second.next("job")
        door.upload("# Firma\n\nEin Text des Unternehmens.\n", "firma.md")
        file = {"file": ("anna.md", b"# Anna\n\nEin Text von Anna.\n")}
        made = anna("POST", "/api/v1/ingest/doc", files=file).json()["data"]
        first = stream.next("job")
        assert first["job_id"] == made["job_id"]
    assert nobody_reads(door)


def test_an_absent_database_pauses_the_stream_instead_of_ending_it(door: Door, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, turns = door.nova.jobs.list, []

    def sometimes(*args: Any, **more: Any) -> Any:
        turns.append(1)
        if len(turns) == 1:
            raise ServerAbsent("Die Datenbank antwortet nicht.")
        return listed(*args, **more)

    monkeypatch.setattr("nova.api.live.LOOK_SECONDS", 0.05)
    assert nobody_reads(door)
    monkeypatch.setattr(door.nova.jobs, "list", sometimes)
    with live(address, {"X-Admin-Key": ADMIN_KEY}) as stream:
        assert stream.next("job")
    assert nobody_reads(door)
