"""Deliveries to engines: how long 10,000 records take to all, what becomes of good and bad ones, and whom a dead or slow engine delays.

    python -m benchmarks.seeding_delivery [--rows 3000] [--seeds 3] [--speed-rows 10000]

Bars: 10,000 records to twelve engines (without free text) in 5 s; every bad delivery (labels shuffled, columns exchanged, half of a column
missing) to an engine that learns is taken back or refused, and the engine reads what it read before, byte for byte; with one dead and one
slow engine the others are done as before.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl

from benchmarks.engine_records import LABEL, bad, records
from nova.engines.ml.rest import RestChannel
from nova.seeding.delivery.deliver import deliver, one
from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.registry import EngineSpec
from nova.seeding.delivery.shelf import EngineShelf

TEXT = ("AssistantBridge", "ContinuousLearning", "Historical", "Research", "Ideation")


def spec(kind: str, **more: object) -> EngineSpec:
    return EngineSpec.model_validate({"name": kind.lower(), "kind": kind, **more})


def closed(_: EngineSpec) -> RestChannel:
    raise AssertionError("no channel")


def bad_ones(rows: int, seeds: int) -> dict[str, object]:
    """Good ones first, then three bad kinds to each engine that learns, then good ones again."""
    wrong: list[str] = []
    counts = {"good": 0, "good_kept": 0, "bad": 0, "bad_held": 0, "bytes_equal": 0}
    for seed in range(1, seeds + 1):
        for kind in LABEL:
            with tempfile.TemporaryDirectory() as folder:
                shelf, engine = EngineShelf(Path(folder)), spec(kind)
                first = one(engine, records(kind, seed, rows), "a", shelf, closed)
                counts["good"] += 1
                counts["good_kept"] += first.state == "live"
                if first.state != "live":
                    wrong.append(f"{kind} {seed} first: {first.reason}")
                    continue
                before = shelf.held(engine.name)
                for how in ("shuffled", "swapped", "half"):
                    done = one(engine, bad(kind, records(kind, seed + 1, rows), how, seed), how, shelf, closed)
                    after = shelf.held(engine.name)
                    counts["bad"] += 1
                    counts["bad_held"] += done.state in ("taken_back", "refused")
                    same = before is not None and after is not None and before.state == after.state and before.anchor.equals(after.anchor)
                    counts["bytes_equal"] += same
                    if not same:
                        wrong.append(f"{kind} {seed} {how}: {done.state}")
                again = one(engine, records(kind, seed + 1, rows), "b", shelf, closed)
                counts["good"] += 1
                counts["good_kept"] += again.state == "live"
                if again.state != "live":
                    wrong.append(f"{kind} {seed} again: {again.reason}")
    return {**counts, "wrong": wrong}


def speed(rows: int) -> dict[str, object]:
    """As many records to the engines that take no free text; each its part."""
    kinds = [kind for kind in ENGINES if kind not in TEXT][:12]
    parts = [records(kind, 1, rows // len(kinds)).with_columns(pl.lit(kind).alias("engine")) for kind in kinds]
    frame = pl.concat([part.with_columns(pl.all().cast(pl.String)) for part in parts], how="diagonal")
    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.perf_counter(), time.process_time()
        done = deliver([spec(kind) for kind in kinds], frame, "a", EngineShelf(Path(folder)), closed)
        took = time.perf_counter() - began, time.process_time() - cpu
    return {
        "rows": len(frame),
        "engines": len(kinds),
        "seconds": round(took[0], 2),
        "cpu_s": round(took[1], 2),
        "states": [one.state for one in done],
    }


class _Engine(BaseHTTPRequestHandler):
    waits = 0.0

    def do_GET(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        time.sleep(self.waits)
        body = b'{"value": 1.0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class _Slow(_Engine):
    waits = 30.0


def latency(times: int) -> dict[str, object]:
    """Small deliveries to six quick engines behind HTTP, one that is slow and one that is not there."""
    quick, slow = ThreadingHTTPServer(("127.0.0.1", 0), _Engine), ThreadingHTTPServer(("127.0.0.1", 0), _Slow)
    for server in (quick, slow):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    frame = records("ROI", 1, 300)
    places = [f"http://127.0.0.1:{quick.server_port}"] * 6 + [f"http://127.0.0.1:{slow.server_port}", "http://127.0.0.1:9"]
    took, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        for at in range(times):
            specs = [
                spec("ROI", channel="rest", place=place, seconds=0.5).model_copy(update={"name": f"e{n}"}) for n, place in enumerate(places)
            ]
            began = time.perf_counter()
            done = deliver(specs, frame, f"v{at}", EngineShelf(Path(folder)), lambda one: RestChannel(str(one.place), one.seconds))
            whole.append(time.perf_counter() - began)
            took += [one.seconds for one in done if one.state == "live"]
            assert [one.state for one in done[-2:]] == ["unreachable", "unreachable"], done[-2:]
    found = pl.Series(took)
    return {
        "deliveries": len(took),
        "p95_s": found.quantile(0.95),
        "p99_s": found.quantile(0.99),
        "whole_p95_s": round(pl.Series(whole).quantile(0.95) or 0, 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--speed-rows", type=int, default=10_000)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    fast = speed(asked.speed_rows)
    print(json.dumps(fast), flush=True)
    print(json.dumps(latency(20)), flush=True)
    found = bad_ones(asked.rows, asked.seeds)
    print(json.dumps(found, ensure_ascii=False))
    return int(found["bad"] != found["bytes_equal"])


if __name__ == "__main__":
    sys.exit(main())
