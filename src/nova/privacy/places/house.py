"""A line of words in, what may be house numbers out, with what a number counts and where its address ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.lexicon import words
from nova.privacy.numerals import BELOW_HUNDRED, HUNDREDS
from nova.privacy.places import cues
from nova.privacy.tokens import Line

SPELT = frozenset(BELOW_HUNDRED) | frozenset(HUNDREDS)
LETTER = r"(?: ?[a-wyz](?!\w|\. ?\d))?"
HALF = r"(?: ?1/2(?!\d)|⁄\d)?"
HOUSE = re.compile(
    rf"(?<!\w)(?<!\d[.,:])(?!\d{{4}}-\d\d?-\d)[1-9]\d{{0,3}}{HALF}{LETTER}(?:(?: ?[-+] ?|/)\d{{1,4}}(?!\d|\.? ?(?:og|stock|"
    rf"etage)\b)(?:/\d{{1,3}}(?!\d)){{0,2}}{LETTER}|(?: ?[-+] ?|/)[a-z](?!\w))?|"
    rf"(?:(?<=[a-zß])|(?<=[a-zß]\.))[1-9]\d{{0,2}}[a-z]?(?!\w)",
    re.IGNORECASE,
)
SPELT_LETTER = re.compile(LETTER, re.IGNORECASE)
LETTERED = re.compile(r"\d{1,3} ?[a-h](?!\w)|\d{1,3} ?- ?\d{1,3}\Z|.*⁄")
ELECTRIC = re.compile(r"\d ?[AVW]\Z")
YEAR = re.compile(r"(?:19|20)\d\d\Z")
BETWEEN = re.compile(r"[ \n.]{0,3}\Z")
MISTYPED = re.compile(r"str[,_;:] ?\Z|str_ ?\Z", re.IGNORECASE)
KEYED = re.compile(r"(?:\A|_)(?:haus|hs|h)[_-]?(?:nr|nummer|no)\Z|house_?(?:no|number)\Z")
NAMED_BETWEEN = re.compile(r"[ \n.,:;|=\"'()/-]{0,8}\Z")
NUMBERED = words("places/numbered")
SAID = words("places/number_leads")
MOST_SAID = 4
CELL = re.compile(r"\"? {0,2}([;|]|,|  ) {0,2}\"?\Z")
FIGURES = re.compile(r"\d+")
HEIGHTS = ((1000, 3 * cues.HIGH_NUMBER), (300, cues.HIGH_NUMBER))
"""From which number on a house is how unlikely."""


@dataclass(frozen=True, slots=True)
class House:
    """A number from `begin` to `end` behind the word at `last`.

    `named`: "Nr." or "Hausnummer" says what it is; `cell`: it has a cell of its own.
    """

    begin: int
    end: int
    last: int
    named: bool
    cell: bool


def houses(line: Line, starts: list[int]) -> Iterator[House]:
    """Every number that may be a house's, with the last word of what may be the street before it."""
    for begin, end, index in _numbers(line, starts):
        house = _behind_a_word(line, begin, end, index)
        if house is not None and not _counts(line, house):
            yield house


def _numbers(line: Line, starts: list[int]) -> Iterator[tuple[int, int, int]]:
    """Where what may be a house number stands, in figures and spelt out, and the word in it or before it."""
    at = -1
    for match in HOUSE.finditer(line.text):
        while at + 1 < len(starts) and starts[at + 1] < match.start():
            at += 1
        yield match.start(), match.end(), at
    for index, word in enumerate(line.words):
        if word.lower in SPELT:
            letter = SPELT_LETTER.match(line.text, word.end)
            yield word.start, letter.end() if letter else word.end, index - 1


def _behind_a_word(line: Line, begin: int, end: int, index: int) -> House | None:
    """The number with the last word of the street before it; None when something else stands between."""
    if index < 0:
        return None
    word = line.words[index]
    if word.start < begin < word.end:
        return House(begin, end, index, False, False)
    if _says_number(word.lower) or (word.lower in SAID and begin - word.end < MOST_SAID and index):
        return _named(line, begin, end, index)
    between = line.text[word.end : begin]
    if BETWEEN.match(between) or MISTYPED.search(line.text[max(word.start, begin - MOST_SAID - 1) : begin]):
        return House(begin, end, index, False, False)
    in_cell = CELL.match(between) and _celled(line.text, begin, end, between)
    return House(begin, end, index, False, True) if in_cell else None


def _says_number(low: str) -> bool:
    """Whether a word, or a form's key, says that a house number follows."""
    return low in NUMBERED or bool(KEYED.search(low))


def _named(line: Line, begin: int, end: int, index: int) -> House | None:
    """A number behind "Hausnummer", "Nr." or "mit der Nummer": the street ends before those words."""
    at, told = _before_leads(line, begin, index)
    behind = begin if at == index else line.words[at + 1].start
    if at >= 0 and line.words[at + 1].lower in ("haus", "hs") and _goes_with_house(line.words[at].lower):
        at, behind = at + 1, line.words[at + 2].start
    if told and at >= 0 and NAMED_BETWEEN.match(line.text[line.words[at].end : behind]):
        return House(begin, end, at, at == index - 1 or line.lower(index).startswith("h"), False)
    if not told and BETWEEN.match(line.text[line.words[index].end : begin]):
        return House(begin, end, index, False, False)
    return None


def _before_leads(line: Line, begin: int, index: int) -> tuple[int, bool]:
    """The word before those that lead to a number, and whether one of them says that it is a house's."""
    told, at, behind = False, index, begin
    while at >= 0 and index - at < MOST_SAID and NAMED_BETWEEN.match(line.text[line.words[at].end : behind]):
        says = _says_number(line.words[at].lower)
        if not says and not _leads(line.words[at].lower, told):
            break
        told, behind, at = told or says, line.words[at].start, at - 1
    return at, told


def _leads(low: str, told: bool) -> bool:
    """Whether a word may stand between a street and its number; "Haus" only before "Nummer"."""
    return low in SAID and (told or low not in ("haus", "hs"))


def _goes_with_house(low: str) -> bool:
    """Whether "Haus" behind this word is a word of its own ("am Haus Nr. 5")."""
    return low in cues.PREPOSITIONS or low in cues.ARTICLES or low in cues.FUNCTION


def _celled(text: str, begin: int, end: int, between: str) -> bool:
    """Whether the number has a cell of its own, with a cell behind it that begins with a postcode, or as a table's cell."""
    sign = between.strip(' "') or "  "
    if cues.POSTCODE.match(text, end):
        return True
    behind = text[end : end + 3].lstrip('" ')
    return sign in ";|" and (not behind or behind[0] in "\n" + sign) and bool(cues.TABLE.search(text[:begin][-600:]))


def _counts(line: Line, house: House) -> bool:
    """Whether the number is measured, dated or timed by what stands right behind it."""
    text, end = line.text, house.end
    return not cues.POSTCODE.match(text, end) and bool(cues.UNIT.match(text, end)) and not cues.NUMBER_BEHIND.match(text, end)


def weight_of(line: Line, house: House, sure: bool) -> float:
    """What the number's own looks and the word behind it say for (above 0) or against a house; `sure` when the street is."""
    number = line.text[house.begin : house.end]
    weight = cues.NAMED_NUMBER if house.named else 0.0
    if number[0].isalpha():
        weight -= cues.SPELT_OUT_SURELY if sure else cues.SPELT_OUT
    elif ELECTRIC.search(number) and not sure and line.writing == "usual":
        weight -= cues.SMALL
    elif LETTERED.match(number.lower()):
        weight += cues.LETTERED
    if YEAR.match(number):
        weight -= cues.COUNTED
    return weight - (0.0 if sure else _too_high(number)) - _counted(line, house, sure)


def _too_high(number: str) -> float:
    """How much the height of a number speaks against a house."""
    digits = FIGURES.match(number)
    return next((weight for least, weight in HEIGHTS if digits and int(digits.group()) >= least), 0.0)


def _counted(line: Line, house: House, sure: bool) -> float:
    """How much a plural behind a number speaks against a house: it may be counted."""
    usual, spelt = line.writing == "usual", line.text[house.begin].isalpha()
    counted = (cues.PLURAL if usual else cues.ANY_PLURAL).match(line.text, house.end)
    if not counted or counted.group(1).lower() in words("behind_house") or (sure and not spelt):
        return 0.0
    return cues.COUNTED_NOUN if usual or spelt else cues.SMALL


def end_of(text: str, end: int) -> int:
    """The end of the address behind its number: a corrected number, a house within the yard, postcode and place."""
    for pattern in (cues.CORRECTED, cues.MORE_NUMBERS, cues.HOUSE_WITHIN, cues.POSTCODE):
        behind = pattern.match(text, end)
        end = behind.end() if behind else end
    return end
