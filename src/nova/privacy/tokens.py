"""Folded text in, its words with what stands between them out, and how it is written: as usual, in capitals or in small letters."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nova.privacy import lexicon

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\W\d_]['’]\w+")
Writing = Literal["usual", "capitals", "small"]
MOST_CAPITALS, FEWEST_CAPITALS = 0.7, 0.04
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_PLAIN, SHORTEST_COMPOUND = 8, 9
ABSTRACT = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|ismus|nummer|vertrag|zähler|anlage|werk|gerät|zeug|kosten|preis|termin|rechnung)(?:s|e|n|en|er)?\Z"
)
VERB, SHORTEST_VERB = re.compile(r"(?:t|st|te|ten|est|et|end|ende|enden)\Z"), 5
GENITIVES = ("s", "'s", "’s", "'", "’")


@dataclass(frozen=True)
class Word:
    """A word of the text, the characters between it and the one before, and the word in small letters."""

    text: str
    start: int
    end: int
    gap: str
    lower: str

    @cached_property
    def letters(self) -> bool:
        """Whether it holds no digit."""
        return self.text.replace("-", "").replace("'", "").replace("’", "").isalpha()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper() or (self.text[:3] in ("al-", "el-", "d'A", "O'") and self.text[3:4].isupper())

    @cached_property
    def given(self) -> bool:
        """Whether it, or each part of it, is a first name; also in the genitive."""
        known = lexicon.given()
        if self.lower in known:
            return True
        if "-" in self.lower:
            return all(part in known for part in self.lower.split("-"))
        return len(self.lower) > 4 and self.lower.endswith(GENITIVES) and self.lower.rstrip("s'’") in known

    @cached_property
    def ordinary(self) -> bool:
        """Whether it is a word that anybody uses, or is made of such with hyphens."""
        known = lexicon.ordinary()
        return (
            self.lower in known
            or ("-" in self.lower and not self.given and any(part in known for part in self.lower.split("-") if len(part) > 3))
            or (len(self.lower) > LONGEST_PLAIN and bool(ABSTRACT.search(self.lower)) and not self.family)
            or self._verb
        )

    @property
    def _verb(self) -> bool:
        """Whether it is a verb's form whose infinitive anybody uses ("fördert"), and nobody in a list is called so."""
        ending = VERB.search(self.lower)
        if not ending or len(self.lower) < SHORTEST_VERB or self.given or self.surname:
            return False
        stem = self.lower[: ending.start()]
        return f"{stem}en" in lexicon.ordinary() or (stem[-2:] in ("el", "er") and f"{stem}n" in lexicon.ordinary())

    @cached_property
    def family(self) -> bool:
        """Whether it is among the frequent surnames."""
        return self.lower in lexicon.family()

    @cached_property
    def surname(self) -> bool:
        """Whether people of whatever origin are called so."""
        known = lexicon.surnames()
        return self.family or any(part in known for part in self.lower.translate(WRITTEN_OUT).split("-") if len(part) > 2)

    @cached_property
    def may_name(self) -> bool:
        """Whether people are called so, also where it is a thing."""
        return self.family or self.lower.translate(WRITTEN_OUT) in lexicon.any_surnames()

    @cached_property
    def place(self) -> bool:
        """Whether a German town is called so."""
        return self.lower in lexicon.places()

    @cached_property
    def compound(self) -> bool:
        """Whether it is made of a beginning and an ordinary word of five letters or more, and nobody in a list is called so."""
        low = self.lower
        if len(low) < SHORTEST_COMPOUND or self.surname or self.given:
            return False
        known = lexicon.ordinary()
        return any(low[cut:] in known for cut in range(3, len(low) - 4))

    @property
    def weak(self) -> bool:
        """Whether a first name is also something else."""
        return self.ordinary or self.place or len(self.text) < 3

    @property
    def initial(self) -> bool:
        """Whether it is one letter."""
        return len(self.text) == 1 and self.capital


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
        words.append(Word(match.group(), match.start(), match.end(), text[at : match.start()], match.group().lower()))
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
