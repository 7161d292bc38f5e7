"""The index kept level with Postgres while its server comes and goes: what waits, what is missing, and rebuilds that are true."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from nova.errors import ServerAbsent
from nova.jobs.kinds import ingest
from nova.jobs.level import Leveller
from nova.knowledge.index import missing
from nova.ports.jobs import Kind
from nova.records import Point
from nova.store.postgres.db import Database
from nova.store.postgres.holder import hold
from tests.fakes.memory import MemoryIndex
from tests.rooms.knowledge.house import LAW, House

pytestmark = pytest.mark.slow


class Unsteady(MemoryIndex):
    """An index on a server: away while `away` is set; forgets what `loses` names as soon as it is stored."""

    away = False
    loses: frozenset[UUID] = frozenset()

    def __getattribute__(self, name: str) -> Any:
        if name in ("upsert", "delete", "delete_items", "ids", "count", "rebuild_needed") and object.__getattribute__(self, "away"):
            raise ServerAbsent("Der Suchindex antwortet nicht.")
        return object.__getattribute__(self, name)

    def upsert(self, points: Sequence[Point]) -> None:
        super().upsert([point for point in points if point.chunk_id not in self.loses])


@pytest.fixture
def unsteady() -> Unsteady:
    return Unsteady()


@pytest.fixture
def house(database: Database, tmp_path: Path, unsteady: Unsteady) -> Iterator[House]:
    database.execute("TRUNCATE items, users, jobs, index_outbox, analysers, installation CASCADE")
    opened = House(database, tmp_path, index=unsteady)
    yield opened
    opened.jobs.close()


@pytest.fixture
def level(house: House, unsteady: Unsteady) -> Leveller:
    return Leveller(house.room, house.jobs)


@pytest.mark.parametrize("error", [psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.UndefinedTable, psycopg.InterfaceError, OSError])
def test_whatever_the_database_or_the_disk_says_is_only_noted(
    level: Leveller, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def say(*_: object) -> None:
        raise error("no")

    with monkeypatch.context() as patch:
        patch.setattr("nova.jobs.level.catch_up", say)
        assert level.level() is None
    assert level.level() is not None  # a fresh index asks for a rebuild


def test_one_that_never_began_can_be_stopped(level: Leveller, monkeypatch: pytest.MonkeyPatch) -> None:
    def say(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("nova.jobs.level.catch_up", say)
    with pytest.raises(ZeroDivisionError):
        level.start()
    level.stop()


def reindexes(house: House) -> int:
    return len(house.jobs.list(kind="reindex"))


def test_what_a_job_could_not_bring_is_brought_when_the_server_is_back(house: House, unsteady: Unsteady, level: Leveller) -> None:
    unsteady.rebuilt()
    unsteady.away = True
    house.receive(LAW)
    assert house.work() == ["server_absent"]
    assert level.level() is None
    unsteady.away = False
    assert unsteady.count() == 0
    assert level.level() is None
    assert unsteady.count() == house.counts()["chunks"] > 0
    assert reindexes(house) == 0


def test_what_a_server_forgot_is_rebuilt_once(house: House, unsteady: Unsteady, level: Leveller) -> None:
    house.add(LAW)
    unsteady.rebuilt()
    assert level.level() is None
    unsteady.clear()
    assert level.level() is not None
    assert level.level() is None
    assert house.work() == ["done"]
    assert unsteady.count() == house.counts()["chunks"]
    assert level.level() is None
    assert reindexes(house) == 1


def test_points_that_went_missing_while_it_was_away_are_found_when_it_is_back(house: House, unsteady: Unsteady, level: Leveller) -> None:
    house.add(LAW)
    unsteady.rebuilt()
    assert level.level() is None
    unsteady.points.popitem()
    assert level.level() is None
    unsteady.away = True
    assert level.level() is None
    unsteady.away = False
    assert level.level() is not None
    house.work()
    assert missing(house.room) == 0


def test_a_rebuild_that_keeps_failing_is_started_ever_more_rarely(house: House, unsteady: Unsteady, level: Leveller) -> None:
    unsteady.rebuilt()
    level.level()
    unsteady.clear()
    started = []
    for number in range(40):
        if level.level() is not None:
            started.append(number)
            job = house.jobs.claim("test", ["reindex"])
            assert job
            job.failed("Geht nicht.", "internal")
    assert started == [0, 2, 6, 14, 30]


def test_a_rebuild_is_not_done_while_passages_are_lacking(house: House, unsteady: Unsteady) -> None:
    house.add(LAW)
    unsteady.clear()
    unsteady.loses = frozenset(list(_ids(house))[:1])
    house.jobs.start(Kind("reindex"), {"item_ids": None}, title="Aufbau")
    assert house.work() == ["server_absent"]
    assert unsteady.rebuild_needed
    unsteady.loses = frozenset()
    house.jobs.start(Kind("reindex"), {"item_ids": None}, title="Aufbau")
    assert house.work() == ["done"]
    assert not unsteady.rebuild_needed


def test_who_lost_the_right_to_the_index_applies_nothing_and_is_no_longer_whole(
    house: House, unsteady: Unsteady, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two Novas with an index each, on one database that was started anew."""
    monkeypatch.setattr("nova.store.postgres.holder.PATIENCE", 0.0)
    held = hold(house.database, 4711, 0.0)
    assert held is not None
    room = replace(house.room, right=held)
    house.handlers["ingest"] = ingest.handler(replace(house.reading, index=room))
    level = Leveller(room, house.jobs, look_seconds=60)
    unsteady.rebuilt()
    level.start()
    assert level.whole
    house.database.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711")
    other = hold(house.database, 4711, 0.0)
    assert other is not None
    house.receive(LAW)
    assert house.work() == ["server_absent"]
    assert not level.whole
    level.stop()
    assert (unsteady.count(), house.counts()["outbox"]) == (0, house.counts()["chunks"])
    other.close()


def _ids(house: House) -> list[UUID]:
    return [row["chunk_id"] for row in house.database.fetch_all("SELECT chunk_id FROM item_chunks")]


def test_changes_that_wait_do_not_count_as_missing(house: House, unsteady: Unsteady) -> None:
    house.add(LAW)
    for look in (lambda: missing(house.room), lambda: missing(house.room, still=True)):
        assert _waiting(house, look) == 0


def _waiting(house: House, look: Callable[[], int]) -> int:
    house.database.execute("INSERT INTO index_outbox (op, item_id) SELECT 'delete_item', item_id FROM items")
    house.index.points.popitem()
    try:
        return look()
    finally:
        house.database.execute("DELETE FROM index_outbox")
        house.work()
