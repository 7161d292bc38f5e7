"""Folded text in, addresses out: street and house number, with postcode and place beside them; also Mannheim's squares.

Every house number is an anchor: the few words before it and around it are weighed. What nearly suffices counts beside a sure address.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nova.privacy.places import cues
from nova.privacy.places.around import WINDOW, siblings, weight_around
from nova.privacy.places.boxes import post_boxes
from nova.privacy.places.house import end_of, houses
from nova.privacy.places.street import street_of
from nova.privacy.spans import Span
from nova.privacy.tokens import Line, read

SQUARE = re.compile(r"(?<![\w-])[A-U] ?(?:[1-9]|1[0-5]) ?, ?\d{1,2}(?: ?[a-z](?!\w))?(?:-\d{1,2})?(?![\w]|[.,]\d)", re.IGNORECASE)
SURE, PERHAPS = 1.0, 0.65
ROUNDING = 1e-9
NEARBY = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A street with its number from `start` to `end`, and what speaks for it; `bare` ends with the number."""

    start: int
    bare: int
    weight: float


def addresses(text: str) -> Iterator[Span]:
    """Every street with its house number."""
    return _decided(text, SURE)


def perhaps_addresses(text: str) -> Iterator[Span]:
    """Every number behind what may be a street."""
    return _decided(text, PERHAPS)


def _decided(text: str, threshold: float) -> Iterator[Span]:
    for match in SQUARE.finditer(text):
        if _in_mannheim(text, match):
            yield Span(match.start(), end_of(text, match.end()), "address")
    for match in cues.NUMBERED_STREET.finditer(text):
        yield Span(match.start(), end_of(text, match.end()), "address")
    for start, end in post_boxes(text):
        yield Span(_with_postcode(text, start), end, "address")
    at = 0
    for one in _beside_others(text, list(_weighed(read(text)))):
        if one.weight >= threshold - ROUNDING:
            start, end = _with_postcode(text, one.start), end_of(text, one.bare)
            yield Span(start if start >= at else one.start, end, "address")
            at = end


def _weighed(whole: Line) -> Iterator[Found]:
    """Every number with what may be its street, weighed by itself."""
    starts = [word.start for word in whole.words]
    for house in houses(whole, starts):
        line = _as_written(whole, house.last)
        street = street_of(line, house)
        if street.weight < cues.ENDS and cues.NUMBER_BEHIND.match(line.text, house.end) and not cues.POSTCODE.match(line.text, house.end):
            continue
        around = weight_around(line, street.first, house.end, bisect_left(starts, house.end))
        yield Found(line.words[street.first].start, house.end, street.weight + around)


def _as_written(line: Line, index: int) -> Line:
    """The line as it is written where the word at `index` stands: in a talk one writes as usual and another in small letters."""
    if line.writing != "usual" or line.words[index].capital or "\n" not in line.text:
        return line
    first, last = index, index
    while first > max(0, index - NEARBY) and "\n" not in line.words[first].gap:
        first -= 1
    while last < min(len(line.words) - 1, index + NEARBY) and "\n" not in line.words[last + 1].gap:
        last += 1
    if first < index and line.gap_after(first).startswith(":"):
        first += 1
    small = not any(word.capital for word in line.words[first : last + 1])
    return replace(line, writing="small") if small else line


def _beside_others(text: str, found: list[Found]) -> list[Found]:
    """The same with more weight for what stands in one list with a sure address."""
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            one, other = found[index], found[index + step]
            left, right = (other, one) if step < 0 else (one, other)
            if one.weight < SURE <= other.weight and siblings(text, end_of(text, left.bare), right.start):
                found[index] = Found(one.start, one.bare, one.weight + cues.SIBLING)
    return found


def _in_mannheim(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - WINDOW) : match.end() + 32].lower()
    return bool(cues.MANNHEIM.search(around) or cues.HOME.search(text[max(0, match.start() - WINDOW) : match.start()].lower()))


def _with_postcode(text: str, start: int) -> int:
    """The start with postcode and place before."""
    before = cues.POSTCODE_BEFORE.search(text, max(0, start - WINDOW), start)
    return before.start() if before else start
