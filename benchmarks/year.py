"""The year chart of a 1-minute meter: milliseconds from asking to columns, with raw SQL over the rows and DuckDB beside it.

    python benchmarks/year.py [--days 365] [--others 20] [--times 200] [--json]

One meter with a row a minute, among `--others` meters of 15 minutes, on an embedded server of its own with production settings. Each asking
is a transaction on a pool, as a request's. Raw SQL groups the rows into the same buckets on the same server; DuckDB (`pip install duckdb`)
does so from its own file with the same rows, in this process with two threads.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from nova.series import Readings, readings
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from nova.store.series import batches, rollups
from nova.store.series import readings as store
from nova.store.series.batches import NewBatch
from nova.store.series.buckets import fitting
from nova.store.series.local_days import midnight

METER = "minute"
MOST = 2000
BAR_MS = 50.0
FIRST = midnight(np.datetime64("2024-01-01").astype(object))
RAW = """
SELECT date_bin(%(step)s::interval, ts, %(first)s) AS bucket, min(consumption_kw), avg(consumption_kw), max(consumption_kw),
       sum(consumption_kw * seconds) / 3600, count(*)
FROM smart_meter_readings WHERE meter_id = %(meter)s AND ts >= to_timestamp(%(start)s) AND ts < to_timestamp(%(end)s) GROUP BY 1 ORDER BY 1
"""
DUCK = """
SELECT ts // $step AS bucket, min(kw), avg(kw), max(kw), sum(kw * 60) / 3600, count(*)
FROM readings WHERE meter = $meter AND ts >= $start AND ts < $end GROUP BY 1 ORDER BY 1
"""


def year(meter: str, days: int, seconds: int, seed: int) -> Readings:
    random = np.random.default_rng(seed)
    ts = FIRST + seconds * np.arange(days * 86_400 // seconds, dtype=np.int64)
    power = 0.3 + 0.2 * np.sin(ts / 86_400 * 2 * np.pi) + random.gamma(1, 0.3, len(ts))
    return readings(meter, seconds, ts, np.round(power, 3))


def fill(db: Database, days: int, others: int) -> Readings:
    wanted = year(METER, days, 60, 0)
    with db.transaction() as conn:
        pieces = [wanted, *(year(f"other-{number}", days, 900, number + 1) for number in range(others))]
        store.put(conn, pieces, batches.open(conn, NewBatch("year", "columns")))
    while _refresh(db):
        pass
    return wanted


def _refresh(db: Database) -> int:
    with db.transaction() as conn:
        return rollups.refresh(conn)


def timed(times: int, ask: Callable[[], Any]) -> dict[str, float]:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    return {"p50_ms": statistics.median(spent), "p95_ms": statistics.quantiles(spent, n=20)[-1]}


def chart(db: Database, end: int) -> Any:
    with db.transaction() as conn:
        return store.buckets(conn, METER, FIRST, end, fitting(FIRST, end, MOST))


def raw_sql(db: Database, end: int, step: int) -> Any:
    values = {"meter": METER, "start": FIRST, "end": end, "step": f"{step} seconds", "first": np.datetime64(FIRST, "s").astype(object)}
    return db.fetch_all(RAW, values)


def duck(folder: Path, wanted: Readings, end: int, step: int, times: int) -> dict[str, float]:
    import duckdb

    with duckdb.connect(str(folder / "year.duckdb"), config={"threads": 2}) as conn:
        columns = {"ts": wanted.ts, "kw": wanted.consumption}
        conn.register("given", columns)
        conn.execute("CREATE TABLE readings AS SELECT $meter AS meter, ts, kw FROM given", {"meter": METER})
        values = {"meter": METER, "start": FIRST, "end": end, "step": step}
        return timed(times, lambda: conn.execute(DUCK, values).fetchall())


def measure(folder: Path, days: int, others: int, times: int) -> dict[str, Any]:
    with start(folder) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db:
            wanted = fill(db, days, others)
            end = FIRST + days * 86_400
            found = chart(db, end)
            at = int(np.argmax(wanted.consumption))
            answer = {"rows": len(wanted), "points": len(found), "bucket_s": found.seconds}
            answer["peak_present"] = bool(
                found.consumption_max.max() == wanted.consumption[at] and wanted.ts[at] in found.consumption_max_at
            )
            answer["energy_equal"] = bool(np.isclose(found.consumption_kwh.sum(), wanted.consumption.sum() / 60, rtol=1e-12))
            answer |= timed(times, lambda: chart(db, end))
            answer |= {
                f"raw_sql_{name}": value for name, value in timed(max(5, times // 20), lambda: raw_sql(db, end, found.seconds)).items()
            }
    answer |= {f"duckdb_{name}": value for name, value in duck(folder, wanted, end, found.seconds, times).items()}
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("days", 365), ("others", 20), ("times", 200)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        found = measure(Path(name), options.days, options.others, options.times)
    print(json.dumps(found) if options.json else "\n".join(f"{key:20} {value:14,.2f}" for key, value in found.items()))
    met = found["p95_ms"] <= BAR_MS and found["points"] <= MOST and found["peak_present"] and found["energy_equal"]
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
