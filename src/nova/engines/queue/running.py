"""A claimed job in, its handler's view of it out: stages, the guard for commits, the end. Every write names the attempt it belongs to."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.errors import JobCancelled, JobLost
from nova.records import JobState
from nova.store import jobs as rows
from nova.store.postgres.db import Database

QUIET_SECONDS = 0.25

AfterEnd = Callable[[Connection[Any], UUID, bool], None]


class RunningJob:
    """One attempt at a job; implements `nova.ports.JobContext`. Thread-safe: the heartbeat tells it what the database knows."""

    def __init__(self, database: Database, claim: rows.Claim, lease: float, after_end: AfterEnd) -> None:
        self._database = database
        self._claim = claim
        self._lease = lease
        self._after_end = after_end
        self._lost = threading.Event()
        self._cancelled = threading.Event()
        self._stopping = threading.Event()
        self._result: Mapping[str, Any] = {}
        self._saved: Mapping[str, Any] = claim.saved
        self._stage = ""
        self._written = 0.0
        if claim.cancel_requested:
            self._cancelled.set()

    @property
    def job_id(self) -> UUID:
        """The running job."""
        return self._claim.job_id

    @property
    def kind(self) -> str:
        """Which handler it needs."""
        return self._claim.kind

    @property
    def args(self) -> Mapping[str, Any]:
        """What it was started with (JSON values)."""
        return self._claim.args

    @property
    def attempt(self) -> int:
        """The fencing token: higher than that of every earlier attempt."""
        return self._claim.attempt

    @property
    def tries(self) -> int:
        """How often it was claimed since a person started it."""
        return self._claim.tries

    def progress(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say where the work stands; the same stage is written four times a second at most. Raises JobCancelled or JobLost."""
        self._check()
        now = time.monotonic()
        if stage == self._stage and done != total and now - self._written < QUIET_SECONDS:
            return
        with self._database.transaction() as conn:
            self._obey(rows.stage(conn, self._claim, stage, (done, total), self._lease))
        self._stage, self._written = stage, now

    def save(self, state: Mapping[str, Any]) -> None:
        """Keep how far the work is, for the next attempt; durable when it returns. Raises JobCancelled or JobLost."""
        self._check()
        with self._database.transaction() as conn:
            self._obey(rows.save(conn, self._claim, state, self._lease))
        self._saved = dict(state)

    def saved(self) -> Mapping[str, Any]:
        """What was saved last, by this attempt or an earlier one; {} where nothing was."""
        return self._saved

    def guard(self, connection: Connection[Any]) -> None:
        """Let the caller's transaction commit only if this attempt still owns the job: locks its row until the commit.

        Call it last, right before the commit. Raises JobCancelled or JobLost, and the transaction must then be rolled back.
        """
        self._check()
        self._obey(rows.guard(connection, self.job_id, self.attempt, self._lease))

    def finish(self, result: Mapping[str, Any], *, connection: Connection[Any] | None = None) -> None:
        """The result to show once the handler returns; with a connection the job ends in the caller's transaction (both or neither)."""
        self._result = result
        if connection is None:
            return
        self.guard(connection)
        if rows.end(connection, self._claim, "done", result):
            self._after_end(connection, self.job_id, True)

    def heard(self, held: rows.JobLease | None) -> None:
        """What the heartbeat saw: None when the database no longer gives the job to this worker."""
        if held is None or held.attempt != self.attempt:
            self._lost.set()
        elif held.cancel_requested:
            self._cancelled.set()

    def stop(self) -> None:
        """The worker is stopping: the handler leaves at its next stage and the job goes back to the queue."""
        self._stopping.set()

    @property
    def stopping(self) -> bool:
        """Whether the worker is stopping."""
        return self._stopping.is_set()

    def done(self) -> None:
        """The handler returned."""
        with self._database.transaction() as conn:
            if rows.end(conn, self._claim, "done", self._result):
                self._after_end(conn, self.job_id, True)

    def failed(self, message: str, code: str, *, state: JobState = "failed", tell: bool = True) -> None:
        """The handler gave up or a person cancelled it; `tell` the kind's ending in the same transaction."""
        with self._database.transaction() as conn:
            rows.lock_item(conn, self.job_id)
            if rows.end(conn, self._claim, state, self._result, message, code):
                self._after_end(conn, self.job_id, tell)

    def requeue(self, delay: float = 0.0, error: str | None = None, code: str | None = None, *, counts: bool = True) -> None:
        """Give the job back: at once without an error, which does not count as a try, else after `delay` seconds."""
        with self._database.transaction() as conn:
            rows.requeue(conn, self._claim, delay, (error, code), refund=error is None or not counts)

    def _check(self) -> None:
        self._obey(None if self._lost.is_set() else self._cancelled.is_set())

    def _obey(self, cancel_requested: bool | None) -> None:
        if cancel_requested is None:
            self._lost.set()
            raise JobLost("Ein anderer Arbeitsprozess führt diesen Auftrag fort.")
        if cancel_requested:
            self._cancelled.set()
            raise JobCancelled("Der Auftrag wurde abgebrochen.")
        if self._stopping.is_set():
            raise JobLost("Der Arbeitsprozess wird beendet, der Auftrag läuft danach weiter.")
