"""Questions per second of a served Nova without a model: 8 clients, connections kept alive, rate limits off, citations checked.

    python benchmarks/ask.py CORPUS QUESTIONS.jsonl [--passages 10000] [--clients 8] [--seconds 20] [--json]

The corpus is ingested as it is, then in copies that differ in every passage, until at least `--passages` are held. Clients run in one
process of their own on the same machine and share its cores with Nova.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

SETTLE_S = 130.0  # the index packs what is new at most every two minutes
WARM_UP_S = 6.0
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{7,}")


def copies(files: list[Path], number: int, folder: Path) -> list[Path]:
    """The corpus again with every seventh long word changed, so that no passage is a duplicate."""
    made = []
    for file in files:
        count = 0

        def change(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return match.group() + ("chen" if number % 2 else "lein") * number if count % 7 == 0 else match.group()

        path = folder / f"kopie-{number}-{file.name}"
        path.write_text(WORD.sub(change, file.read_text("utf-8")), "utf-8")
        made.append(path)
    return made


def client(address: str, key: str, questions: list[str], seconds: float, offset: int, out: list[tuple[float, bool]]) -> None:
    """Ask one question after the other; notes (seconds, cited or refused as it should)."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port)
    until = time.perf_counter() + seconds
    at = offset
    while time.perf_counter() < until:
        body = json.dumps({"question": questions[at % len(questions)]})
        at += 1
        began = time.perf_counter()
        connection.request("POST", "/api/v1/rag/ask", body, {"X-Admin-Key": key, "Content-Type": "application/json"})
        reply = connection.getresponse()
        data = json.loads(reply.read())
        took = time.perf_counter() - began
        answer = data.get("data") or {}
        out.append((took, reply.status == 200 and (answer.get("status") == "refused" or bool(answer.get("citations")))))
    connection.close()


def load(address: str, key: str, questions: list[str], clients: int, seconds: float) -> tuple[list[tuple[float, bool]], float]:
    """All clients at once in threads of this process; gives their notes and the seconds it took."""
    notes: list[tuple[float, bool]] = []
    threads = [threading.Thread(target=client, args=(address, key, questions, seconds, n * 7, notes)) for n in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return notes, time.perf_counter() - began


def worker(pipe: object, address: str, key: str, questions: list[str], clients: int, seconds: float) -> None:
    """The clients' process."""
    pipe.send(load(address, key, questions, clients, seconds))  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    questions = [json.loads(line)["question"] for line in given.questions.read_text("utf-8").splitlines() if line.strip()]
    files = sorted(file for file in given.corpus.glob("*.md") if file.name != "README.md")
    with tempfile.TemporaryDirectory(prefix="nova-bench-") as folder:
        data = Path(folder) / "data"
        environment = {**os.environ, "NOVA_DATA": str(data), "NOVA_RATE_LIMITS": "off", "NOVA_ASK_QUEUE": "64"}
        nova = [str(Path(sys.executable).with_name("nova")), "up", "--port", "0", "--no-seed"]
        with (Path(folder) / "nova.log").open("w") as log:
            server = subprocess.Popen(nova, env=environment, stdout=log, stderr=log)
        try:
            address, key = _ready(data)
            passages = _fill(address, key, files, given.passages, Path(folder))
            time.sleep(SETTLE_S)
            load(address, key, questions, 2, WARM_UP_S)
            here, there = multiprocessing.Pipe(duplex=False)
            clients = multiprocessing.Process(target=worker, args=(there, address, key, questions, given.clients, given.seconds))
            clients.start()
            notes, took = here.recv()
            clients.join()
        finally:
            server.terminate()
            server.wait(30)
            log.close()
    times = sorted(seconds * 1000 for seconds, _ in notes)
    figures = {
        "passages": passages,
        "clients": given.clients,
        "asks": len(times),
        "per_second": len(times) / took,
        "wrong": sum(1 for _, right in notes if not right),
        "p50_ms": statistics.median(times),
        "p95_ms": times[int(len(times) * 0.95)],
        "max_ms": times[-1],
    }
    print(json.dumps(figures) if given.json else "\n".join(f"{name:12} {value:,.1f}" for name, value in figures.items()))


def _ready(data: Path, patience: float = 60) -> tuple[str, str]:
    until = time.monotonic() + patience
    state, key = data / "run" / "serve.json", data / "secrets" / "admin.key"
    while time.monotonic() < until:
        if state.exists() and key.exists():
            serves = json.loads(state.read_text())
            return f"http://{serves['host']}:{serves['port']}", key.read_text().strip()
        time.sleep(0.1)
    raise SystemExit("Nova did not start")


def _fill(address: str, key: str, files: list[Path], wanted: int, folder: Path) -> int:
    """Ingest the corpus and copies of it until enough passages are held."""
    number = 0
    batch = files
    while True:
        subprocess.run(
            [str(Path(sys.executable).with_name("nova")), "ingest", *map(str, batch)],
            check=True, stdout=subprocess.DEVNULL, env={**os.environ, "NOVA_DATA": str(folder / "data")},
        )  # fmt: skip
        passages = _overview(address, key)
        if passages >= wanted:
            return passages
        number += 1
        batch = copies(files, number, folder)


def _overview(address: str, key: str) -> int:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "127.0.0.1", place.port)
    connection.request("GET", "/api/v1/metrics/overview", headers={"X-Admin-Key": key})
    return int(json.loads(connection.getresponse().read())["data"]["chunks"])


if __name__ == "__main__":
    main()
