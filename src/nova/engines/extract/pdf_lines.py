"""A PDF's page -> its printed lines with place, size and weight, as PDFium finds them."""

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from nova.language.spans import trimmed

MAX_PAGE_CHARS = 200_000
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BREAK = re.compile(r"[\r\n]+")
_MISSING = 0xFFFE


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words, its place in points from the page's bottom and left, its font size in points, and whether it is bold.

    Lines that PDFium joined at a dash are one: `base` is the bottom of its first printed line, `bottom` that of its last.
    """

    text: str
    top: float
    base: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool


def page_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines in reading order. A dash at a line's end that PDFium marks (U+0002) stays in the text as U+0002."""
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), MAX_PAGE_CHARS)
        handle = textpage.raw
        letters = [_letter(pdfium.FPDFText_GetUnicode(handle, index)) for index in range(count)]
        text = "".join(letters)
        lines, start = [], 0
        for found in [*_BREAK.finditer(text), None]:
            end = found.start() if found else count
            line = _line(textpage, text, start, end)
            if line:
                lines.append(line)
            start = found.end() if found else count
        return lines
    finally:
        textpage.close()


def _letter(code: int) -> str:
    """One character for one index, so that indices stay PDFium's."""
    if code == _MISSING or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\x02" if code == _MISSING else "\ufffd"
    return chr(code) if code else " "


def _line(textpage: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> Line | None:
    start, end = trimmed(text, start, end)
    if start == end:
        return None
    probes = sorted({start, (start + end) // 2, end - 1})
    seen = [index for index in probes if not text[index].isspace() and text[index] != "\x02"] or [start]
    handle = textpage.raw
    sizes = sorted(_size(textpage, index) for index in seen)
    first, last = textpage.get_charbox(start, loose=True), textpage.get_charbox(end - 1, loose=True)
    bold = all(_bold(handle, index) for index in seen)
    return Line(text[start:end], first[3], first[1], last[1], first[0], last[2], sizes[len(sizes) // 2], bold)


def _size(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    """Points on the page. Some writers set size 1 and scale by the text matrix; then the box tells."""
    size = float(pdfium.FPDFText_GetFontSize(textpage.raw, index))
    if size <= 2.0:
        box = textpage.get_charbox(index, loose=True)
        size = abs(box[3] - box[1])
    return round(size * 2) / 2 if math.isfinite(size) else 0.0


def _bold(handle: object, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(handle, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, index, name, 128, flags)
    return bool(_BOLD.search(name.value)) or bool(flags.value & (1 << 18))
