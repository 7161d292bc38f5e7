"""Entries of the audit log in, syslog messages (RFC 5424) out, over UDP, TCP (RFC 6587, octet counting) or a socket of this machine.

Syslog has no receipts. Over TCP a message counts as handed over once the other side's system has acknowledged its bytes; over UDP and
local sockets once it was sent and nothing came back against it. Messages carry their number, so one that comes twice is known.
"""

import fcntl
import json
import os
import re
import select
import socket
import struct
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

from nova.errors import Misconfigured, ServerAbsent
from nova.ports.outside import Entry
from nova.unseen import escaped

PRIORITY = 13 * 8 + 5  # facility "log audit", severity "notice"
ENTERPRISE = 32473  # the number that RFC 5612 leaves to those who have none
PORTS = {"udp": 514, "tcp": 601}
LONGEST = 2048  # bytes that every receiver takes (RFC 5424, 6.1)
DATAGRAMS = 50  # sent in a row, so that a receiver's buffer holds them
_UNPRINTABLE = re.compile(r"[^\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class SyslogLimits:
    """Seconds to connect and to send, to be acknowledged, and between bursts of datagrams."""

    step_s: float = 5.0
    acknowledged_s: float = 10.0
    pause_s: float = 0.02


class Syslog:
    """The place behind one address. Belongs to one thread."""

    def __init__(self, address: str, limits: SyslogLimits | None = None) -> None:
        """Misconfigured for an address that is none; nothing is opened yet."""
        self._address, self._limits = address, limits or SyslogLimits()
        self._kind, self._host, self._port, self._path = parsed(address)
        self._socket: socket.socket | None = None
        self._head = f"{_word(socket.gethostname(), 255)} nova {os.getpid()}"

    @property
    def address(self) -> str:
        """As it was given."""
        return self._address

    def tell(self, entries: Sequence[Entry]) -> None:
        """Send all; ServerAbsent when anything speaks against their having arrived."""
        try:
            line = self._open()
            if line.type == socket.SOCK_STREAM:
                self._stream(line, [self._message(entry) for entry in entries])
            else:
                self._datagrams(line, [self._message(entry) for entry in entries])
        except OSError as error:
            self.close()
            reason = error.strerror or type(error).__name__
            raise ServerAbsent(f"Der Syslog-Empfänger {self._address} antwortet nicht ({reason}).") from error

    def close(self) -> None:
        """The next message connects anew."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        """A connection on which the other side has not spoken against us: it is closed when the receiver has ended it meanwhile."""
        if self._socket is not None and _ended(self._socket):
            raise ConnectionResetError("closed by the receiver")
        if self._socket is None:
            self._socket = self._local() if self._kind == "unix" else self._remote()
        return self._socket

    def _remote(self) -> socket.socket:
        kind = socket.SOCK_DGRAM if self._kind == "udp" else socket.SOCK_STREAM
        if kind == socket.SOCK_STREAM:
            return socket.create_connection((self._host, self._port), self._limits.step_s)
        family, _, number, _, place = socket.getaddrinfo(self._host, self._port, type=kind)[0]
        line = socket.socket(family, kind, number)
        try:
            line.settimeout(self._limits.step_s)
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line

    def _local(self) -> socket.socket:
        """A datagram socket, as `/dev/log` is; some programs listen for streams instead."""
        last = OSError()
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            line = socket.socket(socket.AF_UNIX, kind)
            line.settimeout(self._limits.step_s)
            try:
                line.connect(self._path)
            except OSError as error:
                line.close()
                last = error
            else:
                return line
        raise last

    def _datagrams(self, line: socket.socket, messages: Sequence[bytes]) -> None:
        for number, message in enumerate(messages, 1):
            line.send(message)
            if number % DATAGRAMS == 0 or number == len(messages):
                time.sleep(self._limits.pause_s)
                if error := line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(error, os.strerror(error))

    def _stream(self, line: socket.socket, messages: Sequence[bytes]) -> None:
        local = self._kind == "unix"
        line.sendall(b"".join(message + b"\n" if local else b"%d %b" % (len(message), message) for message in messages))
        until = time.monotonic() + self._limits.acknowledged_s
        while not local and _unacknowledged(line):
            if time.monotonic() > until:
                raise TimeoutError("not acknowledged")
            time.sleep(0.01)
        if _ended(line):
            raise ConnectionResetError("closed by the receiver")

    def _message(self, entry: Entry) -> bytes:
        """`<109>1 TIME HOST nova PID NAME [nova@32473 field="value" ...] {"facts": ...}`"""
        at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        named = "".join(f' {_word(name, 32)}="{_value(value)}"' for name, value in entry.fields.items())
        head = f"<{PRIORITY}>1 {at} {self._head} {_word(entry.name, 32)} [nova@{ENTERPRISE}{named}]".encode()
        facts = json.dumps(dict(entry.facts), separators=(",", ":"), default=str).encode("ascii")
        return head + b" " + facts if len(head) + len(facts) < LONGEST else head


def parsed(address: str) -> tuple[str, str, int, str]:
    """Kind, host, port and path of `udp://host:514`, `tcp://host:601` or `unix:///dev/log`; Misconfigured."""
    wanted = "NOVA_AUDIT_SYSLOG hat die Form udp://host:514, tcp://host:601 oder unix:///dev/log."
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise Misconfigured(wanted) from error
    if parts.query or parts.fragment or parts.username is not None:
        raise Misconfigured(wanted)
    if parts.scheme == "unix" and parts.path.startswith("/") and not parts.netloc:
        return "unix", "", 0, parts.path
    if parts.scheme in PORTS and parts.hostname and parts.path in ("", "/"):
        return parts.scheme, parts.hostname, port or PORTS[parts.scheme], ""
    raise Misconfigured(wanted)


def _word(text: str, most: int) -> str:
    """A name of the head: printable, without blanks and what ends names there; "-" for nothing."""
    return re.sub(r"[=\]\"]", "_", _UNPRINTABLE.sub("_", text))[:most] or "-"


def _value(text: str) -> str:
    """A parameter's value on one line (RFC 5424, 6.3.3)."""
    return re.sub(r'(["\\\]])', r"\\\1", escaped(text[:256]).replace("\n", "\\n").replace("\t", "\\t"))


def _ended(line: socket.socket) -> bool:
    """Whether the other side has closed a stream, or something was reported against what was sent."""
    if line.type != socket.SOCK_STREAM:
        return False
    ready, _, _ = select.select([line], [], [], 0)
    with suppress(BlockingIOError):
        return bool(ready) and line.recv(4096, socket.MSG_DONTWAIT) == b""
    return False


def _unacknowledged(line: socket.socket) -> int:
    """Bytes that the other side's system has not confirmed (SIOCOUTQ, tcp(7))."""
    return int(struct.unpack("i", fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, bytes(4)))[0])
