"""Duplicates in other words: the same facts, the same events, the same names; what one of them does not say the other may."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz.distance import Levenshtein

from nova.errors import InvalidInput
from nova.language.stems import is_light, is_stop, small_words, stem
from nova.seeding.candidates import Pairs, candidate_pairs
from nova.seeding.compare import Values
from nova.seeding.known import Compared, Known
from nova.seeding.step import ID, Done, changes, removals
from nova.seeding.steps.fuzzy import ranks, stars
from nova.seeding.texts.facts import fold
from nova.seeding.texts.roles import ASKS, Roles, roles_of, turns
from nova.seeding.texts.wording import LIGHT_WORDS, is_known

_WORD = re.compile(r"[^\W\d_]+")
_APART = 0.45
_DAY = re.compile(r"\d{4}-\d{2}")
_NEUTRAL = frozenset([
    "eingegangen", "eingang", "erfolgt", "erfolgte", "erhalten", "bekommen", "received", "ontvangen", "is", "was", "the", "for",
    "of", "on", "is", "op", "het", "voor", "er",
])  # fmt: skip
_TITLES = frozenset(["herr", "frau", "familie", "mr", "mrs", "ms", "mevrouw", "meneer", "heer"])


@dataclass(frozen=True, slots=True)
class Semantic:
    """Removes records that say in other words what a kept one says.

    `threshold` is the least share of common content (0 to 1) where the texts hold numbers, `strict` where they hold none, which then may
    also differ in no word of content on both sides. `block` bounds how many records with the same facts are compared with each other.
    """

    text: str = "text"
    language: str = "lang"
    threshold: float = 0.3
    strict: float = 0.75
    block: int = 12
    name: str = "semantic"

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= self.strict <= 1:
            raise InvalidInput(
                "Die Schwellwerte für gleichbedeutende Datensätze liegen zwischen 0 und 1, der strengere nicht unter dem anderen."
            )

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Kept and removed records; `InvalidInput` where the frame has no such text."""
        return self.among(frame, None)

    def contested(self, frame: pl.DataFrame, known: Known) -> list[str]:
        """The values of columns that have to be compared, of a part of all records."""
        read = Compared.of(frame, self.text, self.language, known)
        return read.columns.contested(*self._meet(read, known))

    def _meet(self, read: Compared, known: Known | None) -> Pairs:
        left, right = known.pairs if known else candidate_pairs(read.tokens, self.block)
        meets = read.columns.may_meet(left, right) & read.ends.may_meet(left, right)
        return left[meets], right[meets]

    def among(self, frame: pl.DataFrame, known: Known | None) -> Done:
        """What `__call__` gives, for a part of all records, of which `known` tells."""
        read = Compared.of(frame, self.text, self.language, known)
        left, right = self._meet(read, known)
        judge = _Judge(self, frame, read, known.contested if known else read.columns.contested(left, right))
        heads = stars(left, right, ranks(frame, read.columns, read.tokens, read.ends), judge)
        ids = frame[ID].to_list()
        gone = np.zeros(len(frame), dtype=np.bool_)
        gone[list(heads)] = True
        rows: list[dict[str, Any]] = []
        for row, head in sorted(heads.items()):
            only, other = judge.apart(head, row)
            rows.append(
                {
                    "id": ids[row], "step": self.name, "kept_id": ids[head], "score": round(judge.likeness(head, row), 4),
                    "differs": f"{', '.join(only) or '–'}/{', '.join(other) or '–'}",
                    "reason": f"Sagt mit anderen Worten dasselbe wie {ids[head]}; Zahlen, Namen und Vorgänge stimmen überein.",
                }
            )  # fmt: skip
        return Done(frame.filter(~gone), removals(rows), changes())


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: content by stem with its word, events by number, names, titles, and who does what."""

    content: dict[str, str]
    events: frozenset[int]
    names: tuple[str, ...]
    titles: frozenset[str]
    roles: Roles
    words: list[str]

    def contradicts(self, other: "_Said", *, strictly: bool) -> bool:
        """Whether events, content, names, titles or roles differ."""
        if self.events != other.events or self.names != other.names or self.titles != other.titles:
            return True
        return self.content.keys() != other.content.keys() or self.roles.contradict(other.roles, strictly=strictly)


class _Judge:
    def __init__(self, step: Semantic, frame: pl.DataFrame, read: Compared, contested: Sequence[str]) -> None:
        self._step = step
        self._texts = read.texts
        self._columns = read.columns
        self._ends = read.ends
        self._tokens = read.tokens
        self._values = Values(contested)
        self._has_facts: list[bool] = (read.tokens.key != 0).tolist()
        self._german = frame[step.language].eq_missing("de").to_list() if step.language in frame.columns else [True] * len(frame)
        self._said: dict[int, _Said] = {}

    def __call__(self, kept: int, removed: int) -> bool:
        left, right = self._of(kept), self._of(removed)
        if not self._ends.covers(kept, removed) or left.contradicts(right, strictly=not self._has_facts[kept]):
            return False
        if not _reworded(left.words, right.words) or turns(left.words) != turns(right.words):
            return False
        if self.likeness(kept, removed) < (self._step.threshold if self._has_facts[kept] else self._step.strict):
            return False
        if not self._columns.covers(kept, removed):
            return False
        return all(self._values.same(first, second) for first, second in self._columns.differing(kept, removed))

    def likeness(self, left: int, right: int) -> float:
        """The common share of content and events (Jaccard)."""
        first, second = self._of(left), self._of(right)
        one, other = {*first.content, *map(str, first.events)}, {*second.content, *map(str, second.events)}
        return len(one & other) / len(one | other) if one or other else 0.0

    def apart(self, left: int, right: int) -> tuple[list[str], list[str]]:
        """The words of content that only one of them has."""
        first, second = self._of(left).content, self._of(right).content
        return [first[key] for key in first if key not in second], [second[key] for key in second if key not in first]

    def _of(self, row: int) -> _Said:
        said = self._said.get(row)
        if said is None:
            words = self._tokens.words.gather(self._tokens.of(row)).to_list()
            said = self._said[row] = _read(words, str(self._texts[row]), german=self._german[row])
        return said


def _capitals(text: str) -> frozenset[str]:
    """The folded words that are written with a capital."""
    return frozenset(fold(word) for word in _WORD.findall(text) if word[0].isupper())


def _reworded(left: list[str], right: list[str]) -> bool:
    """Whether two lists of tokens are in other words, not one text with a word exchanged, added or left out.

    Texts that share most of their order must differ by words for one concept and words without content alone.
    """
    steps = [step for step in Levenshtein.opcodes(left, right) if step.tag != "equal"]
    changed = sum(max(step.src_end - step.src_start, step.dest_end - step.dest_start) for step in steps)
    if changed > _APART * max(len(left), len(right)):
        return True
    words = {word for step in steps for word in left[step.src_start : step.src_end] + right[step.dest_start : step.dest_end]}
    return not words - _concepts().keys() - _NEUTRAL - LIGHT_WORDS - small_words()


class _Reader:
    """Reads a text's tokens; outside German, where nouns have no capital, every word of content is taken for one.

    Without a number or day light words count too, as does the order of events.
    """

    def __init__(self, capitals: frozenset[str], *, german: bool, bare: bool) -> None:
        self._capitals, self._german, self._bare = capitals, german, bare
        self.content: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.names: list[str] = []
        self.events: set[int] = set()
        self.titles: set[str] = set()

    def word(self, word: str, before: str) -> None:
        """Take a word that is no fact, and the one before it."""
        concepts = _concepts()
        concept = concepts.get(word, concepts.get(stem(word)))
        if word in _TITLES:
            self.titles.add(word)
        elif concept is not None:
            self.events.add(concept)
            if self._bare:
                self.keys[word] = str(concept)
        elif before in _TITLES:
            self.names.append(word)
        elif not _says_nothing(word):
            self._content(word)

    def _content(self, word: str) -> None:
        if word in self._capitals and not is_known(word):
            self.names.append(word)
            self.keys[word] = word
        elif self._bare or not self._german or word in self._capitals or not is_light(word):
            self.keys[word] = key = stem(word)
            self.content[key] = word


def _says_nothing(word: str) -> bool:
    return word in LIGHT_WORDS or word in _NEUTRAL or word in ASKS or is_stop(word) or len(word) < 2


def _read(words: list[str], text: str, *, german: bool) -> _Said:
    """What a text's tokens say."""
    facts = [word for word in words if any(map(str.isdigit, word))]
    reader = _Reader(_capitals(text), german=german, bare=not facts)
    for before, word in zip(["", *words], words, strict=False):
        if not any(map(str.isdigit, word)):
            reader.word(word, before)
    kinds = [("day" if _DAY.match(word) else word.partition(" ")[2], word) for word in facts]
    roles = roles_of(words, reader.keys, kinds, questions="?" in text)
    return _Said(reader.content, frozenset(reader.events), tuple(reader.names), frozenset(reader.titles), roles, words)


@lru_cache(maxsize=1)
def _concepts() -> dict[str, int]:
    """Words and their stems by the event, state or thing they name; the file has a line for each."""
    lines = resources.files("nova.seeding").joinpath("words", "concepts.txt").read_text("utf-8").splitlines()
    found: dict[str, int] = defaultdict(int)
    for number, line in enumerate(lines):
        for word in line.split():
            found.setdefault(word, number)
            if len(word) > 4:
                found.setdefault(stem(word), number)
    return dict(found)
