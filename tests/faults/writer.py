"""A data folder and a ledger in, acknowledged writes out, whatever happens to Nova meanwhile: run as a process of its own.

    python -m tests.faults.writer FOLDER LEDGER

Writes until its standard input ends. Each write is sent until it is acknowledged, under the same id where the API has one, and only then
noted. Judgements have no id: one that was not acknowledged is not sent again, so it may be there or not, but never twice.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.fakes.laws import law
from tests.faults.ledger import Ledger

BATCH = 10
KEPT = 15
PAUSES = {"events": 0.08, "feedback": 0.15, "documents": 0.15}
WHO = "schreiberin"
UNAVAILABLE = (502, 503)
WORDS = (  # no letters at random: these look like names, and names are not stored
    "zähler",
    "netz",
    "strom",
    "gas",
    "wärme",
    "leitung",
    "frist",
    "vertrag",
    "rechnung",
    "abschlag",
    "entgelt",
    "steuer",
    "umlage",
    "messung",
    "ablesung",
    "einspeisung",
    "speicher",
    "anlage",
    "anschluss",
    "lieferung",
    "kündigung",
    "preis",
    "menge",
    "wert",
    "woche",
    "monat",
    "leistung",
    "spannung",
    "sicherung",
    "schalter",
    "verbrauch",
    "erzeugung",
)


class Writer:
    """One kind of writes in one thread."""

    def __init__(self, folder: Path, ledger: Ledger, ended: threading.Event) -> None:
        self._folder = folder
        self._ledger = ledger
        self._ended = ended
        self._client: httpx.Client | None = None
        self._live: list[str] = []
        self._number = 0

    def run(self, kind: str) -> None:
        act: Callable[[], None] = getattr(self, kind)
        while not self._ended.is_set():
            act()
            self._ended.wait(PAUSES[kind] * random.uniform(0.5, 1.5))

    def events(self) -> None:
        """A batch until it is acknowledged: the ids make it one delivery."""
        ids = [str(uuid4()) for _ in range(BATCH)]
        ts = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))
        body = {"events": [{"event_id": one, "user_id": WHO, "type": "view", "ts": ts} for one in ids]}
        if self._until("POST", "/events/batch", (200,), json=body):
            self._ledger.note("events", ids=ids)

    def feedback(self) -> None:
        mark = " ".join(random.choices(WORDS, k=12))
        body = {"question": "Wie oft ist zu prüfen?", "answer": mark, "useful": True}
        answer = self._once("POST", "/feedback/rag", json=body)
        if answer is not None and answer.status_code == 200:
            self._ledger.note("feedback", mark=mark)
        elif answer is not None:
            self._judge("feedback", answer)

    def documents(self) -> None:
        """Upload, now and then change a tag, remove the oldest when there are many."""
        if len(self._live) > KEPT:
            item_id = self._live.pop(0)
            if self._until("DELETE", f"/admin/item/{item_id}", (200, 404)):
                self._ledger.note("delete", item_id=item_id)
        elif self._live and random.random() < 0.3:
            item_id, tag = random.choice(self._live), uuid4().hex
            if self._until("PATCH", f"/admin/items/{item_id}", (200,), json={"tags": [tag]}):
                self._ledger.note("tag", item_id=item_id, tag=tag)
        else:
            self._upload()

    def _upload(self) -> None:
        self._number += 1
        name = f"zaehler-{self._number}.md"
        answer = self._until(
            "POST", "/ingest/doc", (201, 202, 409), files={"file": (name, law(self._number))}, data={"wait": "0"}
        )  # 409: an earlier try was stored before its answer was lost
        if answer is not None:
            item_id = answer.json()["data"]["item_id"]
            self._ledger.note("upload", item_id=item_id, name=name)
            self._live.append(item_id)

    def _until(self, method: str, path: str, good: tuple[int, ...], **parts: Any) -> httpx.Response | None:
        """Send it until an answer is good; None when the time is up first or it was refused for good."""
        while not self._ended.is_set():
            answer = self._once(method, path, **parts)
            if answer is not None:
                if answer.status_code in good:
                    return answer
                if answer.status_code not in UNAVAILABLE:
                    self._judge(path, answer)
                    return None
            self._ended.wait(0.1)
        return None

    def _judge(self, what: str, answer: httpx.Response) -> None:
        """Anything but "not now" is a fault of its own."""
        if answer.status_code not in UNAVAILABLE:
            self._ledger.note("wrong", said=f"{what}: {answer.status_code} {answer.text[:300]}")

    def _once(self, method: str, path: str, **parts: Any) -> httpx.Response | None:
        try:
            if self._client is None:
                self._client = self._connected()
            return self._client.request(method, f"/api/v1{path}", **parts)
        except (httpx.HTTPError, OSError, ValueError):
            if self._client is not None:
                self._client.close()
            self._client = None
            return None

    def _connected(self) -> httpx.Client:
        serves = json.loads((self._folder / "run" / "serve.json").read_text())
        key = (self._folder / "secrets" / "admin.key").read_text().strip()
        return httpx.Client(base_url=f"http://{serves['host']}:{serves['port']}", headers={"X-Admin-Key": key}, timeout=20, trust_env=False)


def main(folder: Path, path: Path) -> None:
    ledger, ended = Ledger(path), threading.Event()
    kinds = ["events", "events", "feedback", "documents"]
    threads = [threading.Thread(target=Writer(folder, ledger, ended).run, args=(kind,)) for kind in kinds]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    ended.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
