"""Sections in, analysed statements out; the ones asked for lately are remembered."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from nova.answers.figures import Figure, figures
from nova.answers.shelf import HeldSection
from nova.answers.statements import Span, Statement, plain, read
from nova.language.analyser import Analyser, Word


@dataclass(frozen=True)
class Features:
    """What a text is compared by: stems, compound parts (with the stems) and character 5-grams."""

    stems: frozenset[str]
    parts: frozenset[str]
    grams: frozenset[int]

    @staticmethod
    def of(words: list[Word]) -> "Features":
        """The features of analysed words."""
        stems = frozenset(word.stem for word in words)
        return Features(stems, stems.union(*(word.parts for word in words)), frozenset(gram for word in words for gram in word.gram_ids))

    def share(self, word: Word) -> float:
        """How well a question's word is met here, 0 to 1: as the same stem, by its parts, or by most of its letters."""
        if word.stem in self.stems:
            return 1.0
        best = 0.0
        if word.parts:
            met = sum(1 for part in word.parts if part in self.parts) / len(word.parts)
            best = 0.8 * met if met else 0.0
        if word.gram_ids:
            met = sum(1 for gram in word.gram_ids if gram in self.grams) / len(word.gram_ids)
            best = max(best, 0.7 * met) if met >= 0.6 else best
        return best


_NONE = Features(frozenset(), frozenset(), frozenset())


class Said:
    """A statement of a section with its words as an answer would show them."""

    def __init__(self, held: HeldSection, statement: Statement, analyser: Analyser) -> None:
        self.held = held
        self.statement = statement
        self._analyser = analyser

    @cached_property
    def body(self) -> str:
        """The statement's own words as shown."""
        return plain(self._slice((self.statement.start, self.statement.end)))

    @cached_property
    def lead(self) -> str:
        """The words it continues as shown, or ""."""
        return " ".join(plain(self._slice(span)) for span in self.statement.lead)

    @cached_property
    def tail(self) -> str:
        """The words that end its sentence behind the list, or ""."""
        return plain(self._slice(self.statement.tail)) if self.statement.tail else ""

    @cached_property
    def features(self) -> Features:
        """Of the statement's own words."""
        return Features.of(self._analyser.words(f"{self.body} {self.tail}"))

    @cached_property
    def lead_features(self) -> Features:
        """Of the words it continues."""
        return Features.of(self._analyser.words(self.lead)) if self.lead else _NONE

    @cached_property
    def around(self) -> Features:
        """Of the words it continues and its Absatz's first 600 characters."""
        block = self._slice((self.statement.block[0], min(self.statement.block[1], self.statement.block[0] + 600)))
        return Features.of(self._analyser.words(f"{self.lead} {block}"))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, dates and times."""
        return figures(f"{self.body} {self.tail}")

    def _slice(self, span: Span) -> str:
        return self.held.text.text[span[0] : span[1]]


@dataclass(frozen=True)
class Reading:
    """A section, its heading's features and its statements in order."""

    held: HeldSection
    heading: Features
    said: tuple[Said, ...]


class Reader:
    """Reads sections; keeps the last `limit` readings (a section's words never change under one id)."""

    def __init__(self, limit: int = 1500) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: Hashable) -> Reading | None:
        """A remembered reading."""
        with self._lock:
            reading = self._kept.get(key)
            if reading is not None:
                self._kept.move_to_end(key)
            return reading

    def read(self, held: HeldSection, analyser: Analyser) -> Reading:
        """The statements of a section."""
        key = (held.text.section_id, held.text.start, len(held.text.text), analyser.version)
        if reading := self.known(key):
            return reading
        text = held.text.text
        heading = Features.of(analyser.words(" ".join((*held.text.path[-2:], held.document))))
        said = tuple(Said(held, statement, analyser) for statement in read(text, held.heading))
        reading = Reading(held, heading, said)
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)
        return reading
