import dataclasses
import io
import json

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.energy.calendar import day_start
from nova.energy.delivery import exports
from nova.energy.formats import child
from nova.energy.formats.parsed import Options, pack, unpack
from nova.energy.formats.report import Report
from nova.energy.formats.rowtimes import State
from nova.energy.formats.sniff import sniff
from nova.series import Prices, Product, Readings
from tests.rooms.energy.formats.samples_read import AUTUMN, SPRING, equal

pytestmark = pytest.mark.slow

WRITABLE = ("csv", "csv_de", "json")
powers = st.one_of(st.just(np.nan), st.floats(0, 1e9, allow_nan=False), st.integers(0, 10**6).map(lambda n: n / 1000))


@st.composite
def many_readings(draw: st.DrawFn) -> list[Readings]:
    """Meters with gaps over the days on which clocks change."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        seconds = draw(st.sampled_from([10, 60, 900, 1800, 3600]))
        start = draw(st.sampled_from([AUTUMN, SPRING, day_start(exports.date(2024, 6, 1))])) + seconds * draw(st.integers(0, 100))
        steps = draw(st.lists(st.integers(1, 5), min_size=1, max_size=30))
        ts = start + seconds * np.cumsum(np.array(steps, np.int64))
        n = len(ts)
        columns = [np.array(draw(st.lists(powers, min_size=n, max_size=n))) for _ in range(3)]
        quality = np.array(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), np.uint8)
        rule = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)), np.uint8)
        found.append(Readings(f"DE-{number}:x.1", seconds, ts, *columns, quality, rule, ("", "spike", "late correction")))
    return found


@st.composite
def many_prices(draw: st.DrawFn) -> list[Prices]:
    found = []
    for zone in draw(st.lists(st.sampled_from(["DE-LU", "FR", "IT-NORTH"]), min_size=1, max_size=3, unique=True)):
        seconds = draw(st.sampled_from([900, 3600]))
        n = draw(st.integers(1, 30))
        ts = draw(st.sampled_from([AUTUMN, SPRING])) + seconds * np.arange(n)
        price, volume = (np.array(draw(st.lists(one, min_size=n, max_size=n))) for one in (st.floats(-500, 4000), powers))
        quality = np.array(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)), np.uint8)
        found.append(Prices(Product("EPEX", "DAY_AHEAD", zone, seconds), ts, price, volume, quality))
    return found


def read(data: bytes) -> child.ParsedRows:
    return child.read(sniff(data), data, Options(), State())


@pytest.mark.parametrize("form", WRITABLE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(pieces=many_readings())
def test_readings_come_back_as_they_went(form: exports.Format, pieces: list[Readings]) -> None:
    parsed = read(b"".join(exports.written(pieces, form)))
    assert parsed.report.refused == 0 and parsed.report.corrected == 0, parsed.report
    assert len(parsed.readings) == len(pieces)
    assert all(equal(one, next(back for back in parsed.readings if back.meter_id == one.meter_id)) for one in pieces)


@pytest.mark.parametrize("form", WRITABLE)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(pieces=many_prices())
def test_prices_come_back_as_they_went(form: exports.Format, pieces: list[Prices]) -> None:
    parsed = read(b"".join(exports.written(pieces, form)))
    assert parsed.report.refused == 0, parsed.report
    back = {one.product: one for one in parsed.prices}
    for one in pieces:
        there = back[one.product]
        assert np.array_equal(one.ts, there.ts) and np.array_equal(one.quality, there.quality)
        assert np.array_equal(one.price, there.price, equal_nan=True) and np.array_equal(one.volume, there.volume, equal_nan=True)


def quarters(start: int, count: int) -> Readings:
    ts = start + 900 * np.arange(count)
    values = np.arange(count) / 4
    return Readings("m1", 900, ts, values, np.full(count, np.nan), values + 230, np.zeros(count, np.uint8), np.zeros(count, np.uint8))


def test_the_first_columns_are_those_of_001() -> None:
    text = b"".join(exports.written([quarters(AUTUMN, 2)], "csv")).decode().splitlines()
    assert text[0] == "meter_id,ts,consumption_kw,production_kw,voltage,quality,seconds,rule"
    assert text[2] == "m1,2024-10-26T22:15:00Z,0.25,,230.25,measured,900,"


def test_german_files_mark_the_doubled_hour() -> None:
    text = b"".join(exports.written([quarters(AUTUMN, 100)], "csv_de")).decode("utf-8-sig").splitlines()
    assert text[0].startswith("Zähler;Zeit;Bezug [kW];Einspeisung [kW];Spannung [V];Qualität")
    assert text[9].startswith("m1;27.10.2024 02:00 A;2,0;;232,0;gemessen") and text[13].startswith("m1;27.10.2024 02:00 B;3,0")


def test_parquet_holds_the_same_rows() -> None:
    frame = pl.read_parquet(io.BytesIO(b"".join(exports.written([quarters(AUTUMN, 100)], "parquet"))))
    assert frame.columns[:6] == ["meter_id", "ts", "consumption_kw", "production_kw", "voltage", "quality"]
    assert frame.height == 100 and frame["ts"].dt.epoch("s").to_list()[0] == AUTUMN and frame["production_kw"].null_count() == 100


def test_parquet_joins_meters_with_and_without_rules() -> None:
    ruled = dataclasses.replace(quarters(AUTUMN, 3), meter_id="m2", rule=np.ones(3, np.uint8), rules=("", "gap"))
    frame = pl.read_parquet(io.BytesIO(b"".join(exports.written([quarters(AUTUMN, 3), ruled], "parquet"))))
    assert frame["rule"].to_list() == [None] * 3 + ["gap"] * 3


@pytest.mark.parametrize("form", exports.FORMATS)
def test_nothing_is_a_file_too(form: exports.Format) -> None:
    data = b"".join(exports.written([], form))
    assert data == b"" or form in ("json", "parquet")


def test_a_large_export_comes_in_pieces() -> None:
    pieces = list(exports.written([quarters(AUTUMN, 120_000)], "csv"))
    assert len(pieces) == 12 and sum(piece.count(b"\n") for piece in pieces) == 120_001


def test_what_leaves_a_child_comes_back_and_is_not_believed_blindly() -> None:
    parsed = child.ParsedRows(Report(format="csv", accepted=4), [quarters(AUTUMN, 4)])
    value, body = pack(parsed, {"line": 5})
    value = json.loads(json.dumps(value))
    assert equal(unpack(value, body).readings[0], parsed.readings[0])
    for broken in (body[:-1], body + b"x", body[8:16] + body[:8] + body[16:], b"\xff" * len(body)):
        with pytest.raises(ValueError):
            unpack(value, broken)
    for name, wrong in (("meter", "böse"), ("seconds", 0), ("n", -1)):
        with pytest.raises(ValueError):
            unpack({**value, "series": [{**value["series"][0], name: wrong}]}, body)


def test_days_and_times_of_a_command() -> None:
    assert exports.instant("2024-10-27") == AUTUMN and exports.instant("2024-10-27T00:00") == AUTUMN
    assert exports.instant("2024-10-26T22:00:00Z") == AUTUMN
    with pytest.raises(ValueError):
        exports.instant("gestern")
