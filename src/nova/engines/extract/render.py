"""A PDF and a page number in, the page's picture or the boxes of a quote on it out. Runs in the child process."""

import io
from collections.abc import Mapping
from typing import Any

import pypdfium2 as pdfium

from nova.errors import InvalidInput, UnreadableFile

NARROWEST, WIDEST = 200, 2000
NO_WORDS = frozenset("-\u00ad\u0002\u2010\u2011\ufffe")


def page_task(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """`page` (from 1) and `width` in pixels -> its height, and the picture as PNG."""
    width = min(max(int(args["width"]), NARROWEST), WIDEST)
    page = _page(body, int(args["page"]))
    scale = width / page.get_width()
    if page.get_height() * scale > 4 * WIDEST:
        raise InvalidInput("Diese Seite ist zu hoch, um sie darzustellen.")
    picture = page.render(scale=scale).to_pil()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=False)
    return {"width": picture.width, "height": picture.height}, out.getvalue()


def marks_task(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """`page` and `quote` -> `width`, `height` in points and `boxes`: x, y, w, h as shares of the page, from its top left."""
    page = _page(body, int(args["page"]))
    width, height = page.get_width(), page.get_height()
    text = page.get_textpage()
    boxes = []
    for start, count in _places(text, str(args["quote"])):
        for number in range(text.count_rects(start, count)):
            left, bottom, right, top = text.get_rect(number)
            boxes.append({"x": left / width, "y": 1 - top / height, "w": (right - left) / width, "h": (top - bottom) / height})
    return {"width": width, "height": height, "boxes": boxes}, b""


def _page(body: bytes, number: int) -> pdfium.PdfPage:
    try:
        document = pdfium.PdfDocument(body)
        if not 1 <= number <= len(document):
            raise InvalidInput("Diese Seite gibt es nicht.")
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise UnreadableFile("Die Seite lässt sich nicht darstellen.") from error


def _places(text: pdfium.PdfTextPage, quote: str) -> list[tuple[int, int]]:
    """Where a quote stands, as (first character, count) of the page's own text; blanks and line-end hyphens do not count."""
    wanted = "".join(char for char in quote if not char.isspace() and char not in NO_WORDS)
    raw = text.get_text_range(errors="replace")
    kept = [(at, char) for at, char in enumerate(raw) if not char.isspace() and char not in NO_WORDS]
    held = "".join(char for _, char in kept)
    at = held.find(wanted) if wanted else -1
    if at < 0:
        return []
    first, last = kept[at][0], kept[at + len(wanted) - 1][0]
    return [(first, last - first + 1)]
