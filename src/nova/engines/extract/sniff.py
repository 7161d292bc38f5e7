"""The first bytes of a file and its name -> its media type, judged by content; the name only breaks ties among text kinds."""

import io
import re
import zipfile
import zlib

from nova.engines.extract.decode import decode
from nova.errors import UnsupportedFile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML, MARKDOWN, PLAIN, CSV = "text/html", "text/markdown", "text/plain", "text/csv"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others need memory as the file pleases
MAX_DIRECTORY = 2 * 1024**2
ACCEPTED = (PDF, DOCX, PPTX, XLSX, HTML, MARKDOWN, PLAIN, CSV, PNG, JPEG, TIFF)

READS = "Nova liest PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), HTML, Markdown, Text, CSV und Scans (PNG, JPEG, TIFF)."
_MAIN_PARTS = (
    (b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", DOCX),
    (b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", PPTX),
    (b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", PPTX),
    (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", XLSX),
)
_FOLDERS = ((b"word/", DOCX), (b"ppt/", PPTX), (b"xl/", XLSX))
_BY_SUFFIX = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkd"), MARKDOWN),
    **dict.fromkeys(("txt", "text", "log"), PLAIN),
    "csv": CSV,
}
_SIGNS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "eine alte oder geschützte Office-Datei; bitte ohne Kennwort als .docx, .pptx, .xlsx speichern",
    ),
    (b"{\\rtf", "eine RTF-Datei; bitte als .docx oder PDF speichern"),
    (b"%!PS", "eine PostScript-Datei; bitte als PDF speichern"),
    (b"MZ", "ein Programm"),
    (b"\x7fELF", "ein Programm"),
    (b"\x1f\x8b", "ein Archiv; bitte auspacken"),
    (b"7z\xbc\xaf\x27\x1c", "ein Archiv; bitte auspacken"),
    (b"Rar!", "ein Archiv; bitte auspacken"),
    (b"GIF8", "ein GIF-Bild; bitte als PNG speichern"),
)
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|svg|[A-Za-z]+:[A-Za-z]+\s)", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|br|span|article|section)\b", re.IGNORECASE)
_MARKS = re.compile(r"^(?:#{1,6} +\S|---\n[\w-]+:)", re.MULTILINE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse(filename: str, what: str) -> UnsupportedFile:
    """The error for a file of another kind, with what Nova accepts."""
    return UnsupportedFile(f"„{filename or 'Die Datei'}“ ist {what}. {READS}")


def sniff(head: bytes, filename: str) -> str:
    """The media type; UnsupportedFile when the content fits no accepted kind. `head` is the file or its first bytes."""
    if not head.strip(b"\x00 \t\r\n"):
        raise refuse(filename, "leer")
    if known := _by_sign(head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")):
        return known
    if b"%PDF-" in head[:1024] and _CONTROLS.search(decode(head[:4096])):
        return PDF
    for sign, what in _FOREIGN:
        if head.startswith(sign) and (len(sign) > 2 or min(head[:512]) < 9):
            raise refuse(filename, what)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head, filename)
    return _text_kind(head, filename)


def _by_sign(start: bytes) -> str | None:
    return next((media_type for sign, media_type in _SIGNS if start.startswith(sign)), None)


def _zip_kind(head: bytes, filename: str) -> str:
    """By the part that lists content types; where only the first bytes are here and lack it, by the parts' folders.

    `check_package` looks again at the whole file before anything reads it.
    """
    whole, types = _content_types(head)
    kinds = {kind for sign, kind in _MAIN_PARTS if sign in types}
    if not kinds and not whole and b"macroEnabled" not in types:
        kinds = {kind for folder, kind in _FOLDERS if re.search(rb"PK\x03\x04.{26}" + folder, head, re.DOTALL)}
    if len(kinds) != 1:
        raise refuse(filename, _other_archive(head, types))
    return kinds.pop()


def _other_archive(head: bytes, types: bytes) -> str:
    """What an archive is that Nova does not read."""
    if b"macroEnabled" in types:
        return "eine Office-Datei mit Makros; bitte ohne Makros speichern"
    if b"application/vnd.oasis.opendocument" in head[:200]:
        return "eine OpenDocument-Datei; bitte als .docx, .pptx, .xlsx oder PDF speichern"
    return "ein Archiv oder eine Office-Datei unbekannter Art"


def _content_types(head: bytes) -> tuple[bool, bytes]:
    """Whether the whole archive is here, and its part `[Content_Types].xml` (b"" if absent)."""
    if not _short_directory(head):
        return False, _first_part(head)
    try:
        with zipfile.ZipFile(io.BytesIO(head)) as archive:
            if "[Content_Types].xml" not in archive.namelist():
                return True, b""
            if archive.getinfo("[Content_Types].xml").compress_type not in METHODS:
                return True, b""
            with archive.open("[Content_Types].xml") as part:
                return True, part.read(1_000_000)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return False, _first_part(head)


def _short_directory(head: bytes) -> bool:
    """Whether the archive's end is here and lists no more than an office file would; reading a longer list takes seconds."""
    end = head.rfind(b"PK\x05\x06", -65557)
    return end >= 0 and head[end - 20 : end - 16] != b"PK\x06\x07" and int.from_bytes(head[end + 12 : end + 16], "little") <= MAX_DIRECTORY


def _first_part(head: bytes) -> bytes:
    """The content types from their local header, as most writers put them first."""
    found = re.search(rb"PK\x03\x04.{22}\x13\x00..\[Content_Types\]\.xml", head, re.DOTALL)
    if not found:
        return b""
    at = found.start()
    packed = head[found.end() + int.from_bytes(head[at + 28 : at + 30], "little") :]
    if head[at + 8 : at + 10] == b"\x00\x00":
        return packed[: int.from_bytes(head[at + 18 : at + 22], "little")]
    try:
        return zlib.decompressobj(-15).decompress(packed, 1_000_000)
    except zlib.error:
        return b""


def _text_kind(head: bytes, filename: str) -> str:
    text = decode(_whole_characters(head[:65536]))
    odd = len(_CONTROLS.findall(text)) + text.count("\ufffd")
    if odd > len(text) / 200 or not any(character.isalnum() for character in text):
        raise refuse(filename, "von einer Art, die Nova nicht liest")
    suffix = filename.lower().rpartition(".")[2] if "." in filename else ""
    if _HTML.match(text.lstrip("\ufeff")):
        return HTML
    if _XML.match(text.lstrip("\ufeff")):
        raise refuse(filename, "eine XML-Datei")
    if suffix in ("htm", "html", "xhtml") and _TAG.search(text):
        return HTML
    return _BY_SUFFIX.get(suffix) or (MARKDOWN if _MARKS.search(text[:8192]) else PLAIN)


def _whole_characters(data: bytes) -> bytes:
    """Without a UTF-8 character that the cut may have split."""
    for back in range(1, min(4, len(data)) + 1):
        if data[-back] >= 0xC0:
            return data[:-back]
        if data[-back] < 0x80:
            break
    return data
