"""A delivery of a million values over others in, the seconds until all is as before out: values, rollups, and what is marked.

    python benchmarks/take_back.py [--rows 1000000] [--meters 20]

An embedded PostgreSQL in a folder that is gone afterwards holds readings of so many meters a quarter-hour each, their rollups, and a
later delivery that replaces all of them and adds as many days behind. It is taken back; then the rollups are renewed, as the serving
process does.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from nova.energy.delivery import taking_back
from nova.series import Readings, readings
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from nova.store.series import batches, rollups
from nova.store.series import readings as store

START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())


def made(meters: int, rows: int, level: float) -> list[Readings]:
    """So many rows of each meter."""
    ts = START + 900 * np.arange(rows, dtype=np.int64)
    return [readings(f"m{number}", 900, ts, level + np.sin(ts / 9_000 + number)) for number in range(meters)]


def put(db: Database, pieces: list[Readings]) -> int:
    """Store them as one delivery; its number."""
    with db.long_transaction() as conn:
        batch = batches.open(conn, batches.NewBatch("upload", "csv"))
        store.put(conn, pieces, batch)
        batches.close(conn, batch, {})
    return batch


def renew(db: Database) -> float:
    """Seconds until no rollup waits."""
    begun = time.perf_counter()
    left = 1
    while left:
        with db.transaction() as conn:
            left = rollups.refresh(conn, 64)
    return time.perf_counter() - begun


def fingerprint(db: Database) -> tuple[object, ...]:
    """What the tables say."""
    columns = "meter_id, ts, seconds, consumption_kw, quality, batch_id"
    rows = f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM (SELECT {columns} FROM smart_meter_readings) t"
    rolled = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM reading_rollups t"
    versions = "SELECT count(*) AS sum FROM reading_versions"
    with db.long_transaction() as conn:
        return tuple(conn.execute(one).fetchone()["sum"] for one in (rows, rolled, versions))  # type: ignore[index]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--meters", type=int, default=20)
    told = parser.parse_args()
    each = told.rows // told.meters
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, start(Path(folder)) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db:
            measure(db, told.meters, each)


def measure(db: Database, meters: int, each: int) -> None:
    """The delivery, what it replaced, and its end."""
    put(db, made(meters, each // 2, 1.0))
    renew(db)
    before = fingerprint(db)
    batch = put(db, made(meters, each, 5.0))
    print(f"delivered: {meters * each:,} values, half of them replace others; rollups {renew(db):.1f} s")
    begun = time.perf_counter()
    with db.long_transaction() as conn:
        found = taking_back.take(conn, batch, "admin")
    took = time.perf_counter() - begun
    rolled = renew(db)
    print(f"taken back: {found['restored']:,} restored, {found['removed']:,} removed in {took:.1f} s")
    print(f"rollups {rolled:.1f} s, together {took + rolled:.1f} s")
    print("as before:", fingerprint(db) == before)


if __name__ == "__main__":
    main()
