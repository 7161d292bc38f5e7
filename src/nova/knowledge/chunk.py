"""A document and its sections in, passages of about 130 words out: the children that are searched and answer with their parent section."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from nova.knowledge.structure import Heading, headings
from nova.language.sentences import sentences
from nova.records import Block, Chunk, Document, Section

SIZE = 130
LONGEST = 260
LONGEST_CHARS = 4000
TINY = 25
_PARAGRAPH_NUMBER = re.compile(r"^\s*\(\d+[a-z]?\)")
_LONG_NOTE = 60


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece that is not cut further: `opens` where an Absatz or block begins, `row` for a table's row."""

    start: int
    end: int
    words: int
    opens: bool
    row: bool = False
    after_gap: bool = False


def chunks(document: Document, sections: Sequence[Section], size: int = SIZE) -> list[Chunk]:
    """Passages in order, none longer than `LONGEST` words; each lies in one section, apart from tiny unnumbered neighbours that share one.

    Together they cover every character of the sections' bodies but footnotes and other meta blocks. A provision without a body gives
    its heading.
    """
    bodies = _Bodies(document)
    made: list[Chunk] = []
    at = 0
    while at < len(sections):
        group = _group(bodies, sections, at, size)
        section = sections[at]
        if len(group) > 1:
            spans = [(section.start, group[-1].end)]
        else:
            units = bodies.units(section)
            spans = _spans(units, size) if units else [(section.start, section.end)]
        for start, end in spans:
            made.append(_chunk(document, section, len(made), start, end))
        at += len(group)
    return made


def _chunk(document: Document, section: Section, ordinal: int, start: int, end: int) -> Chunk:
    first, last = _page(document, start), _page(document, max(start, end - 1))
    return Chunk(ordinal, section.ordinal, document.text[start:end], section.path, start, end, first, last)


def _page(document: Document, offset: int) -> int | None:
    at = bisect_right(document.pages, offset, key=lambda page: page.start) - 1
    return document.pages[max(at, 0)].number if document.pages else None


class _Bodies:
    """The units of a document's sections: blocks, cut at sentences where they are too long."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.headings: list[Heading] = headings(document)
        self.starts = [heading.start for heading in self.headings]
        self.blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
        self.ends = [block.end for block in self.blocks]

    def units(self, section: Section) -> list[_Unit]:
        """The pieces of a section's own text, in order."""
        at = bisect_right(self.starts, section.start) - 1
        start = self.headings[at].end if at >= 0 and self.headings[at].start == section.start else section.start
        units: list[_Unit] = []
        gap = False
        for number in range(bisect_right(self.ends, start), len(self.blocks)):
            block = self.blocks[number]
            if block.start >= section.end:
                break
            if block.kind in ("heading", "meta"):
                gap = gap or block.end - block.start > _LONG_NOTE
                continue
            for unit in self._cut(block, max(start, block.start), min(section.end, block.end)):
                units.append(_Unit(unit.start, unit.end, unit.words, unit.opens, unit.row, gap and bool(units)))
                gap = False
        return units

    def _cut(self, block: Block, start: int, end: int) -> Iterator[_Unit]:
        for left, right in self._paragraphs(start, end):
            text = self.document.text[left:right].rstrip()
            left, text = left + len(text) - len(text.lstrip()), text.lstrip()
            right = left + len(text)
            count = len(text.split())
            if not count:
                continue
            opens = bool(_PARAGRAPH_NUMBER.match(text)) or block.kind in ("paragraph", "code")
            if count <= SIZE and right - left <= LONGEST_CHARS // 2:
                yield _Unit(left, right, count, opens, block.kind == "table")
                continue
            for first, last in sentences(text):
                for a, b in _fit(text, first, last):
                    yield _Unit(left + a, left + b, len(text[a:b].split()), opens and a == 0, block.kind == "table")

    def _paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        cuts = [start, *(match.end() for match in re.finditer(r"\n[ \t]*\n+", self.document.text[start:end])), end - start]
        edges = [start, *(start + cut for cut in cuts[1:-1]), end]
        return list(pairwise(edges))


def _fit(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `SIZE` words and half of `LONGEST_CHARS` characters."""
    opened, count, last = start, 0, start
    for match in re.finditer(r"\S{1,1000}", text[start:end]):
        left, right = start + match.start(), start + match.end()
        if count >= SIZE or right - opened > LONGEST_CHARS // 2:
            yield opened, last
            opened, count = left, 0
        count, last = count + 1, right
    if last > opened:
        yield opened, last


def _spans(units: list[_Unit], size: int) -> list[tuple[int, int]]:
    groups: list[list[_Unit]] = [[]]
    for at, unit in enumerate(units):
        if groups[-1] and _begins(groups[-1], unit, units, at, size):
            groups.append([])
        groups[-1].append(unit)
    spans: list[tuple[int, int]] = []
    last = groups.pop()
    for group in reversed(groups):
        few, both = _words(last), _words(last) + _words(group)
        if few < TINY and both <= size * 1.6 and not last[0].after_gap and last[-1].end - group[0].start <= LONGEST_CHARS:
            last = group + last
        else:
            spans.append((last[0].start, last[-1].end))
            last = group
    return [(last[0].start, last[-1].end), *reversed(spans)]


def _begins(group: list[_Unit], unit: _Unit, units: list[_Unit], at: int, size: int) -> bool:
    """Whether a new passage begins here: always behind a footnote, else at the end of an Absatz when full enough, else when full."""
    have = _words(group)
    if unit.after_gap or have + unit.words > LONGEST or unit.end - group[0].start > LONGEST_CHARS:
        return True
    if unit.row and group[-1].row:
        return have + unit.words > LONGEST
    if unit.opens and have >= size * 0.5:
        return have + _absatz_words(units, at, size) > size * 1.15
    return have + unit.words > size * 1.3


def _absatz_words(units: Sequence[_Unit], at: int, size: int) -> int:
    """How many words the Absatz has that begins here; counted until there are more than a passage takes."""
    coming = units[at].words
    for other in islice(units, at + 1, None):
        if other.opens or coming > size:
            break
        coming += other.words
    return coming


def _words(group: Sequence[_Unit]) -> int:
    return sum(unit.words for unit in group)


def _group(bodies: _Bodies, sections: Sequence[Section], at: int, size: int) -> list[Section]:
    """This section with the tiny unnumbered neighbours under the same heading that share its passage."""
    first = sections[at]
    total = len(bodies.document.text[first.start : first.end].split())
    group = [first]
    if first.norm or total > TINY:
        return group
    for following in range(at + 1, len(sections)):
        other = sections[following]
        count = len(bodies.document.text[other.start : other.end].split())
        if other.norm or count > TINY or other.path[:-1] != first.path[:-1]:
            break
        if total + count > size or other.end - first.start > LONGEST_CHARS:
            break
        group.append(other)
        total += count
    return group
