"""A line and where an address may stand in it in, what stands around says out: homes, cells, people, postcodes, floors, siblings."""

import re
from collections.abc import Iterator

from nova.privacy.places import cues
from nova.privacy.tokens import Line, Word

WINDOW, BEHIND, MOST_NAME_WORDS, LONGEST_JOIN = 64, 64, 4, 24
OPENS = frozenset("\n,;|/(\"'·:*•>&=?!)-+→")
CLOSES = frozenset("\n,;|/)\"'·:&=?!-→(+")
APART = frozenset("\n,;|/(·:")
JOINED = re.compile(
    r"[ \"]*(?:,|;|/|\||\+|&|->|=>|→|·|\n[-*•·]?|\n?\d{1,2}[.)])?[ \"]*(?:und|u\.|sowie|bzw\.?|oder|nach|statt|in(?: die| den| der)?|"
    r"nicht|sondern|neu:?|alt:?|"
    r"jetzt:?|zu[rm]?|auch|dann|an|bei|von|vor|danach|später|früher|vorher|nun|im|bis|ab|die|der|das)?[ :\"]*(?:im|in|die|der|den|"
    r"nach)?[ \"]*\Z"
)


def closed(line: Line, end: int, following: int) -> bool:
    """Whether nothing that a number could count stands behind it: a sign, the end, or (in usual writing) a small letter's word."""
    rest = line.text[end : end + 3].lstrip(" ")
    if ends_cell(line.text, end):
        return True
    if line.writing == "usual":
        return rest[0].islower()
    return following < len(line.words) and line.words[following].lower in cues.FUNCTION


def ends_cell(text: str, end: int) -> bool:
    """Whether a sign or the end stands behind."""
    rest = text[end : end + 3].lstrip(" ")
    return not rest or rest[0] in CLOSES or rest[0] == "."


def opened(line: Line, start: int) -> bool:
    """Whether a sign, a line's end or the beginning stands before."""
    before = line.text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in OPENS or line.text[max(0, start - 2) : start] == "  "


def weight_around(line: Line, first: int, end: int, following: int) -> float:
    """What stands around words `first` and up to the character `end` says for (above 0) or against a home."""
    text, start = line.text, line.words[first].start
    before = text[max(0, start - WINDOW) : start].lower()
    behind = text[end : end + BEHIND].lower()
    floored = bool(cues.FLOOR.match(behind))
    person = _person(line, first, not text[end : end + 2].strip(" ."))
    *_, second, most = sorted((0.0, person, *_told(before), *_lived_in(before, behind, floored)))
    weight = most + second / 2
    if (weight >= cues.LED or opened(line, start)) and (floored or closed(line, end, following)):
        weight += cues.WHOLE
    if cues.OFFICE.search(before + text[start:end].lower() + behind[: BEHIND // 2]):
        weight -= cues.COUNTED
    if cues.LISTED_BEFORE.search(before) or cues.LISTED_BEHIND.match(behind):
        weight += cues.LISTED
    posted = cues.POSTCODE.match(text, end) or cues.POSTCODE_BEFORE.search(text, max(0, start - WINDOW), start)
    return weight + (cues.POSTED if posted else 0.0)


def _lived_in(before: str, behind: str, floored: bool) -> Iterator[float]:
    """What a floor, the lack of power or of a street's name, and what one does at home say for a home."""
    if floored or cues.FLOOR_BEFORE.search(before):
        yield cues.FLOORED
    if cues.DARK.match(behind):
        yield cues.LIVED_FAR
    if cues.AFTER.match(behind) or cues.STREETLESS.search(before + behind):
        yield cues.LIVED_IN


def _told(before: str) -> Iterator[float]:
    """What the words before say: a home right before, an errand at a home right before, a preposition, either of them further off."""
    if cues.NEAR_HOME.search(before) or cues.ANSWERED.search(before):
        yield cues.LIVED_IN
        return
    if cues.NEAR_ERRAND.search(before):
        yield cues.ERRAND
    elif cues.NEAR_LEAD.search(before):
        yield cues.LED
    if cues.HOME.search(before):
        yield cues.LIVED_FAR


def _person(line: Line, first: int, last: bool) -> float:
    """What a cell before that names somebody says ("Mehmet Yildirim, ", "Meine Oma, "); more where the address is the `last` of a line."""
    if not first or not set(line.words[first].gap) & APART:
        return 0.0
    cell = _cell_before(line, first)
    surely = any(word.lower in cues.PEOPLE or (word.given and not word.weak) for word in cell)
    if surely and last:
        return cues.PERSON_SIGNS
    return cues.PERSON_BEFORE if surely or any(_plain_surname(word) for word in cell) else 0.0


def _cell_before(line: Line, first: int) -> list[Word]:
    """The few words of the cell before, from its end back to the first that cannot be of a name."""
    cell: list[Word] = []
    for word in line.words[max(0, first - MOST_NAME_WORDS) : first][::-1]:
        cell.append(word)
        small = not line.large(word) and word.lower not in cues.PEOPLE
        if not word.letters or small or set(word.gap) & APART:
            break
    return cell


def _plain_surname(word: Word) -> bool:
    """Whether people are called so, and no place or thing is."""
    return word.surname and not word.ordinary and not word.place


def siblings(text: str, end: int, start: int) -> bool:
    """Whether only a comma, "und", "nach" or a line's end parts an address that ends at `end` from one that begins at `start`."""
    between = text[end:start] if end <= start <= end + LONGEST_JOIN else ""
    return between != "" and (between.strip() != "" or "\n" in between) and bool(JOINED.match(between.lower()))
