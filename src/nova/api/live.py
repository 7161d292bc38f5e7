"""Job changes and health in, one stream a page out. One thread watches the jobs for all readers and one the health, which may be slow to
learn; nobody reads, nothing runs.
"""

import asyncio
import math
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from nova.api.protocol.sse import Event, EventStream, encode
from nova.api.views.records import job_view
from nova.errors import NotFound, NovaError, TooManyRequests
from nova.flows.job_control import shown_to
from nova.logs import get_logger
from nova.ports.jobs import Jobs
from nova.records import Caller, JobView

LOOK_SECONDS = 5.0
HEALTH_SECONDS = 10.0
GATHER_SECONDS = 0.1
NEWEST = 50
MOST_OPEN = 200
MOST_STREAMS = 20  # of one person; the operator's key may stand for many
log = get_logger(__name__)
Health = Callable[[], Mapping[str, Any]]
Shown = dict[UUID, JobView]


@dataclass(eq=False)
class Reader:
    """One open stream: what it has not sent yet, the newest of each thing only."""

    caller: Caller
    loop: asyncio.AbstractEventLoop
    waiting: dict[str, Event] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, key: str, event: Event) -> None:
        """Called from the watching threads."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.put_here, key, event)

    def put_here(self, key: str, event: Event) -> None:
        """Called from the reader's own thread."""
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
        self._threads: set[str] = set()
        self._closed = threading.Event()
        self._seen = 0
        self._shown: Shown = {}
        self._services: Event | None = None

    def stream(self, caller: Caller) -> EventStream:
        """Open and newest jobs first, then every change; for who sees the operation health too. TooManyRequests for one stream too many."""
        reader = Reader(caller, asyncio.get_running_loop())
        with self._lock:
            mine = sum(other.caller.user_id == caller.user_id for other in self._readers)
            if caller.user_id is not None and mine >= MOST_STREAMS:
                message = "Sie lesen schon zu oft mit. Schließen Sie andere Fenster."
                raise TooManyRequests(message, data={"retry_after": math.ceil(LOOK_SECONDS)})
            self._join(reader)
        return EventStream(self._pieces(reader), lambda: self._leave(reader))

    async def _pieces(self, reader: Reader) -> AsyncIterator[bytes]:
        while not self._closed.is_set():
            await reader.wake.wait()
            reader.wake.clear()
            events, reader.waiting = reader.waiting, {}
            for event in events.values():
                yield encode(event)

    @property
    def readers(self) -> int:
        """How many streams are open."""
        return len(self._readers)

    def close(self) -> None:
        """End the watching threads and all streams."""
        self._closed.set()
        with self._lock:
            readers = list(self._readers)
        for reader in readers:
            reader.put("end", Event("end", {}))

    def _join(self, reader: Reader) -> None:
        """With the lock: tell a reader how everything was a moment ago; what changes is told after that."""
        self._watch("jobs", self._look)
        if reader.caller.may("operate"):
            self._watch("health", self._look_at_health)
            if self._services:
                reader.put_here("health", self._services)
        for job in self._shown.values():
            if (event := _event(reader.caller, job)) is not None:
                reader.put_here(str(job.job_id), event)
        self._readers.add(reader)

    def _leave(self, reader: Reader) -> None:
        with self._lock:
            self._readers.discard(reader)

    def _watch(self, what: str, look: Callable[[], None]) -> None:
        if what not in self._threads:
            threading.Thread(target=self._looks, args=(what, look), name=f"nova-live-{what}", daemon=True).start()
            self._threads.add(what)

    def _looks(self, what: str, look: Callable[[], None]) -> None:
        """Look again and again, whatever goes wrong, until nobody wants to know."""
        while self._wanted(what):
            try:
                look()
            except Exception as error:  # the edge of all open streams: they live on
                if isinstance(error, NovaError):
                    log.warning("live_unreachable", what=what, error=error.code)
                else:
                    log.exception("live_failed", what=what)
                self._closed.wait(LOOK_SECONDS)

    def _wanted(self, what: str) -> bool:
        with self._lock:
            if not self._closed.is_set() and (self._operating() if what == "health" else self._readers):
                return True
            self._threads.discard(what)
            if what == "health":
                self._services = None
            else:
                self._shown = {}
            return False

    def _operating(self) -> list[Reader]:
        return [reader for reader in self._readers if reader.caller.may("operate")]

    def _look(self) -> None:
        self._tell(self._current())
        self._seen = self._jobs.changes(self._seen, LOOK_SECONDS)
        self._closed.wait(GATHER_SECONDS)

    def _current(self) -> list[JobView]:
        """The newest jobs, those not done, and those that were not done a moment ago; oldest first."""
        newest = self._jobs.list(limit=NEWEST)
        running = self._jobs.list(states=("queued", "running"), limit=MOST_OPEN)
        now = {job.job_id: job for job in (*newest, *running)}
        for job_id in [job_id for job_id, job in self._shown.items() if job.state in ("queued", "running") and job_id not in now]:
            try:
                now[job_id] = self._jobs.get(job_id)
            except NotFound:
                continue
        return sorted(now.values(), key=lambda job: job.created_at)

    def _tell(self, jobs: Sequence[JobView]) -> None:
        now = {job.job_id: job for job in jobs}
        with self._lock:
            changed = [job for job_id, job in now.items() if self._shown.get(job_id) != job]
            self._shown = now
            for reader in self._readers:
                for job in changed:
                    if (event := _event(reader.caller, job)) is not None:
                        reader.put(str(job.job_id), event)

    def _look_at_health(self) -> None:
        event = Event("health", self._health())
        with self._lock:
            self._services = event
            for reader in self._operating():
                reader.put("health", event)
        self._closed.wait(HEALTH_SECONDS)


def _event(caller: Caller, job: JobView) -> Event | None:
    """What somebody is told of a job; None where they may not see it."""
    shown = shown_to(caller, job)
    return None if shown is None else Event("job", job_view(shown))
