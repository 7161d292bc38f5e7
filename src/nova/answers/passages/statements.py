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


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    body: int
    mark: str
    level: int | None
    row: bool = False
    bare: bool = False


def read(text: str, skip: int = 0) -> tuple[Statement, ...]:
    """The statements of a section's text from `skip` (behind its heading) on, in order."""
    pieces = list(_pieces(text, skip))
    blocks = _blocks(text, pieces)
    made: list[Statement] = []
    lists: Leads = {}
    absatz = ""
    lead_of: Leads = {}
    block_at = 0
    previous: _Piece | None = None
    opened: list[int] = []
    for piece in pieces:
        while block_at + 1 < len(blocks) and blocks[block_at + 1][0] <= piece.start:
            block_at += 1
        if piece.level == 0:
            absatz = piece.mark.strip("()")
            lists.clear()
        lead = _lead(text, piece, previous, lists, lead_of)
        goes_on = piece.level is None and previous is not None and _continues(text, piece, previous)
        inside = goes_on and _indented(text, piece.start)
        if inside and previous is not None:
            lead = (*lead_of.get(previous.start, ()), (previous.body, previous.end))
        lead_of[piece.start] = lead
        if goes_on and not inside and opened:
            _close(made, opened, (piece.body, piece.end))
            opened = []
        if not piece.bare:
            if piece.level not in (None, 0):
                opened.append(len(made))
            elif piece.level == 0:
                opened = []
            made.append(Statement(piece.body, piece.end, lead, None, absatz, blocks[block_at], inside or piece.level not in (None, 0)))
        previous = piece
    return tuple(made)


def _close(made: list[Statement], opened: list[int], tail: Span) -> None:
    for at in opened:
        item = made[at]
        made[at] = Statement(item.start, item.end, item.lead, tail, item.absatz, item.block, True)


def _continues(text: str, piece: _Piece, previous: _Piece) -> bool:
    """Whether prose goes on with an item's sentence: indented its own ("Minutenreserve / die Regelleistung, ..."), else the list's."""
    first = text[piece.body : piece.body + 1]
    return first.islower() and previous.level is not None and not _ENDS.search(text[previous.start : previous.end])


def _indented(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return start > line and not text[line:start].strip()


def _lead(text: str, piece: _Piece, previous: _Piece | None, lists: Leads, lead_of: Leads) -> tuple[Span, ...]:
    level = piece.level
    if not level:
        return ()
    if level in lists and not (_FIRST.match(piece.mark) and not piece.row and level != 5):
        lead = lists[level]
    elif previous is None:
        lead = ()
    elif _ENDS.search(text[previous.start : previous.end]) or (previous.level or 0) >= level:
        lead = lists.get(max((one for one in lists if one < level), default=-1), ()) if previous.level else ()
    else:
        lead = (*lead_of.get(previous.start, ()), (previous.body, previous.end))
    lists[level] = lead
    for deeper in [one for one in lists if one > level]:
        del lists[deeper]
    return lead


def _pieces(text: str, skip: int) -> Iterator[_Piece]:
    """Sentences, items and rows in order; enumerators are cut off for the splitter and given back as marks."""
    for start, end, row in _regions(text, skip):
        if row:
            yield from _row(text, start, end)
            continue
        marks = list(_MARK.finditer(text, start, end))
        edges = [start, *(match.start() for match in marks), end]
        for at, (left, right) in enumerate(pairwise(edges)):
            match = marks[at - 1] if at else None
            body = match.end() if match else left
            level = _level(match) if match else None
            spans = [(body + a, body + b) for a, b in sentences(_flat(text[body:right]))]
            mark = text[match.start() : match.end()].strip() if match else ""
            if match and not spans:
                yield _Piece(left, body, body, mark, level, bare=True)
            for position, (a, b) in enumerate(spans):
                first = match is not None and position == 0
                yield _Piece(left if first else a, b, a, mark if first else "", level if first else None)


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
    left = body.end() if body else start
    while left < end and (text[left].isspace() or text[left] in "*|"):
        left += 1
    right = end
    while right > left and (text[right - 1].isspace() or text[right - 1] in "*|"):
        right -= 1
    mark = re.match(r"\d{1,3}[a-z]{0,2}\.|[a-z]{1,2}\)", plain)
    level = 1 if not mark or mark.group()[0].isdigit() else 2
    yield _Piece(start, right, left, mark.group() if mark else "", level, row=True)


def _blocks(text: str, pieces: list[_Piece]) -> list[Span]:
    """Absätze where they are numbered, else paragraphs (a list stays with its lead-in)."""
    if not pieces:
        return []
    starts = [piece.start for piece in pieces if piece.level == 0]
    if not starts:
        starts = [piece.start for piece in pieces if piece.level is None and _opens(text, piece.start)]
    if not starts or starts[0] > pieces[0].start:
        starts = [pieces[0].start, *starts]
    ends = [*starts[1:], len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


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
