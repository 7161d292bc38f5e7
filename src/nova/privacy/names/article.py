"""The words of a line and how likely each is a name in; out: what an article or a possessive before a word says besides.

"Der Müller" is a person where people are spoken of; "meine Matrikel" is a thing though no list knows the word.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from nova.privacy.lexicon import words
from nova.privacy.names.cues import SALUTATIONS
from nova.privacy.names.spots import AND, unusual
from nova.privacy.names.vetoes import against
from nova.privacy.tokens import Line, Word

ARTICLES = words("names/articles")
OWNED = frozenset(
    f"{stem}{end}"
    for stem in ("mein", "dein", "sein", "ihr", "unser", "euer", "eur", "ein", "kein", "dies", "jed", "jen", "welch")
    for end in ("", "e", "er", "em", "en", "es")
)
OF_THINGS = words("names/things_do")
OF_PEOPLE = words("names/people_do")
SPOKEN_TO = words("names/asks")
NEIGHBOUR = re.compile(r" (?:von (?:nebenan|gegenüber|oben|unten|drüben|vorne|hinten)|(?:aus (?:dem|der)|vom|im) \d)")
FREQUENT = words("names/frequent")
PATRONYMIC = re.compile(r"(?:[^aeiouäöü]sen|ski|sky|czyk|icz|ić|o[gğ]lu|escu|idis|poulos|mann|meier|meyer|maier|mayer)\Z")
REACH = 40


def familiar(line: Line, told: Sequence[float], sure: float) -> Iterator[int]:
    """Frequent surnames behind an article where a verb of people follows or people stand near. `told`: how likely each word is a name."""
    if line.writing != "usual":
        return
    people = _People(line, told, sure)
    for index, word in enumerate(line.words):
        if told[index] >= sure or not _surname(line, index, word) or against(line, index, index + 1):
            continue
        if _spoken_of(line, index) or people.near(index):
            yield index


class _People:
    """Where a line names people, speaks of their roles or addresses them; looked for when first asked."""

    def __init__(self, line: Line, told: Sequence[float], sure: float) -> None:
        self._line, self._told, self._sure = line, told, sure

    @cached_property
    def places(self) -> list[int]:
        """The words that are people, in order."""
        led = words("roles") | SALUTATIONS
        return [at for at, one in enumerate(self._line.words) if self._told[at] >= self._sure or one.lower in led]

    def near(self, index: int) -> bool:
        """Whether one stands within reach of a word."""
        first = bisect_left(self.places, index - REACH)
        return first < len(self.places) and self.places[first] <= index + REACH


def _spoken_of(line: Line, index: int) -> bool:
    """Whether the words around a surname speak of somebody: what people do, where they live, or that one asks them."""
    behind = line.lower(index + 1)
    does = line.gap_after(index) == " " and (behind in words("does") or behind in OF_PEOPLE)
    return does or _asked_for(line, index) or _beside_another(line, index) or bool(NEIGHBOUR.match(line.text, line.words[index].end))


def _asked_for(line: Line, index: int) -> bool:
    """Whether the words before call to ask somebody ("frag mal den Müller")."""
    lead = index - 3 if line.lower(index - 2) == "mal" else index - 2
    return line.lower(lead) in SPOKEN_TO


def _beside_another(line: Line, index: int) -> bool:
    """Whether another surname behind an article stands beside this one ("der Müller und der Schmidt")."""
    follows = line.lower(index + 1) in AND and _named(line, index + 3)
    return follows or (line.lower(index - 2) in AND and _named(line, index - 3))


def _named(line: Line, index: int) -> bool:
    return 0 < index < len(line.words) and _surname(line, index, line.words[index])


def _surname(line: Line, index: int, word: Word) -> bool:
    """Whether a frequent surname, also of a whole family, stands by itself behind an article."""
    if not index or word.gap != " " or line.lower(index - 1) not in ARTICLES or not unusual(word):
        return False
    last = index + 1 == len(line.words)
    alone = last or line.gap_after(index) != " " or not line.words[index + 1].capital
    return alone and not word.given and _frequent(word)


def _frequent(word: Word) -> bool:
    """Whether a surname, also with the s of a whole family, is a frequent one or made as only surnames are, and nothing else."""
    low = word.lower if word.family or word.lower[-1] != "s" else word.lower[:-1]
    if low in words("brands"):
        return False
    only_name = low not in words("wordnames") and low not in words("everyday")
    return low in FREQUENT or (word.family and only_name and bool(PATRONYMIC.search(low)))


def things(line: Line) -> Iterator[int]:
    """Words that no list of names knows behind a possessive, or behind an article where what follows is done by things only."""
    for index, word in enumerate(line.words[1:], 1):
        if word.gap != " " or not _nameless(word):
            continue
        before = line.lower(index - 1)
        if (before in OWNED and not _several(word)) or (before in ARTICLES and line.lower(index + 1) in OF_THINGS):
            yield index


def _nameless(word: Word) -> bool:
    """Whether a capital, in one piece, and nobody in a list is called so."""
    return word.capital and not word.initial and not word.given and not word.surname and "-" not in word.text


def _several(word: Word) -> bool:
    """Whether a whole family may be meant ("keine Grubers")."""
    return word.lower.endswith("s")
