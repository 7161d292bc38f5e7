"""A question in, what it is about out: its concepts with all words that may stand for each, its type, laws, norms and sector."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nova.answers.vocabulary import Expansion, Vocabulary
from nova.language.analyser import Analyser, Word
from nova.language.fold import raw_words, words
from nova.language.norms import LawNames, NormRef, find_norms, known_laws
from nova.language.questions import QuestionType, question_type
from nova.records import SparseVector

Sector = Literal["strom", "gas", ""]

_GAS = frozenset({"gas", "erdgas", "biogas"})
_POWER = frozenset({"strom", "elektrizitaet", "elektrisch", "photovoltaik", "solar", "kilowattstunde", "elektr"})
PART_SHARE = 0.8
EXPANSION_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: its stems with their shares (adding up to 1) and how far it stands for the concept (0-1)."""

    shares: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or phrase of the question. `weight` is how telling it is (an inverse document frequency); `known` whether the corpus or vocabulary has it."""

    stems: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    weight: float
    known: bool
    grams: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """An analysed question: what retrieval searches with (`vector`) and what ranking compares passages to."""

    text: str
    vector: SparseVector
    concepts: tuple[Concept, ...]
    kind: QuestionType
    norms: tuple[NormRef, ...]
    laws: tuple[str, ...]
    sector: Sector
    stems: frozenset[str]


def understand(text: str, analyser: Analyser, vocabulary: Vocabulary, laws: LawNames | None = None) -> Question:
    """Analyse a question once, for the index and for ranking."""
    names = laws or known_laws()
    expansions = vocabulary.expand(text, analyser)
    concepts = tuple(_concepts(text, analyser, expansions, names))
    refs = tuple(find_norms(text, names))
    named = dict.fromkeys([ref.norm.law for ref in refs if ref.norm.law] + [key for key, _, _ in names.find(text)])
    forms = frozenset(words(text))
    own = analyser.words(text)
    stems = frozenset(part for word in own for part in (word.stem, *word.parts))
    vector = analyser.query(text, [(expansion.term, expansion.weight) for expansion in expansions], names)
    return Question(text, vector, concepts, question_type(text), refs, tuple(named), _sector(forms, stems), stems)


def _concepts(text: str, analyser: Analyser, expansions: Iterable[Expansion], names: LawNames) -> Iterable[Concept]:
    spans = [(start, end) for _, start, end in names.find(text)]
    hidden = {raw for start, end in spans for raw in raw_words(text[start:end])}
    content = {}
    for raw in raw_words(text):
        word = analyser.word(raw)
        if word.stem and raw not in hidden:
            content.setdefault(word.stem, word)
    phrases: dict[tuple[str, ...], list[Expansion]] = {}
    for expansion in expansions:
        phrases.setdefault(expansion.stems, []).append(expansion)
    used: set[str] = set()
    for stems, terms in phrases.items():
        own = [content[root] for root in stems if root in content]
        if own:
            used.update(stems)
            yield _concept(own, terms, analyser)
    for root, word in content.items():
        if root not in used:
            yield _concept([word], (), analyser)


def _concept(own: list[Word], terms: Iterable[Expansion], analyser: Analyser) -> Concept:
    alternatives = [_alternative([word.stem for word in own], 1.0, analyser)]
    parts = [part for word in own for part in word.parts]
    if parts != [word.stem for word in own]:
        alternatives.append(_alternative(parts, PART_SHARE, analyser))
    best = 0.0
    for term in terms:
        stems = [word.stem for word in analyser.words(term.term)]
        if stems:
            alternatives.append(_alternative(stems, EXPANSION_SHARE, analyser))
            best = max(best, sum(analyser.idf(root) for root in stems) / len(stems))
    present = [word.stem for word in own if analyser.knows(word.stem) or any(analyser.knows(part) for part in word.parts)]
    rarity = sum(analyser.idf(word.stem) for word in own) / len(own)
    weight = best if best and not present else (rarity + best) / 2 if best else rarity
    grams = frozenset(gram for word in own for gram in word.gram_ids)
    return Concept(tuple(word.stem for word in own), tuple(alternatives), weight, bool(present or best), grams)


def _alternative(stems: list[str], weight: float, analyser: Analyser) -> Alternative:
    rarities = [(root, analyser.idf(root) + 0.3) for root in dict.fromkeys(stems)]
    total = sum(rarity for _, rarity in rarities)
    return Alternative(tuple((root, rarity / total) for root, rarity in rarities), weight)


def _sector(forms: frozenset[str], stems: frozenset[str]) -> Sector:
    gas = bool(_GAS & stems) or any(form.startswith("gas") for form in forms)
    power = bool(_POWER & stems) or any(form.startswith(("strom", "elektr")) for form in forms)
    return "gas" if gas and not power else "strom" if power and not gas else ""
