"""Durable jobs in Postgres: kinds and arguments in, records people can watch out. The table is the queue (see docs/decisions/0002-jobs.md).

A worker claims a job with SKIP LOCKED and a lease, prolongs the lease by heartbeats, and every write of a running job names its attempt.
When a worker dies another sees that nobody prolongs its lease and claims the job; what the dead one still tries to write hits nothing.
"""

import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection

from nova.engines.queue.running import RunningJob
from nova.engines.queue.signal import Signal
from nova.engines.queue.watch import Watch
from nova.errors import Conflict, NotFound
from nova.ports import JOBS, Fact, Outbox
from nova.ports.jobs import OPEN, JobCounts, Kind, Started
from nova.records import JobState, JobView
from nova.store import jobs as rows
from nova.store.ids import uuid7
from nova.store.postgres.db import Database

LEASE_SECONDS = 12.0
KEEP_ENDED = timedelta(days=30)
ENDED = ("done", "failed", "cancelled")
MOST_OPEN = 200  # jobs of a kind that wait or run, among which one is looked for


class Ending(Protocol):
    """What a kind does when one of its jobs ends without success, in the same transaction (mark the item as failed, say)."""

    def __call__(self, connection: Connection[Any], job: JobView, args: Mapping[str, Any]) -> None:
        """`job` as it now stands: failed or cancelled."""
        ...


class PostgresJobs:
    """Implements `nova.ports.Jobs`, and the worker's side of it for `nova.jobs.worker`."""

    def __init__(
        self,
        database: Database,
        *,
        endings: Mapping[str, Ending] | None = None,
        lease: float = LEASE_SECONDS,
        outbox: Outbox | None = None,
    ) -> None:
        """`lease` in seconds: how long after its last sign of life a worker's jobs are taken over. `outbox` hears of every end."""
        self.lease = lease
        self._claiming = threading.Lock()
        self._outbox = outbox
        self._database = database
        self._endings = dict(endings or {})
        self._signal = Signal(database.listen)
        self._watch = Watch()

    def start(
        self,
        kind: Kind,
        args: Mapping[str, Any],
        *,
        title: str = "",
        item_id: UUID | None = None,
        owner: UUID | None = None,
        connection: Connection[Any] | None = None,
    ) -> UUID:
        """Queue a job; with a connection, in the caller's transaction (both or neither)."""
        job = rows.NewJob(uuid7(), kind.name, title or kind.title or kind.name, args, item_id, owner, long=kind.long)
        with self._within(connection) as conn:
            rows.insert(conn, job)
        return job.job_id

    def start_once(
        self,
        kind: Kind,
        args: Mapping[str, Any] | None = None,
        *,
        title: str = "",
        states: Sequence[JobState] = OPEN,
        counts: Callable[[JobView], bool] | None = None,
        connection: Connection[Any] | None = None,
    ) -> Started:
        """Queue a job unless one of its kind that `counts` is in one of these states already, which is given then.

        Where running ones do not count, one that waits begins after the transaction ends and sees what it did.
        """
        with self._within(connection) as conn:
            rows.lock_kind(conn, kind.name)
            for job in rows.newest(conn, states, kind.name, None, MOST_OPEN):
                if (counts is None or counts(job)) and (job.state != "queued" or "running" in states or rows.hold_queued(conn, job.job_id)):
                    return Started(job.job_id, new=False)
            return Started(self.start(kind, args or {}, title=title, connection=conn), new=True)

    def get(self, job_id: UUID) -> JobView:
        """One job; NotFound."""
        with self._database.transaction() as conn:
            return self._get(conn, job_id)

    def list(
        self, *, states: Sequence[JobState] = (), kind: str | None = None, owner: UUID | None = None, limit: int = 50
    ) -> list[JobView]:
        """Newest first; `owner` None means all."""
        with self._database.transaction() as conn:
            return rows.newest(conn, states, kind, owner, limit)

    def cancel(self, job_id: UUID, *, connection: Connection[Any] | None = None) -> JobView:
        """Ask a job to stop; a queued one ends at once, a running one at its next stage, an ended one stays as it is."""
        with self._within(connection) as conn:
            before = self._get(conn, job_id)
            rows.lock_item(conn, job_id)
            rows.cancel(conn, job_id)
            after = self._get(conn, job_id)
            if after.state == "cancelled" and before.state != "cancelled":
                self._after_end(conn, job_id)
            return after

    def retry(self, job_id: UUID, *, connection: Connection[Any] | None = None) -> JobView:
        """Queue a failed or cancelled job again; Conflict in any other state."""
        with self._within(connection) as conn:
            retried = rows.retry(conn, job_id)
            job = self._get(conn, job_id)
        if not retried:
            raise Conflict("Nur fehlgeschlagene oder abgebrochene Aufträge lassen sich wiederholen.", data={"state": job.state})
        return job

    def wait(self, job_id: UUID, timeout: float) -> JobView:
        """The job once ended, or as it stands after `timeout` seconds."""
        until = time.monotonic() + timeout
        while True:
            seen = self._signal.version
            job = self.get(job_id)
            left = until - time.monotonic()
            if job.state in ENDED or left <= 0:
                return job
            self._signal.wait(seen, min(left, 2.0))

    def changes(self, since: int, timeout: float) -> int:
        """A counter that grows when any job changes: returns once it exceeds `since`, or after `timeout` seconds. Start with 0."""
        return self._signal.wait(since, timeout)

    def watch(self, job_id: UUID, beat: float = 15.0) -> Iterator[JobView]:
        """The job now and after each change until it has ended; at least every `beat` seconds."""
        seen = self._signal.version
        job = self.get(job_id)
        yield job
        while job.state not in ENDED:
            until = time.monotonic() + beat
            fresh = job
            while fresh == job and time.monotonic() < until:
                seen = self._signal.wait(seen, min(2.0, until - time.monotonic()))
                fresh = self.get(job_id)
            job = fresh
            yield job

    def count(self, within: timedelta, kind: str | None = None) -> JobCounts:
        """How many jobs there are by state, all or of one kind; lately is `within` the time before now."""
        with self._database.transaction() as conn:
            return rows.count(conn, within, kind)

    def ended(self, kind: str, within: timedelta) -> Mapping[str, int]:
        """How many jobs of this kind ended `within` the time before now, by state: done, failed, cancelled."""
        with self._database.transaction() as conn:
            return dict.fromkeys(ENDED, 0) | rows.ended(conn, kind, within)

    def schedule(self, kind: Kind, every: timedelta, args: Mapping[str, Any]) -> None:
        """Start this kind regularly; one at a time."""
        with self._database.transaction() as conn:
            rows.upsert_schedule(conn, rows.Due(kind.name, kind.title or kind.name, args, kind.long), every)

    def unschedule(self, kind: str) -> None:
        """Start this kind no more by itself."""
        with self._database.transaction() as conn:
            rows.delete_schedule(conn, kind)

    def scheduled(self, kind: str) -> bool:
        """Whether this kind starts by itself."""
        with self._database.transaction() as conn:
            return rows.has_schedule(conn, kind)

    def close(self) -> None:
        """Stop listening; every wait returns."""
        self._signal.close()

    # --- the worker's side

    def claim(self, worker: str, kinds: Sequence[str], slots: int = 1) -> RunningJob | None:
        """Take the next job of these kinds that is abandoned, or due: by turns between those whose jobs they are.

        Of `slots` jobs at once (or as many as all workers do) those of one person, and those that a schedule starts, are all but one.
        """
        with self._claiming, self._database.transaction() as conn:  # one after the other, so that each sees what the others took
            claim = self._next(conn, worker, kinds, slots)
        return None if claim is None else RunningJob(self._database, claim, self.lease, self._after_end)

    def _next(self, conn: Connection[Any], worker: str, kinds: Sequence[str], slots: int) -> rows.Claim | None:
        abandoned = self._watch.abandoned(rows.running(conn, kinds), self.lease)
        if abandoned and (claim := rows.claim_abandoned(conn, worker, kinds, self.lease, abandoned)):
            return claim
        for turn in rows.turns(conn, kinds, slots):
            if claim := rows.claim(conn, worker, kinds, self.lease, turn):
                return claim
        return None

    def spent(self, owner: UUID, since: datetime | None) -> tuple[float, datetime]:
        """Seconds of processor time of a person's jobs that ended after `since` (None: within a minute), and up to when that is."""
        with self._database.single() as conn:
            return rows.spent(conn, owner, since)

    def beat(self, worker: str, running: Sequence[RunningJob]) -> None:
        """Prolong the leases of a worker's jobs and tell each what the database knows of it."""
        with self._database.transaction() as conn:
            held = {job.job_id: job for job in rows.beat(conn, worker, [job.job_id for job in running], self.lease)}
        for job in running:
            job.heard(held.get(job.job_id))

    def release(self, worker: str) -> int:
        """Take back at once what other workers held; only for a process that knows it is the only one."""
        with self._database.transaction() as conn:
            return rows.release(conn, worker)

    def here(self, worker: str, slots: int, labels: Collection[str] = ()) -> None:
        """Say that a worker is there, does `slots` jobs at once, and takes work of these labels."""
        with self._database.transaction() as conn:
            rows.here(conn, worker, socket.gethostname(), slots, labels)

    def gone(self, worker: str) -> None:
        """Say that a worker has ended."""
        with self._database.transaction() as conn:
            rows.gone(conn, worker)

    def workers(self) -> Sequence[rows.WorkerRow]:
        """The workers that gave a sign of life just now."""
        with self._database.transaction() as conn:
            return rows.workers(conn)

    def tick(self) -> None:
        """Start what the schedules ask for and forget old jobs."""
        with self._database.transaction() as conn:
            for due in rows.take_due_schedules(conn):
                rows.insert(conn, rows.NewJob(uuid7(), due.kind, due.title, due.args, schedule=due.kind, long=due.long))

    def sweep(self) -> int:
        """Forget jobs that ended long ago; how many. Workers that ended without a word are forgotten too."""
        with self._database.transaction() as conn:
            rows.forget_workers(conn)
            return rows.delete_old(conn, KEEP_ENDED)

    def queued(self) -> int:
        """A counter that grows with every queued job."""
        return self._signal.queued

    def wait_queued(self, since: int, timeout: float) -> int:
        """The counter once it exceeds `since`, or after `timeout` seconds."""
        return self._signal.wait_queued(since, timeout)

    def wake(self) -> None:
        """Let every waiting worker look again."""
        self._signal.wake()

    def _within(self, connection: Connection[Any] | None) -> AbstractContextManager[Connection[Any]]:
        return self._database.transaction() if connection is None else nullcontext(connection)

    def _get(self, conn: Connection[Any], job_id: UUID) -> JobView:
        job = rows.get(conn, job_id)
        if job is None:
            raise NotFound("Diesen Auftrag gibt es nicht.", data={"job_id": str(job_id)})
        return job

    def _after_end(self, conn: Connection[Any], job_id: UUID, tell: bool = True) -> None:
        """`tell` the kind's ending of an end without success, and the outbox of any end, in the transaction that ends the job."""
        job = self._get(conn, job_id)
        if tell and job.state != "done" and (ending := self._endings.get(job.kind)):
            ending(conn, job, rows.arguments(conn, job_id))
        if self._outbox is not None:
            self._outbox.put(conn, Fact(JOBS, str(job_id), _fact(job)))


def _fact(job: JobView) -> dict[str, Any]:
    """What others may know of an end: no title and no words."""
    names = ("job_id", "kind", "state", "error_code", "item_id", "attempts", "created_at", "started_at", "ended_at")
    return {name: None if (value := getattr(job, name)) is None else _plain(value) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value if isinstance(value, int) else str(value)
