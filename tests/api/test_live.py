"""The live stream: what is there at first, every change, only one's own, and nothing left behind."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest

from nova.api.live import MOST_STREAMS, Live
from nova.api.protocol.sse import EventStream
from nova.errors import ServerAbsent, TooManyRequests
from nova.records import Caller, JobView
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


@pytest.mark.parametrize("fault", [ServerAbsent("Die Datenbank antwortet nicht."), LookupError("nobody named this")])
def test_whatever_goes_wrong_pauses_the_stream_instead_of_ending_it(
    door: Door, address: str, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    listed, turns = door.nova.jobs.list, []

    def sometimes(*args: Any, **more: Any) -> Any:
        turns.append(1)
        if len(turns) == 1:
            raise fault
        return listed(*args, **more)

    monkeypatch.setattr("nova.api.live.LOOK_SECONDS", 0.05)
    assert nobody_reads(door)
    monkeypatch.setattr(door.nova.jobs, "list", sometimes)
    with live(address, {"X-Admin-Key": ADMIN_KEY}) as stream, live(address, {"X-Admin-Key": ADMIN_KEY}) as second:
        assert stream.next("job") and second.next("job")
    assert nobody_reads(door)


class NoJobs:
    """No job, and never a change."""

    def list(self, **_: Any) -> list[JobView]:
        return []

    def changes(self, seen: int, _timeout: float) -> int:
        time.sleep(0.01)
        return seen


def test_places_are_counted_when_they_are_given_not_when_they_are_used() -> None:
    async def scene() -> None:
        live, caller = Live(NoJobs(), dict), Caller("customer", uuid4(), "vielleser")  # type: ignore[arg-type]
        streams = [live.stream(caller) for _ in range(MOST_STREAMS)]
        with pytest.raises(TooManyRequests):
            live.stream(caller)
        await left_at_once(streams[0])
        assert live.readers == MOST_STREAMS - 1
        live.stream(caller)
        live.close()

    asyncio.run(scene())


async def left_at_once(stream: EventStream) -> None:
    """Its reader has gone before it began."""

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        raise OSError

    with suppress(OSError):
        await stream({"type": "http"}, receive, send)  # type: ignore[arg-type]


def test_a_service_that_is_silent_or_broken_holds_up_no_job(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    silence, turns = threading.Event(), []

    def health() -> dict[str, str]:
        assert silence.wait(SECONDS)
        turns.append(1)
        if len(turns) == 1:
            raise LookupError("nobody named this")
        return {"status": "ok"}

    async def scene() -> None:
        live, heard, gone = Live(door.nova.jobs, health), bytearray(), asyncio.Event()

        async def receive() -> dict[str, str]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            heard.extend(message.get("body", b""))

        reading = asyncio.create_task(live.stream(Caller("admin"))({"type": "http"}, receive, send))
        for awaited in (b"event: job", b"event: health"):
            async with asyncio.timeout(SECONDS):
                while awaited not in heard:
                    await asyncio.sleep(0.01)
            assert (b"event: health" in heard) == silence.is_set()
            silence.set()
        gone.set()
        await reading
        live.close()

    monkeypatch.setattr("nova.api.live.LOOK_SECONDS", 0.05)
    asyncio.run(scene())
