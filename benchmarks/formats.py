"""How long reading files of series takes, in processor seconds of this process: `python benchmarks/formats.py [--rows 2000000]`.

The line "child" is a whole child, as each file has one. Made files: 001's CSV of twenty meters at one minute, the same in German, and a
year of quarter-hours of one meter in MSCONS.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from nova.energy.delivery import exports
from nova.energy.delivery.imports import PART
from nova.energy.formats import child
from nova.engines.extract.sandbox.runner import Children, ResourceUsage
from nova.series import Readings, readings

START = 1_704_063_600  # 2024-01-01 in Germany
METERS, MINUTE, QUARTER, YEAR_OF_QUARTERS = 20, 60, 900, 366 * 96


def meters(rows: int) -> list[Readings]:
    """Readings of twenty meters, together so many rows."""
    rng = np.random.default_rng(1)
    each = rows // METERS
    ts = START + MINUTE * np.arange(each)
    return [readings(f"DE-{number:05d}", MINUTE, ts, rng.random(each).round(3), np.zeros(each)) for number in range(METERS)]


def in_parts(form: str, data: bytes) -> int:
    """Rows that a file gives, read as the service does, without the child."""
    rows, at = 0, 0
    state: dict[str, Any] = {}
    while at < len(data):
        end = len(data) if at + PART >= len(data) or form != "csv" else data.rfind(b"\n", at, at + PART) + 1
        value, _ = child.parse({"format": form, "options": {}, "state": state}, data[at:end])
        state, at = json.loads(json.dumps(value["state"])), end
        rows += sum(one["n"] for one in value["series"])
    return rows


def mscons() -> bytes:
    """A year of quarter-hours of one Marktlokation."""
    times = np.datetime_as_string((START + QUARTER * np.arange(YEAR_OF_QUARTERS + 1)).astype("datetime64[s]"), unit="m")
    short = [time.replace("-", "").replace("T", "").replace(":", "") for time in times.tolist()]
    head = "UNA:+.? 'UNB+UNOC:3+1:500+2:500+250101:0600+A'UNH+1+MSCONS:D:04B:UN:2.4c'BGM+Z48+B+9'LOC+172+51238696781'LIN+1'"
    rows = [f"QTY+220:1.25'DTM+163:{a}?+00:303'DTM+164:{b}?+00:303'" for a, b in pairwise(short)]
    return (head + "PIA+5+1-1?:1.29.0:SRW'" + "".join(rows) + "UNT+9+1'UNZ+1+A'").encode()


def one_child() -> float:
    """Processor seconds in the life of a child that reads two rows."""
    ends: list[ResourceUsage] = []
    children = Children(size=1, on_end=ends.append)
    data = b"meter_id,ts,consumption_kw\nm,2024-01-01T00:00Z,1\nm,2024-01-01T00:15Z,1\n"
    children.run(f"{child.HERE}:parse", {"format": "csv", "options": {}, "state": {}}, data, own="a")
    children.close()
    return ends[0].cpu_s


def timed(name: str, work: Callable[[], int]) -> None:
    """Print what a piece of work gave and took."""
    start = time.process_time()
    rows = work()
    took = time.process_time() - start
    print(f"{name:12} {rows:>10,} rows  {took:6.2f} CPU s  {1e6 * took / rows:5.2f} s a million rows")


def main() -> None:
    """Make the files and read them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    made = meters(parser.parse_args().rows)
    for form in ("csv", "csv_de"):
        data = b"".join(exports.written(made, "csv" if form == "csv" else "csv_de"))
        timed(form, lambda data=data: in_parts("csv", data))  # type: ignore[misc]
    print(f"{'child':12} {'2':>10} rows  {statistics.median(one_child() for _ in range(5)):6.2f} CPU s")
    edi = mscons()
    timed("mscons", lambda: in_parts("mscons", edi))


if __name__ == "__main__":
    main()
