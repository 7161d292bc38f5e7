"""A server that takes no changes for a while, as in a failover: who does the jobs outlives it, and goes on by itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import structlog
from psycopg import sql

from nova.cli.operation.up import watch
from nova.cli.process.serving import manned
from nova.errors import Busy, NovaError, ServerAbsent
from nova.ports.jobs import Kind
from nova.settings import Settings
from nova.store.postgres.db import Database
from nova.wiring import Nova
from tests.folders import short_folder
from tests.store.servers import within

BEATS_SECONDS = 4.0  # longer than a beat and two looks for work


@contextmanager
def read_only(dsn: str) -> Iterator[None]:
    """Every session from now on may only read, and there are no others."""

    def change(how: str) -> None:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            name = sql.Identifier(connection.info.dbname)
            connection.execute(sql.SQL("ALTER DATABASE {} " + how).format(name))  # type: ignore[arg-type]
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    change("SET default_transaction_read_only = on")
    try:
        yield
    finally:
        change("RESET default_transaction_read_only")


def test_a_change_is_refused_by_name(database: Database, database_url: str) -> None:
    with read_only(database_url):
        with pytest.raises(ServerAbsent, match="keine Änderungen"):
            database.execute("DELETE FROM jobs")
        with pytest.raises(ServerAbsent, match="keine Änderungen"):
            database.retry(lambda conn: conn.execute("DELETE FROM jobs"))
        assert database.fetch_one("SELECT 1 AS one") == {"one": 1}


@pytest.fixture
def own_log() -> Iterator[None]:
    """What a Nova of this process sets for its log ends with the test."""
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("own_log")
def test_jobs_go_on_without_a_restart(database_url: str) -> None:
    with short_folder() as folder, manned(Settings(NOVA_DATA=folder / "data", NOVA_DATABASE_URL=database_url), log_level="error") as pair:
        nova, whole = pair
        with read_only(database_url):
            time.sleep(BEATS_SECONDS)
            assert whole()
        within(60, lambda: done(nova))
        assert whole()


def done(nova: Nova) -> bool:
    """Whether a job that is asked for now is done soon; the first connections may still be those that were cut."""
    try:
        return nova.jobs.wait(nova.jobs.start(Kind("sweep"), {}, title="Aufräumen"), 5).state == "done"
    except (ServerAbsent, Busy):
        return False


def test_nova_ends_when_not_everybody_is_there() -> None:
    with pytest.raises(NovaError, match="ausgefallen"):
        watch(threading.Event(), lambda: False)
    stop = threading.Event()
    stop.set()
    watch(stop, lambda: False)
