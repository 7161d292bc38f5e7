"""Work that runs without a person: kinds of jobs, the queue they wait in, and what a running one may do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from nova.records import JobState, JobView

OPEN: tuple[JobState, ...] = ("queued", "running")


@dataclass(frozen=True, slots=True)
class Kind:
    """What jobs of a kind are called: by code, and by people where a job has no title of its own.

    `long`: they may take hours and nobody waits for them, so they leave places to others.
    """

    name: str
    title: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A job that waits or runs; `new`: it was queued just now."""

    job_id: UUID
    new: bool


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs there are in each state, `failed` and `done` of all that are kept; `..._lately` those that ended within a span.

    `oldest_queued_s` is for how long the first of those that wait has been due, 0 where none is; what pauses before its next try is not.
    """

    queued: int = 0
    running: int = 0
    failed: int = 0
    done: int = 0
    failed_lately: int = 0
    done_lately: int = 0
    oldest_queued_s: float = 0.0


class JobContext(Protocol):
    """What a running job may do to its own record."""

    @property
    def job_id(self) -> UUID:
        """The running job."""

    @property
    def args(self) -> Mapping[str, Any]:
        """What it was started with (JSON values)."""

    def progress(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say where the work stands. Raises JobCancelled when a person asked to stop, JobLost when another worker took over."""

    def save(self, state: Mapping[str, Any]) -> None:
        """Keep how far the work is (JSON values), for the next attempt; durable when it returns. JobCancelled, JobLost."""

    def saved(self) -> Mapping[str, Any]:
        """What an earlier attempt saved last, also one before somebody tried the job again; {} where none did."""

    def guard(self, connection: Any) -> None:
        """Let the caller's transaction commit only if this attempt still owns the job; call it last, right before the commit.

        Raises JobCancelled or JobLost, and the transaction is then rolled back.
        """

    def finish(self, result: Mapping[str, Any], *, connection: Any = None) -> None:
        """The result to show once the handler returns; with a connection the job ends in the caller's transaction (both or neither)."""


JobHandler = Callable[[JobContext], None]


class Jobs(Protocol):
    """Work that runs without a person: durable, taken over after a kill, never twice with effect."""

    def start(
        self,
        kind: Kind,
        args: Mapping[str, Any],
        *,
        title: str = "",
        item_id: UUID | None = None,
        owner: UUID | None = None,
        connection: Any = None,
    ) -> UUID:
        """Queue a job; with a connection, in the caller's transaction (both or neither)."""

    def start_once(
        self,
        kind: Kind,
        args: Mapping[str, Any] | None = None,
        *,
        title: str = "",
        states: Sequence[JobState] = OPEN,
        counts: Callable[[JobView], bool] | None = None,
        connection: Any = None,
    ) -> Started:
        """Queue a job unless one of its kind is in one of these states already, which is given then; two callers at once queue one.

        `counts` says which of those that are there count. Where `states` leaves out running ones, a waiting one that is given begins after
        the caller's transaction ends and sees what it did.
        """

    def get(self, job_id: UUID) -> JobView:
        """One job; NotFound."""

    def list(
        self, *, states: Sequence[JobState] = (), kind: str | None = None, owner: UUID | None = None, limit: int = 50
    ) -> list[JobView]:
        """Newest first; `owner` None means all."""

    def count(self, within: timedelta, kind: str | None = None) -> JobCounts:
        """How many jobs there are by state, all or of one kind; lately is `within` the time before now."""

    def cancel(self, job_id: UUID, *, connection: Any = None) -> JobView:
        """Ask a job to stop; a queued one ends at once, a running one at its next stage. With a connection, in the caller's transaction."""

    def retry(self, job_id: UUID, *, connection: Any = None) -> JobView:
        """Queue a failed or cancelled job again; with a connection, in the caller's transaction. Conflict in any other state."""

    def wait(self, job_id: UUID, timeout: float) -> JobView:
        """The job once ended, or as it stands after `timeout` seconds."""

    def changes(self, since: int, timeout: float) -> int:
        """A counter that grows when any job changes: returns once it exceeds `since`, or after `timeout` seconds. Start with 0."""

    def watch(self, job_id: UUID, beat: float = 15.0) -> Iterator[JobView]:
        """The job now and after each change until it has ended; at least every `beat` seconds."""

    def schedule(self, kind: Kind, every: timedelta, args: Mapping[str, Any]) -> None:
        """Start this kind regularly; one at a time."""

    def unschedule(self, kind: str) -> None:
        """Start this kind no more by itself."""

    def scheduled(self, kind: str) -> bool:
        """Whether this kind starts by itself."""

    def close(self) -> None:
        """Stop listening; every wait returns."""
