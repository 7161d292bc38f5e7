"""The words of a line and how likely each is a name in; out: what an article or a possessive before a word says besides.

"Der Müller" is a person where people are spoken of; "meine Matrikel" is a thing though no list knows the word.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

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
    people: list[int] | None = None
    for index, word in enumerate(line.words):
        if told[index] >= sure or not _surname(line, index, word) or against(line, index, index + 1):
            continue
        if _spoken_of(line, index):
            yield index
            continue
        if people is None:
            people = [
                at for at, one in enumerate(line.words) if told[at] >= sure or one.lower in words("roles") or one.lower in SALUTATIONS
            ]
        near = bisect_left(people, index - REACH)
        if near < len(people) and people[near] <= index + REACH:
            yield index


def _spoken_of(line: Line, index: int) -> bool:
    """Whether the words around a surname speak of somebody: what people do, where they live, or that one asks them."""
    behind = line.lower(index + 1)
    does = line.gap_after(index) == " " and (behind in words("does") or behind in OF_PEOPLE)
    asked = line.lower(index - 2) in SPOKEN_TO or (line.lower(index - 2) == "mal" and line.lower(index - 3) in SPOKEN_TO)
    beside = (line.lower(index + 1) in AND and _named(line, index + 3)) or (line.lower(index - 2) in AND and _named(line, index - 3))
    return does or asked or beside or bool(NEIGHBOUR.match(line.text, line.words[index].end))


def _named(line: Line, index: int) -> bool:
    return 0 < index < len(line.words) and _surname(line, index, line.words[index])


def _surname(line: Line, index: int, word: Word) -> bool:
    """Whether a frequent surname, also of a whole family, stands by itself behind an article."""
    if not index or word.gap != " " or line.lower(index - 1) not in ARTICLES or not unusual(word):
        return False
    low = word.lower if word.family or word.lower[-1] != "s" else word.lower[:-1]
    no_word = low not in words("wordnames") and low not in words("everyday")
    known = low in FREQUENT or (word.family and no_word and bool(PATRONYMIC.search(low)))
    alone = line.gap_after(index) != " " or not line.words[index + 1].capital
    return known and alone and low not in words("brands") and not word.given


def things(line: Line) -> Iterator[int]:
    """Words that no list of names knows behind a possessive, or behind an article where what follows is done by things only."""
    for index, word in enumerate(line.words[1:], 1):
        if word.gap != " " or not word.capital or word.initial or word.given or word.surname or "-" in word.text:
            continue
        before = line.lower(index - 1)
        if (before in OWNED and not _several(word)) or (before in ARTICLES and line.lower(index + 1) in OF_THINGS):
            yield index


def _several(word: Word) -> bool:
    """Whether a whole family may be meant ("keine Grubers")."""
    return word.lower.endswith("s")
