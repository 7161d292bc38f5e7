"""A fresh bench for every test."""

from pathlib import Path

import pytest

from nova.store.postgres.db import Database
from tests.rooms.seeding.seeds import Bench


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    """Empty tables, an empty folder."""
    database.execute(
        "TRUNCATE seed_runs, seed_batches, seed_removals, seed_versions, seed_lineage, seed_deliveries, seed_objections, erasures CASCADE"
    )
    database.execute("TRUNCATE seed_refusals, engine_recalls, engine_states, engine_deliveries, engine_hours")
    database.execute("TRUNCATE releases, release_steps CASCADE")
    return Bench(database, tmp_path / "objects")
