"""Files that the built-in readers do not know -> `Document`s, read by an Apache Tika server and checked in a child process.

OpenDocument, RTF, old Office files, EPUB and e-mail. The server gets a file's bytes and its kind, never its name. Its answer is taken as
hostile: bytes and time are capped, and it is read where the file itself would be.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from nova.engines.bounded import BoundedTransport, Bounds, TooMuch
from nova.engines.extract.foreign import FOREIGN, foreign
from nova.engines.extract.sandbox.runner import Children, Limits
from nova.engines.extract.sniff import refuse
from nova.engines.extract.wire import unpack
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent, TooLarge, UnreadableFile, UnsupportedFile
from nova.records import Document

READS = "Mit dem Tika-Server liest Nova außerdem OpenDocument, RTF, alte Office-Dateien (.doc, .xls, .ppt), EPUB und E-Mails."
MOST_CHARS = 20_000_000
MOST_EMBEDDED = 50
RETRY_AFTER_S = 10
UNREAD = {
    415: "der Tika-Server kennt ihre Art nicht",
    422: "sie ist mit einem Kennwort geschützt oder beschädigt (Tika-Server, Antwort 422)",
    500: "der Tika-Server meldet einen Fehler (Antwort 500)",
}


@dataclass(frozen=True, slots=True)
class TikaLimits:
    """Seconds to connect, for a word about the server itself, and for a file; bytes of a file and of the answer to it."""

    connect_s: float = 3.0
    word_s: float = 3.0
    file_s: float = 120.0
    max_bytes: int = 100 * 1024**2
    reply_bytes: int = 64 * 1024**2


class TikaTexts:
    """The server `Texts` engine, for the kinds in `FOREIGN` only. `children` belong to the caller."""

    def __init__(self, url: str, children: Children, limits: TikaLimits | None = None, *, reading: Limits | None = None) -> None:
        self._url = url.rstrip("/")
        self._children = children
        self._limits = limits or TikaLimits()
        self._reading = reading or Limits()
        try:
            if not httpx.URL(url).host:
                raise httpx.InvalidURL(url)
            bounds = Bounds(connect_s=self._limits.connect_s, max_bytes=self._limits.reply_bytes)
            self._client = httpx.Client(
                base_url=self._url,
                transport=BoundedTransport(bounds, tls=url.startswith("https:")),
                timeout=httpx.Timeout(self._limits.file_s),
                headers={"User-Agent": "Nova"},
                trust_env=False,
            )
        except httpx.InvalidURL as error:
            raise Misconfigured("NOVA_TIKA_URL ist keine gültige Adresse.") from error

    def sniff(self, head: bytes, filename: str) -> str:
        """The media type by content; UnsupportedFile for kinds that are not the server's to read."""
        kind = foreign(head, filename)
        if kind is None:
            raise refuse(filename, "von einer Art, die Nova nicht liest")
        return kind

    def extract(self, data: bytes, media_type: str, filename: str) -> Document:
        """The document's text with blocks; UnreadableFile with the reason, ServerAbsent or Busy when the server does not answer."""
        if media_type not in FOREIGN:
            raise UnsupportedFile(f"Die Art „{media_type}“ liest der Tika-Server für Nova nicht.")
        if len(data) > self._limits.max_bytes:
            raise _too_large(filename, self._limits.max_bytes)
        value, text = self._children.run(
            "nova.engines.extract.tika:rmeta_task",
            {"media_type": media_type, "filename": filename},
            self._read(data, media_type, filename),
            name=filename,
            limits=self._reading,
            own=hashlib.sha256(data).hexdigest(),
        )
        return unpack(value, text, media_type)

    def page_image(self, data: bytes, number: int, width: int) -> bytes:
        """Raises UnsupportedFile: only PDF has pages to show."""
        raise UnsupportedFile("Seitenbilder gibt es nur von PDF-Dateien.")

    def page_marks(self, data: bytes, number: int, quote: str) -> Mapping[str, Any]:
        """Raises UnsupportedFile: only PDF has pages to show."""
        raise UnsupportedFile("Seitenbilder gibt es nur von PDF-Dateien.")

    def health(self) -> Mapping[str, Any]:
        """Name, version and the kinds it reads; raises ServerAbsent or Busy."""
        return {"name": "tika", "version": self._version(), "accepts": list(FOREIGN)}

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _version(self) -> str:
        with self._named():
            answer = self._client.get("/version", timeout=self._limits.word_s, headers={"Accept": "text/plain"})
        words = answer.text.strip() if answer.status_code == 200 else ""
        if answer.status_code in (429, 503):
            raise self._busy()
        if "Tika" not in words or len(words) > 200 or not words.isprintable():
            raise self._absent("antwortet unverständlich")
        return words.rpartition(" ")[2]

    def _read(self, data: bytes, media_type: str, filename: str) -> bytes:
        """What the server says of the file, unread."""
        headers = {
            "Content-Type": media_type,
            "Accept": "application/json",
            "writeLimit": str(MOST_CHARS),
            "maxEmbeddedResources": str(MOST_EMBEDDED),
        }
        try:
            with self._named(filename):
                answer = self._client.put("/rmeta/html", content=data, headers=headers)
        except _TooSlow as slow:
            self._version()  # a server that is away is to be waited for, a file that is too much for it is not
            raise _unread(filename, f"der Tika-Server brauchte länger als {self._limits.file_s:g} s") from slow
        if answer.status_code != 200:
            raise self._answered(answer, filename)
        return answer.content

    def _answered(self, answer: httpx.Response, filename: str) -> NovaError:
        """The error for a status, as the server's documentation means it."""
        status = answer.status_code
        if status == 204:
            return UnreadableFile(f"„{filename}“ enthält keinen lesbaren Text.")
        if status == 413:
            return _too_large(filename, None)
        if status in UNREAD:
            return _unread(filename, UNREAD[status])
        if status in (429, 503):
            return self._busy()
        if status in (401, 403, 407):
            return self._absent("verlangt eine Anmeldung, die Nova nicht kennt")
        if 300 <= status < 400:
            return self._absent("leitet weiter; bitte die endgültige Adresse einstellen")
        return self._absent(f"lehnt ab (Antwort {status})")

    @contextmanager
    def _named(self, filename: str = "") -> Iterator[None]:
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self._absent("ist nicht erreichbar") from error
        except httpx.TimeoutException as error:
            raise (_TooSlow if filename else ServerAbsent)(self._words("antwortet nicht rechtzeitig")) from error
        except TooMuch as error:
            if not filename:
                raise self._absent("sendet eine Antwort, die kein Ende hat") from error
            raise _unread(filename, "das Ergebnis ist zu groß") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._absent("hat die Verbindung abgebrochen") from error

    def _busy(self) -> Busy:
        return Busy(self._words("ist ausgelastet oder startet gerade neu"), data={"retry_after": RETRY_AFTER_S})

    def _absent(self, what: str) -> ServerAbsent:
        return ServerAbsent(self._words(what))

    def _words(self, what: str) -> str:
        shown = httpx.URL(self._url).copy_with(userinfo=b"", query=None)
        return f"Der Tika-Server unter {shown} {what}."


class _TooSlow(ServerAbsent):
    """A file was not read in time."""


def _unread(filename: str, reason: str) -> UnreadableFile:
    return UnreadableFile(f"„{filename}“ ließ sich nicht lesen: {reason}.")


def _too_large(filename: str, most: int | None) -> TooLarge:
    than = "der Tika-Server annimmt" if most is None else f"{most // 1024**2} MiB"
    return TooLarge(f"„{filename}“ ist größer als {than}.")
