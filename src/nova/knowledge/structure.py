"""A document in, its sections out: the heading tree (for laws Teil, Abschnitt, §), also where a PDF or plain text marks no headings."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nova.language.norms import LawNames, compact, known_laws, label_of, norm_key
from nova.records import Block, Document, Section

_LINE = re.compile(r"[^\n]+")
_PROVISION = re.compile(
    r"^(?:§§?\s*\d+[a-z]{0,2}(?:\s*(?:bis|und|,|-|–)\s*\d+[a-z]{0,2})?|Art(?:ikel|\.)\s*\d+[a-z]?|"
    r"(?:Anlage|Anhang)(?:\s+(?:\d+[a-z]?|[IVX]+))?)(?P<rest>(?:\s.*)?)$"
)
_DIVISION = re.compile(r"^(?P<what>Buch|Teil|Kapitel|Abschnitt|Unterabschnitt|Titel)\s+(?:\d+[a-z]?|[IVX]+)\b(?P<rest>.*)$")
_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<rest>[A-ZÄÖÜ]\S.*)$")
_RUNS_ON = re.compile(
    r"^\s*(?:Abs\b|Absatz|Absätze|Satz|Sätze|Nr\b|Nummer|Nummern|Buchst|Ziff|des|der|dem|den|gilt|gelten|und|oder|bis|in|ist|sind|bleib\w*|findet|"
    r"finden|sowie|nach|genannt\w*|entsprechend|bezeichnet\w*|bestimmt\w*|vorgesehen\w*|\d|,|;|\.|\))"
)
_DIVISIONS = {"Buch": 1, "Teil": 2, "Kapitel": 3, "Abschnitt": 4, "Unterabschnitt": 5, "Titel": 5}
_LONGEST_HEADING = 160
_MOST_CONTENTS = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's level (1-6) and span."""

    level: int
    start: int
    end: int


def sections(document: Document, laws: LawNames | None = None) -> list[Section]:
    """Every heading that holds text of its own (a provision also without any), in order; text before the first heading has label "".

    `start` is the heading's first character, `end` the last of its own body. `path` begins with the document's title.
    """
    found = headings(document)
    title = title_of(document)
    law = law_of(document, laws)
    bodies = _bodies(document, found)
    made: list[Section] = []
    above: list[tuple[int, str]] = []
    for heading, body in bodies:
        if heading is None:
            if body:
                made.append(Section(len(made), "", title, (title,), body[0], body[1], None))
            continue
        words = " ".join(document.text[heading.start : heading.end].split())
        above = [(level, name) for level, name in above if level < heading.level]
        path: tuple[str, ...] = (title,)
        if not _is_title(words, title):
            above.append((heading.level, words))
            path = (title, *(name for _, name in above))
        label = label_of(words)
        norm = norm_key(law, label)
        if body or norm:
            end = body[1] if body else heading.end
            made.append(Section(len(made), label, words, path, heading.start, end, norm))
    return made


def title_of(document: Document) -> str:
    """The document's name: its only top heading where that says more than the title, else the title."""
    tops = [block for block in document.blocks if block.kind == "heading" and block.level == 1]
    top = " ".join(document.text[tops[0].start : tops[0].end].split()) if len(tops) == 1 else ""
    title = " ".join((document.title or "").split())
    return top if top and (not title or compact(title)[:60] in compact(top)) else title or top


def law_of(document: Document, laws: LawNames | None = None) -> str | None:
    """The key of the law a document is ("enwg"); for an unknown one with provisions, a key made of its title; None for other documents."""
    title = title_of(document)
    key = (laws or known_laws()).of_document(title, document.meta.get("jurabk"))
    if key:
        return key
    provisions = sum(1 for heading in headings(document) if document.text[heading.start : heading.end].startswith(("§", "Art")))
    return (compact(title)[:40] or None) if provisions >= 2 else None


def headings(document: Document) -> list[Heading]:
    """The document's headings: its heading blocks and, where those name no provision, lines that look like one."""
    marked = [Heading(block.level or 2, block.start, block.end) for block in document.blocks if block.kind == "heading"]
    if document.media_type == "text/markdown" or _provisions(document, marked):
        return marked
    taken = {heading.start for heading in marked}
    detected = [heading for heading in _detected(document) if heading.start not in taken]
    if _provisions(document, detected) < 2 and len(marked) > len(detected):
        return marked
    return _joined(marked, detected)


def _provisions(document: Document, found: Sequence[Heading]) -> int:
    """How many of the headings name a section of a law."""
    return sum(1 for heading in found if document.text[heading.start : heading.end].lstrip().startswith("§"))


def _joined(marked: Sequence[Heading], detected: Sequence[Heading]) -> list[Heading]:
    """All headings in order, without marked ones that a detected one overlaps."""
    starts = [heading.start for heading in detected]

    def covered(heading: Heading) -> bool:
        at = bisect_left(starts, heading.end) - 1
        return at >= 0 and detected[at].end > heading.start

    kept = [heading for heading in marked if not covered(heading)]
    return sorted((*kept, *detected), key=lambda heading: heading.start)


def _detected(document: Document) -> list[Heading]:
    """Lines of paragraphs that read as headings: a provision, a division or a decimal number with a short title."""
    lines = list(_lines(document))
    found: list[Heading] = []
    for at, (start, end) in enumerate(lines):
        line = document.text[start:end].strip()
        before = document.text[lines[at - 1][0] : lines[at - 1][1]].strip() if at else ""
        level = _level(line)
        if level and _stands_alone(document.text, start, before):
            left = start + len(document.text[start:end]) - len(document.text[start:end].lstrip())
            found.append(Heading(level, left, left + len(line)))
    return _without_contents(document.text, found)


def _lines(document: Document) -> Iterator[tuple[int, int]]:
    kinds = ("paragraph", "list", "heading")
    spans = [(block.start, block.end) for block in document.blocks if block.kind in kinds] or [(0, len(document.text))]
    for start, end in spans:
        for match in _LINE.finditer(document.text, start, end):
            if match.group().strip():
                yield match.start(), match.end()


def _level(line: str) -> int:
    if len(line) > _LONGEST_HEADING:
        return 0
    for pattern, level in _KINDS:
        if match := pattern.match(line):
            return level(match)
    return 0


def _provision_level(match: re.Match[str]) -> int:
    rest = match["rest"]
    return 0 if _RUNS_ON.match(rest) or (rest.rstrip().endswith((",", ";", ".")) and len(rest) > 3) else 6


def _division_level(match: re.Match[str]) -> int:
    rest = match["rest"]
    return 0 if _RUNS_ON.match(rest) and not rest.strip().startswith("-") else _DIVISIONS[match["what"]]


def _numbered_level(match: re.Match[str]) -> int:
    """A decimal number tells its level; behind a single one only a few words are a heading."""
    line, dots = match.string, match["number"].count(".")
    if len(line) > 80 or line.endswith((".", ",", ";", ":")):
        return 0
    return min(2 + dots, 6) if dots or len(match["rest"].split()) <= 8 else 0


_KINDS = ((_PROVISION, _provision_level), (_DIVISION, _division_level), (_NUMBERED, _numbered_level))


def _stands_alone(text: str, start: int, before: str) -> bool:
    """A wrapped line such as "§ 12 Absatz 2" continues a sentence; a heading follows a blank line or a finished one."""
    gap = text[max(0, start - 3) : start]
    return not before or gap.count("\n") > 1 or before.endswith((".", ":", ";", "!", "?", ")")) or _level(before) > 0


def _without_contents(text: str, found: list[Heading]) -> list[Heading]:
    """Without a table of contents: three or more headings in a row with nothing between, whose words come again later."""
    kept: list[Heading] = []
    run: list[Heading] = []
    tried = 0
    for at, heading in enumerate(found):
        run.append(heading)
        following = found[at + 1].start if at + 1 < len(found) else len(text)
        if text[heading.end : following].strip():
            again = 0
            if len(run) > 4 and tried < _MOST_CONTENTS:
                tried += 1
                again = sum(1 for item in run if text.find(text[item.start : item.end], heading.end) >= 0)
            kept += run[-1:] if again * 2 > len(run) else run
            run = []
    return kept + run


def _bodies(document: Document, found: list[Heading]) -> list[tuple[Heading | None, tuple[int, int] | None]]:
    """Each heading (None first) with the span of its own text, or None where it has none."""
    edges: list[tuple[Heading | None, int, int]] = []
    first = found[0].start if found else len(document.text)
    edges.append((None, 0, first))
    for at, heading in enumerate(found):
        edges.append((heading, heading.end, found[at + 1].start if at + 1 < len(found) else len(document.text)))
    blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
    content = [block for block in blocks if block.kind not in ("heading", "meta")]
    ends = [block.end for block in content]
    bodies: list[tuple[Heading | None, tuple[int, int] | None]] = []
    for above, start, end in edges:
        low = bisect_right(ends, start)
        high = bisect_left(content, end, low, key=lambda block: block.start)
        bodies.append((above, _span(document.text, content[low:high], start, end)))
    return bodies


def _span(text: str, blocks: Sequence[Block], start: int, end: int) -> tuple[int, int] | None:
    inside = [(max(start, block.start), min(end, block.end)) for block in blocks]
    spans = [(left, right) for left, right in inside if left < right and text[left:right].strip()]
    if not spans:
        return None
    first, last = spans[0][0], spans[-1][1]
    body = text[first:last]
    return last - len(body.lstrip()), first + len(body.rstrip())


def _is_title(words: str, title: str) -> bool:
    return compact(words) == compact(title)
