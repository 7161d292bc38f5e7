"""The contract of `nova.ports.Jobs` on a real Postgres: durable, taken over, fenced, cancellable."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import Rollback

from nova.engines.queue.postgres import PostgresJobs
from nova.errors import Conflict, InvalidInput, JobCancelled, JobLost, JobWaits, NotFound, ServerAbsent, UnreadableFile
from nova.jobs.worker import MAX_TRIES, Worker
from nova.ports.jobs import JobContext, JobHandler, Kind
from nova.records import JobView
from nova.store.postgres.db import Database

Start = Callable[..., Worker[Any]]


@pytest.fixture
def endings() -> list[tuple[str, str]]:
    """Which kinds were told that a job ended without success."""
    return []


@pytest.fixture
def jobs(request: pytest.FixtureRequest, database: Database, endings: list[tuple[str, str]]) -> Iterator[PostgresJobs]:
    """An empty queue with a lease of one second, or of as many as a test says that must not lose its jobs on a busy machine."""

    def told(connection: Any, job: JobView, args: Any) -> None:
        endings.append((args["name"], job.state))

    with database.transaction() as conn:
        conn.execute("DELETE FROM jobs")
        conn.execute("DELETE FROM job_schedules")
    queue = PostgresJobs(database, endings={"told": told}, lease=getattr(request, "param", 1.0))
    yield queue
    queue.close()


@pytest.fixture
def work(jobs: PostgresJobs) -> Iterator[Start]:
    """Starts workers and stops them at the end."""
    workers: list[Worker[Any]] = []

    def start(handlers: dict[str, JobHandler], **options: Any) -> Worker[Any]:
        worker = Worker(jobs, handlers, **({"beat": 0.2, "retry_delays": (0.05, 0.05)} | options))
        worker.start()
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.stop(grace=2.0)


def nothing(job: JobContext) -> None:
    """A job that does nothing."""


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for it or fail."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def forever(job: JobContext) -> None:
    """Work until someone says stop."""
    for step in range(3000):
        job.progress("zählen", step, 3000)
        time.sleep(0.01)


def test_a_job_is_queued_and_shown(jobs: PostgresJobs) -> None:
    job_id = jobs.start(Kind("einlesen"), {"n": 1}, title="enwg.md einlesen")
    job = jobs.get(job_id)
    assert (job.state, job.kind, job.title, job.attempts) == ("queued", "einlesen", "enwg.md einlesen", 0)
    assert job.created_at.tzinfo is not None
    with pytest.raises(NotFound):
        jobs.get(uuid4())


def test_a_job_lives_and_dies_with_the_callers_transaction(jobs: PostgresJobs, database: Database) -> None:
    with database.transaction() as conn:
        jobs.start(Kind("einlesen"), {}, title="a", connection=conn)
        raise Rollback
    with database.transaction() as conn:
        kept = jobs.start(Kind("einlesen"), {}, title="b", connection=conn)
    assert [job.job_id for job in jobs.list()] == [kept]


def test_list_filters_and_is_newest_first(jobs: PostgresJobs) -> None:
    first, second = jobs.start(Kind("a"), {}, title="1"), jobs.start(Kind("b"), {}, title="2")
    third = jobs.start(Kind("a"), {}, title="3")
    jobs.cancel(first)
    assert [job.job_id for job in jobs.list()] == [third, second, first]
    assert [job.job_id for job in jobs.list(kind="a", states=["queued"])] == [third]
    assert [job.job_id for job in jobs.list(states=["queued", "cancelled"], limit=2)] == [third, second]
    assert jobs.list(owner=uuid4()) == []


def test_a_handler_reports_stages_and_a_result(jobs: PostgresJobs, work: Start) -> None:
    gate = threading.Event()

    def handler(job: JobContext) -> None:
        job.progress("Text lesen", 3, 10)
        gate.wait(5)
        job.finish({"chunks": job.args["n"] * 2})

    work({"einlesen": handler})
    job_id = jobs.start(Kind("einlesen"), {"n": 21}, title="t")
    until(lambda: jobs.get(job_id).stage == "Text lesen")
    running = jobs.get(job_id)
    assert (running.state, running.progress, running.total) == ("running", 3, 10)
    gate.set()
    job = jobs.wait(job_id, 5)
    assert (job.state, job.result, job.error) == ("done", {"chunks": 42}, None)
    assert job.started_at
    assert job.ended_at
    assert job.created_at <= job.started_at <= job.ended_at


def test_a_queued_job_starts_at_once(jobs: PostgresJobs, work: Start, database: Database) -> None:
    work({"a": nothing})
    jobs.wait(jobs.start(Kind("a"), {}, title="warm"), 5)
    delays = []
    for _ in range(5):
        time.sleep(0.05)
        job = jobs.wait(jobs.start(Kind("a"), {}, title="t"), 5)
        assert job.started_at
        delays.append((job.started_at - job.created_at).total_seconds())
    assert min(delays) < 0.1


@pytest.mark.parametrize("jobs", [60.0], indirect=True)
def test_errors_are_named_and_only_an_absent_server_is_tried_again(jobs: PostgresJobs, work: Start) -> None:
    def unreadable(job: JobContext) -> None:
        raise UnreadableFile("Die Datei ist verschlüsselt.")

    def crash(job: JobContext) -> None:
        raise KeyError("geheim")

    def absent_once(job: JobContext) -> None:
        if jobs.get(job.job_id).attempts < 2:
            raise ServerAbsent("Ollama antwortet nicht.")

    def absent(job: JobContext) -> None:
        raise ServerAbsent("Ollama antwortet nicht.")

    work({"unreadable": unreadable, "crash": crash, "absent_once": absent_once, "absent": absent}, concurrency=4)
    started = {kind: jobs.start(Kind(kind), {}, title=kind) for kind in ("unreadable", "crash", "absent_once", "absent")}
    ended = {kind: jobs.wait(job_id, 10) for kind, job_id in started.items()}
    assert (ended["unreadable"].error, ended["unreadable"].error_code) == ("Die Datei ist verschlüsselt.", "unreadable_file")
    assert ended["crash"].error_code == "internal"
    assert "geheim" not in str(ended["crash"].error)
    assert (ended["absent_once"].state, ended["absent_once"].attempts, ended["absent_once"].error) == ("done", 2, None)
    assert (ended["absent"].state, ended["absent"].attempts, ended["absent"].error_code) == ("failed", 3, "server_absent")
    assert ended["unreadable"].attempts == ended["crash"].attempts == 1


def test_a_job_that_waits_for_another_leaves_its_place_and_does_not_fail_by_waiting(jobs: PostgresJobs, work: Start) -> None:
    rounds = 2 * MAX_TRIES

    def patient(job: JobContext) -> None:
        if jobs.get(job.job_id).attempts <= rounds:
            raise JobWaits("Ein anderer ist dabei.", data={"retry_after": 0})

    job_id = jobs.start(Kind("patient"), {}, title="wartet")
    work({"patient": patient}, concurrency=1)
    ended = jobs.wait(job_id, 20)
    assert (ended.state, ended.attempts, ended.error) == ("done", rounds + 1, None)


def test_a_job_that_waits_lets_others_go_first(jobs: PostgresJobs, work: Start) -> None:
    def patient(job: JobContext) -> None:
        raise JobWaits("Ein anderer ist dabei.", data={"retry_after": 30})

    waiting, other = jobs.start(Kind("patient"), {}, title="wartet"), jobs.start(Kind("a"), {}, title="t")
    work({"patient": patient, "a": nothing}, concurrency=1)
    assert jobs.wait(other, 5).state == "done"
    left = jobs.get(waiting)
    assert (left.state, left.attempts, left.error) == ("queued", 1, "Ein anderer ist dabei.")
    jobs.cancel(waiting)


def test_a_failed_job_can_be_retried(jobs: PostgresJobs, work: Start) -> None:
    broken = [True]

    def handler(job: JobContext) -> None:
        if broken.pop():
            broken.append(False)
            raise InvalidInput("Falsch.")

    work({"a": handler})
    job_id = jobs.start(Kind("a"), {}, title="t")
    assert jobs.wait(job_id, 5).state == "failed"
    again = jobs.retry(job_id)
    assert (again.state, again.error, again.ended_at) == ("queued", None, None)
    assert jobs.wait(job_id, 5).state == "done"
    with pytest.raises(Conflict):
        jobs.retry(job_id)


def test_cancel_ends_a_queued_job_at_once_and_a_running_one_at_its_next_stage(
    jobs: PostgresJobs, work: Start, endings: list[tuple[str, str]]
) -> None:
    queued = jobs.start(Kind("told"), {"name": "waits"}, title="t")
    assert jobs.cancel(queued).state == "cancelled"
    work({"told": forever})
    running = jobs.start(Kind("told"), {"name": "runs"}, title="t")
    until(lambda: jobs.get(running).stage == "zählen")
    assert jobs.cancel(running).cancel_requested
    job = jobs.wait(running, 5)
    assert (job.state, job.error_code) == ("cancelled", "cancelled")
    assert jobs.cancel(running).state == "cancelled"
    assert endings == [("waits", "cancelled"), ("runs", "cancelled")]


def test_a_failure_tells_its_kind_in_the_same_transaction(jobs: PostgresJobs, work: Start, endings: list[tuple[str, str]]) -> None:
    def handler(job: JobContext) -> None:
        raise InvalidInput("Falsch.")

    work({"told": handler})
    jobs.wait(jobs.start(Kind("told"), {"name": "x"}, title="t"), 5)
    assert endings == [("x", "failed")]


def test_an_abandoned_job_is_taken_over_and_its_old_worker_writes_nothing(jobs: PostgresJobs, database: Database) -> None:
    job_id = jobs.start(Kind("a"), {}, title="t")
    old = jobs.claim("old", ["a"])
    assert old
    assert jobs.claim("new", ["a"]) is None
    time.sleep(1.1)
    new = jobs.claim("new", ["a"])
    assert new
    assert (new.job_id, new.attempt) == (job_id, old.attempt + 1)
    with pytest.raises(JobLost):
        old.progress("spät")
    other = jobs.start(Kind("a"), {}, title="effect of the dead")

    def late_effect() -> None:
        with database.transaction() as conn:
            conn.execute("UPDATE jobs SET title = 'overwritten' WHERE job_id = %s", (other,))
            old.finish({}, connection=conn)

    with pytest.raises(JobLost):
        late_effect()
    assert jobs.get(other).title == "effect of the dead"
    old.done()
    old.failed("spät", "internal")
    old.requeue()
    assert (jobs.get(job_id).state, jobs.get(job_id).attempts) == ("running", 2)
    new.done()
    assert jobs.get(job_id).state == "done"


def test_the_effect_and_the_end_are_one_transaction(jobs: PostgresJobs, database: Database) -> None:
    job_id = jobs.start(Kind("a"), {}, title="t")
    job = jobs.claim("w", ["a"])
    assert job
    with database.transaction() as conn:
        job.finish({"n": 1}, connection=conn)
        raise Rollback
    assert jobs.get(job_id).state == "running"
    with database.transaction() as conn:
        job.finish({"n": 2}, connection=conn)
    job.done()
    assert (jobs.get(job_id).state, jobs.get(job_id).result) == ("done", {"n": 2})


def test_guard_holds_the_job_until_the_commit(jobs: PostgresJobs, database: Database) -> None:
    jobs.start(Kind("a"), {}, title="t")
    job = jobs.claim("w", ["a"])
    assert job
    with database.transaction() as conn:
        job.guard(conn)
        time.sleep(1.2)
        assert jobs.claim("other", ["a"]) is None
    jobs.cancel(job.job_id)
    with pytest.raises(JobCancelled), database.transaction() as conn:
        job.guard(conn)


def test_heartbeats_keep_a_long_silent_job(jobs: PostgresJobs, work: Start) -> None:
    def silent(job: JobContext) -> None:
        time.sleep(2.2)

    work({"a": silent}), work({"a": silent})
    job = jobs.wait(jobs.start(Kind("a"), {}, title="t"), 6)
    assert (job.state, job.attempts) == ("done", 1)


def test_the_only_worker_takes_over_at_once(jobs: PostgresJobs, work: Start, database: Database) -> None:
    patient = PostgresJobs(database, lease=600)
    job_id = jobs.start(Kind("a"), {}, title="t")
    assert patient.claim("dead", ["a"])
    patient.close()
    work({"a": nothing}, sole=True)
    assert jobs.wait(job_id, 3).state == "done"


def test_a_stopping_worker_gives_its_jobs_back(jobs: PostgresJobs, work: Start) -> None:
    worker = work({"a": forever, "deaf": lambda job: time.sleep(1.5)})
    first, deaf = jobs.start(Kind("a"), {}, title="t"), jobs.start(Kind("deaf"), {}, title="t")
    until(lambda: jobs.get(first).state == jobs.get(deaf).state == "running")
    began = time.monotonic()
    worker.stop(grace=0.5)
    assert time.monotonic() - began < 1.5
    assert jobs.get(first).state == jobs.get(deaf).state == "queued"
    again = jobs.claim("next", ["a"])
    assert again
    assert again.tries == 1


def test_a_job_that_kills_its_workers_is_given_up(
    jobs: PostgresJobs, work: Start, database: Database, endings: list[tuple[str, str]]
) -> None:
    job_id = jobs.start(Kind("told"), {"name": "bomb"}, title="t")
    with database.transaction() as conn:
        conn.execute("UPDATE jobs SET tries = %s WHERE job_id = %s", (MAX_TRIES, job_id))
    work({"told": forever})
    job = jobs.wait(job_id, 5)
    assert (job.state, job.error_code) == ("failed", "interrupted")
    assert endings == [("bomb", "failed")]


def test_a_schedule_runs_again_and_one_at_a_time(jobs: PostgresJobs, work: Start) -> None:
    jobs.schedule(Kind("tick", "Wartung"), timedelta(seconds=0.3), {"n": 1})
    time.sleep(0.35)
    jobs.tick()
    time.sleep(0.35)
    jobs.tick()
    assert [job.title for job in jobs.list(kind="tick")] == ["Wartung"]
    work({"tick": nothing})
    until(lambda: len(jobs.list(kind="tick", states=["done"])) >= 3)


def test_a_schedule_that_was_taken_back_starts_nothing_more(jobs: PostgresJobs) -> None:
    jobs.schedule(Kind("tock"), timedelta(seconds=0.1), {})
    jobs.unschedule("tock")
    jobs.unschedule("never")
    time.sleep(0.15)
    jobs.tick()
    assert jobs.list(kind="tock") == []


def test_old_jobs_are_forgotten(jobs: PostgresJobs, database: Database) -> None:
    old, fresh, open_ = (jobs.start(Kind("a"), {}, title=name) for name in ("old", "fresh", "open"))
    jobs.cancel(old), jobs.cancel(fresh)
    with database.transaction() as conn:
        conn.execute("UPDATE jobs SET ended_at = now() - interval '31 days' WHERE job_id = %s", (old,))
        conn.execute("UPDATE jobs SET created_at = now() - interval '90 days' WHERE job_id = %s", (open_,))
    assert jobs.sweep() == 1
    assert {job.job_id for job in jobs.list()} == {fresh, open_}


def test_watch_shows_each_change_until_the_end(jobs: PostgresJobs, work: Start) -> None:
    def handler(job: JobContext) -> None:
        for name in ("lesen", "schneiden", "schreiben"):
            job.progress(name)
            time.sleep(0.15)

    job_id = jobs.start(Kind("a"), {}, title="t")
    views = jobs.watch(job_id)
    assert next(views).state == "queued"
    before = jobs.changes(0, 0.0)
    work({"a": handler})
    seen = [(job.state, job.stage) for job in views]
    stages = [stage for _, stage in seen if stage]
    assert stages == sorted(stages, key=["lesen", "schneiden", "schreiben"].index)
    assert seen[-1] == ("done", "schreiben")
    assert ("running", "schneiden") in seen
    assert jobs.changes(before, 1.0) > before


def test_listening_survives_a_cut_connection(jobs: PostgresJobs, work: Start, database: Database) -> None:
    work({"a": nothing})
    jobs.wait(jobs.start(Kind("a"), {}, title="t"), 5)
    with database.transaction() as conn:
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()")
    assert jobs.wait(jobs.start(Kind("a"), {}, title="t"), 5).state == "done"
    time.sleep(1.5)
    assert jobs.wait(jobs.start(Kind("a"), {}, title="t"), 5).state == "done"


def test_an_item_that_goes_leaves_its_jobs_behind(jobs: PostgresJobs, database: Database) -> None:
    item: UUID = uuid4()
    with database.transaction() as conn:
        conn.execute("INSERT INTO items (item_id, title, sha256) VALUES (%s, 't', %s)", (item, item.hex))
    job_id = jobs.start(Kind("a"), {}, title="t", item_id=item)
    assert jobs.get(job_id).item_id == item
    with database.transaction() as conn:
        conn.execute("DELETE FROM items WHERE item_id = %s", (item,))
    assert jobs.get(job_id).item_id is None


def test_a_job_is_started_once(jobs: PostgresJobs) -> None:
    kind = Kind("einmal", "Einmal")
    first = jobs.start_once(kind, {"n": 1})
    again = jobs.start_once(kind, {"n": 2})
    assert (first.new, again.new, again.job_id) == (True, False, first.job_id)
    assert jobs.get(first.job_id).title == "Einmal"
    other = jobs.start_once(kind, title="Von Hand", counts=lambda job: job.title == "Von Hand")
    assert other.new and jobs.start_once(kind, counts=lambda job: job.title == "Von Hand").job_id == other.job_id
    taken = jobs.claim("test", ["einmal"])
    assert taken is not None
    assert not jobs.start_once(kind).new
    assert jobs.start_once(kind, states=("queued",)).job_id == other.job_id
    jobs.cancel(other.job_id)
    assert jobs.start_once(kind, states=("queued",)).new


def test_two_who_start_a_job_once_start_one(jobs: PostgresJobs) -> None:
    kind = Kind("einmal")
    with ThreadPoolExecutor(8) as pool:
        started = list(pool.map(lambda _: jobs.start_once(kind), range(8)))
    assert sum(one.new for one in started) == 1
    assert len({one.job_id for one in started}) == 1


def test_with_the_callers_transaction_a_job_is_started_once_or_not_at_all(jobs: PostgresJobs, database: Database) -> None:
    with suppress(RuntimeError), database.transaction() as conn:
        jobs.start_once(Kind("einmal"), connection=conn)
        raise RuntimeError
    assert jobs.list(kind="einmal") == []


def test_a_waiting_job_that_a_caller_is_given_begins_after_the_callers_transaction(jobs: PostgresJobs, database: Database) -> None:
    kind = Kind("einmal")
    waiting = jobs.start_once(kind)
    with database.transaction() as conn:
        assert jobs.start_once(kind, states=("queued",), connection=conn).job_id == waiting.job_id
        assert jobs.claim("test", ["einmal"]) is None, "it would not see what the caller has not committed"
    assert jobs.claim("test", ["einmal"]) is not None


def test_what_a_job_saved_is_there_for_its_next_attempt(jobs: PostgresJobs) -> None:
    job_id = jobs.start(Kind("lang"), {})
    first = jobs.claim("one", ["lang"])
    assert first is not None
    assert first.saved() == {}
    first.save({"bis": 7})
    assert first.saved() == {"bis": 7}
    first.failed("kaputt", "internal")
    jobs.retry(job_id)
    second = jobs.claim("two", ["lang"])
    assert second is not None
    assert second.saved() == {"bis": 7}
    second.requeue()
    third = jobs.claim("two", ["lang"])
    assert third is not None
    assert third.saved() == {"bis": 7}
    with pytest.raises(JobLost):
        second.save({"bis": 8})
    third.done()
    with jobs._database.transaction() as conn:
        row = conn.execute("SELECT saved FROM jobs WHERE job_id = %s", (job_id,)).fetchone()
    assert row == {"saved": {}}


def test_a_worker_says_which_work_it_takes_besides(jobs: PostgresJobs) -> None:
    jobs.here("host:1:a", 2, ["gpu"])
    jobs.here("host:2:b", 1)
    assert {one.worker: one.labels for one in jobs.workers()} == {"host:1:a": ["gpu"], "host:2:b": []}
    jobs.gone("host:1:a")
    jobs.gone("host:2:b")


def test_how_long_the_first_has_waited_counts_from_when_it_was_due(jobs: PostgresJobs, database: Database) -> None:
    assert jobs.count(timedelta(hours=1)).oldest_queued_s == 0.0
    for kind, due in (("paused", "interval '1 minute'"), ("waits", "interval '-1 hour'")):
        job_id = jobs.start(Kind(kind), {})
        due_at = f"due_at = clock_timestamp() + {due}, created_at = clock_timestamp() - interval '2 days'"
        database.execute(f"UPDATE jobs SET {due_at} WHERE job_id = %s", (job_id,))
        waited = jobs.count(timedelta(hours=1)).oldest_queued_s
        assert waited == 0.0 if kind == "paused" else 3600 <= waited < 3660
