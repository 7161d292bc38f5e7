"""Folded text in, its words with what stands between them out, and how it is written: as usual, in capitals or in small letters."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from nova.language.fold import WRITTEN_OUT
from nova.privacy import lexicon
from nova.privacy.lexicon.looks import looks
from nova.remembered import remembered

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\W\d_]['’]\w+")
Writing = Literal["usual", "capitals", "small"]
MOST_CAPITALS, FEWEST_CAPITALS = 0.7, 0.04
WITHOUT_MARKS = str.maketrans("", "", "-'’")
SMALL_BEGINNINGS = ("al-", "el-", "d'A", "O'")
LONGEST_PLAIN, SHORTEST_COMPOUND, SHORTEST_CUT = 8, 9, 2
ABSTRACT = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|nummer|vertrag|zähler|anlage|werk|gerät|zeug|kosten|preis|termin|rechnung)(?:s|e|n|en|er)?\Z"
)
VERB, SHORTEST_VERB = re.compile(r"(?:t|st|te|ten|est|et|end|ende|enden)\Z"), 5
MOST_KNOWN = 16384
GENITIVES = ("s", "'s", "’s", "'", "’")


class Word(NamedTuple):
    """A word, where it stands in its text, the characters between it and the word before, and what is known of it by its letters."""

    start: int
    end: int
    gap: str
    text: str
    lower: str
    letters: bool
    """Whether it holds no digit."""
    capital: bool
    """Whether it begins with a capital."""
    given: bool
    """Whether it, or each part of it, is a first name; also in the genitive."""
    family: bool
    """Whether it is among the frequent surnames."""
    surname: bool
    """Whether people of whatever origin are called so."""
    may_name: bool
    """Whether people are called so, also where it is a thing."""
    ordinary: bool
    """Whether it is a word that anybody uses, or is made of such with hyphens."""
    place: bool
    """Whether a German town is called so."""
    compound: bool
    """Whether it is made of a beginning and an ordinary word of five letters or more, and nobody in a list is called so."""
    weak: bool
    """Whether a first name is also something else."""
    initial: bool
    """Whether it is one letter."""
    english: bool
    """Whether it is an English word."""
    looks: int
    """How much its letters look like those of a name, from -4 to 4."""
    cut: bool
    """Whether a longer ordinary word begins so, of which it may be short ("Abschl.")."""


OF_ITS_PLACE = Word._fields.index("text")
"""How many fields of a word are of its place and not of its letters."""


@remembered(MOST_KNOWN)
def known(text: str) -> Word:
    """A word as it is written, standing alone."""
    low = text.lower()
    capital = _begins_large(text)
    given, family, place = _given(low), low in lexicon.family(), low in lexicon.places()
    surname = family or _of_surnames(low)
    ordinary = _ordinary(low, given, family, surname)
    return Word(
        start=0,
        end=len(text),
        gap="",
        text=text,
        lower=low,
        letters=text.translate(WITHOUT_MARKS).isalpha(),
        capital=capital,
        given=given,
        family=family,
        surname=surname,
        may_name=family or low.translate(WRITTEN_OUT) in lexicon.any_surnames(),
        ordinary=ordinary,
        place=place,
        compound=not (surname or given) and _compound(low),
        weak=ordinary or place or len(text) < 3,
        initial=len(text) == 1 and capital,
        english=lexicon.english(low),
        looks=looks(low),
        cut=len(low) >= SHORTEST_CUT and _begins(low),
    )


def _begins_large(text: str) -> bool:
    """Whether a word begins with a capital, also behind an article of Arabic or Italian names."""
    return text[0].isupper() or (text[:3] in SMALL_BEGINNINGS and text[3:4].isupper())


def _of_surnames(low: str) -> bool:
    """Whether a part of a word is a surname of whatever origin."""
    return any(part in lexicon.surnames() for part in low.translate(WRITTEN_OUT).split("-") if len(part) > 2)


def _given(low: str) -> bool:
    names = lexicon.given()
    if low in names:
        return True
    if "-" in low:
        return all(part in names for part in low.split("-"))
    return len(low) > 4 and low.endswith(GENITIVES) and low.rstrip("s'’") in names


def _ordinary(low: str, given: bool, family: bool, surname: bool) -> bool:
    return (
        low in lexicon.ordinary()
        or (not given and _of_ordinary_parts(low))
        or (not family and _abstract(low))
        or (not (given or surname) and _verb(low))
    )


def _of_ordinary_parts(low: str) -> bool:
    """Whether a word with hyphens has an ordinary one of four letters or more among its parts."""
    return "-" in low and any(part in lexicon.ordinary() for part in low.split("-") if len(part) > 3)


def _abstract(low: str) -> bool:
    """Whether a long word ends as only things and notions do ("Ablesung")."""
    return len(low) > LONGEST_PLAIN and ABSTRACT.search(low) is not None


def _verb(low: str) -> bool:
    """Whether a word is a verb's form whose infinitive anybody uses ("fördert")."""
    ending = VERB.search(low)
    if not ending or len(low) < SHORTEST_VERB:
        return False
    stem = low[: ending.start()]
    return f"{stem}en" in lexicon.ordinary() or (stem[-2:] in ("el", "er") and f"{stem}n" in lexicon.ordinary())


def _begins(low: str) -> bool:
    """Whether a longer ordinary word begins so."""
    words = _in_order()
    at = bisect_right(words, low)
    return at < len(words) and words[at].startswith(low)


@lru_cache(maxsize=1)
def _in_order() -> list[str]:
    return sorted(lexicon.ordinary())


def _compound(low: str) -> bool:
    words = lexicon.ordinary()
    return len(low) >= SHORTEST_COMPOUND and any(low[cut:] in words for cut in range(max(3, len(low) - _longest()), len(low) - 4))


@lru_cache(maxsize=1)
def _longest() -> int:
    """Letters of the longest ordinary word: no longer end of a word need be looked up."""
    return max(map(len, lexicon.ordinary()))


@dataclass(frozen=True)
class Line:
    """A text with its words."""

    text: str
    words: list[Word]
    writing: Writing

    def gap_after(self, index: int) -> str:
        """What stands behind a word, up to the next."""
        if index + 1 < len(self.words):
            return self.words[index + 1].gap
        return self.text[self.words[index].end :]

    def large(self, word: Word) -> bool:
        """Whether a word has a capital; where all are alike, every word counts so."""
        return word.capital or self.writing != "usual"

    def lower(self, index: int) -> str:
        """The word at `index` in small letters; "" outside the text."""
        return self.words[index].lower if 0 <= index < len(self.words) else ""


def read(text: str) -> Line:
    """The words of a text."""
    words: list[Word] = []
    at = 0
    for match in WORD.finditer(text):
        words.append(Word._make((match.start(), match.end(), text[at : match.start()], *known(match.group())[OF_ITS_PLACE:])))
        at = match.end()
    return Line(text, words, _writing(words))


def _writing(words: list[Word]) -> Writing:
    plain = [word for word in words if word.letters and len(word.text) > 2]
    capitals = sum(word.text.isupper() for word in plain)
    if plain and capitals >= MOST_CAPITALS * len(plain):
        return "capitals"
    return "small" if plain and _mostly_small(plain, words[0]) else "usual"


def _mostly_small(plain: list[Word], first: Word) -> bool:
    """Whether no word begins with a capital, or, but for the `first` of the text and short forms, hardly any of several."""
    large = [word for word in plain if word.text[0].isupper()]
    inner = [word for word in plain if word is not first and not word.text.isupper()]
    few = sum(word.text[0].isupper() for word in inner) <= FEWEST_CAPITALS * len(inner)
    return not large or (few and len(plain) > 2)
