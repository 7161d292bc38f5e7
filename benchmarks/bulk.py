"""Storing readings in bulk: rows a second of a raw COPY, of `readings.put` into an empty range and again; rollups; kills in the middle.

    python benchmarks/bulk.py [--rows 10000000] [--meters 20] [--seconds 60] [--kills 3] [--compare] [--json]

All in one run on an embedded server of its own with production settings. The raw COPY takes rows that are encoded before the clock starts,
from a file, into the same partitioned and keyed table with its partitions made, without comparing, locking or noting anything. Then the
table is emptied and `put` stores the same from columns. Both have two tries in turn, the faster of each counts; then the same is put again.
`--compare` times two other ways to find equal rows. A kill hits the storing process or the whole server (kill -9); afterwards the rows are
counted and stored again.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import psycopg
from psycopg.rows import dict_row

from nova.series import Readings, readings
from nova.store.postgres.cluster import layout, token
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from nova.store.postgres.partitions import ensure_month_partitions
from nova.store.series import batches, copy_rows, rollups
from nova.store.series import put as series_put
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.reading_rows import COPY

START = 1_672_531_200  # 2023-01-01T00:00Z
PIECE_DAYS = 31
TRIES = 2
A_BLOCK = 1 << 20
BARS = {"empty_share": 0.6, "repeat_share": 0.3}
Connection = psycopg.Connection[Any]


def pieces(rows: int, meters: int, seconds: int) -> Iterator[Readings]:
    """Every meter's rows in months, as a file of each meter would bring them; the same each time."""
    each = rows // meters
    length = min(each, PIECE_DAYS * 86_400 // seconds)
    for meter in range(meters):
        random = np.random.default_rng(meter)
        for first in range(0, each, length):
            ts = START + seconds * np.arange(first, min(first + length, each), dtype=np.int64)
            yield readings(f"meter-{meter:04}", seconds, ts, np.round(random.gamma(1, 0.5, len(ts)), 3))


def connected(dsn: str) -> Connection:
    return psycopg.connect(dsn, row_factory=dict_row, autocommit=True)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def one(conn: Connection, query: str) -> Any:
    row = conn.execute(query.encode()).fetchone()
    return None if row is None else next(iter(row.values()))


def make_partitions(conn: Connection, rows: int, meters: int, seconds: int) -> None:
    first, last = (np.datetime64(instant, "s").astype("datetime64[D]").item() for instant in (START, START + rows // meters * seconds))
    with conn.transaction():
        ensure_month_partitions(conn, "smart_meter_readings", first, last)


def encoded(folder: Path, parts: Iterator[Readings]) -> Path:
    """The rows as a file in COPY's format."""
    path = folder / "rows.copy"
    with path.open("wb") as file:
        file.write(copy_rows.HEADER)
        for piece in parts:
            strand = store.strand_of(piece)
            for part in copy_rows.slices(len(strand), series_put.A_WRITE):
                file.write(copy_rows.encode(series_put.columns(strand.take(part), 0)))
        file.write(copy_rows.TRAILER)
    return path


def raw_copy(conn: Connection, path: Path) -> None:
    """One COPY of the whole file in one transaction."""
    with path.open("rb") as file, conn.transaction(), conn.cursor().copy(COPY) as copy:
        while block := file.read(A_BLOCK):
            copy.write(block)


def put(conn: Connection, parts: Iterator[Readings]) -> store.Stored:
    with conn.transaction():
        return store.put(conn, parts, batches.open(conn, NewBatch("bulk", "columns")))


def refresh(conn: Connection) -> int:
    days = 0
    while done := _refresh(conn):
        days += done
    return days


def _refresh(conn: Connection) -> int:
    with conn.transaction():
        return rollups.refresh(conn)


def empty(conn: Connection) -> None:
    for table in ("smart_meter_readings", "reading_versions", "reading_rollups", "reading_changes", "meters"):
        conn.execute(f"TRUNCATE {table} CASCADE".encode())


def rates(folder: Path, dsn: str, size: tuple[int, int, int], compare: bool) -> dict[str, Any]:
    path = encoded(folder, pieces(*size))
    with connected(dsn) as conn:
        make_partitions(conn, *size)
        raw, fresh = [], []
        for _ in range(TRIES):
            empty(conn)
            raw.append(timed(lambda: raw_copy(conn, path))[0])
            empty(conn)
            spent, new = timed(lambda: put(conn, pieces(*size)))
            fresh.append(spent)
        path.unlink()
        again, same = timed(lambda: put(conn, pieces(*size)))
        rows = new.new
        found: dict[str, Any] = {
            "rows": rows,
            "same": same.same,
            "rows_after_repeat": one(conn, "SELECT count(*) FROM smart_meter_readings"),
        }
        found |= {"raw_rows_per_s": rows / min(raw), "empty_rows_per_s": rows / min(fresh), "repeat_rows_per_s": rows / again}
        found |= {"empty_share": min(raw) / min(fresh), "repeat_share": min(raw) / again}
        if compare:
            found |= {f"repeat_{name}_rows_per_s": rows / timed(partial(way, conn, size))[0] for name, way in OTHERS.items()}
        spent, days = timed(lambda: refresh(conn))
        return {**found, "rollup_s": spent, "rollup_days": days, "rollup_rows_per_s": rows / spent}


def compare_by_anti_join(conn: Connection, size: tuple[int, int, int]) -> None:
    """COPY into a temporary table and let the server look for what differs."""
    differs = """
    SELECT i.* FROM incoming i LEFT JOIN smart_meter_readings r
      ON r.meter_id = i.meter_id AND r.ts = i.ts AND r.ts >= to_timestamp(%s) AND r.ts < to_timestamp(%s)
    WHERE r.ts IS NULL OR (r.seconds, r.consumption_kw, r.production_kw, r.voltage, r.quality, r.rule) IS DISTINCT FROM
          (i.seconds, i.consumption_kw, i.production_kw, i.voltage, i.quality, i.rule)
    """
    with conn.transaction():
        conn.execute("CREATE TEMP TABLE incoming (LIKE smart_meter_readings) ON COMMIT DROP")
        for piece in pieces(*size):
            conn.execute("TRUNCATE incoming")
            strand = store.strand_of(piece)
            with conn.cursor().copy(COPY.replace("smart_meter_readings", "incoming")) as copy:
                copy.write(copy_rows.HEADER)
                for part in copy_rows.slices(len(strand), series_put.A_WRITE):
                    copy.write(copy_rows.encode(series_put.columns(strand.take(part), 0)))
                copy.write(copy_rows.TRAILER)
            if conn.execute(differs, (int(piece.ts[0]), int(piece.ts[-1]) + 1)).fetchall():
                raise AssertionError("rows differ")


def compare_by_copy_out(conn: Connection, size: tuple[int, int, int]) -> None:
    """COPY the rows out in binary, each as long as the first, and compare them as bytes."""
    held = """
    COPY (SELECT ts, seconds, coalesce(consumption_kw, 'NaN'), coalesce(production_kw, 'NaN'), coalesce(voltage, 'NaN'),
                 CASE quality WHEN 'measured' THEN 0::int2 ELSE 1::int2 END, rule FROM smart_meter_readings
          WHERE meter_id = '{}' AND ts >= to_timestamp({}) AND ts < to_timestamp({}) ORDER BY ts) TO STDOUT (FORMAT binary)
    """
    layout_of_row = np.dtype(
        [("count", ">i2"), ("size", ">i4"), ("ts", ">i8"), ("a", "V8"), ("size1", ">i4"), ("power", ">f8"), ("b", "V34")]
    )
    for piece in pieces(*size):
        query = held.format(piece.meter_id, int(piece.ts[0]), int(piece.ts[-1]) + 1)
        with conn.cursor().copy(query.encode()) as copy:
            data = b"".join(copy)
        found = np.frombuffer(data, layout_of_row, offset=len(copy_rows.HEADER), count=len(piece))
        if not np.array_equal(found["power"].astype(float), piece.consumption):
            raise AssertionError("rows differ")


OTHERS = {"anti_join": compare_by_anti_join, "copy_out": compare_by_copy_out}


def worker(folder: str, size: tuple[int, int, int]) -> None:
    """A process of its own that stores everything in one transaction and says when it begins."""
    with start(Path(folder)) as server, connected(server.dsn) as conn:
        print("begins", flush=True)
        put(conn, pieces(*size))
        print("done", flush=True)


def kills(folder: Path, size: tuple[int, int, int], rounds: int, whole: float) -> dict[str, int]:
    """kill -9 of the storing process, every second time with the server, after a growing share of the time that all takes; then again."""
    wanted = sum(len(piece) for piece in pieces(*size))
    left, lost = [], []
    for number in range(rounds):
        with start(folder) as server, connected(server.dsn) as conn:
            empty(conn)
        words = [sys.executable, __file__, "--worker", str(folder), *(f"--{name}={value}" for name, value in zip(NAMES, size, strict=True))]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(whole * (number + 1) / (rounds + 1))
        doomed = [process.pid, *(servers(folder) if number % 2 else [])]
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        said = process.communicate()[0]
        with start(folder) as server, connected(server.dsn) as conn:
            there = one(conn, "SELECT count(*) FROM smart_meter_readings")
            left.append(there if "done" not in said else 0)
            again = put(conn, pieces(*size))
            distinct = one(conn, "SELECT count(*) FROM (SELECT DISTINCT meter_id, ts FROM smart_meter_readings) d")
            total = one(conn, "SELECT count(*) FROM smart_meter_readings")
            lost.append(abs(wanted - distinct) + abs(total - distinct) + abs(again.new + again.same - wanted))
    return {"kills": rounds, "rows_of_killed": sum(left), "rows_lost_or_doubled": sum(lost)}


def servers(folder: Path) -> list[int]:
    """The server, its parts and its guard."""
    mark = token(layout(folder).cluster)
    return [found.pid for found in psutil.process_iter(["cmdline"]) if mark in " ".join(found.info["cmdline"] or [])]


NAMES = ("rows", "meters", "seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in zip(NAMES, (10_000_000, 20, 60), strict=True):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    size = (options.rows, options.meters, options.seconds)
    if options.worker:
        worker(options.worker, size)
        return 0
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        with start(Path(name)) as server:
            migrate(server.dsn)
            found = rates(Path(name), server.dsn, size, options.compare)
        if options.kills:
            found |= kills(Path(name), size, options.kills, found["rows"] / found["empty_rows_per_s"])
    failed = [bar for bar, least in BARS.items() if found[bar] < least]
    failed += [count for count in ("rows_of_killed", "rows_lost_or_doubled") if found.get(count, 0)]
    failed += [count for count in ("same", "rows_after_repeat") if found[count] != found["rows"]]
    print(json.dumps(found) if options.json else "\n".join(f"{key:34} {value:14,.2f}" for key, value in found.items()))
    if failed:
        print(f"not met: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
