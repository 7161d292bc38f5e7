"""A web address -> the page or file behind it, fetched once, from an address that was checked, within caps of size and time.

The one way out for addresses people give. http and https only; no redirects, no user names, no cookies, no proxies.
"""

import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urljoin

import httpcore
import httpx

from nova.engines.addresses import AddressPolicy, PatientLookup, Resolve
from nova.engines.bounded import until
from nova.engines.tls import trusted
from nova.errors import BlockedAddress, InvalidInput, ServerAbsent, TooLarge
from nova.ports import Fetched
from nova.ports.sources import Answer

PORTS = (80, 443, 8080, 8443)
MAX_URL = 2_000
MAX_PACK = 200
_UNFIT = re.compile(r"[\x00-\x20\\\x7f]")  # for an address
EITHER, GZIP = 47, 31  # what zlib takes for: gzip or deflate, whichever it is; gzip alone
MAX_PARTS = 1_000
FAULTS = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ssl.SSLError, OSError)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bytes of the body, packed or not; seconds to find and to connect, to wait for the next bytes, and for everything together."""

    max_bytes: int = 50 * 1024**2
    connect_s: float = 5.0
    read_s: float = 10.0
    total_s: float = 60.0


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to the checked addresses, whatever name the request carries (which stays in Host and in TLS)."""

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the addresses that takes one before the deadline."""
        last: httpcore.NetworkError | httpcore.TimeoutException = httpcore.ConnectError("no address")
        for address in self._addresses[:4]:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise httpcore.ConnectTimeout("deadline")
            try:
                patience = left if timeout is None else min(timeout, left)
                stream = self._real.connect_tcp(address, port, patience, local_address, socket_options)
                return until(self._deadline, stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last


class SafeFetcher:
    """The `Fetcher` engine. `allow` lists hosts, addresses or networks inside the company that are open all the same."""

    def __init__(
        self,
        allow: Sequence[str] = (),
        limits: FetchLimits | None = None,
        *,
        resolver: Resolve | None = None,
        tls: Callable[[], ssl.SSLContext] = trusted,
    ) -> None:
        self._allowed = AddressPolicy(allow)
        self._limits = limits or FetchLimits()
        self._resolve = resolver or PatientLookup(self._limits.connect_s)
        self._tls = tls

    def fetch(self, url: str) -> Fetched:
        """Download one address.

        Raises InvalidInput (not an address, a redirect, an error the page answers), BlockedAddress (it leads inside),
        TooLarge, ServerAbsent (no connection, too slow, the server is broken).
        """
        target = _parsed(url)
        told = self._told(target, None, refuse=True)
        content_type = told.headers.get("content-type", "").split(";")[0].strip().lower()[:100]
        return Fetched(str(target), told.data, content_type, _filename(target, told.headers))

    def answer(self, url: str, token: str = "") -> Answer:
        """As `fetch`, but told with the status instead of an error for it; only of an answer 200 is the body read. Nothing is followed.

        `token` goes along as a bearer: over https, or to a host that is allowed inside the company; InvalidInput else.
        """
        return self._told(_parsed(url), token or None, refuse=False)

    def _told(self, target: httpx.URL, token: str | None, *, refuse: bool) -> Answer:
        deadline = time.monotonic() + self._limits.total_s
        port, addresses = self._place(target, open_way=token is None or target.scheme == "https")
        bearer = [] if token is None else [(b"Authorization", b"Bearer " + token.encode("ascii", "ignore"))]
        try:
            with self._asked(target, port, addresses, deadline, bearer) as response:
                return self._read(target, response, refuse=refuse)
        except httpcore.TimeoutException as error:
            raise ServerAbsent(f"„{target.host}“ antwortet nicht rechtzeitig.") from error
        except FAULTS as error:
            raise ServerAbsent(f"„{target.host}“ ist nicht erreichbar ({_cause(error)}).") from error

    def _place(self, target: httpx.URL, *, open_way: bool) -> tuple[int, list[str]]:
        """Port and checked addresses; without `open_way` only those of a host that is allowed."""
        port = target.port or (443 if target.scheme == "https" else 80)
        addresses = list(self._resolve(target.raw_host.decode("ascii"), port))
        listed = self._allowed.check(target.host, addresses)
        if port not in PORTS and not listed:
            raise BlockedAddress(f"Der Anschluss {port} ist für Webseiten unüblich und wird nicht abgerufen.")
        if not open_way and not listed:
            raise InvalidInput(f"Ein Zugangsschlüssel geht nur über https an „{target.host}“.")
        return port, addresses

    @contextmanager
    def _asked(
        self, target: httpx.URL, port: int, addresses: Sequence[str], deadline: float, more: Sequence[tuple[bytes, bytes]]
    ) -> Iterator[httpcore.Response]:
        limits = self._limits
        timeout = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s, "pool": limits.connect_s}
        headers = [
            (b"Host", target.netloc),
            (b"User-Agent", b"Nova"),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip"),
            (b"Connection", b"close"),
            *more,
        ]
        where = httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=port, target=target.raw_path)
        context = self._tls() if target.scheme == "https" else None
        with (
            httpcore.ConnectionPool(ssl_context=context, network_backend=PinnedBackend(addresses, deadline), max_connections=1) as pool,
            pool.stream("GET", where, headers=headers, extensions={"timeout": timeout}) as response,
        ):
            yield response

    def _read(self, target: httpx.URL, response: httpcore.Response, *, refuse: bool) -> Answer:
        limits = self._limits
        known = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if refuse:
            _check_answer(target, response.status, known)
        if response.status != 200:
            return Answer(response.status, known, b"")
        _check_length(known, limits.max_bytes)
        pieces = _unpacked(response.iter_stream(), known.get("content-encoding", ""), limits.max_bytes, target.host)
        return Answer(response.status, known, b"".join(pieces))


def _parsed(url: str) -> httpx.URL:
    """The address in parts; InvalidInput names what is wrong with it."""
    text = url.strip()
    if len(text) > MAX_URL or _UNFIT.search(text):
        raise InvalidInput("Die Adresse ist zu lang oder enthält Leerzeichen oder unzulässige Zeichen.")
    try:
        target = httpx.URL(text).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise InvalidInput("Das ist keine gültige Adresse.") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise InvalidInput("Nova ruft nur Adressen ab, die mit http:// oder https:// beginnen.")
    if target.port is not None and not 0 < target.port < 65536:
        raise InvalidInput(f"Den Anschluss {target.port} gibt es nicht.")
    if target.userinfo:
        raise InvalidInput("Adressen mit Benutzername oder Kennwort werden nicht abgerufen.")
    return target


def _check_answer(target: httpx.URL, status: int, headers: Mapping[str, str]) -> None:
    if 300 <= status < 400:
        onwards = "".join(letter for letter in urljoin(str(target), headers.get("location", "")) if letter.isprintable())[:500]
        raise InvalidInput(
            f"Die Seite leitet weiter nach {onwards or 'unbekannt'}. Bitte geben Sie diese Adresse selbst an.", data={"target": onwards}
        )
    if status >= 500 or status == 429:
        raise ServerAbsent(f"„{target.host}“ ist gestört (Antwort {status}).")
    if status in (401, 403, 407):
        raise InvalidInput(f"„{target.host}“ gibt die Seite nicht ohne Anmeldung heraus (Antwort {status}).")
    if status != 200:
        raise InvalidInput(f"Unter dieser Adresse gibt es nichts (Antwort {status}).")


def _check_length(headers: Mapping[str, str], max_bytes: int) -> None:
    length = headers.get("content-length", "")
    if length.isdigit() and len(length) < 20 and int(length) > max_bytes:
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"Die Datei ist größer als {max_bytes / 1024**2:.0f} MiB.")


def _unpacked(pieces: Iterable[bytes], encoding: str, max_bytes: int, host: str) -> Iterator[bytes]:
    """The body's bytes, unpacked where the server packed them, counted as they come."""
    coding = encoding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise ServerAbsent(f"„{host}“ verpackt die Seite auf eine Art, die Nova nicht liest ({coding[:20]}).")
    unpack: _Plain | _Members = _Plain() if coding in ("", "identity") else _Members()
    size = packed = 0
    for piece in pieces:
        packed += len(piece)
        if packed > max_bytes:
            raise _too_large(max_bytes)
        try:
            for part in unpack.parts(piece, max_bytes + 1):
                size += len(part)
                if size > min(max_bytes, unpack.most_of(packed)):
                    raise _too_large(max_bytes)
                yield part
        except zlib.error as error:
            raise ServerAbsent(f"„{host}“ sendet eine beschädigte Antwort.") from error
    if packed and not unpack.whole:
        raise ServerAbsent(f"„{host}“ sendet eine unvollständige Antwort.")


class _Plain:
    """Bytes as they come."""

    whole = True

    def parts(self, piece: bytes, most: int) -> Iterator[bytes]:
        """The piece."""
        yield piece

    def most_of(self, packed: int) -> int:
        """What so many bytes may be: themselves."""
        return packed


class _Members:
    """Packed bytes unpacked as they come; one packed part after another, as gzip may have it, and padding. zlib.error for all else."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(EITHER)
        self._begun = 1

    @property
    def whole(self) -> bool:
        """Whether the bytes so far end where a part ends."""
        return self._unpack.eof

    def most_of(self, packed: int) -> int:
        """What so many packed bytes may unpack to; a bomb gives more."""
        return 1024**2 + packed * MAX_PACK

    def parts(self, piece: bytes, most: int) -> Iterator[bytes]:
        """What a piece unpacks to, at most this many bytes of each part in it."""
        while piece := piece.lstrip(b"\0") if self._unpack.eof else piece:
            if self._unpack.eof:
                self._next()
            yield self._unpack.decompress(piece, most)
            piece = self._unpack.unused_data

    def _next(self) -> None:
        self._begun += 1
        if self._begun > MAX_PARTS:
            raise zlib.error("too many parts")
        self._unpack = zlib.decompressobj(GZIP)


def _filename(target: httpx.URL, headers: Mapping[str, str]) -> str:
    """A name to show, never a path: as the server calls it, else the last part of the address."""
    message = Message()
    message["content-disposition"] = "".join(letter for letter in headers.get("content-disposition", "")[:1000] if letter.isprintable())
    given = message.get_filename()
    name = given or unquote(target.raw_path.decode("ascii", "replace").split("?")[0].rstrip("/").rpartition("/")[2]) or target.host
    name = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    return name[-200:] or target.host


def _cause(error: BaseException) -> str:
    """A word or two about the fault, without addresses."""
    if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error):
        return "das Zertifikat ist ungültig" if "CERTIFICATE" in str(error) else "die Verschlüsselung scheitert"
    if isinstance(error, httpcore.RemoteProtocolError):
        return "die Antwort ist unvollständig oder kein HTTP"
    return "keine Verbindung"
