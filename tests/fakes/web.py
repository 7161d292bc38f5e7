"""A web server on loopback whose pages a test writes as bytes: what it answers is put on the wire as it stands."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Write = Callable[[bytes], None]
Page = bytes | Callable[[Write], None]


class Web:
    """`pages[path]` is the whole answer, headers included, or a function that writes it in its own time."""

    def __init__(self, server: socket.socket) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[str] = []
        self.names: list[str | None] = []
        self.port: int = server.getsockname()[1]

    def url(self, path: str = "/") -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, body: bytes, *headers: str, status: str = "200 OK") -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
        self.pages[path] = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@contextmanager
def serve(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    server = socket.create_server(("127.0.0.1", 0))
    web = Web(server)
    if context is not None:
        context.sni_callback = lambda _socket, name, _context: web.names.append(name)
    ended = threading.Event()

    def answer(connection: socket.socket) -> None:
        try:
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
            with connection:
                connection.settimeout(5)
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    request += piece
                web.requests.append(request.decode("latin-1"))
                page = web.pages.get(request.split(b" ")[1].decode(), b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                if isinstance(page, bytes):
                    connection.sendall(page)
                else:
                    page(connection.sendall)
        except OSError:
            connection.close()

    def accept() -> None:
        while not ended.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        ended.set()
        with socket.socket() as last:
            last.connect_ex(("127.0.0.1", web.port))
        server.close()
        thread.join(5)


def drip(head: bytes, piece: bytes, times: int, pause: float) -> Callable[[Write], None]:
    """Writes a few bytes, waits, and again: a server that never quite ends."""

    def write(send: Write) -> None:
        send(head)
        for _ in range(times):
            time.sleep(pause)
            send(piece)

    return write
