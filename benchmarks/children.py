"""What reading each file in a confined child of its own costs, in processor time, which tells the same on a busy machine.

    python benchmarks/children.py [--times 15] [--json]

Milliseconds, medians. "start" is a child that does nothing else, "confinement" the share of it that closes files, network and processes.
"first" is a file in a new child, as Nova reads it, start included; "again" the same file once more in that child, which is what reading
would cost if files shared children.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from nova.engines.extract.sandbox.runner import Children, ResourceUsage
from nova.engines.texts.builtin import BuiltinTexts

SAMPLES = Path(__file__).parents[1] / "docs" / "samples"
FILES = ("sample.md", "sample.pdf", "sample.docx")
INSIDE = """
import time
from nova.engines.extract.sandbox.confine import confine
begun = time.process_time()
confine(2**30, [])
print(time.process_time() - begun)
"""


def confinement() -> float:
    """Seconds of processor time to put it in force."""
    done = subprocess.run([sys.executable, "-c", INSIDE], stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def child(file: Path | None, times: int = 1) -> float:
    """Seconds of processor time in the life of a child that reads a file so many times (None: only starts)."""
    ends: list[ResourceUsage] = []
    children = Children(size=1, on_end=ends.append)
    texts = BuiltinTexts(children)
    if file is None:
        children.run("nova.engines.extract.sandbox.confine:report_task", {})
    else:
        data = file.read_bytes()
        for _ in range(times):
            texts.extract(data, texts.sniff(data, file.name), file.name)
    texts.close()
    return sum(one.cpu_s for one in ends)


def measure(times: int) -> dict[str, float]:
    """Medians by name, in milliseconds."""
    found: dict[str, list[float]] = {}
    for _ in range(times):
        found.setdefault("confinement", []).append(confinement())
        found.setdefault("start", []).append(child(None))
        for name in FILES:
            once, twice = child(SAMPLES / name), child(SAMPLES / name, 6)
            found.setdefault(f"{name}, first", []).append(once)
            found.setdefault(f"{name}, again", []).append(max(0.0, (twice - once) / 5))
    return {name: round(statistics.median(values) * 1000, 1) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measure(given.times)
    print(json.dumps(figures) if given.json else "\n".join(f"{name:20} {value:8.1f} ms" for name, value in figures.items()))


if __name__ == "__main__":
    main()
