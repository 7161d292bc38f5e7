"""What one customer asks for without end: each costly route, and all of them at once. A process of its own, at the lowest priority.

Its connections ask again as soon as they are answered, whatever the answer is. It steps back for the server's processes, so that what is
measured is what the server does for it and not what its own clients take.
"""

import http.client
import itertools
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlencode
from uuid import uuid4

API = "/api/v1"
BOUNDARY = "nova-fairness"
MINUTE, QUARTERS, OWN = "minute-meter", "quarter-meter", "own-meter"
DATA_QUESTION = f"Wann war der höchste Verbrauch am Zähler {MINUTE} im Jahr 2025?"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the server is, what is in it to ask for, and whose token is used."""

    address: str
    port: int
    user: str
    token: str
    year: tuple[str, str]
    pdf: str  # an item of several pages
    text: str  # an item of a long text
    fact: str
    scan: bytes


@dataclass(slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    body: bytes = b""
    kind: str = "application/json"


Maker = Callable[[int, Target], Asked]


@dataclass
class Tally:
    """How the answers were, and how many bytes they had."""

    statuses: Counter[int] = field(default_factory=Counter)
    bytes: int = 0


def loads() -> list[dict[str, object]]:
    """As many as a plant may have, each with a course of its own: what takes a schedule longest."""
    return [{"name": f"l{number}", "window": "00:00-24:00", "profile_kw": [1 + number / 10, 2.0, 3.0, 1.5]} for number in range(16)]


def schedule(_number: int, _target: Target) -> Asked:
    plant = {
        "battery": {"capacity_kwh": 10, "charge_kw": 5, "discharge_kw": 5},
        "loads": loads(),
        "base": {"kw": [1.0]},
        "pv": {"kw": [0.5], "curtailable": True},
        "tariff": {"peak_eur_kw": 50.0, "feed_in_ct_kwh": 60.0},
    }
    prices = {"seconds": 900, "eur_mwh": [(number * 37) % 101 - 20.0 for number in range(288)]}
    return Asked("POST", f"{API}/data/schedule", json.dumps({"days": 3, "day": "2025-07-01", "plant": plant, "prices": prices}).encode())


def got(path: str, **query: object) -> Asked:
    return Asked("GET", f"{API}{path}?{urlencode(query)}")


def window(target: Target) -> dict[str, str]:
    return {"from": target.year[0], "to": target.year[1]}


def chart(number: int, target: Target) -> Asked:
    some = [
        got("/data/smartmeter", meter_id=MINUTE, **window(target)),
        got("/data/smartmeter", meter_id=QUARTERS, **window(target)),
        got(f"/data/meters/{MINUTE}"),
    ]
    return some[number % len(some)]


def figures(_number: int, target: Target) -> Asked:
    return got("/data/figures", meter_id=MINUTE, **window(target))


def export(number: int, target: Target) -> Asked:
    return got("/data/export", meter_id=MINUTE, format=("csv", "json", "csv_de", "parquet")[number % 4], **window(target))


def page(number: int, target: Target) -> Asked:
    return got(f"/items/{target.pdf}/versions/1/pages/{1 + number % 2}.png")


def recompute(_number: int, target: Target) -> Asked:
    return Asked("POST", f"{API}/data/facts/{target.fact}/recompute")


def everything(number: int, _target: Target) -> Asked:
    return got("/me/data", format=("json", "zip")[number % 2])


def question(number: int, _target: Target) -> Asked:
    asked = DATA_QUESTION if number % 2 else "Wer trägt die Kosten des Netzanschlusses und der Messung? " * 30
    return Asked("POST", f"{API}/rag/ask", json.dumps({"question": asked[:1900]}).encode())


def light(number: int, _target: Target) -> Asked:
    return got(("/items", "/rag/starters", "/data/meters", "/jobs")[number % 4])


def text(_number: int, target: Target) -> Asked:
    return got(f"/items/{target.text}/versions/1/text", start=0, end=20000)


def file(_number: int, target: Target) -> Asked:
    return got(f"/items/{target.text}/versions/1/file")


def events(_number: int, target: Target) -> Asked:
    some = [{"event_id": str(uuid4()), "user_id": target.user, "type": "view", "meta": {"route": "/fragen"}} for _ in range(500)]
    return Asked("POST", f"{API}/events/batch", json.dumps({"events": some}).encode())


def form(name: str, data: bytes, **fields: str) -> bytes:
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return b"".join(parts) + head + data + f"\r\n--{BOUNDARY}--\r\n".encode()


def upload(_number: int, _target: Target) -> Asked:
    words = " ".join(f"Absatz {number} über Wärme und Strom." for number in range(60))
    data = f"# Titel {uuid4()}\n\n{words}\n".encode()
    return Asked("POST", f"{API}/ingest/doc", form(f"{uuid4()}.md", data, wait="0"), f"multipart/form-data; boundary={BOUNDARY}")


def scan(_number: int, target: Target) -> Asked:
    data = target.scan + uuid4().bytes
    return Asked("POST", f"{API}/ingest/doc", form(f"{uuid4()}.png", data, wait="0"), f"multipart/form-data; boundary={BOUNDARY}")


def delivery(number: int, _target: Target) -> Asked:
    """Two months of a row a minute, of a meter of one's own, each time with other values."""
    begin, value = 1_704_067_200 + 60 * (number % 7), uuid4().int % 10_000 / 1000
    rows = "".join(f"{OWN},{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(begin + 60 * at))},{value}\n" for at in range(86_400))
    data = f"meter_id,ts,consumption_kw\n{rows}".encode()
    return Asked("POST", f"{API}/data/import", form("own.csv", data, wait="0"), f"multipart/form-data; boundary={BOUNDARY}")


ATTACKS: dict[str, Maker] = {
    "schedules": schedule, "charts": chart, "figures": figures, "exports": export, "pages": page, "recompute": recompute,
    "own data": everything, "questions": question, "light": light, "texts": text, "files": file, "events": events,
    "uploads": upload, "scans": scan, "deliveries": delivery,
}  # fmt: skip


def attack(pipe: Connection) -> None:
    """A process that asks for what it is told, `(name, target, connections, seconds)`, and gives a tally; ends when told None."""
    os.setsid()  # Linux weighs sessions against each other, and this one alone is to step back
    os.nice(19)
    with suppress(OSError), open("/proc/self/autogroup", "w") as group:
        group.write("19")
    while (told := pipe.recv()) is not None:
        name, target, connections, seconds = told
        pipe.send(run(name, target, connections, seconds))


def run(name: str, target: Target, connections: int, seconds: float) -> Tally:
    makers = list(ATTACKS.values()) if name == "all" else [ATTACKS[name]]
    until, tally = time.monotonic() + seconds, Tally()
    numbers = itertools.count()
    first = [iter_of(makers, number, numbers) for number in range(connections)]
    threads = [threading.Thread(target=_client, args=(asked, target, until, tally)) for asked in first]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def iter_of(makers: list[Maker], first: int, numbers: "itertools.count[int]") -> Iterator[Callable[[Target], Asked]]:
    """With several kinds each connection goes through all of them, beginning with another one."""
    for turn in itertools.count(first):
        maker = makers[turn % len(makers)]
        yield lambda target, maker=maker: maker(next(numbers), target)


def _client(asked: Iterator[Callable[[Target], Asked]], target: Target, until: float, tally: Tally) -> None:
    headers = {"Authorization": f"Bearer {target.token}"}
    http_client = http.client.HTTPConnection(target.address, target.port, timeout=90)
    for make in asked:
        if time.monotonic() >= until:
            break
        one = make(target)
        try:
            http_client.request(one.method, one.path, one.body or None, headers | {"Content-Type": one.kind} if one.body else headers)
            answer = http_client.getresponse()
            while (piece := answer.read(1 << 20)) and time.monotonic() < until:
                tally.bytes += len(piece)
            tally.statuses[answer.status] += 1
            if not answer.isclosed():
                break
        except (OSError, http.client.HTTPException):
            tally.statuses[0] += 1
            http_client.close()
    http_client.close()
