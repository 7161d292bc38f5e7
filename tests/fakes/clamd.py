"""A ClamAV daemon on a real socket (TCP or Unix), as clamd(8) describes its INSTREAM, PING and VERSION commands.

A command is `z` and its name up to a NUL; the answer ends in a NUL too. After INSTREAM come chunks of a 4-byte length in network
byte order and the data, ended by a chunk of length 0: `stream: OK` or `stream: <signature> FOUND`. More bytes in all than
StreamMaxLength: `INSTREAM size limit exceeded. ERROR` and the connection is closed. An unknown command: `UNKNOWN COMMAND`.
`mode` makes it fail: "slow" (one byte of the answer a second), "silent" (never answers), "closing" (hangs up in the middle of the
stream), "mute" (hangs up instead of an answer), "lying" (an answer of another protocol), "endless" (an answer without an end),
"broken" (an error of its own), "cut" (an answer without the NUL that ends it). While it is `polite`, PING and VERSION are answered well
all the same.
"""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
SIGNATURE = "Win.Test.EICAR_HDB-1"
VERSION = "ClamAV 1.4.3/27700/Mon Jul 14 08:35:02 2025"


class Clamd(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """`mode` says how it behaves; `limit` is StreamMaxLength in bytes; `seen` keeps the whole streams; `says` replaces the answer."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def __init__(self, address: tuple[str, int] | str) -> None:
        self.address_family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.mode = "good"
        self.polite = True
        self.limit = 25 * 1024 * 1024
        self.seen: list[bytes] = []
        self.says: str | None = None
        self.over = threading.Event()
        super().__init__(address, _Handler)  # type: ignore[arg-type]  # a path, for a Unix socket

    @property
    def setting(self) -> str:
        """The value of NOVA_CLAMAV that leads here."""
        address = self.server_address
        return f"unix:{address}" if self.address_family == socket.AF_UNIX else f"127.0.0.1:{address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault of the server."""


class _Handler(socketserver.StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        command = self._until_nul()
        word = {b"zPING": "PONG", b"zVERSION": VERSION}.get(command)
        if word is not None and self.server.polite:
            self.wfile.write(word.encode() + b"\0")
        elif self.server.mode == "silent":
            self.server.over.wait(30)
        elif word is not None:
            self._answer(word)
        elif command == b"zINSTREAM":
            self._stream()
        else:
            self._answer("UNKNOWN COMMAND")

    def _until_nul(self) -> bytes:
        taken = bytearray()
        while (byte := self.rfile.read(1)) not in (b"", b"\0"):
            taken += byte
        return bytes(taken)

    def _stream(self) -> None:
        whole = bytearray()
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            if self.server.mode == "closing" and whole:
                return
            whole += self.rfile.read(length)
            if len(whole) > self.server.limit:
                self._answer("INSTREAM size limit exceeded. ERROR")
                return
        self.server.seen.append(bytes(whole))
        told = f"stream: {SIGNATURE} FOUND" if EICAR in whole else "stream: OK"
        self._answer(told if self.server.says is None else self.server.says)

    def _answer(self, text: str) -> None:
        mode = self.server.mode
        if mode == "endless":
            while not self.server.over.is_set():
                self.wfile.write(b"stream: OK " * 1000)
        elif mode == "slow":
            for byte in text.encode() + b"\0":
                self.wfile.write(bytes([byte]))
                if self.server.over.wait(1):
                    return
        elif mode != "mute":
            lies = {"lying": b"220 mail.example.org ESMTP\r\n\0", "broken": b"stream: Can't allocate memory ERROR\0", "cut": text.encode()}
            self.wfile.write(lies.get(mode, text.encode() + b"\0"))


@contextmanager
def clamd(path: Path | None = None, port: int = 0) -> Iterator[Clamd]:
    """A running daemon: on a free (or this) port of loopback, or on a Unix socket at `path`."""
    server = Clamd(("127.0.0.1", port) if path is None else str(path))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
        if path is not None:
            path.unlink(missing_ok=True)
