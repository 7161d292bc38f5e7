"""The oldest PostgreSQL that Nova supports takes every migration and every query; needs PostgreSQL 15 as Debian installs it."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from nova.store import queries
from nova.store.postgres import dump
from nova.store.postgres.db import Database
from nova.store.postgres.migrate import migrate, shipped
from tests.servers.postgres import debian_postgres, needs_debian
from tests.store.drift import require_fit

pytestmark = needs_debian


@pytest.fixture
def old_server() -> Iterator[str]:
    with debian_postgres() as url:
        yield url


def test_every_migration_and_query_fits(old_server: str) -> None:
    assert migrate(old_server) == [one.name for one in shipped()]
    with psycopg.connect(old_server, autocommit=True) as connection:
        assert connection.info.server_version // 10000 == 15
        for room in queries.rooms():
            for query in queries.load(room).values():
                require_fit(connection, query)


def test_a_dump_is_made_there_and_restored_there(old_server: str, tmp_path: Path) -> None:
    migrate(old_server)
    with Database.connect(old_server) as db, dump.moment(db) as when, (tmp_path / "dump").open("wb") as target:
        saved = dump.counts(when.connection)
        dump.dump(when, target, lambda: None)
    with dump.cleared(old_server, "before", replace=True):
        dump.restore(old_server, tmp_path / "dump", lambda: None)
        with psycopg.connect(old_server, row_factory=dict_row) as connection:
            assert dump.counts(connection) == saved
    assert migrate(old_server) == []
