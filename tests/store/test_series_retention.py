"""Rows older than they are kept for: whole months as partitions, the rest by meter, and rollups that stay what a recomputation gives."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from nova.series import Product, prices, readings
from nova.store.postgres.db import Database
from nova.store.series import batches, kept_days, meters, rollups
from nova.store.series import prices as prices_store
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.local_days import midnights
from nova.store.series.meters import Meter

NOW = datetime(2024, 6, 15, 10, tzinfo=UTC)
DAY = 86_400


def days_ago(days: int) -> int:
    instant = int(NOW.timestamp()) - days * DAY
    return int(midnights(instant, instant)[0])


@pytest.fixture
def filled(database: Database) -> Database:
    """Three meters with hourly readings of 300 days, with corrections and rollups; prices of the same days."""
    for table in ("meters", "smart_meter_readings", "market_prices", "price_versions"):
        database.execute(f"DELETE FROM {table}")
    ts = days_ago(300) + 3600 * np.arange(300 * 24, dtype=np.int64)
    with database.transaction() as conn:
        meters.save(conn, Meter("short", keep_days=10))
        meters.save(conn, Meter("longer", keep_days=100))
        for value in (1.0, 2.0):
            batch = batches.open(conn, NewBatch("test", "columns"))
            store.put(conn, [readings(meter, 3600, ts, np.full(len(ts), value)) for meter in ("short", "longer", "usual")], batch)
            prices_store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", seconds=3600), ts, np.full(len(ts), value))], batch)
        rollups.refresh(conn, 10_000)
    return database


def first(database: Database, table: str, meter: str) -> int | None:
    row = database.fetch_one(f"SELECT extract(epoch FROM min(ts))::bigint AS ts FROM {table} WHERE meter_id = %s", (meter,))
    return row["ts"] if row else None


def partitions(database: Database, table: str) -> set[str]:
    rows = database.fetch_all("SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = %s::regclass", (table,))
    return {row["name"] for row in rows}


@pytest.mark.parametrize("default", [None, 200])
def test_each_meter_keeps_its_days(filled: Database, default: int | None) -> None:
    with filled.transaction() as conn:
        dropped = kept_days.drop_readings(conn, NOW, default)
    kept = {"short": 10, "longer": 100, "usual": default or 300}
    for meter, days in kept.items():
        for table in ("smart_meter_readings", "reading_versions", "reading_rollups"):
            assert first(filled, table, meter) == days_ago(days), (meter, table)
    months = {f"smart_meter_readings_2023_{month:02}" for month in (8, 9, 10)} if default else set()
    assert months <= set(dropped.partitions)
    assert bool(dropped.partitions) == bool(default)
    assert not set(dropped.partitions) & partitions(filled, "smart_meter_readings")
    with filled.transaction() as conn:
        assert kept_days.drop_readings(conn, NOW, default).rows == 0
        before = rollups.stored(conn, "short", DAY, 0, 2**32)
        rollups.renew_all(conn, "short")
        assert rollups.refresh(conn) == 10
        after = rollups.stored(conn, "short", DAY, 0, 2**32)
    assert before.ts.tolist() == after.ts.tolist()
    assert before.consumption_kwh.tolist() == after.consumption_kwh.tolist()


def test_a_month_that_somebody_reads_waits_for_the_next_time(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_days, "LOCK_MS", 50)
    with filled.transaction() as reader:
        reader.execute("SELECT count(*) FROM smart_meter_readings")
        with filled.transaction() as conn:
            dropped = kept_days.drop_readings(conn, NOW, 20)
    assert dropped.partitions == ()
    assert first(filled, "smart_meter_readings", "usual") == days_ago(20)
    with filled.transaction() as conn:
        assert kept_days.drop_readings(conn, NOW + timedelta(days=1), 20).partitions
