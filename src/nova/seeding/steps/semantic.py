"""Duplicates in other words: the same facts, the same events, the same names; what one of them does not say the other may."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import polars as pl

from nova.errors import InvalidInput
from nova.language.stems import is_light, is_stop, stem
from nova.seeding.candidates import candidate_pairs
from nova.seeding.columns import Columns
from nova.seeding.compare import same_value
from nova.seeding.facts import folded, tokens_of
from nova.seeding.steps.fuzzy import ranks, stars
from nova.seeding.steps.step import ID, Done, changes, removals
from nova.seeding.wording import LIGHT_WORDS, is_known

_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset("herr frau familie mr mrs ms mevrouw meneer heer".split())


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
            raise InvalidInput("Die Schwellwerte für gleichbedeutende Datensätze müssen zwischen 0 und 1 liegen, der strengere nicht darunter.")

    def __call__(self, frame: pl.DataFrame) -> Done:
        """Kept and removed records; `InvalidInput` where the frame has no such text."""
        if self.text not in frame.columns:
            raise InvalidInput(f"Die Daten haben keine Spalte „{self.text}“.")
        texts = frame[self.text].cast(pl.String)
        tokens = tokens_of(texts, frame[self.language] if self.language in frame.columns else None)
        columns = Columns.of(frame, self.text)
        left, right = candidate_pairs(tokens, self.block)
        meets = columns.may_meet(left, right)
        judge = _Judge(self, frame, columns, tokens.key != 0)
        heads = stars(left[meets], right[meets], ranks(frame, columns, tokens), judge)
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
    """What a text says: content by stem with the word it came from, events by number, names, and which stems are nouns."""

    content: dict[str, str]
    events: frozenset[int]
    names: frozenset[str]
    nouns: frozenset[str]
    titles: frozenset[str]


class _Judge:
    def __init__(self, step: Semantic, frame: pl.DataFrame, columns: Columns, has_facts: "np.typing.NDArray[np.bool_]") -> None:
        self._step = step
        self._texts = frame[step.text].cast(pl.String)
        self._columns = columns
        self._has_facts = has_facts
        self._said: dict[int, _Said] = {}

    def __call__(self, kept: int, removed: int) -> bool:
        left, right = self._of(kept), self._of(removed)
        if left.events != right.events or left.names != right.names or left.titles != right.titles:
            return False
        only, other = left.content.keys() - right.content.keys(), right.content.keys() - left.content.keys()
        if self._has_facts[kept]:
            if only & left.nouns and other & right.nouns:
                return False
        elif only and other:
            return False
        if self.likeness(kept, removed) < (self._step.threshold if self._has_facts[kept] else self._step.strict):
            return False
        if not self._columns.covers(kept, removed):
            return False
        return all(same_value(first, second) for first, second in self._columns.differing(kept, removed))

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
            said = self._said[row] = _read(str(self._texts[row]))
        return said


def _read(text: str) -> _Said:
    raw = _WORD.findall(text)
    words = pl.DataFrame({"word": raw}, schema={"word": pl.String}).select(folded(pl.col("word"))).to_series().to_list()
    content: dict[str, str] = {}
    events, names, nouns, titles = set(), set(), set(), set()
    concepts = _concepts()
    for place, (written, word) in enumerate(zip(raw, words, strict=True)):
        concept = concepts.get(word, concepts.get(stem(word)))
        if concept is not None:
            events.add(concept)
        elif word in _TITLES:
            titles.add(word)
        elif word not in LIGHT_WORDS and not is_stop(word) and len(word) > 1:
            key = stem(word)
            if written[0].isupper() and place > 0:
                nouns.add(key)
            if not is_known(word) and (written[0].isupper() or written.isupper()):
                names.add(word)
            elif key in nouns or not is_light(word):
                content[key] = written
    return _Said(content, frozenset(events), frozenset(names), frozenset(nouns), frozenset(titles))


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
