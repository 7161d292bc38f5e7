"""A house number in a line in, the best reading of the words before it as a street out, with what speaks for it."""

import re
from dataclasses import dataclass

from nova.privacy import lexicon
from nova.privacy.lexicon import words
from nova.privacy.places import cues
from nova.privacy.places.around import ends_cell, opened
from nova.privacy.places.house import House, weight_of
from nova.privacy.tokens import Line, Word

GLUED, ROADS = re.compile(r"\d+[a-z]?\Z"), frozenset("ablke")
SENTENCE, INFLECTED = ".!?", ("n", "en", "s", "es")
MOST_NAMES, SHORTEST_GLUED, SHORTEST_NAME = 2, 3, 5


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


def street_of(line: Line, house: House) -> Street:
    """The best reading of the words up to the number as a street."""
    word = line.words[house.last]
    low = GLUED.sub("", word.lower) if house.begin >= word.end else line.text[word.start : house.begin].lower().rstrip("-")
    if not low.strip("-'").replace("-", "").replace("'", "").isalpha() or (len(low) == 1 and low in ROADS):
        return Street(house.last, -cues.COUNTED)
    last = house.last
    short = cues.CUT.search(low) if line.gap_after(last).startswith(".") else None
    preposed = _preposed(line, last, low, ends_cell(line.text, house.end))
    farm = _named_first(line, last, low)
    readings = [_ended(line, last, low), _of(line, last), preposed, farm]
    readings += [Street(last, cues.ENDS)] if short and not word.ordinary else []
    best = max(readings, key=lambda one: (one.weight, -one.first))
    if preposed.first < best.first and preposed.weight >= cues.PREPOSED_SURELY and line.words[preposed.first].capital:
        best = Street(preposed.first, best.weight, best.named)
    elif farm.first < best.first and farm.weight > 0:
        best = Street(farm.first, best.weight, best.named)
    sure = best.weight >= cues.ENDS_SURELY or (house.cell and best.weight >= cues.ENDS)
    return Street(best.first, best.weight - _doubts(line, house, low, best) + weight_of(line, house, sure))


def _doubts(line: Line, house: House, low: str, best: Street) -> float:
    """What speaks against a reading: a noun that bears numbers of its own, an ordinary word, small letters."""
    word, posted = line.words[house.last], bool(cues.POSTCODE.match(line.text, house.end))
    sure = bool(cues.SURE_ENDING.search(low))
    glued = house.begin < word.end
    doubts = cues.COUNTED if glued and (len(low) < SHORTEST_GLUED or best.weight < cues.ENDS) else 0.0
    if best.weight < cues.ENDS_SURELY and (cues.COUNTERS.search(low) or _of_a_thing(line, best.first)):
        doubts += cues.COUNTED
    land = bool(cues.ENDING.fullmatch(low) or low in cues.LAND) and low not in cues.NO_LAND
    if _short(line, word):
        doubts += cues.COUNTED
    elif bears_numbers(low) and best.weight < cues.ENDS and not (best.named and (land or low in cues.SIDES)):
        led = line.lower(house.last - 1) in cues.PREPOSITIONS | cues.ARTICLES
        at_land = land and low not in cues.NO_HOME and best.weight >= cues.ENDS_PERHAPS and (led or low in cues.LONE)
        doubts += cues.LAND_POSTED if posted and land else cues.ORDINARY if at_land else cues.COUNTED
    elif bears_numbers(low) and sure and best.first == house.last:
        doubts += cues.ROAD
    elif posted and (word.capital or line.writing != "usual"):
        pass
    elif not best.named and best.weight <= cues.ENDS and _bare(line, house.last, best.first) and cues.COMMON.search(low):
        doubts += cues.COUNTED
    elif word.ordinary and not best.named and best.weight < cues.LONE_NAMED and not ("-" in low and best.weight >= cues.ENDS) and not sure:
        preposed = best.first < house.last and best.weight >= cues.PREPOSED_SURELY
        doubts += cues.ORDINARY_PREPOSED if preposed else cues.ORDINARY_ENDS if best.weight >= cues.ENDS else cues.ORDINARY
    elif word.place and best.first == house.last and cues.PLAIN < best.weight < cues.ENDS_SURELY and not house.named:
        doubts += best.weight - cues.PLAIN
    if word.place and best.weight <= cues.PLAIN and line.lower(best.first - 1) in cues.TOWNWARD:
        doubts += cues.IN_TOWN
    if "\n" in line.text[word.end : house.begin] and best.weight < cues.PREPOSED_SURELY and not house.named:
        doubts += cues.COUNTED
    if line.writing == "usual" and not word.capital:
        doubts += cues.SMALL if sure else cues.COUNTED
    return doubts


def _bare(line: Line, last: int, first: int) -> bool:
    """Whether a street is one word, alone or behind a preposition."""
    return first == last or line.lower(first) in cues.PREPOSITIONS


def _short(line: Line, word: Word) -> bool:
    """Whether a word is an abbreviation in capitals ("KW", "EH", "SLS")."""
    most = SHORTEST_NAME if line.writing == "usual" else SHORTEST_GLUED
    return word.text.isupper() and len(word.text) < most and word.lower not in cues.LONE


def _ended(line: Line, last: int, low: str) -> Street:
    """A street by its ending, with what belongs before it ("Bremer Heerstraße", "Lange Str.")."""
    if low in cues.LONE:
        return _lone(line, last, low)
    weight = _ending_weight(low)
    first = last
    while first and last - first < 2 and _joined(line, first) and _adjective(line, first - 1):
        first -= 1
    if first and first == last and weight >= cues.ENDS and _joined(line, first) and _town(line, first - 1):
        first -= 1
    while first and last - first < 4 and line.words[first].gap in (".-", ".- ") and line.words[first - 1].capital:
        first -= 1
    return Street(first, weight)


def _ending_weight(low: str) -> float:
    """What the end of a word says for a street."""
    if cues.SURE_ENDING.search(low) or (low.count("-") > 1 and low.rsplit("-", 1)[-1] in cues.LONE):
        return cues.ENDS_SURELY
    ends = cues.ENDING.search(low)
    if not bears_numbers(low) and ends and len(low) > len(ends.group()) + 1:
        return cues.ENDS
    if ends and low == ends.group() and not bears_numbers(low):
        return cues.ENDS_PERHAPS
    perhaps = cues.PERHAPS_ENDING.search(low)
    return cues.ENDS_PERHAPS if perhaps and len(low) > len(perhaps.group()) + 2 else cues.PLAIN


def _named_first(line: Line, last: int, low: str) -> Street:
    """ "Via Lavizzari", "Rue de la Gare", "Gut Rixdorf", "Klein Rönnau": the word for a street, a farm or a village comes first."""
    best = Street(last, 0.0)
    for back in range(1, 5):
        index = last - back
        if index < 0 or not _joined(line, index + 1):
            break
        capital = line.words[index].capital or line.writing != "usual"
        if line.lower(index) in cues.ABROAD and (capital or line.lower(index).startswith("ul")):
            return Street(index, cues.ENDS)
        named = (line.words[last].capital or line.writing != "usual") and not line.words[last].ordinary and not bears_numbers(low)
        if back < 3 and line.lower(index) in cues.ESTATES and capital and line.words[last].capital:
            side = low in cues.SIDES
            best = Street(index, cues.ESTATE if named or side else cues.ENDS_PERHAPS, side)
        if back == 1 and capital and named and line.lower(index) in cues.VILLAGES and best.weight < cues.VILLAGE:
            best = Street(index, cues.VILLAGE)
    return best


def _lone(line: Line, last: int, low: str) -> Street:
    """ "Straße", "Weg", "Platz" as a word of its own, with the name before it."""
    sure = bool(cues.SURE_ENDING.search(low))
    first = last
    while first and last - first <= MOST_NAMES and _joined(line, first):
        before = line.words[first - 1]
        further = first < last and ("\n" in line.words[first].gap or not (_extends(before) and _extends(line.words[first], True)))
        if not _names_a_street(line, before) or further:
            break
        first -= 1
    if first == last:
        bare = cues.LONE_BARE if low in cues.NO_HOME else cues.ENDS_PERHAPS
        return Street(last, cues.ENDS_SURELY - cues.ORDINARY if sure else bare)
    return Street(first, cues.ENDS_SURELY if sure else cues.LONE_NAMED)


def _names_a_street(line: Line, word: Word) -> bool:
    """Whether a word may stand before "Straße" as its name."""
    if word.lower in cues.PREPOSITIONS | cues.ARTICLES or not word.letters or not (word.capital or line.writing != "usual"):
        return False
    return not word.ordinary or word.given or bool(cues.ADJECTIVES.match(word.lower) or cues.TOWN.match(word.lower))


def _extends(word: Word, second: bool = False) -> bool:
    """Whether a word may stand before the name of a street: an adjective, or a person's first name before the surname."""
    adjective = bool(cues.ADJECTIVES.match(word.lower))
    if second:
        return adjective or word.surname or word.capital or not word.ordinary
    return adjective or (word.given and len(word.text) > 2)


def _adjective(line: Line, index: int) -> bool:
    """Whether a word is an adjective of streets; in usual writing with its capital ("Kl.", "Neue")."""
    return bool(cues.ADJECTIVES.match(line.lower(index))) and (line.words[index].capital or line.writing != "usual")


def _town(line: Line, index: int) -> bool:
    """Whether a word is made from a town's name ("Bremer")."""
    word = line.words[index]
    return (
        bool(cues.TOWN.match(word.lower))
        and word.capital
        and (not word.ordinary or any(word.lower[:-cut] in lexicon.places() for cut in (1, 2)))
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
            surely = line.writing == "usual" or line.lower(index + 1) in ("der", "des", "d")
            return Street(index, cues.OF_SOMETHING if surely else cues.ENDS)
    return Street(last, 0.0)


def _preposed(line: Line, last: int, low: str, closed: bool) -> Street:
    """ "An der Bleiche", "Im Sundern", "Zur Alten Ziegelei": a capital within a sentence tells that this is a name."""
    first = last
    while first and last - first < 2 and _joined(line, first) and _adjective(line, first - 1):
        first -= 1
    adjective = first < last
    if first and _joined(line, first) and line.lower(first - 1) in cues.ARTICLES:
        first -= 1
    if not first or not _joined(line, first) or line.lower(first - 1) not in cues.PREPOSITIONS:
        return _with_adjective(line, last, low) if adjective or _of_a_town(line, last) else Street(last, 0.0)
    start = first - 1
    ends = bool(cues.ENDING.search(low) or cues.SURE_ENDING.search(low)) or adjective
    plain = line.words[last].ordinary or bears_numbers(low)
    alone = closed and opened(line, line.words[start].start) and (not plain or (ends and not bears_numbers(low)))
    told = alone or (first < last and not plain) or not _begins(line, start) or line.lower(start) in cues.DIALECT
    capital = line.words[start].capital and line.writing == "usual" and told
    weight = cues.PREPOSED + (cues.CAPITAL_PREPOSED if capital else 0.0) + (cues.PLAIN if ends else 0.0)
    if line.writing == "usual" and not line.words[start].capital:
        inner = next((at for at in range(start + 1, last + 1) if line.words[at].capital), last)
        return Street(inner, weight - cues.PREPOSED + cues.PLAIN, adjective)
    return Street(start, weight + (cues.PLAIN if line.writing != "usual" else 0.0), adjective)


def _of_a_town(line: Line, last: int) -> bool:
    """Whether a town's adjective stands before ("Eppendorfer Baum")."""
    return last > 0 and _joined(line, last) and _town(line, last - 1)


def _with_adjective(line: Line, last: int, low: str) -> Street:
    """ "Neuer Markt", "Steinerne Furt", "Eppendorfer Baum": an adjective with a capital, which a sentence's first word has anyway."""
    before, word = line.words[last - 1], line.words[last]
    if line.writing != "usual":
        return Street(last - 1, cues.ADJECTIVE_ANYHOW, True)
    if not (word.capital and before.capital):
        return Street(last, 0.0)
    inside = bool(cues.ADJECTIVES.match(before.lower)) and (
        not (_begins(line, last - 1) or set(before.gap) & set(":\n")) or bool(cues.ENDING.search(low))
    )
    if inside and (not word.ordinary or (cues.ENDING.search(low) and not bears_numbers(low))):
        return Street(last - 1, cues.LONE_NAMED, True)
    return Street(last - 1, cues.ADJECTIVE_FIRST if word.ordinary and not cues.ENDING.search(low) else cues.ADJECTIVE_NAMED, True)


def _of_a_thing(line: Line, first: int) -> bool:
    """Whether a word right before says that this is the name of a thing ("Tarif Lindenhof 12")."""
    return first > 0 and line.words[first].gap.strip(' "') == "" and bool(cues.THINGS.match(line.lower(first - 1)))


def _begins(line: Line, index: int) -> bool:
    """Whether a sentence begins with this word."""
    return index == 0 or any(sign in line.words[index].gap for sign in SENTENCE)


def _joined(line: Line, index: int, dotted: bool = False) -> bool:
    """Whether only blanks (or the point of a short form) stand before the word at `index`."""
    gap = line.words[index].gap
    return gap.strip(" \n-") == "" or (gap.strip(" -") == "." and (dotted or len(line.words[index - 1].text) <= 4))
