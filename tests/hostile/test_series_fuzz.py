"""Broken files of readings and prices by the hundred: each is refused or partly taken with a report, and what is stored is what it says.

The files are read in this process, as only what a parser raises is looked for, and some in a confined child as the service does it.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.energy.delivery.imports import DeliveredFile, take
from nova.energy.formats.parsed import Options
from nova.engines.extract.sandbox.runner import Children
from nova.ports import Children as ChildrenPort
from nova.store.postgres.db import Database
from tests.fakes.memory import InlineChildren

QUICK, FULL = 60, 500  # files; FULL is the bar
IN_A_CHILD = 1, 50  # of these, each in a child of its own
SLOWEST_S = 20.0
SAMPLES = Path(__file__).parents[1] / "rooms" / "energy" / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".csv", ".edi", ".xml", ".json", ".parquet"))
WORDS = (
    b"", b"-", b"NaN", b"nan", b"inf", b"-inf", b"1e400", b"-1e-400", b"1e5", b"0x10", b"1_000", b"999999999999999999999", b"-1",
    b"0,5,5", b"1.234.567,8", b"1.23.4", b"\xb2", b'\xd9\xa3', b"\x00", b"\xff\xfe", b'\xef\xbb\xbf', b'"', b'""', b"'", b"?'", b"?",
    b"+", b":", b";", b",", b"\t", b"\r", b"\n", b"\r\n", b"\n\n\n", b"00:00", b"24:00", b"25:00", b"31.02.2024", b"29.02.2023",
    b"27.10.2024 02:30", b"31.03.2024 02:30", b"2024-02-30T00:00:00Z", b"9999-12-31T23:59:59Z", b"0000-00-00T00:00:00Z",
    b"2024-01-01T00:00:00+99:99", b"202413450000?+00", b"1900-01-01", b"UNH+9+MSCONS:D:04B:UN:2.4c'", b"UNT+1+9'", b"UNA:+.? '",
    b"UNA''''''", b"LOC+172+x'", b"QTY+220:", b"QTY+220:1:KWH:X:Y'", b"DTM+163::303'", b"PIA+5+1-1?:1.29.0:SRW'",
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"&a;", b"&#0;", b"<![CDATA[", b"]]>", b"<Point>", b"</Point>", b"<position>0</position>",
    b"<position>99999999999</position>", b"<curveType>A03</curveType>", b"<resolution>P1Y</resolution>",
    b"<resolution>PT1M</resolution>", b"[kWh]", b"[kW]", b"<end>2099-01-01T00:00Z</end>", b"null", b"[1,2]", b"{", b"}", b"true",
    b"meter_id", b"ts", b"Datum von", b"A", b" B", b" MESZ", b"\xdf", b"a" * 300,
)  # fmt: skip
TOKEN = re.compile(rb"[^;,\n<>'+:\[\]]+")


def broken(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """A good file with a few things wrong: bits, words, lines, cells, cut ends, pieces of other files."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 12))):
        at = rng.randrange(len(out)) if out else 0
        match rng.randrange(10):
            case 0 if out:
                out[at] ^= 1 << rng.randrange(8)
            case 1:
                out[at:at] = rng.choice(WORDS)
            case 2:
                del out[at : at + rng.choice((1, 2, 5, 40, 900))]
            case 3 if tokens := list(TOKEN.finditer(out)):
                found = rng.choice(tokens)
                out[found.start() : found.end()] = rng.choice(WORDS)
            case 4:
                lines = bytes(out).split(b"\n")
                rng.shuffle(lines) if rng.random() < 0.3 else lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
                out = bytearray(b"\n".join(lines))
            case 5:
                out = out[:at]
            case 6:
                other = rng.choice(others)
                start = rng.randrange(len(other))
                out[at:at] = other[start : start + rng.choice((10, 200, 3000))]
            case 7:
                old, new = (
                    rng.choice((b";", b",", b".", b"'", b"+", b"0", b"Z", b"\n")),
                    rng.choice((b",", b";", b"", b"\t", b":", b"9", b"\r\n")),
                )
                out = bytearray(bytes(out).replace(old, new, rng.choice((1, 10, -1))))
            case 8 if tokens := list(TOKEN.finditer(out)):
                one, two = rng.choice(tokens), rng.choice(tokens)
                out[one.start() : one.end()] = two.group()
            case _:
                out[at:at] = out[at : at + rng.choice((3, 60, 2000))] * rng.choice((1, 2, 30))
    return bytes(out)


def stored(database: Database) -> dict[str, int]:
    """How many rows there are, and in how many the batch is not one that ended well."""
    tables = ("smart_meter_readings", "market_prices", "signals")
    found = {name: int((database.fetch_one(f"SELECT count(*) AS n FROM {name}") or {})["n"]) for name in tables}
    orphans = (
        "SELECT count(*) AS n FROM {} r WHERE NOT EXISTS (SELECT FROM series_batches b WHERE b.batch_id = r.batch_id AND b.state = 'done')"
    )
    assert sum(int((database.fetch_one(orphans.format(name)) or {})["n"]) for name in tables) == 0
    return found


def check(database: Database, children: ChildrenPort, count: int, seed: int) -> Counter[str]:
    """Break and store so many files; how they ended."""
    rng, ends = random.Random(seed), Counter[str]()
    contents = [path.read_bytes() for path in FILES]
    for number in range(count):
        path = FILES[number % len(FILES)]
        data = broken(contents[number % len(FILES)], contents, rng)
        options = Options(path.name, meter=rng.choice(("", "DE-1")), clock=rng.choice(("", "", "+01:00")), unit=rng.choice(("", "kWh")))
        before, start = stored(database), time.monotonic()
        report = take(database, children, DeliveredFile(data, options))
        assert time.monotonic() - start < SLOWEST_S, (path.name, seed, number)
        after = stored(database)
        grown = sum(after.values()) - sum(before.values())
        assert report["state"] in ("done", "refused", "known"), (path.name, seed, number)
        assert grown == (report["stored"]["new"] if report["state"] == "done" else 0), (path.name, seed, number)
        assert report["accepted"] >= 0 and report["corrected"] >= 0 and report["refused"] >= 0
        assert report["state"] != "refused" or report["reasons"], (path.name, seed, number)
        assert report["state"] != "done" or report["accepted"] + report["corrected"] > 0, (path.name, seed, number)
        ends[f"{report['format']} {report['state']}{' in part' if report['refused'] and report['state'] == 'done' else ''}"] += 1
        for reason in report["reasons"]:
            assert "beschädigt" not in reason["text"] and "abgestürzt" not in reason["text"], (reason, path.name, seed, number)
    return ends


def test_broken_files_are_refused_or_taken_in_part(database: Database) -> None:
    ends = check(database, InlineChildren(), QUICK, 4)
    assert sum(ends.values()) == QUICK


@pytest.fixture
def children() -> Iterator[Children]:
    opened = Children(size=1)
    yield opened
    opened.close()


def test_some_of_them_in_a_child_as_the_service_reads_them(database: Database, children: Children) -> None:
    check(database, children, IN_A_CHILD[0], 11)


@pytest.mark.bars
def test_five_hundred_broken_files(database: Database, children: Children, capsys: pytest.CaptureFixture[str]) -> None:
    ends = check(database, InlineChildren(), FULL - IN_A_CHILD[1], 500) + check(database, children, IN_A_CHILD[1], 501)
    with capsys.disabled():
        print(f"\n{dict(ends)}")
    assert sum(ends.values()) == FULL
