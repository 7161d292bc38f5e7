"""A model server's address in, its answers out: the connection, the line in front of it, and the names of what goes wrong.

Ollama and OpenAI-compatible servers, for text and for vectors, have all of this in common.
"""

import json
import math
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from nova.engines.bounded import BoundedTransport, Bounds, TooMuch
from nova.engines.hearing import Hearing
from nova.errors import Busy, Misconfigured, ServerAbsent

OLLAMA = "http://127.0.0.1:11434"
QUIET_S = 20.0
MAX_LINE = 1024**2
MAX_ANSWER = 64 * 1024**2
ENDLESS = "sendet eine Antwort, die kein Ende hat"
LATE = "antwortet nicht rechtzeitig"
DECLINES = (400, 413, 422, 500)
TOO_LONG = re.compile(
    r"(input|context|token|prompt|sequence).{0,80}(length|long|large|exceed|maximum|less than|limit)|exceed.{0,40}(context|input|token)",
    re.IGNORECASE | re.DOTALL,
)


class Declined(ServerAbsent):
    """The server is there and took the request, but says no to what is in it."""


class TooLong(Declined):
    """What was sent is longer than the model reads."""


class NoSuchPath(ServerAbsent):
    """The server does not offer this."""


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Answers at once and waiting; seconds to wait in line, to connect, for a piece of a streamed answer and for all of one."""

    concurrent: int = 2
    queue: int = 8
    queue_s: float = 30.0
    connect_s: float = 5.0
    piece_s: float = 120.0
    total_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """Which server, for messages and requests: what people call it, its address, the model asked for, and a key ("" for none).

    `probe` is a path that answers at once, asked before a long request when the server was not heard of lately ("": never).
    """

    name: str
    url: str
    model: str
    key: str = ""
    role: str = "Sprachmodell"
    hint: str = ""
    probe: str = ""


class _Line:
    """Lets few answers be made at once and few wait; Busy for the rest."""

    def __init__(self, limits: ServerLimits, role: str) -> None:
        self._slots = threading.BoundedSemaphore(limits.concurrent)
        self._lock = threading.Lock()
        self._waiting = self._at_work = 0
        self._limits = limits
        self._role = role

    @contextmanager
    def turn(self, seconds: float = math.inf) -> Iterator[None]:
        """One's turn, once it comes, within so many seconds at most."""
        if not self._slots.acquire(blocking=False):
            self._wait(min(seconds, self._limits.queue_s))
        with self._lock:
            self._at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1
            self._slots.release()

    @property
    def idle(self) -> bool:
        """Whether nothing is being made."""
        return self._at_work == 0

    def _wait(self, seconds: float) -> None:
        with self._lock:
            if self._waiting >= self._limits.queue:
                raise busy(self._role, self._limits.queue_s)
            self._waiting += 1
        try:
            if not self._slots.acquire(timeout=max(0.0, seconds)):
                raise busy(self._role, self._limits.queue_s)
        finally:
            with self._lock:
                self._waiting -= 1


def busy(role: str, seconds: float) -> Busy:
    """The error for a server that has too much to do."""
    return Busy(f"Das {role} ist ausgelastet. Bitte versuchen Sie es gleich noch einmal.", data={"retry_after": max(1, round(seconds))})


class ModelServer:
    """One server and one model on it; used from many threads."""

    def __init__(self, place: Place, limits: ServerLimits) -> None:
        """Nothing is asked yet; Misconfigured for an address that is none."""
        if not place.url.startswith(("http://", "https://")):
            raise Misconfigured(f"Die Adresse des {place.role}s „{place.url}“ beginnt nicht mit http:// oder https://.")
        self.place = place
        self.limits = limits
        self._url = place.url.rstrip("/")
        self._line = _Line(limits, place.role)
        headers = {"Authorization": f"Bearer {place.key}"} if place.key else {}
        self._headers = headers
        self._tls = place.url.startswith("https:")
        bounded = BoundedTransport(Bounds(connect_s=limits.connect_s, max_bytes=MAX_ANSWER), tls=self._tls)
        self._whole = httpx.Client(transport=bounded, headers=headers, trust_env=False)
        self._hearing = Hearing(self._probe)

    def close(self) -> None:
        """Let go of the connections."""
        self._whole.close()

    def lines(self, path: str, body: Mapping[str, Any]) -> Iterator[str]:
        """Send a request in turn and give its answer's lines as they come; ends at `total_s`."""
        if self.place.probe:  # a server at work may be too busy to answer at once
            self._hearing.make_sure(0.0 if self._line.idle else QUIET_S)
        with self._line.turn(), self._streamed(path, body) as response:
            self._check(response)
            rest = bytearray()
            for piece in response.iter_bytes():
                self._hearing.note()
                first, *others = piece.split(b"\n")
                rest += first
                for other in others:
                    yield rest.decode("utf-8", "replace").strip()
                    rest = bytearray(other)
                if len(rest) > MAX_LINE:
                    raise self.absent(ENDLESS)
            if rest.strip():
                yield rest.decode("utf-8", "replace").strip()

    @contextmanager
    def _streamed(self, path: str, body: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """An answer as it comes, by a connection of its own: its parts may be read in several threads, all of them count."""
        limits, began = self.limits, time.monotonic()
        bounds = Bounds(connect_s=limits.connect_s, max_bytes=MAX_ANSWER, read_s=limits.piece_s)
        timeout = httpx.Timeout(limits.total_s, connect=limits.connect_s)
        with (
            self._faults(),
            httpx.Client(
                transport=BoundedTransport(bounds, tls=self._tls, single=True), headers=self._headers, timeout=timeout, trust_env=False
            ) as client,
        ):
            try:
                with client.stream("POST", self._url + path, json=dict(body)) as response:
                    yield response
            except httpx.ReadTimeout as error:
                if time.monotonic() - began < limits.total_s:
                    raise
                raise self.absent(f"brauchte länger als {limits.total_s:g} s für eine Antwort") from error

    def _probe(self) -> None:
        """Whether the server answers at all; what it answers does not matter here."""
        with self._faults():
            self._whole.request("GET", self._url + self.place.probe, timeout=httpx.Timeout(self.limits.connect_s))

    def post(self, path: str, body: Mapping[str, Any], until: float = math.inf) -> Mapping[str, Any]:
        """Send a request in turn; the answer's JSON object, within `total_s` from first to last byte.

        `until`, of the monotonic clock, limits all of it, the wait in line too.
        """
        with self._line.turn(until - time.monotonic()):
            seconds = min(self.limits.total_s, until - time.monotonic())
            if seconds <= 0:
                raise self.absent(LATE)
            return self._object("POST", path, seconds, json=dict(body))

    def ask(self, path: str) -> Mapping[str, Any]:
        """A short question about the server itself: the answer's JSON object, within `connect_s`."""
        return self._object("GET", path, self.limits.connect_s)

    def ask_list(self, path: str) -> list[Any]:
        """The same where the answer is a list."""
        value = self._json(self._sent("GET", path, self.limits.connect_s).content.decode("utf-8", "replace"))
        if not isinstance(value, list):
            raise self.absent("antwortet unverständlich")
        return value

    def tell(self, method: str, path: str, fine: Sequence[int] = (200,), **content: Any) -> int:
        """Have something done whose answer's words do not matter, within `total_s`; its status, which is one of these."""
        return self._sent(method, path, self.limits.total_s, fine, **content).status_code

    def _object(self, method: str, path: str, seconds: float, **content: Any) -> Mapping[str, Any]:
        return self.parsed(self._sent(method, path, seconds, **content).content.decode("utf-8", "replace"))

    def _sent(self, method: str, path: str, seconds: float, fine: Sequence[int] = (200,), **content: Any) -> httpx.Response:
        timeout = httpx.Timeout(seconds, connect=min(seconds, self.limits.connect_s))
        with self._faults():
            response = self._whole.request(method, self._url + path, timeout=timeout, **content)
        if response.status_code not in fine:
            self._check(response)
        return response

    def _json(self, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self.absent("antwortet unverständlich") from error

    def parsed(self, text: str) -> Mapping[str, Any]:
        """A JSON object; an error it carries is raised, whatever status it came with."""
        value = self._json(text)
        if not isinstance(value, dict):
            raise self.absent("antwortet unverständlich")
        if value.get("error"):
            raise self.absent(f"meldet: {words(value['error'])}")
        return value

    def absent(self, what: str, kind: type[ServerAbsent] = ServerAbsent) -> ServerAbsent:
        """The error that names the server."""
        return kind(f"{self.place.name} unter {_shown(self._url)} {what}.")

    def missing(self, known: Sequence[str]) -> ServerAbsent:
        """The error for a model the server does not have."""
        there = f" Vorhanden: {', '.join(sorted(known)[:10])}." if known else ""
        return ServerAbsent(
            f"{self.place.name} unter {_shown(self._url)} hat das Modell „{self.place.model}“ nicht.{there}{self.place.hint}"
        )

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == 200:
            return
        if status in (429, 503):
            seconds = response.headers.get("retry-after", "")
            raise busy(self.place.role, float(seconds) if seconds.isdigit() and len(seconds) < 5 else self.limits.queue_s)
        if status in (401, 403):
            raise self.absent("lehnt den Schlüssel ab")
        said = _said(response)
        if status == 404 and "model" in said.lower():
            raise self.missing([])
        if response.has_redirect_location:
            raise self.absent("leitet weiter; bitte die endgültige Adresse einstellen")
        raise self.absent(f"lehnt ab (Antwort {status}){': ' + said if said else ''}", _refusal(status, said))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self.absent("ist nicht erreichbar") from error
        except httpx.TimeoutException as error:
            raise self.absent(LATE) from error
        except TooMuch as error:
            raise self.absent(ENDLESS) from error
        except httpx.HTTPError as error:
            raise self.absent("hat die Verbindung abgebrochen") from error


def _refusal(status: int, said: str) -> type[ServerAbsent]:
    """Which error an answer's status and words are."""
    if status in DECLINES:
        return TooLong if TOO_LONG.search(said) else Declined
    return NoSuchPath if status == 404 else ServerAbsent


def names(entries: object, key: str) -> set[str]:
    """What a list of objects calls its entries; empty for anything else."""
    return {str(entry[key]) for entry in entries if isinstance(entry, dict) and key in entry} if isinstance(entries, list) else set()


def words(error: object) -> str:
    """An error's words in one short line, whichever way the server wraps them."""
    if isinstance(error, dict):
        error = error.get("message") or error.get("error") or error.get("type") or "unbekannter Fehler"
    text = "".join(letter if letter.isprintable() else " " for letter in str(error))
    return " ".join(text.split())[:200].rstrip(".")


def _said(response: httpx.Response) -> str:
    """What an error answer says, from its first bytes."""
    data = b""
    for piece in response.iter_bytes():
        data += piece
        if len(data) > 4096:
            break
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    said = (value.get("error") or value.get("message") or value.get("detail") or "") if isinstance(value, dict) else ""
    return words(said) if said else ""


def _shown(url: str) -> str:
    """The address without user name, password or query."""
    parts = httpx.URL(url)
    return str(parts.copy_with(userinfo=b"", query=None))
