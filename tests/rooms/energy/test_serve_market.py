"""Prices as charts: their resolution is that of the window, not of what the product is traded in at other times."""

import numpy as np

from nova.energy.charts import serve
from nova.series import Product, prices
from nova.store.postgres.db import Database
from nova.store.series import batches
from nova.store.series import prices as store
from nova.store.series.batches import NewBatch

HOURLY, QUARTERLY = 1_743_289_200, 1_759_269_600  # 2025-03-30, and 2025-10-01 when quarter-hours began


def test_an_hourly_day_of_a_product_that_became_quarterly_is_hourly(database: Database) -> None:
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        for seconds, start, rows in ((3600, HOURLY, 23), (900, QUARTERLY, 96)):
            ts = start + seconds * np.arange(rows, dtype=np.int64)
            store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", seconds=seconds), ts, np.arange(rows, dtype=float))], batch)
        asked = Product("", "", "DE-LU")
        found = [serve.market_chart(conn, asked, serve.Window(start, start + 82_800)) for start in (HOURLY, QUARTERLY, QUARTERLY + 10**7)]
    assert [(product.seconds, chart.resolution, len(chart.points.ts)) for product, chart in found] == [
        (3600, 3600, 23),
        (900, 900, 92),
        (900, 900, 0),
    ]


def test_a_market_whose_prices_no_longer_come_in_stands_behind_one_whose_do(database: Database) -> None:
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        for market, start in (("EPEX", HOURLY), ("APX", QUARTERLY), ("EEX", QUARTERLY - 43_200)):
            ts = start + 3600 * np.arange(24, dtype=np.int64)
            store.put(conn, [prices(Product(market, "DAY_AHEAD", "AT", 3600), ts, np.ones(24))], batch)
        chosen, _ = serve.market_chart(conn, Product("", "", "AT"), serve.Window(QUARTERLY, QUARTERLY + 86_400))
        named, _ = serve.market_chart(conn, Product("EPEX", "", "AT"), serve.Window(QUARTERLY, QUARTERLY + 86_400))
        past, chart = serve.market_chart(conn, Product("", "", "AT"), serve.Window(HOURLY, HOURLY + 86_400))
        offers = [one.market for one in serve.offered(store.products(conn)) if one.product == "DAY_AHEAD" and one.zone == "AT"]
    assert (past.market, len(chart.points.ts)) == ("EPEX", 24)
    assert (chosen.market, named.market, offers) == ("EEX", "EPEX", ["EEX", "APX", "EPEX"])


def test_what_was_traded_is_added_up_where_prices_are_averaged(database: Database) -> None:
    ts = HOURLY + 900 * np.arange(8, dtype=np.int64)
    mwh = np.array([1.0, 2.0, 3.0, 4.0, np.nan, 6.0, np.nan, 8.0])
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        store.put(conn, [prices(Product("EPEX", "DAY_AHEAD", "FR"), ts, np.arange(8.0), mwh)], batch)
        _, fine = serve.market_chart(conn, Product("", "", "FR"), serve.Window(HOURLY, HOURLY + 7200))
        _, coarse = serve.market_chart(conn, Product("", "", "FR"), serve.Window(HOURLY, HOURLY + 7200), most=4)
    assert np.array_equal(fine.volume, mwh, equal_nan=True)
    assert (coarse.resolution, coarse.volume.tolist(), coarse.points.mean.tolist()) == (3600, [10.0, 14.0], [1.5, 5.5])
