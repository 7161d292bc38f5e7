"""Ollama and an OpenAI-compatible server on loopback, as their documentation describes them.

Ollama: docs/api.md and docs/api/{streaming,errors}.mdx of ollama/ollama (`/api/tags`, `/api/chat`: one JSON object a line, the
last one with `done: true`; an error in the middle is a line `{"error": "..."}` under status 200; an unknown model is 404).
OpenAI: the API reference of chat completions (`/models`, `/chat/completions` with `stream: true`: server-sent events
`data: {chunk}` ended by `data: [DONE]`); vLLM and SGLang put `data: {"error": {...}}` before `[DONE]`, llama.cpp `error: {...}`.
Vectors: see `tests.fakes.embeddings`.
"""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.fakes import embeddings
from tests.fakes.http import Quiet, Server

WORDS = ("Die ", "Prüfung ", "erfolgt ", "jährlich ", "[a1].")


class ModelServer(Server):
    """`mode` says how it behaves; `seen` keeps the requests, `peak` how many answers were written at once."""

    def __init__(self, kind: str) -> None:
        super().__init__(_Handler)
        self.kind = kind
        self.mode = "good"
        self.words: tuple[str, ...] = WORDS
        self.seen: list[dict[str, Any]] = []
        self.headers_seen: list[dict[str, str]] = []
        self.gate = threading.Event()
        self.lock = threading.Lock()
        self.now = self.peak = 0
        self.dimension = embeddings.DIMENSION
        self.thinks_s = 0.0
        self.hung_up = threading.Event()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Count an answer among those being written; before its end is sent, for whoever reads the end may send the next request."""
        with self.lock:
            self.now += 1
            self.peak = max(self.peak, self.now)
        try:
            yield
        finally:
            with self.lock:
                self.now -= 1

    @property
    def url(self) -> str:
        return self.address + ("/v1" if self.kind == "openai" else "")


class _Handler(Quiet):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        lists = {
            "/api/tags": {"models": [{"name": name, "model": name} for name in ("qwen3:4b", "luna:latest", *embeddings.MODELS)]},
            "/v1/models": {
                "object": "list",
                "data": [{"id": name, "object": "model"} for name in ("luna", "qwen3:4b", *embeddings.MODELS)],
            },
        }
        if self.server.mode == "garbage":
            self._whole(200, b"<html>")
        elif self.server.mode in ("500", "401", "301", "404"):
            self._whole(int(self.server.mode), b"{}")
        elif self.path in lists:
            self._whole(200, json.dumps(lists[self.path]).encode())
        else:
            self._whole(404, b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        with server.lock:
            server.seen.append({"path": self.path, **body})
            server.headers_seen.append(dict(self.headers))
        try:
            self._answer(body)
        except OSError:
            server.hung_up.set()

    def _answer(self, body: dict[str, Any]) -> None:
        mode, ollama = self.server.mode, self.server.kind == "ollama"
        known = ("luna", "luna:latest", "qwen3:4b", *embeddings.MODELS)
        if body["model"] not in known:
            error = f"model '{body['model']}' not found"
            self._whole(404, json.dumps({"error": error if ollama else {"message": error, "type": "NotFoundError", "code": 404}}).encode())
        elif mode in ("400", "401", "429", "500", "503"):
            words = "the request\nexceeds the available context size"
            self._whole(int(mode), json.dumps({"error": words if ollama else {"message": words}}).encode(), {"Retry-After": "7"})
        elif mode == "silent":
            time.sleep(3)
        elif mode in ("drip-500", "drip-headers"):
            self._drip(b'{"error": "' if mode == "drip-500" else b"HTTP/1.1 200 OK\r\nX-Padding: ", mode == "drip-500")
        elif "input" in body:
            self._vectors(body)
        else:
            self._stream(mode, ollama)

    def _drip(self, beginning: bytes, headers: bool) -> None:
        """A byte at a time and never an end: of an error's words, or of the headers."""
        if headers:
            self.send_response(500)
            self.end_headers()
        self.close_connection = True
        for byte in itertools.chain(beginning, itertools.repeat(ord("x"), 200)):
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.05)

    def _vectors(self, body: dict[str, Any]) -> None:
        time.sleep(self.server.thinks_s)
        status, answer = embeddings.answer(self.server.mode, self.server.kind, body, self.server.dimension)
        data = json.dumps(answer).encode()
        if self.server.mode == "drip":
            self.send_response(200)
            self.end_headers()
            for at in range(len(data)):
                self.wfile.write(data[at : at + 1])
                self.wfile.flush()
                time.sleep(0.05)
            self.close_connection = True
        elif self.server.mode == "endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b" " * 2**20)
        else:
            self._whole(status, b"<html>" if self.server.mode == "garbage" else data)

    def _stream(self, mode: str, ollama: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson" if ollama else "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with self.server.writing():
            for position, word in enumerate(self.server.words):
                if position == 2 and mode != "good" and self._break(mode, ollama):
                    return
                self._piece(self._line(word, ollama))
        if mode == "no-end":
            self._chunk(b"")
            return
        self._piece(self._last(ollama))
        self._chunk(b"")

    def _break(self, mode: str, ollama: bool) -> bool:
        """Go wrong in the middle; True when that is the end."""
        if mode == "error":
            error: Any = "an error was encountered while running the model"
            self._piece(
                json.dumps({"error": error}) + "\n" if ollama else f"data: {json.dumps({'error': {'message': error}})}\n\ndata: [DONE]\n\n"
            )
            self._chunk(b"")
            return True
        if mode == "error-field":
            self._piece('error: {"code":500,"message":"slot crashed"}\n\n')
            self._chunk(b"")
            return True
        if mode == "cut":
            self.close_connection = True
            return True
        if mode == "garbage":
            self._piece("<html>\n" if ollama else "data: <html>\n\n")
        if mode == "list":
            self._piece("[1]\n" if ollama else "data: [1]\n\n")
        if mode == "endless-line":
            for _ in range(40):
                self._chunk(b"x" * 65536)
        if mode == "slow":
            time.sleep(2)
        if mode == "drip":
            for _ in range(40):
                time.sleep(0.1)
                self._piece(self._line(".", ollama))
        if mode == "gate":
            self.server.gate.wait(10)
        if mode == "flood":
            for _ in range(20_000):
                self._piece(self._line("und ", ollama))
        if mode == "noise":
            self._piece('{"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}\n\n' if ollama else NOISE)
        return False

    def _line(self, word: str, ollama: bool) -> str:
        if ollama:
            part = {"model": "luna", "created_at": "2025-10-26T17:15:24Z", "message": {"role": "assistant", "content": word}, "done": False}
            return json.dumps(part) + "\n"
        choice = {"index": 0, "delta": {"content": word}, "finish_reason": None}
        return f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'luna', 'choices': [choice]})}\n\n"

    def _last(self, ollama: bool) -> str:
        if ollama:
            return (
                json.dumps(
                    {"model": "luna", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop", "eval_count": 5}
                )
                + "\n"
            )
        choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
        usage = {"choices": [], "usage": {"total_tokens": 9}}
        return f"data: {json.dumps({'choices': [choice]})}\n\ndata: {json.dumps(usage)}\n\ndata: [DONE]\n\n"

    def _piece(self, text: str) -> None:
        """On the wire in two parts, so that no reader may take a packet for a line."""
        data = text.encode()
        self._chunk(data[: len(data) // 2])
        self._chunk(data[len(data) // 2 :])

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _whole(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), "Location": "/elsewhere", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


NOISE = (
    ": keep-alive\n\nevent: message\nid: 3\nretry: 10\n\n"
    'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"hm"},"finish_reason":null}]}\r\n\r\n'
)


@contextmanager
def serving(kind: str) -> Iterator[ModelServer]:
    server = ModelServer(kind)
    server.start()
    try:
        yield server
    finally:
        server.gate.set()
        server.stop()
