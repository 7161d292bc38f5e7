"""A question in, the rules that answer it out, each with how near its askers' words are; alone, or within what a conversation is about."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nova.answers.rules.book import Rule, shipped
from nova.answers.rules.match import Nearest, signs
from nova.answers.rules.topics import Learned, shipped_learned
from nova.answers.understand.vocabulary import Entry, Vocabulary
from nova.language.fold import words
from nova.language.stems import is_stop, small_words, stem

MOST = 8
MOST_WITHIN = 40
NOT_ALLOWED = -1.0
FEWEST_WORDS, MOST_SENTENCES = 2, 6
PART = 0.95  # what a sentence of a text counts
_SENTENCE = re.compile(r"(?<=[.?!;])\s+|\n+")
LATER = 0.005
SECOND = 0.15  # what the second nearest line of a rule adds
HALF = np.float32(0.5)
FULL_WEIGHT = 0.6  # of an entry of the vocabulary
# How likely a rule answers a question that stands alone: a logistic regression (`scripts/rule_chances.py`)
NEARNESS, SPOKEN, UNLIKE = 4.01, 4.98, 6.67
Floats = NDArray[np.float32]
Parts = Sequence[tuple[Mapping[str, float], float]]
"""The signs of a text and of its last sentences, each with what it counts."""


def no_learned() -> None:
    """Nothing was made beforehand: nearness alone decides, and its matrix is made when it is first needed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule and how near it is, from 0 to about 1."""

    rule: Rule
    score: float


@dataclass(frozen=True)
class RuleMap:
    """Rules with the words they are asked in. What the vocabulary knows of a word goes into both sides."""

    rules: Sequence[Rule]
    vocabulary: Vocabulary
    learned: Callable[[], Learned | None] = no_learned

    @cached_property
    def lines(self) -> Nearest:
        """All questions and titles; the first `alone` of them stand alone, the rest go on with what was said."""
        learned = self.learned()
        if learned is not None:
            return Nearest(learned.lines, learned.model.places, learned.model.rarities, learned.owners, self._meanings)
        return Nearest.of([*self._alone, *((at, text) for at, rule in enumerate(self.rules) for text in rule.then)], self._meanings)

    @cached_property
    def _alone(self) -> list[tuple[int, str]]:
        return [(at, text) for at, rule in enumerate(self.rules) for text in (*rule.ask, rule.title)]

    @property
    def alone(self) -> int:
        """How many of the lines stand alone."""
        return len(self._alone)

    def near(self, text: str) -> list[Hit]:
        """The nearest rules to a question that stands alone, best first."""
        return self._best(text, None)

    def within(self, text: str, topics: Iterable[str], norms: Iterable[str]) -> list[Hit]:
        """The nearest rules to a question that goes on with these topics and provisions, best first."""
        wanted, held = frozenset(topics), frozenset(norms)
        beside = frozenset(other for topic in wanted for other in self.beside.get(topic, ()))
        allowed = [
            at for at, rule in enumerate(self.rules) if rule.topic in wanted or rule.topic in beside or not held.isdisjoint(rule.norms)
        ]
        return self._best(text, np.array(allowed, np.int32), MOST_WITHIN) if allowed else []

    @cached_property
    def beside(self) -> Mapping[str, frozenset[str]]:
        """The topics that lie beside each: those that speak of the same thing ("heizkosten-auszug", "heizkosten-ablesung") or provision."""
        by_norm: dict[str, set[str]] = {}
        by_word: dict[str, set[str]] = {}
        for rule in self.rules:
            by_word.setdefault(rule.topic.partition("-")[0], set()).add(rule.topic)
            for norm in rule.norms:
                by_norm.setdefault(norm, set()).add(rule.topic)
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            near = found.setdefault(rule.topic, set())
            near |= by_word[rule.topic.partition("-")[0]]
            near.update(*(by_norm[norm] for norm in rule.norms))
        return {topic: frozenset(others - {topic}) for topic, others in found.items()}

    def nearest(self, text: str) -> tuple[float, float, Rule]:
        """How near the nearest rule to a question that stands alone is, what share of its words its topic speaks of, and the rule."""
        parts = self._parts(text)
        near = (self._by_lines(parts, alone=True) + self._by_topics(parts)) / 2
        at = int(np.argmax(near - self._later))
        return float(near[at]), float(self._shares(parts)[at]), self.rules[at]

    def _parts(self, text: str) -> Parts:
        return [(signs(text, self._meanings), 1.0), *((signs(one, self._meanings), PART) for one in _sentences(text))]

    def _best(self, text: str, allowed: NDArray[np.int32] | None, most: int = MOST) -> list[Hit]:
        parts = self._parts(text)
        near = self._by_lines(parts, alone=allowed is None)
        if allowed is None:
            scores = self._likely((near + self._by_topics(parts)) * HALF, parts) * (near > 0) - self._later
        else:
            scores = np.full(len(near), NOT_ALLOWED, np.float32)
            scores[allowed] = (near - self._later)[allowed]
        order = np.argsort(-scores, kind="stable")[:most]
        least = 0.0 if allowed is None else NOT_ALLOWED / 2
        return [Hit(self.rules[at], max(0.0, float(scores[at]))) for at in order if scores[at] > least]

    def _by_lines(self, parts: Parts, *, alone: bool) -> Floats:
        """How near each rule is by its nearest lines; a part of a text counts by itself, for who tells a story asks in one sentence."""
        lines = self.lines
        near = reduce(np.maximum, (share * lines.near_to(found) for found, share in parts))
        if alone:
            near[self.alone :] = 0.0
        first = np.zeros(len(self.rules), np.float32)
        np.maximum.at(first, lines.owners, near)
        total = np.zeros(len(self.rules), np.float32)
        np.add.at(total, lines.owners, np.where(near >= 0.5 * first[lines.owners], near, 0))
        scores: Floats = first + SECOND * np.minimum(total - first, first)
        return scores

    def _by_topics(self, parts: Parts) -> Floats:
        """For each rule how likely a text, or one of its sentences, is about its topic."""
        learned = self.learned()
        if learned is None:
            return np.zeros(len(self.rules), np.float32)
        best: dict[str, float] = {}
        for found, share in parts:
            for topic, chance in learned.model.chances(found).items():
                best[topic] = max(best.get(topic, 0.0), share * chance)
        return np.array([best.get(rule.topic, 0.0) for rule in self.rules], np.float32)

    def _likely(self, near: Floats, parts: Parts) -> Floats:
        """How likely each rule answers: by how near it is, and by how much of what is asked its topic speaks of at all."""
        likely: Floats = (1 / (1 + np.exp(-(NEARNESS * near + SPOKEN * self._shares(parts) - UNLIKE)))).astype(np.float32)
        return likely

    def _shares(self, parts: Parts) -> Floats:
        """For each rule the share of the words that its topic speaks of."""
        topics, held = self._spoken
        shares = [np.float32(share) * self.lines.shares(found, held) for found, share in parts]
        by_rule: Floats = reduce(np.maximum, shares)[topics]
        return by_rule

    @cached_property
    def _spoken(self) -> tuple[NDArray[np.int32], csr_matrix]:
        """The number of each rule's topic, and the words that the lines of each topic hold."""
        numbers = {topic: at for at, topic in enumerate(dict.fromkeys(rule.topic for rule in self.rules))}
        topics = np.array([numbers[rule.topic] for rule in self.rules], np.int32)
        return topics, self.lines.spoken_by(topics[self.lines.owners], len(numbers))

    def named(self, keys: Iterable[str]) -> list[Rule]:
        """The rules with these keys, in their order; those that there are no longer are left out."""
        return [rule for key in keys if (rule := self._by_key.get(key)) is not None]

    @cached_property
    def _later(self) -> NDArray[np.float32]:
        """What a rule stands back for coming later in its topic: the first ones are what it is mostly about."""
        seen: dict[str, int] = {}
        found = np.zeros(len(self.rules), np.float32)
        for at, rule in enumerate(self.rules):
            found[at] = LATER * seen.setdefault(rule.topic, 0)
            seen[rule.topic] += 1
        return found

    @cached_property
    def _by_key(self) -> Mapping[str, Rule]:
        return {rule.key: rule for rule in self.rules}

    def topics_of(self, norms: Iterable[str]) -> tuple[str, ...]:
        """The topics of the rules that stand in these provisions."""
        held = frozenset(norms)
        return tuple(dict.fromkeys(rule.topic for rule in self.rules if not held.isdisjoint(rule.norms)))

    def title_of(self, topic: str) -> str:
        """What a topic's first rule is called."""
        return next((rule.title for rule in self.rules if rule.topic == topic), "")

    def _meanings(self, text: str) -> Iterable[tuple[str, float]]:
        slack = small_words()
        roots = [stem(word) for word in words(text) if word not in slack]
        at = 0
        while at < len(roots):
            entry, length = self.vocabulary.at(roots, at)
            if entry is not None:
                yield from _stems_meant(entry)
            at += length or 1


def _stems_meant(entry: Entry) -> Iterable[tuple[str, float]]:
    """The stems of all terms that an entry of the vocabulary stands for, each with its share."""
    share = min(1.0, entry.weight / FULL_WEIGHT)
    for term in entry.terms:
        told = [stem(word) for word in words(term) if not is_stop(word)]
        yield from ((root, share / len(told) ** 0.5) for root in told)


def _sentences(text: str) -> list[str]:
    """The last sentences of a text of several."""
    sentences = [one for one in _SENTENCE.split(text) if sum(not is_stop(word) for word in words(one)) >= FEWEST_WORDS]
    return sentences[-MOST_SENTENCES:] if len(sentences) > 1 else []


@lru_cache(maxsize=1)
def shipped_map() -> RuleMap:
    """The map that comes with Nova."""
    return RuleMap(shipped(), Vocabulary.load(), shipped_learned)
