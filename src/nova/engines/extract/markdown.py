"""Markdown -> the same text (without byte-order mark, `\\n`, NFC) and its blocks, so that offsets are those of the file.

Own line parser rather than CommonMark's tree: laws as published in Markdown indent by four spaces without meaning code,
write tables as lists of lists (`*    *   cell`) and put their origin into definition lists. Every list item and every
table row is a block of its own; what belongs to no block (rules, empty items, delimiter rows) stays in the text.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from nova.engines.extract.decode import decode
from nova.engines.extract.outline import MONTH
from nova.engines.extract.writer import MAX_CHARS, too_long
from nova.records import Block, BlockKind, Document
from nova.unseen import without_unseen

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(={2,}|-{3,})[ \t]*$")
_ITEM = re.compile(
    r"([ \t]*)([-+*•‣◦–]|\d{1,4}[a-z]{0,2}[.)](?![ \t]+" + MONTH + r")|\(?[a-z]{1,3}\)|[ivxlcdm]{1,6}[.)]|\d{1,3}(?:\.\d{1,3}){1,4}\.?)"
    r"(?:[ \t]+(\S.*)|[ \t]*)$"
)
_LIST_ROW = re.compile(r"([ \t]*)[*+-][ \t]+[*+-](?:[ \t]+\S.*|[ \t]*)$")
_PIPE_RULE = re.compile(r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
_GRID = re.compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*$")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_NOTE_MARK = re.compile(r" {0,3}\[\^[^\]\s]+\][ \t]*$")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(\S.*)$")
_COMMENT = re.compile(r"[ \t]*<!--")
_LONGEST_MATTER = 200  # lines
_PAIR = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*))?$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text.expandtabs(4)) - len(self.text.expandtabs(4).lstrip(" "))


@dataclass
class _Parser:
    lines: list[_Line]
    at: int = 0
    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    headings: int = 0

    def peek(self, ahead: int = 0) -> _Line | None:
        """The line `ahead` places further, or None behind the end."""
        return self.line(self.at + ahead)

    def line(self, position: int) -> _Line | None:
        """The line at a place, or None behind the end."""
        return self.lines[position] if position < len(self.lines) else None

    def emit(self, kind: BlockKind, first: int, last: int, level: int = 0) -> None:
        """A block of the lines `first` to `last` (inclusive), without white space around it."""
        while last > first and self.lines[last].blank:
            last -= 1
        start = self.lines[first].start + len(self.lines[first].text) - len(self.lines[first].text.lstrip())
        end = self.lines[last].start + len(self.lines[last].text.rstrip())
        if end > start:
            self.blocks.append(Block(kind, start, end, level))


def normalise(text: str) -> str:
    """Without signs that nobody sees, newlines as `\\n`, composed characters; the rest stays. UnreadableFile if too long."""
    if len(text) > MAX_CHARS:
        raise too_long()
    return unicodedata.normalize("NFC", without_unseen(text))


def read_markdown(data: bytes) -> Document:
    """The document; title from the front matter, else the first heading of level 1."""
    return parse_markdown(normalise(decode(data)))


def parse_markdown(text: str) -> Document:
    """Blocks of already normalised text."""
    parser = _Parser(_split(text))
    _front_matter(parser)
    while parser.at < len(parser.lines):
        if parser.lines[parser.at].blank:
            parser.at += 1
        else:
            _block(parser)
    return Document(text, "text/markdown", _title(parser, text), tuple(parser.blocks), (), parser.meta)


def _split(text: str) -> list[_Line]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(_Line(line, start))
        start += len(line) + 1
    return lines


def _title(parser: _Parser, text: str) -> str | None:
    for key, value in parser.meta.items():
        if key.lower() in ("title", "titel") and value:
            return value[:300]
    first = next((block for block in parser.blocks if block.kind == "heading" and block.level == 1), None)
    words = " ".join(text[first.start : first.end].split()) if first else ""
    return words[:300] or parser.meta.get("jurabk")


def _front_matter(parser: _Parser) -> None:
    if parser.lines[0].text.rstrip() != "---":
        return
    ends = (at for at, line in enumerate(parser.lines[1:_LONGEST_MATTER], start=1) if line.text.rstrip() in ("---", "..."))
    last = next(ends, None)
    if last is None:
        return
    pairs = _pairs(parser.lines[1:last])
    if pairs or last == 1:
        parser.meta.update({name: value[:1000] for name, value in pairs.items() if value})
        parser.emit("meta", 0, last)
        parser.at = last + 1


def _pairs(lines: list[_Line]) -> dict[str, str]:
    """`key: value` on each line; what stands indented below goes on with the value."""
    key = ""
    pairs: dict[str, str] = {}
    for line in lines:
        pair = _PAIR.match(line.text)
        if pair:
            key = pair[1]
            pairs[key] = (pair[2] or "").strip().strip("\"'")
        elif key and line.text[:1] in (" ", "\t"):
            pairs[key] = f"{pairs[key]} {line.text.strip()}".strip()
    return pairs


def _block(parser: _Parser) -> None:
    line = parser.lines[parser.at]
    for read in (_heading, _fence, _rule, _note, _table, _pipe_table, _grid_table, _item, _definitions, _comment):
        if read(parser, line):
            return
    _paragraph(parser)


def _heading(parser: _Parser, line: _Line) -> bool:
    found = _ATX.match(line.text)
    if not found:
        return False
    words = _without_closing(found[2])
    if set(words) != {"#"}:
        start = line.start + found.start(2)
        parser.blocks.append(Block("heading", start, start + len(words), len(found[1])))
        parser.headings += 1
    parser.at += 1
    return True


def _without_closing(words: str) -> str:
    """A heading's words without the hashes that close it."""
    words = words.rstrip(" \t")
    opened = words.rstrip("#")
    return opened.rstrip(" \t") if opened != words and opened.endswith((" ", "\t")) else words


def _fence(parser: _Parser, line: _Line) -> bool:
    found = _FENCE.match(line.text)
    if not found or (found[1][0] == "`" and "`" in line.text[found.end() :]):
        return False
    first = parser.at
    closing = re.compile(rf"[ \t]*{re.escape(found[1][0])}{{{len(found[1])},}}[ \t]*$")
    parser.at += 1
    while parser.at < len(parser.lines) and not closing.match(parser.lines[parser.at].text):
        parser.at += 1
    parser.emit("code", first, min(parser.at, len(parser.lines) - 1))
    parser.at += 1
    return True


def _rule(parser: _Parser, line: _Line) -> bool:
    if _RULE.match(line.text):
        parser.at += 1
        return True
    return False


def _note(parser: _Parser, line: _Line) -> bool:
    """A footnote's definition with its indented lines, or a mark that stands alone on the first line of a paragraph."""
    if _NOTE_MARK.match(line.text):
        parser.emit("meta", parser.at, parser.at)
        parser.at += 1
        return True
    if not _NOTE.match(line.text):
        return False
    first = last = parser.at
    position = first + 1
    empty = not line.text.split("]:", 1)[1].strip()
    while position < len(parser.lines):
        following = parser.lines[position]
        if not following.blank:
            if following.indent < 2 and (empty or parser.lines[position - 1].blank or _interrupts(parser, position)):
                break
            last = position
        position += 1
    parser.emit("meta", first, last)
    parser.at = last + 1
    return True


def _table(parser: _Parser, line: _Line) -> bool:
    """A row of a table written as lists of lists; it ends where a line stands no deeper than its mark, or at the next row."""
    if not _LIST_ROW.match(line.text):
        return False
    first, indent = parser.at, line.indent
    position = first + 1
    while position < len(parser.lines):
        following = parser.lines[position]
        if not following.blank and (following.indent <= indent or _LIST_ROW.match(following.text)):
            break
        position += 1
    cells = "".join(part.text for part in parser.lines[first:position])
    if cells.strip(" \t*+-"):
        parser.emit("table", first, position - 1)
    parser.at = position
    return True


def _pipe_table(parser: _Parser, line: _Line) -> bool:
    if "|" not in line.text or not _rules_pipes(parser.peek(1)):
        return False
    parser.emit("table", parser.at, parser.at)
    parser.at += 2
    while (row := parser.peek()) is not None and not row.blank and "|" in row.text:
        parser.emit("table", parser.at, parser.at)
        parser.at += 1
    return True


def _rules_pipes(line: _Line | None) -> bool:
    """Whether a line is the rule of dashes and pipes that stands below the head of a table."""
    return line is not None and "|" in line.text and bool(_PIPE_RULE.match(line.text))


def _grid_table(parser: _Parser, line: _Line) -> bool:
    if not _GRID.match(line.text):
        return False
    parser.at += 1
    first = parser.at
    while (row := parser.peek()) is not None and row.text.lstrip()[:1] in ("|", "+"):
        if _GRID.match(row.text):
            if parser.at > first:
                parser.emit("table", first, parser.at - 1)
            first = parser.at + 1
        parser.at += 1
    if parser.at > first:
        parser.emit("table", first, parser.at - 1)
    return True


def _item(parser: _Parser, line: _Line) -> bool:
    """A list item with what is indented below it; deeper items and rows are blocks of their own."""
    found = _ITEM.match(line.text)
    if not found:
        return False
    first, indent = parser.at, line.indent
    position = first + 1
    while position < len(parser.lines) and not _ends_item(parser, position, indent):
        position += 1
    filled = any(not line.blank for line in parser.lines[first + 1 : position])
    if found[3] or filled or found[2] not in "-+*•‣◦–":
        parser.emit("list", first, position - 1)
    parser.at = position
    return True


def _ends_item(parser: _Parser, position: int, indent: int) -> bool:
    """Whether a line no longer belongs to an item that stands so deep: a block begins, or behind an empty line it stands no deeper."""
    line = parser.lines[position]
    if line.blank:
        return False
    if not parser.lines[position - 1].blank:
        return _starts_block(parser, position, within=indent)
    return line.indent <= indent or _starts_block(parser, position, within=-1)


def _starts_block(parser: _Parser, position: int, within: int) -> bool:
    """Whether a line inside a list item begins another block; `within` is the item's indent, -1 behind an empty line."""
    text = parser.lines[position].text
    if _interrupts(parser, position) or _LIST_ROW.match(text):
        return True
    found = _ITEM.match(text)
    if not found:
        return False
    if within < 0:
        return True
    deeper = parser.lines[position].indent > within
    return found[2] in "-+*•‣◦" or found[2][:2] in ("1.", "1)", "a)") or (not deeper and not found[2][0].isspace())


def _is_bullet(line: _Line) -> bool:
    """Whether a line is an item with words behind a bullet."""
    found = _ITEM.match(line.text)
    return found is not None and bool(found[3]) and found[2] in ("-", "+", "*", "•", "‣", "◦")


def _interrupts(parser: _Parser, position: int) -> bool:
    """Whether a line ends a paragraph without an empty line before it."""
    line = parser.lines[position]
    if _ATX.match(line.text) or _FENCE.match(line.text) or _NOTE.match(line.text) or _RULE.match(line.text):
        return True
    if "|" in line.text and _rules_pipes(parser.line(position + 1)):
        return True
    return bool(_LIST_ROW.match(line.text) and line.indent == 0)


def _definitions(parser: _Parser, _line: _Line) -> bool:
    """A term over `:   text`. Before the second heading of a document these are facts about it, later they are content."""
    first = parser.at
    about = parser.headings < 2
    while (term := _term(parser)) is not None:
        start = parser.at
        words = _defined(parser)
        if about:
            parser.meta.setdefault(term[:100], words[:1000])
        parser.emit("meta" if about else "list", start, parser.at - 1)
        while (gap := parser.peek()) is not None and gap.blank:
            parser.at += 1
    return parser.at > first


def _term(parser: _Parser) -> str | None:
    """The term at hand; None where no definition stands below."""
    term, below = parser.peek(), parser.peek(1)
    if term is None or below is None or term.blank:
        return None
    return term.text.strip() if _DEFINITION.match(below.text) and not _interrupts(parser, parser.at) else None


def _defined(parser: _Parser) -> str:
    """What is said of the term at hand; goes on behind it."""
    words: list[str] = []
    parser.at += 1
    while (line := parser.peek()) is not None and not line.blank and (line.indent > 0 or _DEFINITION.match(line.text)):
        words.append(line.text.strip().removeprefix(":").strip())
        parser.at += 1
    return " ".join(words)


def _comment(parser: _Parser, line: _Line) -> bool:
    if not _COMMENT.match(line.text):
        return False
    first = parser.at
    while (here := parser.peek()) is not None and "-->" not in here.text:
        parser.at += 1
    last = min(parser.at, len(parser.lines) - 1)
    parser.emit("meta", first, last)
    parser.at = last + 1
    return True


def _paragraph(parser: _Parser) -> None:
    """Lines up to an empty one; a single short line over `===` or `---` is a heading."""
    first = parser.at
    parser.at += 1
    line, below = parser.lines[first], parser.peek()
    under = _SETEXT.match(below.text) if below else None
    if under and len(line.text) <= 150 and not line.text.rstrip().endswith((".", ";", ":", ",")):
        parser.emit("heading", first, first, 1 if under[1][0] == "=" else 2)
        parser.headings += 1
        parser.at += 1
        return
    while (following := parser.peek()) is not None and not following.blank:
        if _interrupts(parser, parser.at) or _is_bullet(following):
            break
        parser.at += 1
    parser.emit("paragraph", first, parser.at - 1)
