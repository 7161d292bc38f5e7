"""The first bytes of a file -> the media type of a kind that only a Tika server reads, judged by content; None for all others.

OpenDocument and EPUB by the archive's first member, RTF by its sign, e-mail by its head, old Office files by their container's directory.
"""

import re
import struct
from collections.abc import Iterator

from nova.engines.extract.sniff import refuse

ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
EPUB = "application/epub+zip"
RTF = "application/rtf"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
MSG, EML = "application/vnd.ms-outlook", "message/rfc822"
FOREIGN = (ODT, ODS, ODP, EPUB, RTF, DOC, XLS, PPT, MSG, EML)
TEXT_NAMES = ("md", "markdown", "mdown", "mkd", "txt", "text", "log", "csv", "htm", "html", "xhtml")

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (("worddocument", DOC), ("workbook", XLS), ("book", XLS), ("powerpoint document", PPT), ("__properties_version1.0", MSG))
_PROTECTED = "encryptedpackage"
_ENTRIES = 4096
_NONE = 0xFFFFFFFF
_PACKED = re.compile(rb"PK\x03\x04.{14}(.{4}).{4}\x08\x00(..)mimetype", re.DOTALL)
_TYPES = {kind.encode(): kind for kind in (ODT, ODS, ODP, EPUB)} | {kind.encode() + b"-template": kind for kind in (ODT, ODS, ODP)}
_FIELD = re.compile(rb"([!-9;-~]{1,60}):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_SENDER = frozenset([b"from", b"sender"])
_ROUTE = frozenset([b"date", b"received", b"message-id", b"mime-version", b"return-path"])


def foreign(head: bytes, filename: str) -> str | None:
    """The media type, or None; UnsupportedFile for an Office file with a password."""
    if head.startswith(_OLE2):
        return _old_office(head, filename)
    if head.startswith(b"{\\rtf"):
        return RTF
    if head.startswith(b"PK\x03\x04"):
        return _first_member(head)
    named = filename.lower().rpartition(".")[2] if "." in filename else ""
    return EML if named not in TEXT_NAMES and _is_mail(head[:65536]) else None


def _first_member(head: bytes) -> str | None:
    """What the member `mimetype` says, which these formats put first and do not compress."""
    found = _PACKED.match(head)
    if not found:
        return None
    size, extra = int.from_bytes(found[1], "little"), int.from_bytes(found[2], "little")
    start = found.end() + extra
    return _TYPES.get(head[start : start + size].strip()) if size < 100 else None


def _is_mail(head: bytes) -> bool:
    """Whether it begins with header fields, a sender and a trace of transport among them, and an empty line after."""
    at, names = 0, set()
    while field := _FIELD.match(head, at):
        names.add(field[1].lower())
        at = field.end()
    ended = at == len(head) or head.startswith((b"\r\n", b"\n"), at)
    return ended and len(names) >= 3 and bool(names & _SENDER) and bool(names & _ROUTE)


def _old_office(head: bytes, filename: str) -> str | None:
    names = set(_root_names(head))
    if _PROTECTED in names:
        raise refuse(filename, "mit einem Kennwort geschützt; bitte ohne Kennwort speichern")
    return next((kind for name, kind in _STREAMS if name in names), None)


def _root_names(data: bytes) -> Iterator[str]:
    """The names directly below the root of an OLE2 container (MS-CFB), in small letters; what is broken or not here is left out."""
    try:
        entries = b"".join(_directory(data))
        todo = [_link(entries, 0, 76)]
        seen: set[int] = set()
        while todo:
            number = todo.pop()
            if number == _NONE or number in seen or len(seen) > _ENTRIES:
                continue
            seen.add(number)
            size = struct.unpack_from("<H", entries, number * 128 + 64)[0]
            yield entries[number * 128 : number * 128 + max(0, min(size, 64) - 2)].decode("utf-16-le", "replace").lower()
            todo += [_link(entries, number, 68), _link(entries, number, 72)]
    except struct.error:
        return


def _link(entries: bytes, number: int, field: int) -> int:
    return int(struct.unpack_from("<I", entries, number * 128 + field)[0])


def _directory(data: bytes) -> Iterator[bytes]:
    """The sectors of the directory, followed through the allocation table as far as it is here."""
    shift = struct.unpack_from("<H", data, 30)[0]
    sector = struct.unpack_from("<I", data, 48)[0]
    if shift not in (9, 12):
        return
    size = 1 << shift
    tables = struct.unpack_from("<109I", data, 76)
    for _ in range(_ENTRIES * 128 // size):
        block = data[(sector + 1) * size : (sector + 2) * size]
        if len(block) < size:
            return
        yield block
        table, place = divmod(sector, size // 4)
        if table >= len(tables) or tables[table] == _NONE:
            return
        sector = struct.unpack_from("<I", data, (tables[table] + 1) * size + place * 4)[0]
