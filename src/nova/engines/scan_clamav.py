"""A file's bytes -> what a ClamAV daemon finds in them, by its INSTREAM protocol (clamd(8)) over TCP or a Unix socket.

A daemon that is away, silent, slow or lying is ServerAbsent, never a clean file. Only a whole answer that says OK passes.
"""

import re
import select
import socket
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from nova.engines.addresses import PatientLookup
from nova.errors import NovaError, ServerAbsent, TooLarge

CHUNK = 1 << 16
LONGEST_ANSWER = 4096
LONGEST_FINDING = 120
FOUND = re.compile(r"stream: (?P<what>\S(?:.*\S)?) FOUND", re.DOTALL)
VERSION = re.compile(r"ClamAV (?P<version>[^\s/]{1,40})(?:/(?P<signatures>[0-9]{1,10})/.{0,80})?")
TOO_LARGE = "INSTREAM size limit exceeded. ERROR"
Family = tuple[socket.AddressFamily, Any]


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """Seconds to connect, for a word about the daemon itself, and for a file from the first byte sent to the end of the answer."""

    connect_s: float = 3.0
    word_s: float = 3.0
    file_s: float = 60.0


class ClamdScanner:
    """A `Scanner` at `place`: host:port (IPv6 in brackets) or unix:/path. Each file has a connection of its own."""

    def __init__(self, place: str, limits: ScanLimits | None = None) -> None:
        self._place = place
        self._limits = limits or ScanLimits()
        self._lookup = PatientLookup(self._limits.connect_s)

    def scan(self, data: bytes, name: str) -> str | None:
        """The name of what was found, or None; ServerAbsent, TooLarge (more than the daemon takes). The daemon never learns `name`."""
        if self._word(b"zPING\0") != "PONG":
            raise self._absent("antwortet unverständlich")
        answer = self._asked(lambda line: self._stream(line, data), self._limits.file_s)
        if answer == "stream: OK":
            return None
        if answer == TOO_LARGE:
            raise TooLarge(f"„{name}“ ist größer, als die Virenprüfung annimmt (StreamMaxLength von ClamAV). Aufgenommen wurde nichts.")
        if found := FOUND.fullmatch(answer):
            return _plain(found["what"])
        raise self._absent("meldet einen Fehler" if answer.endswith("ERROR") else "antwortet unverständlich")

    def health(self) -> Mapping[str, Any]:
        """Name, version and the signatures' number ("" where the daemon has none); raises ServerAbsent."""
        said = VERSION.fullmatch(self._word(b"zVERSION\0"))
        if said is None:
            raise self._absent("antwortet unverständlich")
        return {"name": "clamav", "version": said["version"], "signatures": said["signatures"] or ""}

    def _word(self, command: bytes) -> str:
        return self._asked(lambda line: line.send(command), self._limits.word_s)

    def _stream(self, line: "_Line", data: bytes) -> None:
        """Send the file. A daemon that has enough answers early and hangs up; then its answer counts."""
        with suppress(BrokenPipeError, ConnectionResetError):
            line.send(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                if line.answering():
                    return
                piece = data[start : start + CHUNK]
                line.send(struct.pack("!I", len(piece)) + piece)
            line.send(struct.pack("!I", 0))

    def _asked(self, say: Callable[["_Line"], None], seconds: float) -> str:
        """Connect, say something, and give the whole answer without its end."""
        try:
            with closing(self._connected()) as plug:
                line = _Line(plug, time.monotonic() + seconds)
                say(line)
                return line.answer().decode()
        except TimeoutError as error:
            raise self._absent(f"antwortet nicht innerhalb von {seconds:g} s") from error
        except OSError as error:
            raise self._absent("ist nicht erreichbar") from error
        except (EOFError, UnicodeDecodeError) as error:
            raise self._absent("antwortet unverständlich") from error

    def _connected(self) -> socket.socket:
        """A connection to the first of the daemon's addresses that takes one."""
        failed: OSError = ConnectionRefusedError()
        for family, address in self._addresses():
            plug = socket.socket(family, socket.SOCK_STREAM)
            plug.settimeout(self._limits.connect_s)
            try:
                plug.connect(address)
            except OSError as error:
                plug.close()
                failed = error
            else:
                return plug
        raise failed

    def _addresses(self) -> list[Family]:
        if self._place.startswith("unix:"):
            return [(socket.AF_UNIX, self._place.removeprefix("unix:"))]
        host, _, port = self._place.rpartition(":")
        try:
            found = self._lookup(host.strip("[]"), int(port))
        except NovaError as error:
            raise self._absent("ist nicht erreichbar") from error
        return [(socket.AF_INET6 if ":" in address else socket.AF_INET, (address, int(port))) for address in found]

    def _absent(self, what: str) -> ServerAbsent:
        return ServerAbsent(f"Die Virenprüfung ist gestört: ClamAV unter {self._place} {what}. Ohne sie nimmt Nova keine Dateien auf.")


class _Line:
    """A connection on which everything together must be done by `until`."""

    def __init__(self, plug: socket.socket, until: float) -> None:
        self._plug = plug
        self._until = until

    def send(self, data: bytes) -> None:
        self._plug.settimeout(self._left())
        self._plug.sendall(data)

    def answering(self) -> bool:
        """Whether the other side has said something, or hung up."""
        poll = select.poll()
        poll.register(self._plug, select.POLLIN)
        return bool(poll.poll(0))

    def answer(self) -> bytes:
        """Everything up to the NUL that ends it; EOFError when it is cut off, too long or followed by more."""
        said = bytearray()
        while b"\0" not in said:
            self._plug.settimeout(self._left())
            piece = self._plug.recv(LONGEST_ANSWER)
            said += piece
            if not piece or len(said) > LONGEST_ANSWER:
                raise EOFError
        whole, _, more = bytes(said).partition(b"\0")
        if more:
            raise EOFError
        return whole

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _plain(finding: str) -> str:
    """A finding as a token: letters, digits and .-_ only."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", finding)[:LONGEST_FINDING]
