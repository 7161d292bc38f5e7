"""Parquet as Nova and others write it, read without the library that wrote it; broken files are refused by name."""

import io
import struct
import zlib
from typing import Any, Literal

import numpy as np
import polars as pl
import pytest

from nova.energy.delivery import exports
from nova.energy.formats import child, parquet, parquet_file
from nova.energy.formats.parsed import Options, ParsedRows
from nova.energy.formats.sniff import sniff
from nova.errors import InvalidInput, NovaError, TooLarge, UnsupportedFile
from nova.series import MISSING, SUBSTITUTE, Prices, Product, Readings, readings
from tests.rooms.energy.formats.samples_read import AUTUMN

Codec = Literal["uncompressed", "gzip", "snappy", "zstd"]


def meter(name: str, rows: int = 100, seconds: int = 900) -> Readings:
    ts = AUTUMN + seconds * np.arange(rows, dtype=np.int64)
    quality = np.where(np.arange(rows) % 7 == 0, SUBSTITUTE, 0).astype(np.uint8)
    one = readings(name, seconds, ts, np.sin(np.arange(rows)) + 2, quality=quality)
    one.consumption[5], one.quality[5] = np.nan, MISSING
    return Readings(
        name, seconds, ts, one.consumption, one.production, one.voltage, one.quality, (quality > 0).astype(np.uint8), ("", "gap")
    )


def read(data: bytes, **options: str) -> ParsedRows:
    assert sniff(data) == "parquet"
    return parquet.parse(data, Options(**options))


def written(frame: pl.DataFrame, codec: Codec = "gzip", **more: Any) -> bytes:
    into = io.BytesIO()
    frame.write_parquet(into, compression=codec, **more)
    return into.getvalue()


def hours(rows: int = 48, **columns: Any) -> pl.DataFrame:
    ts = pl.Series((AUTUMN + 3600 * np.arange(rows)) * 1000).cast(pl.Datetime("ms", "UTC"))
    return pl.DataFrame({"ts": ts, **columns})


def test_exported_readings_come_back_as_they_were() -> None:
    given = [meter("DE-1"), meter("DE-2", 30, 3600), meter("DE-1", 14, 60)]
    given[2].ts[:] += 86_400 * 2  # intervals of another length, days later
    found = read(b"".join(exports.written(given, "parquet")))
    assert (found.report.accepted, found.report.refused, found.report.meter_count) == (144, 0, 2)
    kept = {(one.meter_id, one.seconds): one for one in found.readings}
    for one in given:
        same = kept[one.meter_id, one.seconds]
        assert same.ts.tolist() == one.ts.tolist()
        np.testing.assert_array_equal(same.consumption, one.consumption)
        assert same.quality.tolist() == one.quality.tolist()
        assert [same.rules[code] for code in same.rule] == [one.rules[code] for code in one.rule]


def test_exported_prices_come_back_as_they_were() -> None:
    ts = AUTUMN + 900 * np.arange(96, dtype=np.int64)
    given = Prices(Product("EPEX", "DAY_AHEAD", "FR"), ts, np.cos(ts) * 50, np.full(96, np.nan), np.zeros(96, np.uint8))
    found = read(b"".join(exports.written([given], "parquet")))
    assert [one.product for one in found.prices] == [given.product]
    assert found.prices[0].price.tolist() == given.price.tolist()
    assert (found.report.accepted, found.report.others) == (96, ["EPEX DAY_AHEAD FR"])


@pytest.mark.parametrize("codec", ["uncompressed", "gzip", "snappy"])
def test_what_others_write_is_read(codec: Codec) -> None:
    values = [None if at % 5 == 0 else at / 7 for at in range(5000)]
    frame = hours(5000, consumption_kw=pl.Series(values, dtype=pl.Float64), quality=["measured"] * 5000)
    found = read(written(frame, codec, row_group_size=700), meter="M")
    assert (len(found.readings), found.readings[0].seconds, found.report.accepted) == (1, 3600, 5000)
    np.testing.assert_array_equal(found.readings[0].consumption, np.array(values, float))


def test_snappy_copies_that_overlap_are_unrolled() -> None:
    assert parquet_file.snappy(bytes([10, 4, 97, 98, (8 - 4) << 2 | 1, 2]), 10) == b"ab" * 5
    for broken in (b"", b"\x02\x00", bytes([4, 1, 1]), bytes([3, 0, 97, 2, 9, 0])):
        with pytest.raises((ValueError, IndexError)):
            parquet_file.snappy(broken, 4)


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pl.DataFrame({"a": [1]}), "consumption_kw"),
        (pl.DataFrame({"ts": ["2024-05-01"], "consumption_kw": [1.0]}), "Zeitpunkten"),
        (pl.DataFrame({"ts": [1], "consumption_kw": [1.0]}).with_columns(pl.col("ts").cast(pl.Datetime("ms"))), "Zeitzone"),
        (hours(2, consumption_kw=["x", "y"]), "Text"),
        (hours(2, consumption_kw=[[1.0], [2.0]]), "verschachtelt"),
        (hours(2, consumption_kw=[1.0, 2.0], flag=[True, False]), "Typ"),
    ],
)
def test_a_file_that_is_none_of_nova_is_refused_with_the_reason(frame: pl.DataFrame, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read(written(frame), meter="M")


def test_rows_that_cannot_be_stored_are_refused_one_by_one() -> None:
    frame = hours(6, consumption_kw=[1.0, float("inf"), 2.0, 3.0, 4.0, 5.0], meter_id=["A", "A", None, "#", "A", "A"])
    frame = frame.with_columns(quality=pl.Series(["measured"] * 5 + ["gut"]), seconds=pl.Series([3600] * 4 + [0, 3600]))
    found = read(written(frame))
    assert (found.report.accepted, found.report.refused) == (2, 4)
    assert {reason.text for reason in found.report.reasons} == {"keine Zahl", "keine Zählernummer", "unbekannte Qualität"}


def test_a_packing_that_is_not_read_is_named() -> None:
    with pytest.raises(UnsupportedFile, match="gzip, Snappy"):
        read(written(hours(2, consumption_kw=[1.0, 2.0]), "zstd"), meter="M")


def test_an_empty_export_holds_no_values() -> None:
    assert read(b"".join(exports.written([], "parquet"))).rows() == 0


def test_a_page_that_unpacks_to_more_than_it_says_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(hours(4000, consumption_kw=np.zeros(4000)), "gzip")
    monkeypatch.setattr(parquet_file, "MOST_BYTES", 1000)
    with pytest.raises(TooLarge):
        read(data, meter="M")


def test_a_page_of_negative_size_is_not_begun_again_and_again() -> None:
    page = bytes([0x15, 2, 0x15, 0, 0x15, 13, 0])  # of the index, with nothing in it, and its 7 bytes long header taken back
    shape = parquet_file._Shape("x", parquet_file.INT64, False, 0, False)
    with pytest.raises(ValueError, match="ends before"):
        parquet_file._chunk(page, {4: 0, 5: 1, 9: 0}, shape, parquet_file._Budget(1))


def test_broken_files_are_refused_by_name() -> None:
    whole = bytearray(b"".join(exports.written([meter("DE-1", 40)], "parquet")))
    rng = np.random.default_rng(7)
    outcomes = set()
    for at in range(400):
        data = bytearray(whole)
        for _ in range(int(rng.integers(1, 6))):
            data[int(rng.integers(4, len(data) - (4 if at % 2 else 9)))] = int(rng.integers(256))
        if at % 5 == 0:
            data = data[: int(rng.integers(5, len(data)))] + struct.pack("<I", int(rng.integers(400))) + b"PAR1"
        try:
            outcomes.add(bool(child.parse({"format": "parquet", "options": {}}, bytes(data))))
        except NovaError:
            outcomes.add(False)
    assert outcomes == {True, False}
    with pytest.raises(InvalidInput):
        parquet_file.columns(b"PAR1" + zlib.compress(b"x") + b"\xff\xff\xff\x7fPAR1")
