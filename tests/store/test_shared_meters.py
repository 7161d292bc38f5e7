"""A meter that several people had: what goes when one of them is erased, and what their export holds."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import numpy as np

from nova.series import readings
from nova.store.people import personal, rights
from nova.store.people.rights import Person
from nova.store.postgres.db import Database
from nova.store.series import batches, forecasts, meters, rollups
from nova.store.series import readings as store
from nova.store.series.assignments import Assignment
from nova.store.series.assignments import put as assign
from nova.store.series.batches import NewBatch
from nova.store.series.meters import Meter
from tests.owning import SINCE

START = 1_767_225_600  # 2026-01-01T00:00Z
MOVED = START + 3 * 3600


def person(database: Database) -> Person:
    user_id, subject_id = uuid4(), uuid4()
    with database.transaction() as conn:
        conn.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", (user_id, f"kunde-{user_id.hex}"))
        conn.execute("INSERT INTO subjects (subject_id, user_id) VALUES (%s, %s)", (subject_id, user_id))
    return Person(subject_id, user_id, f"kunde-{user_id.hex}", None)


def lived(database: Database, *times: tuple[Person, int | None, int | None]) -> str:
    """A day of a meter in quarter-hours, assigned for these times, with rollups, a forecast, a name and a tariff."""
    meter_id = f"wohnung-{uuid4().hex[:8]}"
    ts = START + 900 * np.arange(96, dtype=np.int64)
    with database.transaction() as conn:
        for value in (1.0, 2.0):
            batch = batches.open(conn, NewBatch("upload", "csv", digest=uuid4().hex))
            store.put(conn, [readings(meter_id, 900, ts, np.full(96, value))], batch)
            batches.close(conn, batch, {})
        wanted = [
            Assignment("", one.user_id or UUID(int=0), SINCE if begin is None else moment(begin), None if end is None else moment(end))
            for one, begin, end in times
        ]
        assign(conn, meter_id, wanted)
        meters.save(conn, Meter(meter_id, title="Bei Neumanns", facts={"tariff": {"fixed_ct_kwh": 30}}))
        rollups.refresh(conn)
        one_row = np.ones(1)
        forecasts.put(
            conn,
            forecasts.Forecast(f"meter/{meter_id}", 900, np.array([START]), np.array([START]), *(one_row,) * 6),
            None,
        )
    return meter_id


def moment(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, UTC)


def erase(database: Database, one: Person) -> dict[str, int]:
    with database.transaction() as conn:
        found = rights.belongings(conn, one)
        counts = rights.erase(conn, one, found)
        assert rights.left(conn, one) == {}
    return counts


def held(database: Database, meter_id: str) -> list[int]:
    with database.transaction() as conn:
        return [int(ts - START) // 900 for run in store.get(conn, meter_id, START, START + 86_400) for ts in run.ts]


def exported(database: Database, one: Person) -> list[str]:
    """The instants of the readings in somebody's export."""
    with database.transaction() as conn:
        ids = rights.belongings(conn, one).ids
        (way,) = [part for part in personal.there(conn) if part.table == "smart_meter_readings" and part.export]
        return [row["ts"] for row in personal.rows(conn, way, ids)]


def test_each_ones_export_holds_their_own_time(database: Database) -> None:
    first, then = person(database), person(database)
    lived(database, (first, None, MOVED), (then, MOVED, None))
    mine, theirs = exported(database, first), exported(database, then)
    assert (len(mine), len(theirs)) == (12, 84)
    assert not set(mine) & set(theirs)


def test_who_moved_out_is_erased_from_the_meter_and_who_lives_there_keeps_theirs(database: Database) -> None:
    first, then = person(database), person(database)
    meter_id = lived(database, (first, None, MOVED), (then, MOVED, None))
    counts = erase(database, first)
    assert (counts["smart_meter_readings"], counts["reading_versions"], counts["meter_assignments"]) == (12, 12, 1)
    assert "meters" not in counts
    assert held(database, meter_id) == list(range(12, 96))
    with database.transaction() as conn:
        now = meters.get(conn, meter_id)
        assert (now.owner, now.title, now.facts) == (then.user_id, "Bei Neumanns", {"tariff": {"fixed_ct_kwh": 30}})
        assert len(forecasts.get(conn, f"meter/{meter_id}", START, START + 900)) == 0  # learned from both
        rollups.refresh(conn)
        rolled = rollups.stored(conn, meter_id, 86_400, START - 86_400, START + 2 * 86_400)
        assert float(rolled.consumption_kwh.sum()) == 84 * 0.5


def test_who_lives_there_now_takes_name_and_tariff_along_and_leaves_the_others_readings(database: Database) -> None:
    first, then = person(database), person(database)
    meter_id = lived(database, (first, None, MOVED), (then, MOVED, None))
    erase(database, then)
    assert held(database, meter_id) == list(range(12))
    with database.transaction() as conn:
        now = meters.get(conn, meter_id)
        assert (now.owner, now.title, now.facts) == (None, "", {})


def test_the_companys_readings_stay_and_a_meter_that_was_theirs_alone_goes(database: Database) -> None:
    one, other = person(database), person(database)
    partly, alone = lived(database, (one, START + 3600, MOVED)), lived(database, (other, None, None))
    erase(database, one)
    assert held(database, partly) == [*range(4), *range(12, 96)]
    assert erase(database, other)["meters"] == 1
    with database.transaction() as conn:
        assert not meters.exists(conn, alone)
        assert meters.exists(conn, partly)
