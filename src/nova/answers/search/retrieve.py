"""A question and a scope in, the ranked passages and the read sections that may answer it out.

A provision the question names ("§ 14a EnWG") is looked up directly and comes first; everything else comes from the index.
"""

import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

from nova.answers.passages.analyse import AnalysedSection, SectionAnalyser
from nova.answers.passages.shelf import HeldSection, Place, Shelf
from nova.answers.rules.hints import Hint, by_passage, hints_of, hints_to
from nova.answers.rules.map import Hit
from nova.answers.search.dense import Likeness, Meaning
from nova.answers.search.rank import Ranker
from nova.answers.understand.concepts import Question, understand
from nova.answers.understand.learned import RankingRelease, joining
from nova.answers.understand.vocabulary import Vocabulary
from nova.language.analyser import Analyser
from nova.language.fold import words
from nova.language.norms import LawNames, NormRef, known_laws, norm_keys
from nova.language.questions import asks_a_term
from nova.language.spelling import Speller
from nova.language.stems import is_stop
from nova.ports import Index
from nova.records import Passage, Scope, SectionText

CANDIDATES = 60
SECTIONS = 5
MOST_OF_A_PROVISION = 40
MOST_HINTED = 6
TERM = 0.35  # what a rule counts where nothing but a term is asked for: its definition may stand elsewhere
NAMES_FOR_S = 5.0
_TELLS = frozenset(
    "regelt regeln steht stehen sagt sagen bestimmt bestimmen lautet inhalt wortlaut text zeig zeige erklaere erklaeren bitte luna".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Retrieval:
    """What retrieval found. `direct` are the passages of provisions the question names; they also lead `ranked`.

    `missing` are named provisions no visible document holds; `readings` the read sections, each with its rank score from 0 to 1.
    `best_score` is the index's best raw score among `size` points.
    """

    question: Question
    ranked: tuple[Passage, ...]
    direct: tuple[Passage, ...]
    missing: tuple[NormRef, ...]
    held_laws: frozenset[str]
    readings: tuple[tuple[AnalysedSection, float], ...]
    best_score: float
    size: int
    hints: tuple[Hint, ...] = ()


@dataclass
class Memory:
    """What answering keeps between questions: readings of sections, the ranker of the live analyser, the names of held laws."""

    reader: SectionAnalyser = field(default_factory=SectionAnalyser)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ranker: Ranker | None = None
    _speller: tuple[Analyser, Speller] | None = None
    _names: tuple[float, LawNames, frozenset[str]] | None = None
    _size: tuple[float, int] = (-math.inf, 0)

    def ranker(self, analyser: Analyser) -> Ranker:
        """The ranker for an analyser; the last one is kept."""
        with self._lock:
            if self._ranker is None or self._ranker.analyser is not analyser:
                self._ranker = Ranker(analyser)
            return self._ranker

    def speller(self, analyser: Analyser) -> Speller:
        """The corrector over an analyser's words; the last one is kept."""
        with self._lock:
            if self._speller is None or self._speller[0] is not analyser:
                self._speller = (analyser, Speller.of(analyser.counts.items()))
            return self._speller[1]

    def size(self, index: Index) -> int:
        """How many points the index holds; at most `NAMES_FOR_S` seconds old."""
        now = time.monotonic()
        if now - self._size[0] > NAMES_FOR_S:
            self._size = (now, index.count())
        return self._size[1]

    def names(self, shelf: Shelf) -> tuple[LawNames, frozenset[str]]:
        """All law names known and the keys of the laws that are held; at most `NAMES_FOR_S` seconds old."""
        now = time.monotonic()
        with self._lock:
            kept = self._names
        if kept is None or now - kept[0] > NAMES_FOR_S:
            held = shelf.laws()
            kept = (now, known_laws().with_laws(held), frozenset(held.values()))
            with self._lock:
                self._names = kept
        return kept[1], kept[2]


@dataclass(frozen=True)
class Sources:
    """Where retrieval looks."""

    shelf: Shelf
    index: Index
    analyser: Analyser
    vocabulary: Vocabulary
    memory: Memory
    meaning: Meaning | None = None
    learned: RankingRelease = field(default_factory=RankingRelease)


class Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, start)

    def add(self, name: str, start: float) -> None:
        """Add what has passed since `start` (`time.perf_counter`) to a stage."""
        self.spent[name] = round(self.spent.get(name, 0.0) + (time.perf_counter() - start) * 1000, 3)


def retrieve(
    text: str,
    scope: Scope,
    sources: Sources,
    clock: Clock,
    sections: int = SECTIONS,
    rules: Sequence[Hit] = (),
    about: Sequence[str] = (),
) -> Retrieval:
    """Search, fetch, rank and read. `rules` are those that may answer; `about` the provisions that a question goes on with."""
    names, held = sources.memory.names(sources.shelf)
    with clock.stage("analyse"):
        question = understand(text, sources.analyser, sources.vocabulary, sources.memory.speller(sources.analyser), names)
    direct, missing = _named(question, scope, sources.shelf, held)
    with clock.stage("search"):
        hits = sources.index.search(question.vector, scope, CANDIDATES)
    like = _like(text, scope, sources, clock)
    preferences = sources.learned.preferences(text, sources.analyser)
    with clock.stage("fetch"):
        scores = {hit.chunk_id: hit.score for hit in hits}
        passages = candidates(sources.shelf, scope, scores, like, joining(preferences))
        worth = TERM if asks_a_term(text) else 1.0
        hints = _held_hints((*hints_of(rules, question.sector, worth, len(text.split())), *hints_to(about)), held)
        passages += _hinted(hints, scope, sources.shelf, passages)
    with clock.stage("rank"):
        ranker = sources.memory.ranker(sources.analyser)
        ranked = _first(ranker.rank(question, passages, like, preferences, by_passage(hints, passages)), direct)
    with clock.stage("read"):
        told = direct if direct and _only_names(question) else ranked
        readings = _read(_best_sections(told, sections), scope, sources)
    best = max(scores.values(), default=0.0)
    size = sources.memory.size(sources.index)
    return Retrieval(question, tuple(ranked), tuple(direct), tuple(missing), held, tuple(readings), best, size, hints)


def _held_hints(hints: Sequence[Hint], held: frozenset[str]) -> tuple[Hint, ...]:
    """The hints to laws that there are."""
    return tuple(hint for hint in hints if hint.norm.partition(":")[0] in held)


def _hinted(hints: Sequence[Hint], scope: Scope, shelf: Shelf, known: Sequence[Passage]) -> list[Passage]:
    """The passages of the hinted provisions that the index did not find; at most `MOST_OF_A_PROVISION` of each of the first."""
    norms = list(dict.fromkeys(hint.norm for hint in hints))[:MOST_HINTED]
    there = {passage.chunk_id for passage in known}
    found = shelf.provisions(norms, scope, MOST_OF_A_PROVISION) if norms else []
    return [passage for passage in found if passage.chunk_id not in there]


def candidates(
    shelf: Shelf, scope: Scope, scores: Mapping[UUID, float], like: Likeness | None, preferred: Sequence[UUID] = ()
) -> list[Passage]:
    """The passages to rank: those the index found by words, with their scores, the nearest in meaning, and those that are preferred.

    A scope that narrows keeps what is preferred out: only the index knows its filters.
    """
    extra = [*(like.joining if like else ()), *(() if scope.narrows else preferred)]
    fetched = shelf.passages([*scores, *(one for one in dict.fromkeys(extra) if one not in scores)], scope)
    return [passage.scored(scores.get(passage.chunk_id, 0.0)) for passage in fetched]


def _like(text: str, scope: Scope, sources: Sources, clock: Clock) -> Likeness | None:
    """What the embedding model finds, where one counts; the stage `embed_missed` says that it did not answer in time."""
    meaning = sources.meaning
    if meaning is None or not meaning.counts():
        return None
    start = time.perf_counter()
    like = meaning.near(text, scope, sources.index)
    clock.add("embed" if like else "embed_missed", start)
    return like


def _named(question: Question, scope: Scope, shelf: Shelf, held: frozenset[str]) -> tuple[list[Passage], list[NormRef]]:
    """The passages of the provisions a question names with their law, and the named ones that are not there."""
    named = [ref for ref in question.norms if ref.norm.complete]
    keys = dict.fromkeys(ref.norm.key for ref in named if _may_be_held(ref, held))
    direct = shelf.provisions(list(keys), scope, MOST_OF_A_PROVISION) if keys else []
    there = {key for passage in direct for key in _keys(passage)}
    return direct, [ref for ref in named if ref.norm.key not in there]


def _may_be_held(ref: NormRef, held: frozenset[str]) -> bool:
    """Whether it is worth looking for: a provision of a law that is held, or any ruling."""
    return ref.norm.kind == "ruling" or ref.norm.law in held


def _keys(passage: Passage) -> tuple[str | None, ...]:
    """The provisions that stand in a passage: the section's own, and all that its label names."""
    law, _, _ = (passage.norm or "").partition(":")
    return passage.norm, *norm_keys(law, passage.label)


def _first(ranked: Sequence[Passage], direct: Sequence[Passage]) -> list[Passage]:
    """The named provisions before everything else, in their own order of rank where the index found them."""
    if not direct:
        return list(ranked)
    top = max((passage.score for passage in ranked), default=0.0) or 1.0
    scored = {passage.chunk_id: passage for passage in ranked}
    lead = [scored.get(passage.chunk_id, replace(passage, score=top)) for passage in direct]
    ids = {passage.chunk_id for passage in lead}
    return [*lead, *(passage for passage in ranked if passage.chunk_id not in ids)]


def _only_names(question: Question) -> bool:
    """Whether a question asks for a provision and nothing else ("Was regelt § 14a EnWG?")."""
    rest = question.text
    for ref in sorted(question.norms, key=lambda ref: -ref.start):
        rest = rest[: ref.start] + " " + rest[ref.end :]
    return not [word for word in words(rest) if not is_stop(word) and word not in _TELLS]


def _best_sections(ranked: Sequence[Passage], count: int) -> dict[UUID, Passage]:
    best: dict[UUID, Passage] = {}
    for passage in ranked:
        if passage.section_id not in best:
            if len(best) == count:
                break
            best[passage.section_id] = passage
    return best


def _read(best: dict[UUID, Passage], scope: Scope, sources: Sources) -> list[tuple[AnalysedSection, float]]:
    """The sections of the best passages; what was read lately is not fetched again."""
    if not best:
        return []
    known = _known(best, scope, sources)
    top = max(passage.score for passage in best.values()) or 1.0
    return [(_fitting(known.get(one), passage, sources), max(0.0, passage.score / top)) for one, passage in best.items()]


def _known(best: dict[UUID, Passage], scope: Scope, sources: Sources) -> dict[UUID, AnalysedSection]:
    """The readings of these sections, as far as they are remembered or may be seen."""
    reader, analyser = sources.memory.reader, sources.analyser
    known = {one: reading for one, passage in best.items() if (reading := reader.known(one, passage.start, analyser))}
    around = {one: passage.start for one, passage in best.items() if one not in known}
    for held in sources.shelf.sections(around, scope) if around else ():
        known[held.text.section_id] = reader.read(held, analyser)
    return known


def _fitting(known: AnalysedSection | None, passage: Passage, sources: Sources) -> AnalysedSection:
    """The reading of a passage's section; read anew where the section does not hold it, is all heading, or has another name by now."""
    reader, analyser = sources.memory.reader, sources.analyser
    if known is None or not _inside(passage, known.held):
        return reader.read(_alone(passage), analyser)
    if not known.said and known.held.heading:
        return reader.read(replace(known.held, heading=0), analyser)
    if (known.held.document, known.held.tags) != (passage.title, passage.tags):
        return reader.read(replace(known.held, document=passage.title, tags=passage.tags), analyser)
    return known


def _inside(passage: Passage, held: HeldSection) -> bool:
    return held.text.start <= passage.start and passage.end <= held.text.start + len(held.text.text)


def _alone(passage: Passage) -> HeldSection:
    """A passage that reaches beyond its section (tiny neighbours share one) as a section of its own."""
    text = SectionText(
        passage.chunk_id, passage.item_id, passage.version, passage.label, passage.section_title, passage.path, passage.text, passage.start,
        passage.norm,
    )  # fmt: skip
    place = Place(passage.chunk_id, passage.start, passage.end, passage.page)
    return HeldSection(text, passage.title, passage.kind, (place,), 0, passage.tags)
