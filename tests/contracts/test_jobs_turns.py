"""Whose job is next, on a real Postgres: turns between owners, people before the clock, one place kept for others."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from nova.effort import measured
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import JobLost, ServerAbsent
from nova.jobs.worker import Worker
from nova.ports.jobs import JobContext, Kind
from nova.store.postgres.db import Database
from tests.test_effort import work

KINDS = ["work", "nightly", "embed"]


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    """An empty queue."""
    with database.transaction() as conn:
        for table in ("jobs", "job_schedules", "workers"):
            conn.execute(f"DELETE FROM {table}")
    queue = PostgresJobs(database, lease=1.0)
    yield queue
    queue.close()


@pytest.fixture(scope="module")
def people(database: Database) -> dict[str, UUID]:
    with database.transaction() as conn:
        rows = [conn.execute("INSERT INTO users (external_id) VALUES (%s) RETURNING user_id", (name,)).fetchone() for name in "abcd"]
    return {name: row["user_id"] for name, row in zip("abcd", rows, strict=True) if row}


def put(jobs: PostgresJobs, owner: UUID | None = None, count: int = 1, kind: str = "work") -> None:
    for _ in range(count):
        jobs.start(Kind(kind, long=kind == "embed"), {}, title=f"{kind} of {owner}", owner=owner)


def owners(jobs: PostgresJobs, people: dict[str, UUID], *, slots: int = 100) -> str:
    """Take and do all that is queued, one after the other: whose they were."""
    names, found = {value: key for key, value in people.items()}, ""
    while taken := jobs.claim("worker", KINDS, slots):
        owner = jobs.get(taken.job_id).owner
        found += names[owner] if owner else "."
        taken.done()
    return found


def test_the_next_job_goes_round_the_owners(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 5)
    put(jobs, people["b"], 2)
    put(jobs, None, 2)
    put(jobs, people["c"], 1)
    assert owners(jobs, people) == "ab.cab.aaa"


def test_a_hundred_and_fifty_documents_of_one_do_not_delay_the_operators(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 150)
    running = [jobs.claim("worker", KINDS, 2)]
    put(jobs, None)
    operators = jobs.claim("worker", KINDS, 2)
    assert operators is not None and jobs.get(operators.job_id).owner is None
    assert running[0] is not None and jobs.get(running[0].job_id).owner == people["a"]


def test_one_persons_jobs_leave_a_place_for_others_and_the_operators_take_all(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 5)
    taken = [jobs.claim("worker", KINDS, 3) for _ in range(4)]
    assert [one is not None for one in taken] == [True, True, False, False]
    put(jobs, people["b"], 1)
    assert jobs.claim("worker", KINDS, 3) is not None
    put(jobs, None, 3)
    assert all(jobs.claim("worker", KINDS, 3) for _ in range(3))
    for one in taken[:1]:
        assert one is not None
        one.done()
    again = jobs.claim("worker", KINDS, 3)
    assert again is not None and jobs.get(again.job_id).owner == people["a"]


def test_a_single_place_serves_everybody(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 2)
    put(jobs, None, 1, "embed")
    jobs.schedule(Kind("nightly"), timedelta(hours=1), {})
    with jobs._database.transaction() as conn:
        conn.execute("UPDATE job_schedules SET next_at = now()")
    jobs.tick()
    assert sorted(owners(jobs, people, slots=1)) == sorted("aa..")


def test_places_of_all_workers_count(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    jobs.here("one", 2)
    jobs.here("other", 3)
    put(jobs, people["a"], 9)
    assert sum(jobs.claim("one", KINDS, 2) is not None for _ in range(9)) == 4


def due(jobs: PostgresJobs, database: Database, waited: str) -> None:
    """What runs by itself has been waiting for so long."""
    jobs.schedule(Kind("nightly"), timedelta(hours=1), {})
    with database.transaction() as conn:
        conn.execute("UPDATE job_schedules SET next_at = now()")
    jobs.tick()
    put(jobs, None, 1, "embed")
    with database.transaction() as conn:
        conn.execute("UPDATE jobs SET due_at = now() - %s::interval", (waited,))


def kinds(jobs: PostgresJobs) -> list[str]:
    found = []
    while taken := jobs.claim("worker", KINDS, 100):
        found.append(taken.kind)
        taken.done()
    return found


def test_people_come_before_what_runs_by_itself(jobs: PostgresJobs, database: Database, people: dict[str, UUID]) -> None:
    due(jobs, database, "1 minute")
    put(jobs, people["a"], 2)
    put(jobs, None, 1)
    assert kinds(jobs)[:3] == ["work"] * 3


def test_what_runs_by_itself_gets_its_turn_in_the_end(jobs: PostgresJobs, database: Database, people: dict[str, UUID]) -> None:
    due(jobs, database, "11 minutes")
    put(jobs, people["a"], 10)
    assert {"nightly", "embed"} <= set(kinds(jobs)[:3])


def test_what_takes_hours_keeps_neither_the_clock_nor_people_waiting(
    jobs: PostgresJobs, database: Database, people: dict[str, UUID]
) -> None:
    due(jobs, database, "1 minute")
    put(jobs, None, 3, "embed")
    taken = [jobs.claim("worker", KINDS, 3) for _ in range(3)]
    assert [one.kind for one in taken if one] == ["nightly", "embed"]
    put(jobs, people["a"])
    last = jobs.claim("worker", KINDS, 3)
    assert last is not None and last.kind == "work"


def test_what_a_person_starts_again_is_theirs(jobs: PostgresJobs, database: Database, people: dict[str, UUID]) -> None:
    due(jobs, database, "1 minute")
    nightly = jobs.list(kind="nightly")[0]
    jobs.cancel(nightly.job_id)
    jobs.retry(nightly.job_id)
    put(jobs, people["a"], 2)
    assert "nightly" in kinds(jobs)[:2]


def test_a_dead_workers_job_comes_first_whoevers_turn_it_is(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 1)
    lost = jobs.claim("dead", KINDS, 1)
    assert lost is not None
    assert jobs.claim("living", KINDS, 1) is None  # begins to watch its lease
    time.sleep(1.2)
    put(jobs, people["b"], 1)
    put(jobs, None, 1)
    taken = jobs.claim("living", KINDS, 1)
    assert taken is not None and (taken.job_id, taken.attempt) == (lost.job_id, lost.attempt + 1)
    taken.done()
    with pytest.raises(JobLost):
        lost.progress("weiter")


def test_many_claimers_keep_the_place_for_others(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    """The places are counted one claim after the other."""
    put(jobs, people["a"], 40)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: jobs.claim("worker", KINDS, 4), range(16)))
    assert sum(one is not None for one in taken) == 3


def test_no_job_is_done_twice_or_lost_by_turns(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    done: list[UUID] = []
    lock = threading.Lock()

    def handle(ctx: JobContext) -> None:
        with lock:
            done.append(ctx.job_id)
        if ctx.attempt == 1 and ctx.job_id.int % 3 == 0:
            raise ServerAbsent("gleich noch einmal")

    for name in "abcd":
        put(jobs, people[name], 10)
    put(jobs, None, 10)
    workers: list[Worker[Any]] = [Worker(jobs, {"work": handle}, concurrency=3, beat=0.2, retry_delays=(0.01,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    until = time.monotonic() + 30
    while len(jobs.list(states=("done",), limit=100)) < 50 and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        worker.stop()
    assert len(jobs.list(states=("done",), limit=100)) == 50
    twice = [one for one in set(done) if done.count(one) != (2 if one.int % 3 == 0 else 1)]
    assert twice == []


def test_what_a_persons_jobs_took_is_known_once(jobs: PostgresJobs, people: dict[str, UUID]) -> None:
    put(jobs, people["a"], 2)
    put(jobs, people["b"], 1)
    _, start = jobs.spent(people["a"], None)
    while taken := jobs.claim("worker", KINDS, 9):
        with measured():
            work(0.1)
            taken.requeue(0.0, "gleich", "x") if taken.attempt == 1 else taken.done()
    seconds, now = jobs.spent(people["a"], start)
    assert 0.4 <= seconds < 4.0  # of two jobs, two attempts each
    assert jobs.spent(people["a"], now)[0] == 0.0
    assert jobs.spent(people["c"], start)[0] == 0.0
