"""How long people wait for answers while hostile files come in without end, against the same minutes without them.

    python benchmarks/hostile.py [--seconds 40] [--rounds 2] [--rate 3] [--only NAME ...] [--json]

`nova up` with the samples in it, rate limits off. Questions are asked at a fixed rate by a process of its own; a latency counts from the
moment a question was due. Quiet and hostile phases take turns; in a hostile one the queue always holds files waiting to be read, so that
both children are at work all the time. The files are the costliest of `tests/hostile`, each time with other bytes at their end.
Bar: p95 with hostile files <= 1.5x p95 without. Exit code 5 when it is missed.
"""

import argparse
import itertools
import json
import multiprocessing
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
from served import nova

ROOT = Path(__file__).parents[1]
RATIO = 1.5
WAITING = 8
LOOK_S = 0.5
PAUSE_S = 6.0  # between phases, for jobs under way
CLIENTS = 4
FILES = (
    "pdf: the same bomb on each page", "pdf: forms that double", "pdf: pattern", "pdf: text without end", "pdf: pages", "pdf: lines",
    "picture: png of 900 million points", "picture: png of noise", "picture: tiff that follows itself", "xml: elements", "archive: quoted",
    "archive: zeros", "docx: paragraphs", "docx: label without end", "docx: lists", "xlsx: rows", "xlsx: rows that jump", "xlsx: cells",
    "pptx: shapes", "html: attributes", "html: headings", "html: items", "markdown: deeper and deeper", "markdown: items",
    "markdown: paragraphs of one letter", "markdown: one word of many parts", "text: lines of one letter", "text: definitions", "csv: rows",
    "bytes: comments before a long page", "bytes: utf-16", "markdown: one line without a full stop",
)  # fmt: skip
QUESTIONS = (
    "Wie lange ist die Kündigungsfrist in der Grundversorgung?",
    "Wann darf der Grundversorger die Versorgung unterbrechen?",
    "Wer trägt die Kosten des Netzanschlusses?",
    "Was muss auf der Rechnung über Fernwärme stehen?",
    "Wie wird der Verbrauch ermittelt, wenn der Zähler nicht abgelesen werden kann?",
    "Was ist ein Schnellladepunkt?",
    "Wie werden die Heizkosten auf die Nutzer verteilt?",
)


def ask(pipe: Connection, address: str, key: str, rate: float) -> None:
    """A process that asks for as many seconds as it is told and gives the latencies; ends when told None."""
    while (seconds := pipe.recv()) is not None:
        turn = Turn(address, key, rate, seconds)
        threads = [threading.Thread(target=turn.client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pipe.send(turn.latencies)


class Turn:
    """Questions that are due one after the other, shared by some clients."""

    def __init__(self, address: str, key: str, rate: float, seconds: float) -> None:
        self._address, self._key = address, key
        begun = time.perf_counter()
        self._due = iter([(begun + number / rate, QUESTIONS[number % len(QUESTIONS)]) for number in range(int(seconds * rate))])
        self._lock = threading.Lock()
        self.latencies: list[float] = []

    def client(self) -> None:
        """Ask what is due next until nothing is."""
        with httpx.Client(base_url=self._address, headers={"X-Admin-Key": self._key}, timeout=60) as http:
            while True:
                with self._lock:
                    at, question = next(self._due, (0.0, ""))
                if not question:
                    return
                time.sleep(max(0.0, at - time.perf_counter()))
                http.post("/api/v1/rag/ask", json={"question": question}).raise_for_status()
                self.latencies.append(time.perf_counter() - at)


class Stream:
    """Hostile files without end, while it is switched on: looks twice a second how many wait, as a page that shows jobs would."""

    def __init__(self, http: httpx.Client, files: dict[str, tuple[str, bytes]]) -> None:
        self._http, self._files = http, files
        self._on, self._ended = threading.Event(), threading.Event()
        self._order = itertools.cycle(files)
        self.sent: list[str] = []
        self.answers: Counter[int] = Counter()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def switch(self, on: bool) -> None:
        """Begin to send, or stop."""
        (self._on.set if on else self._on.clear)()

    def close(self) -> None:
        """Stop for good."""
        self._ended.set()
        self._on.set()
        self._thread.join()

    def under_way(self) -> int:
        """How many jobs wait or run."""
        jobs = self._http.get("/api/v1/jobs", params={"limit": 2 * WAITING}).json()["data"]["jobs"]
        return sum(job["state"] in ("queued", "running") for job in jobs)

    def _run(self) -> None:
        while self._on.wait() and not self._ended.is_set():
            for _ in range(WAITING - self.under_way()):
                self._send(next(self._order))
            self._ended.wait(LOOK_S)

    def _send(self, name: str) -> None:
        filename, data = self._files[name]
        number = len(self.sent)
        self.sent.append(name)
        body = data + b"\n%d\n" % number
        reply = self._http.post("/api/v1/ingest/doc", files={"file": (filename, body)}, data={"wait": "0"})
        self.answers[reply.status_code] += 1


def made(names: tuple[str, ...]) -> dict[str, tuple[str, bytes]]:
    """The hostile files' names and bytes, made by other processes."""
    code = "import sys; from tests.hostile.make import files; print(files()[sys.argv[1]][0])"
    found = {}
    for name in names:
        filename = subprocess.run(
            [sys.executable, "-c", code, name], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        data = subprocess.run([sys.executable, "-m", "tests.hostile.make", name], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        found[name] = (filename, data)
    return found


def p95(values: list[float]) -> float:
    """The 95th of a hundred, in milliseconds."""
    return sorted(values)[int(len(values) * 0.95)] * 1000


def measure(given: argparse.Namespace, address: str, key: str, files: dict[str, tuple[str, bytes]]) -> dict[str, object]:
    """Take turns and count."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    asker = multiprocessing.get_context("spawn").Process(target=ask, args=(there, address, key, given.rate), daemon=True)
    asker.start()
    times: dict[bool, list[float]] = {False: [], True: []}
    with httpx.Client(base_url=address, headers={"X-Admin-Key": key}, timeout=120) as http:
        stream = Stream(http, files)
        here.send(8.0)  # warm up
        here.recv()
        for hostile in (False, True) * given.rounds:
            stream.switch(hostile)
            if hostile:
                time.sleep(PAUSE_S)
            here.send(given.seconds)
            times[hostile] += here.recv()
            stream.switch(False)
            while stream.under_way():
                time.sleep(LOOK_S)
        here.send(None)
        stream.close()
        jobs = http.get("/api/v1/jobs", params={"limit": 200}).json()["data"]["jobs"]
    return {
        "questions": {"quiet": len(times[False]), "hostile": len(times[True])},
        "p50_ms": {
            "quiet": sorted(times[False])[len(times[False]) // 2] * 1000,
            "hostile": sorted(times[True])[len(times[True]) // 2] * 1000,
        },
        "p95_ms": {"quiet": p95(times[False]), "hostile": p95(times[True])},
        "ratio": p95(times[True]) / p95(times[False]),
        "sent": len(stream.sent),
        "answers to uploads": dict(stream.answers),
        "jobs": dict(Counter(job["state"] for job in jobs)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3)
    parser.add_argument("--only", nargs="+", choices=FILES, default=FILES, metavar="NAME", help="these files of tests/hostile")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    files = made(tuple(given.only))
    with tempfile.TemporaryDirectory(prefix="nova-bench-") as folder, nova(Path(folder), NOVA_RATE_LIMITS="off") as (host, port, key):
        figures = measure(given, f"http://{host}:{port}", key, files)
    print(json.dumps(figures, ensure_ascii=False) if given.json else "\n".join(f"{name:22} {value}" for name, value in figures.items()))
    return 0 if float(str(figures["ratio"])) <= RATIO else 5


if __name__ == "__main__":
    sys.exit(main())
