"""The embedded PostgreSQL: seconds to the first and to later starts, seconds to stop, idle memory, and rows lost over kills.

    python benchmarks/postgres.py [--runs 5] [--kills 5] [--json]

Memory is the sum of Pss over guard, server and its parts, idle with one and with eight open connections. A kill hits server, guard and
writer at once (kill -9) while the writer inserts row after row and notes each that the server has acknowledged.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg

from nova.store.postgres import cluster as clusters
from nova.store.postgres.embedded import Running, start

ROOT = Path(__file__).parents[1]


def timed_start(folder: Path) -> tuple[float, Running]:
    began = time.perf_counter()
    server = start(folder)
    return time.perf_counter() - began, server


def timed_stop(server: Running) -> float:
    began = time.perf_counter()
    server.stop()
    return time.perf_counter() - began


def pids(folder: Path) -> list[int]:
    """Guard, server and its parts."""
    mark = clusters.token(clusters.layout(folder).cluster).encode()
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def pss_megabytes(folder: Path) -> float:
    total = 0
    for pid in pids(folder):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def starts(runs: int) -> dict[str, float]:
    cold, warm, stop = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="nova-") as name:
            for seconds in (cold, warm):
                spent, server = timed_start(Path(name))
                seconds.append(spent)
                stop.append(timed_stop(server))
    return {"cold_start_s": statistics.median(cold), "warm_start_s": statistics.median(warm), "stop_s": statistics.median(stop)}


def memory() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="nova-") as name, start(Path(name)) as server, ExitStack() as connections:
        found = {}
        for more, count in ((1, 1), (7, 8)):
            for _ in range(more):
                connections.enter_context(psycopg.connect(server.dsn)).execute("SELECT count(*) FROM pg_class")
            time.sleep(1)
            found[f"idle_pss_mb_{count}_connections"] = pss_megabytes(Path(name))
        return found


def kills(rounds: int) -> dict[str, float]:
    acknowledged: set[int] = set()
    recovery = []
    with tempfile.TemporaryDirectory(prefix="nova-") as name:
        folder = Path(name)
        for number in range(rounds):
            writer = subprocess.Popen([sys.executable, "-m", "tests.store.row_writer", name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
            assert writer.stdout is not None
            acknowledged.add(int(writer.stdout.readline()))
            time.sleep(0.5 + 0.1 * number)
            for pid in [*pids(folder), writer.pid]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            acknowledged |= {int(line) for line in writer.communicate()[0].splitlines() if line.strip()}
            spent, server = timed_start(folder)
            recovery.append(spent)
            with psycopg.connect(server.dsn) as connection:
                kept = {number for (number,) in connection.execute("SELECT id FROM kept")}
            server.stop()
    return {"kills": rounds, "acknowledged": len(acknowledged), "lost": len(acknowledged - kept), "slowest_recovery_s": max(recovery)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = starts(options.runs) | memory() | kills(options.kills)
    if options.json:
        print(json.dumps(results))
        return
    for name, value in results.items():
        print(f"{name:28} {value:10.2f}")


if __name__ == "__main__":
    main()
