"""kill -9 of who stores readings, and of the database beneath, in the middle: nothing of that load is there, and then all of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from nova.series import Readings, readings
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from nova.store.series import batches, rollups
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from tests.folders import short_folder
from tests.store.servers import processes

ROOT = Path(__file__).parents[2]
METERS, ROWS, ROUNDS = 4, 60_000, 6
START = 1_704_067_200
LOADER = """
import sys
from pathlib import Path
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from tests.faults.test_series_kill import load
with start(Path(sys.argv[1])) as server, Database.connect(server.dsn) as db:
    print("begins", flush=True)
    load(db, float(sys.argv[2]))
    print("stored", flush=True)
"""


def pieces(value: float) -> Iterator[Readings]:
    """A minute's readings of some meters, a fifth of which carry `value`."""
    for meter in range(METERS):
        power = np.arange(ROWS, dtype=float)
        power[::5] = value
        yield readings(f"meter-{meter}", 60, START + 60 * np.arange(ROWS, dtype=np.int64), power)


def load(db: Database, value: float) -> store.Stored:
    with db.transaction() as conn:
        batch = batches.open(conn, NewBatch("kill", "columns"))
        stored = store.put(conn, pieces(value), batch)
        batches.close(conn, batch, {"new": stored.new})
        return stored


def counts(db: Database) -> dict[str, int]:
    query = """
    SELECT (SELECT count(*) FROM smart_meter_readings) AS rows,
           (SELECT count(DISTINCT (meter_id, ts)) FROM smart_meter_readings) AS intervals,
           (SELECT count(*) FROM reading_versions) AS versions, (SELECT count(*) FROM series_batches) AS batches
    """
    return dict(db.fetch_one(query) or {})


def killed(folder: Path, value: float, after: float, *, server: bool) -> bool:
    """Let a process load and kill it (and the server); whether it had stored everything before."""
    words = [sys.executable, "-c", LOADER, str(folder), str(value)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    time.sleep(after)
    for pid in [*(processes(folder) if server else []), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return "stored" in process.communicate()[0]


@pytest.mark.bars
@pytest.mark.parametrize("server", [False, True])
def test_no_reading_is_lost_or_doubled_by_kills(server: bool) -> None:
    everything = METERS * ROWS
    chance = random.Random(7)
    with short_folder() as folder:
        with start(folder) as running:
            migrate(running.dsn)
            with Database.connect(running.dsn) as db:
                began = time.monotonic()
                assert load(db, 0.0) == store.Stored(new=everything)
                patience = time.monotonic() - began
        current, cut = 0.0, 0
        for number in range(1, ROUNDS + 1):
            done = killed(folder, float(number), chance.uniform(0.05, patience), server=server)
            with start(folder) as running, Database.connect(running.dsn) as db:
                current, cut = (float(number), cut) if done else (current, cut + 1)
                found = counts(db)
                assert found["rows"] == found["intervals"] == everything
                with db.transaction() as conn:
                    fifth = [part.consumption[::5] for part in store.get(conn, "meter-1", START, START + 60 * ROWS)]
                assert set(np.concatenate(fifth).tolist()) == {current}
                stored = load(db, current)
                assert stored == store.Stored(same=everything)
                assert counts(db)["versions"] == found["versions"]
        assert cut > 0
        with start(folder) as running, Database.connect(running.dsn) as db:
            while _refresh(db):
                pass
            with db.transaction() as conn:
                whole = store.buckets(conn, "meter-1", START, START + 60 * ROWS, 86_400)
            assert int(whole.qualities.sum()) == ROWS


def _refresh(db: Database) -> int:
    with db.transaction() as conn:
        return rollups.refresh(conn, 10)
