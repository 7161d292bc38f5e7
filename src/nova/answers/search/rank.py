"""The best passages of the index and the analysed question in; the passages in their final order out.

A small weighted sum of named features, each between 0 and 1 (or -1 and 1). Passages are judged with their section: an answer is a
provision, not a cut of 130 words. The first passage of each section comes first, the others follow in order of score.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from uuid import UUID

from nova.answers.search.dense import Likeness
from nova.answers.search.traits import Name, Shelf, Traits
from nova.answers.understand.concepts import Concept, Question
from nova.answers.understand.learned import values as learned_values
from nova.language.analyser import K1, Analyser, B
from nova.records import Passage

# What each feature is worth, and why.
WEIGHTS: Mapping[str, float] = {
    "index": 1.0,  # the lexical score of the passage among the found: all views, all words
    "body": 0.2,  # share of the question's concepts that the passage's own words speak of, by BM25's frequency
    "early": 0.6,  # the same, sooner counting more: a provision says first what it is about
    "section": 0.55,  # share of the concepts that all found passages of the section meet: long provisions answer in pieces
    "more": 0.3,  # the index scores of the section's other passages
    "near": 0.6,  # concepts that stand close together
    "exact": 0.2,  # heading and question name the same: the share of the concepts it names times the share of it that is asked for
    "crumb": 0.8,  # concepts named by the headings above
    "title": 0.3,  # concepts named by the document's title
    "topic": 0.5,  # how many of the best passages come from the same document
    "law": 0.8,  # the law the question names
    "norm": 8.0,  # the provision the question names
    "sector": 0.5,  # electricity or gas: the twins say the same in other words
    "aside": -0.2,  # transition rules, powers to issue ordinances, annexes, repealed: seldom what is meant
    "penalty": 0.3,  # provisions on fines: asked for, or in the way
    "type": 1.0,  # the passage has what is asked for: a time, an amount, a definition
    "rule": 5.0,  # what the map of rules says for the passage: people who meant its provision asked alike (`nova.answers.rules`)
    "learned": 1.0,  # what judgements and use of like questions surely say for or against the passage (`nova.answers.learned`)
    "dense": 0.0,  # likeness by an embedding model: its weight is measured for each model and comes with the question
}

# How far a concept counts as said when only the heading, the headings above or the document's title name it.
HEADING_COUNTS, CRUMB_COUNTS, TITLE_COUNTS = 0.9, 0.6, 0.5
# After how many words a first mention is worth half.
EARLY = 20.0

_ASKED_PENALTY = frozenset({"straf", "bussgeld", "geldbuss", "ordnungswidr", "ordnungswidrig", "verstoss", "zwangsgeld", "droht", "drohen"})


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with the values of its features, in the order of `WEIGHTS`, and their weighted sum."""

    passage: Passage
    values: tuple[float, ...]
    score: float

    @property
    def features(self) -> Mapping[str, float]:
        """The values by name."""
        return dict(zip(WEIGHTS, self.values, strict=True))


class Ranker:
    """Orders passages for questions; remembers what it read of the passages seen last."""

    def __init__(self, analyser: Analyser, weights: Mapping[str, float] = WEIGHTS) -> None:
        self.analyser = analyser
        self.weights = weights
        self.shelf = Shelf(analyser)

    def rank(
        self,
        question: Question,
        passages: Sequence[Passage],
        like: Likeness | None = None,
        learned: Mapping[UUID, float] | None = None,
        hinted: Mapping[UUID, float] | None = None,
    ) -> list[Passage]:
        """The passages best first with `score` set; the best one of each section comes before any second one.

        `learned` are the preferences of `RankingRelease.preferences`, `hinted` what `rules.hints.by_passage` says.
        """
        judged = sorted(self.judge(question, passages, like, learned, hinted), key=lambda item: (-item.score, item.passage.chunk_id))
        seen: set[UUID] = set()
        first: list[ScoredPassage] = []
        rest: list[ScoredPassage] = []
        for item in judged:
            (rest if item.passage.section_id in seen else first).append(item)
            seen.add(item.passage.section_id)
        return [item.passage.scored(round(item.score, 4)) for item in (*first, *rest)]

    def judge(
        self,
        question: Question,
        passages: Sequence[Passage],
        like: Likeness | None = None,
        learned: Mapping[UUID, float] | None = None,
        hinted: Mapping[UUID, float] | None = None,
    ) -> list[ScoredPassage]:
        """Every passage with its features, in the order given."""
        if not passages:
            return []
        top = max(passage.score for passage in passages) or 1.0
        traits = list(map(self.shelf.traits, passages))
        read = _Reader(question.concepts, self.analyser.mean_lengths["w"])
        fields = list(map(read.fields, traits))
        sections = _union(passages, fields)
        weights = _reached(question.concepts, sections.values())
        total = sum(weights) or 1.0
        shares = {section: _share(weights, met, total) for section, met in sections.items()}
        topics, more = _topics(passages, top), _more(passages, top)
        asked = _asked(question)
        worth, near = self._worth(like), like.values if like else {}
        taught = learned_values(learned, passages, shares) if learned else {}
        judged, hints = [], hinted or {}
        for passage, trait, said in zip(passages, traits, fields, strict=True):
            values = (
                passage.score / top,
                _share(weights, said.times, total),
                _share(weights, said.early, total),
                shares[passage.section_id],
                more[passage.section_id],
                said.near,
                _share(weights, said.heading.met, total) * said.heading.asked,
                _share(weights, said.crumb.met, total),
                _share(weights, said.title.met, total),
                topics[passage.item_id],
                *_context(question, asked, passage, trait),
                hints.get(passage.chunk_id, 0.0),
                taught.get(passage.chunk_id, 0.0),
                near.get(passage.chunk_id, 0.0),
            )
            judged.append(ScoredPassage(passage, values, sum(map(mul, worth, values))))
        return judged

    def _worth(self, like: Likeness | None) -> list[float]:
        """The features' weights in order; that of the likeness comes with it."""
        weights = {**self.weights, "dense": like.weight} if like else self.weights
        return [weights.get(name, 0.0) for name in WEIGHTS]


@dataclass(frozen=True, slots=True)
class _Named:
    """How far a heading meets each concept, and the share of the heading that the question asks for."""

    met: list[float]
    asked: float


@dataclass(frozen=True, slots=True)
class _Fields:
    """How far each concept is met in a passage: in its text as often as said and as early, by its names, by anything."""

    times: list[float]
    early: list[float]
    near: float
    heading: _Named
    crumb: _Named
    title: _Named
    whole: list[float]


class _Reader:
    """Meets one question's concepts in passages by looking only at the stems both have; names that passages share are read once."""

    def __init__(self, concepts: Sequence[Concept], mean_length: float) -> None:
        self._size = len(concepts)
        self._mean_length = mean_length
        self._ways: list[tuple[int, float]] = []
        self._where: dict[str, list[tuple[int, float]]] = {}
        self._names: dict[int, _Named] = {}
        for at, concept in enumerate(concepts):
            for alternative in concept.alternatives:
                for root, share in alternative.shares:
                    self._where.setdefault(root, []).append((len(self._ways), share))
                self._ways.append((at, alternative.weight))
        self._roots = self._where.keys()

    def fields(self, trait: Traits) -> _Fields:
        """All fields of a passage."""
        often, first = self._often(trait), self._first(trait)
        text, times = [0.0] * self._size, [0.0] * self._size
        for way, (share, weighed) in often.items():
            at, weight = self._ways[way]
            text[at] = max(text[at], weight * share * share)
            times[at] = max(times[at], weight * share * weighed)
        early = [value / (1.0 + first[at] / EARLY) if value else 0.0 for at, value in enumerate(text)]
        near = _near(sorted(first[at] for at, value in enumerate(text) if value > 0.4), self._size)
        heading, crumb, title = self._name(trait.heading), self._name(trait.crumb), self._name(trait.title)
        rows = zip(text, heading.met, crumb.met, title.met, strict=True)
        whole = [max(a, HEADING_COUNTS * b, CRUMB_COUNTS * c, TITLE_COUNTS * d) for a, b, c, d in rows]
        return _Fields(times, early, near, heading, crumb, title, whole)

    def _often(self, trait: Traits) -> dict[int, tuple[float, float]]:
        """For each way to say a concept that a text uses: the share of its words, plain and by BM25's saturated frequency."""
        norm = K1 * (1 - B + B * trait.length / self._mean_length)
        found: dict[int, tuple[float, float]] = {}
        for root in self._roots & trait.counts.keys():
            count = trait.counts[root]
            weight = count * (K1 + 1) / (count + norm)
            for way, share in self._where[root]:
                plain, weighed = found.get(way, (0.0, 0.0))
                found[way] = (plain + share, weighed + share * weight)
        return found

    def _first(self, trait: Traits) -> dict[int, int]:
        """Where each concept is first mentioned, in words."""
        first: dict[int, int] = {}
        for root in self._roots & trait.places.keys():
            place = trait.places[root]
            for way, _ in self._where[root]:
                at = self._ways[way][0]
                if place < first.get(at, place + 1):
                    first[at] = place
        return first

    def _name(self, name: Name) -> _Named:
        known = self._names.get(id(name))
        if known is None:
            parts: dict[int, float] = {}
            asked = 0.0
            for root in self._roots & name.stems.keys():
                asked += name.stems[root]
                for way, share in self._where[root]:
                    parts[way] = parts.get(way, 0.0) + share
            met = [0.0] * self._size
            for way, share in parts.items():
                at, weight = self._ways[way]
                met[at] = max(met[at], weight * share * share)
            known = self._names[id(name)] = _Named(met, asked / name.mass if name.mass else 0.0)
        return known


def _more(passages: Sequence[Passage], top: float) -> Mapping[UUID, float]:
    """What the index found of each section beside its best passage: half the second's score, a quarter of the third's and so on."""
    scores: dict[UUID, list[float]] = defaultdict(list)
    for passage in passages:
        scores[passage.section_id].append(passage.score / top)
    return {section: sum(one / 2**at for at, one in enumerate(sorted(all_, reverse=True)) if at) for section, all_ in scores.items()}


def _union(passages: Sequence[Passage], fields: Sequence[_Fields]) -> Mapping[UUID, list[float]]:
    """For each section, how far its passages together meet each concept."""
    found: dict[UUID, list[float]] = {}
    for passage, said in zip(passages, fields, strict=True):
        held = found.get(passage.section_id)
        found[passage.section_id] = said.whole if held is None else list(map(max, held, said.whole))
    return found


def _reached(concepts: Sequence[Concept], sections: Iterable[Sequence[float]]) -> Sequence[float]:
    """The concepts' weights, 0 for those that no passage speaks of at all."""
    best = [max(column) for column in zip(*sections, strict=True)]
    return [concept.weight if value > 0 else 0.0 for concept, value in zip(concepts, best, strict=True)]


def _share(weights: Sequence[float], met: Sequence[float], total: float) -> float:
    said: float = sum(map(mul, weights, met))
    return said / total


def _near(spots: Sequence[int], concepts: int) -> float:
    """How close the first mentions of the concepts stand together, 0 (or fewer than two concepts) to 1."""
    if len(spots) < 2:
        return 0.0
    return sum(1.0 / (1.0 + (right - left) / 8.0) for left, right in pairwise(spots)) / (concepts - 1)


def _topics(passages: Sequence[Passage], top: float) -> Mapping[UUID, float]:
    """How much of the best passages' score comes from each document, the strongest document being 1."""
    sums: dict[UUID, float] = defaultdict(float)
    best = sorted(passages, key=lambda passage: -passage.score)[:30]
    for passage in best:
        sums[passage.item_id] += (passage.score / top) ** 2
    strongest = max(sums.values()) or 1.0
    return defaultdict(float, {item: value / strongest for item, value in sums.items()})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question names: keys of provisions, numbers of those without a law, and whether it is about penalties."""

    keys: frozenset[str]
    numbers: frozenset[str]
    penalty: bool

    def names(self, norm: str | None) -> bool:
        """Whether the question names a passage's provision, with its law or without any."""
        if not norm:
            return False
        return norm in self.keys or norm.partition(":")[2] in self.numbers


def _asked(question: Question) -> _Asked:
    keys = frozenset(ref.norm.key for ref in question.norms)
    numbers = frozenset(ref.norm.key.lstrip(":") for ref in question.norms if ref.norm.law is None)
    return _Asked(keys, numbers, bool(_ASKED_PENALTY & question.stems))


def _context(question: Question, asked: _Asked, passage: Passage, trait: Traits) -> tuple[float, ...]:
    """The features `law`, `norm`, `sector`, `aside`, `penalty` and `type`."""
    law, _, _ = (passage.norm or "").partition(":")
    return (
        float(bool(law) and law in question.laws),
        float(asked.names(passage.norm)),
        _agreement(trait.title.sector, question.sector),
        float(trait.aside and question.stems.isdisjoint(trait.heading.stems)),
        (1.0 if asked.penalty else -1.0) if trait.heading.penalty else 0.0,
        _fits(question, trait),
    )


def _agreement(sector: str, asked: str) -> float:
    """1 for the sector that is asked for, -1 for the other one, 0 where either names none."""
    if not sector or not asked:
        return 0.0
    return 1.0 if sector == asked else -1.0


def _fits(question: Question, trait: Traits) -> float:
    """Whether a passage states what the question asks for; definitions count double for and against."""
    if question.kind == "definition":
        return 1.0 if trait.heading.defining else 0.0
    wanted = {"deadline": trait.time, "amount": trait.quantity}.get(question.kind, True)
    return (0.0 if wanted else -0.5) - (1.0 if trait.heading.defining else 0.0)
