"""An Apache Tika server on loopback, as its documentation (wiki page TikaServer) and its published sources describe it: 2.x and 3.x.

`GET /version`: "Apache Tika 3.2.3". `PUT /rmeta/html`: 200 with a JSON list, the file first, then what is embedded; `X-TIKA:content` is
the page. A file that cannot be parsed is 200 too: its exception stands in `X-TIKA:EXCEPTION:container_exception`; embedded ones have
theirs. 204 nothing in it, 413 too large, 415 no such kind, 422 encrypted or broken, 500 error while processing, 503 shutting down or
restarting (a server that forks starts anew after a crash and hangs up meanwhile).

What it says of the files of `tests.fakes.office` are the real Tika's words (`tika_answers/`, made with `tika-app 2.6.0 -J -h`; the server
sends the same list). Of other OpenDocument texts it reads headings and paragraphs; everything else it cannot parse.
"""

import hashlib
import io
import json
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.fakes.http import Quiet, Restarting, Server, running

ANSWERS = Path(__file__).parent / "tika_answers"
CONTENT, FAILED = "X-TIKA:content", "X-TIKA:EXCEPTION:container_exception"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
KNOWN = (
    "application/vnd.oasis.opendocument",
    "application/epub+zip",
    "application/rtf",
    "application/msword",
    "application/vnd.ms-",
    "message/rfc822",
)
Entry = dict[str, Any]


def recorded() -> dict[str, list[Entry]]:
    """The real Tika's answers by the file's sha256."""
    found = (json.loads(path.read_text("utf-8")) for path in sorted(ANSWERS.glob("*.json")))
    return {one["sha256"]: one["answer"] for one in found}


def read(data: bytes, media_type: str) -> list[Entry]:
    """The list for a file."""
    known = recorded().get(hashlib.sha256(data).hexdigest())
    return known if known is not None else [_opened(data, media_type)]


def failed(media_type: str, exception: str, words: str) -> Entry:
    """A file that could not be parsed; the stack trace as the server writes it."""
    trace = f"{exception}: {words}\n\tat org.apache.tika.parser.CompositeParser.parse(CompositeParser.java:298)\n\t... 9 more\n"
    return {"Content-Type": media_type, FAILED: trace, "X-TIKA:embedded_depth": "0", "X-TIKA:parse_time_millis": "12"}


def _opened(data: bytes, media_type: str) -> Entry:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                return failed(
                    media_type, "org.apache.tika.exception.EncryptedDocumentException", "Unable to process: document is encrypted"
                )
            tree = ElementTree.fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, zlib.error, EOFError, OSError, ValueError):
        return failed(media_type, "org.apache.tika.exception.TikaException", "Unexpected RuntimeException from parser")
    blocks = []
    for element in tree.iter():
        if element.tag == f"{TEXT}h":
            blocks.append(f"<h1>{escape(''.join(element.itertext()))}</h1>")
        elif element.tag == f"{TEXT}p":
            blocks.append(f"<p>{escape(''.join(element.itertext()))}</p>\n")
    page = f'<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<title></title>\n</head>\n<body>{"".join(blocks)}</body></html>'
    return {"Content-Type": media_type, CONTENT: page, "X-TIKA:embedded_depth": "0", "X-TIKA:parse_time_millis": "12"}


class TikaServer(Restarting):
    """`mode` says how it behaves, `answer` replaces what it says of a file; `seen` keeps method, path, headers and size of requests."""

    def __init__(self) -> None:
        super().__init__()
        self.mode = "good"
        self.version = "Apache Tika 3.2.3"
        self.answer: bytes | None = None
        self.seen: list[tuple[str, str, dict[str, str], int]] = []

    def listen(self) -> Server:
        return _Http(self)


class _Http(Server):
    def __init__(self, tika: TikaServer) -> None:
        super().__init__(_Handler, tika.port)
        self.tika = tika


class _Handler(Quiet):
    server: _Http

    def do_GET(self) -> None:
        tika = self.server.tika
        tika.seen.append(("GET", self.path, dict(self.headers), 0))
        if tika.mode in ("dead", "503", "html"):
            self._fail(tika.mode)
        elif self.path == "/version":
            self._send(200, tika.version.encode(), "text/plain")
        elif self.path == "/tika":
            self._send(200, f"This is Tika Server ({tika.version}). Please PUT\n".encode(), "text/plain")
        else:
            self._send(404, b"", "text/plain")

    def do_PUT(self) -> None:
        tika = self.server.tika
        data = self.rfile.read(int(self.headers["Content-Length"]))
        tika.seen.append(("PUT", self.path, dict(self.headers), len(data)))
        kind = self.headers.get("Content-Type", "application/octet-stream")
        if tika.mode != "good":
            self._fail(tika.mode)
        elif self.path not in ("/rmeta", "/rmeta/html"):
            self._send(404, b"", "text/plain")
        elif not kind.startswith(KNOWN):
            self._send(415, b"", "text/plain")
        else:
            answer = tika.answer if tika.answer is not None else json.dumps(read(data, kind)).encode()
            self._send(200, answer, "application/json")

    def _fail(self, mode: str) -> None:
        if mode.isdigit():
            self._send(int(mode), b"" if mode != "500" else b"java.lang.NullPointerException\n\tat x", "text/plain")
        elif mode in ("slow", "dead"):
            time.sleep(1.5)
        elif mode == "html":
            self._send(200, b"<html>a proxy's page</html>", "text/html")
        elif mode in ("cut", "flood", "drip"):
            self.send_endless(mode)

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send(status, data, {"Content-Type": kind, "Location": "/elsewhere"})


@contextmanager
def serving() -> Iterator[TikaServer]:
    with running(TikaServer()) as server:
        yield server
