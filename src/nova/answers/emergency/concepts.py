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
    whole, begins, ends, slips = (defaultdict[str, set[str]](set) for _ in range(4))
    never: set[tuple[str, str]] = set()
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        concept, *words = line.split()
        for word in words:
            if word.startswith("!"):
                never.add((concept, fold(word[1:])))
                continue
            place = ends if word.startswith("*") else begins if word.endswith("*") else whole
            bare = fold(word.strip("*"))
            place[bare].add(concept)
            if place is not ends and len(bare) >= (SHORTEST_BEGIN if place is begins else SHORTEST_SLIP) and bare.isalpha():
                for one in without_a_letter(bare):
                    slips[one + "*" * (place is begins)].add(concept)
    shut = [{word: frozenset(found) for word, found in one.items()} for one in (whole, begins, ends, slips)]
    return Lexicon(shut[0], shut[1], shut[2], frozenset(never), shut[3], frozenset(known.split()))


@remembered(32768)
def concepts(word: str) -> frozenset[str]:
    """What a folded word speaks of; of an unknown one, what the word speaks of that was probably meant."""
    if len(word) > LONGEST_WORD:
        return frozenset()
    held = lexicon()
    return held.of(word) or held.meant(word)
