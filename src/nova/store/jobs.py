"""Job rows: a connection and plain values in, records out. Functions run inside the caller's transaction (rows are dicts).

A running job belongs to (worker, attempt) while its lease lasts; every write of a running job names its attempt and hits nothing
once another worker has claimed it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from nova.effort import so_far
from nova.ports.jobs import JobCounts
from nova.records import JobState, JobView
from nova.store import queries

SQL = queries.load("jobs")
PRESENT_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A job this worker has just taken. `attempt` is the fencing token, `tries` counts claims since the last start by a person."""

    job_id: UUID
    kind: str
    title: str
    args: Mapping[str, Any]
    attempt: int
    tries: int
    cancel_requested: bool
    saved: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lease:
    """The lease of a running job as it stands; every sign of life changes `lease_until`."""

    job_id: UUID
    attempts: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class JobLease:
    """A job a worker still holds, as the database sees it."""

    job_id: UUID
    attempt: int
    cancel_requested: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose time has come; `long` as that of a job."""

    kind: str
    title: str
    args: Mapping[str, Any]
    long: bool = False


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A process that does jobs: its name, machine, how many at once, which kinds of work, since when, and its last sign of life."""

    worker: str
    host: str
    slots: int
    labels: list[str]
    started_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class NewJob:
    """What a job is started with; `schedule` names the schedule that asks for it. `long`: it may take hours, and nobody waits for it."""

    job_id: UUID
    kind: str
    title: str
    args: Mapping[str, Any]
    item_id: UUID | None = None
    owner: UUID | None = None
    schedule: str | None = None
    long: bool = False


def hold_waiting(conn: Connection[Any], kind: str) -> bool:
    """Whether a job of this kind without arguments waits, which now begins after the transaction ends and sees what it did."""
    return conn.execute(SQL["hold_waiting"], {"kind": kind}).fetchone() is not None


def hold_queued(conn: Connection[Any], job_id: UUID) -> bool:
    """Whether a job waits, which now begins after the transaction ends and sees what it did."""
    return conn.execute(SQL["hold_queued"], {"job_id": job_id}).fetchone() is not None


def widen_waiting(conn: Connection[Any], kind: str, tables: Collection[str]) -> bool:
    """Whether a job of this kind waits; it begins after the transaction ends, and has these `tables` among its arguments then."""
    return conn.execute(SQL["widen_waiting"], {"kind": kind, "tables": Jsonb(sorted(tables))}).fetchone() is not None


def insert(conn: Connection[Any], job: NewJob) -> bool:
    """Queue a job; False when its schedule still has an open one."""
    values = {"job_id": job.job_id, "kind": job.kind, "title": job.title, "args": Jsonb(dict(job.args))}
    more = {"item_id": job.item_id, "owner": job.owner, "schedule": job.schedule, "long": job.long}
    return conn.execute(SQL["insert_job"], values | more).rowcount == 1


def get(conn: Connection[Any], job_id: UUID) -> JobView | None:
    """The job, or None."""
    row = conn.execute(SQL["get_job"], {"job_id": job_id}).fetchone()
    return None if row is None else JobView(**row)


def arguments(conn: Connection[Any], job_id: UUID) -> Mapping[str, Any]:
    """What a job was started with; empty when there is no such job."""
    row = conn.execute(SQL["job_arguments"], {"job_id": job_id}).fetchone()
    return {} if row is None else row["args"]


def arguments_of(conn: Connection[Any], kind: str) -> list[Mapping[str, Any]]:
    """What the jobs of a kind were started with that wait, run, or ended so that a person may repeat them."""
    return [row["args"] for row in conn.execute(SQL["arguments_of"], {"kind": kind}).fetchall()]


def newest(conn: Connection[Any], states: Sequence[JobState], kind: str | None, owner: UUID | None, limit: int) -> list[JobView]:
    """Newest first."""
    values = {"states": list(states), "kind": kind, "owner": owner, "limit": limit}
    return [JobView(**row) for row in conn.execute(SQL["list_jobs"], values).fetchall()]


def running(conn: Connection[Any], kinds: Sequence[str]) -> list[Lease]:
    """What is being done."""
    return [Lease(**row) for row in conn.execute(SQL["running_jobs"], {"kinds": list(kinds)}).fetchall()]


def turns(conn: Connection[Any], kinds: Sequence[str], slots: int) -> list[str]:
    """Whose turn it is, in order, where at least `slots` jobs can be done at once."""
    rows = conn.execute(SQL["turns"], {"kinds": list(kinds), "slots": slots, "present": PRESENT_SECONDS}).fetchall()
    return [row["turns"] for row in rows]


def claim(conn: Connection[Any], worker: str, kinds: Sequence[str], lease: float, turn: str) -> Claim | None:
    """Take the next job of this turn that is due."""
    return _claim(conn.execute(SQL["claim_job"], {"worker": worker, "kinds": list(kinds), "lease": lease, "turns": turn}).fetchone())


def claim_abandoned(conn: Connection[Any], worker: str, kinds: Sequence[str], lease: float, abandoned: Sequence[Lease]) -> Claim | None:
    """Take one of the jobs that the caller saw abandoned."""
    seen = {"abandoned": [one.job_id for one in abandoned], "leases": [one.lease_until for one in abandoned]}
    return _claim(conn.execute(SQL["claim_abandoned"], {"worker": worker, "kinds": list(kinds), "lease": lease} | seen).fetchone())


def _claim(row: Mapping[str, Any] | None) -> Claim | None:
    if row is None:
        return None
    names = ("job_id", "kind", "title", "args", "tries", "cancel_requested", "saved")
    return Claim(attempt=row["attempts"], **{name: row[name] for name in names})


def spent(conn: Connection[Any], owner: UUID, since: datetime | None) -> tuple[float, datetime]:
    """Seconds of processor time of a person's jobs that ended after `since` (None: within a minute), and up to when that is."""
    row = conn.execute(SQL["spent"], {"owner": owner, "since": since}).fetchone()
    if row is None:
        raise LookupError(owner)
    return float(row["seconds"]), row["until"]


def beat(conn: Connection[Any], worker: str, job_ids: Sequence[UUID], lease: float) -> list[JobLease]:
    """Prolong the leases of these jobs of a worker; what it still holds."""
    conn.execute(SQL["beat_jobs"], {"worker": worker, "job_ids": list(job_ids), "lease": lease})
    rows = conn.execute(SQL["held_jobs"], {"worker": worker}).fetchall()
    return [JobLease(row["job_id"], row["attempts"], row["cancel_requested"]) for row in rows]


def guard(conn: Connection[Any], job_id: UUID, attempt: int, lease: float) -> bool | None:
    """Lock the job until the transaction ends: whether a person asked to stop, or None when it belongs to someone else."""
    row = conn.execute(SQL["guard_job"], {"job_id": job_id, "attempt": attempt, "lease": lease}).fetchone()
    return None if row is None else bool(row["cancel_requested"])


def stage(conn: Connection[Any], claim: Claim, name: str, counts: tuple[int, int], lease: float) -> bool | None:
    """Write stage and (progress, total); answers as `guard` does."""
    values = {"job_id": claim.job_id, "attempt": claim.attempt, "stage": name, "progress": counts[0], "total": counts[1], "lease": lease}
    row = conn.execute(SQL["stage_job"], values).fetchone()
    return None if row is None else bool(row["cancel_requested"])


def save(conn: Connection[Any], claim: Claim, saved: Mapping[str, Any], lease: float) -> bool | None:
    """Keep how far the job is; answers as `guard` does."""
    values = {"job_id": claim.job_id, "attempt": claim.attempt, "saved": Jsonb(dict(saved)), "lease": lease}
    row = conn.execute(SQL["save_job"], values).fetchone()
    return None if row is None else bool(row["cancel_requested"])


def lock_kind(conn: Connection[Any], kind: str) -> None:
    """Hold the right to start jobs of a kind once to the end of the transaction."""
    conn.execute(SQL["lock_kind"], {"kind": kind})


def lock_item(conn: Connection[Any], job_id: UUID) -> None:
    """Lock a job's item to the end of the transaction, before anything of the job is written that ends in a change of the item."""
    conn.execute(SQL["lock_item_of_job"], {"job_id": job_id})


def end(
    conn: Connection[Any], claim: Claim, state: JobState, result: Mapping[str, Any], error: str | None = None, error_code: str | None = None
) -> bool:
    """End the job; False when it belongs to someone else."""
    values = {"job_id": claim.job_id, "attempt": claim.attempt, "state": state, "result": Jsonb(dict(result)), "cpu_s": so_far()}
    return conn.execute(SQL["end_job"], values | {"error": error, "error_code": error_code}).rowcount == 1


def requeue(conn: Connection[Any], claim: Claim, delay: float, why: tuple[str | None, str | None], *, refund: bool) -> bool:
    """Give the job back for a later try, `why` as message and code; a `refund`ed try does not count. False when it is someone else's."""
    values = {"job_id": claim.job_id, "attempt": claim.attempt, "delay": delay, "refund": refund, "cpu_s": so_far()}
    return conn.execute(SQL["requeue_job"], values | {"error": why[0], "error_code": why[1]}).rowcount == 1


def release(conn: Connection[Any], worker: str) -> int:
    """Give back what other workers held; how many."""
    return conn.execute(SQL["release_jobs"], {"worker": worker}).rowcount


def cancel(conn: Connection[Any], job_id: UUID) -> None:
    """Ask to stop."""
    conn.execute(SQL["cancel_job"], {"job_id": job_id})


def retry(conn: Connection[Any], job_id: UUID) -> bool:
    """Queue a failed or cancelled job again; False in any other state."""
    return conn.execute(SQL["retry_job"], {"job_id": job_id}).rowcount == 1


def ended(conn: Connection[Any], kind: str, within: timedelta) -> dict[str, int]:
    """How many jobs of a kind ended lately, by state; a state that no job has is left out."""
    rows = conn.execute(SQL["ended_jobs"], {"kind": kind, "within": within}).fetchall()
    return {str(row["state"]): int(row["n"]) for row in rows}


def count(conn: Connection[Any], within: timedelta, kind: str | None = None) -> JobCounts:
    """How many jobs there are by state, all or of one kind; lately is `within`."""
    rows = {row["state"]: row for row in conn.execute(SQL["count_jobs"], {"kind": kind, "within": within}).fetchall()}
    states = {state: int(rows[state]["n"]) for state in ("queued", "running", "failed", "done") if state in rows}
    ended = {f"{state}_lately": int(rows[state]["lately"]) for state in ("failed", "done") if state in rows}
    return JobCounts(**states, **ended, oldest_queued_s=max(0.0, rows["queued"]["oldest_s"]) if "queued" in rows else 0.0)


def upsert_schedule(conn: Connection[Any], due: Due, every: timedelta) -> None:
    """Note a rhythm."""
    values = {"kind": due.kind, "title": due.title, "args": Jsonb(dict(due.args)), "every": every, "long": due.long}
    conn.execute(SQL["upsert_schedule"], values)


def delete_schedule(conn: Connection[Any], kind: str) -> None:
    """Forget a rhythm."""
    conn.execute(SQL["delete_schedule"], {"kind": kind})


def has_schedule(conn: Connection[Any], kind: str) -> bool:
    """Whether this kind has a rhythm."""
    return conn.execute(SQL["has_schedule"], {"kind": kind}).fetchone() is not None


def take_due_schedules(conn: Connection[Any]) -> list[Due]:
    """The schedules whose time has come; they are moved on in this transaction."""
    conn.execute(SQL["rearm_schedules"])
    return [Due(row["kind"], row["title"], row["args"], row["long"]) for row in conn.execute(SQL["due_schedules"]).fetchall()]


def delete_old(conn: Connection[Any], age: timedelta) -> int:
    """Forget ended jobs older than `age`; how many."""
    return conn.execute(SQL["delete_old_jobs"], {"age": age}).rowcount


def here(conn: Connection[Any], worker: str, host: str, slots: int, labels: Collection[str] = ()) -> None:
    """Note that a worker is there."""
    conn.execute(SQL["here"], {"worker": worker, "host": host, "slots": slots, "labels": sorted(labels)})


def gone(conn: Connection[Any], worker: str) -> None:
    """Forget a worker that has ended."""
    conn.execute(SQL["gone"], {"worker": worker})


def workers(conn: Connection[Any], within: float = PRESENT_SECONDS) -> list[WorkerRow]:
    """The workers that were there within these seconds, the longest-serving first."""
    return [WorkerRow(**row) for row in conn.execute(SQL["list_workers"], {"within": within}).fetchall()]


def forget_workers(conn: Connection[Any]) -> None:
    """Forget workers that ended without a word long ago."""
    conn.execute(SQL["forget_workers"])
