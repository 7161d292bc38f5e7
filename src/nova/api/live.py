"""Job changes and health in, one stream a page out. One thread watches for all readers; nobody reads, nothing runs."""

import asyncio
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from nova.api.sse import Event, encode
from nova.api.views import job_view, may_see_job
from nova.errors import NotFound, NovaError, TooManyRequests
from nova.logs import get_logger
from nova.ports import Jobs
from nova.records import Caller, JobView

LOOK_SECONDS = 5.0
HEALTH_SECONDS = 10.0
GATHER_SECONDS = 0.1
NEWEST = 50
MOST_OPEN = 200
MOST_STREAMS = 20  # of one customer; the operator's key may stand for many people
log = get_logger(__name__)
Health = Callable[[], Mapping[str, Any]]


@dataclass(eq=False)
class Reader:
    """One open stream: what it has not sent yet, the newest of each thing only."""

    caller: Caller
    loop: asyncio.AbstractEventLoop
    waiting: dict[str, Event] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, key: str, event: Event) -> None:
        """Called from the watching thread."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._put, key, event)

    def _put(self, key: str, event: Event) -> None:
        self.waiting.pop(key, None)
        self.waiting[key] = event
        self.wake.set()


class Live:
    """Watches jobs and health while anybody reads."""

    def __init__(self, jobs: Jobs, health: Health) -> None:
        self._jobs = jobs
        self._health = health
        self._readers: set[Reader] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._new: list[Reader] = []
        self._greeter: threading.Thread | None = None
        self._closed = threading.Event()

    def stream(self, caller: Caller) -> AsyncIterator[bytes]:
        """Open and newest jobs first, then every change; for the operator health too. TooManyRequests for one stream too many."""
        with self._lock:
            mine = sum(reader.caller == caller for reader in self._readers)
        if caller.role != "admin" and mine >= MOST_STREAMS:
            message = "Sie lesen schon zu oft mit. Schließen Sie andere Fenster."
            raise TooManyRequests(message, data={"retry_after": math.ceil(LOOK_SECONDS)})
        return self._stream(Reader(caller, asyncio.get_running_loop()))

    async def _stream(self, reader: Reader) -> AsyncIterator[bytes]:
        self._join(reader)
        try:
            while not self._closed.is_set():
                await reader.wake.wait()
                reader.wake.clear()
                events, reader.waiting = reader.waiting, {}
                for event in events.values():
                    yield encode(event)
        finally:
            self._leave(reader)

    @property
    def readers(self) -> int:
        """How many streams are open."""
        return len(self._readers)

    def close(self) -> None:
        """End the watching thread and all streams."""
        self._closed.set()
        with self._lock:
            readers = list(self._readers)
        for reader in readers:
            reader.put("end", Event("end", {}))

    def _join(self, reader: Reader) -> None:
        with self._lock:
            self._readers.add(reader)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="nova-live", daemon=True)
                self._thread.start()
                return
            self._new.append(reader)
            if self._greeter is None:
                self._greeter = threading.Thread(target=self._greet, name="nova-live-greet", daemon=True)
                self._greeter.start()

    def _leave(self, reader: Reader) -> None:
        with self._lock:
            self._readers.discard(reader)

    def _watch(self) -> None:
        known: dict[UUID, JobView] = {}
        seen, asked = 0, 0.0
        while self._wanted():
            try:
                known = self._tell_changes(known)
                if time.monotonic() - asked >= HEALTH_SECONDS:
                    asked = time.monotonic()
                    self._tell_health()
                seen = self._jobs.changes(seen, LOOK_SECONDS)
            except NovaError as error:
                log.warning("live_unreachable", error=error.code)
                self._closed.wait(LOOK_SECONDS)
            self._closed.wait(GATHER_SECONDS)

    def _wanted(self) -> bool:
        with self._lock:
            if self._readers and not self._closed.is_set():
                return True
            self._thread = None
            return False

    def _tell_changes(self, known: dict[UUID, JobView]) -> dict[UUID, JobView]:
        now = self._current()
        ended = [job_id for job_id, job in known.items() if job.state in ("queued", "running") and job_id not in now]
        for job_id in ended:
            try:
                now[job_id] = self._jobs.get(job_id)
            except NotFound:
                continue
        for job in sorted(now.values(), key=lambda job: job.created_at):
            if known.get(job.job_id) != job:
                self._tell(job)
        return now

    def _current(self) -> dict[UUID, JobView]:
        newest = self._jobs.list(limit=NEWEST)
        running = self._jobs.list(states=("queued", "running"), limit=MOST_OPEN)
        return {job.job_id: job for job in (*newest, *running)}

    def _tell(self, job: JobView) -> None:
        event = Event("job", job_view(job))
        with self._lock:
            readers = [reader for reader in self._readers if may_see_job(reader.caller, job)]
        for reader in readers:
            reader.put(str(job.job_id), event)

    def _tell_health(self) -> None:
        with self._lock:
            readers = [reader for reader in self._readers if reader.caller.role == "admin"]
        services = self._health() if readers else {}
        for reader in readers:
            reader.put("health", Event("health", services))

    def _greet(self) -> None:
        """Tell those who came later how everything stands, as soon as that can be known; one look for all who wait."""
        while new := self._newcomers():
            try:
                jobs = sorted(self._current().values(), key=lambda job: job.created_at)
                services = self._health() if any(reader.caller.role == "admin" for reader in new) else {}
            except NovaError as error:
                log.warning("live_unreachable", error=error.code)
                self._closed.wait(LOOK_SECONDS)
                with self._lock:
                    self._new += new
                continue
            for reader in new:
                for job in jobs:
                    if may_see_job(reader.caller, job):
                        reader.put(str(job.job_id), Event("job", job_view(job)))
                if reader.caller.role == "admin":
                    reader.put("health", Event("health", services))

    def _newcomers(self) -> list[Reader]:
        with self._lock:
            new, self._new = [reader for reader in self._new if reader in self._readers], []
            if not new or self._closed.is_set():
                self._greeter = None
                return []
            return new
