"""Kill test of job engines: an engine's name and a scratch database in; lost jobs, doubled effects and take-over times out.

    python benchmarks/jobs_kill.py --engine nova|procrastinate|dbos --database-url postgresql://... [--jobs 40] [--kills 8] [--json]

The database is emptied. `procrastinate` and `dbos` must be installed for their runs (`pip install procrastinate dbos`).
Four parts: random kill -9 of two workers until all jobs are done; take-over by a second live worker; a worker frozen past its lease and
thawed again (its late effect must not count); start delay and memory of an idle worker.
"""

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jobs_kill_workers as workers
import psutil
import psycopg


class Crew:
    """The worker processes of one run."""

    def __init__(self, engine: str, url: str) -> None:
        self.engine, self.url = engine, url
        self.alive: list[subprocess.Popen[bytes]] = []

    def hire(self, mode: str = "work") -> subprocess.Popen[bytes]:
        """Start one more worker."""
        script = str(Path(workers.__file__))
        process = subprocess.Popen(
            [sys.executable, script, self.engine, self.url, mode], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.alive.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9 one worker."""
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.alive.remove(process)

    def dismiss(self) -> None:
        """kill -9 all."""
        for process in list(self.alive):
            self.kill(process)


def ask(url: str, sql: str, *values: Any) -> Any:
    """The first column of the first row."""
    with psycopg.connect(url, autocommit=True) as conn:
        row = conn.execute(sql, values).fetchone()
    return None if row is None else row[0]


def wait_for(url: str, sql: str, wanted: Any, timeout: float, *values: Any) -> float | None:
    """Seconds until the query answers at least `wanted`, or None."""
    begun = time.monotonic()
    while time.monotonic() - begun < timeout:
        if (ask(url, sql, *values) or 0) >= wanted:
            return time.monotonic() - begun
        time.sleep(0.02)
    return None


def prepare(engine: str, url: str, names: list[str], count: int, pause: float) -> None:
    """An empty database with these jobs queued."""
    getattr(workers, f"{engine}_setup")(url)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(workers.LEDGER)
    enqueue(engine, url, names, count, pause)


def enqueue(engine: str, url: str, names: list[str], count: int, pause: float) -> None:
    """Queue jobs."""
    getattr(workers, f"{engine}_enqueue")(url, count, pause, names)


def random_kills(engine: str, url: str, jobs: int, kills: int, seed: int) -> dict[str, Any]:
    """Two workers, one of them killed at random times and replaced, until every effect is there."""
    dice = random.Random(seed)
    names = [f"job-{number}" for number in range(jobs)]
    prepare(engine, url, names, 4, 0.12)
    crew, begun, done = Crew(engine, url), time.monotonic(), "SELECT count(DISTINCT job) FROM kill_effects"
    try:
        crew.hire(), crew.hire()
        wait_for(url, "SELECT count(*) FROM kill_steps", 1, 60)
        for _ in range(kills):
            time.sleep(dice.uniform(0.3, 1.5))
            crew.kill(dice.choice(crew.alive))
            crew.hire()
        wait_for(url, done, jobs, 180)
        time.sleep(2)
    finally:
        crew.dismiss()
    return {
        "jobs": jobs,
        "kills": kills,
        "lost": jobs - ask(url, done),
        "doubled_effects": ask(url, "SELECT count(*) FROM (SELECT 1 FROM kill_effects GROUP BY job HAVING count(*) > 1) d"),
        "repeated_steps": ask(url, "SELECT count(*) - count(DISTINCT (job, step)) FROM kill_steps"),
        "seconds": round(time.monotonic() - begun, 1),
    }


def take_over(engine: str, url: str, rounds: int, mode: str, patience: float) -> dict[str, Any]:
    """Seconds from kill -9 until a second live worker has started the same job."""
    times: list[float | None] = []
    for number in range(rounds):
        name = f"over-{number}"
        prepare(engine, url, [name], 100, 0.1)
        crew = Crew(engine, url)
        try:
            first = crew.hire(mode)
            wait_for(url, "SELECT count(*) FROM kill_steps", 5, 60)
            crew.hire(mode)
            time.sleep(4)
            crew.kill(first)
            times.append(wait_for(url, "SELECT count(DISTINCT pid) FROM kill_starts", 2, patience))
        finally:
            crew.dismiss()
    known = [seconds for seconds in times if seconds is not None]
    return {
        "rounds": rounds,
        "never": times.count(None),
        "median_s": round(statistics.median(known), 1) if known else None,
        "max_s": round(max(known), 1) if known else None,
    }


def frozen(engine: str, url: str, rounds: int) -> dict[str, Any]:
    """SIGSTOP beyond the lease, take-over, SIGCONT: how many jobs get their effect twice."""
    doubled = 0
    for number in range(rounds):
        prepare(engine, url, [f"frozen-{number}"], 80, 0.1)
        crew = Crew(engine, url)
        try:
            first = crew.hire()
            wait_for(url, "SELECT count(*) FROM kill_steps", 5, 60)
            crew.hire()
            time.sleep(4)
            first.send_signal(signal.SIGSTOP)
            wait_for(url, "SELECT count(DISTINCT pid) FROM kill_starts", 2, 60)
            first.send_signal(signal.SIGCONT)
            wait_for(url, "SELECT count(*) FROM kill_effects", 2, 20)
            doubled += ask(url, "SELECT count(*) FROM kill_effects") > 1
        finally:
            crew.dismiss()
    return {"rounds": rounds, "doubled_effects": doubled}


def idle(engine: str, url: str) -> dict[str, Any]:
    """Delay between a job being queued and its start, and what an idle worker costs."""
    prepare(engine, url, ["warm"], 1, 0.0)
    crew, delays = Crew(engine, url), []
    try:
        process = crew.hire()
        wait_for(url, "SELECT count(*) FROM kill_effects", 1, 60)
        for number in range(20):
            time.sleep(random.uniform(0.2, 0.6))
            name = f"delay-{number}"
            enqueue(engine, url, [name], 1, 0.0)
            begun = time.time()
            wait_for(url, "SELECT count(*) FROM kill_starts WHERE job = %s", 1, 30, name)
            delays.append(ask(url, "SELECT extract(epoch FROM at)::float FROM kill_starts WHERE job = %s", name) - begun)
        time.sleep(3)
        memory = psutil.Process(process.pid).memory_full_info()
        connections = ask(url, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    finally:
        crew.dismiss()
    return {
        "start_delay_ms_median": round(max(0.0, statistics.median(delays)) * 1000),
        "start_delay_ms_max": round(max(delays) * 1000),
        "worker_pss_mb": round(memory.pss / 2**20, 1),
        "connections": connections,
    }


def main() -> None:
    """Run the four parts and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", required=True, choices=("nova", "procrastinate", "dbos"))
    parser.add_argument("--database-url", required=True, help="a scratch database; it is emptied")
    parser.add_argument("--jobs", type=int, default=40)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--parts", default="random,takeover,shipped,frozen,idle")
    options = parser.parse_args()
    engine, url, parts = options.engine, options.database_url, options.parts.split(",")
    report: dict[str, Any] = {"engine": engine, "cores": os.cpu_count()}
    if "random" in parts:
        report["random_kills"] = random_kills(engine, url, options.jobs, options.kills, options.seed)
    if "takeover" in parts:
        report["take_over"] = take_over(engine, url, options.rounds, "work", 60)
    if "shipped" in parts:
        report["take_over_as_shipped"] = take_over(engine, url, 1, "shipped", 60)
    if "frozen" in parts:
        report["frozen"] = frozen(engine, url, options.rounds)
    if "idle" in parts:
        report["idle"] = idle(engine, url)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
