"""An English question in, how near each topic of help is to it, and whether it rather asks for something else than help, out.

Words are compared by their stems, by what they are asked for alike, and by pieces; German help (`helping`) is not touched by it.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nova.answers.rules.match import PIECES, SHORTEST, SMALL, WORD, WORDS, Nearest
from nova.language.fold import fold

FILE = "help_english.yaml"
SHARE = 0.6  # what the share of a question's words that a topic speaks of counts beside its nearest line
NEXT_PAGE, NEXT_AGAIN = 0.3, 0.1  # what counts for a topic of the page told before, and for that topic itself
_KEYS, _TOPIC_KEYS = frozenset({"alike", "small", "other", "topics"}), frozenset({"id", "text", "ask"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ed|es|s|e|y)$")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """English words: `alike` says which one stands for a word, `small` are those without content."""

    alike: Mapping[str, str]
    small: frozenset[str]

    def signs(self, text: str) -> dict[str, float]:
        """The signs of a text, each with its weight, as `rules.match` has them for German."""
        found: dict[str, float] = {}
        for word in _WORD.findall(fold(text)):
            small = word in self.small
            root = f"{WORD}{self.alike.get(word) or _ENDING.sub('', word)}"
            found[root] = max(found.get(root, 0.0), SMALL if small else WORDS)
            if not small:
                found |= _pieces(word)
        return found


@dataclass(frozen=True)
class EnglishHelp:
    """What each topic says (`said`, by its id) and is asked in (`asked`), and questions that want no help (`other`)."""

    words: Words
    said: Mapping[str, str]
    asked: Mapping[str, tuple[str, ...]]
    other: tuple[str, ...]

    def near(self, text: str, again: Sequence[float]) -> tuple[str, float, float]:
        """The nearest topic, how near it is, and how much nearer than what wants no help; `again` is added to each topic's rank."""
        found = self.words.signs(text)
        near = np.zeros(len(self.said) + 1, np.float32)
        np.maximum.at(near, self._lines.owners, self._lines.near_to(found))
        shares = self._lines.shares({sign: weight for sign, weight in found.items() if weight > SMALL}, self._held)
        best = int(np.argmax((near + np.float32(SHARE) * shares)[:-1] + np.array(again, np.float32)))
        nearness, elsewhere = (math.sqrt(max(0.0, float(near[at] * shares[at]))) for at in (best, -1))
        return list(self.said)[best], nearness, nearness - elsewhere

    @cached_property
    def _lines(self) -> Nearest:
        groups = (*self.asked.values(), self.other)
        return Nearest.made([(at, self.words.signs(line)) for at, lines in enumerate(groups) for line in lines], _no_meanings)

    @cached_property
    def _held(self) -> csr_matrix:
        """Which words each topic is asked in or told with."""
        lines = self._lines
        held = lines.spoken_by(lines.owners, len(self.said) + 1)
        at = [
            (row, lines.places[sign])
            for row, text in enumerate(self.said.values())
            for sign in self.words.signs(text)
            if sign in lines.places
        ]
        told = csr_matrix((np.ones(len(at), np.float32), tuple(zip(*at, strict=True))), shape=held.shape)
        return held.maximum(told)


def _pieces(word: str) -> Iterator[tuple[str, float]]:
    whole = f".{word[:24]}."
    pieces = [whole[at : at + SHORTEST] for at in range(len(whole) - SHORTEST + 1)] if len(word) >= SHORTEST else []
    return ((f"p:{piece}", PIECES / math.sqrt(len(pieces)) * 1.6) for piece in pieces)


@lru_cache(maxsize=1)
def english_help() -> EnglishHelp:
    """The shipped English; ValueError names what is wrong in the file."""
    data = yaml.load(resources.files("nova.answers.turn").joinpath(FILE).read_text("utf-8"), _LOADER)  # noqa: S506 - safe
    if set(data) != _KEYS:
        raise ValueError(f"{FILE} needs exactly {', '.join(sorted(_KEYS))}")
    for entry in data["topics"]:
        if set(entry) != _TOPIC_KEYS:
            raise ValueError(f"{FILE}: {entry.get('id')} needs exactly {', '.join(sorted(_TOPIC_KEYS))}")
    words = Words({word: group[0] for group in data["alike"] for word in group}, frozenset(data["small"].split()))
    said = {entry["id"]: " ".join(entry["text"].split()) for entry in data["topics"]}
    return EnglishHelp(words, said, {entry["id"]: tuple(map(str, entry["ask"])) for entry in data["topics"]}, tuple(data["other"]))


def _no_meanings(_: str) -> tuple[tuple[str, float], ...]:
    return ()
