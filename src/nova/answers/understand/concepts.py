"""A question in, what it is about out: its concepts with all words that may stand for each, its type, laws, norms and sector."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from nova.answers.understand.vocabulary import Expansion, Vocabulary
from nova.language.analyser import Analyser, Word
from nova.language.fold import fold, form, raw_words, words
from nova.language.norms import LawNames, NormRef, find_norms, known_laws
from nova.language.questions import QuestionType, question_type
from nova.language.spelling import Speller
from nova.language.stems import LIGHT_SHARE, is_stop
from nova.records import SparseVector

Sector = Literal["strom", "gas", ""]

_GAS = frozenset({"gas", "erdgas", "biogas"})
_POWER = frozenset({"strom", "elektrizitaet", "elektrisch", "photovoltaik", "solar", "kilowattstunde", "elektr"})
_NOUN = re.compile(r"(?<=[^.?!:\s]\s)(?:[„\"»(]?)\b[A-ZÄÖÜ][\w-]*|\b\w*[A-Z]\w*\d\w*\b")
_VOLATILE = re.compile(
    r"\b(?:gestern|heute|uebermorgen|vorgestern|gerade eben|"
    r"(?:letzte|diese|naechste|vergangene|kommende)[nrs]? (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche|monat|"
    r"quartal|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember))\b"
)
PART_SHARE = 0.8
EXPANSION_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept: its stems with their shares (adding up to 1) and how far it stands for the concept (0-1)."""

    shares: tuple[tuple[str, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word or phrase of the question and all that may stand for it.

    `weight` is how telling it is (an inverse document frequency); `known` whether the corpus or vocabulary has it; `noun` whether it is
    written with a capital inside a sentence, as German nouns, names and codes are.
    """

    stems: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    weight: float
    known: bool
    noun: bool = False


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
    volatile: bool = False


def corrected(text: str, analyser: Analyser, vocabulary: Vocabulary, speller: Speller, names: LawNames) -> str:
    """The question with misspelt words replaced: words that nothing here knows, by a known one that is near."""
    for raw in dict.fromkeys(raw_words(text)):
        word = form(raw)
        if _is_spelt_right(raw, word, analyser, vocabulary) or names.key(raw):
            continue
        if better := speller.correct(word):
            text = text.replace(raw, better)
    return text


def _is_spelt_right(raw: str, word: str, analyser: Analyser, vocabulary: Vocabulary) -> bool:
    """Whether the corpus or the vocabulary knows a word, its parts or its stem; short ones and codes are left as they are."""
    if len(word) < 7 or not word.isalpha() or is_stop(word) or word in analyser.counts or vocabulary.knows(word):
        return True
    return bool(analyser.splitter.split(word)) or analyser.knows(analyser.word(raw).stem)


def understand(
    text: str, analyser: Analyser, vocabulary: Vocabulary, speller: Speller | None = None, laws: LawNames | None = None
) -> Question:
    """Analyse a question once, for the index and for ranking. `text` stays as asked; all else is read from the corrected words."""
    names = laws or known_laws()
    asked, text = text, corrected(text, analyser, vocabulary, speller, names) if speller else text
    expansions = vocabulary.expand(text, analyser)
    concepts = tuple(_concepts(text, analyser, expansions, names))
    refs = tuple(find_norms(text, names))
    named = dict.fromkeys([ref.norm.law for ref in refs if ref.norm.law] + [key for key, _, _ in names.find(text)])
    forms = frozenset(words(text))
    own = analyser.words(text)
    stems = frozenset(part for word in own for part in (word.stem, *word.parts))
    vector = analyser.query(text, [(expansion.term, expansion.weight) for expansion in expansions], names)
    volatile = bool(_VOLATILE.search(fold(text)))
    return Question(asked, vector, concepts, question_type(text), refs, tuple(named), _sector(forms, stems), stems, volatile)


def _concepts(text: str, analyser: Analyser, expansions: Iterable[Expansion], names: LawNames) -> Iterable[Concept]:
    content = _content(text, analyser, names)
    nouns = frozenset(analyser.word(match.group()).stem for match in _NOUN.finditer(text))
    phrases: dict[tuple[str, ...], list[Expansion]] = {}
    for expansion in expansions:
        phrases.setdefault(expansion.stems, []).append(expansion)
    used: set[str] = set()
    for stems, terms in phrases.items():
        own = [content[root] for root in stems if root in content]
        used.update(stems)
        yield _concept(own, terms, analyser, nouns)
    for root, word in content.items():
        if root not in used:
            yield _concept([word], (), analyser, nouns)


def _content(text: str, analyser: Analyser, names: LawNames) -> dict[str, Word]:
    """The content words of a question by their stems, without those in names of laws."""
    hidden = {raw for _, start, end in names.find(text) for raw in raw_words(text[start:end])}
    content: dict[str, Word] = {}
    for raw in raw_words(text):
        word = analyser.word(raw)
        if word.stem and raw not in hidden:
            content.setdefault(word.stem, word)
    return content


def _concept(own: list[Word], terms: Iterable[Expansion], analyser: Analyser, nouns: frozenset[str]) -> Concept:
    stems = tuple(word.stem for word in own)
    parts = tuple(part for word in own for part in word.parts)
    others = _other_ways(terms, analyser)
    alternatives = [*_own_ways(stems, parts, analyser), *(_alternative(roots, weight, analyser) for roots, weight in others)]
    meant = max((_rarity(roots, analyser) for roots, _ in others), default=0.0)
    present = any(analyser.knows(root) for root in (*stems, *parts))
    weight = _weight(_rarity(stems, analyser) if stems else meant, meant, present)
    if own and all(word.light for word in own):
        weight *= LIGHT_SHARE
    return Concept(stems, tuple(alternatives), weight, bool(present or meant), not nouns.isdisjoint(stems))


def _own_ways(stems: tuple[str, ...], parts: tuple[str, ...], analyser: Analyser) -> list[Alternative]:
    """A concept by its words' stems, and by the parts of its compounds; none where no word of the question says it."""
    if not stems:
        return []
    whole = _alternative(stems, 1.0, analyser)
    return [whole] if parts == stems else [whole, _alternative(parts, PART_SHARE, analyser)]


def _other_ways(terms: Iterable[Expansion], analyser: Analyser) -> list[tuple[list[str], float]]:
    """The stems of each term that stands for a concept, and how far it does."""
    said = (([word.stem for word in analyser.words(term.term)], EXPANSION_SHARE * term.share) for term in terms)
    return [(roots, weight) for roots, weight in said if roots]


def _rarity(stems: Sequence[str], analyser: Analyser) -> float:
    return sum(analyser.idf(root) for root in stems) / len(stems)


def _weight(said: float, meant: float, present: bool) -> float:
    """How telling a concept is: by the question's own words, by the terms they stand for (0 without any), or by the mean of both."""
    if not meant:
        return said
    return (said + meant) / 2 if present else meant


def _alternative(stems: Sequence[str], weight: float, analyser: Analyser) -> Alternative:
    rarities = [(root, analyser.idf(root) + 0.3) for root in dict.fromkeys(stems)]
    total = sum(rarity for _, rarity in rarities)
    return Alternative(tuple((root, rarity / total) for root, rarity in rarities), weight)


def _sector(forms: frozenset[str], stems: frozenset[str]) -> Sector:
    gas = bool(_GAS & stems) or any(form.startswith("gas") for form in forms)
    power = bool(_POWER & stems) or any(form.startswith(("strom", "elektr")) for form in forms)
    return "gas" if gas and not power else "strom" if power and not gas else ""
