"""The index port against the raw Qdrant Edge call: sizes in; latency, ingest rate, disk and memory out.

    python benchmarks/search.py [--sizes 1000 100000] [--runs 5] [--folder DIR]

Made-up passages of about 600 terms out of 200,000 with Zipf's frequencies (words, stems and 5-grams of a German passage come to that);
queries of 60 terms, the best 100 wanted, company-wide and current passages only. Raw and port take turns; a query's time is its
median over the runs.
Memory is that of a process of its own which has opened the index and asked 200 times.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

import qdrant_edge as edge

from nova.engines.vectors.index import EdgeIndex
from nova.engines.vectors.shard import inside
from nova.records import Point, Scope, SparseVector

WORDS = 200_000
HALVES = 4000
LIMIT = 100


class Passages:
    """A reproducible supply of vectors: each passage is the union of two of 4,000 drawn halves."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._ids = [self.dice.getrandbits(32) for _ in range(WORDS)]
        self._odds = list(accumulate(1 / (rank + 10) ** 0.9 for rank in range(WORDS)))
        self._halves = [self._draw(345) for _ in range(HALVES)]

    def _draw(self, count: int) -> dict[int, float]:
        return {
            self._ids[word]: self.dice.randrange(20, 220) / 100 for word in self.dice.choices(range(WORDS), cum_weights=self._odds, k=count)
        }

    def passage(self) -> SparseVector:
        return vector(self.dice.choice(self._halves) | self.dice.choice(self._halves))

    def query(self) -> SparseVector:
        return vector(self._draw(60))

    def points(self, count: int) -> Iterator[Point]:
        for number in range(count):
            item = UUID(int=number // 200 + 1)
            yield Point(UUID(int=number + 1), item, self.passage(), "regulation", ("netz",), None, 1_700_000_000, None)


def vector(terms: dict[int, float]) -> SparseVector:
    return SparseVector(tuple(sorted(terms)), tuple(terms[term] for term in sorted(terms)))


def fill(index: EdgeIndex, points: Iterator[Point], size: int) -> dict[str, Any]:
    """Store all points in batches of 500 as the owner of the index does."""
    spent, batch = 0.0, []
    for point in points:
        batch.append(point)
        if len(batch) == 500:
            spent += timed(partial(index.upsert, batch))
            batch = []
    spent += timed(partial(index.upsert, batch))
    spent += timed(index.rebuilt)
    return {"ingest_s": round(spent, 1), "points_per_s": round(size / spent)}


def timed(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] * 1000


def compare(index: EdgeIndex, queries: list[SparseVector], runs: int) -> dict[str, float]:
    """p50 and p95 in ms over the queries; a query's time is its median over the runs, raw and port in turns."""
    shard, scope = index._shard, Scope()
    assert shard
    requests = [
        edge.QueryRequest(
            limit=LIMIT,
            query=edge.Query.Nearest(edge.SparseVector(list(query.indices), list(query.values)), using="lexical"),
            filter=inside(scope),
        )
        for query in queries
    ]
    raw: list[list[float]] = [[] for _ in queries]
    port: list[list[float]] = [[] for _ in queries]
    for run in range(runs + 1):  # the first warms up
        for number, (query, request) in enumerate(zip(queries, requests, strict=True)):
            calls = [(raw, partial(shard.query, request)), (port, partial(index.search, query, scope, LIMIT))]
            for times, call in calls if (run + number) % 2 else calls[::-1]:
                spent = timed(call)
                times[number].extend([spent] if run else [])
    result = {}
    for name, times in (("raw", raw), ("port", port)):
        medians = [statistics.median(each) for each in times]
        result |= {f"{name}_p50_ms": round(statistics.median(medians) * 1000, 3), f"{name}_p95_ms": round(p95(medians), 3)}
    more = result["port_p95_ms"] - result["raw_p95_ms"]
    return result | {"p95_ratio": round(result["port_p95_ms"] / result["raw_p95_ms"], 2), "p95_more_ms": round(more, 3)}


def many(index: EdgeIndex, queries: list[SparseVector], clients: int) -> int:
    """Searches a second by several threads."""
    threads = [threading.Thread(target=lambda: [index.search(query, Scope(), LIMIT) for query in queries]) for _ in range(clients)]
    spent = timed(lambda: [[thread.start() for thread in threads], [thread.join() for thread in threads]])
    return round(clients * len(queries) / spent)


def while_packing(index: EdgeIndex, passages: Passages, queries: list[SparseVector]) -> dict[str, Any]:
    """Latency with removed points (exact IDF), then while the segments are written anew, then after."""
    for number in range(1, 401):
        index.delete([UUID(int=number)]) if number % 100 == 0 else None
    index.upsert([Point(UUID(int=number), UUID(int=1), passages.passage(), "regulation", (), None, 1, None) for number in range(101, 200)])
    stale = [timed(lambda query=query: index.search(query, Scope(), LIMIT)) for query in queries]
    during: list[float] = []
    packing = threading.Thread(target=lambda: index.pack())
    begun = time.perf_counter()
    packing.start()
    while packing.is_alive():
        during.append(timed(lambda: index.search(queries[len(during) % len(queries)], Scope(), LIMIT)))
    return {
        "removed_p95_ms": round(p95(stale), 3),
        "packing_s": round(time.perf_counter() - begun, 1),
        "while_packing_p95_ms": round(p95(during), 3),
        "while_packing_max_ms": round(max(during) * 1000, 1),
    }


def probe(folder: Path) -> None:
    """Print the memory of this process with the index open, before and after 200 queries."""
    passages = Passages(2)
    queries = [passages.query() for _ in range(200)]
    before, private = memory(), memory("Pss_Anon")
    begun = time.perf_counter()
    with EdgeIndex(folder) as index:
        opened = {"open_s": round(time.perf_counter() - begun, 2), "opened_mb": memory() - before}
        for query in queries:
            index.search(query, Scope(), LIMIT)
        print(json.dumps(opened | {"asked_mb": memory() - before, "of_it_not_files_mb": memory("Pss_Anon") - private}))


def memory(field: str = "Pss") -> int:
    """MiB of this process."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) // 1024
    return 0


def measure(size: int, folder: Path, runs: int) -> dict[str, Any]:
    """One line of the table."""
    passages = Passages(1)
    queries = [passages.query() for _ in range(200)]
    with EdgeIndex(folder) as index:
        row: dict[str, Any] = {"points": size} | fill(index, passages.points(size), size)
        index.pack()
        row |= compare(index, queries, runs) | {"searches_per_s_4_threads": many(index, queries, 4)}
        row |= {"disk_mb": index.health()["bytes"] // 2**20}
        row |= while_packing(index, passages, queries)
    done = subprocess.run([sys.executable, __file__, "--probe", str(folder)], capture_output=True, text=True, check=True)
    return row | json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure every size and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where to put the index (default: a temporary folder)")
    parser.add_argument("--probe", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        probe(options.probe)
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            print(json.dumps(measure(size, Path(folder) / "index", options.runs), indent=1), flush=True)


if __name__ == "__main__":
    main()
