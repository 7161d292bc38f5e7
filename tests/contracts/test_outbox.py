"""What the world outside hears: every end of a job once it is committed, kept while nobody listens, in order for each key."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import Rollback

from nova.engines.outbox import KeptOutbox
from nova.engines.queue import PostgresJobs
from nova.engines.stream_postgres import PostgresStream
from nova.errors import ServerAbsent
from nova.store.db import Database
from tests.fakes.stream import MemoryStream


@pytest.fixture
def brokers() -> MemoryStream:
    return MemoryStream()


@pytest.fixture
def outbox(database: Database, brokers: MemoryStream) -> Iterator[KeptOutbox]:
    database.execute("DELETE FROM jobs")
    kept = PostgresStream(database)
    yield KeptOutbox(kept, brokers)
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
    done, written, failed, cancelled = (jobs.start("a", {"n": n}, title="Zeugnis Müller") for n in range(4))
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
    while outbox.hand_on(0.0):
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
        outbox.put(conn, "t", "k", {"n": 1})
        raise Rollback
    assert outbox.waiting() == 0
    assert outbox.hand_on(0.0) == 0
    assert brokers.held == {}


def test_facts_wait_for_absent_brokers_and_keep_their_order(outbox: KeptOutbox, brokers: MemoryStream, database: Database) -> None:
    brokers.absent = True
    for number in range(5):
        with database.transaction() as conn:
            outbox.put(conn, "t" if number % 2 else "u", "k", {"n": number})
        with pytest.raises(ServerAbsent):
            outbox.hand_on(0.0)
    assert outbox.waiting() == 5
    brokers.absent = False
    assert outbox.hand_on(0.0) == 5
    assert [fact["n"] for fact in told(brokers, "t")] == [1, 3]
    assert [fact["n"] for fact in told(brokers, "u")] == [0, 2, 4]
    assert outbox.waiting() == 0
