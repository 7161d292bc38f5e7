"""What a snapshot costs and how long a restore takes, with the index in it and without.

    python benchmarks/snapshots.py FOLDER_WITH_DOCUMENTS [--copies 1] [--folder TEMPORARY] [--json]

Every document is taken in (`--copies` times, each copy with a line of its own), then snapshots are made while one person asks on; each is
restored into an empty folder and examined. Sizes in MB, times in seconds, questions in ms.
"""

import argparse
import io
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nova.flows.index_level import catch_up
from nova.flows.snapshots.kept import Kept
from nova.flows.snapshots.making import Wish
from nova.jobs.desk import open_worker
from nova.jobs.snapshots.restore import restore
from nova.knowledge.intake import Labels, receive_file
from nova.logs import configure_logs
from nova.records import Caller
from nova.settings import Settings
from nova.wiring import Nova, archive, open_nova
from nova.wiring.snapshots import maker_of, probes_of

PAIR = archive.new_pair()
WISHES = {"plain": Wish(), "encrypted": Wish(recipient=PAIR.recipient), "with index": Wish(index=True)}


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


@contextmanager
def working(data: Path) -> Iterator[Nova]:
    with open_nova(Settings(NOVA_DATA=data, NOVA_SNAPSHOT_EVERY=0)) as nova:
        worker = open_worker(nova)
        worker.start()
        catch_up(nova.index_room, nova.jobs)
        yield nova
        worker.stop()


def take_in(nova: Nova, corpus: Path, copies: int) -> None:
    for copy in range(copies):
        for path in sorted(one for one in corpus.rglob("*") if one.is_file()):
            tail = f"\n\nAbschrift {copy}\n".encode() if copy else b""
            receive_file(nova.intake, Caller("admin"), io.BytesIO(path.read_bytes() + tail), f"{copy}-{path.name}", Labels())
    while nova.jobs.list(states=("queued", "running")):
        time.sleep(0.2)
    nova.index.settle()


class Asking:
    """One person who asks on; how long each answer took, in ms."""

    def __init__(self, nova: Nova, questions: list[str]) -> None:
        self.times: list[float] = []
        self._nova, self._questions = nova, questions
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            for question in self._questions:
                began = time.perf_counter()
                probes_of(self._nova).ask([question])
                self.times.append(1000 * (time.perf_counter() - began))

    def stop(self) -> float:
        """The 95th percentile."""
        self._stop.set()
        self._thread.join()
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else self.times[0]


def measure(corpus: Path, copies: int, folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = {}
    with working(folder / "data") as nova:
        take_in(nova, corpus, copies)
        questions = probes_of(nova).questions()
        asking = Asking(nova, questions)
        time.sleep(5)
        report["documents"], report["points"], report["p95 alone"] = (
            sum(1 for _ in nova.objects.keys("docs/raw")),
            nova.index.count(),
            asking.stop(),
        )
        for name, wish in WISHES.items():
            asking, began = Asking(nova, questions), time.monotonic()
            made = maker_of(nova).take(wish, silent)
            report[name] = {"seconds": time.monotonic() - began, "p95": asking.stop(), "MB": made.bytes / 1e6, "file": made.file}
    key = archive.Key(identity=PAIR.identity)
    for name in WISHES:
        target = folder / name.replace(" ", "-")
        source = Kept(folder / "data").folder / report[name].pop("file")
        done = restore(source, key, Settings(NOVA_DATA=target), silent)
        report[name] |= {"restored in": done.seconds, "problems": len(done.findings.problems)}
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    configure_logs(level="error", text=True, scrub=lambda text: text)
    with tempfile.TemporaryDirectory(prefix="nova-", dir=options.folder) as folder:
        report = measure(options.corpus, options.copies, Path(folder))
    if options.json:
        print(json.dumps(report, indent=1))
        return
    print(f"{report['documents']} files, {report['points']} passages; a question alone: p95 {report['p95 alone']:.0f} ms")
    for name in WISHES:
        row = report[name]
        print(
            f"{name:12} {row['MB']:8.1f} MB in {row['seconds']:6.1f} s (questions meanwhile: p95 {row['p95']:.0f} ms); "
            f"restored in {row['restored in']:6.1f} s, {row['problems']} problems"
        )


if __name__ == "__main__":
    main()
