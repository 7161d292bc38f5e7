"""What a new user waits for: a bare clone and an empty cache to the printed cited answer, the second start, and the idle memory.

    python benchmarks/start.py [--idle 35] [--port 8190] [--json]

The checkout is cloned (its last commit), `make up` runs there with an empty data folder and without pip's cache (packages come over the
network), then again with everything in place. Memory is the PSS of all processes after `--idle` quiet seconds.
"""

import argparse
import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SERVES = "Nova läuft: "
ANSWER = "Quellen"


def up(clone: Path, data: Path, port: int) -> tuple["subprocess.Popen[str]", float, bool]:
    """`make up` until it says where it serves: the process, the seconds, and whether a cited answer was printed."""
    environment = {**os.environ, "NOVA_DATA": str(data), "PORT": str(port), "PIP_NO_CACHE_DIR": "1"}
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "up"], cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    cited = False
    assert process.stdout is not None
    for line in process.stdout:
        cited = cited or line.startswith(ANSWER)
        if line.startswith(SERVES):
            return process, time.monotonic() - began, cited
    raise SystemExit("Nova did not start")


def stop(process: "subprocess.Popen[str]") -> float:
    """Ctrl-C: seconds until everything has ended."""
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(60)
    return time.monotonic() - began


def idle_pss(process: "subprocess.Popen[str]", data: Path) -> float:
    """MB of proportional set size of everything this start began."""
    parents: dict[int, int] = {}
    mine = {process.pid}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if str(data) in (entry / "cmdline").read_text(errors="replace") or str((entry / "cwd").readlink()).startswith(str(data)):
                mine.add(int(entry.name))
        except (OSError, IndexError):
            continue
    while more := {child for child, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(_pss(pid) for pid in mine) / 1024


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=float, default=35)
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-start-") as folder:
        clone, data = Path(folder) / "nova", Path(folder) / "data"
        subprocess.run(["git", "clone", "--quiet", str(HERE), str(clone)], check=True)
        process, first, cited = up(clone, data, given.port)
        time.sleep(given.idle)
        memory = idle_pss(process, data)
        stopped = stop(process)
        process, second, again = up(clone, data, given.port)
        stop(process)
    figures = {"first_s": first, "cited_answer": cited, "idle_pss_mb": memory, "stop_s": stopped, "second_s": second, "loaded_again": again}
    print(json.dumps(figures) if given.json else "\n".join(f"{name:14} {value:.1f}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
