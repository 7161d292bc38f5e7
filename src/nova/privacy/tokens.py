"""Folded text in, its words with what stands between them out, and how it is written: as usual, in capitals or in small letters."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from nova.privacy import lexicon
from nova.privacy.lexicon.looks import looks
from nova.remembered import remembered

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\W\d_]['’]\w+")
Writing = Literal["usual", "capitals", "small"]
MOST_CAPITALS, FEWEST_CAPITALS = 0.7, 0.04
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_PLAIN, SHORTEST_COMPOUND, SHORTEST_CUT = 8, 9, 2
ABSTRACT = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|nummer|vertrag|zähler|anlage|werk|gerät|zeug|kosten|preis|termin|rechnung)(?:s|e|n|en|er)?\Z"
)
VERB, SHORTEST_VERB = re.compile(r"(?:t|st|te|ten|est|et|end|ende|enden)\Z"), 5
MOST_KNOWN = 16384
GENITIVES = ("s", "'s", "’s", "'", "’")


class Known(NamedTuple):
    """What is known of a word by its letters alone."""

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


class Word(NamedTuple):
    """A word of the text, where it stands, the characters between it and the one before, and what is known of it (see `Known`)."""

    text: str
    start: int
    end: int
    gap: str
    lower: str
    letters: bool
    capital: bool
    given: bool
    family: bool
    surname: bool
    may_name: bool
    ordinary: bool
    place: bool
    compound: bool
    weak: bool
    initial: bool
    english: bool
    looks: int
    cut: bool


@remembered(MOST_KNOWN)
def known(text: str) -> Known:
    """What is known of a word as it is written."""
    low = text.lower()
    capital = text[0].isupper() or (text[:3] in ("al-", "el-", "d'A", "O'") and text[3:4].isupper())
    given, family, place = _given(low), low in lexicon.family(), low in lexicon.places()
    surname = family or any(part in lexicon.surnames() for part in low.translate(WRITTEN_OUT).split("-") if len(part) > 2)
    ordinary = _ordinary(low, given, family, surname)
    return Known(
        lower=low,
        letters=text.replace("-", "").replace("'", "").replace("’", "").isalpha(),
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


def _given(low: str) -> bool:
    names = lexicon.given()
    if low in names:
        return True
    if "-" in low:
        return all(part in names for part in low.split("-"))
    return len(low) > 4 and low.endswith(GENITIVES) and low.rstrip("s'’") in names


def _ordinary(low: str, given: bool, family: bool, surname: bool) -> bool:
    words = lexicon.ordinary()
    return (
        low in words
        or ("-" in low and not given and any(part in words for part in low.split("-") if len(part) > 3))
        or (len(low) > LONGEST_PLAIN and bool(ABSTRACT.search(low)) and not family)
        or (not (given or surname) and _verb(low))
    )


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

    def lower(self, index: int) -> str:
        """The word at `index` in small letters; "" outside the text."""
        return self.words[index].lower if 0 <= index < len(self.words) else ""


def read(text: str) -> Line:
    """The words of a text."""
    words: list[Word] = []
    at = 0
    for match in WORD.finditer(text):
        word = match.group()
        words.append(Word(word, match.start(), match.end(), text[at : match.start()], *known(word)))
        at = match.end()
    return Line(text, words, _writing(words))


def _writing(words: list[Word]) -> Writing:
    plain = [word.text for word in words if len(word.text) > 2 and word.letters]
    if not plain:
        return "usual"
    if sum(word.isupper() for word in plain) >= MOST_CAPITALS * len(plain):
        return "capitals"
    if not any(word[0].isupper() for word in plain):
        return "small"
    inner = [word.text for word in words[1:] if len(word.text) > 2 and word.letters and not word.text.isupper()]
    return "small" if sum(word[0].isupper() for word in inner) <= FEWEST_CAPITALS * len(inner) and len(plain) > 2 else "usual"
