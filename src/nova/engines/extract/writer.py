"""Headings, paragraphs, list items and table rows in reading order -> a `Document` with exact offsets.

Every table row and every list item is a block of its own, so that whoever cuts passages never cuts inside one.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from nova.errors import UnreadableFile
from nova.records import Block, BlockKind, Document, Page
from nova.unseen import without_unseen

MAX_CHARS = 20_000_000
MAX_BLOCKS = 200_000
_NO_SIGN = re.compile("[\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")


def too_long() -> UnreadableFile:
    """The error for more text than passages can be made of in reasonable time."""
    return UnreadableFile(f"Der Text ist länger als {MAX_CHARS // 1_000_000} Millionen Zeichen. Bitte teilen Sie die Datei auf.")


def too_many() -> UnreadableFile:
    """The error for more paragraphs, list items and table rows than that."""
    return UnreadableFile(f"Die Datei hat mehr als {MAX_BLOCKS} Absätze, Aufzählungspunkte und Zeilen. Bitte teilen Sie die Datei auf.")


def clean(text: str) -> str:
    """Composed characters (NFC), newlines as `\\n`, without signs that nobody sees."""
    return unicodedata.normalize("NFC", _NO_SIGN.sub("", without_unseen(text)))


def one_line(text: str) -> str:
    """Cleaned and with every run of white space as one space."""
    return " ".join(clean(text).split())


def lines(text: str) -> str:
    """Cleaned; line breaks stay, other runs of white space become one space, empty lines go."""
    rows = (_SPACES.sub(" ", row).strip() for row in clean(text).split("\n"))
    return "\n".join(row for row in rows if row)


class Writer:
    """Collects a document's text; each call adds one block, two blocks stand a blank line apart (rows and items one newline)."""

    def __init__(self, media_type: str) -> None:
        self._media_type = media_type
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[tuple[int, int]] = []
        self.warnings: list[str] = []

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    @property
    def first_heading(self) -> str | None:
        """The words of the first heading, if any."""
        for block in self._blocks:
            if block.kind == "heading":
                return "".join(self._parts)[block.start : block.end]
        return None

    def page(self, number: int) -> None:
        """What follows stands on page `number`."""
        self._pages.append((number, self._length))

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add one block of already cleaned text; empty text adds nothing."""
        text = text.strip()
        if not text:
            return
        last = self._blocks[-1].kind if self._blocks else None
        self._write("" if last is None else "\n" if last == kind and kind in ("table", "list") else "\n\n")
        start = self._length
        self._write(text)
        self._blocks.append(Block(kind, start, self._length, level))
        if len(self._blocks) > MAX_BLOCKS:
            raise too_many()

    def go_on(self, text: str) -> None:
        """Continue the last block on a new page: its paragraph runs over the page's end."""
        if not self._blocks:
            self.add("paragraph", text)
            return
        self._write(" ")
        if self._pages and self._pages[-1][1] == self._length - 1:
            self._pages[-1] = (self._pages[-1][0], self._length)
        self._write(text.strip())
        last = self._blocks[-1]
        self._blocks[-1] = Block(last.kind, last.start, self._length, last.level)

    def heading(self, level: int, text: str) -> None:
        """Add a heading of level 1 to 6 (deeper ones only where `settle` follows)."""
        self.add("heading", one_line(text), max(1, level))

    def paragraph(self, text: str) -> None:
        """Add a paragraph; its line breaks stay."""
        self.add("paragraph", lines(text))

    def item(self, text: str, marker: str = "-", depth: int = 0) -> None:
        """Add a list item with its marker."""
        words = lines(text)
        if words:
            self.add("list", "  " * depth + f"{marker} {words}" if marker else words)

    def row(self, cells: Sequence[str]) -> None:
        """Add a table's row as `| a | b |`; a row without words adds nothing."""
        words = [one_line(cell).replace("|", "/") for cell in cells]
        if any(words):
            self.add("table", "| " + " | ".join(words) + " |")

    def document(self, title: str | None, meta: Mapping[str, str] | None = None) -> Document:
        """What was written, with pages that cover the text from end to end."""
        text = "".join(self._parts)
        ends = [start for _, start in self._pages[1:]] + [len(text)]
        pages = tuple(Page(number, start, end) for (number, start), end in zip(self._pages, ends, strict=False))
        return Document(
            text=text,
            media_type=self._media_type,
            title=(one_line(title)[:300] or None) if title else None,
            blocks=tuple(self._blocks),
            pages=pages,
            meta=dict(meta or {}),
            warnings=tuple(dict.fromkeys(self.warnings)),
        )

    def _write(self, text: str) -> None:
        if not text:
            return
        self._parts.append(text)
        self._length += len(text)
        if self._length > MAX_CHARS:
            raise too_long()
