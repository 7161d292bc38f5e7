"""A question in, how it is answered now as nobody's out, kept nowhere; and the sections that come nearest to it, answered or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nova.answers.ask import AskContext, Question, ask
from nova.answers.check.abstain import FAINT, decide, margin
from nova.answers.heard import listen
from nova.answers.passages.analyse import AnalysedSection, Features
from nova.answers.passages.name import short_title
from nova.answers.passages.shelf import AnswerRecord, HeldSection, Shelf
from nova.answers.search.retrieve import Clock, Retrieval, Sources, retrieve
from nova.answers.search.select import ConceptMatcher, choose
from nova.answers.turn.focus import NOTHING, FocusStore
from nova.language.analyser import Analyser
from nova.language.fold import raw_words
from nova.records import Answer, Passage, Scope

# How near the signals and rules have to come to what an answer needs (1), from which on the section that was nearly chosen probably
# answers: of questions that are wrongly refused without the vocabulary 5 of 6 lie above, of those that nothing answers one in five
# (benchmarks/weak.py).
NEARLY = 0.88
EXCERPT, MOST_TERMS, SHORTEST = 280, 4, 4


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An answer that was not kept, and what retrieval knew of it."""

    answer: Answer
    known: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NearSection:
    """A section that was read for a question.

    `nearly`: it was the first choice, sure enough or nearly. `missing` are the words of the question that it does not know, `terms`
    those of its heading.
    """

    section_id: UUID
    item_id: UUID
    version: int
    start: int
    end: int
    title: str
    section: str
    heading: str
    excerpt: str
    nearly: bool
    missing: tuple[str, ...]
    terms: tuple[str, ...]


class _Unkept:
    """A shelf on which nothing is kept; what would have been is remembered until it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.record: AnswerRecord | None = None

    def passages(self, chunk_ids: Sequence[UUID], scope: Scope) -> list[Passage]:
        """As the shelf's."""
        return self._shelf.passages(chunk_ids, scope)

    def sections(self, around: Mapping[UUID, int], scope: Scope) -> list[HeldSection]:
        """As the shelf's."""
        return self._shelf.sections(around, scope)

    def provisions(self, norms: Sequence[str], scope: Scope, limit: int) -> list[Passage]:
        """As the shelf's."""
        return self._shelf.provisions(norms, scope, limit)

    def laws(self) -> Mapping[str, str]:
        """As the shelf's."""
        return self._shelf.laws()

    def keep(self, record: AnswerRecord) -> None:
        """Not kept."""
        self.record = record


def ask_again(context: AskContext, text: str, *, staff: bool) -> AskedAgain:
    """Ask as nobody, as the company's people are answered (`staff`) or its customers; nothing of it is kept."""
    shelf = _Unkept(context.shelf)
    alone = replace(context, shelf=shelf, keeper=None, focus=FocusStore(), trial=lambda _: None)
    answer = ask(alone, Question(text, scope=Scope(staff=staff), begins=True))
    return AskedAgain(answer, shelf.record.retrieval if shelf.record else {})


def nearest(context: AskContext, text: str) -> list[NearSection]:
    """The sections of the company's that are read for a question, the nearest first."""
    analyser, learned = context.analyser(), context.learned()
    vocabulary = learned.widened(context.vocabulary())
    heard = listen(text, NOTHING, context.rules(), context.helps(), (), Scope(), datetime.now(UTC))
    sources = Sources(context.shelf, context.index, analyser, vocabulary, context.memory, context.meaning, learned)
    found = retrieve(heard.turn.in_words, Scope(), sources, Clock(), rules=heard.hits)
    nearly = _nearly(found, analyser)
    told = [_section(reading, found, analyser, nearly) for reading, _ in found.readings]
    return sorted(told, key=lambda one: not one.nearly)


def _nearly(found: Retrieval, analyser: Analyser) -> UUID | None:
    """The section that was nearly an answer, or is one."""
    chosen = choose(found.question, found.readings, hints=found.hints)
    if not chosen:
        return None
    first = chosen[0].said.held.text.section_id
    if decide(found, chosen, analyser) is None:
        return first
    return first if margin(found, chosen, analyser) >= NEARLY else None


def _section(reading: AnalysedSection, found: Retrieval, analyser: Analyser, nearly: UUID | None) -> NearSection:
    text = reading.held.text
    return NearSection(
        section_id=text.section_id,
        item_id=text.item_id,
        version=text.version,
        start=text.start,
        end=text.start + len(text.text),
        title=short_title(reading.held.document),
        section=text.label or text.title,
        heading=text.title,
        excerpt=" ".join(text.text[reading.held.heading :][:EXCERPT].split()),
        nearly=text.section_id == nearly,
        missing=_missing(found, f"{reading.held.document} {text.title} {text.text}", analyser),
        terms=tuple(dict.fromkeys(word for word in raw_words(text.title) if word[0].isupper() and len(word) >= SHORTEST))[:MOST_TERMS],
    )


def _missing(found: Retrieval, text: str, analyser: Analyser) -> tuple[str, ...]:
    """The words of a question, as they were written, that a text does not know."""
    there = Features.of(analyser.words(text))
    lost = {
        stem for concept in found.question.concepts if ConceptMatcher.of(concept).share(there) < FAINT for stem in concept.stems
    }  # fmt: skip
    words = (raw for raw in raw_words(found.question.text) if len(raw) >= SHORTEST and analyser.word(raw).stem in lost)
    return tuple(dict.fromkeys(words))
