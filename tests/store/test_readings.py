"""Readings in and out of PostgreSQL: new, the same, corrected, kept, overlapping; owners; loaders at once; gaps, versions, the latest."""

import itertools
import threading
from uuid import uuid4

import numpy as np
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput, NotFound
from nova.series import MEASURED, MISSING, PRELIMINARY, SIMULATED, SUBSTITUTE, Readings, readings
from nova.store.postgres.db import Database
from nova.store.series import batches, meters
from nova.store.series import put as series_put
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.readings import Stored
from nova.visibility import Visible
from tests.owning import STAFF, give

START = 1_704_067_200  # 2024-01-01T00:00Z
FAR = 10**8
numbers = itertools.count()


def series(meter: str, values: list[float], start: int = START, seconds: int = 900, quality: int = MEASURED) -> Readings:
    ts = start + seconds * np.arange(len(values), dtype=np.int64)
    return readings(meter, seconds, ts, np.array(values, float), quality=quality)


def put(database: Database, *pieces: Readings, insist: bool = False, owner: object = None) -> Stored:
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        if owner is not None:
            for piece in pieces:
                give(conn, piece.meter_id, owner)  # type: ignore[arg-type]
        return store.put(conn, pieces, batch, insist=insist)


def held(database: Database, meter: str, seen: Visible | None = None) -> list[Readings]:
    with database.transaction() as conn:
        return store.get(conn, meter, START - FAR, START + FAR, seen)


def powers(database: Database, meter: str) -> list[float]:
    return [value for part in held(database, meter) for value in part.consumption.tolist()]


def counts(stored: Stored) -> tuple[int, int, int, int, int]:
    return stored.new, stored.same, stored.corrected, stored.kept, stored.overlapping


def user(database: Database) -> object:
    found = uuid4()
    database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, %s)", (found, f"kundin-{found.hex}"))
    return found


def test_new_then_the_same_then_corrected(database: Database) -> None:
    first = series("m1", [1.0, float("nan"), 3.0])
    assert put(database, first) == Stored(new=3)
    before = database.fetch_all("SELECT ctid, xmin, xmax FROM smart_meter_readings WHERE meter_id = 'm1'")
    assert put(database, first) == Stored(same=3)
    assert database.fetch_all("SELECT ctid, xmin, xmax FROM smart_meter_readings WHERE meter_id = 'm1'") == before
    assert put(database, series("m1", [1.0, 2.0, 3.0, 4.0])) == Stored(new=1, same=2, corrected=1)
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
    assert put(database, old) == Stored(kept=1)
    assert powers(database, "m2") == [2.0]
    assert put(database, old, insist=True) == Stored(corrected=1)
    assert powers(database, "m2") == [1.0]


@pytest.mark.parametrize(
    ("there", "comes", "wins"),
    [
        (MEASURED, SUBSTITUTE, False),
        (MEASURED, PRELIMINARY, False),
        (MEASURED, MISSING, False),
        (MEASURED, SIMULATED, False),
        (MEASURED, MEASURED, True),
        (SUBSTITUTE, PRELIMINARY, True),
        (PRELIMINARY, SUBSTITUTE, True),
        (SUBSTITUTE, MISSING, False),
        (PRELIMINARY, SIMULATED, False),
        (SUBSTITUTE, MEASURED, True),
        (MISSING, MEASURED, True),
        (MISSING, SIMULATED, True),
        (SIMULATED, MISSING, True),
        (SIMULATED, PRELIMINARY, True),
    ],
)
def test_a_lower_quality_never_replaces_a_higher_one(database: Database, there: int, comes: int, wins: bool) -> None:
    meter = f"rank-{there}-{comes}"
    put(database, series(meter, [1.0], quality=there))
    assert put(database, series(meter, [2.0], quality=comes)) == (Stored(corrected=1) if wins else Stored(kept=1))
    assert powers(database, meter) == [2.0 if wins else 1.0]
    if not wins:
        assert put(database, series(meter, [2.0], quality=comes), insist=True) == Stored(corrected=1)


def test_a_rule_and_a_quality_are_part_of_a_row(database: Database) -> None:
    piece = series("rules", [1.0, 2.0, 3.0], quality=SUBSTITUTE)
    ruled = Readings(**{name: getattr(piece, name) for name in Readings.__dataclass_fields__} | {"rules": ("", "gap", "spike")})
    ruled.rule[:] = [1, 0, 2]
    assert put(database, ruled) == Stored(new=3)
    other = Readings(**{name: getattr(ruled, name) for name in Readings.__dataclass_fields__} | {"rules": ("", "spike", "gap")})
    (found,) = held(database, "rules")
    assert [found.rules[code] for code in found.rule] == ["gap", "", "spike"]
    assert found.quality.tolist() == [SUBSTITUTE] * 3
    assert counts(put(database, other)) == (0, 1, 2, 0, 0)
    assert put(database, piece.take(slice(1, 2))) == Stored(same=1)


def test_corrections_of_several_meters_keep_their_own_rules(database: Database) -> None:
    names = ["first", "second", "third"]
    put(database, *(series(f"rules-{name}", [1.0] * 4) for name in names))
    pieces = []
    for number, name in enumerate(names):
        piece = series(f"rules-{name}", [2.0 + number] * 4)
        columns = {column: getattr(piece, column) for column in Readings.__dataclass_fields__}
        rules = ("", *(f"{name}-{rule}" for rule in range(number)))
        pieces.append(Readings(**columns | {"rules": rules, "rule": np.arange(4, dtype=np.uint8) % len(rules)}))
    assert put(database, *pieces) == Stored(corrected=12)
    for piece in pieces:
        (found,) = held(database, piece.meter_id)
        assert [found.rules[code] for code in found.rule] == [piece.rules[code] for code in piece.rule]
        assert found.consumption.tolist() == piece.consumption.tolist()


@pytest.mark.parametrize(
    ("start", "seconds", "number", "overlapping"),
    [
        (START, 3600, 1, 1),
        (START + 300, 900, 1, 1),
        (START + 300, 300, 1, 1),
        (START, 300, 3, 3),
        (START - 300, 900, 1, 1),
        (START + 2700, 300, 3, 0),
        (START - 300, 300, 2, 1),
        (START - 3600, 3600, 1, 0),
        (START - 3600 + 900, 3600, 1, 1),
    ],
)
def test_an_interval_across_another_one_is_not_stored(database: Database, start: int, seconds: int, number: int, overlapping: int) -> None:
    meter = f"across-{next(numbers)}"
    put(database, series(meter, [1.0, 2.0, 3.0]))
    stored = put(database, series(meter, [9.0] * number, start, seconds))
    assert counts(stored) == (number - overlapping, 0, 0, 0, overlapping)
    assert (stored.overlap is None) == (overlapping == 0)
    assert powers(database, meter).count(9.0) == number - overlapping


def test_an_interval_that_began_before_is_seen(database: Database) -> None:
    put(database, series("day-long", [5.0], START, 86_400))
    stored = put(database, series("day-long", [1.0] * 4, START + 86_400 - 1800))
    assert (counts(stored), stored.overlap) == ((2, 0, 0, 0, 2), ("day-long", START + 86_400 - 1800))


def test_lengths_that_follow_each_other_are_runs(database: Database) -> None:
    put(database, series("runs", [1.0] * 4), series("runs", [2.0] * 60, START + 3600, 60), series("runs", [3.0], START + 7200, 3600))
    assert [(part.seconds, len(part)) for part in held(database, "runs")] == [(900, 4), (60, 60), (3600, 1)]


@pytest.mark.parametrize(
    "broken",
    [
        readings("x", 900, np.array([START + 900, START]), np.ones(2)),
        readings("x", 900, np.array([START, START]), np.ones(2)),
        readings("x", 900, np.array([START, START + 60]), np.ones(2)),
        series("x", [1.0], seconds=0),
        series("x", [1.0], seconds=86_401),
        series("x", [1.0], start=0),
        series("x", [1.0], start=4_000_000_000),
        series("", [1.0]),
        series("a b", [1.0]),
        series("ä", [1.0]),
        series("m" * 65, [1.0]),
        series("../x", [1.0]),
    ],
)
def test_rows_that_are_no_series_are_refused_and_nothing_stays(database: Database, broken: Readings) -> None:
    good = series(f"good-{next(numbers)}", [1.0])
    with pytest.raises(InvalidInput):
        put(database, good, broken)
    with pytest.raises(NotFound):
        held(database, good.meter_id)


def test_what_is_not_finite_is_unknown(database: Database) -> None:
    piece = series("finite", [float("inf"), float("-inf"), float("nan"), -0.0])
    put(database, piece)
    assert put(database, piece) == Stored(same=4)
    assert np.isnan(powers(database, "finite")[:3]).all()


def test_pieces_of_a_meter_may_come_in_any_order_and_over_each_other(database: Database) -> None:
    late, early = series("order", [1.0] * 4, START + 3600), series("order", [2.0] * 4)
    assert put(database, late, early, series("order", [2.0, 3.0])) == Stored(new=8, same=1, corrected=1)
    assert powers(database, "order") == [2.0, 3.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0]
    with database.transaction() as conn:
        assert len(store.history(conn, "order", START + 900)) == 1  # within one batch nobody has seen what was replaced


def test_many_pieces_make_one_portion_and_a_large_one_several(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_put, "AT_ONCE", 500)
    monkeypatch.setattr(series_put, "A_WRITE", 70)
    pieces = [series("parts", [float(day)] * 96, START + 86_400 * day) for day in range(20)]
    whole = series("whole", list(map(float, range(3000))))
    assert put(database, *pieces, whole, *pieces) == Stored(new=4920, same=1920)
    assert powers(database, "whole") == list(map(float, range(3000)))


def test_everything_or_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as conn:
            store.put(conn, [series("nothing", [1.0])], 1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert put(database, series("nothing", [1.0])) == Stored(new=1)


OPERATIONS = st.lists(
    st.tuples(
        st.integers(0, 30), st.lists(st.sampled_from([0.0, 1.0, 2.0, float("nan")]), max_size=20), st.sampled_from([MEASURED, PRELIMINARY])
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OPERATIONS)
def test_rows_are_those_of_a_plain_dictionary(database: Database, operations: list[tuple[int, list[float], int]]) -> None:
    """A model in a few lines: rank, then whether the value was replaced before, then replace."""
    meter = f"model-{next(numbers)}"
    put(database, series(meter, [7.0]))
    current: dict[int, tuple[str, int]] = {START: ("7.0", MEASURED)}
    past: dict[int, list[tuple[str, int]]] = {}
    for first, values, quality in operations:
        wanted = [0, 0, 0, 0, 0]
        for number, value in enumerate(values):
            ts, row = START + 900 * (first + number), (str(value), quality)
            if ts not in current:
                current[ts], outcome = row, 0
            elif current[ts] == row:
                outcome = 1
            elif series_put.RANK[quality] < series_put.RANK[current[ts][1]] or row in past.get(ts, []):
                outcome = 3
            else:
                past.setdefault(ts, []).append(current[ts])
                current[ts], outcome = row, 2
            wanted[outcome] += 1
        assert counts(put(database, series(meter, values, START + 900 * first, quality=quality))) == tuple(wanted)
    parts = held(database, meter)
    rows = {
        int(ts): (str(value), int(quality))
        for part in parts
        for ts, value, quality in zip(part.ts, part.consumption.tolist(), part.quality, strict=True)
    }
    assert rows == current
    kept = database.fetch_one("SELECT count(*) AS n FROM reading_versions WHERE meter_id = %s", (meter,))
    assert kept == {"n": sum(map(len, past.values()))}


def test_two_loaders_of_the_same_meter_wait_for_each_other(database: Database) -> None:
    meter, done = "both", []
    with database.transaction() as conn:
        store.put(conn, [series(meter, [1.0, 2.0])], batches.open(conn, NewBatch("test", "columns")))
        thread = threading.Thread(target=lambda: done.append(put(database, series(meter, [1.0, 5.0, 6.0]))))
        thread.start()
        thread.join(0.3)
        assert not done
    thread.join(30)
    assert done == [Stored(new=1, same=1, corrected=1)]


def test_loaders_of_the_same_meters_in_other_orders_do_not_block_each_other_for_ever(database: Database) -> None:
    names = [f"cross-{number}" for number in range(12)]
    done: list[Stored] = []

    def load(order: list[str]) -> None:
        done.extend(put(database, *(series(name, [1.0] * 10) for name in order)) for _ in range(5))

    threads = [threading.Thread(target=load, args=(order,)) for order in (names, names[::-1], names[5:] + names[:5])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 15
    assert sum(stored.new for stored in done) == 120


def test_months_get_their_partitions_and_readers_do_not_wait_for_them(database: Database, database_url: str) -> None:
    with database.transaction() as conn:
        store.put(
            conn, [series("months", [1.0] * 3, START + 86_400 * 31 * 12 * 15, 86_400)], batches.open(conn, NewBatch("test", "columns"))
        )
        with psycopg.connect(database_url, options="-c lock_timeout=200") as other:
            assert other.execute("SELECT count(*) FROM smart_meter_readings WHERE meter_id = 'months'").fetchone() == (0,)
    row = database.fetch_one("SELECT count(*) AS n FROM smart_meter_readings_rest")
    assert row == {"n": 0}


def test_others_meters_are_not_found(database: Database) -> None:
    hers, other = user(database), user(database)
    put(database, series("mine", [1.0]), owner=hers)
    put(database, series("ours", [1.0]))
    for seen in (None, Visible(True, None), Visible(False, hers)):  # type: ignore[arg-type]
        assert len(held(database, "mine", seen)) == 1
    stranger = Visible(False, other)  # type: ignore[arg-type]
    assert len(held(database, "ours", STAFF)) == 1
    with database.transaction() as conn:
        with pytest.raises(NotFound):
            store.get(conn, "ours", START, START + 900, stranger)
        with pytest.raises(NotFound):
            store.get(conn, "mine", START, START + 900, stranger)
        with pytest.raises(NotFound):
            store.history(conn, "mine", START, stranger)
        with pytest.raises(NotFound):
            store.span(conn, "mine", stranger)
        with pytest.raises(NotFound):
            store.buckets(conn, "mine", START, START + 900, 900, stranger)
        assert "mine" not in {meter.meter_id for meter in meters.page(conn, stranger)}
        assert [meter.meter_id for meter in meters.page(conn, Visible(False, hers))] == ["mine"]  # type: ignore[arg-type]
        assert "ours" in {meter.meter_id for meter in meters.page(conn, STAFF)}
        assert "mine" not in {meter.meter_id for meter in meters.page(conn, STAFF)}


def test_the_latest_and_the_span(database: Database) -> None:
    put(database, series("newest", [1.0, 2.0], quality=PRELIMINARY), series("newest", [3.0], START + 10**7, 3600))
    with database.transaction() as conn:
        found = store.latest(conn, ["newest", "none"])
        assert store.span(conn, "newest") == (START, START + 10**7 + 3600)
    assert list(found) == ["newest"]
    assert (found["newest"].ts, found["newest"].consumption_kw, found["newest"].seconds) == (START + 10**7, 3.0, 3600)
