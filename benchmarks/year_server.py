"""The year chart of a 1-minute meter as a page asks for it: milliseconds from the request to the last byte, over HTTP.

    python benchmarks/year_server.py [--meters 3] [--times 200] [--rest 20] [--port 8192] [--json]

`nova up` in a folder of its own, its simulator a year back; then one request after the other for the year of the first home. The simulator
is stopped, jobs have ended and PostgreSQL had `--rest` seconds to tidy up before anything is measured. The resident memory is the serving
process's, before it simulated and after.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil

BAR_MS, DAYS, LONGEST_S = 50.0, 366, 900.0
METER = "sim-home-001"


def up(data: Path, port: int) -> "subprocess.Popen[str]":
    """`nova up` without samples, once it serves."""
    command = [sys.executable, "-m", "nova", "up", "--no-seed", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "NOVA_DATA": str(data)}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Nova läuft: "):
            return process
    raise SystemExit("Nova did not start")


def simulated(nova: httpx.Client, meters: int) -> float:
    """Seconds that the simulator took to the present."""
    began = time.monotonic()
    body = {"action": "start", "meters": meters, "days": DAYS, "seed": 1}
    nova.post("/sim/run", json=body).raise_for_status()
    while (nova.get("/sim").json()["data"]["until"] or 0) < time.time() - 300:
        if time.monotonic() - began > LONGEST_S:
            raise SystemExit("the simulator takes too long")
        time.sleep(1)
    nova.post("/sim/run", json={"action": "stop"}).raise_for_status()
    took = time.monotonic() - began
    while any(job["state"] in ("queued", "running") for job in nova.get("/jobs").json()["data"]["jobs"]):
        if time.monotonic() - began > LONGEST_S:
            raise SystemExit("jobs take too long")
        time.sleep(1)
    return took


def asked(nova: httpx.Client, times: int) -> tuple[list[float], dict[str, Any]]:
    """Milliseconds of each request, and the last answer."""
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    query = {"meter_id": METER, "from": (end - timedelta(days=365)).isoformat(), "to": end.isoformat()}
    took, said = [], {}
    for _ in range(times + 5):
        began = time.perf_counter()
        answer = nova.get("/data/smartmeter", params=query)
        took.append((time.perf_counter() - began) * 1000)
        said = answer.raise_for_status().json()["data"]
    return took[5:], said


def measured(given: argparse.Namespace, data: Path) -> dict[str, float]:
    """The figures of one start."""
    process = up(data, given.port)
    try:
        key = (data / "secrets" / "admin.key").read_text("utf-8").strip()
        with httpx.Client(base_url=f"http://127.0.0.1:{given.port}/api/v1", headers={"X-Admin-Key": key}, timeout=60) as nova:
            before = psutil.Process(process.pid).memory_info().rss / 1e6
            seconds = simulated(nova, given.meters)
            after = psutil.Process(process.pid).memory_info().rss / 1e6
            time.sleep(given.rest)
            took, said = asked(nova, given.times)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
    peak = max(value for value in said["columns"]["max"] if value is not None)
    cuts = statistics.quantiles(took, n=20)
    return {
        "simulate_s": seconds,
        "points": len(said["columns"]["ts"]),
        "peak_present": float(peak == said["peak"]["value"]),
        "p50_ms": statistics.median(took),
        "p95_ms": cuts[18],
        "rss_mb_before": before,
        "rss_mb_after": after,
    }


def main() -> None:
    """Print the figures; 1 when the bar is missed."""
    asked_for = argparse.ArgumentParser(description=__doc__)
    for name, value in (("--meters", 3), ("--times", 200), ("--rest", 20), ("--port", 8192)):
        asked_for.add_argument(name, type=int, default=value)
    asked_for.add_argument("--json", action="store_true")
    given = asked_for.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(given, Path(folder) / "data")
    if given.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:16}{value:10.1f}" for name, value in found.items()))
    sys.exit(found["p95_ms"] > BAR_MS)


if __name__ == "__main__":
    main()
