"""Bytes on the wire that no honest client sends: each gets an answer by the envelope or none, and the next caller is served."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest
import uvicorn

from nova.api.protocol import middleware
from nova.api.protocol import wire as wires
from nova.api.protocol.wire import Limits, config
from tests.api.house import ADMIN_KEY, QUESTION, Door

SHORT = Limits(connections=40, head_s=0.4, stall_s=1.0, linger_s=0.2)
SOON = 4.0
KEY = f"X-Admin-Key: {ADMIN_KEY}\r\n".encode()
GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /api/v1/rag/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + KEY
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n'
METHODS = ["TRACE", "TRACK", "CONNECT", "PROPFIND", "MKCOL", "BREW", "get", "OPTIONS", "HEAD", "PATCH", "PURGE", "SEARCH", "X" * 200]
PATHS = [
    "/healthz",
    "/api/v1/rag/ask",
    "/api/v1/items/0b7c5c1e-5d0c-4a4e-9c0b-6f2d1a3e4b5c",
    "/api/v1/nope",
    "/fragen",
    "*",
    "http://evil.example/x",
]
Address = tuple[str, int]


@pytest.fixture(scope="module")
def wire(door: Door) -> Iterator[Address]:
    """The app on a port, with little patience."""
    server = uvicorn.Server(config(door.client.app, SHORT, host="127.0.0.1", port=0, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()
    server.should_exit = True
    thread.join()


@pytest.fixture(autouse=True)
def others_are_served(wire: Address) -> Iterator[None]:
    yield
    assert parsed(talk(wire, GET + b"Connection: close\r\n\r\n"))[0] == 200


def connected(wire: Address) -> socket.socket:
    return socket.create_connection(wire, timeout=SOON)


def rest(connection: socket.socket) -> bytes:
    """What comes until the other side ends it."""
    pieces = []
    try:
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def talk(wire: Address, *data: bytes) -> bytes:
    """Everything sent, everything that comes until the connection ends."""
    with connected(wire) as connection:
        try:
            for piece in data:
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return rest(connection)


def parsed(answer: bytes) -> tuple[int, dict[str, str], Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    return int(lines[0].split()[1]), headers, json.loads(body) if body else None


def enveloped(answer: bytes) -> tuple[int, str]:
    """Status and code of an answer, which is in every part what every answer is."""
    status, headers, body = parsed(answer)
    assert headers["content-type"] == "application/json"
    assert set(body) == {"status", "message", "data", "trace_id"}
    assert (body["status"], body["trace_id"]) == ("error", headers["x-trace-id"])
    assert body["message"][-1] == "."
    return status, body["data"]["code"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n", b"\0" * 100 + b"\r\n\r\n", b"\xff" * 100 + b"\r\n\r\n",
        b"GET\r\n\r\n", b"GET /\r\n\r\n", b"hello\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", b"GET / HTTP/1.1\r\nHo\0st: x\r\n\r\n", b"GET /\xc3\xbc HTTP/1.1\r\nHost: x\r\n\r\n",
        b"G\0T / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        GET + b"X-A: a\0b\r\n\r\n", GET + b"X A: b\r\n\r\n", GET + b": b\r\n\r\n", GET + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n",
        GET + b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + b"\r\n",
        POST + b"Content-Length: -1\r\n\r\n", POST + b"Content-Length: +5\r\n\r\n", POST + b"Content-Length: 1, 2\r\n\r\n",
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        POST + b"Content-Length: 0x10\r\n\r\n", POST + b"Transfer-Encoding: gzip\r\n\r\n", POST + CHUNKED[:-4] + b", gzip\r\n\r\n",
        POST + CHUNKED[:-2] + CHUNKED, POST + CHUNKED + b"zz\r\n", POST + CHUNKED + b"-1\r\n\r\n", POST + CHUNKED + b"f" * 40 + b"\r\n",
        POST + CHUNKED + b"1\r\nxx\r\n", POST + CHUNKED + b"1;" + b"a" * 100_000,
    ],
    ids=lambda data: repr(data[:40]),
)  # fmt: skip
def test_what_is_no_http_is_told_so_and_shown_out(wire: Address, data: bytes) -> None:
    assert enveloped(talk(wire, data)) == (400, "validation")


def test_two_framings_are_read_as_one(wire: Address) -> None:
    body = b'{"question": "x"}'
    hidden = b"GET /api/v1/admin/keys HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    both = POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert talk(wire, both + hidden).count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", PATHS)
def test_odd_methods_are_no_surprise(wire: Address, method: str, path: str) -> None:
    secret = uuid4().hex
    request = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Secret: {secret}\r\nConnection: close\r\n\r\n"
    answer = talk(wire, request.encode())
    status = int(answer.split()[1])
    assert status in ((200, 404, 405) if method == "HEAD" else (404, 405)), answer
    assert secret.encode() not in answer
    if method != "HEAD":
        assert enveloped(answer)[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "//", "///etc/passwd", "/./", "/..", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc/passwd",
        "/%00", "/a%00.js", "/assets/%00", "/assets/..%5c..%5cx.js", "/assets/%ff%fe.js", "/assets/" + "a" * 5000 + ".js", "/assets/con.js",
        "/..;/admin", "/\\..\\x.js", "/api/v1//items", "/api/v1/items/", "/API/V1/ITEMS", "/api/v1/items;x=y", "/api/v1/%69tems",
        "/api/v1/docs/..%2f..%2fapp.py", "/api/v1/docs/%2e%2e", "/api%2fv1%2fitems", "/api/v1/items/%252e%252e", "/" + "a/" * 20_000,
        "/?" + "a=b&" * 10_000, "/#x", "/%", "/%zz", "http://127.0.0.1/etc/passwd",
    ],
    ids=lambda path: path[:40],
)  # fmt: skip
def test_no_path_leads_out(wire: Address, path: str) -> None:
    answer = talk(wire, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert int(answer.split()[1]) in (200, 400, 401, 404), answer[:200]
    assert b"root:" not in answer
    assert b"import " not in answer


def test_requests_in_one_breath_are_answered_in_order(wire: Address) -> None:
    many = b"".join(GET + (b"Connection: close\r\n\r\n" if number == 49 else b"\r\n") for number in range(50))
    answers = talk(wire, many)
    assert answers.count(b"HTTP/1.1 200 OK") == 50
    assert len({line for line in answers.split(b"\r\n") if line.startswith(b"x-trace-id: ")}) == 50
    mixed = talk(wire, GET + b"\r\n" + POST + b"Content-Length: 2\r\n\r\n{}" + GET + b"\r\nnonsense\r\n\r\n")
    assert [part[:3] for part in mixed.split(b"HTTP/1.1 ")[1:]] == [b"200", b"400", b"200", b"400"]


def test_an_upgrade_is_a_plain_request(wire: Address) -> None:
    for protocol in (b"websocket", b"h2c", b"TLS/1.0"):
        head = (
            GET + b"Upgrade: " + protocol + b"\r\nConnection: Upgrade, close\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert parsed(talk(wire, head))[0] == 200


def test_whoever_asks_before_sending_too_much_need_not_send_it(wire: Address) -> None:
    with connected(wire) as connection:
        connection.sendall(POST + b"Content-Length: 300000000\r\nExpect: 100-continue\r\n\r\n")
        assert enveloped(rest(connection)) == (413, "too_large")


def test_slow_heads_are_shown_out_and_hold_up_nobody(wire: Address) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connected(wire)) for _ in range(30)]
        began = time.monotonic()
        for at in range(6):
            for one in slow:
                try:
                    one.sendall(GET[at : at + 1])
                except (BrokenPipeError, ConnectionResetError):
                    continue
            asked = time.monotonic()
            assert httpx.get(f"http://127.0.0.1:{wire[1]}/healthz", timeout=SOON).status_code == 200
            assert time.monotonic() - asked < SOON
            time.sleep(0.1)
        assert all(rest(one) == b"" for one in slow)
        assert time.monotonic() - began < SOON


def test_silence_is_shown_out_too(wire: Address) -> None:
    with connected(wire) as first, connected(wire) as kept:
        kept.sendall(GET + b"\r\n")
        began = time.monotonic()
        assert rest(first) == b""
        assert time.monotonic() - began < SOON


def test_one_connection_too_many_is_told_so(wire: Address) -> None:
    with ExitStack() as stack:
        for _ in range(SHORT.connections):
            stack.enter_context(connected(wire))
        time.sleep(0.1)
        assert enveloped(rest(stack.enter_context(connected(wire)))) == (503, "busy")
    time.sleep(0.2)


@pytest.mark.parametrize("framing", [b"Content-Length: 1000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
@pytest.mark.parametrize("path", [b"/api/v1/rag/ask", b"/api/v1/ingest/doc"])
def test_a_dripping_body_ends_with_408(wire: Address, monkeypatch: pytest.MonkeyPatch, framing: bytes, path: bytes) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.25)
    kind = b"multipart/form-data; boundary=b" if b"ingest" in path else b"application/json"
    with connected(wire) as connection:
        began = time.monotonic()
        connection.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + kind + b"\r\n" + KEY + framing)
        if b"ingest" in path:
            connection.sendall(b"%x\r\n%s\r\n" % (len(PART), PART) if b"chunked" in framing else PART)
        connection.settimeout(0.05)
        answer = b""
        while b'"trace_id"' not in answer and time.monotonic() - began < SOON:
            try:
                connection.sendall(b"1\r\nx\r\n" if b"chunked" in framing else b" ")
                answer += connection.recv(1 << 16)
            except TimeoutError:
                continue
        assert enveloped(answer) == (408, "too_slow")
        connection.settimeout(SOON)
        assert rest(connection) == b""  # and then the line is cut
        assert time.monotonic() - began < SOON


def test_a_body_that_goes_on_after_the_answer_is_cut(wire: Address) -> None:
    with connected(wire) as connection:
        connection.sendall(b"POST /api/v1/rag/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += connection.recv(1 << 16)
        assert enveloped(answer) == (401, "not_signed_in")
        more = b"1\r\nx\r\n" * 50_000_000
        began = time.monotonic()
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            connection.sendall(more)
        assert time.monotonic() - began < SOON


def test_a_reader_who_does_not_read_holds_nothing(wire: Address, door: Door) -> None:
    """A large file, and an answer as a stream: the connection is cut, the slot for answers free at once."""
    text = "# Liste\n\n" + "".join(f"Zeile {number} der langen Liste.\n" for number in range(30_000))
    made = door.upload(text[:900_000], "lang.md", wait="0").json()["data"]
    line = door.client.app.state.house.rooms.asking  # type: ignore[attr-defined]
    body = json.dumps({"question": QUESTION, "stream": True}).encode()
    ask = POST + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    load = b"GET /api/v1/items/%s/versions/1/file HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n" % (made["item_id"].encode(), KEY)
    with ExitStack() as stack:
        for request in (ask, ask, ask, load, load, load):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(wire)
            connection.sendall(request)
        began = time.monotonic()
        time.sleep(0.3)
        while line.inside and time.monotonic() - began < SOON:
            time.sleep(0.02)
        assert line.inside == 0
        answer = httpx.post(f"http://127.0.0.1:{wire[1]}/api/v1/rag/ask", headers={"X-Admin-Key": ADMIN_KEY}, json={"question": QUESTION})
        assert answer.json()["data"]["status"] == "answered"
        while door.client.app.state.house.live.readers and time.monotonic() - began < SOON:  # type: ignore[attr-defined]
            time.sleep(0.02)
    door.admin("DELETE", f"/api/v1/admin/items/{made['item_id']}")


class Heard:
    """A log that remembers what happened."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def info(self, event: str, **_: Any) -> None:
        self.events.append(event)


def test_a_stalled_download_is_cut_and_a_slow_one_is_not(wire: Address, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(wires, "log", heard)
    item = door.admin("GET", "/api/v1/items").json()["data"]["items"][0]["item_id"]
    objects = door.nova.objects
    big, real = bytes(12 << 20), objects.get
    objects.get = lambda key: big  # type: ignore[method-assign]
    with door.nova.db.transaction() as conn:
        conn.execute("UPDATE item_versions SET bytes = %s WHERE item_id = %s", (len(big), item))
    path = f"/api/v1/items/{item}/versions/1/file"
    try:
        with socket.socket() as stalled:
            stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
            stalled.settimeout(SOON)
            stalled.connect(wire)
            stalled.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + KEY + b"\r\n")
            until = time.monotonic() + 10 * SOON
            while "reader_stalled" not in heard.events and time.monotonic() < until:
                time.sleep(0.05)
            assert len(rest(stalled)) < len(big)
        with httpx.stream("GET", f"http://127.0.0.1:{wire[1]}{path}", headers={"X-Admin-Key": ADMIN_KEY}) as slow:
            got = 0
            for piece in slow.iter_raw(1 << 16):
                got += len(piece)
                if got < 30 << 16:  # for several times the limit less than lies in the system's buffers
                    time.sleep(0.1 * SHORT.stall_s)
        assert got == len(big)
        assert heard.events == ["reader_stalled"]
    finally:
        objects.get = real  # type: ignore[method-assign]
