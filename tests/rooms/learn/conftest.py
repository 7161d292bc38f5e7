"""A fresh site for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.store.postgres.db import Database
from tests.rooms.learn.planted import PEOPLE, Site, settle


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    """A site with documents and people who agreed, and nothing asked yet."""
    house = settle(tmp_path, database)
    opened = Site(house)
    for number in range(PEOPLE):
        opened.join(f"person-{number}")
    yield opened
    house.jobs.close()
