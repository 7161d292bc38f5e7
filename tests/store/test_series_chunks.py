"""Readings and prices in tables that PostgreSQL does not part, as hypertables of TimescaleDB look: made when asked for, filled, emptied.

No server here has the extension; a function of its name stands in for it, so that what Nova says to it and does without partitions runs.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from nova.series import Product, prices, readings
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import Running
from nova.store.postgres.migrate import migrate
from nova.store.series import batches, kept_days
from nova.store.series import prices as price_store
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.put import Stored
from tests.scratch import scratch

START = 1_727_733_600  # 2024-10-01 local
STAND_IN = """
CREATE TABLE asked (relation text);
CREATE FUNCTION create_hypertable(relation regclass, time_column_name name, chunk_time_interval interval, create_default_indexes boolean)
RETURNS void LANGUAGE sql AS $$ INSERT INTO asked VALUES (relation::text) $$;
"""


def made(postgres: Running, setting: str) -> Iterator[Database]:
    with scratch(postgres.dsn) as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(STAND_IN)
        migrate(make_conninfo(dsn, options=f"-c nova.hypertables={setting}"))
        with Database.connect(dsn) as db:
            yield db


@pytest.fixture
def chunked(postgres: Running) -> Iterator[Database]:
    yield from made(postgres, "on")


@pytest.fixture
def parted(postgres: Running) -> Iterator[Database]:
    yield from made(postgres, "off")


def kinds(db: Database) -> set[str]:
    found = db.fetch_all("SELECT relkind FROM pg_class WHERE relname IN ('smart_meter_readings', 'market_prices')")
    return {row["relkind"] for row in found}


def test_tables_are_partitioned_unless_the_database_asks_for_hypertables(parted: Database) -> None:
    assert (kinds(parted), parted.fetch_all("SELECT relation FROM asked")) == ({"p"}, [])


def test_rows_are_stored_corrected_and_dropped_without_partitions(chunked: Database) -> None:
    assert kinds(chunked) == {"r"}
    assert len(chunked.fetch_all("SELECT relation FROM asked")) == 2
    ts = START + 900 * np.arange(200, dtype=np.int64)
    for values, wanted in ((np.ones(200), Stored(new=200)), (np.full(200, 2.0), Stored(corrected=200)), (np.ones(200), Stored(kept=200))):
        with chunked.transaction() as conn:
            batch = batches.open(conn, NewBatch("test", "columns"))
            assert store.put(conn, [readings("CHUNK-1", 900, ts, values)], batch) == wanted
            assert price_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD"), ts, values)], batch) == wanted
    with chunked.transaction() as conn:
        assert len(store.history(conn, "CHUNK-1", START)) == 2
        dropped = kept_days.drop_readings(conn, datetime(2025, 1, 1, tzinfo=UTC), 30)
        assert (dropped.rows, dropped.partitions) == (200, ())
