"""When rules are evaluated by themselves: soon after the very first start, then by the clock."""

from collections.abc import Iterator

import pytest

from nova.engines.queue.postgres import PostgresJobs
from nova.kpi.alerts.alarms import start_first
from nova.kpi.kinds import ALERTS
from nova.store.postgres.db import Database


@pytest.fixture
def jobs(database: Database) -> Iterator[PostgresJobs]:
    database.execute("TRUNCATE alert_states, jobs CASCADE")
    found = PostgresJobs(database)
    yield found
    found.close()


def test_the_rules_are_evaluated_soon_after_the_first_start_and_only_then(database: Database, jobs: PostgresJobs) -> None:
    first = start_first(database, jobs)
    assert first is not None and [job.job_id for job in jobs.list(states=("queued",), kind=ALERTS.name)] == [first]
    assert start_first(database, jobs) is None  # it waits already
    database.execute("TRUNCATE jobs CASCADE")
    database.execute("INSERT INTO alert_states (rule, state, evaluated_at, explanation) VALUES ('x', 'ok', now(), '{}')")
    assert start_first(database, jobs) is None and jobs.list(kind=ALERTS.name) == []
