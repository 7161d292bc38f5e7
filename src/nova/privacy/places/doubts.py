"""A reading of words as a street in, what speaks against it out: words that count or bear numbers, ordinary words, towns, small letters."""

from dataclasses import dataclass
from functools import cached_property

from nova.privacy.lexicon import words
from nova.privacy.places import cues
from nova.privacy.places.house import House
from nova.privacy.tokens import Line, Word

INFLECTED = ("n", "en", "s", "es")
SHORTEST_GLUED, SHORTEST_NAME = 3, 5


@dataclass(frozen=True, slots=True)
class Street:
    """The words from `first` up to the number may be a street; `weight` says how much speaks for it."""

    first: int
    weight: float
    named: bool = False
    """Whether an adjective makes a name of an ordinary word ("Steinerne Brücke")."""


def bears_numbers(low: str) -> bool:
    """Whether a noun, in whatever case, bears numbers of its own ("Seite", "Absätzen")."""
    known = words("no_street")
    return low in known or any(low.endswith(end) and low[: -len(end)] in known for end in INFLECTED)


def doubts(line: Line, house: House, low: str, best: Street) -> float:
    """What speaks against a reading: a noun that bears numbers of its own, an ordinary word, small letters."""
    case = Case(line, house, low, best)
    return sum(doubt(case) for doubt in DOUBTS)


@dataclass(frozen=True)
class Case:
    """The best reading of a street, its last word in small letters, and the number behind it."""

    line: Line
    house: House
    low: str
    best: Street

    @cached_property
    def word(self) -> Word:
        """The word before the number."""
        return self.line.words[self.house.last]

    @cached_property
    def alone(self) -> bool:
        """Whether the street is one word."""
        return self.best.first == self.house.last

    @cached_property
    def sure(self) -> bool:
        """Whether the word ends as only streets do."""
        return cues.SURE_ENDING.search(self.low) is not None

    @cached_property
    def posted(self) -> bool:
        """Whether postcode and place follow."""
        return cues.POSTCODE.match(self.line.text, self.house.end) is not None

    @cached_property
    def bears(self) -> bool:
        """Whether the word bears numbers of its own."""
        return bears_numbers(self.low)

    @cached_property
    def land(self) -> bool:
        """Whether the word is a ground or a house by itself."""
        return bool(cues.ENDING.fullmatch(self.low) or self.low in cues.LAND) and self.low not in cues.NO_LAND

    def glued(self) -> float:
        """A number that is written together with a word that is hardly a street's."""
        glued = self.house.begin < self.word.end
        return cues.COUNTED if glued and (len(self.low) < SHORTEST_GLUED or self.best.weight < cues.ENDS) else 0.0

    def counts(self) -> float:
        """A word that counts things, or a thing before the name."""
        if self.best.weight >= cues.ENDS_SURELY:
            return 0.0
        return cues.COUNTED if cues.COUNTERS.search(self.low) or _of_a_thing(self.line, self.best.first) else 0.0

    def of_its_word(self) -> float:
        """What the word before the number says by itself: the first of several doubts that applies."""
        told = (doubt(self) for doubt in OF_WORDS)
        return next((one for one in told if one is not None), 0.0)

    def in_town(self) -> float:
        """A town behind "in" and the like."""
        townward = self.line.lower(self.best.first - 1) in cues.TOWNWARD
        return cues.IN_TOWN if townward and self.word.place and self.best.weight <= cues.PLAIN else 0.0

    def parted(self) -> float:
        """A line's end before the number."""
        parted = "\n" in self.line.text[self.word.end : self.house.begin]
        return cues.COUNTED if parted and self.best.weight < cues.PREPOSED_SURELY and not self.house.named else 0.0

    def small(self) -> float:
        """Small letters in usual writing."""
        if self.line.large(self.word):
            return 0.0
        return cues.SMALL if self.sure else cues.COUNTED

    def short(self) -> float | None:
        """An abbreviation in capitals."""
        return cues.COUNTED if _short(self.line, self.word) else None

    def of_numbers(self) -> float | None:
        """A noun that bears numbers of its own, unless an adjective makes the name of a ground of it."""
        named = self.best.named and (self.land or self.low in cues.SIDES)
        if not self.bears or self.best.weight >= cues.ENDS or named:
            return None
        if self.posted and self.land:
            return cues.LAND_POSTED
        return cues.ORDINARY if self._at_land() else cues.COUNTED

    def _at_land(self) -> bool:
        """Whether a preposition leads to a ground, or a word for a street is one."""
        led = self.line.lower(self.house.last - 1) in cues.PREPOSITIONS | cues.ARTICLES or self.low in cues.LONE
        return led and self.land and self.low not in cues.NO_HOME and self.best.weight >= cues.ENDS_PERHAPS

    def road(self) -> float | None:
        """A word that is sure to be a street's, and yet counts, alone."""
        return cues.ROAD if self.bears and self.sure and self.alone else None

    def at_home(self) -> float | None:
        """No doubt where postcode and place follow."""
        return 0.0 if self.posted and self.line.large(self.word) else None

    def common(self) -> float | None:
        """A compound that only ends as a street's ("Stellplatz")."""
        bare = self.alone or self.line.lower(self.best.first) in cues.PREPOSITIONS
        doubted = bare and not self.best.named and self.best.weight <= cues.ENDS
        return cues.COUNTED if doubted and cues.COMMON.search(self.low) else None

    def ordinary(self) -> float | None:
        """An ordinary word that neither its ending nor an adjective makes a name."""
        weight = self.best.weight
        named = self.best.named or self.sure or weight >= cues.LONE_NAMED or ("-" in self.low and weight >= cues.ENDS)
        if not self.word.ordinary or named:
            return None
        if not self.alone and weight >= cues.PREPOSED_SURELY:
            return cues.ORDINARY_PREPOSED
        return cues.ORDINARY_ENDS if weight >= cues.ENDS else cues.ORDINARY

    def town(self) -> float | None:
        """A town whose name ends as a street's."""
        perhaps = cues.PLAIN < self.best.weight < cues.ENDS_SURELY
        return self.best.weight - cues.PLAIN if perhaps and self.word.place and self.alone and not self.house.named else None


DOUBTS = (Case.glued, Case.counts, Case.of_its_word, Case.in_town, Case.parted, Case.small)
"""What speaks against a street, added up."""
OF_WORDS = (Case.short, Case.of_numbers, Case.road, Case.at_home, Case.common, Case.ordinary, Case.town)
"""What the last word may say, the first that applies."""


def _short(line: Line, word: Word) -> bool:
    """Whether a word is an abbreviation in capitals ("KW", "EH", "SLS")."""
    most = SHORTEST_NAME if line.writing == "usual" else SHORTEST_GLUED
    return word.text.isupper() and len(word.text) < most and word.lower not in cues.LONE


def _of_a_thing(line: Line, first: int) -> bool:
    """Whether a word right before says that this is the name of a thing ("Tarif Lindenhof 12")."""
    return first > 0 and line.words[first].gap.strip(' "') == "" and bool(cues.THINGS.match(line.lower(first - 1)))
