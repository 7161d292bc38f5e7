"""Much and slow at once, against the real `nova up`: its memory stays where it was, and everybody else is served."""

import json
import math
import select
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.api.house import ADMIN_KEY
from tests.flow.conftest import Up, start

pytestmark = pytest.mark.bars
BODY_BYTES = 300_000_000
AT_ONCE = 6
SLOW = 200  # of each kind
SECONDS = 20.0  # how long the slow ones stay
MOST_GROWTH = 64 << 20
PIECE = b"%x\r\n%s\r\n" % (1 << 20, b" " * (1 << 20))
KEY = f"X-Admin-Key: {ADMIN_KEY}\r\n"
QUESTION = "Wie lange ist die Kündigungsfrist in der Grundversorgung?"


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    folder = tmp_path_factory.mktemp("up")
    (folder / ".env").write_text(f"ADMIN_API_KEY={ADMIN_KEY}\nNOVA_RATE_LIMITS=off\n", "utf-8")
    started = start(folder / "data")
    ask(started.address)
    yield started
    started.stop()


def ask(address: str, busy_until: float = 0.0) -> None:
    """A question that is answered; until then it may be told to come again."""
    answer = httpx.post(f"{address}/api/v1/rag/ask", headers={"X-Admin-Key": ADMIN_KEY}, json={"question": QUESTION}, timeout=30)
    if answer.status_code == 503 and time.monotonic() < busy_until:
        time.sleep(0.2)
        ask(address, busy_until)
        return
    assert answer.json()["data"].get("status") == "answered", answer.text


def resident(up: Up) -> int:
    """Bytes of memory the serving process holds."""
    for line in Path(f"/proc/{up.process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no such process")


class Watch:
    """The most memory while it lasts."""

    def __init__(self, up: Up) -> None:
        self.before = self.most = resident(up)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(up,))

    def _look(self, up: Up) -> None:
        while not self._ended.wait(0.02):
            self.most = max(self.most, resident(up))

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def growth(self) -> int:
        return self.most - self.before


def connected(up: Up) -> socket.socket:
    host, port = up.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def pour(up: Up, path: str, head: str, first: bytes = b"") -> tuple[int, str, int]:
    """Send a chunked body until it is answered or all of it is sent: the status, the code, how many bytes went."""
    with connected(up) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n{head}\r\n".encode())
        if first:
            connection.sendall(b"%x\r\n%s\r\n" % (len(first), first))
        sent = 0
        while sent < BODY_BYTES and not select.select([connection], [], [], 0)[0]:
            connection.sendall(PIECE)
            sent += 1 << 20
        answer = b""
        while b'"trace_id"' not in answer:
            answer += connection.recv(1 << 16)
    body = json.loads(answer.partition(b"\r\n\r\n")[2])
    return int(answer.split()[1]), body["data"]["code"], sent


JSON = "Content-Type: application/json\r\n"
FORM = "Content-Type: multipart/form-data; boundary=b\r\n"
FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n'
FIELD = b'--b\r\nContent-Disposition: form-data; name="tags"\r\n\r\n'


@pytest.mark.parametrize(
    ("path", "head", "first", "expected"),
    [
        ("/api/v1/rag/ask", KEY + JSON, b"", (413, "too_large")),
        ("/api/v1/events/batch", KEY + JSON, b"", (413, "too_large")),
        ("/api/v1/admin/vocabulary", KEY + JSON, b"", (405, "method_not_allowed")),
        ("/api/v1/session", JSON, b"", (413, "too_large")),
        ("/api/v1/rag/ask", JSON, b"", (401, "not_signed_in")),
        ("/api/v1/nope", JSON, b"", (404, "not_found")),
        ("/api/v1/ingest/doc", KEY + FORM, FILE, (413, "too_large")),
        ("/api/v1/ingest/doc", KEY + FORM, FIELD, (400, "validation")),
        ("/api/v1/ingest/doc", FORM, FILE, (401, "not_signed_in")),
        ("/api/v1/ingest/doc", KEY + JSON, b"", (400, "validation")),
    ],
)
def test_a_body_of_300_megabytes_costs_no_memory(up: Up, path: str, head: str, first: bytes, expected: tuple[int, str]) -> None:
    with Watch(up) as watch, ThreadPoolExecutor(AT_ONCE) as people:
        found = list(people.map(lambda _: pour(up, path, head, first), range(AT_ONCE)))
    assert [(status, code) for status, code, _ in found] == [expected] * AT_ONCE
    assert watch.growth < MOST_GROWTH, watch.growth
    ask(up.address)
    print(f"{path}: {watch.growth >> 20} MiB more, {max(sent for *_, sent in found) >> 20} MiB went")


def slow_head(up: Up, connection: socket.socket) -> None:
    connection.sendall(b"GET /healthz HTTP/1.1\r\n")


def slow_body(up: Up, connection: socket.socket) -> None:
    connection.sendall(f"POST /api/v1/rag/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n{JSON}{KEY}\r\n".encode())


def slow_upload(up: Up, connection: socket.socket) -> None:
    connection.sendall(f"POST /api/v1/ingest/doc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n{FORM}{KEY}\r\n".encode() + FILE)


def live_reader(up: Up, connection: socket.socket) -> None:
    connection.sendall(f"GET /api/v1/stream/live HTTP/1.1\r\nHost: 127.0.0.1\r\n{KEY}\r\n".encode())


def answer_reader(up: Up, connection: socket.socket) -> None:
    body = json.dumps({"question": QUESTION, "stream": True})
    head = f"POST /api/v1/rag/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body.encode())}\r\n{JSON}{KEY}\r\n"
    connection.sendall((head + body).encode())


def file_reader(up: Up, connection: socket.socket) -> None:
    connection.sendall(f"GET /api/v1/items/{large(up)}/versions/1/file HTTP/1.1\r\nHost: 127.0.0.1\r\n{KEY}\r\n".encode())


def large(up: Up) -> str:
    """The id of a document of 20 MB."""
    headers = {"X-Admin-Key": ADMIN_KEY}
    found = httpx.get(f"{up.address}/api/v1/admin/items", headers=headers, params={"query": "gross.md"}).json()["data"]["items"]
    if not found:
        text = "# Liste\n\n" + "Zeile der langen Liste ohne Inhalt.\n" * 560_000
        made = httpx.post(
            f"{up.address}/api/v1/ingest/doc", headers=headers, files={"file": ("gross.md", text.encode())}, data={"wait": "0"}, timeout=60
        ).json()["data"]
        assert httpx.post(f"{up.address}/api/v1/jobs/{made['job_id']}/cancel", headers=headers).status_code == 200
        return str(made["item_id"])
    return str(found[0]["item_id"])


def descriptors(up: Up) -> int:
    return len(list(Path(f"/proc/{up.process.pid}/fd").iterdir()))


@pytest.mark.parametrize(
    "begin", [slow_head, slow_body, slow_upload, live_reader, answer_reader, file_reader], ids=lambda one: one.__name__
)
def test_two_hundred_slow_people_hold_up_nobody(up: Up, begin: Callable[[Up, socket.socket], None]) -> None:
    if begin is file_reader:
        large(up)
    before, spent = descriptors(up), []
    with Watch(up) as watch, ExitStack() as stack:
        for _ in range(SLOW):
            connection = socket.socket()
            stack.callback(connection.close)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(30)
            host, port = up.address.removeprefix("http://").split(":")
            connection.connect((host, int(port)))
            begin(up, connection)
        until = time.monotonic() + SECONDS
        ask(up.address, busy_until=time.monotonic() + 10)
        while time.monotonic() < until:
            began = time.monotonic()
            ask(up.address)
            spent.append(time.monotonic() - began)
            time.sleep(0.1)
    assert watch.growth < MOST_GROWTH, watch.growth
    assert statistics.quantiles(spent, n=20)[-1] < 2.0, spent
    until = time.monotonic() + 30
    while descriptors(up) > before + 10 and time.monotonic() < until:
        time.sleep(0.2)
    assert descriptors(up) <= before + 10
    median = math.ceil(statistics.median(spent) * 1000)
    print(f"{begin.__name__}: {watch.growth >> 20} MiB more, an answer in {median} ms")
