"""The best passages of the index and the analysed question in; the passages in their final order, and how strong the evidence is, out.

A small weighted sum of named features, each between 0 and 1 (or -1 and 1). Passages are judged with their section: an answer is a
provision, not a cut of 130 words. The first passage of each section comes first, the others follow in order of score.
"""

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import mul
from uuid import UUID

from nova.answers.concepts import Concept, Question
from nova.language.analyser import Analyser
from nova.language.fold import fold
from nova.records import Passage

# What each feature is worth, and why.
WEIGHTS: Mapping[str, float] = {
    "index": 1.0,  # the lexical score of the passage among the found: all views, all words
    "cover": 0.3,  # share of the question's concepts that the passage itself speaks of, each once however often it is said
    "section": 0.6,  # the same over all found passages of the section: long provisions answer in pieces
    "heading": 0.8,  # concepts named by the section's own heading: what it is about
    "crumb": 0.1,  # concepts named by the headings above
    "title": 0.2,  # concepts named by the document's title
    "near": 0.3,  # concepts that stand close together
    "law": 0.8,  # the law the question names
    "topic": 0.2,  # how many of the best passages come from the same document
    "sector": 0.25,  # electricity or gas: the twins say the same in other words
    "norm": 5.0,  # the provision the question names
    "type": 0.25,  # the passage has what is asked for: a time, an amount, a definition
    "penalty": 0.3,  # provisions on fines: asked for, or in the way
    "aside": -0.1,  # transition rules, powers to issue ordinances, annexes, repealed: seldom what is meant
}

# How strong the evidence is: a logistic sum, fitted on answerable and off-topic questions (see benchmarks/retrieval_lab.py).
STRENGTH: Mapping[str, float] = {
    "base": -1.7,
    "cover": 1.8,  # share of the question's concepts in the best section
    "mass": 3.7,  # how much telling matter was met, in how many words
    "titled": 2.0,  # a heading that names most of what is asked: short questions bring little matter
    "missing": -2.4,  # nouns that no found passage speaks of
    "foreign": -2.2,  # names and codes that nothing here knows
    "volatile": -2.2,  # yesterday, next Monday: documents do not say
}
ENOUGH = 0.37

# How far a concept counts as said when only the heading, the headings above or the document's title name it.
HEADING_COUNTS, CRUMB_COUNTS, TITLE_COUNTS = 0.9, 0.6, 0.5

_TIME = re.compile(
    r"\b(?:woche|monat|jahr|tag|werktag|stunde|kalenderjahr|uhr|januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|"
    r"dezember|unverzueglich|jaehrlich|frist)\w*"
)
_NUMBER = re.compile(r"\d|\b(?:zwei|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|zwoelf|zwanzig|dreissig|hundert|haelfte|drittel)\b")
_QUANTITY = re.compile(
    r"\b(?:eur|euro|cent|prozent|kilowatt\w*|megawatt\w*|gigawatt\w*|kilovolt|meter\w*|stunden|"
    r"haelfte|drittel|prozentpunkte?|tonne\w*|liter|angaben|daten)\b|%"
)
_ASIDE = re.compile(
    r"(?:uebergang|inkrafttreten|ausserkrafttreten|verordnungsermaechtig|ermaechtigung|eingangsformel|schlussformel|weggefallen|aufgehoben|"
    r"berlin-klausel|evaluierung|erfahrungsbericht|inhaltsuebersicht|inhaltsverzeichnis|^anlage|^anhang|"
    r"festlegungen|anwendungsvorschriften)"
)
_EMPOWERS = re.compile(
    r"ermaechtigt[^.]{0,200}rechtsverordnung|durch rechtsverordnung[^.]{0,160}ermaechtigt|"
    r"rechtsverordnungen? [^.]{0,80}zu (?:erlassen|bestimmen|regeln)"
)
_DEFINING = re.compile(r"begriffsbestimmung|definition|begriffe")
_PENALTY = re.compile(r"bussgeld|ordnungswidrig|strafvorschrift")
_LABEL = re.compile(r"^\W*(?:§+|art(?:ikel|\.)?|anlage|anhang)?\s*\d+[a-z]*\s*")
_ASKED_PENALTY = frozenset({"straf", "bussgeld", "geldbuss", "ordnungswidr", "ordnungswidrig", "verstoss", "zwangsgeld", "droht", "drohen"})
_GAS_TITLE = re.compile(r"gas(?:gvv|nev|nzv|hdr|netz|versorg)|niederdruck|erdgas")
_POWER_TITLE = re.compile(r"strom|elektriz|niederspannung|erneuerbar|messstellen")


_REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Traits:
    """What ranking knows of a passage: the place of each stem and part, and whether it states a time or a quantity."""

    places: Mapping[str, int]
    heading: frozenset[str]
    crumb: frozenset[str]
    title: frozenset[str]
    time: bool
    quantity: bool
    aside: bool
    defining: bool
    penalty: bool
    sector: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage with its features and their weighted sum."""

    passage: Passage
    features: Mapping[str, float]
    score: float


class Ranker:
    """Orders passages for questions; remembers what it read of the passages seen last."""

    def __init__(self, analyser: Analyser, weights: Mapping[str, float] = WEIGHTS) -> None:
        self.analyser = analyser
        self.weights = weights
        self._traits: dict[UUID, tuple[str, Traits]] = {}

    def rank(self, question: Question, passages: Sequence[Passage]) -> list[Passage]:
        """The passages best first with `score` set; the best one of each section comes before any second one."""
        judged = sorted(self.judge(question, passages), key=lambda item: -item.score)
        seen: set[UUID] = set()
        first: list[Judged] = []
        rest: list[Judged] = []
        for item in judged:
            (rest if item.passage.section_id in seen else first).append(item)
            seen.add(item.passage.section_id)
        return [replace(item.passage, score=round(item.score, 4)) for item in (*first, *rest)]

    def judge(self, question: Question, passages: Sequence[Passage]) -> list[Judged]:
        """Every passage with its features, in the order given."""
        if not passages:
            return []
        top = max(passage.score for passage in passages) or 1.0
        traits = [self.traits(passage) for passage in passages]
        read = _Reader(question.concepts)
        fields = [read.fields(trait) for trait in traits]
        whole = [field.whole for field in fields]
        sections: dict[UUID, list[float]] = {}
        for passage, row in zip(passages, whole, strict=True):
            best = sections.setdefault(passage.section_id, [0.0] * len(row))
            sections[passage.section_id] = [max(old, new) for old, new in zip(best, row, strict=True)]
        topics = _topics(passages, top)
        concepts = _reached(question.concepts, sections.values())
        shares = {section: _share(concepts, row) for section, row in sections.items()}
        asked = _asked(question)
        judged = []
        for passage, trait, said in zip(passages, traits, fields, strict=True):
            features = {
                "index": passage.score / top,
                "cover": _share(concepts, said.whole),
                "section": shares[passage.section_id],
                "heading": _share(concepts, said.heading),
                "crumb": _share(concepts, said.crumb),
                "title": _share(concepts, said.title),
                "near": _near(question.concepts, said.text, trait.places),
                "topic": topics[passage.item_id],
                **_context(question, asked, passage, trait),
            }
            judged.append(Judged(passage, features, sum(self.weights.get(name, 0.0) * value for name, value in features.items())))
        return judged

    def strength(self, question: Question, passages: Sequence[Passage]) -> float:
        """How likely the ranked passages answer the question, 0 to 1; below `ENOUGH` an honest answer is that they do not."""
        if not passages or not question.concepts:
            return 0.0
        if any(passage.norm in {ref.norm.key for ref in question.norms} for passage in passages[:5] if passage.norm):
            return 1.0
        evidence = self._evidence(question, passages)
        total = STRENGTH["base"] + sum(STRENGTH[name] * value for name, value in evidence.items())
        return round(1.0 / (1.0 + math.exp(-total)), 4)

    def _evidence(self, question: Question, passages: Sequence[Passage]) -> Mapping[str, float]:
        """The features of `STRENGTH`: what the best sections say of the question's concepts, and which of its nouns no passage knows."""
        concepts = question.concepts
        weights = [concept.weight for concept in concepts]
        total = sum(weights) or 1.0
        traits = [self.traits(passage) for passage in passages]
        read = _Reader(concepts)
        fields = [read.fields(trait) for trait in traits]
        met = [field.whole for field in fields]
        sections: dict[UUID, list[float]] = {}
        for passage, row in zip(passages, met, strict=True):
            if passage.section_id in sections or len(sections) < 5:
                best = sections.setdefault(passage.section_id, [0.0] * len(row))
                sections[passage.section_id] = [max(old, new) for old, new in zip(best, row, strict=True)]
        cover = max(sum(concept.weight * value for concept, value in zip(concepts, row, strict=True)) for row in sections.values()) / total
        said = max(sum(concept.weight * _echo(concept, trait) for concept in concepts) for trait in traits[:15])
        named = max(
            sum(c.weight * max(a, 0.5 * b) for c, a, b in zip(concepts, field.heading, field.title, strict=True)) for field in fields[:15]
        )
        titled = max(sum(map(mul, weights, field.heading)) for field in fields[:15]) / total
        missing = [concept for concept, column in zip(concepts, zip(*met, strict=True), strict=True) if concept.noun and max(column) < 0.3]
        return {
            "cover": cover,
            "mass": math.log((said + named + cover * total + 1.0) / 30.0),
            "titled": max(0.0, titled - 0.5) * 2.0,
            "missing": sum(concept.weight for concept in missing) / total,
            "foreign": min(2, sum(not concept.known for concept in missing)) / 2,
            "volatile": float(question.volatile),
        }

    def traits(self, passage: Passage) -> Traits:
        """What there is to know of a passage, remembered by its id and text."""
        held = self._traits.get(passage.chunk_id)
        if held is None or held[0] != passage.text:
            if len(self._traits) >= _REMEMBERED:
                self._traits.pop(next(iter(self._traits)))
            held = self._traits[passage.chunk_id] = (passage.text, self._read(passage))
        return held[1]

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(part for word in self.analyser.words(text) for part in (word.stem, *word.parts))

    def _read(self, passage: Passage) -> Traits:
        places: dict[str, int] = {}
        for at, word in enumerate(self.analyser.words(passage.text)):
            places.setdefault(word.stem, at)
            for part in word.parts:
                places.setdefault(part, at)
        heading = self._stems(passage.path[-1] if len(passage.path) > 1 else passage.section_title)
        crumb, above = self._stems(" ".join(passage.path[1:-1])), self._stems(passage.title)
        plain, name, title = fold(passage.text), fold(passage.section_title), fold(passage.title)
        bare = _LABEL.sub("", name)
        return Traits(
            places,
            heading,
            crumb,
            above,
            bool(_TIME.search(plain)),
            bool(_QUANTITY.search(plain)) and bool(_NUMBER.search(plain)),
            bool(_ASIDE.search(name) or _ASIDE.search(bare) or _EMPOWERS.search(plain)),
            bool(_DEFINING.search(name)),
            bool(_PENALTY.search(name)),
            _sector_of(title),
        )


def _met(concept: Concept, places: Container[str]) -> float:
    """How far a text speaks of a concept, 0 to 1: its best alternative, phrases by the share of their words."""
    best = 0.0
    for alternative in concept.alternatives:
        weight = alternative.weight
        if weight <= best:
            continue
        share = 0.0
        for root, part in alternative.shares:
            if root in places:
                share += part
        if share and (value := weight * share * share) > best:
            best = value
    return best


@dataclass(frozen=True, slots=True)
class _Fields:
    """How far each concept is met in a passage's text, its heading, the headings above, the document's title, and in any of them."""

    text: list[float]
    heading: list[float]
    crumb: list[float]
    title: list[float]
    whole: list[float]


class _Reader:
    """Meets one question's concepts in passages; headings and titles that passages share are read once."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = concepts
        self._shared: dict[frozenset[str], list[float]] = {}

    def fields(self, trait: Traits) -> _Fields:
        """All fields of a passage."""
        text = [_met(concept, trait.places) for concept in self.concepts]
        heading, crumb, title = self._once(trait.heading), self._once(trait.crumb), self._once(trait.title)
        rows = zip(text, heading, crumb, title, strict=True)
        whole = [max(a, HEADING_COUNTS * b, CRUMB_COUNTS * c, TITLE_COUNTS * d) for a, b, c, d in rows]
        return _Fields(text, heading, crumb, title, whole)

    def _once(self, stems: frozenset[str]) -> list[float]:
        met = self._shared.get(stems)
        if met is None:
            met = self._shared[stems] = [_met(concept, stems) for concept in self.concepts]
        return met


def _echo(concept: Concept, trait: Traits) -> float:
    """How often a text says a concept in different words: the sum over its alternatives."""
    return sum(
        alternative.weight * sum(part for root, part in alternative.shares if root in trait.places or root in trait.heading) ** 2
        for alternative in concept.alternatives
    )


def _reached(concepts: Sequence[Concept], sections: Iterable[Sequence[float]]) -> Sequence[float]:
    """The concepts' weights, 0 for those that no passage speaks of at all."""
    best = [max(column) for column in zip(*sections, strict=True)]
    return [concept.weight if value > 0 else 0.0 for concept, value in zip(concepts, best, strict=True)]


def _share(weights: Sequence[float], met: Sequence[float]) -> float:
    total = sum(weights)
    return sum(map(mul, weights, met)) / total if total else 0.0


def _near(concepts: Sequence[Concept], met: Sequence[float], places: Mapping[str, int]) -> float:
    """How close the first mentions of the concepts stand together, 0 (or fewer than two concepts) to 1."""
    spots = []
    for concept, value in zip(concepts, met, strict=True):
        if value > 0.4:
            found = [places[root] for alternative in concept.alternatives for root, _ in alternative.shares if root in places]
            spots.append(min(found))
    if len(spots) < 2:
        return 0.0
    spots.sort()
    gaps = [right - left for left, right in pairwise(spots)]
    return sum(1.0 / (1.0 + gap / 8.0) for gap in gaps) / max(len(concepts) - 1, 1)


def _topics(passages: Sequence[Passage], top: float) -> Mapping[UUID, float]:
    """How much of the best passages' score comes from each document, the strongest document being 1."""
    sums: dict[UUID, float] = defaultdict(float)
    best = sorted(passages, key=lambda passage: -passage.score)[:30]
    for passage in best:
        sums[passage.item_id] += (passage.score / top) ** 2
    strongest = max(sums.values())
    return defaultdict(float, {item: value / strongest for item, value in sums.items()})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question names: keys of provisions, numbers of those without a law, and whether it is about penalties."""

    keys: frozenset[str]
    numbers: frozenset[str]
    penalty: bool


def _asked(question: Question) -> _Asked:
    keys = frozenset(ref.norm.key for ref in question.norms)
    numbers = frozenset(ref.norm.key.lstrip(":") for ref in question.norms if ref.norm.law is None)
    return _Asked(keys, numbers, bool(_ASKED_PENALTY & question.stems))


def _context(question: Question, asked: _Asked, passage: Passage, trait: Traits) -> Mapping[str, float]:
    law, _, number = (passage.norm or "").partition(":")
    sector = 0.0 if not question.sector or not trait.sector else 1.0 if trait.sector == question.sector else -1.0
    return {
        "law": 1.0 if law and law in question.laws else 0.0,
        "norm": 1.0 if passage.norm and (passage.norm in asked.keys or number in asked.numbers) else 0.0,
        "sector": sector,
        "aside": 1.0 if trait.aside and trait.heading.isdisjoint(question.stems) else 0.0,
        "penalty": (1.0 if asked.penalty else -1.0) if trait.penalty else 0.0,
        "type": _fits(question, trait),
    }


def _fits(question: Question, trait: Traits) -> float:
    """Whether a passage states what the question asks for; definitions count double for and against."""
    if question.kind == "definition":
        return 1.0 if trait.defining else 0.0
    wanted = {"deadline": trait.time, "amount": trait.quantity}.get(question.kind, True)
    return (0.0 if wanted else -0.5) - (1.0 if trait.defining else 0.0)


def _sector_of(title: str) -> str:
    gas, power = bool(_GAS_TITLE.search(title)), bool(_POWER_TITLE.search(title))
    return "gas" if gas and not power else "strom" if power and not gas else ""
