"""Spans of a section in, citations out: each quote is stored text inside one passage, widened to its Absatz where that is short."""

from collections.abc import Sequence
from uuid import UUID

from nova.answers.passages.analyse import AnalysedStatement
from nova.answers.passages.shelf import HeldSection, Place
from nova.answers.passages.statements import Span, absatz_at
from nova.language.inert import inert_name
from nova.records import Citation

LONGEST_QUOTE = 1200


class Ledger:
    """Numbers citations from 1 as sentences use them; the same or a wider quote of a passage is cited once."""

    def __init__(self, scores: dict[UUID, float] | None = None) -> None:
        self.citations: list[Citation] = []
        self._scores = scores or {}

    def cite(self, held: HeldSection, place: Place, span: Span) -> int:
        """The number for the stored text from `span[0]` to `span[1]` (offsets into the version's text) inside `place`."""
        for known in self.citations:
            if known.chunk_id == place.chunk_id and known.version == held.text.version and known.start <= span[0] and span[1] <= known.end:
                return known.number
        start = held.text.start
        self.citations.append(
            Citation(
                number=len(self.citations) + 1,
                chunk_id=place.chunk_id,
                item_id=held.text.item_id,
                version=held.text.version,
                title=inert_name(held.document),
                section=inert_name(section_name(held, span)),
                page=place.page,
                start=span[0],
                end=span[1],
                quote=held.text.text[span[0] - start : span[1] - start],
                score=round(self._scores.get(place.chunk_id, 0.0), 4),
            )
        )
        return len(self.citations)

    def anew(self) -> "Ledger":
        """An empty one for the same passages."""
        return Ledger(self._scores)

    def take_back(self, kept: int) -> None:
        """Only the first `kept` citations were used: the sentence that brought the others is not said."""
        del self.citations[kept:]


def quotes(said: AnalysedStatement) -> list[tuple[Place, Span]]:
    """The passages and spans (offsets into the version's text) that show a statement with the words it continues."""
    held, base = said.held, said.held.text.start
    spans = said.statement.spans
    whole = (min(span[0] for span in spans), max(span[1] for span in spans))
    wanted = [whole] if whole[1] - whole[0] <= LONGEST_QUOTE else [spans[-1 if not said.statement.tail else -2], *spans]
    found: list[tuple[Place, Span]] = []
    for start, end in wanted:
        for place in _places(held.places, base + start, base + end):
            left, right = max(place.start, base + start), min(place.end, base + end)
            span = _widened(held, said, place, (left, right))
            if not _shown(found, place, span):
                found.append((place, span))
    return found


def _shown(found: Sequence[tuple[Place, Span]], place: Place, span: Span) -> bool:
    """Whether one of these quotes of the same passage holds a span already."""
    return any(other is place and known[0] <= span[0] and span[1] <= known[1] for other, known in found)


def _places(places: Sequence[Place], start: int, end: int) -> list[Place]:
    return [place for place in places if place.start < end and start < place.end]


def _widened(held: HeldSection, said: AnalysedStatement, place: Place, span: Span) -> Span:
    """The Absatz inside the passage if it fits a quote, else the span cut to fit."""
    base = held.text.start
    block = (base + said.statement.block[0], base + said.statement.block[1])
    left, right = max(place.start, min(block[0], span[0])), min(place.end, max(block[1], span[1]))
    if right - left > LONGEST_QUOTE:
        left, right = _fitted(left, right, span)
    text = held.text.text[left - base : right - base]
    return left + len(text) - len(text.lstrip()), left + len(text.rstrip())


def _fitted(left: int, right: int, span: Span) -> Span:
    if span[1] - span[0] >= LONGEST_QUOTE:
        return span[0], span[0] + LONGEST_QUOTE
    room = LONGEST_QUOTE - (span[1] - span[0])
    before = min(span[0] - left, room // 2)
    after = min(right - span[1], room - before)
    before = min(span[0] - left, room - after)
    return span[0] - before, span[1] + after


def section_name(held: HeldSection, span: Span) -> str:
    """How a citation names its place: "§ 37 Absatz 2", "3.1 Preise", or the heading."""
    absatz = absatz_at(held.text.text, span[0] - held.text.start, span[1] - held.text.start) if held.text.label.startswith("§") else ""
    if held.text.label and (absatz or held.text.label.startswith(("§", "Art", "Anlage"))):
        return f"{held.text.label} Absatz {absatz}" if absatz else held.text.label
    return held.text.title or held.text.label
