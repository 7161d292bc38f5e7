"""A syslog receiver on this machine, written from RFC 5424 and RFC 6587: datagrams and streams, local and on loopback; it keeps all."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LINE = re.compile(
    rb"<(?P<priority>\d{1,3})>1 (?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (?P<host>[\x21-\x7e]{1,255}) (?P<app>[\x21-\x7e]{1,48}) "
    rb"(?P<process>[\x21-\x7e]{1,128}) (?P<name>[\x21-\x7e]{1,32}) "
    rb"\[nova@32473(?P<fields>(?: [\x21-\x3c\x3e-\x7e]{1,32}=\"(?:[^\"\\\]]|\\.)*\")*)\]"
    rb"(?: (?P<text>.*))?",
    re.DOTALL,
)
FIELD = re.compile(r' ([^=]+)="((?:[^"\\\]]|\\.)*)"')


@dataclass
class Receiver:
    """What came, in order, and where to send it."""

    address: str
    messages: list[bytes] = field(default_factory=list)
    broken: list[bytes] = field(default_factory=list)
    lines: list[socket.socket] = field(default_factory=list)

    def fields(self) -> list[dict[str, str]]:
        """The parts of every message; AssertionError for one that is none."""
        found = []
        for message in self.messages:
            match = LINE.fullmatch(message)
            assert match is not None, message
            named = {name: re.sub(r"\\(.)", r"\1", value) for name, value in FIELD.findall(match["fields"].decode())}
            found.append({name: (match[name] or b"").decode() for name in ("priority", "at", "app", "name", "text")} | named)
        return found

    def numbers(self) -> list[int]:
        """The numbers of the rows that came."""
        return [int(one["seq"]) for one in self.fields() if "seq" in one]

    def cut(self) -> None:
        """Close every connection, as a restart does."""
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.lines.clear()


@contextmanager
def receiving(kind: str, folder: Path, port: int = 0) -> Iterator[Receiver]:
    """A receiver for `udp`, `tcp`, `unix` (datagrams) or `unix stream`, until the block ends."""
    family = socket.AF_UNIX if kind.startswith("unix") else socket.AF_INET
    sort = socket.SOCK_STREAM if kind in ("tcp", "unix stream") else socket.SOCK_DGRAM
    listening = socket.socket(family, sort)
    if family == socket.AF_UNIX:
        place = folder / "log"
        place.unlink(missing_ok=True)
        listening.bind(str(place))
        address = f"unix://{place}"
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        address = f"{kind}://127.0.0.1:{listening.getsockname()[1]}"
    receiver, stop = Receiver(address), threading.Event()
    if sort == socket.SOCK_STREAM:
        listening.listen()
    listening.settimeout(0.05)
    work = _accept if sort == socket.SOCK_STREAM else _datagrams
    thread = threading.Thread(target=work, args=(listening, receiver, stop))
    thread.start()
    try:
        yield receiver
    finally:
        stop.set()
        thread.join()
        receiver.cut()
        listening.close()


def _datagrams(listening: socket.socket, receiver: Receiver, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(TimeoutError):
            receiver.messages.append(listening.recv(65_536))


def _accept(listening: socket.socket, receiver: Receiver, stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(TimeoutError):
            line, _ = listening.accept()
            receiver.lines.append(line)
            threading.Thread(target=_stream, args=(line, receiver), daemon=True).start()


def _stream(line: socket.socket, receiver: Receiver) -> None:
    rest = b""
    with suppress(OSError):
        while piece := line.recv(65_536):
            rest = _whole(rest + piece, receiver)
    if rest:
        receiver.broken.append(rest)


def _whole(data: bytes, receiver: Receiver) -> bytes:
    """Keep every message that is whole; what is left of the last one."""
    while data:
        if data.startswith(b"<"):  # ended by a line break
            message, ended, after = data.partition(b"\n")
            if not ended:
                return data
        else:
            length, ended, after = data.partition(b" ")
            if not ended or len(after) < int(length):
                return data
            message, after = after[: int(length)], after[int(length) :]
        receiver.messages.append(message)
        data = after
    return data


def wait_for(receiver: Receiver, count: int, seconds: float = 10.0) -> Any:
    """The parts of the messages once there are so many."""
    from time import monotonic, sleep

    until = monotonic() + seconds
    while len(receiver.messages) < count and monotonic() < until:
        sleep(0.01)
    assert len(receiver.messages) >= count, receiver.messages
    return receiver.fields()
