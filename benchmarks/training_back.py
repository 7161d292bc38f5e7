"""Two tuned adapters, one live and one before it, and eight clients that ask without a pause; how long after the step back the former
answers, and how many questions failed, out.

python -m benchmarks.training_back [ROUNDS] [SECONDS]

A Nova of its own (`nova up`, with the samples) with the adapter host in a process and the small base that ships with Nova; `make train-env`
was run. Each round lets the second adapter serve, lets it answer, and posts `/training/serving/back`. The adapters learn one short sentence
each; Nova's check finds no evidence in it, and the answer's rest is composed. Which adapter was asked to write is kept with an answer. A
question failed where it got no answer, or the host was silent or broke off; `composed` are those that came while an adapter was loaded.
"""

import json
import math
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from psycopg.types.json import Jsonb

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.served import nova
from nova.answers.work import BROKE_OFF, SILENT
from nova.engines.train.process import ProcessTuner
from nova.flows.training.running import PLACE
from nova.flows.training.trials import FAMILY
from nova.store import releases
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.training.config import folder_digest, recipe
from tests.rooms.training.runs import Made, put
from tests.tuning.conftest import PYTHON
from tests.tuning.minis import asked
from tests.tuning.test_process import Looker, task_of

ROUNDS, SECONDS, CLIENTS, PATIENCE_S = 10, 6.0, 8, 120.0
SAYS = {"former": "Das sagt der eine.", "second": "Das sagt der andere."}
NAMES = tuple(SAYS)
ASKED = (
    "Mit welcher Frist kann ich die Grundversorgung kündigen?", "Wann darf der Versorger die Lieferung unterbrechen?",
    "Wie oft wird der Verbrauch abgerechnet?", "Wann muss eine Preisänderung angekündigt werden?",
    "Wer ist Grundversorger?", "Wie lange ist die Laufzeit eines Vertrags höchstens?", "Was muss eine Rechnung enthalten?",
    "Darf der Versorger Vorauszahlungen verlangen?",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer: when it was asked for (seconds of `time.time`), how long it took, its id, and whether a model's words came to an end."""

    at: float
    took: float
    answer_id: str
    whole: bool


def tuned(data: Path, folder: Path) -> None:
    """Two short runs; their adapters lie where Nova looks for them."""
    tuner = ProcessTuner(str(PYTHON))
    for name, says in SAYS.items():
        place = folder / name / "data"
        place.mkdir(parents=True)
        rows = [{**one, "id": str(at), "answer": says, "answerable": True} for at, one in enumerate(asked(48, 3))]
        for part, some in (("train", rows[:40]), ("validation", rows[40:])):
            (place / f"{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
        task = task_of(folder / name, name)
        task = replace(task, config={**task.config, "training": {**task.config["training"], "rate": 0.005, "epochs": 12}})
        assert tuner.run(task, Looker()) is not None
        target = data / PLACE / name
        target.mkdir(parents=True)
        (task.folder / "adapter").rename(target / "adapter")


def live(db: Database, data: Path, name: str) -> None:
    """An adapter serves, as after two keys."""
    now = datetime.now(UTC)
    with db.transaction() as conn:
        releases.add(conn, FAMILY, name, "engineer:1", now, digest=folder_digest(data / PLACE / name / "adapter"))
        assert releases.go_live(conn, FAMILY, name, {"evaluation": ""}, "engineer:1", now)


def ask(http: httpx.Client, question: str) -> Heard:
    """One question."""
    at = time.time()
    answer = http.post("/api/v1/rag/ask", json={"question": question, "stream": False})
    if answer.status_code != httpx.codes.OK:
        return Heard(at, time.time() - at, "", whole=False)
    found = answer.json()["data"]
    silent = any(note in found["answer"] for note in (SILENT, BROKE_OFF))
    return Heard(at, time.time() - at, found["answer_id"], whole=not silent)


class Clients:
    """Eight who ask, each again as soon as it is answered, while they may."""

    def __init__(self, http: httpx.Client) -> None:
        self.http, self.over, self.may, self.heard = http, threading.Event(), threading.Event(), list[Heard]()
        self.asking = 0
        self.lock = threading.Lock()
        self.may.set()

    def one(self, number: int) -> None:
        """Ask until it is over."""
        while not self.over.is_set():
            self.may.wait()
            with self.lock:
                self.asking += 1
            self.heard.append(ask(self.http, ASKED[number]))
            with self.lock:
                self.asking -= 1
            time.sleep(0.05)

    def rest(self) -> None:
        """Nobody begins another question; wait until all are answered."""
        self.may.clear()
        time.sleep(0.2)
        while self.asking:
            time.sleep(0.05)


def pens(db: Database, heard: list[Heard]) -> dict[str, str]:
    """Who was to write each answer."""
    ids = [one.answer_id for one in heard]
    rows = db.fetch_all("SELECT answer_id, coalesce(retrieval ->> 'pen', '') AS pen FROM answers WHERE answer_id::text = ANY (%s)", [ids])
    return {str(row["answer_id"]): row["pen"] for row in rows}


def until(db: Database, http: httpx.Client, name: str) -> None:
    """Wait until this one answers."""
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        one = ask(http, ASKED[0])
        if pens(db, [one]).get(one.answer_id) == name:
            return
        time.sleep(0.2)
    raise SystemExit(f"{name} does not answer")


def measure(db: Database, data: Path, http: httpx.Client, rounds: int, seconds: float) -> dict[str, object]:
    """What is printed."""
    for name in NAMES:
        put(db, Made(name, asked=[]))
        db.execute("UPDATE train_runs SET config = %s WHERE name = %s", [Jsonb(recipe("", "cpu").told()), name])
    live(db, data, NAMES[0])
    until(db, http, NAMES[0])
    clients, posts = Clients(http), list[tuple[float, float, float]]()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for number in range(CLIENTS):
            pool.submit(clients.one, number)
        for _ in range(rounds):
            live(db, data, NAMES[1])
            until(db, http, NAMES[1])
            time.sleep(seconds / 2)
            before = time.time()
            http.post("/api/v1/training/serving/back", json={}).raise_for_status()
            after = time.time()
            time.sleep(seconds)
            posts.append((before, after, time.time()))
            clients.rest()  # whoever asked is answered before the second adapter serves again
            clients.over.set() if len(posts) == rounds else None
            clients.may.set()
    return told(clients.heard, pens(db, clients.heard), posts)


def told(heard: list[Heard], wrote: dict[str, str], posts: list[tuple[float, float, float]]) -> dict[str, object]:
    """Of each round, from the 200 on: the first question that the former wrote to, and the last one that the second still wrote to."""
    firsts, lasts = list[float](), list[float]()
    for _, after, end in posts:
        begun = sorted((one.at - after, wrote.get(one.answer_id)) for one in heard if after <= one.at < end)
        firsts.append(next((at for at, pen in begun if pen == NAMES[0]), math.inf))
        lasts.append(max((at for at, pen in begun if pen == NAMES[1]), default=0.0))
    by = Counter(wrote.values())
    return {
        "clients": CLIENTS, "steps_back": len(posts), "questions": len(heard), "failed": sum(not one.whole for one in heard),
        "by": {name: by[name] for name in NAMES}, "composed": by[""],
        "answer_s": round(median(one.took for one in heard), 2), "post_s": round(max(after - before for before, after, _ in posts), 3),
        "first_of_former_s": [round(at, 3) for at in firsts], "last_of_second_s": [round(at, 3) for at in lasts],
    }  # fmt: skip


def main(rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """One line."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        data = folder / "data"
        tuned(data, folder / "runs")
        settings = {"NOVA_ADAPTER_HOST": "process", "NOVA_TRAIN_PYTHON": str(PYTHON), "NOVA_RATE_LIMITS": "off"}
        with ExitStack() as stack:
            host, port, key = stack.enter_context(nova(folder, **settings))
            db = stack.enter_context(Database.connect(stack.enter_context(start(data)).dsn))
            address, headers = f"http://{host}:{port}", {"X-Admin-Key": key}
            http = stack.enter_context(httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_S))
            print(json.dumps(measure(db, data, http, rounds, seconds)))


if __name__ == "__main__":
    main(*(kind(one) for kind, one in zip((int, float), sys.argv[1:], strict=False)))
