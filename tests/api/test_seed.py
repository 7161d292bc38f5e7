"""The mock use of documents for work on Nova: it refers to what is there, and changes nothing when it is run again."""

import psycopg
import pytest

from tests.api.house import Door
from tests.places import ROOT

SEED = ROOT / "scripts" / "seed.sql"
COUNTS = {"users": "external_id LIKE 'seed-%'", "events": "meta @> '{\"seed\": true}'", "labels": "reason = 'seed'"}


def run(door: Door, url: str) -> dict[str, int]:
    """How many rows of it each table has after it was run."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SEED.read_bytes())
    counts = {table: f"SELECT count(*) AS n FROM {table} WHERE {which}" for table, which in COUNTS.items()}
    return {table: door.nova.db.fetch_all(query)[0]["n"] for table, query in counts.items()}


@pytest.fixture
def seeded(door: Door, database_url: str) -> dict[str, int]:
    return run(door, database_url)


def test_there_is_use_of_the_documents_that_are_there(door: Door, seeded: dict[str, int]) -> None:
    assert (seeded["users"], seeded["events"]) == (10, 400)
    assert 0 < seeded["labels"] <= 10
    kinds = door.nova.db.fetch_all("SELECT DISTINCT type FROM events WHERE meta ? 'seed' AND item_id IS NOT NULL AND chunk_id IS NOT NULL")
    assert {row["type"] for row in kinds} == {"view", "click", "like", "solve"}


def test_run_again_it_changes_nothing(door: Door, database_url: str, seeded: dict[str, int]) -> None:
    assert run(door, database_url) == seeded
