"""A passage in, what ranking compares a question with out: how often and where it says each stem, and what its headings name.

Read once for each passage and heading and remembered in bounded tables; nothing here depends on the question.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from uuid import UUID

from nova.language.analyser import Analyser
from nova.language.fold import fold
from nova.language.stems import stem
from nova.records import Passage

_REMEMBERED = 16384

_TIMES = (
    "woche monat jahr tag werktag stunde kalenderjahr uhr januar februar maerz april mai juni juli august september oktober november "
    "dezember unverzueglich jaehrlich monatlich taeglich frist"
)
_UNITS = (
    "euro cent prozent kilowatt megawatt gigawatt kilowattstunde megawattstunde gigawattstunde kilovolt meter kilometer quadratmeter "
    "quadratkilometer hertz stunde haelfte drittel prozentpunkt tonne liter angabe daten"
)
_FRACTIONS = "haelfte drittel"
_ASIDE = re.compile(
    r"(?:uebergang|inkrafttreten|ausserkrafttreten|verordnungsermaechtig|ermaechtigung|eingangsformel|schlussformel|weggefallen|aufgehoben|"
    r"berlin-klausel|evaluierung|erfahrungsbericht|inhaltsuebersicht|inhaltsverzeichnis|^anlage|^anhang|"
    r"festlegungen|anwendungsvorschriften)"
)
_EMPOWERS = re.compile(
    r"ermaechtigt[^.]{0,200}rechtsverordnung|durch rechtsverordnung[^.]{0,160}ermaechtigt|"
    r"rechtsverordnungen? [^.]{0,80}zu (?:erlassen|bestimmen|regeln)"
)
_DEFINING = re.compile(r"begriffsbestimmung|definition|begriffe")
_PENALTY = re.compile(r"bussgeld|ordnungswidrig|strafvorschrift")
_LABEL = re.compile(r"^\W*(?:§+|art(?:ikel|\.)?|anlage|anhang)?\s*\d+[a-z]*\s*")
_GAS_TITLE = re.compile(r"gas(?:gvv|nev|nzv|hdr|netz|versorg)|niederdruck|erdgas")
_POWER_TITLE = re.compile(r"strom|elektriz|niederspannung|erneuerbar|messstellen")


@dataclass(frozen=True, slots=True)
class Name:
    """What a heading, the headings above or a title say: how telling each stem and part is, and what kind of provision they announce."""

    stems: Mapping[str, float]
    mass: float
    aside: bool
    defining: bool
    penalty: bool
    sector: str


@dataclass(frozen=True, slots=True)
class Traits:
    """What ranking knows of a passage: times and first place of each stem and part, its length in words, its names, what it states."""

    counts: Mapping[str, int]
    places: Mapping[str, int]
    length: int
    heading: Name
    crumb: Name
    title: Name
    time: bool
    quantity: bool
    aside: bool


@cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


class Shelf:
    """Reads passages for ranking; what it read of the passages and names seen last is kept, at most `_REMEMBERED` of each."""

    def __init__(self, analyser: Analyser) -> None:
        self.analyser = analyser
        self._traits: dict[UUID, tuple[str, Traits]] = {}
        self._names: dict[str, Name] = {}

    def traits(self, passage: Passage) -> Traits:
        """What there is to know of a passage, remembered by its id and text."""
        held = self._traits.get(passage.chunk_id)
        if held is None or held[0] != passage.text:
            if len(self._traits) >= _REMEMBERED:
                self._traits.pop(next(iter(self._traits)), None)
            held = self._traits[passage.chunk_id] = (passage.text, self._read(passage))
        return held[1]

    def name(self, text: str) -> Name:
        """What a heading or title says, remembered by its text."""
        held = self._names.get(text)
        if held is None:
            if len(self._names) >= _REMEMBERED:
                self._names.pop(next(iter(self._names)), None)
            held = self._names[text] = self._name(text)
        return held

    def _read(self, passage: Passage) -> Traits:
        roots = [word.roots for word in self.analyser.words(passage.text)]
        counts = dict(Counter(chain.from_iterable(roots)))  # a plain dict of words and numbers costs the garbage collector nothing
        places = {root: at for at in range(len(roots) - 1, -1, -1) for root in roots[at]}
        path = passage.path
        heading = self.name(path[-1] if len(path) > 1 else passage.section_title)
        quantity = not _stems(_UNITS).isdisjoint(counts)
        return Traits(
            counts,
            places,
            len(roots),
            heading,
            self.name(" ".join(path[1:-1])),
            self.name(passage.title),
            not _stems(_TIMES).isdisjoint(counts),
            quantity and (not _stems(_FRACTIONS).isdisjoint(counts) or any(root[0].isdigit() for root in counts)),
            heading.aside or (stem("rechtsverordnung") in counts and bool(_EMPOWERS.search(fold(passage.text)))),
        )

    def _name(self, text: str) -> Name:
        plain = fold(text)
        stems = {root: self.analyser.idf(root) for word in self.analyser.words(text) for root in word.roots}
        aside = bool(_ASIDE.search(plain) or _ASIDE.search(_LABEL.sub("", plain)))
        gas, power = bool(_GAS_TITLE.search(plain)), bool(_POWER_TITLE.search(plain))
        sector = "gas" if gas and not power else "strom" if power and not gas else ""
        return Name(stems, sum(stems.values()), aside, bool(_DEFINING.search(plain)), bool(_PENALTY.search(plain)), sector)
