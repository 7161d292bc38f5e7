"""One embedded PostgreSQL for the whole run, a freshly migrated database for every test module."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import structlog
from hypothesis import settings
from psycopg.conninfo import make_conninfo

from nova.cli import german
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import Running, start
from nova.store.postgres.migrate import migrate
from tests.folders import short_folder
from tests.places import beside
from tests.scratch import scratch

FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "80"}
TEMPLATE = "nova_template"

settings.register_profile("nova", deadline=None)  # speed is measured by benchmarks; the machines that test are shared
settings.load_profile("nova")


def pytest_configure() -> None:
    """Commands speak German before the first of them is run, as they do behind `python -m nova`; Click keeps what it once said."""
    german.speak()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: the testers of a run then end at about the same time."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="module", autouse=True)
def usual_logs() -> None:
    """What an earlier module's commands set up for log lines is not what the next one finds."""
    structlog.reset_defaults()


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Gives a file of the development data that lies beside a checkout; the test is skipped where it does not."""

    def find(name: str) -> Path:
        path = beside(name)
        return path if path is not None else pytest.skip(f"{name} is development data and lies beside a checkout only")

    return find


@pytest.fixture(scope="session")
def postgres() -> Iterator[Running]:
    """A server of its own for this run, in a folder with a short name."""
    with short_folder() as folder, start(folder, FAST_AND_FORGETFUL) as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: Running) -> str:
    """The name of a migrated database to copy from."""
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(make_conninfo(postgres.dsn, dbname=TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="module")
def database_url(postgres: Running, template: str) -> Iterator[str]:
    """The connection string of a migrated, empty database for one test module."""
    with scratch(postgres.dsn, template) as url:
        yield url


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Database]:
    """A pool on the module's database."""
    with Database.connect(database_url) as opened:
        yield opened
