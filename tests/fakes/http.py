"""What the fakes that speak HTTP have in common: a server on loopback that starts, stops, starts again on its port, and says nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

Answer = Callable[[str], tuple[int, bytes]]


class Server(ThreadingHTTPServer):
    """Listens on a port of loopback, 0 for a free one; with `start` it answers."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, handler: type[BaseHTTPRequestHandler], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The same as an address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answer, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self.shutdown()
        self.server_close()
        self._thread.join(5)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of the server."""


class Restarting:
    """A fake that is stopped and started again on its port; what it knows outlives both."""

    def __init__(self) -> None:
        self.port = 0
        self._http: Server | None = None

    def listen(self) -> Server:
        """A new server, on the port it had before."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def listening(self) -> bool:
        return self._http is not None

    def start(self) -> None:
        """Listen, on the port it had before."""
        self._http = self.listen()
        self.port = self._http.port
        self._http.start()

    def stop(self) -> None:
        """Listen no more."""
        if self._http is not None:
            self._http.stop()
            self._http = None


class Quiet(BaseHTTPRequestHandler):
    """A handler that writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_endless(self, mode: str) -> None:
        """Far less than was announced (`cut`), a byte now and then (`drip`), or more than anybody reads (`flood`)."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000000000")
        self.end_headers()
        for _ in range(3 if mode == "cut" else 20_000):
            self.wfile.write(b" " if mode == "drip" else b" " * 65536)
            if mode == "drip":
                time.sleep(0.1)
        self.close_connection = True


Some = TypeVar("Some", Restarting, Server)


@contextmanager
def running(fake: Some) -> Iterator[Some]:
    """It answers until the block ends."""
    fake.start()
    try:
        yield fake
    finally:
        fake.stop()


@contextmanager
def answering(answer: Answer, kind: str) -> Iterator[str]:
    """The address of a server that gives each path it is asked for what `answer` says (status, body), until the block ends."""

    class Handler(Quiet):
        def do_GET(self) -> None:
            status, body = answer(self.path)
            self.send(status, body, {"Content-Type": kind})

    with running(Server(Handler)) as server:
        yield server.address
