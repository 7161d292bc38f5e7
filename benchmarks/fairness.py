"""What others feel while one customer asks for as much as they are permitted, and more: each costly route in turn, then all at once.

    python benchmarks/fairness.py [--seconds 15] [--rounds 2] [--connections 40] [--only NAME ...] [--json FILE]

`nova up` in a throw-away folder, with the samples, a meter of a row a minute for a year, one of quarter-hours, a long document, and prices.
The limits are those that are shipped. Others are persons who open lists and ask questions at a fixed rate, and the operator who uploads a
small document again and again; latencies count from the moment a request was due. Each attack is made by a person with a full budget and
many connections that ask again whatever the answer, in a process that steps back for the server's. Each is compared with the
quiet stretches right before its own.
Bar: p95 of others' light requests, questions and uploads <= max(2x quiet, quiet + 50 ms). Exit code 5 when it is missed.
"""

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from fairness_attacks import ATTACKS, DATA_QUESTION, MINUTE, OWN, QUARTERS, Target, attack
from hostile import QUESTIONS
from served import nova

ROOT = Path(__file__).parents[1]
PEOPLE = 16
LIGHT = ("/items", "/jobs", "/data/meters", "/system/info", "/rag/answers", "/data/products")
RATES = {"light": 10.0, "questions": 2.0}
CLIENTS = {"light": 6, "questions": 4}
UPLOAD_EVERY_S = 1.5
SETTLE_S = 3.0


def others(pipe: Connection, address: str, key: str, tokens: list[str]) -> None:
    """A process that does what others do for as many seconds as it is told, and gives the latencies; ends when told None."""
    while (seconds := pipe.recv()) is not None:
        found: dict[str, list[float]] = {"light": [], "questions": [], "upload": []}
        begun = time.perf_counter()
        threads = [threading.Thread(target=upload, args=(address, key, begun, seconds, found["upload"]))]
        for kind, rate in RATES.items():
            due = iter([(begun + number / rate, number) for number in range(int(seconds * rate))])
            lock = threading.Lock()
            threads += [threading.Thread(target=person, args=(kind, address, tokens, due, lock, found[kind])) for _ in range(CLIENTS[kind])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pipe.send(found)


def person(kind: str, address: str, tokens: list[str], due: Iterator[tuple[float, int]], lock: threading.Lock, found: list[float]) -> None:
    with httpx.Client(base_url=address, timeout=90) as http:
        while True:
            with lock:
                at, number = next(due, (0.0, -1))
            if number < 0:
                return
            time.sleep(max(0.0, at - time.perf_counter()))
            headers = {"Authorization": f"Bearer {tokens[number % len(tokens)]}"}
            if kind == "light":
                http.get(f"/api/v1{LIGHT[number % len(LIGHT)]}", headers=headers).raise_for_status()
            else:
                http.post("/api/v1/rag/ask", json={"question": QUESTIONS[number % len(QUESTIONS)]}, headers=headers).raise_for_status()
            found.append(time.perf_counter() - at)


def upload(address: str, key: str, begun: float, seconds: float, found: list[float]) -> None:
    """The operator uploads a small document and waits until it can be searched, one after the other."""
    with httpx.Client(base_url=address, headers={"X-Admin-Key": key}, timeout=90) as http:
        for number in range(int(seconds / UPLOAD_EVERY_S)):
            at = max(begun + number * UPLOAD_EVERY_S, time.perf_counter())
            time.sleep(max(0.0, at - time.perf_counter()))
            text = f"# Rundschreiben {uuid4()}\n\nDie Ablesung der Zähler erfolgt im Dezember.\n"
            answer = http.post("/api/v1/ingest/doc", files={"file": (f"{uuid4()}.md", text.encode())}, data={"wait": "60"})
            answer.raise_for_status()
            found.append(time.perf_counter() - at)


def rows(meter: str, seconds: int, days: int) -> bytes:
    """A meter of the simulated world as CSV, under another name."""
    command = [str(Path(sys.executable).with_name("nova")), "sim", "run", "--meters", "1", "--days", str(days), "--seconds", str(seconds)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.replace(b"sim-home-001", meter.encode())


class Stage:
    """The server with all that is asked for in it."""

    def __init__(self, address: str, port: int, key: str) -> None:
        self.address, self.port = address, port
        self.operator = httpx.Client(base_url=f"http://{address}:{port}/api/v1", headers={"X-Admin-Key": key}, timeout=120)
        self.people = [self.token(f"person-{number}") for number in range(PEOPLE)]
        self.own = self.token("with-readings")
        self.delivered(None, rows(MINUTE, 60, 365))
        self.delivered(None, rows(QUARTERS, 900, 365))
        self.give("with-readings", OWN)
        self.delivered(self.own, rows(OWN, 60, 120))
        long = "\n\n".join(f"## § {number} Abschnitt\n\n" + f"Satz {number} über Netz, Wärme und Strom. " * 12 for number in range(2_000))
        self.text = self.document("lang.md", long.encode())
        items = self.operator.get("/items").raise_for_status().json()["data"]["items"]
        self.pdf = next(one["item_id"] for one in items if one["filename"].endswith(".pdf"))
        self.scan = self.operator.get(f"/items/{self.pdf}/versions/1/pages/1.png").raise_for_status().content
        self.settle()

    def token(self, user: str) -> str:
        """A person's token."""
        return str(self.operator.post("/admin/keys", json={"user": user}).raise_for_status().json()["data"]["token"])

    def give(self, user: str, *meters: str) -> None:
        """These meters are theirs now, with all their past."""
        for meter in meters:
            self.operator.put(f"/data/meters/{meter}/assignments", json=[{"customer": user}]).raise_for_status()

    def delivered(self, token: str | None, data: bytes) -> None:
        """A file of readings, the operator's without a token."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = httpx.post(
            f"{self.operator.base_url}data/import",
            files={"file": ("rows.csv", data)},
            data={"wait": "60"},
            headers=headers or dict(self.operator.headers),
            timeout=120,
        )
        report = answer.raise_for_status().json()["data"]["report"]
        if report["state"] != "done":
            raise SystemExit(f"not imported: {report}")

    def document(self, name: str, data: bytes) -> str:
        """An item of the operator's."""
        answer = self.operator.post("/ingest/doc", files={"file": (name, data)}, data={"wait": "60"}).raise_for_status()
        return str(answer.json()["data"]["item_id"])

    def target(self, name: str) -> Target:
        """What an attack needs, with a person of its own, who has the meters and a full budget."""
        user = "with-readings" if name == "own data" else f"attacker-{uuid4()}"
        token = self.own if name == "own data" else self.token(user)
        self.give(user, MINUTE, QUARTERS, OWN)
        asked = httpx.post(
            f"{self.operator.base_url}rag/ask",
            json={"question": DATA_QUESTION},
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
        )
        facts = asked.raise_for_status().json()["data"]["facts"]
        end = time.strftime("%Y-%m-%d")
        begin = f"{int(end[:4]) - 1}{end[4:]}"
        return Target(
            self.address, self.port, user, token, (begin, end), self.pdf, self.text, str(facts[0]["fact_id"]) if facts else "", self.scan
        )

    def settle(self) -> None:
        """Wait until no job is under way."""
        while any(job["state"] in ("queued", "running") for job in self.operator.get("/jobs").json()["data"]["jobs"]):
            self.cancel()
            time.sleep(0.5)
        time.sleep(SETTLE_S)

    def cancel(self) -> None:
        """Nobody waits for what an attacker left."""
        for job in self.operator.get("/jobs", params={"state": "queued", "limit": 200}).json()["data"]["jobs"]:
            if job["kind"] in ("ingest", "series-import"):
                self.operator.post(f"/jobs/{job['job_id']}/cancel")


def p95(values: list[float]) -> float:
    """In milliseconds; of few the greatest but one."""
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)] * 1000


def measure(given: argparse.Namespace, stage: Stage, key: str) -> dict[str, Any]:
    """Of each attack some rounds: a quiet stretch, and one with it."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    address = f"http://{stage.address}:{stage.port}"
    others_process = spawn.Process(target=others, args=(there, address, key, stage.people), daemon=True)
    others_process.start()
    at, bad = spawn.Pipe()
    attacker = spawn.Process(target=attack, args=(bad,), daemon=True)
    attacker.start()
    here.send(8.0)  # warm up
    here.recv()
    found: dict[str, Any] = {}
    for name in given.only:
        found[name] = {"quiet": {}, "under attack": {}, "answers": Counter(), "bytes": 0, "load": []}
        for _ in range(given.rounds):
            play(found[name], name, given, stage, (here, at))
        print("\n".join(told({name: found[name]})), flush=True)
    here.send(None)
    at.send(None)
    return found


def play(into: dict[str, Any], name: str, given: argparse.Namespace, stage: Stage, pipes: tuple[Connection, Connection]) -> None:
    """One round."""
    here, at = pipes
    stage.settle()
    into["load"].append(os.getloadavg()[0])
    here.send(given.seconds)
    add(into["quiet"], here.recv())
    at.send((name, stage.target(name), given.connections, given.seconds + 2))
    time.sleep(1)
    here.send(given.seconds)
    add(into["under attack"], here.recv())
    tally = at.recv()
    into["answers"] += tally.statuses
    into["bytes"] += tally.bytes


def add(into: dict[str, list[float]], more: dict[str, list[float]]) -> None:
    for kind, some in more.items():
        into.setdefault(kind, []).extend(some)


def bar(quiet: float) -> float:
    """What others may feel, in milliseconds."""
    return max(2 * quiet, quiet + 50)


def missed(one: dict[str, Any]) -> list[str]:
    """What misses the bar."""
    return [kind for kind, some in one["under attack"].items() if p95(some) > bar(p95(one["quiet"][kind]))]


def told(found: dict[str, Any]) -> list[str]:
    """A line an attack: of each kind the p95 in milliseconds in the quiet stretches and under it, and the ratio; a mark misses the bar."""
    lines = []
    for name, one in found.items():
        cells = []
        for kind, some in one["under attack"].items():
            quiet, now = p95(one["quiet"][kind]), p95(some)
            cells.append(f"{kind} {quiet:.0f} -> {now:.0f} ms x{now / quiet:.2f}{'!' if kind in missed(one) else ''}")
        load = max(one["load"])
        lines.append(f"{name:11} " + "; ".join(f"{cell:36}" for cell in cells) + f" {dict(one['answers'])} load {load:.1f}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=15, help="of each stretch")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=40)
    parser.add_argument("--only", nargs="+", choices=[*ATTACKS, "all"], default=[*ATTACKS, "all"], metavar="NAME")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with (
        tempfile.TemporaryDirectory(prefix="nova-bench-") as folder,
        nova(Path(folder), SIM_SMARTMETER_INTERVAL_SEC="900") as (address, port, key),
    ):
        result = measure(given, Stage(address, port, key), key)
    if given.json:
        given.json.write_text(json.dumps(result, indent=1))
    return 5 if any(missed(one) for one in result.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
