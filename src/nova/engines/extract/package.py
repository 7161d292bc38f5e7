"""The bytes of a ZIP-based office file -> nothing when it is safe to open, UnreadableFile when it is a bomb or broken."""

import io
import re
import traceback
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError

from lxml import etree

from nova.engines.extract.sniff import METHODS, sniff
from nova.errors import UnreadableFile, UnsupportedFile

MAX_PARTS = 10_000
MAX_TOTAL = 512 * 1024**2
MAX_RATIO = 300
FREE = 10 * 1024**2
# What the libraries raise on a damaged office file; none of them promises less.
_DAMAGED: tuple[type[Exception], ...] = (
    OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, ParseError, etree.LxmlError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@contextmanager
def damaged(filename: str, why: str, *kinds: type[Exception]) -> Iterator[None]:
    """Turn what a library raises within, and `kinds`, into UnreadableFile with the reason. What Nova's own lines raise passes as it is."""
    try:
        yield
    except (*_DAMAGED, *kinds) as error:
        if _own(error):
            raise
        raise UnreadableFile(f"„{filename}“ ist beschädigt: {why}.") from error


def _own(error: BaseException) -> bool:
    """Whether it was raised in Nova's code, not in what that called."""
    innermost = deque(traceback.walk_tb(error.__traceback__), maxlen=1).pop()[0]
    return str(innermost.f_globals.get("__name__", "")).startswith("nova.")


def check_package(data: bytes, media_type: str, filename: str) -> None:
    """Check number, declared and actual size of the parts, document type definitions (never legal here), and the kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS:
                raise UnreadableFile(f"„{filename}“ besteht aus zu vielen Teilen ({len(parts)}).")
            if declared > MAX_TOTAL or declared > FREE + MAX_RATIO * len(data):
                raise UnreadableFile(f"„{filename}“ wird ausgepackt zu groß ({declared // 1024**2} MB).")
            total = 0
            for part in parts:
                if part.flag_bits & 1:
                    raise UnreadableFile(f"„{filename}“ ist mit einem Kennwort geschützt.")
                if part.compress_type not in METHODS:
                    raise UnreadableFile(f"„{filename}“ ist auf eine Weise gepackt, die Office-Dateien nicht kennen.")
                total += _inflate(archive, part, MAX_TOTAL - total, filename)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise UnreadableFile(f"„{filename}“ ist beschädigt: das Archiv lässt sich nicht öffnen.") from error
    if sniff(data, filename) != media_type:
        raise UnsupportedFile(f"Der Inhalt von „{filename}“ passt nicht zu seiner Art.")


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, filename: str) -> int:
    """How many bytes the part really holds, read piece by piece and thrown away."""
    size = 0
    with archive.open(part) as stream:
        xml, tail = part.filename.endswith((".xml", ".rels")), b""
        while piece := stream.read(1 << 18):
            size += len(piece)
            if size > left:
                raise UnreadableFile(f"„{filename}“ wird ausgepackt zu groß.")
            if xml and _DTD.search((tail + piece).replace(b"\x00", b"")):
                raise UnreadableFile(f"„{filename}“ enthält Entitäten, die in Office-Dateien nicht erlaubt sind.")
            tail = piece[-32:]
    return size
