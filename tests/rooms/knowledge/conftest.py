"""A fresh knowledge room for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.store.postgres.db import Database
from tests.rooms.knowledge.house import House


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[House]:
    """Empty tables, empty stores."""
    database.execute("TRUNCATE items, users, jobs, index_outbox, analysers, installation, embedding_models CASCADE")
    opened = House(database, tmp_path)
    yield opened
    opened.jobs.close()
