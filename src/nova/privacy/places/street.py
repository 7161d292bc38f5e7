"""A house number in a line in, the best reading of the words before it as a street out, with what speaks for it."""

import re
from dataclasses import replace

from nova.privacy import lexicon
from nova.privacy.places import cues
from nova.privacy.places.around import ends_cell, opened
from nova.privacy.places.doubts import Street, bears_numbers, doubts
from nova.privacy.places.house import House, weight_of
from nova.privacy.tokens import Line, Word

GLUED, ROADS = re.compile(r"\d+[a-z]?\Z"), frozenset("ablke")
SENTENCE, MOST_NAMES = ".!?", 2


def street_of(line: Line, house: House) -> Street:
    """The best reading of the words up to the number as a street."""
    last, low = house.last, _low(line, house)
    if not low.replace("-", "").replace("'", "").isalpha() or (len(low) == 1 and low in ROADS):
        return Street(last, -cues.COUNTED)
    preposed = _preposed(line, last, low, ends_cell(line.text, house.end))
    farm = _named_first(line, last, low)
    readings = [_ended(line, last, low), _of(line, last), preposed, farm]
    if line.gap_after(last).startswith(".") and cues.CUT.search(low) and not line.words[last].ordinary:
        readings.append(Street(last, cues.ENDS))
    best = max(readings, key=lambda one: (one.weight, -one.first))
    if preposed.first < best.first and preposed.weight >= cues.PREPOSED_SURELY and line.words[preposed.first].capital:
        best = replace(best, first=preposed.first)
    elif farm.first < best.first and farm.weight > 0:
        best = replace(best, first=farm.first)
    sure = best.weight >= (cues.ENDS if house.cell else cues.ENDS_SURELY)
    return Street(best.first, best.weight - doubts(line, house, low, best) + weight_of(line, house, sure))


def _low(line: Line, house: House) -> str:
    """The word before a number in small letters, without a number that is written together with it."""
    word = line.words[house.last]
    return GLUED.sub("", word.lower) if house.begin >= word.end else line.text[word.start : house.begin].lower().rstrip("-")


def _ended(line: Line, last: int, low: str) -> Street:
    """A street by its ending, with what belongs before it ("Bremer Heerstraße", "Lange Str.")."""
    if low in cues.LONE:
        return _lone(line, last, low)
    weight = _ending_weight(low)
    first = _behind_adjectives(line, last)
    if first == last and weight >= cues.ENDS and _of_a_town(line, last):
        first -= 1
    while first and last - first < 4 and line.words[first].gap in (".-", ".- ") and line.words[first - 1].capital:
        first -= 1
    return Street(first, weight)


def _behind_adjectives(line: Line, last: int) -> int:
    """Where a name begins with the one or two adjectives before its last word."""
    first = last
    while last - first < 2 and _joined(line, first) and _adjective(line, first - 1):
        first -= 1
    return first


def _ending_weight(low: str) -> float:
    """What the end of a word says for a street."""
    if cues.SURE_ENDING.search(low) or (low.count("-") > 1 and low.rsplit("-", 1)[-1] in cues.LONE):
        return cues.ENDS_SURELY
    ends = cues.ENDING.search(low)
    if ends and not bears_numbers(low) and len(low) != len(ends.group()) + 1:
        return cues.ENDS_PERHAPS if low == ends.group() else cues.ENDS
    perhaps = cues.PERHAPS_ENDING.search(low)
    return cues.ENDS_PERHAPS if perhaps and len(low) > len(perhaps.group()) + 2 else cues.PLAIN


def _named_first(line: Line, last: int, low: str) -> Street:
    """ "Via Lavizzari", "Rue de la Gare", "Gut Rixdorf", "Klein Rönnau": the word for a street, a farm or a village comes first."""
    best = Street(last, 0.0)
    for index in range(last - 1, last - 5, -1):
        if not _joined(line, index + 1):
            break
        if _abroad(line, index):
            return Street(index, cues.ENDS)
        if last - index < 3 and line.lower(index) in cues.ESTATES:
            best = _estate(line, index, last, low) or best
        if index == last - 1 and best.weight < cues.VILLAGE and _village(line, index, low):
            best = Street(index, cues.VILLAGE)
    return best


def _abroad(line: Line, index: int) -> bool:
    """Whether a word for a street in another language stands here, with a capital where others have it."""
    low = line.lower(index)
    return low in cues.ABROAD and (line.large(line.words[index]) or low.startswith("ul"))


def _estate(line: Line, index: int, last: int, low: str) -> Street | None:
    """An estate from its word on; None where capitals are missing."""
    if not line.large(line.words[index]) or not line.words[last].capital:
        return None
    side = low in cues.SIDES
    return Street(index, cues.ESTATE if side or _is_name(line, last, low) else cues.ENDS_PERHAPS, side)


def _village(line: Line, index: int, low: str) -> bool:
    """Whether the first word of a village's name stands here, with the name behind."""
    return line.lower(index) in cues.VILLAGES and line.large(line.words[index]) and _is_name(line, index + 1, low)


def _is_name(line: Line, last: int, low: str) -> bool:
    """Whether a word can be the name of an estate or a village."""
    word = line.words[last]
    return line.large(word) and not word.ordinary and not bears_numbers(low)


def _lone(line: Line, last: int, low: str) -> Street:
    """ "Straße", "Weg", "Platz" as a word of its own, with the name before it."""
    sure = bool(cues.SURE_ENDING.search(low))
    first = last
    while last - first <= MOST_NAMES and _joined(line, first) and _belongs(line, first - 1, last):
        first -= 1
    if first < last:
        return Street(first, cues.ENDS_SURELY if sure else cues.LONE_NAMED)
    bare = cues.LONE_BARE if low in cues.NO_HOME else cues.ENDS_PERHAPS
    return Street(last, cues.ENDS_SURELY - cues.ORDINARY if sure else bare)


def _belongs(line: Line, index: int, last: int) -> bool:
    """Whether a word belongs to the name before "Straße"; a second one only as an adjective or a first name, on the same line."""
    word, following = line.words[index], line.words[index + 1]
    if index + 1 < last and ("\n" in following.gap or not _extends(word) or not _extends(following, True)):
        return False
    return _names_a_street(line, word)


def _names_a_street(line: Line, word: Word) -> bool:
    """Whether a word may stand before "Straße" as its name."""
    if word.lower in cues.PREPOSITIONS | cues.ARTICLES or not word.letters or not line.large(word):
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
    return bool(cues.ADJECTIVES.match(line.lower(index))) and line.large(line.words[index])


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
        if line.lower(index) in cues.LONE and line.lower(index + 1) in cues.OF and line.large(line.words[index]):
            surely = line.writing == "usual" or line.lower(index + 1) in ("der", "des", "d")
            return Street(index, cues.OF_SOMETHING if surely else cues.ENDS)
    return Street(last, 0.0)


def _preposed(line: Line, last: int, low: str, closed: bool) -> Street:
    """ "An der Bleiche", "Im Sundern", "Zur Alten Ziegelei": a capital within a sentence tells that this is a name."""
    first = _behind_adjectives(line, last)
    adjective = first < last
    if _joined(line, first) and line.lower(first - 1) in cues.ARTICLES:
        first -= 1
    if not _joined(line, first) or line.lower(first - 1) not in cues.PREPOSITIONS:
        return _with_adjective(line, last, low) if adjective or _of_a_town(line, last) else Street(last, 0.0)
    start, ends = first - 1, adjective or _ends(low)
    weight, ending = cues.PREPOSED, cues.PLAIN if ends else 0.0
    if line.writing != "usual":
        return Street(start, weight + ending + cues.PLAIN, adjective)
    if not line.words[start].capital:
        inner = next((at for at in range(first, last + 1) if line.words[at].capital), last)
        return Street(inner, weight + ending - cues.PREPOSED + cues.PLAIN, adjective)
    opens = closed and opened(line, line.words[start].start)
    if _within(line, start) or _told(line.words[last], low, opens, ends, first < last):
        weight += cues.CAPITAL_PREPOSED
    return Street(start, weight + ending, adjective)


def _told(word: Word, low: str, opens: bool, ends: bool, several: bool) -> bool:
    """Whether what stands behind a preposition is a name: no word that counts, and either unusual or with a street's end in a cell."""
    if bears_numbers(low):
        return False
    return (not word.ordinary and (opens or several)) or (opens and ends)


def _within(line: Line, start: int) -> bool:
    """Whether a preposition stands within a sentence, or seldom begins one."""
    return not _begins(line, start) or line.lower(start) in cues.DIALECT


def _ends(low: str) -> bool:
    """Whether a word ends as streets do."""
    return bool(cues.ENDING.search(low) or cues.SURE_ENDING.search(low))


def _of_a_town(line: Line, last: int) -> bool:
    """Whether a town's adjective stands before ("Eppendorfer Baum")."""
    return _joined(line, last) and _town(line, last - 1)


def _with_adjective(line: Line, last: int, low: str) -> Street:
    """ "Neuer Markt", "Steinerne Furt", "Eppendorfer Baum": an adjective with a capital, which a sentence's first word has anyway."""
    before, word = line.words[last - 1], line.words[last]
    if line.writing != "usual":
        return Street(last - 1, cues.ADJECTIVE_ANYHOW, True)
    if not (word.capital and before.capital):
        return Street(last, 0.0)
    ends = cues.ENDING.search(low) is not None
    named = not word.ordinary or (ends and not bears_numbers(low))
    if named and (ends or _inside(line, last - 1)) and cues.ADJECTIVES.match(before.lower):
        return Street(last - 1, cues.LONE_NAMED, True)
    return Street(last - 1, cues.ADJECTIVE_FIRST if word.ordinary and not ends else cues.ADJECTIVE_NAMED, True)


def _inside(line: Line, index: int) -> bool:
    """Whether a word stands within a sentence and a line, and behind no colon."""
    return not _begins(line, index) and not set(line.words[index].gap) & set(":\n")


def _begins(line: Line, index: int) -> bool:
    """Whether a sentence begins with this word."""
    return index == 0 or any(sign in line.words[index].gap for sign in SENTENCE)


def _joined(line: Line, index: int, dotted: bool = False) -> bool:
    """Whether only blanks (or the point of a short form) stand between the word at `index` and one before it."""
    if index < 1:
        return False
    gap = line.words[index].gap
    return gap.strip(" \n-") == "" or (gap.strip(" -") == "." and (dotted or len(line.words[index - 1].text) <= 4))
