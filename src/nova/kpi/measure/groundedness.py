"""The answers of an hour in, how well each is founded out: which citations stand, which sentences have one, how much their sources say.

A sentence's score is the share of its content words (stems or all their parts) that the sections it cites hold; 0 when a number of it is
not there, or when it rests on nothing. Sentences that say facts of data are checked where they are made and not held against documents.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from nova.language.analyser import Analyser, Word
from nova.language.figures import Figure, figures_of_long, lacking
from nova.store.postgres.db import Row
from nova.store.quality import kpi_evidence
from nova.store.quality.kpi_evidence import Quote, QuoteCheck

MOST_OF_A_SECTION = 24_000
REMEMBERED = 1000
TOKEN = re.compile(r"\[[A-ZÄÖÜ][A-ZÄÖÜ0-9_]*\]")


@dataclass(frozen=True, slots=True)
class Groundedness:
    """Of one answer: `valid` of its `citations` stand, `cited` of its `sentences` have one that stands (or a fact), and their scores.

    `kind` is that of the first cited document, "" for none. `scores` is empty where the words must not be looked at.
    """

    citations: int
    valid: int
    sentences: int
    cited: int
    scores: tuple[float, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Source:
    roots: frozenset[str]
    figures: tuple[Figure, ...]

    def says(self, word: Word) -> bool:
        """Whether it holds a word, or all parts of a compound."""
        return word.stem in self.roots or self.roots.issuperset(word.parts)


def _share(words: Sequence[Word], held: Sequence[_Source]) -> float:
    """How many of the words some source says."""
    return sum(any(one.says(word) for one in held) for word in words) / len(words)


class Grounds:
    """What sections say, as words and figures; those asked for lately are remembered."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._known: OrderedDict[UUID, _Source] = OrderedDict()

    def load(self, conn: Connection[Any], section_ids: Iterable[UUID]) -> None:
        """Have these at hand."""
        wanted = set(section_ids)
        missing = sorted(wanted - self._known.keys())
        for one, text in kpi_evidence.section_texts(conn, missing, MOST_OF_A_SECTION).items():
            self._known[one] = self.read(text)
        while len(self._known) > max(REMEMBERED, len(wanted)):
            self._known.popitem(last=False)

    def read(self, text: str) -> _Source:
        """A text as words and figures."""
        return _Source(frozenset(root for word in self.analyser.words(text) for root in word.roots), figures_of_long(text))

    def score(self, sentence: str, section_ids: Iterable[UUID | None], quotes: Sequence[str], names: str = "") -> float | None:
        """How much of a sentence these sections, or quotes where they are in none, say; None for a sentence without content.

        `names` is what the citations call their places ("§ 2 Absatz 1"), where the text itself only counts.
        """
        said = {word.stem: word for word in self.analyser.words(TOKEN.sub(" ", sentence))}
        if not said:
            return None
        held = self._sources(section_ids, quotes, names)
        if lacking(sentence, [figure for one in held for figure in one.figures]):
            return 0.0
        words = [word for stem, word in said.items() if not stem[0].isdigit()]  # numbers are held as figures, however they are written
        return _share(words, held) if words else 1.0

    def _sources(self, section_ids: Iterable[UUID | None], quotes: Sequence[str], names: str) -> list[_Source]:
        """The sections that are at hand, else the quotes, and the names of the places."""
        held = [self._known[one] for one in section_ids if one and one in self._known] or [self.read("\n".join(quotes))]
        return [*held, self.read(names)] if names else held


class _Sentence(NamedTuple):
    """A sentence of an answer by its place: the citations and facts that it rests on, and whether it was checked."""

    start: int
    end: int
    cites: Sequence[Any]
    facts: Sequence[Any]
    checked: bool

    @property
    def is_note(self) -> bool:
        """Whether it is a note on the answer itself."""
        return bool(self.checked and not self.cites and not self.facts)


@dataclass(frozen=True, slots=True)
class _Citations:
    """What an answer cites, by number: the quotes, and what the places are called."""

    quotes: Mapping[Any, Quote]
    places: Mapping[Any, str]

    @classmethod
    def of(cls, citations: Sequence[Mapping[str, Any]]) -> "_Citations":
        """Those of an answer; one of another shape has no quote."""
        quotes = {one.get("number"): quote for one in citations if (quote := _quote(one))}
        return cls(quotes, {one.get("number"): f"{one.get('title', '')} {one.get('section', '')}" for one in citations})

    def rests(self, one: _Sentence) -> list[Quote]:
        """The quotes that a sentence rests on."""
        return [self.quotes[number] for number in one.cites if number in self.quotes]

    def prove(self, one: _Sentence, known: Mapping[Quote, QuoteCheck]) -> bool:
        """Whether a sentence says facts, or rests on a quote that stands."""
        return bool(one.facts) or any(known[quote].valid for quote in self.rests(one))

    def names(self, one: _Sentence) -> str:
        """The names of the places that it cites."""
        return " ".join(self.places[number] for number in one.cites if number in self.places)


def grounded(conn: Connection[Any], rows: Sequence[Row], grounds: Grounds) -> list[Groundedness]:
    """For each answer (rows of `kpi_evidence.answers`), in order."""
    quotes = [[quote for one in row["citations"] if (quote := _quote(one))] for row in rows]
    flat = list(dict.fromkeys(quote for some in quotes for quote in some))
    known = dict(zip(flat, kpi_evidence.check(conn, flat), strict=True))
    grounds.load(conn, {one.section_id for one in known.values() if one.section_id})
    return [_grounded(row, some, known, grounds) for row, some in zip(rows, quotes, strict=True)]


def _quote(one: Mapping[str, Any]) -> Quote | None:
    try:
        return Quote(str(UUID(one["item_id"])), int(one["version"]), int(one["start"]), int(one["end"]), str(one["quote"]))
    except (KeyError, TypeError, ValueError):  # a citation of another shape counts as none
        return None


def _grounded(row: Row, quotes: Sequence[Quote], known: Mapping[Quote, QuoteCheck], grounds: Grounds) -> Groundedness:
    valid = sum(known[quote].valid for quote in quotes)
    kind = next((known[quote].kind for quote in quotes), "")
    if row["status"] == "refused":
        return Groundedness(len(row["citations"]), valid, 0, 0, (), kind)
    said = [_Sentence(*one) for one in row["retrieval"].get("said", [])]
    sentences = [one for one in said if not one.is_note]
    citations = _Citations.of(row["citations"])
    cited = sum(citations.prove(one, known) for one in sentences)
    scores = _scores(row["answer"], [one for one in sentences if not one.facts], citations, known, grounds)
    return Groundedness(len(row["citations"]), valid, len(sentences), cited, scores, kind)


def _scores(
    answer: str | None, sentences: Sequence[_Sentence], citations: _Citations, known: Mapping[Quote, QuoteCheck], grounds: Grounds
) -> tuple[float, ...]:
    """How much of each sentence with content its sources say; nothing of an answer whose words must not be looked at."""
    if not answer:
        return ()
    found = [_score(answer[one.start : one.end], citations.rests(one), citations.names(one), known, grounds) for one in sentences]
    return tuple(score for score in found if score is not None)


def _score(sentence: str, rests: Sequence[Quote], names: str, known: Mapping[Quote, QuoteCheck], grounds: Grounds) -> float | None:
    if not rests:
        return 0.0
    return grounds.score(sentence, [known[quote].section_id for quote in rests], [quote.quote for quote in rests], names)
