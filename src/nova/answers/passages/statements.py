"""A section's text in, its statements out: sentences, list items with the words they continue, and table rows, each with its span.

German laws say "Der Netzbetreiber hat 1. ... 2. ...": an item alone says nothing, so it keeps its lead-in, and a verb after the list
as its tail.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nova.language.inert import inert
from nova.language.sentences import sentences

Span = tuple[int, int]
Leads = dict[int, tuple[Span, ...]]

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_MARK = re.compile(
    rf"(?m)^[ \t]*(?:(?P<absatz>\(\d+[a-z]?\))|(?P<number>\d{{1,3}}[a-z]{{0,2}}\.)(?!\s*(?:{_MONTHS})\b)"
    r"|(?P<letter>[a-z]{1,3}\))|(?P<bullet>[-–•]))(?=[ \t\n])"
)
_ROW = re.compile(r"(?m)^[ \t]*\*[ \t]*(?:\n[ \t]*)?\*(?=[ \t\n])|^[ \t]*\|")
_CELL = re.compile(r"(?m)^[ \t]*\*(?=[ \t\n])")
_RULE = re.compile(r"[\s|:+=-]+")
_BLANK = re.compile(r"\n[ \t]*\n+")
_LEVEL = {"absatz": 0, "number": 1, "letter": 2, "bullet": 5}  # aa) is 3, aaa) is 4
_FIRST = re.compile(r"^\s*(?:1\.|a{1,3}\)|[-–•])")
_ENDS = re.compile(r"[.!?][\"“”»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """`text[start:end]` is the statement itself; `lead` are the spans it continues, `tail` the words that end the sentence behind its list.

    `block` is the Absatz or paragraph that holds it, `absatz` its number ("2", or "" where there is none).
    """

    start: int
    end: int
    lead: tuple[Span, ...] = ()
    tail: Span | None = None
    absatz: str = ""
    block: Span = (0, 0)
    item: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Lead, statement and tail in reading order."""
        return (*self.lead, (self.start, self.end), *((self.tail,) if self.tail else ()))

    def continues(self, other: "Statement") -> bool:
        """Whether it is an item of the list that another statement opens."""
        return self.lead[-1:] == ((other.start, other.end),)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    body: int
    mark: str
    level: int | None
    row: bool = False
    bare: bool = False

    @property
    def opens_list(self) -> bool:
        """Whether its enumerator is the first of a list; dashes and rows have none that tells."""
        return bool(_FIRST.match(self.mark)) and not self.row and self.level != _LEVEL["bullet"]


def read(text: str, skip: int = 0) -> tuple[Statement, ...]:
    """The statements of a section's text from `skip` (behind its heading) on, in order."""
    reader = _Reader(text)
    pieces = list(_pieces(text, skip))
    blocks = _blocks(text, pieces)
    block_at = 0
    for piece in pieces:
        while block_at + 1 < len(blocks) and blocks[block_at + 1][0] <= piece.start:
            block_at += 1
        reader.take(piece, blocks[block_at])
    return tuple(reader.made)


class _Reader:
    """Takes pieces in order; remembers what each continues, and the items whose sentence is still open."""

    def __init__(self, text: str) -> None:
        self.made: list[Statement] = []
        self._text = text
        self._absatz = ""
        self._lists: Leads = {}  # by level, what the items of the list at hand continue
        self._leads: Leads = {}  # by its start, what a piece continues
        self._previous: _Piece | None = None
        self._open: list[int] = []

    def take(self, piece: _Piece, block: Span) -> None:
        """Make the piece's statement, unless it is an enumerator without words."""
        if piece.level == 0:
            self._absatz = piece.mark.strip("()")
            self._lists.clear()
        lead = self._item_lead(piece, piece.level) if piece.level else ()
        inside = False
        if self._goes_on(piece):
            inside = _indented(self._text, piece.start)
            if inside:
                lead = self._behind_previous()
            else:
                self._close((piece.body, piece.end))
        self._leads[piece.start] = lead
        if not piece.bare:
            if piece.level == 0:
                self._open = []
            elif piece.level:
                self._open.append(len(self.made))
            self.made.append(Statement(piece.body, piece.end, lead, None, self._absatz, block, inside or bool(piece.level)))
        self._previous = piece

    def _goes_on(self, piece: _Piece) -> bool:
        """Whether prose goes on with an item's sentence: indented its own ("Minutenreserve / die Regelleistung, ..."), else the list's."""
        before = self._previous
        if before is None or before.level is None or piece.level is not None:
            return False
        return self._text[piece.body : piece.body + 1].islower() and not self._ended(before)

    def _ended(self, piece: _Piece) -> bool:
        return bool(_ENDS.search(self._text[piece.start : piece.end]))

    def _close(self, tail: Span) -> None:
        for at in self._open:
            item = self.made[at]
            self.made[at] = Statement(item.start, item.end, item.lead, tail, item.absatz, item.block, True)
        self._open = []

    def _behind_previous(self) -> tuple[Span, ...]:
        """What the piece before continues, and that piece."""
        before = self._previous
        return () if before is None else (*self._leads.get(before.start, ()), (before.body, before.end))

    def _item_lead(self, piece: _Piece, level: int) -> tuple[Span, ...]:
        """What an item continues: what its list does, or where it opens one, what stands before."""
        before = self._previous
        above = {other: lead for other, lead in self._lists.items() if other < level}
        if level in self._lists and not piece.opens_list:
            lead = self._lists[level]
        elif before and (self._ended(before) or (before.level or 0) >= level):
            lead = above.get(max(above, default=-1), ()) if before.level else ()
        else:
            lead = self._behind_previous()
        self._lists = {**above, level: lead}
        return lead


def _indented(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start > line and not text[line:start].strip()


def _pieces(text: str, skip: int) -> Iterator[_Piece]:
    """Sentences, items and rows in order; enumerators are cut off for the splitter and given back as marks."""
    for start, end, row in _regions(text, skip):
        if row:
            yield from _row(text, start, end)
            continue
        marks = list(_MARK.finditer(text, start, end))
        edges = [*(match.start() for match in marks), end]
        yield from _prose(text, start, edges[0])
        for match, right in zip(marks, edges[1:], strict=True):
            yield from _item(text, match, right)


def _prose(text: str, start: int, end: int) -> Iterator[_Piece]:
    for left, right in sentences(_flat(text[start:end])):
        yield _Piece(start + left, start + right, start + left, "", None)


def _item(text: str, match: re.Match[str], end: int) -> Iterator[_Piece]:
    """An enumerator with the sentence behind it, then its other sentences."""
    said, mark, level = list(_prose(text, match.end(), end)), match.group().strip(), _level(match)
    if said:
        yield _Piece(match.start(), said[0].end, said[0].body, mark, level)
        yield from said[1:]
    else:
        yield _Piece(match.start(), match.end(), match.end(), mark, level, bare=True)


def _level(match: re.Match[str]) -> int:
    level = _LEVEL[match.lastgroup or "bullet"]
    return level + min(len(match.group().strip()) - 2, 2) if level == 2 else level


def _flat(text: str) -> str:
    """Single line breaks as blanks (same length), so that only blank lines end a paragraph."""
    return re.sub(r"(?<!\n)\n(?![ \t]*\n)", " ", text)


def _regions(text: str, skip: int) -> Iterator[tuple[int, int, bool]]:
    """Runs of prose and single table rows."""
    at = skip
    while match := _ROW.search(text, at):
        start = match.start()
        if text[at:start].strip():
            yield at, start, False
        pipe = text[match.start() : match.end()].strip().startswith("|")
        at = _end_of_row(text, start, match.end(), pipe)
        yield start, at, True
    if text[at:].strip():
        yield at, len(text), False


def _end_of_row(text: str, start: int, at: int, pipe: bool) -> int:
    """A row ends with its line (pipes), at the next row, or at a paragraph that stands no deeper than it does."""
    if pipe:
        stop = text.find("\n", at)
        return len(text) if stop < 0 else stop + 1
    coming = _ROW.search(text, at)
    limit = coming.start() if coming else len(text)
    depth = _indent(text, start)
    for gap in _BLANK.finditer(text, at, limit):
        deeper = _indent(text, gap.end()) > depth
        if not deeper and (text[gap.end() : gap.end() + 1] != "*" or depth):
            return gap.end()
    return limit


def _indent(text: str, start: int) -> int:
    return len(text[start : start + 80]) - len(text[start : start + 80].lstrip(" \t"))


def _row(text: str, start: int, end: int) -> Iterator[_Piece]:
    body = _ROW.match(text, start)
    inner = text[start:end]
    plain = re.sub(r"[*|\s]+", " ", inner).strip()
    if not plain or _RULE.fullmatch(inner):
        return
    left, right = _words_between(text, body.end() if body else start, end)
    found = re.match(r"\d{1,3}[a-z]{0,2}\.|[a-z]{1,2}\)", plain)
    mark = found.group() if found else ""
    yield _Piece(start, right, left, mark, _LEVEL["letter" if mark[:1].isalpha() else "number"], row=True)


def _words_between(text: str, left: int, right: int) -> Span:
    """A row without white space and marks of cells around its words."""
    while left < right and _between_cells(text[left]):
        left += 1
    while right > left and _between_cells(text[right - 1]):
        right -= 1
    return left, right


def _between_cells(letter: str) -> bool:
    return letter.isspace() or letter in "*|"


def _blocks(text: str, pieces: list[_Piece]) -> list[Span]:
    """Absätze where they are numbered, else paragraphs (a list stays with its lead-in)."""
    starts = [piece.start for piece in pieces if piece.level == 0]
    if not starts:
        starts = [piece.start for piece in pieces if piece.level is None and _opens(text, piece.start)]
    edges = [*dict.fromkeys([*(piece.start for piece in pieces[:1]), *starts]), len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in pairwise(edges)]


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start]
    return before.count("\n") > 1 and not text[start : start + 1].islower()


def plain(text: str) -> str:
    """Stored words as an answer shows them: no footnote or table marks, enumerators or line breaks; `[chunk ...]` cannot be mistaken."""
    text = re.sub(r"\[\^[^\]]*\]:?", " ", text)
    text = _CELL.sub(" ", text)
    text = re.sub(r"\s*\|\s*", " | ", text)
    text = re.sub(r"\\([^\w\s])", r"\1", text)
    text = _BLANK.sub(" ", text)
    text = re.sub(r"^\s*(?:\(\d+[a-z]?\)|\d{1,3}[a-z]{0,2}\.(?!\s*\d)|[a-z]{1,2}\)|[-–•*])\s+", "", text)
    return inert(re.sub(r"\s+", " ", text).strip(" |"))


_ABSATZ = re.compile(r"(?m)^[ \t]*\((\d+[a-z]?)\)(?=[ \t\n])")


def absatz_at(text: str, start: int, end: int) -> str:
    """The number of the Absatz that holds a span; "" where none is numbered or the span runs over several."""
    number = ""
    for match in _ABSATZ.finditer(text):
        if match.start() > start:
            return "" if match.start() < end else number
        number = match.group(1)
    return number
