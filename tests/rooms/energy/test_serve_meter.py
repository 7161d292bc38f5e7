"""Voltage as a chart: the same buckets as the power, from rows, and no longer than a month."""

import numpy as np
import pytest

from nova.energy.charts import serve
from nova.errors import InvalidInput
from nova.series import SIMULATED, Readings
from nova.store.postgres.db import Database
from nova.store.series import batches, readings
from nova.store.series.batches import NewBatch

START = 1_743_289_200


def test_voltage_has_the_buckets_of_the_power(database: Database) -> None:
    ts = START + 60 * np.arange(120, dtype=np.int64)
    volts = 230.0 + np.arange(120) % 2
    volts[60:] = np.nan
    same = np.full(120, SIMULATED, np.uint8)
    given = Readings("volts", 60, ts, np.ones(120), np.zeros(120), volts, same, np.zeros(120, np.uint8))
    with database.transaction() as conn:
        batch = batches.open(conn, NewBatch("test", "columns"))
        readings.put(conn, [given], batch)
        window = serve.Window(START, START + 7200)
        fine = serve.meter_chart(conn, "volts", window, None, voltage=True)
        coarse = serve.meter_chart(conn, "volts", window, None, most=4, voltage=True)
        unasked = serve.meter_chart(conn, "volts", window, None)
    assert fine.voltage is not None and coarse.voltage is not None and unasked.voltage is None
    assert np.array_equal(fine.voltage.mean, volts, equal_nan=True)
    assert coarse.voltage.ts.tolist() == coarse.buckets.ts.tolist() == [START, START + 3600]
    assert (coarse.voltage.low[0], coarse.voltage.mean[0], coarse.voltage.high[0]) == (230.0, 230.5, 231.0)
    assert np.isnan(coarse.voltage.mean[1])


def test_voltage_is_that_of_whole_buckets_where_the_window_cuts_them(database: Database) -> None:
    ts = START + 900 * np.arange(12, dtype=np.int64)
    volts = 220.0 + np.arange(12)
    same = np.full(12, SIMULATED, np.uint8)
    given = Readings("volts-cut", 900, ts, np.arange(12.0), np.zeros(12), volts, same, np.zeros(12, np.uint8))
    with database.transaction() as conn:
        readings.put(conn, [given], batches.open(conn, NewBatch("test", "columns")))
        fine = serve.meter_chart(conn, "volts-cut", serve.Window(START + 60, START + 1860), None, voltage=True)
        coarse = serve.meter_chart(conn, "volts-cut", serve.Window(START + 1800, START + 9000), None, most=4, voltage=True)
    assert fine.voltage is not None and coarse.voltage is not None
    assert (fine.buckets.consumption_mean.tolist(), fine.voltage.mean.tolist()) == ([0.0, 1.0, 2.0], [220.0, 221.0, 222.0])
    assert (coarse.buckets.seconds, coarse.buckets.consumption_min.tolist()) == (3600, [0.0, 4.0, 8.0])
    assert (coarse.voltage.low.tolist(), coarse.voltage.high.tolist()) == ([220.0, 224.0, 228.0], [223.0, 227.0, 231.0])


def test_a_month_is_the_most(database: Database) -> None:
    with database.transaction() as conn, pytest.raises(InvalidInput, match="31 Tage"):
        serve.meter_chart(conn, "volts", serve.Window(START, START + 32 * 86_400), None, voltage=True)
