"""Lessons of judgements and use in; for a question, how far each passage is to be preferred or avoided out, from -1 to 1.

A preference is what is sure of it: the bound of a Wilson interval beyond one half. It is worth at most `WEIGHTS["learned"]` in the ranking,
and a preferred passage gets it only as far as its section speaks of what is asked.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from nova.answers.understand.vocabulary import Entry, Vocabulary
from nova.language.analyser import Analyser
from nova.language.topics import topic
from nova.ports.learning import LearnedTerm, LearnedTopic
from nova.records import Passage

ALIKE = 0.3  # cosine from which a question profits from a topic
SURE = 1.28  # z of the interval: one in ten
NEIGHBOURS = 0.7  # what a section's other passages get of the strongest one's preference
SPEAKS = 0.5  # share of the question's concepts at which a preference counts whole
JOINS, MOST_JOINING = 0.3, 5
TERM_WEIGHT = 0.6
LEAST = 1e-3  # counts below this are none


@dataclass(frozen=True)
class RankingRelease:
    """A release as the ranking uses it; without topics it costs nothing. `release` is kept with every answer.

    `worths` are what passages are worth whatever is asked, where like questions say nothing of them: less than what lets a passage join.
    """

    release: str = ""
    topics: tuple[LearnedTopic, ...] = ()
    terms: tuple[LearnedTerm, ...] = ()
    worths: Mapping[UUID, float] = field(default_factory=dict)
    _vocabularies: dict[int, tuple[Vocabulary, Vocabulary]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _by_term(self) -> Mapping[int, Sequence[tuple[int, float]]]:
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for at, one in enumerate(self.topics):
            for term, weight in one.terms:
                found[term].append((at, weight))
        return found

    def preferences(self, question: str, analyser: Analyser) -> Mapping[UUID, float]:
        """Passages that like questions spoke for or against, and how surely."""
        if not self.topics:
            return self.worths
        alike: dict[int, float] = defaultdict(float)
        for term, weight in topic(question, analyser).items():
            for at, other in self._by_term.get(term, ()):
                alike[at] += weight * other
        counts: dict[UUID, list[float]] = {}
        for at, share in sorted(alike.items()):
            if share >= ALIKE:
                for passage in self.topics[at].passages:
                    pair = counts.setdefault(passage.chunk_id, [0.0, 0.0])
                    pair[0] += share * passage.up
                    pair[1] += share * passage.down
        return {**self.worths, **{chunk: value for chunk, (up, down) in counts.items() if (value := preference(up, down))}}

    def widened(self, vocabulary: Vocabulary) -> Vocabulary:
        """The vocabulary with the approved pairs; the vocabulary's own entries lead. The last one is kept."""
        if not self.terms:
            return vocabulary
        kept = self._vocabularies.get(0)
        if kept is None or kept[0] is not vocabulary:
            kept = self._vocabularies[0] = (vocabulary, Vocabulary(_with_terms(vocabulary.entries, self.terms)))
        return kept[1]


def preference(up: float, down: float) -> float:
    """How surely counts speak for (to 1) or against (to -1) a passage; 0 while either is possible."""
    n = up + down
    if n < LEAST:
        return 0.0
    share, square = up / n, SURE * SURE
    middle = share + square / (2 * n)
    wide = SURE * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = (middle - wide) / (1 + square / n), (middle + wide) / (1 + square / n)
    return max(0.0, 2 * low - 1) - max(0.0, 1 - 2 * high)


def joining(preferences: Mapping[UUID, float]) -> list[UUID]:
    """The passages to rank although the index did not find them."""
    best = sorted((chunk for chunk, value in preferences.items() if value >= JOINS), key=lambda chunk: (-preferences[chunk], chunk))
    return best[:MOST_JOINING]


def values(preferences: Mapping[UUID, float], passages: Sequence[Passage], speaks: Mapping[UUID, float]) -> Mapping[UUID, float]:
    """The feature by passage; `speaks` says for each section how far it speaks of what is asked. Other passages of a section follow it."""
    if not preferences:
        return {}
    sections: dict[UUID, float] = {}
    for passage in passages:
        value = preferences.get(passage.chunk_id)
        if value is not None and abs(value) > abs(sections.get(passage.section_id, 0.0)):
            sections[passage.section_id] = value
    found = {}
    for passage in passages:
        value = preferences.get(passage.chunk_id, NEIGHBOURS * sections.get(passage.section_id, 0.0))
        if value:
            found[passage.chunk_id] = value * min(1.0, speaks[passage.section_id] / SPEAKS) if value > 0 else value
    return found


def _with_terms(entries: Mapping[tuple[str, ...], Entry], terms: Iterable[LearnedTerm]) -> Mapping[tuple[str, ...], Entry]:
    found = dict(entries)
    for one in terms:
        known = found.get((one.lay,))
        if known is None:
            found[(one.lay,)] = Entry(one.lay, (one.term,), TERM_WEIGHT)
        elif one.term not in known.terms:
            found[(one.lay,)] = Entry(known.phrase, (*known.terms, one.term), known.weight)
    return found
