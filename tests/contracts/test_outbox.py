"""What the world outside hears: every end of a job once it is committed, kept while nobody listens, in order for each key."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from psycopg import Rollback

from nova.engines.queue.postgres import PostgresJobs
from nova.engines.streams.outbox import KeptOutbox
from nova.engines.streams.postgres import PostgresStream
from nova.errors import ServerAbsent
from nova.ports import Fact
from nova.ports.jobs import Kind
from nova.store.postgres.db import Database
from tests.fakes.stream import MemoryStream


@pytest.fixture
def brokers() -> MemoryStream:
    return MemoryStream()


@pytest.fixture
def outbox(database: Database, brokers: MemoryStream) -> Iterator[KeptOutbox]:
    for table in ("jobs", "stream_messages", "stream_partitions", "stream_groups"):
        database.execute(f"DELETE FROM {table}")
    kept = PostgresStream(database)
    yield KeptOutbox(kept, brokers, topics=("nova.jobs", "t", "u"))
    kept.close()


@pytest.fixture
def jobs(database: Database, outbox: KeptOutbox) -> Iterator[PostgresJobs]:
    queue = PostgresJobs(database, outbox=outbox)
    yield queue
    queue.close()


def told(brokers: MemoryStream, topic: str = "nova.jobs") -> list[dict[str, Any]]:
    return [json.loads(message.value) for message in brokers.held.get(topic, [])]


def test_every_end_of_a_job_is_told_once_and_without_words(
    jobs: PostgresJobs, outbox: KeptOutbox, brokers: MemoryStream, database: Database
) -> None:
    done, written, failed, cancelled = (jobs.start(Kind("a"), {"n": n}, title="Zeugnis Müller") for n in range(4))
    jobs.cancel(cancelled)
    for job_id in (done, written, failed):
        job = jobs.claim("w", ["a"])
        assert job is not None
        assert job.job_id == job_id
        if job_id == written:
            with database.transaction() as conn:
                job.finish({}, connection=conn)
        if job_id == failed:
            job.failed("Frau Müller fehlt", "unreadable_file")
        else:
            job.done()
    while outbox.hand_on("nova.jobs", 0.0):
        pass
    ends = {fact["job_id"]: (fact["state"], fact["error_code"]) for fact in told(brokers)}
    assert len(told(brokers)) == 4
    assert ends == {
        str(done): ("done", None),
        str(written): ("done", None),
        str(failed): ("failed", "unreadable_file"),
        str(cancelled): ("cancelled", None),
    }
    assert "Müller" not in json.dumps(told(brokers), ensure_ascii=False)


def test_what_is_rolled_back_is_never_told(outbox: KeptOutbox, brokers: MemoryStream, database: Database) -> None:
    with database.transaction() as conn:
        outbox.put(conn, Fact("t", "k", {"n": 1}))
        raise Rollback
    assert outbox.waiting() == 0
    assert outbox.hand_on("t", 0.0) == 0
    assert brokers.held == {}


def test_facts_wait_for_absent_brokers_and_keep_their_order(outbox: KeptOutbox, brokers: MemoryStream, database: Database) -> None:
    brokers.absent = True
    for number in range(5):
        with database.transaction() as conn:
            outbox.put(conn, Fact("t" if number % 2 else "u", "k", {"n": number}))
        with pytest.raises(ServerAbsent):
            outbox.hand_on("u", 0.0)
    assert outbox.waiting() == 5
    brokers.absent = False
    assert (outbox.hand_on("t", 0.0), outbox.hand_on("u", 0.0)) == (2, 3)
    assert [fact["n"] for fact in told(brokers, "t")] == [1, 3]
    assert [fact["n"] for fact in told(brokers, "u")] == [0, 2, 4]
    assert outbox.waiting() == 0


def test_a_topic_that_is_missing_holds_up_no_other(outbox: KeptOutbox, brokers: MemoryStream, database: Database) -> None:
    brokers.lacking = ("t",)
    with database.transaction() as conn:
        outbox.put(conn, *[Fact(topic, f"k{number}", {"n": number}) for number in range(20) for topic in "tu"])
    for _ in range(3):
        with pytest.raises(ServerAbsent):
            outbox.hand_on("t", 0.0)
    while outbox.hand_on("u", 0.0):
        pass
    assert sorted(fact["n"] for fact in told(brokers, "u")) == list(range(20))
    assert outbox.waiting() == 20
    brokers.lacking = ()
    while outbox.hand_on("t", 0.0):
        pass
    assert sorted(fact["n"] for fact in told(brokers, "t")) == list(range(20))


def test_a_fact_that_no_broker_takes_holds_up_no_other(outbox: KeptOutbox, brokers: MemoryStream, database: Database) -> None:
    with database.transaction() as conn:
        outbox.put(conn, *[Fact("t", "k", {"n": number, "more": "x" * 1000 * (number == 2)}) for number in range(5)])
    brokers.largest = 500
    while outbox.hand_on("t", 0.0):
        pass
    assert [fact["n"] for fact in told(brokers, "t")] == [0, 1, 3, 4]
    assert outbox.waiting() == 0


def test_transactions_that_tell_much_at_once_never_wait_for_each_other_for_ever(outbox: KeptOutbox, database: Database) -> None:
    def tell(order: int) -> None:
        facts = [Fact(topic, f"k{number}", {"n": number}) for number in range(12) for topic in "tu"]
        for _ in range(20):
            with database.transaction() as conn:
                outbox.put(conn, *facts[::order])

    with ThreadPoolExecutor() as pool:
        for ended in [pool.submit(tell, order) for order in (1, -1)]:
            ended.result()
    assert outbox.waiting() == 2 * 20 * 24
