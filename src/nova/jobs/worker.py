"""Queued jobs and their handlers in, ended jobs out: a few threads that run them, and one that keeps the leases alive.

One of the three places with a broad `except`: whatever a handler raises, its job ends with a named reason or is tried again.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar
from uuid import UUID, uuid4

import psycopg
import structlog

from nova.effort import measured
from nova.errors import Busy, DiskFull, JobCancelled, JobLost, JobWaits, NovaError, ServerAbsent, disk_full, is_full
from nova.ports.jobs import JobContext, JobHandler
from nova.records import JobState

BEAT_SECONDS = 3.0
LOOK_SECONDS = 2.0
SWEEP_SECONDS = 3600.0
RETRY_DELAYS = (2.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0)  # a server that is started anew, or a disk that somebody makes room on
MAX_TRIES = 12
log = structlog.get_logger(__name__)


class Attempt(JobContext, Protocol):
    """A claimed job, as the queue hands it to a worker."""

    @property
    def kind(self) -> str:
        """Which handler it needs."""
        ...

    @property
    def tries(self) -> int:
        """How often it was claimed since a person started it."""
        ...

    @property
    def stopping(self) -> bool:
        """Whether the worker is stopping."""
        ...

    def stop(self) -> None:
        """Leave at the next stage."""
        ...

    def done(self) -> None:
        """The handler returned."""
        ...

    def failed(self, message: str, code: str, *, state: JobState = "failed", tell: bool = True) -> None:
        """The handler gave up or a person cancelled it; `tell` its kind."""
        ...

    def requeue(self, delay: float = 0.0, error: str | None = None, code: str | None = None, *, counts: bool = True) -> None:
        """Give it back for a later try; whether this one `counts` towards the most there are."""
        ...


Taken = TypeVar("Taken", bound=Attempt)


class Queue(Protocol[Taken]):
    """The worker's side of `nova.ports.Jobs`."""

    def claim(self, worker: str, kinds: Sequence[str], slots: int = 1) -> Taken | None:
        """The next job of these kinds, of which this process does `slots` at once."""
        ...

    def beat(self, worker: str, running: Sequence[Taken]) -> None:
        """Keep the leases alive and hear of cancellations."""
        ...

    def release(self, worker: str) -> int:
        """Take back at once what other workers held."""
        ...

    def here(self, worker: str, slots: int, labels: Collection[str] = ()) -> None:
        """Say that a worker is there."""
        ...

    def gone(self, worker: str) -> None:
        """Say that a worker has ended."""
        ...

    def tick(self) -> None:
        """Start what the schedules ask for."""
        ...

    def sweep(self) -> int:
        """Forget old jobs."""
        ...

    def queued(self) -> int:
        """A counter that grows with every queued job."""
        ...

    def wait_queued(self, since: int, timeout: float) -> int:
        """The counter once it exceeds `since`, or after `timeout` seconds."""
        ...

    def wake(self) -> None:
        """Let every waiting worker look again."""
        ...


UNREACHABLE = (psycopg.OperationalError, psycopg.InterfaceError, ServerAbsent, Busy, DiskFull)
FAILED = (psycopg.Error, NovaError)  # a thread outlives whatever a database says meanwhile


class Worker(Generic[Taken]):
    """Runs jobs in this process until `stop`."""

    def __init__(
        self,
        queue: Queue[Taken],
        handlers: Mapping[str, JobHandler],
        *,
        concurrency: int = 2,
        sole: bool = False,
        listed: Collection[str] | None = (),
        beat: float = BEAT_SECONDS,
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        """`sole`: no other worker can be alive, so what was running is taken over at once. `listed`: it counts among those who are there,
        with these labels.

        `beat` in seconds, well below the lease. `retry_delays`: the seconds to wait before each further try when a server does not answer.
        """
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self._queue = queue
        self._handlers = dict(handlers)
        self._sole, self._listed = sole, listed
        self._beat_seconds = beat
        self._retry_delays = tuple(retry_delays)
        self._stop = threading.Event()
        self._beatless = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[UUID, Taken] = {}
        self._threads = [threading.Thread(target=self._work, name=f"nova-job-{number}", daemon=True) for number in range(concurrency)]
        self._heart = threading.Thread(target=self._beat, name="nova-job-beat", daemon=True)

    def start(self) -> None:
        """Begin to work; returns at once."""
        if self._sole and (released := self._queue.release(self.name)):
            log.info("jobs_taken_over", jobs=released)
        for thread in (*self._threads, self._heart):
            thread.start()

    @property
    def whole(self) -> bool:
        """Whether every thread lives (before `stop`)."""
        return all(thread.is_alive() for thread in (*self._threads, self._heart))

    def stop(self, grace: float = 5.0) -> None:
        """Let handlers leave at their next stage for up to `grace` seconds; what has not ended goes back to the queue."""
        self._stop.set()
        for job in self._busy():
            job.stop()
        self._queue.wake()
        until = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for job in self._busy():
            self._end(job, job.requeue)
        self._beatless.set()
        self._heart.join(self._beat_seconds + 1)
        self._leave()

    def _busy(self) -> list[Taken]:
        with self._lock:
            return list(self._running.values())

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                seen = self._queue.queued()
                job = self._queue.claim(self.name, list(self._handlers), len(self._threads))
            except FAILED as error:
                log.warning("jobs_unreachable", error=type(error).__name__, reason=str(error))
                self._stop.wait(LOOK_SECONDS)
                continue
            if job is None:
                self._queue.wait_queued(seen, LOOK_SECONDS)
            else:
                self._run(job)

    def _run(self, job: Taken) -> None:
        with self._lock:
            self._running[job.job_id] = job
            if self._stop.is_set():
                job.stop()
        began = time.monotonic()
        with measured() as effort:
            try:
                self._handle(job)
            finally:
                with self._lock:
                    self._running.pop(job.job_id, None)
        times = {"seconds": round(time.monotonic() - began, 3), "cpu_seconds": round(effort.seconds, 3)}
        log.info("job_left", job_id=str(job.job_id), kind=job.kind, tries=job.tries, **times)

    def _handle(self, job: Taken) -> None:
        try:
            if job.tries > MAX_TRIES:
                message = "Der Auftrag wurde zu oft unterbrochen und deshalb beendet."
                job.failed(message, "interrupted", tell=job.tries == MAX_TRIES + 1)
                return
            self._handlers[job.kind](job)
            job.done()
        except JobCancelled as error:
            message = error.message
            self._end(job, lambda: job.failed(message, "cancelled", state="cancelled"))
        except JobLost:
            log.info("job_lost", job_id=str(job.job_id), stopping=job.stopping)
            if job.stopping:
                self._end(job, job.requeue)
        except JobWaits as error:
            again = partial(job.requeue, error.data["retry_after"], error.message, error.code, counts=False)
            self._end(job, again)
        except UNREACHABLE as error:
            self._again(job, error)
        except NovaError as error:
            message, code = error.message, error.code
            self._end(job, lambda: job.failed(message, code))
        except Exception as error:
            if isinstance(error, OSError) and is_full(error):
                self._again(job, disk_full())
                return
            log.exception("job_crashed", job_id=str(job.job_id), kind=job.kind)
            self._end(job, lambda: job.failed("Ein unerwarteter Fehler ist aufgetreten; Einzelheiten stehen im Protokoll.", "internal"))

    def _again(self, job: Taken, error: Exception) -> None:
        """Try later what failed because a server did not answer, up to a limit."""
        message = error.message if isinstance(error, NovaError) else "Die Datenbank antwortet nicht."
        code = error.code if isinstance(error, NovaError) else ServerAbsent.code
        if job.tries > len(self._retry_delays):
            self._end(job, lambda: job.failed(message, code))
        else:
            delay = self._retry_delays[job.tries - 1]
            self._end(job, lambda: job.requeue(delay, message, code))

    def _end(self, job: Taken, write: Callable[[], None]) -> None:
        """Write how a job ended; when that fails too, its lease runs out and it is taken over."""
        try:
            write()
        except Exception:
            log.exception("job_end_unwritten", job_id=str(job.job_id), kind=job.kind)

    def _beat(self) -> None:
        swept = 0.0
        while True:
            try:
                self._keep_alive()
                self._queue.tick()
                if time.monotonic() - swept > SWEEP_SECONDS:
                    swept = time.monotonic()
                    self._queue.sweep()
            except FAILED as error:
                log.warning("jobs_unreachable", error=type(error).__name__, reason=str(error))
            if self._beatless.wait(self._beat_seconds):
                return

    def _keep_alive(self) -> None:
        if busy := self._busy():
            self._queue.beat(self.name, busy)
        if self._listed is not None and not self._stop.is_set():
            self._queue.here(self.name, len(self._threads), self._listed)

    def _leave(self) -> None:
        try:
            self._queue.gone(self.name)
        except FAILED as error:
            log.warning("jobs_unreachable", error=type(error).__name__, reason=str(error))
