"""Folded text in, addresses out: street and house number, with postcode and place beside them; also Mannheim's squares.

Every house number is an anchor: the few words before it and around it are weighed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.lexicon import words
from nova.privacy.places import cues
from nova.privacy.spans import Span
from nova.privacy.spoken import BELOW_HUNDRED, HUNDREDS
from nova.privacy.tokens import Line, read

SPELT = frozenset(BELOW_HUNDRED) | frozenset(HUNDREDS)
LETTER = r"(?: ?[a-z](?!\w))?"
HOUSE = re.compile(
    rf"(?<!\w)(?<!\d[.,:])[1-9]\d{{0,3}}{LETTER}(?: ?[-/+] ?\d{{1,4}}{LETTER}| ?[-/] ?[a-z](?!\w))?|"
    rf"(?<=[a-zß.])(?<!\d\.)[1-9]\d{{0,2}}[a-z]?(?!\w)",
    re.IGNORECASE,
)
SPELT_LETTER = re.compile(LETTER, re.IGNORECASE)
GLUED, ROADS = re.compile(r"\d+[a-z]?\Z"), frozenset("ablke")
NUMBERED = frozenset({"nr", "nummer", "hausnummer", "hausnr", "no"})
SQUARE = re.compile(r"(?<![\w-])[A-U] ?[1-7] ?, ?\d{1,2}(?: ?[a-z](?!\w))?(?:-\d{1,2})?(?![\w]|[.,]\d)", re.IGNORECASE)
BETWEEN = re.compile(r"[ \n.]{0,3}\Z")
SURE, PERHAPS = 1.0, 0.6
ENDS_SURELY, ENDS, LONE_NAMED, OF_SOMETHING, PREPOSED, CAPITAL_PREPOSED, PLAIN, LIVED_IN, POSTED = (
    1.3,
    1.0,
    1.1,
    1.3,
    0.4,
    0.6,
    0.3,
    0.8,
    0.9,
)
ENDS_PERHAPS = 0.6
ORDINARY, COUNTED, SMALL, SPELT_OUT = 0.6, 2.0, 0.3, 0.5
WINDOW, FIRST_YEAR, LAST_YEAR = 64, 1900, 2099


@dataclass(frozen=True, slots=True)
class Street:
    """The words `first` to `last` may be a street; `weight` says how much speaks for it."""

    first: int
    weight: float


def addresses(text: str) -> Iterator[Span]:
    """Every street with its house number."""
    return _decided(text, SURE)


def perhaps_addresses(text: str) -> Iterator[Span]:
    """Every number behind what may be a street."""
    return _decided(text, PERHAPS)


def _decided(text: str, threshold: float) -> Iterator[Span]:
    line = read(text)
    starts = [word.start for word in line.words]
    for match in SQUARE.finditer(text):
        if _in_mannheim(text, match):
            yield Span(match.start(), _with_place(text, match.end()), "address")
    for match in cues.NUMBERED_STREET.finditer(text):
        yield Span(match.start(), _with_place(text, match.end()), "address")
    for begin, end in _numbers(line):
        last = _last_word(line, bisect_right(starts, begin - 1) - 1, begin)
        if last is None or (cues.UNIT.match(text, end) and not cues.NUMBER_BEHIND.match(text, end)):
            continue
        street = _street(line, last, begin, end)
        if street.weight < ENDS and cues.NUMBER_BEHIND.match(text, end):
            continue
        start = line.words[street.first].start
        if street.weight + _around(text, start, end) >= threshold:
            yield Span(_with_postcode(text, start), _with_place(text, end), "address")


def _numbers(line: Line) -> Iterator[tuple[int, int]]:
    """Where what may be a house number stands, in figures and spelt out."""
    for match in HOUSE.finditer(line.text):
        yield match.span()
    for word in line.words:
        if word.lower in SPELT:
            letter = SPELT_LETTER.match(line.text, word.end)
            yield word.start, letter.end() if letter else word.end


def _in_mannheim(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - WINDOW) : match.end() + 32].lower()
    return bool(cues.MANNHEIM.search(around) or cues.HOME.search(text[max(0, match.start() - WINDOW) : match.start()].lower()))


def _last_word(line: Line, index: int, begin: int) -> int | None:
    """The last word of the street before a number; None when something else stands between."""
    if index < 0:
        return None
    if line.words[index].start < begin < line.words[index].end:
        return index
    if not BETWEEN.match(line.text[line.words[index].end : begin]):
        return None
    if line.lower(index) in NUMBERED and index:
        index -= 1
        if line.words[index + 1].gap.strip(" ,.-\n"):
            return None
    return index


def _street(line: Line, last: int, begin: int, end: int) -> Street:
    """The best reading of the words up to `last` as a street; the number stands from `begin` to `end`."""
    word = line.words[last]
    low = GLUED.sub("", word.lower) if begin >= word.end else line.text[word.start : begin].lower().rstrip("-")
    number, posted = line.text[begin:end], bool(cues.POSTCODE.match(line.text, end))
    if not low or (len(low) == 1 and low in ROADS):
        return Street(last, -COUNTED)
    readings = [_ended(line, last, low), _of(line, last), _preposed(line, last, low), _abroad(line, last)]
    best = max(readings, key=lambda one: (one.weight, -one.first))
    weight = best.weight - (SPELT_OUT if number[0].isalpha() else 0.0)
    if posted and word.capital and low not in words("no_street"):
        pass
    elif (low in words("no_street") and best.weight < ENDS) or (best.weight <= ENDS and cues.COMMON.search(low)):
        weight -= COUNTED
    elif word.ordinary and best.weight < LONE_NAMED and not ("-" in low and best.weight >= ENDS) and not cues.SURE_ENDING.search(low):
        weight -= ORDINARY
    if re.fullmatch(r"\d{4}", number) and FIRST_YEAR <= int(number) <= LAST_YEAR:
        weight -= COUNTED
    if line.writing == "usual" and not word.capital:
        weight -= SMALL if cues.SURE_ENDING.search(low) else COUNTED
    return Street(best.first, weight)


def _ended(line: Line, last: int, low: str) -> Street:
    """A street by its ending, with what belongs before it ("Bremer Heerstraße", "Lange Str.")."""
    if low in cues.LONE:
        return _lone(line, last)
    sure = cues.SURE_ENDING.search(low)
    weight = _ending_weight(low)
    first = last
    while (first and last - first < 2 and _joined(line, first) and _adjective(line, first - 1)) or (
        first and first == last and sure and _joined(line, first) and _town(line, first - 1)
    ):
        first -= 1
    while first and last - first < 4 and line.words[first].gap in (".-", ".- ") and line.words[first - 1].capital:
        first -= 1
    return Street(first, weight)


def _ending_weight(low: str) -> float:
    """What the end of a word says for a street."""
    if cues.SURE_ENDING.search(low) or (low.count("-") > 1 and low.rsplit("-", 1)[-1] in cues.LONE):
        return ENDS_SURELY
    ends = cues.ENDING.search(low)
    if low not in words("no_street") and ends and len(low) > len(ends.group()) + 1:
        return ENDS
    if ends and low == ends.group() and low not in words("no_street"):
        return ENDS_PERHAPS
    perhaps = cues.PERHAPS_ENDING.search(low)
    return ENDS_PERHAPS if perhaps and len(low) > len(perhaps.group()) + 2 else PLAIN


def _abroad(line: Line, last: int) -> Street:
    """ "Via Lavizzari", "Rue de la Gare": the word for a street comes first."""
    for back in range(1, 5):
        index = last - back
        if index < 0 or not _joined(line, index + 1):
            break
        if line.lower(index) in cues.ABROAD and (line.words[index].capital or line.writing != "usual"):
            return Street(index, ENDS)
        if back < 3 and line.lower(index) in cues.ESTATES and line.words[index].capital and line.words[last].capital:
            return Street(index, ENDS_PERHAPS)
    return Street(last, 0.0)


def _lone(line: Line, last: int) -> Street:
    """ "Straße", "Weg", "Platz" as a word of its own, with the name before it."""
    sure = bool(cues.SURE_ENDING.search(line.words[last].lower))
    first = last
    while first and last - first < 3 and _joined(line, first):
        before = line.words[first - 1]
        named = (
            before.letters
            and (before.capital or line.writing != "usual")
            and not (before.ordinary and not cues.ADJECTIVES.match(before.lower) and not cues.TOWN.match(before.lower))
        )
        if not named or before.lower in cues.PREPOSITIONS | cues.ARTICLES or (first < last and not cues.ADJECTIVES.match(before.lower)):
            break
        first -= 1
    if first == last:
        return Street(last, ENDS_SURELY - ORDINARY if sure else -PLAIN)
    return Street(first, ENDS_SURELY if sure else LONE_NAMED)


def _adjective(line: Line, index: int) -> bool:
    """Whether a word is an adjective of streets; in usual writing with its capital ("Kl.", "Neue")."""
    return bool(cues.ADJECTIVES.match(line.lower(index))) and (line.words[index].capital or line.writing != "usual")


def _town(line: Line, index: int) -> bool:
    """Whether a word is made from a town's name ("Bremer")."""
    word = line.words[index]
    return (
        bool(cues.TOWN.match(word.lower))
        and word.capital
        and not word.ordinary
        and line.writing == "usual"
        and word.lower not in cues.ARTICLES
    )


def _of(line: Line, last: int) -> Street:
    """ "Straße des Friedens", "Platz der Republik", "Straße des 17. Juni"."""
    for back in range(2, 6):
        index = last - back
        if index < 0 or not _joined(line, index + 1, dotted=True):
            break
        if line.lower(index) in cues.LONE and line.lower(index + 1) in cues.OF and (line.words[index].capital or line.writing != "usual"):
            return Street(index, OF_SOMETHING if line.writing == "usual" or line.lower(index + 1) in ("der", "des", "d") else ENDS)
    return Street(last, 0.0)


def _preposed(line: Line, last: int, low: str) -> Street:
    """ "An der Bleiche", "Im Sundern", "Zur Alten Ziegelei": a capital within a sentence tells that this is a name."""
    first = last
    while first and last - first < 2 and _joined(line, first) and _adjective(line, first - 1):
        first -= 1
    adjective = first < last
    if first and _joined(line, first) and line.lower(first - 1) in cues.ARTICLES:
        first -= 1
    if not first or not _joined(line, first) or line.lower(first - 1) not in cues.PREPOSITIONS:
        named = adjective and line.words[last].capital and line.writing == "usual" and first < last and line.words[last - 1].capital
        inside = named and (not _begins(line, last - 1) or cues.ENDING.search(low))
        return Street(last - 1 if named else last, LONE_NAMED + (ORDINARY if line.words[last].ordinary else 0.0) if inside else 0.0)
    start = first - 1
    weighed = ORDINARY if adjective and line.words[last].ordinary else 0.0
    told = first < last and not line.words[last].ordinary and low not in words("no_street")
    capital = line.words[start].capital and line.writing == "usual" and (told or not _begins(line, start))
    weight = (
        PREPOSED
        + (CAPITAL_PREPOSED if capital else 0.0)
        + weighed
        + (PLAIN if cues.ENDING.search(low) or cues.SURE_ENDING.search(low) or adjective else 0.0)
    )
    if line.writing == "usual" and not line.words[start].capital:
        inner = next((at for at in range(start + 1, last + 1) if line.words[at].capital), last)
        return Street(inner, weight - PREPOSED + PLAIN)
    return Street(start, weight + (PLAIN if line.writing != "usual" else 0.0))


def _begins(line: Line, index: int) -> bool:
    """Whether a sentence begins with this word."""
    return index == 0 or any(sign in line.words[index].gap for sign in ".!?")


def _joined(line: Line, index: int, dotted: bool = False) -> bool:
    """Whether only blanks (or the point of a short form) stand before the word at `index`."""
    gap = line.words[index].gap
    return gap.strip(" \n-") == "" or (gap.strip(" -") == "." and (dotted or len(line.words[index - 1].text) <= 4))


def _around(text: str, start: int, end: int) -> float:
    """What the words before and the postcode after speak for a home."""
    before = text[max(0, start - WINDOW) : start].lower()
    weight = LIVED_IN if cues.NEAR_HOME.search(before) else LIVED_IN / 2 if cues.HOME.search(before) else 0.0
    if not weight and cues.AFTER.match(text[end : end + WINDOW].lower()):
        weight = LIVED_IN
    if cues.OFFICE.search(text[max(0, start - WINDOW) : end + WINDOW // 2].lower()):
        weight -= COUNTED
    return weight + (POSTED if cues.POSTCODE.match(text, end) or cues.POSTCODE_BEFORE.search(text, max(0, start - WINDOW), start) else 0.0)


def _with_place(text: str, end: int) -> int:
    """The end with postcode and place behind."""
    house = cues.HOUSE_WITHIN.match(text, end)
    end = house.end() if house else end
    behind = cues.POSTCODE.match(text, end)
    return behind.end() if behind else end


def _with_postcode(text: str, start: int) -> int:
    """The start with postcode and place before."""
    before = cues.POSTCODE_BEFORE.search(text, max(0, start - WINDOW), start)
    return before.start() if before else start
