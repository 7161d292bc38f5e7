"""A mixed load at a fixed, moderate rate, for as long as told: does Nova grow, leak or slow down?

    python benchmarks/soak.py [--minutes 20] [--warm-up 60] [--heap] [--json FILE]

The load runs in a process of its own: questions (some streamed, some abandoned), events, uploads with as many deletes, tag changes,
lists, health, and readers of the live stream that come and go. Every ten seconds the memory (PSS) of all of Nova's processes is noted,
and the open descriptors and threads of the one that serves. Latencies count from the moment a request was due. `--heap` prints what
Python's memory grew by.
Bars: memory slope < 1 MiB/min after the first quarter, descriptors and threads flat, p95 of the last quarter <= 1.2x the first.
Exit code 5 when one is missed, 1 when a request failed.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

SAMPLE_SECONDS, SLOPE_MIB, RATIO = 10.0, 1.0, 1.2
FLAT = 3.0  # descriptors or threads more on average in the last quarter than in the second
LEAST_SAMPLES = 250  # requests of a kind in a quarter before its p95 is held to the bar: a p95 of fewer is chance
KEPT, PROVISIONS = 24, 20
HURRY = 4  # so many times the rate during the warm-up, which fills caches and the database's buffers
PEOPLE, WATCHERS = 4, 3
# A second, on average: what two cores do comfortably beside their own measuring.
RATES = {
    "ask": 1.5, "stream": 0.5, "events": 2.0, "feedback": 0.5, "list": 1.0, "health": 0.5, "overview": 0.5,
    "upload": 0.1, "tag": 0.05, "leave": 0.05,
}  # fmt: skip
QUESTIONS = (
    "Wie lange ist die Kündigungsfrist in der Grundversorgung?",
    "Wann darf der Grundversorger die Versorgung unterbrechen?",
    "Wer trägt die Kosten des Netzanschlusses?",
    "Wie wird der Verbrauch ermittelt, wenn der Zähler nicht abgelesen werden kann?",
    "Wann ist ein Messstellenbetreiber zum Einbau eines Smart-Meter-Gateways verpflichtet?",
    "Gibt es einen Anspruch auf Entschädigung bei Mondfinsternis?",
)
# `nova` with a signal from which on it notes its heap, and that prints what it grew by since.
HEAP = """
import gc, signal, sys, tracemalloc
from nova.__main__ import main
before = []
def told(number, frame):
    gc.collect()
    if not tracemalloc.is_tracing():
        tracemalloc.start(6)
    now = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, tracemalloc.__file__)])
    if before:
        for line in now.compare_to(before[0], "traceback")[:12]:
            print(line, *line.traceback.format(), sep="\\n", file=sys.stderr, flush=True)
    before[:] = [now]
signal.signal(signal.SIGUSR1, told)
sys.exit(main())
"""


@dataclass(frozen=True, slots=True)
class Note:
    """One request: its kind, when it was due (s since the warm-up), seconds until its end, and the status (0: no answer)."""

    kind: str
    due: float
    seconds: float
    status: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Nova at one moment: seconds since the warm-up, MiB of PSS by part; descriptors and threads of the serving process."""

    at: float
    mib: Mapping[str, float]
    descriptors: int
    threads: int
    processes: int


class Load:
    """What people and programs do, each kind in a thread of its own at its own rate."""

    def __init__(self, address: str, key: str, warm_up: float, seconds: float) -> None:
        self._client = httpx.Client(base_url=address, headers={"X-Admin-Key": key}, timeout=60, limits=httpx.Limits(max_connections=64))
        self._began = time.monotonic() + warm_up
        self._until = self._began + seconds
        self.notes: list[Note] = []
        self.failures: list[str] = []
        self._kept: list[str] = []
        self._uploads = 0
        for number in range(PEOPLE):
            self._client.post("/api/v1/admin/keys", json={"user": f"person-{number}"}).raise_for_status()
        starters = self._client.get("/api/v1/rag/starters").json()["data"]["questions"]
        self._questions = [*QUESTIONS, *map(str, starters)]

    def run(self) -> None:
        """All kinds until the time is up."""
        acts: dict[str, Callable[[], httpx.Response | None]] = {
            "ask": lambda: self._client.post("/api/v1/rag/ask", json=self._question()),
            "stream": self._stream,
            "leave": self._leave,
            "events": self._events,
            "feedback": self._feedback,
            "list": lambda: self._client.get(f"/api/v1/admin/items?limit=50&offset={random.randrange(20)}"),
            "health": lambda: self._client.get("/api/v1/admin/health"),
            "overview": lambda: self._client.get("/api/v1/metrics/overview"),
            "upload": self._upload,
            "tag": self._tag,
        }
        threads = [threading.Thread(target=self._beat, args=(kind, acts[kind])) for kind in RATES]
        threads += [threading.Thread(target=self._watch) for _ in range(WATCHERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._client.close()

    def _beat(self, kind: str, act: Callable[[], httpx.Response | None]) -> None:
        due = time.monotonic() + random.uniform(0, 1 / RATES[kind])
        while due < self._until:
            time.sleep(max(0.0, due - time.monotonic()))
            self._noted(kind, due, act)
            due += random.uniform(0.2, 1.8) / RATES[kind] / (HURRY if due < self._began else 1)

    def _noted(self, kind: str, due: float, act: Callable[[], httpx.Response | None]) -> None:
        status, said = 0, ""
        try:
            answer = act()
            if answer is None:
                return
            status, said = answer.status_code, answer.text if answer.status_code >= 400 else ""
        except httpx.HTTPError as error:
            said = repr(error)
        if not 200 <= status < 300:
            self.failures.append(f"{kind} at {due - self._began:.0f} s: {status} {said[:200]}")
        self.notes.append(Note(kind, due - self._began, time.monotonic() - due, status))

    def _question(self) -> dict[str, Any]:
        return {"question": random.choice(self._questions)}

    def _stream(self) -> httpx.Response:
        with self._client.stream("POST", "/api/v1/rag/ask", json=self._question() | {"stream": True}) as answer:
            answer.read()
        return answer

    def _leave(self) -> None:
        """Ask, and go before the answer is there."""
        with self._client.stream("POST", "/api/v1/rag/ask", json=self._question() | {"stream": True}) as answer:
            next(answer.iter_bytes(), b"")

    def _events(self) -> httpx.Response:
        who = f"person-{random.randrange(PEOPLE)}"
        events = [{"event_id": str(uuid4()), "user_id": who, "type": "view", "dwell_ms": 100, "meta": {"n": n}} for n in range(10)]
        return self._client.post("/api/v1/events/batch", json={"events": events})

    def _feedback(self) -> httpx.Response:
        body = {"question": random.choice(self._questions), "answer": "Zwei Wochen.", "useful": True, "user_id": f"person-{1}"}
        return self._client.post("/api/v1/feedback/rag", json=body)

    def _upload(self) -> httpx.Response:
        self._uploads += 1
        sent = {"file": (f"dauerlauf-{self._uploads}.md", document(self._uploads))}
        answer = self._client.post("/api/v1/ingest/doc", files=sent, data={"wait": "30"})
        if answer.status_code == 201:
            self._kept.append(answer.json()["data"]["item_id"])
        if len(self._kept) > KEPT:
            self._noted("delete", time.monotonic(), lambda: self._client.delete(f"/api/v1/admin/item/{self._kept.pop(0)}"))
        return answer

    def _tag(self) -> httpx.Response | None:
        if not self._kept:
            return None
        return self._client.patch(f"/api/v1/admin/items/{self._kept[-1]}", json={"tags": [f"marke-{random.randrange(5)}"]})

    def _watch(self) -> None:
        """Read the live stream for a while, hang up, come again."""
        while (now := time.monotonic()) < self._until:
            until = min(self._until, now + random.uniform(5, 25))
            with suppress(httpx.HTTPError), self._client.stream("GET", "/api/v1/stream/live", timeout=20) as answer:
                for _ in answer.iter_bytes():
                    if time.monotonic() > until:
                        break


def document(number: int) -> bytes:
    """A small made-up regulation of which every passage is its own."""
    provisions = "\n".join(
        f"## § {n} Prüfstelle {number}-{n}\n\n(1) Die Prüfstelle {number}-{n} hat alle {n + 1} Jahre zu berichten und das Ergebnis binnen "
        f"{n + 2} Wochen der Behörde {number} mitzuteilen.\n"
        for n in range(1, PROVISIONS + 1)
    )
    return f"# Verordnung über Prüfstellen Nummer {number}\n\n{provisions}".encode()


def loaded(pipe: Connection, address: str, key: str, warm_up: float, seconds: float) -> None:
    """The load's process."""
    (load := Load(address, key, warm_up, seconds)).run()
    pipe.send((load.notes, load.failures))


def family(pid: int) -> set[int]:
    """A process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def sample(server: int, began: float) -> Sample:
    """All of Nova's processes now."""
    mib: dict[str, float] = {"nova": 0.0, "children": 0.0, "postgres": 0.0, "buffers": 0.0}
    descriptors = threads = processes = 0
    for pid in family(server):
        place = Path(f"/proc/{pid}")
        try:
            words = (place / "cmdline").read_bytes()
            rollup = dict(line.split(":") for line in (place / "smaps_rollup").read_text().splitlines()[1:])
            open_now, threads_now = len(list((place / "fd").iterdir())), len(list((place / "task").iterdir()))
        except OSError:
            continue
        part = "nova" if pid == server else "postgres" if b"postgres" in words else "children"
        buffers = int(rollup["Pss_Shmem"].split()[0]) / 1024 if part == "postgres" else 0.0
        mib[part] += int(rollup["Pss"].split()[0]) / 1024 - buffers
        mib["buffers"] += buffers
        if pid == server:
            descriptors, threads = open_now, threads_now
        processes += 1
    return Sample(time.monotonic() - began, mib, descriptors, threads, processes)


def slope(samples: Sequence[Sample], part: str | None = None) -> float:
    """MiB a minute by least squares, of one part or of all."""
    if len(samples) < 2:
        return 0.0
    values = [one.mib[part] if part else sum(one.mib.values()) for one in samples]
    return statistics.linear_regression([one.at / 60 for one in samples], values).slope


def p95(notes: Sequence[Note]) -> float:
    """Milliseconds."""
    times = sorted(note.seconds * 1000 for note in notes)
    return times[min(len(times) - 1, int(len(times) * 0.95))] if times else 0.0


def quarters(notes: Sequence[Note], seconds: float) -> list[list[Note]]:
    return [[note for note in notes if seconds * n / 4 <= note.due < seconds * (n + 1) / 4] for n in range(4)]


def total(one: Sample) -> float:
    return sum(one.mib.values())


def mean(samples: Sequence[Sample], name: str) -> float:
    return statistics.fmean(getattr(one, name) for one in samples)


def figures(samples: Sequence[Sample], notes: Sequence[Note], seconds: float) -> dict[str, Any]:
    """What was measured, without a verdict."""
    settled = [one for one in samples if one.at >= seconds / 4]
    second, last = settled[: max(1, len(settled) // 3)], settled[-max(1, len(settled) // 3) :]
    kinds = {}
    for kind in sorted({note.kind for note in notes}):
        parts = quarters([note for note in notes if note.kind == kind], seconds)
        first_p95, last_p95 = p95(parts[0]), p95(parts[3])
        kinds[kind] = {
            "requests": sum(map(len, parts)),
            "p95_ms": [round(p95(part), 1) for part in parts],
            "ratio": round(last_p95 / first_p95, 2) if first_p95 else None,
            "held": min(len(parts[0]), len(parts[3])) >= LEAST_SAMPLES,
        }
    return {
        "seconds": round(seconds),
        "requests": len(notes),
        "memory_mib": {"begin": total(settled[0]), "end": total(settled[-1]), "most": max(map(total, samples))},
        "slope_mib_per_min": {"all": slope(settled), **{part: slope(settled, part) for part in samples[0].mib}},
        "descriptors": {"second_quarter": mean(second, "descriptors"), "last_quarter": mean(last, "descriptors")},
        "threads": {"second_quarter": mean(second, "threads"), "last_quarter": mean(last, "threads")},
        "p95_all_ms": [round(p95(part), 1) for part in quarters(notes, seconds)],
        "kinds": kinds,
    }


def misses(found: Mapping[str, Any], failures: Sequence[str]) -> list[str]:
    """The bars that were not held, in words."""
    wrong = [f"{len(failures)} requests failed, the first: {failures[0]}"] if failures else []
    if (grown := found["slope_mib_per_min"]["all"]) >= SLOPE_MIB:
        wrong.append(f"memory grows by {grown:.2f} MiB/min (bar: < {SLOPE_MIB})")
    for name in ("descriptors", "threads"):
        more = found[name]["last_quarter"] - found[name]["second_quarter"]
        if more > FLAT:
            wrong.append(f"{name} grow by {more:.1f} (bar: <= {FLAT})")
    for kind, one in found["kinds"].items():
        if one["held"] and one["ratio"] is not None and one["ratio"] > RATIO:
            wrong.append(f"p95 of {kind} in the last quarter is {one['ratio']}x the first (bar: <= {RATIO})")
    return wrong


def told(found: Mapping[str, Any], wrong: Sequence[str]) -> Iterator[str]:
    """The summary for people."""
    memory, slopes = found["memory_mib"], found["slope_mib_per_min"]
    yield f"{found['requests']} requests in {found['seconds']} s"
    yield f"memory       {memory['begin']:.0f} -> {memory['end']:.0f} MiB, at most {memory['most']:.0f}"
    yield "slope        " + ", ".join(f"{part} {value:+.2f}" for part, value in slopes.items()) + " MiB/min"
    for name in ("descriptors", "threads"):
        yield f"{name:12} {found[name]['second_quarter']:.1f} -> {found[name]['last_quarter']:.1f}"
    for kind, one in found["kinds"].items():
        values = "  ".join(f"{value:8.1f}" for value in one["p95_ms"])
        yield f"p95 {kind:9}{values} ms   x{one['ratio']}   ({one['requests']}{'' if one['held'] else ', too few for the bar'})"
    yield from (f"MISSED: {line}" for line in wrong)
    yield "" if wrong else "All bars held."


@contextmanager
def nova(folder: Path, *, heap: bool) -> Iterator[tuple["subprocess.Popen[bytes]", str, str]]:
    """A served Nova with the samples in it: its process, address and key."""
    data = folder / "data"
    program = ["-c", HEAP] if heap else ["-m", "nova"]
    environment = {**os.environ, "NOVA_DATA": str(data), "NOVA_RATE_LIMITS": "off"}
    with (folder / "nova.log").open("wb") as log:
        server = subprocess.Popen([sys.executable, *program, "up", "--port", "0"], env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        address = ""
        until = time.monotonic() + 120
        while not address and server.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
            lines = (folder / "nova.log").read_text(errors="replace").splitlines()
            address = next((line.split()[-1] for line in lines if line.startswith("Nova läuft: ")), "")
        if not address:
            raise SystemExit("Nova did not start:\n" + (folder / "nova.log").read_text(errors="replace")[-2000:])
        yield server, address, (data / "secrets" / "admin.key").read_text().strip()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def measured(folder: Path, seconds: float, warm_up: float, *, heap: bool) -> tuple[list[Sample], list[Note], list[str]]:
    """The samples and the requests after the warm-up; what failed in all of it."""
    here, there = multiprocessing.Pipe(duplex=False)
    with nova(folder, heap=heap) as (server, address, key):
        load = multiprocessing.get_context("spawn").Process(target=loaded, args=(there, address, key, warm_up, seconds))
        load.start()
        began = time.monotonic() + warm_up
        marks = [began + seconds / 4, began + seconds] if heap else []
        samples: list[Sample] = []
        while not here.poll(max(0.1, SAMPLE_SECONDS - (time.monotonic() - began) % SAMPLE_SECONDS)):
            if not load.is_alive() and not here.poll(1):
                raise SystemExit("the load ended early")
            samples.append(sample(server.pid, began))
            if marks and time.monotonic() >= marks[0]:
                server.send_signal(signal.SIGUSR1)
                marks.pop(0)
        notes, failures = here.recv()
        load.join()
        if marks:
            server.send_signal(signal.SIGUSR1)
            time.sleep(5)
    return [one for one in samples if 0 <= one.at <= seconds], [note for note in notes if note.due >= 0], failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--warm-up", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--heap", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-soak-") as folder:
        samples, notes, failures = measured(Path(folder), given.minutes * 60, given.warm_up, heap=given.heap)
        if given.heap:
            print((Path(folder) / "nova.log").read_text(errors="replace"))
    found = figures(samples, notes, given.minutes * 60)
    wrong = misses(found, failures)
    print("\n".join(told(found, wrong)))
    if given.json:
        series = [asdict(one) for one in samples]
        given.json.write_text(json.dumps({**found, "missed": wrong, "failures": failures, "samples": series}, indent=1), "utf-8")
    return (1 if failures else 5) if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
