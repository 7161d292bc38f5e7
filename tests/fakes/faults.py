"""A TCP proxy on loopback that misbehaves on request: put it between Nova and a server, and change `mode` while both run.

`well` passes everything on. `absent`: nothing listens. `refuses`: connections are reset at once. `hangs`: they are accepted and nothing
is ever answered. `slow`: the answer trickles. `cuts`: the connection is closed after the first bytes of the answer, `resets`: reset
there. `garbage`, `html`, `half`, `json`, `500`, `429`: the server answers by itself, in HTTP, and lies.
A change of mode breaks all open connections, as a restart of the server would; but `freezes` leaves them open and moves no byte more.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from psycopg.conninfo import conninfo_to_dict, make_conninfo

PIECE = 65536
FIRST_BYTES = 20
TRICKLE_BYTES, TRICKLE_SECONDS = 8, 0.2
RESET = struct.pack("ii", 1, 0)


def _http(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


LIES: Mapping[str, bytes] = {
    "garbage": b"\x00\xff\x13SSH-2.0-nonsense\r\n" * 3,
    "html": _http("200 OK", b"<html><body>Bitte melden Sie sich im Hotel-WLAN an.</body></html>", "Content-Type: text/html"),
    "half": _http("200 OK", b'{"models": [', "Content-Type: application/json", length=5000),
    "json": _http("200 OK", b'{"models": [{"name": ', "Content-Type: application/json"),
    "500": _http("500 Internal Server Error", b'{"error": "out of luck"}', "Content-Type: application/json"),
    "429": _http("429 Too Many Requests", b'{"error": "slow down"}', "Content-Type: application/json", "Retry-After: 3"),
}
BROKEN = ("absent", "refuses", "hangs", "freezes", "slow", "cuts", "resets", *LIES)
Address = tuple[str, int] | str


class Proxy:
    """Listens on `port`; `upstream` is (host, port) or the path of a socket."""

    def __init__(self, upstream: Address) -> None:
        self._upstream = upstream
        self._mode = "well"
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._moving = threading.Event()
        self._moving.set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.accepted = 0
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        assert mode == "well" or mode in BROKEN, mode
        self._mode = mode
        if mode == "absent":
            self._hush()
        elif self._listener is None:
            self._listen()
        if mode == "freezes":
            self._moving.clear()
            return
        self._break_all()
        self._moving.set()

    def close(self) -> None:
        self._hush()
        self._break_all()
        self._moving.set()

    def _listen(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _hush(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _break_all(self) -> None:
        with self._lock:
            found, self._open = self._open, set()
        for connection in found:
            _reset(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.accepted += 1
            with self._lock:
                self._open.add(client)
            threading.Thread(target=self._serve, args=(client, self._mode), daemon=True).start()

    def _serve(self, client: socket.socket, mode: str) -> None:
        with suppress(OSError):
            if mode == "refuses":
                _reset(client)
            elif mode in ("hangs", "freezes"):
                while client.recv(PIECE):
                    pass
            elif mode in LIES:
                client.recv(PIECE)
                client.sendall(LIES[mode])
                client.shutdown(socket.SHUT_WR)
                client.settimeout(2)
                while client.recv(PIECE):
                    pass
            else:
                self._relay(client, mode)
        self._forget(client)

    def _relay(self, client: socket.socket, mode: str) -> None:
        family = socket.AF_UNIX if isinstance(self._upstream, str) else socket.AF_INET
        server = socket.socket(family, socket.SOCK_STREAM)
        server.connect(self._upstream)
        with self._lock:
            self._open.add(server)
        threading.Thread(target=self._pump, args=(client, server), daemon=True).start()
        try:
            self._answer(server, client, mode)
        finally:
            self._forget(server)

    def _answer(self, server: socket.socket, client: socket.socket, mode: str) -> None:
        while piece := server.recv(PIECE):
            self._moving.wait()
            if mode == "slow":
                for at in range(0, len(piece), TRICKLE_BYTES):
                    client.sendall(piece[at : at + TRICKLE_BYTES])
                    time.sleep(TRICKLE_SECONDS)
            elif mode in ("cuts", "resets"):
                client.sendall(piece[:FIRST_BYTES])
                if mode == "resets":
                    time.sleep(0.05)
                    _reset(client)
                return
            else:
                client.sendall(piece)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                self._moving.wait()
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)

    def _forget(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def _reset(connection: socket.socket) -> None:
    """Close with a reset; whoever is blocked in it is woken."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)
    connection.close()


@contextmanager
def before(upstream: Address) -> Iterator[Proxy]:
    """A proxy in front of a server, until the block ends."""
    proxy = Proxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()


def database_socket(dsn: str) -> str:
    """Where a server on this machine listens."""
    parts = conninfo_to_dict(dsn)
    return f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"


def through(proxy: Proxy, dsn: str) -> str:
    """The same database, reached through the proxy."""
    return make_conninfo(dsn, host="127.0.0.1", port=proxy.port)
