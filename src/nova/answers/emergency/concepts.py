"""A folded word in, what it speaks of out: smell, smoke, a place at home, now, law, money (`words.txt`); a slip of the pen is forgiven."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nova.language.fold import fold
from nova.remembered import remembered

SHORTEST_SLIP, SHORTEST_BEGIN = 5, 7  # letters; shorter ones differ by one letter from too many others
LONGEST_WORD = 40
# Kinds of words in which slips are forgiven: from how many letters on, and how their slips are marked.
FORGIVEN = {"whole": (SHORTEST_SLIP, ""), "begins": (SHORTEST_BEGIN, "*")}


@dataclass(frozen=True)
class Lexicon:
    """Concepts of whole words, of beginnings and of ends; `slips` holds, for the longer ones with one letter left out, what they are."""

    whole: dict[str, frozenset[str]]
    begins: dict[str, frozenset[str]]
    ends: dict[str, frozenset[str]]
    never: frozenset[tuple[str, str]]
    slips: dict[str, frozenset[str]]
    known: frozenset[str]

    def of(self, word: str) -> frozenset[str]:
        """The concepts of a word as it is written."""
        found = set(self.whole.get(word, ()))
        for end in range(2, len(word) + 1):
            found |= self.begins.get(word[:end], frozenset())
            found |= self.ends.get(word[-end:], frozenset())
        return frozenset(one for one in found if not self._taken_out(one, word))

    def _taken_out(self, concept: str, word: str) -> bool:
        return (concept, word) in self.never or any((concept, word[:end] + "*") in self.never for end in range(3, len(word) + 1))

    def meant(self, word: str) -> frozenset[str]:
        """The concepts of the listed words that differ from this unknown one by one letter; the first letter must be right."""
        if len(word) < SHORTEST_SLIP or word in self.known or not word.isalpha():
            return frozenset()
        found: set[str] = set()
        for end in range(SHORTEST_SLIP, len(word) + 1):
            part = word[:end]
            for one in without_a_letter(part):
                found |= self.slips.get(one + "*", frozenset())
                found |= self.slips.get(one, frozenset()) if end == len(word) else frozenset()
        return frozenset(found)


def without_a_letter(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters but the first."""
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    folder = resources.files("nova.answers.emergency")
    return parse(folder.joinpath("words.txt").read_text("utf-8"), folder.joinpath("known.txt").read_text("utf-8"))


def parse(text: str, known: str = "") -> Lexicon:
    """A lexicon's text, and the words that are no slips of others."""
    held = {kind: defaultdict[str, set[str]](set) for kind in ("whole", "begins", "ends", "slips")}
    never: set[tuple[str, str]] = set()
    for concept, word in _listed(text):
        if word.startswith("!"):
            never.add((concept, fold(word[1:])))
            continue
        kind, bare = _kind(word), fold(word.strip("*"))
        held[kind][bare].add(concept)
        for slip in _slips(kind, bare):
            held["slips"][slip].add(concept)
    shut = {kind: {word: frozenset(found) for word, found in words.items()} for kind, words in held.items()}
    return Lexicon(**shut, never=frozenset(never), known=frozenset(known.split()))


def _listed(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a list with the concept at the beginning of its line."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            concept, *words = line.split()
            yield from ((concept, word) for word in words)


def _kind(word: str) -> str:
    if word.startswith("*"):
        return "ends"
    return "begins" if word.endswith("*") else "whole"


def _slips(kind: str, bare: str) -> Iterator[str]:
    """The ways to leave a letter out of a word that is long enough to be known without it."""
    if kind in FORGIVEN and bare.isalpha():
        shortest, mark = FORGIVEN[kind]
        if len(bare) >= shortest:
            yield from (one + mark for one in without_a_letter(bare))


@remembered(32768)
def concepts(word: str) -> frozenset[str]:
    """What a folded word speaks of; of an unknown one, what the word speaks of that was probably meant."""
    if len(word) > LONGEST_WORD:
        return frozenset()
    held = lexicon()
    return held.of(word) or held.meant(word)
