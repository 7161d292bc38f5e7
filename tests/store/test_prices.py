"""Prices and signals in and out of PostgreSQL: what they do otherwise than readings; batches, feeds and meters."""

from datetime import UTC, datetime

import numpy as np
import psycopg
import pytest

from nova.errors import InvalidInput, NotFound
from nova.series import PRELIMINARY, Prices, Product, Signal, prices, readings
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, signals
from nova.store.series import prices as store
from nova.store.series import readings as readings_store
from nova.store.series.batches import NewBatch
from nova.store.series.meters import Meter
from nova.store.series.put import Stored
from nova.visibility import Visible
from tests.owning import STAFF, give

START = 1_727_733_600  # 2024-10-01 local
HOURS, QUARTERS = Product("EPEX", "DAY_AHEAD", seconds=3600), Product("EPEX", "DAY_AHEAD")


def day(product: Product, values: list[float], start: int = START) -> Prices:
    return prices(product, start + product.seconds * np.arange(len(values), dtype=np.int64), np.array(values, float))


def put(database: Database, *pieces: Prices, insist: bool = False) -> Stored:
    with database.transaction() as conn:
        return store.put(conn, pieces, batches.open(conn, NewBatch("test", "columns")), insist=insist)


def test_a_corrected_price_keeps_what_it_was(database: Database) -> None:
    product = Product("EPEX", "INTRADAY", "DE-LU", 900)
    assert put(database, day(product, [50.0, -10.0, float("nan")])) == Stored(new=3)
    assert put(database, day(product, [50.0, -12.0, 3.0])) == Stored(same=1, corrected=2)
    assert put(database, day(product, [50.0, -10.0])) == Stored(same=1, kept=1)
    with database.transaction() as conn:
        found = store.get(conn, product, START, START + 2700)
        assert [version.price_eur_mwh for version in store.history(conn, product, START + 900)] == [-10.0, -12.0]
    assert (found.product, found.price.tolist()) == (product, [50.0, -12.0, 3.0])
    assert np.isnan(found.volume).all()


def test_hours_and_quarter_hours_of_a_product_lie_side_by_side(database: Database) -> None:
    assert put(database, day(HOURS, [1.0, 2.0]), day(QUARTERS, [3.0] * 8)) == Stored(new=10)
    assert put(database, day(HOURS, [1.0], START + 1800)) == Stored(overlapping=1, overlap=("EPEX/DAY_AHEAD/DE-LU", START + 1800))
    with database.transaction() as conn:
        assert store.get(conn, HOURS, START, START + 7200).price.tolist() == [1.0, 2.0]
        assert len(store.get(conn, QUARTERS, START + 900, START + 7200)) == 7
        assert len(store.get(conn, Product("EPEX", "DAY_AHEAD", "AT"), START, START + 7200)) == 0
        assert len(store.get(conn, HOURS, START, START)) == 0
        traded = {row.product: (row.first, row.last) for row in store.products(conn)}
    assert traded[HOURS] == (START, START + 3600)
    assert traded[QUARTERS] == (START, START + 6300)


def test_prices_of_a_year_come_back_as_they_went(database: Database) -> None:
    product = Product("EPEX", "YEAR", seconds=900)
    ts = START + 900 * np.arange(35_040, dtype=np.int64)
    random = np.random.default_rng(4)
    year = prices(product, ts, np.round(random.normal(80, 50, len(ts)), 2), np.round(random.gamma(2, 100, len(ts)), 1))
    assert put(database, year) == Stored(new=35_040)
    assert put(database, year) == Stored(same=35_040)
    with database.transaction() as conn:
        found = store.get(conn, product, START, int(ts[-1]) + 900)
    np.testing.assert_array_equal(found.price, year.price)
    np.testing.assert_array_equal(found.volume, year.volume)


def signal(values: list[float], seconds: int = 3600, start: int = START, quality: int = 0) -> Signal:
    ts = start + seconds * np.arange(len(values), dtype=np.int64)
    return Signal("load_mw", "DE-LU", seconds, ts, np.array(values, float), np.full(len(values), quality, np.uint8))


def test_a_corrected_signal_keeps_what_it_was(database: Database) -> None:
    for batch, (piece, wanted) in enumerate(
        (
            (signal([1.0, 2.0]), Stored(new=2)),
            (signal([1.0, 2.0]), Stored(same=2)),
            (signal([1.0, 5.0, 6.0]), Stored(new=1, same=1, corrected=1)),
            (signal([9.0], quality=PRELIMINARY), Stored(kept=1)),
            (signal([1.0, 2.0]), Stored(same=1, kept=1)),
            (signal([1.0] * 4, 900, START + 3 * 3600), Stored(new=4)),
            (signal([1.0], 900), Stored(overlapping=1, overlap=("load_mw/DE-LU", START))),
        ),
        1,
    ):
        with database.transaction() as conn:
            assert signals.put(conn, [piece], batch) == wanted
    with database.transaction() as conn:
        assert signals.put(conn, [signal([1.0, 2.0])], 9, insist=True) == Stored(same=1, corrected=1)
        assert [(one.value, one.batch_id, one.replaced_by) for one in signals.history(conn, "load_mw", "DE-LU", START + 3600)] == [
            (2.0, 1, 3),
            (5.0, 3, 9),
            (2.0, 9, None),
        ]
        found = signals.get(conn, "load_mw", "DE-LU", START, START + 86_400)
        assert signals.names(conn) == [("load_mw", "DE-LU")]
        assert signals.get(conn, "load_mw", "AT", START, START + 86_400) == []
    assert [(part.seconds, part.value.tolist()) for part in found] == [(3600, [1.0, 2.0, 6.0]), (900, [1.0] * 4)]


def test_prices_that_are_no_series_are_refused(database: Database) -> None:
    with pytest.raises(InvalidInput):
        put(database, prices(HOURS, np.array([START, START + 900]), np.ones(2)))


def test_a_batch_is_known_again_by_its_content(database: Database) -> None:
    hers = uuid7()
    database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, 'kundin-batch')", (hers,))
    with database.transaction() as conn:
        assert batches.of_content(conn, "d1", None) is None
        first = batches.open(conn, NewBatch("upload", "csv", "a.csv", "d1"))
        assert batches.of_content(conn, "d1", None) is None
        batches.close(conn, first, {"accepted": 3})
        found = batches.of_content(conn, "d1", None)
        assert found is not None
        assert (found.batch_id, found.report, found.state) == (first, {"accepted": 3}, "done")
        assert batches.of_content(conn, "d1", hers) is None
        second = batches.open(conn, NewBatch("upload", "csv", "b.csv", owner=hers))
        batches.close(conn, second, {"refused": 1}, "refused")
        assert [batch.batch_id for batch in batches.page(conn, source="upload")] == [second, first]
        stranger = Visible(False, uuid7())
        assert batches.page(conn, stranger, source="upload") == []
        assert [batch.batch_id for batch in batches.page(conn, STAFF, source="upload")] == [first]
        assert batches.get(conn, second, Visible(False, hers)).state == "refused"
        with pytest.raises(NotFound):
            batches.get(conn, second, stranger)


def test_a_feed_keeps_its_cursor_when_it_is_saved_anew(database: Database) -> None:
    with database.transaction() as conn:
        with pytest.raises(NotFound):
            batches.feed(conn, "smard")
        batches.save_feed(conn, "smard", "pull", {"region": "DE-LU"}, enabled=True)
        batches.fail(conn, "smard", "Der Server antwortet nicht.")
        assert batches.feed(conn, "smard", lock=True).last_error == "Der Server antwortet nicht."
        batches.advance(conn, "smard", {"after": 5}, 96)
        batches.advance(conn, "smard", {"after": 6}, 4)
        batches.save_feed(conn, "smard", "pull", {"region": "AT"}, enabled=False)
        feed = batches.feed(conn, "smard")
        assert (feed.cursor, feed.rows, feed.last_error, feed.settings, feed.enabled) == ({"after": 6}, 100, None, {"region": "AT"}, False)
        assert [one.name for one in batches.feeds(conn)] == ["smard"]


def test_a_meter_is_saved_and_goes_with_everything_of_it(database: Database) -> None:
    hers = uuid7()
    database.execute("INSERT INTO users (user_id, external_id) VALUES (%s, 'kundin-meter')", (hers,))
    with database.transaction() as conn:
        meters.save(conn, Meter("house", None, "Haus", "household", 900, keep_days=30, facts={"people": 3}))
        meters.save(conn, Meter("house", None, "Haus am See", "household"))
        give(conn, "house", hers)
        for value in (1.0, 2.0):
            batch = batches.open(conn, NewBatch("test", "columns"))
            readings_store.put(conn, [readings("house", 900, np.array([START]), np.array([value]))], batch)
        found = meters.get(conn, "house", Visible(False, hers))
        assert (found.title, found.keep_days, found.facts, found.owner) == ("Haus am See", None, {}, hers)
        assert isinstance(found.created_at, datetime)
        assert found.created_at.tzinfo is not None
        assert [meter.meter_id for meter in meters.page(conn, kind="household")] == ["house"]
    with pytest.raises(psycopg.errors.ForeignKeyViolation):  # it would become the company's
        database.execute("DELETE FROM users WHERE user_id = %s", (hers,))
    with database.transaction() as conn:
        meters.delete(conn, "house")
    for table in ("meters", "smart_meter_readings", "reading_versions", "reading_changes"):
        assert database.fetch_one(f"SELECT count(*) AS n FROM {table} WHERE meter_id = 'house'") == {"n": 0}
    with database.transaction() as conn, pytest.raises(NotFound):
        meters.delete(conn, "house")
    assert datetime.fromtimestamp(START, UTC).year == 2024
