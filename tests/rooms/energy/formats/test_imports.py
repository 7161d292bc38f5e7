"""Files into a real database; one test has them read by a real child, the others read in this process."""

import gzip
import time
from collections.abc import Iterator

import pytest

from nova.energy.delivery import exports, imports
from nova.energy.delivery.imports import DeliveredFile, take
from nova.energy.formats.parsed import Options
from nova.engines.extract.sandbox.runner import Children
from nova.errors import JobCancelled
from nova.series import Product
from nova.store.postgres.db import Database
from nova.store.series import batches, meters, readings
from tests.fakes.memory import InlineChildren
from tests.rooms.energy.formats.samples_read import AUTUMN, SAMPLES


@pytest.fixture
def children() -> InlineChildren:
    return InlineChildren()


@pytest.fixture
def confined() -> Iterator[Children]:
    opened = Children(size=1)
    yield opened
    opened.close()


def file(name: str, **options: str) -> DeliveredFile:
    return DeliveredFile((SAMPLES / name).read_bytes(), Options(name=name, **options))


def rows(database: Database, table: str = "smart_meter_readings") -> int:
    found = database.fetch_one(f"SELECT count(*) AS n FROM {table}")
    return 0 if found is None else int(found["n"])


def test_a_file_is_read_in_a_child_stored_once_and_known_again(database: Database, confined: Children) -> None:
    report = take(database, confined, file("mscons_lastgang.edi"))
    assert (report["state"], report["accepted"], report["stored"]["new"]) == ("done", 300, 200)
    again = take(database, confined, file("mscons_lastgang.edi"))
    assert (again["state"], again["batch_id"], again["stored"]["new"]) == ("known", report["batch_id"], 0)
    with database.transaction() as conn:
        stored = readings.get(conn, "51238696781", AUTUMN, AUTUMN + 25 * 3600)
        batch = batches.get(conn, report["batch_id"])
    assert sum(map(len, stored)) == 100 and (batch.state, batch.format, batch.report["accepted"]) == ("done", "mscons", 300)


def test_the_file_of_a_deleted_meter_is_read_again(database: Database, children: InlineChildren) -> None:
    given = file("mscons_lastgang.edi")
    first = take(database, children, given)
    with database.transaction() as conn:
        meters.delete(conn, "51238696781")
    again = take(database, children, given)
    assert (again["state"], again["stored"]["new"]) == ("done", 100) and again["batch_id"] != first["batch_id"]
    assert take(database, children, given)["state"] == "known"


def test_prices_and_signals_are_stored_too(database: Database, children: InlineChildren) -> None:
    assert take(database, children, file("entsoe_preise_a44.xml"))["stored"]["new"] == 119
    assert take(database, children, file("smard_erzeugung.csv"))["stored"]["new"] == 1012
    assert rows(database, "signals") == 1012
    pieces = list(exports.stored_prices(database, [Product("EPEX", "DAY_AHEAD", "DE-LU", 900)], 1759615200, 1759701600))
    assert sum(map(len, pieces)) == 96


def test_what_is_exported_is_imported_as_the_same_rows(database: Database, children: InlineChildren) -> None:
    for form in ("csv", "csv_de", "json", "parquet"):
        pieces = exports.stored_readings(database, ["51238696781", "DE0012345678900000000000000012345"], AUTUMN, AUTUMN + 90000)
        report = take(database, children, DeliveredFile(b"".join(exports.written(pieces, form)), Options(name=f"x.{form}")))  # type: ignore[arg-type]
        assert (report["stored"]["same"], report["stored"]["new"], report["stored"]["corrected"]) == (200, 0, 0), form


def test_a_file_packed_with_gzip_is_read_as_what_it_holds(database: Database, confined: Children) -> None:
    plain = file("readings_001.csv").data
    for name, data in (("a.csv.gz", gzip.compress(plain)), ("b.csv.gz", gzip.compress(plain[:900]) + gzip.compress(plain[900:]))):
        report = take(database, confined, DeliveredFile(data, Options(name=name)))
        assert (report["state"], report["format"], report["accepted"]) == ("done", "csv", 192)


def test_a_file_packed_in_very_many_pieces_is_unpacked_at_once() -> None:
    data = gzip.compress(b"a,b\n") * 200_000
    begun = time.process_time()
    assert imports.unpacked(data, "x") == b"a,b\n" * 200_000
    assert time.process_time() - begun < 20


def test_a_packed_file_that_is_broken_or_a_bomb_is_refused(
    database: Database, children: InlineChildren, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = gzip.compress(file("readings_001.csv").data)
    monkeypatch.setattr(imports, "UNPACKED", 100_000)
    for data, words in (
        (packed[:-20], "abgeschnitten"),
        (packed[:60] + b"xxxxxxxx" + packed[68:], "fehlerhaft"),
        (b"\x1f\x8b" + b"x" * 40, "fehlerhaft"),
        (gzip.compress(b"ts,consumption_kw\n" + b"0" * 10**6), "ausgepackt größer"),
        (gzip.compress(b""), "leer"),
    ):
        report = take(database, children, DeliveredFile(data, Options(name="x.csv.gz", meter="M")))
        assert report["state"] == "refused" and words in report["reasons"][0]["text"], report["reasons"]


def test_a_refused_file_keeps_its_report_and_nothing_else(database: Database, children: InlineChildren) -> None:
    before = rows(database)
    for data, words in (
        (b"Unsinn", "Spaltennamen"),
        (b"<?xml version='1.0'?><!DOCTYPE a><GL_MarketDocument/>", "DOCTYPE"),
        (b"UNA:+.? 'UNB+UNOC:3+a", "EDIFACT"),
    ):
        report = take(database, children, DeliveredFile(data, Options(name="falsch")))
        assert report["state"] == "refused" and words in report["reasons"][0]["text"]
        with database.transaction() as conn:
            assert batches.get(conn, report["batch_id"]).state == "refused"
    assert rows(database) == before
    empty = take(database, children, file("mscons_zaehlerstand.edi"))
    assert (empty["state"], empty["refused"]) == ("refused", 1)


def test_a_file_without_rows_says_so(database: Database, children: InlineChildren) -> None:
    report = take(database, children, DeliveredFile(b"meter_id,ts,consumption_kw\n"))
    assert report["state"] == "refused" and report["reasons"][0]["text"] == "Die Datei enthält keine Werte"


def test_what_fails_in_the_middle_leaves_nothing(database: Database, children: InlineChildren, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "PART", 20_000)
    head, line = "meter_id,ts,consumption_kw\n", "kaputt,2024-01-{:02d}T{:02d}:{:02d}Z,1.5\n"
    data = (
        head + "".join(line.format(day, hour, minute) for day in range(1, 29) for hour in range(24) for minute in (0, 15, 30, 45))
    ).encode()
    calls: list[int] = []

    def cancel(done: int, _total: int) -> None:
        calls.append(done)
        if len(calls) == 3:
            raise JobCancelled("abgebrochen")

    with pytest.raises(JobCancelled):
        take(database, children, DeliveredFile(data, Options(name="a.csv")), step=cancel)
    assert database.fetch_one("SELECT 1 AS x FROM smart_meter_readings WHERE meter_id = 'kaputt' LIMIT 1") is None
    assert database.fetch_one("SELECT 1 AS x FROM series_batches WHERE name = 'a.csv'") is None
    report = take(database, children, DeliveredFile(data, Options(name="a.csv")))
    assert report["stored"]["new"] == report["accepted"] == 28 * 96 and report["meters"] == ["kaputt"]


def test_intervals_that_cross_stored_ones_are_told(database: Database, children: InlineChildren) -> None:
    text = "meter_id,ts,consumption_kw,seconds\nquer,2024-01-01T00:00Z,1,3600\nquer,2024-01-01T01:00Z,1,3600\n"
    take(database, children, DeliveredFile(text.encode()))
    report = take(database, children, DeliveredFile(text.replace(":00Z", ":30Z").encode()))
    assert report["stored"]["overlapping"] == 2 and report["refused"] == 2 and report["accepted"] == 0
