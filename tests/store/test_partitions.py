"""Monthly partitions: bounds, repetition, rows that waited in the default partition, and two callers at once."""

import itertools
import threading
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.postgres.partitions import ensure_month_partitions, months


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_months_meet_without_gap_and_cover_the_span(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    spans = list(months(first, last))
    assert all(end == following for (_, end), (following, _) in itertools.pairwise(spans))
    assert spans[0][0].date() <= first
    assert last < spans[-1][1].date()
    assert all(start.day == end.day == 1 and start.tzinfo is UTC for start, end in spans)


def insert(database: Database, ts: datetime) -> None:
    database.execute("INSERT INTO events (event_id, ts, type) VALUES (%s, %s, 'view')", (uuid7(), ts))


def partition_of(database: Database, ts: datetime) -> str:
    row = database.fetch_one("SELECT tableoid::regclass::text AS name FROM events WHERE ts = %s", (ts,))
    assert row is not None
    return str(row["name"])


def test_rows_find_their_month_also_when_they_came_first(database: Database) -> None:
    early = datetime(2031, 1, 31, 23, 59, 59, tzinfo=UTC)
    insert(database, early)
    assert partition_of(database, early) == "events_default"
    with database.transaction() as connection:
        made = ensure_month_partitions(connection, "events", date(2030, 12, 15), date(2031, 2, 1))
    assert made == ["events_2030_12", "events_2031_01", "events_2031_02"]
    assert partition_of(database, early) == "events_2031_01"
    boundary = datetime(2031, 2, 1, tzinfo=UTC)
    insert(database, boundary)
    assert partition_of(database, boundary) == "events_2031_02"


def test_asking_again_makes_nothing(database: Database) -> None:
    for expected in (["events_2040_05"], []):
        with database.transaction() as connection:
            assert ensure_month_partitions(connection, "events", date(2040, 5, 1), date(2040, 5, 31)) == expected


def test_a_partition_has_the_keys_and_indexes_of_its_table(database: Database) -> None:
    with database.transaction() as connection:
        ensure_month_partitions(connection, "events", date(2041, 5, 1), date(2041, 5, 1))
    query = "SELECT count(*) AS n FROM pg_index WHERE indrelid = %s::regclass"
    whole, part = (database.fetch_one(query, (name,)) for name in ("events", "events_2041_05"))
    assert whole == part
    assert whole is not None
    assert whole["n"] > 1


def test_two_callers_at_once_share_the_work(database: Database) -> None:
    made: list[list[str]] = []

    def ensure() -> None:
        with database.transaction() as connection:
            made.append(ensure_month_partitions(connection, "events", date(2050, 1, 1), date(2050, 6, 1)))

    threads = [threading.Thread(target=ensure) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(len, made)) == [0, 0, 6]


def test_a_failure_leaves_no_half_partition(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            ensure_month_partitions(connection, "events", date(2060, 1, 1), date(2060, 1, 1))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert database.fetch_one("SELECT to_regclass('events_2060_01') AS name") == {"name": None}
