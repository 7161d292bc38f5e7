"""The clock jumps an hour or a day, forward or back, and over the change of summer time: nothing is taken over, held back, doubled or lost.

A step of the database's clock is the same as a step of every stored time the other way, so that is how it is made.
"""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from nova.api.asking import moment
from nova.api.limits.rates import Rates
from nova.engines.queue.postgres import PostgresJobs
from nova.errors import TooManyRequests
from nova.governance import tokens
from nova.governance.audit import AuditLog
from nova.jobs.worker import Worker
from nova.knowledge import ingest
from nova.ports.jobs import JobContext, Kind
from nova.records import Caller, Scope
from nova.settings import Settings
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.telemetry.activity import activity
from nova.telemetry.events import Event, save_events
from nova.telemetry.upkeep import keep_ready
from tests.rooms.knowledge.house import ADMIN, LAW, House

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = [HOUR, -HOUR, DAY, -DAY]
steps = pytest.mark.parametrize("step", STEPS, ids=["+1 h", "-1 h", "+1 d", "-1 d"])
LEASE = 0.6


def step_clock(database: Database, step: timedelta) -> None:
    """Set the database's clock by `step`, as far as jobs can tell."""
    database.execute(
        "UPDATE jobs SET due_at = due_at - %(s)s, lease_until = lease_until - %(s)s, created_at = created_at - %(s)s", {"s": step}
    )
    database.execute("UPDATE job_schedules SET next_at = next_at - %(s)s", {"s": step})


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    database.execute("DELETE FROM jobs")
    database.execute("DELETE FROM job_schedules")
    queue = PostgresJobs(database, lease=LEASE)
    yield queue
    queue.close()


@steps
def test_a_queued_job_is_done_at_once(jobs: PostgresJobs, database: Database, step: timedelta) -> None:
    job_id = jobs.start(Kind("work"), {}, title="t")
    step_clock(database, step)
    claimed = jobs.claim("worker", ["work"])
    assert claimed is not None
    assert claimed.job_id == job_id


@steps
def test_a_job_that_is_being_done_is_not_taken_over(jobs: PostgresJobs, database: Database, step: timedelta) -> None:
    runs = []

    def work(job: JobContext) -> None:
        runs.append(job.job_id)
        step_clock(database, step)
        for number in range(6):
            time.sleep(0.2)
            job.progress("Schritt", number, 6)

    other = PostgresJobs(database, lease=LEASE)
    workers = [Worker(queue, {"work": work}, beat=0.2) for queue in (jobs, other)]
    for worker in workers:
        worker.start()
    job = jobs.wait(jobs.start(Kind("work"), {}, title="t"), 20)
    for worker in workers:
        worker.stop()
    other.close()
    assert (job.state, job.attempts, len(runs)) == ("done", 1, 1)


@steps
def test_a_dead_workers_job_is_taken_over_as_soon_as_ever(jobs: PostgresJobs, database: Database, step: timedelta) -> None:
    job_id = jobs.start(Kind("work"), {}, title="t")
    assert jobs.claim("the dead", ["work"])
    step_clock(database, step)
    began = time.monotonic()
    while (claimed := jobs.claim("the living", ["work"])) is None:
        assert time.monotonic() - began < 5 * LEASE
        time.sleep(0.05)
    assert claimed.job_id == job_id
    assert time.monotonic() - began >= LEASE * 0.9


@pytest.mark.parametrize("step", [-HOUR, -DAY], ids=["-1 h", "-1 d"])
def test_a_job_that_waits_for_its_next_try_does_not_wait_for_the_old_time(jobs: PostgresJobs, database: Database, step: timedelta) -> None:
    jobs.start(Kind("work"), {}, title="t")
    claimed = jobs.claim("worker", ["work"])
    assert claimed is not None
    claimed.requeue(30.0, "Der Server antwortet nicht.", "server_absent")
    assert jobs.claim("worker", ["work"]) is None
    step_clock(database, step)
    assert jobs.claim("worker", ["work"]) is not None


def fired(jobs: PostgresJobs) -> int:
    jobs.tick()
    found = 0
    while job := jobs.claim("worker", ["daily"]):
        job.done()
        found += 1
    return found


@steps
def test_a_schedule_fires_neither_twice_nor_never_again(jobs: PostgresJobs, database: Database, step: timedelta) -> None:
    jobs.schedule(Kind("daily"), DAY, {})
    assert fired(jobs) == 0
    step_clock(database, DAY)
    assert fired(jobs) == 1
    step_clock(database, step)
    first = fired(jobs)
    assert first == (1 if step >= DAY else 0)
    assert fired(jobs) == 0
    step_clock(database, DAY)
    assert fired(jobs) == 1
    assert fired(jobs) == 0


def test_ids_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [uuid7()]
    now = time.time_ns()
    for offset in (0, -3600, 3600, -86400, 86400, -86400):
        monkeypatch.setattr(time, "time_ns", lambda offset=offset: now + offset * 10**9)
        made += [uuid7() for _ in range(100)]
    assert made == sorted(set(made))


@pytest.mark.parametrize("step", [3600.0, -3600.0, 86400.0, -86400.0])
def test_rates_do_not_know_the_time_of_day(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    rates = Rates(Settings(NOVA_RATE_ASK="2/minute"))
    rates.count(rates.ask, "NOVA_RATE_ASK", "anna")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + step)
    rates.count(rates.ask, "NOVA_RATE_ASK", "anna")
    with pytest.raises(TooManyRequests) as raised:
        rates.count(rates.ask, "NOVA_RATE_ASK", "anna")
    assert 55 <= raised.value.data["retry_after"] <= 60


def test_rates_let_through_what_the_window_holds() -> None:
    now = [1000.0]
    rates = Rates(Settings(NOVA_RATE_ASK="3/minute"), clock=lambda: now[0])
    let, waits = [], []
    for second in range(0, 180, 10):
        now[0] = 1000.0 + second
        try:
            rates.count(rates.ask, "NOVA_RATE_ASK", "anna")
            let.append(second)
        except TooManyRequests as error:
            waits.append(error.data["retry_after"])
    assert let == [0, 10, 20, 60, 70, 80, 120, 130, 140]
    assert waits == [30, 20, 10] * 3


@pytest.fixture
def knowledge(database: Database, tmp_path: Path) -> Iterator[House]:
    database.execute("TRUNCATE items, jobs, index_outbox, analysers CASCADE")
    house = House(database, tmp_path)
    yield house
    house.jobs.close()


def test_versions_keep_their_order_when_the_clock_is_set_back(knowledge: House, database: Database) -> None:
    item_id = knowledge.add(LAW)
    database.execute("UPDATE item_versions SET valid_from = valid_from + interval '1 hour'")
    database.execute("UPDATE item_chunks SET valid_from = valid_from + interval '1 hour'")
    knowledge.add(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    new, old = knowledge.shelf.one(ADMIN, item_id)["versions"]
    assert old["valid_from"] < old["valid_to"] == new["valid_from"]
    assert new["valid_to"] is None
    rows = database.fetch_all("SELECT valid_from, valid_to FROM item_chunks WHERE valid_to IS NOT NULL")
    assert rows
    assert all(row["valid_from"] < row["valid_to"] for row in rows)
    query = knowledge.room.analysers.current().query("Musterlampen fünf Jahre prüfen")
    assert knowledge.index.search(query, Scope(), 5)


def test_a_later_version_waits_for_the_one_before_it(knowledge: House) -> None:
    first = knowledge.receive(LAW)
    second = knowledge.receive(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    assert (first.item_id, second.version) == (second.item_id, 2)
    early, late = knowledge.jobs.claim("a", ["ingest"]), knowledge.jobs.claim("b", ["ingest"])
    assert early is not None and late is not None
    with pytest.raises(Exception, match="frühere Fassung"):
        ingest.ingest(knowledge.reading, second.item_id, 2, late)
    ingest.ingest(knowledge.reading, first.item_id, 1, early)
    assert ingest.ingest(knowledge.reading, second.item_id, 2, late)["version"] == 2
    assert knowledge.shelf.one(ADMIN, first.item_id)["version"] == 2


def test_a_token_holds_over_a_clock_that_is_set_back_and_not_beyond_its_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tokens.token_key(bytes(range(32)))
    issued = tokens.issue_token(database, key, AuditLog(), Caller("admin"), "anna", tokens.TokenRequest(days=1))
    now = time.time()
    for offset in (-86400.0, -3600.0, 0.0, 86395.0):
        monkeypatch.setattr(time, "time", lambda offset=offset: now + offset)
        assert tokens.read_token(key, issued.token)[0] == issued.token_id
    monkeypatch.setattr(time, "time", lambda: now + 86405)
    with pytest.raises(Exception, match="abgelaufen"):
        tokens.read_token(key, issued.token)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 28), "2026-03-28T22:59:59.999999+00:00"),
        (date(2026, 3, 29), "2026-03-29T21:59:59.999999+00:00"),
        (date(2026, 10, 24), "2026-10-24T21:59:59.999999+00:00"),
        (date(2026, 10, 25), "2026-10-25T22:59:59.999999+00:00"),
    ],
)
def test_a_day_ends_at_midnight_in_berlin(day: date, end: str) -> None:
    assert moment(day) == datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("begin", "length"),
    [(datetime(2024, 3, 30, 23, tzinfo=UTC), 23), (datetime(2024, 10, 26, 22, tzinfo=UTC), 25)],
    ids=["summer", "winter"],
)
def test_the_day_of_the_change_has_23_or_25_hours_of_events(database: Database, begin: datetime, length: int) -> None:
    """One event each hour of three days, across the end of a month, of people by turns."""
    keep_ready(database, begin)
    people = [f"uhr-{n}" for n in range(5)]
    database.execute("INSERT INTO users (external_id) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", (people,))
    hours = [begin - timedelta(hours=24) + timedelta(hours=n) for n in range(24 + length + 24)]
    events = [Event(people[n % 5], "like", ts=hour, event_id=UUID(int=int(hour.timestamp()))) for n, hour in enumerate(hours)]
    save_events(database, Caller("admin"), events)
    days = {one.day: one.count for one in activity(database, begin + timedelta(days=3)).events_per_day if one.type == "like"}
    change = begin.date() + timedelta(days=1)
    assert [days[change + timedelta(days=n)] for n in (-1, 0, 1)] == [24, length, 24]
