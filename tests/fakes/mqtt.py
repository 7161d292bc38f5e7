"""An MQTT 3.1.1 broker on loopback (OASIS standard of 2014-10-29), as far as one who subscribes with QoS 1 needs it.

It keeps sessions of clients that ask for it (clean session 0), sends what was not acknowledged again after a reconnect with DUP set, and
at most `inflight` messages before the first of them is acknowledged, as mosquitto does. Wrong credentials are refused with return code 5.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGREQ, PINGRESP, DISCONNECT = 1, 2, 3, 4, 8, 9, 12, 13, 14
Sent = tuple[str, bytes]


@dataclass
class Session:
    """What the broker knows of a client: its filters, what waits, and what was sent and not acknowledged."""

    filters: list[str] = field(default_factory=list)
    waiting: list[Sent] = field(default_factory=list)
    flying: dict[int, Sent] = field(default_factory=dict)
    last: int = 0
    wire: socket.socket | None = None


class MqttBroker:
    """`publish` brings a message to every session that asked for its topic."""

    def __init__(self, user: str = "", password: str = "", inflight: int = 20) -> None:
        self._user, self._password, self._inflight = user, password, inflight
        self.sessions: dict[str, Session] = {}
        self.acknowledged = 0
        self.port = 0
        self._lock = threading.RLock()
        self._server: socket.socket | None = None
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def publish(self, topic: str, payload: bytes) -> None:
        with self._lock:
            for session in self.sessions.values():
                if any(matches(one, topic) for one in session.filters):
                    session.waiting.append((topic, payload))
                    self._send(session)

    @property
    def outstanding(self) -> int:
        """Messages that nobody has acknowledged."""
        with self._lock:
            return sum(len(session.waiting) + len(session.flying) for session in self.sessions.values())

    def cut(self) -> None:
        """Every connection breaks, as when a cable is pulled."""
        with self._lock:
            for session in self.sessions.values():
                if session.wire is not None:
                    hang_up(session.wire)
                    session.wire = None

    def start(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self.port))
        self.port = self._server.getsockname()[1]
        self._begin(self._accept, self._server)

    def stop(self) -> None:
        if self._server is not None:
            hang_up(self._server)
        self._server = None
        self.cut()
        for thread in self._threads:
            thread.join(5)

    def _begin(self, work: object, *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                wire, _ = server.accept()
                self._begin(self._serve, wire)

    def _serve(self, wire: socket.socket) -> None:
        session: Session | None = None
        with suppress(OSError, EOFError), wire:
            while True:
                kind, _flags, body = receive(wire)
                if kind == CONNECT:
                    session = self._connect(wire, body)
                    if session is None:
                        return
                elif kind == SUBSCRIBE and session is not None:
                    self._subscribe(wire, session, body)
                elif kind == PUBACK and session is not None:
                    with self._lock:
                        self.acknowledged += session.flying.pop(struct.unpack("!H", body)[0], None) is not None
                        self._send(session)
                elif kind == PINGREQ:
                    wire.sendall(packet(PINGRESP, b""))
                elif kind == DISCONNECT:
                    break
        with self._lock:
            if session is not None and session.wire is wire:
                session.wire = None

    def _connect(self, wire: socket.socket, body: bytes) -> Session | None:
        _, rest = text(body)  # "MQTT"
        flags = rest[1]
        client, rest = text(rest[4:])
        user, rest = text(rest) if flags & 0x80 else ("", rest)
        password, _ = text(rest) if flags & 0x40 else ("", rest)
        if (user, password) != (self._user, self._password):
            wire.sendall(packet(CONNACK, b"\x00\x05"))
            return None
        with self._lock:
            known = client in self.sessions and not flags & 0x02
            session = self.sessions.setdefault(client, Session()) if known else Session()
            self.sessions[client] = session
            if session.wire is not None:
                hang_up(session.wire)  # the same client twice: the first one goes
            session.wire = wire
            wire.sendall(packet(CONNACK, bytes([known, 0])))
            for mid, (topic, payload) in session.flying.items():
                wire.sendall(publication(topic, payload, mid, again=True))
        return session

    def _subscribe(self, wire: socket.socket, session: Session, body: bytes) -> None:
        mid, rest, granted = body[:2], body[2:], b""
        with self._lock:
            while rest:
                name, rest = text(rest)
                granted, rest = granted + bytes([min(rest[0], 1)]), rest[1:]
                if name not in session.filters:
                    session.filters.append(name)
            wire.sendall(packet(SUBACK, mid + granted))
            self._send(session)

    def _send(self, session: Session) -> None:
        while session.wire is not None and session.waiting and len(session.flying) < self._inflight:
            topic, payload = session.waiting.pop(0)
            session.last = session.last % 65_535 + 1
            session.flying[session.last] = (topic, payload)
            with suppress(OSError):
                session.wire.sendall(publication(topic, payload, session.last))


def hang_up(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
    wire.close()


def matches(pattern: str, topic: str) -> bool:
    """Whether a topic fits a filter with + and #."""
    wanted, given = pattern.split("/"), topic.split("/")
    for at, level in enumerate(wanted):
        if level == "#":
            return True
        if at >= len(given) or level not in ("+", given[at]):
            return False
    return len(wanted) == len(given)


def packet(kind: int, body: bytes, flags: int = 0) -> bytes:
    """A control packet: type and flags, the length in groups of seven bits, the rest."""
    length, left = b"", len(body)
    while True:
        left, part = divmod(left, 128)
        length += bytes([part | (128 if left else 0)])
        if not left:
            return bytes([kind << 4 | flags]) + length + body


def publication(topic: str, payload: bytes, mid: int, *, again: bool = False) -> bytes:
    name = topic.encode()
    return packet(PUBLISH, struct.pack("!H", len(name)) + name + struct.pack("!H", mid) + payload, 0x02 | (0x08 if again else 0))


def receive(wire: socket.socket) -> tuple[int, int, bytes]:
    first = exactly(wire, 1)[0]
    length = shift = 0
    while True:
        part = exactly(wire, 1)[0]
        length |= (part & 127) << shift
        shift += 7
        if part < 128:
            return first >> 4, first & 15, exactly(wire, length)


def exactly(wire: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = wire.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data


def text(data: bytes) -> tuple[str, bytes]:
    (length,) = struct.unpack("!H", data[:2])
    return data[2 : 2 + length].decode(), data[2 + length :]


@contextmanager
def serve(user: str = "", password: str = "", inflight: int = 20) -> Iterator[MqttBroker]:
    """A broker on a free port until the block ends."""
    broker = MqttBroker(user, password, inflight)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
