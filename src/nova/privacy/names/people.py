"""Folded text in, spans of persons' names out: rules say where a name may be, learned weights of all signs how likely it is one."""

import re
from collections.abc import Iterator, Sequence

from nova.privacy.lexicon import words
from nova.privacy.names.article import familiar, things
from nova.privacy.names.chain import likely
from nova.privacy.names.led import LED
from nova.privacy.names.shaped import SHAPED
from nova.privacy.names.signs import Source, signs
from nova.privacy.names.spots import SPOTS
from nova.privacy.spans import Span
from nova.privacy.tokens import Line, Word, read

SURE, PERHAPS = 0.4, 0.15
JOINT = re.compile(r"\.?[ -]{0,2}\n?|, ")
NOT_AGAIN = words("names/not_again")


def names(text: str) -> Iterator[Span]:
    """Every name of a person that is likely enough."""
    return _decided(text, SURE)


def perhaps_names(text: str) -> Iterator[Span]:
    """Every name that may be one."""
    return _decided(text, PERHAPS)


def _decided(text: str, threshold: float) -> Iterator[Span]:
    line = read(text)
    told = likely(signs(line, SOURCES))
    parts = _parts(line, told, threshold)
    again = {word.text for word, part in zip(line.words, parts, strict=True) if part and _telling(word)}
    first = 0
    while first < len(parts):
        if not parts[first] and not (line.words[first].text in again and line.lower(first - 1) not in NOT_AGAIN):
            first += 1
            continue
        end = first + 1
        while end < len(parts) and parts[end] and told[end][1] >= told[end][0] and JOINT.fullmatch(line.words[end].gap):
            end += 1
        start, stop = line.words[first].start, line.words[end - 1].end
        if any(map(str.isalpha, text[start:stop])):
            yield Span(start, stop, "name")
        first = end


def _parts(line: Line, told: Sequence[tuple[float, float]], threshold: float) -> list[bool]:
    """Which words are part of a name: by how likely they are, and by what an article before them says besides."""
    whole = [sum(one) for one in told]
    parts = [one >= threshold for one in whole]
    for index in familiar(line, whole, SURE):
        parts[index] = True
    for index in things(line) if threshold >= SURE else ():
        parts[index] = False
    return parts


def _telling(word: Word) -> bool:
    """Whether a surname is a person's wherever it stands again in the text."""
    return len(word.text) > 3 and word.capital and not word.ordinary and not word.place


SOURCES: tuple[Source, ...] = (*LED, *SHAPED, *SPOTS)
