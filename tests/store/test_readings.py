"""Readings in and out of PostgreSQL: new, the same, corrected, kept, overlapping; owners; two loaders at once."""

import numpy as np

from nova.series import Readings, readings
from nova.store import batches
from nova.store import readings as store
from nova.store.batches import NewBatch
from nova.store.db import Database

START = 1_704_067_200  # 2024-01-01T00:00Z


def series(meter: str, values: list[float], start: int = START, seconds: int = 900, quality: int = 0) -> Readings:
    ts = start + seconds * np.arange(len(values), dtype=np.int64)
    return readings(meter, seconds, ts, np.array(values, float), quality=quality)


def put(database: Database, *pieces: Readings, insist: bool = False) -> store.Stored:
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        return store.put(conn, pieces, batch, insist=insist)


def held(database: Database, meter: str) -> list[Readings]:
    with database.transaction() as conn:
        return store.get(conn, meter, START - 10**8, START + 10**8)


def test_new_then_the_same_then_corrected(database: Database) -> None:
    first = series("m1", [1.0, float("nan"), 3.0])
    assert put(database, first) == store.Stored(new=3)
    assert put(database, first) == store.Stored(same=3)
    assert put(database, series("m1", [1.0, 2.0, 3.0, 4.0])) == store.Stored(new=1, same=2, corrected=1)
    (found,) = held(database, "m1")
    assert found.consumption.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.ts.tolist() == [START, START + 900, START + 1800, START + 2700]
    with database.transaction() as conn:
        versions = store.history(conn, "m1", START + 900)
    assert [version.consumption_kw for version in versions] == [None, 2.0]
    assert versions[0].replaced_by == versions[1].batch_id


def test_what_was_replaced_does_not_come_back_by_being_sent_again(database: Database) -> None:
    old, new = series("m2", [1.0]), series("m2", [2.0])
    put(database, old)
    put(database, new)
    assert put(database, old) == store.Stored(kept=1)
    assert held(database, "m2")[0].consumption.tolist() == [2.0]
    assert put(database, old, insist=True) == store.Stored(corrected=1)
    assert held(database, "m2")[0].consumption.tolist() == [1.0]
