"""The answers of an hour in, how well each is founded out: which citations stand, which sentences have one, how much their sources say.

A sentence's score is the share of its content words (stems or all their parts) that the sections it cites hold; 0 when a number of it is
not there, or when it rests on nothing. Sentences that say facts of data are checked where they are made and not held against documents.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
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
class Founded:
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
        words = [word for stem, word in said.items() if not stem[0].isdigit()]  # numbers are held as figures, however they are written
        if not said:
            return None
        held = [self._known[one] for one in section_ids if one and one in self._known] or [self.read("\n".join(quotes))]
        held += [self.read(names)] if names else []
        if lacking(sentence, [figure for one in held for figure in one.figures]):
            return 0.0
        return sum(any(_there(word, one.roots) for one in held) for word in words) / len(words) if words else 1.0


def _there(word: Word, roots: frozenset[str]) -> bool:
    return word.stem in roots or all(part in roots for part in word.parts)


def founded(conn: Connection[Any], rows: Sequence[Row], grounds: Grounds) -> list[Founded]:
    """For each answer (rows of `kpi_evidence.answers`), in order."""
    quotes = [[quote for one in row["citations"] if (quote := _quote(one))] for row in rows]
    flat = list(dict.fromkeys(quote for some in quotes for quote in some))
    known = dict(zip(flat, kpi_evidence.check(conn, flat), strict=True))
    grounds.load(conn, {one.section_id for one in known.values() if one.section_id})
    return [_founded(row, some, known, grounds) for row, some in zip(rows, quotes, strict=True)]


def _quote(one: Mapping[str, Any]) -> Quote | None:
    try:
        return Quote(str(UUID(one["item_id"])), int(one["version"]), int(one["start"]), int(one["end"]), str(one["quote"]))
    except (KeyError, TypeError, ValueError):  # a citation of another shape counts as none
        return None


def _founded(row: Row, quotes: Sequence[Quote], known: Mapping[Quote, QuoteCheck], grounds: Grounds) -> Founded:
    numbers = {one.get("number"): quote for one in row["citations"] if (quote := _quote(one))}
    places = {one.get("number"): f"{one.get('title', '')} {one.get('section', '')}" for one in row["citations"]}
    valid = sum(known[quote].valid for quote in quotes)
    kind = next((known[quote].kind for quote in quotes), "")
    if row["status"] == "refused":
        return Founded(len(row["citations"]), valid, 0, 0, (), kind)
    sentences, cited, scores = 0, 0, []
    for start, end, cites, facts, checked in row["retrieval"].get("said", []):
        rests = [numbers[number] for number in cites if number in numbers]
        if checked and not cites and not facts:
            continue  # a note on the answer itself
        sentences += 1
        cited += bool(facts) or any(known[quote].valid for quote in rests)
        if row["answer"] and not facts:
            names = " ".join(places[number] for number in cites if number in places)
            score = _score(row["answer"][start:end], rests, names, known, grounds)
            scores += [] if score is None else [score]
    return Founded(len(row["citations"]), valid, sentences, cited, tuple(scores), kind)


def _score(sentence: str, rests: Sequence[Quote], names: str, known: Mapping[Quote, QuoteCheck], grounds: Grounds) -> float | None:
    if not rests:
        return 0.0
    return grounds.score(sentence, [known[quote].section_id for quote in rests], [quote.quote for quote in rests], names)
