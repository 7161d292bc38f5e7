"""Buckets against sums written plainly, on days of 92, 96 and 100 quarter-hours; rollups renewed step by step against those made anew."""

import bisect
import itertools
import math
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput, NotFound
from nova.series import HOUR, MISSING, Readings, readings
from nova.store.postgres.db import Database
from nova.store.series import batches, local_days, rollups
from nova.store.series import buckets as folding
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.buckets import Buckets

BERLIN = ZoneInfo("Europe/Berlin")
DAY = 86_400
SPRING, AUTUMN, PLAIN = date(2024, 3, 31), date(2024, 10, 27), date(2024, 6, 1)
numbers = itertools.count()


def midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=BERLIN).timestamp())


def wave(meter: str, start: int, count: int, seconds: int, seed: int = 1) -> Readings:
    """Readings with unknown values and all qualities."""
    random = np.random.default_rng(seed)
    ts = start + seconds * np.arange(count, dtype=np.int64)
    consumption, production = np.round(random.gamma(1, 1, count), 3), np.round(random.gamma(1, 2, count), 3)
    consumption[random.random(count) < 0.1] = np.nan
    production[random.random(count) < 0.5] = np.nan
    quality = random.integers(0, 5, count).astype(np.uint8)
    consumption[quality == MISSING] = production[quality == MISSING] = np.nan
    return readings(meter, seconds, ts, consumption, production, quality)


def put(database: Database, *pieces: Readings) -> None:
    with database.transaction() as conn:
        store.put(conn, pieces, batches.open(conn, NewBatch("test", "columns")))


def refreshed(database: Database, most: int = 500) -> int:
    with database.transaction() as conn:
        return rollups.refresh(conn, most)


def asked(database: Database, meter: str, start: int, end: int, seconds: int) -> Buckets:
    with database.transaction() as conn:
        return store.buckets(conn, meter, start, end, seconds)


def plainly(piece: Readings, begins: list[int]) -> Iterator[tuple[int, float, float, float, int, list[int]]]:
    """Buckets by a loop over rows: begin, kWh, smallest and largest power, when that was, counts of qualities."""
    groups: dict[int, list[int]] = {}
    for row, ts in enumerate(piece.ts.tolist()):
        groups.setdefault(begins[bisect.bisect_right(begins, ts) - 1], []).append(row)
    for begin, rows in groups.items():
        known = [row for row in rows if not math.isnan(piece.consumption[row])]
        powers = [float(piece.consumption[row]) for row in known]
        energy = math.fsum(powers) * piece.seconds / 3600 if known else math.nan
        most = max(powers, default=math.nan)
        peak = next((row for row in known if piece.consumption[row] == most), rows[0])
        counts = [sum(piece.quality[row] == code for row in rows) for code in range(5)]
        yield begin, energy, min(powers, default=math.nan), most, int(piece.ts[peak]), counts


def require_equal(found: Buckets, piece: Readings, begins: list[int]) -> None:
    wanted = list(plainly(piece, begins))
    assert found.ts.tolist() == [row[0] for row in wanted]
    np.testing.assert_allclose(found.consumption_kwh, [row[1] for row in wanted], rtol=1e-12)
    np.testing.assert_array_equal(found.consumption_min, [row[2] for row in wanted])
    np.testing.assert_array_equal(found.consumption_max, [row[3] for row in wanted])
    known = ~np.isnan(found.consumption_max)
    assert found.consumption_max_at[known].tolist() == [row[4] for row in wanted if not math.isnan(row[3])]
    assert found.qualities.tolist() == [row[5] for row in wanted]


@given(st.dates(date(2001, 1, 1), date(2040, 1, 1)), st.integers(0, 40))
def test_midnights_are_those_of_the_calendar(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    wanted = [midnight(first + timedelta(days=number)) for number in range(days + 2)]
    assert local_days.midnights(midnight(first), midnight(last + timedelta(days=1)) - 1).tolist() == wanted
    assert local_days.midnights(midnight(first) + 3601, midnight(last)).tolist() == wanted


@pytest.mark.parametrize(("day", "quarters"), [(SPRING, 92), (PLAIN, 96), (AUTUMN, 100)])
@pytest.mark.parametrize("fresh", [True, False])
def test_a_local_day_has_its_quarter_hours(database: Database, day: date, quarters: int, fresh: bool) -> None:
    meter = f"day-{next(numbers)}"
    before, start, end = (midnight(day + timedelta(days=number)) for number in (-1, 0, 1))
    piece = wave(meter, before, (end - before) // 900 + 96, 900)
    put(database, piece)
    if fresh:
        assert refreshed(database) == 3
    found = asked(database, meter, start, end, DAY)
    assert found.ts.tolist() == [start]
    assert int(found.qualities.sum()) == quarters == (end - start) // 900
    require_equal(asked(database, meter, before, end + DAY, DAY), piece, [before, start, end])
    hours = asked(database, meter, start, end, 3600)
    assert len(hours) == quarters // 4
    require_equal(hours, piece.take((piece.ts >= start) & (piece.ts < end)), list(range(start, end, 3600)))


@pytest.mark.parametrize("seconds", [60, 300, 420, 900, 1800, 3600, 7200, 21_600, DAY, 7 * DAY])
def test_buckets_of_any_length_are_the_same_before_and_after_a_refresh(database: Database, seconds: int) -> None:
    meter = f"any-{seconds}"
    start = midnight(SPRING) - 2 * DAY
    piece = wave(meter, start, 5 * 1440, 60)
    put(database, piece)
    before = asked(database, meter, start, start + 5 * DAY, seconds)
    assert refreshed(database) >= 5
    after = asked(database, meter, start, start + 5 * DAY, seconds)
    begins = np.unique(folding.begin(piece.ts, seconds)).tolist()
    require_equal(before, piece, begins)
    require_equal(after, piece, begins)
    np.testing.assert_allclose(after.consumption_mean * after.consumption_s, after.consumption_kwh * 3600)
    assert int(after.production_s.sum()) == 60 * int((~np.isnan(piece.production)).sum())


def test_a_bucket_is_never_shorter_than_the_intervals(database: Database) -> None:
    start = midnight(PLAIN)
    put(database, wave("long", start, 48, 1800), wave("hours", start, 24, 3600), wave("mixed", start, 96, 900))
    put(database, wave("mixed", start + DAY, 24, 3600))
    for fresh in (False, True):
        assert asked(database, "long", start, start + DAY, 900).seconds == 1800
        assert asked(database, "hours", start, start + DAY, 60).seconds == 3600
        assert asked(database, "mixed", start, start + DAY, 900).seconds == 900
        both = asked(database, "mixed", start, start + 2 * DAY, 900)
        assert (both.seconds, len(both), int(both.qualities.sum())) == (3600, 48, 96 + 24)
        assert fresh or refreshed(database) == 4


def test_buckets_are_whole_also_at_the_edges(database: Database) -> None:
    start = midnight(PLAIN)
    put(database, wave("edges", start, 96, 900))
    for fresh in (False, True):
        found = asked(database, "edges", start + 5000, start + 9000, 3600)
        assert found.ts.tolist() == [start + 3600, start + 7200]
        assert found.qualities.sum(axis=1).tolist() == [4, 4]
        assert asked(database, "edges", start + 5000, start + 5001, DAY).ts.tolist() == [start]
        assert fresh or refreshed(database) == 1


def test_a_change_renews_its_day_only(database: Database) -> None:
    start = midnight(PLAIN)
    piece = wave("change", start, 4 * 96, 900)
    put(database, piece)
    assert refreshed(database) == 4
    put(database, readings("change", 900, piece.ts[100:101], np.array([99.0])))
    with database.transaction() as conn:
        assert rollups.waiting(conn) == 1
    assert asked(database, "change", start + DAY, start + 2 * DAY, DAY).consumption_max.tolist() == [99.0]
    assert refreshed(database) == 1
    found = asked(database, "change", start, start + 4 * DAY, 3600)
    assert found.consumption_max[25] == 99.0
    assert found.consumption_max_at[25] == piece.ts[100]


def everything(database: Database, meter: str) -> list[Buckets]:
    with database.transaction() as conn:
        return [rollups.stored(conn, meter, level, 0, 2**32) for level in rollups.LEVELS]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_renewed_step_by_step_equals_made_anew(database: Database, data: st.DataObject) -> None:
    """Pieces of several lengths, again and again over each other, with refreshes of few days in between."""
    meter = f"steps-{next(numbers)}"
    base = midnight(SPRING) - DAY
    for seed in range(data.draw(st.integers(1, 5))):
        seconds = data.draw(st.sampled_from([60, 900, 1800, 3600]))
        first, count = data.draw(st.integers(0, 3 * DAY // seconds)), data.draw(st.integers(1, 200))
        put(database, wave(meter, base + first * seconds, count, seconds, seed))
        refreshed(database, data.draw(st.integers(0, 2)))
    while refreshed(database, 2):
        pass
    step_by_step = everything(database, meter)
    with database.transaction() as conn:
        conn.execute("DELETE FROM reading_rollups WHERE meter_id = %s", (meter,))
        rollups.renew_all(conn, meter)
        rollups.refresh(conn)
    for one, other in zip(step_by_step, everything(database, meter), strict=True):
        for name in folding.COLUMNS:
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    whole = asked(database, meter, base - 10 * DAY, base + 30 * DAY, 28 * DAY)
    with database.transaction() as conn:
        rows = store.get(conn, meter, base - 10 * DAY, base + 30 * DAY)
    assert int(whole.qualities.sum()) == sum(map(len, rows))


def test_nothing_is_lost_between_those_who_store_and_those_who_refresh(database: Database) -> None:
    start, meter = midnight(PLAIN), "race"
    pieces = [wave(meter, start + number * 3600, 60, 60, number) for number in range(48)]
    ended = threading.Event()

    def refreshing() -> None:
        while not ended.is_set():
            refreshed(database, 1)

    threads = [threading.Thread(target=refreshing) for _ in range(2)]
    for thread in threads:
        thread.start()
    for piece in pieces:
        put(database, piece)
    ended.set()
    for thread in threads:
        thread.join(30)
    while refreshed(database):
        pass
    with database.transaction() as conn:
        stored = rollups.stored(conn, meter, 3600, start, start + 2 * DAY)
    assert stored.ts.tolist() == [int(piece.ts[0]) for piece in pieces]
    np.testing.assert_allclose(stored.consumption_kwh, [np.nansum(piece.consumption) / 60 for piece in pieces])


def test_a_lock_is_waited_for_not_passed_by(database: Database) -> None:
    """A refresh that has taken a day and not yet committed makes a change to that day wait, and the day waits again afterwards."""
    start = midnight(PLAIN)
    put(database, wave("held", start, 96, 900))
    late = readings("held", 900, np.array([start + DAY - 900], np.int64), np.array([50.0]), quality=0)
    with database.transaction() as conn:
        assert rollups.refresh(conn) == 1
        thread = threading.Thread(target=put, args=(database, late))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(30)
    assert refreshed(database) == 1
    assert asked(database, "held", start, start + DAY, DAY).consumption_max.tolist() == [50.0]


def test_lengths_that_are_none_and_meters_that_are_none(database: Database) -> None:
    put(database, wave("there", midnight(PLAIN), 4, 900))
    for seconds in (0, -900, DAY + 900):
        with pytest.raises(InvalidInput):
            asked(database, "there", 0, DAY, seconds)
    with pytest.raises(NotFound):
        asked(database, "nowhere", 0, DAY, 900)
    empty = asked(database, "there", 0, DAY, 900)
    assert (len(empty), empty.qualities.shape) == (0, (0, 5))


@given(st.integers(946_684_800, 2_000_000_000), st.integers(1, 400 * DAY), st.integers(1, 2000))
def test_a_fitting_length_gives_no_more_buckets_than_wanted(start: int, length: int, most: int) -> None:
    seconds = folding.fitting(start, start + length, most)
    first, end = folding.span(start, start + length, seconds)
    assert first <= start < start + length <= end
    begins = np.unique(folding.begin(np.arange(first, end, max(1, min(seconds, 3600)) if seconds >= 3600 else seconds), seconds))
    assert begins[0] == first
    assert len(begins) <= max(most, math.ceil(length / folding.LADDER[-1]) + 2)


def test_utc_is_what_is_stored(database: Database) -> None:
    put(database, wave("utc", midnight(AUTUMN), 100, 900))
    row = database.fetch_one("SELECT min(ts) AS first, count(*) AS n FROM smart_meter_readings WHERE meter_id = 'utc'")
    assert row == {"first": datetime(2024, 10, 26, 22, tzinfo=UTC), "n": 100}


def test_a_power_that_a_missing_row_holds_is_not_known(database: Database) -> None:
    start = midnight(AUTUMN)
    piece = readings("told-missing", 900, start + 900 * np.arange(4, dtype=np.int64), np.array([1.0, 2.0, 3.0, 4.0]))
    piece.quality[1] = MISSING
    put(database, piece)
    with database.transaction() as conn:
        (hour,) = rollups.buckets(conn, "told-missing", start, start + HOUR, HOUR).consumption_kwh
        assert hour == 2.0
        assert rollups.missing(conn, {"told-missing": start + HOUR}, 7 * DAY) == {"told-missing": 900}


@pytest.mark.parametrize("fresh", [False, True])
def test_what_is_missing_of_many_meters_is_counted_at_once(database: Database, fresh: bool) -> None:
    """Against the readings themselves, for intervals of many lengths; some of the days are renewed, or all."""
    start = midnight(AUTUMN) - 7 * DAY + 1800
    waves = [wave(f"m{seconds}", start, 9 * DAY // seconds, seconds, seconds) for seconds in (60, 900, 3600, 7200, DAY)]
    pieces = [replace(one, production=np.full(len(one), np.nan)) for one in waves]
    put(database, *pieces)
    refreshed(database, 500 if fresh else 25)
    ends = {piece.meter_id: int(piece.ts[-1]) + piece.seconds for piece in pieces}
    with database.transaction() as conn:
        found = rollups.missing(conn, {**ends, "keiner": start}, 7 * DAY)
    expected = {}
    for piece in pieces:
        end = ends[piece.meter_id]
        inside = piece.ts >= -((7 * DAY - end) // 3600) * 3600
        known = piece.seconds * int((inside & ~np.isnan(piece.consumption)).sum())
        expected[piece.meter_id] = end - int(piece.ts[inside][0]) - known
    assert found == expected and sum(expected.values()) > 0
