"""Words of a text in, possible names out by the spot where they stand: signatures of notes, lists of tenants, corrections, couples."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nova.privacy.lexicon import words
from nova.privacy.names.reach import name_end, near, run_end, skip_titles
from nova.privacy.tokens import Line, Word

UNKNOWN, LIKELY, SURELY = 0.6, 1.0, 1.4
LONGEST = 16
FLOOR = re.compile(
    r"(?<!\w)(?:EG|OG|DG|UG|Souterrain|Hinterhaus|Vorderhaus|WE ?\d{1,3}|Whg\.? ?\d{1,3})"
    r"(?:[ ,]{1,2}(?:links|rechts|mitte|li\.?|re\.?|mi\.?|vorne|hinten))?(?: ?[:=(-]|) ",
    re.IGNORECASE,
)
CORRECTED = re.compile(
    r"\b(?:nicht|statt|kein|sondern|richtig|korrekt|eigentlich|früher|jetzt|vormals|ehemals|neuer name|alter name|"
    r"künftig|vorher|bisher|zuvor|dazwischen|danach)[: ]{1,2}|= ",
    re.IGNORECASE,
)
SPELLING = re.compile(
    r"\bnam(?:e|en)\b|\bhei(?:ß|ss)|korrig|korrekt|schreib|geschrieben|buchstab|falsch|umlaut|akzent|"
    r"\bmit [a-zäöüß]{1,3}\b(?! ?\d)|verheirat|geheirat|"
    r"heirat|hochzeit|eheschlie|geboren|k\.?-?nr|kundennummer",
    re.IGNORECASE,
)
MACHINE_READ = re.compile(r"(?<![^\W_])([^\W\d_]{2,30}(?:<[^\W\d_]{2,30}){0,2})<<([^\W\d_]{2,30}(?:<[^\W\d_]{2,30}){0,2})(?![^\W_])")
AND = ("und", "u", "and", "sowie", "plus")
TOGETHER = words("names/together")
NOTE_END = re.compile(r"[,.;:!?/|·\n-] ?-?\Z|- \Z")
THE = words("names/small_leads")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words `first` to `end` (exclusive) may be a name; `weight` says how much speaks for it."""

    first: int
    end: int
    weight: float


def longest(word: Word) -> int:
    """The letters of its longest part; long words are made of others and no names."""
    return max(len(part) for part in word.text.split("-"))


def unusual(word: Word) -> bool:
    """Whether a capital, and no list of words or places, knows this word."""
    return (
        word.capital
        and not word.compound
        and word.letters
        and len(word.text) > 2
        and longest(word) < LONGEST
        and word.lower not in words("roles")
        and not (word.ordinary or word.place or word.text.isupper())
    )


def called(word: Word) -> bool:
    """Whether people are called so, and little else is."""
    return unusual(word) and (word.surname or word.given)


def slotted(line: Line, first: int, end: int) -> bool:
    """Whether signs part these words from the rest on both sides, as in an apposition, a list or a heading."""
    before = first == 0 or bool(re.search(r"[,;:(\n*|/·•]|[.!?] |- ", line.words[first].gap))
    after = line.gap_after(end - 1)
    return before and (end == len(line.words) or bool(re.match(r" ?[,;)\n*|/·•]|[.!?](?: |\Z)| ?- | \(", after)))


def signed_notes(line: Line) -> Iterator[Spot]:
    """A single name at the very end of a note ("..., Hellwig")."""
    last = len(line.words) - 1
    if last < 3 or line.writing != "usual" or line.text[line.words[last].end :].strip(" .!)\n") != "":
        return
    for first in (last, last - 1):
        told = line.words[first : last + 1]
        if NOTE_END.search(told[0].gap) and all(map(unusual, told)) and _signs(told) and not _of_a_list(line, last):
            yield Spot(first, last + 1, LIKELY)


def _signs(told: Sequence[Word]) -> bool:
    """Whether people are called so, or two words stand behind the end of a sentence."""
    return called(told[0]) or (len(told) > 1 and told[0].gap[:1] in ".!?")


def _of_a_list(line: Line, last: int) -> bool:
    """Whether one of the three words before is a name between commas, too."""
    return any(unusual(line.words[at]) and line.words[at].gap == ", " for at in range(max(1, last - 3), last))


def tenants(line: Line) -> Iterator[Spot]:
    """Who lives on which floor ("EG links Aydemir, 1. OG Popp")."""
    starts = [word.start for word in line.words]
    for match in FLOOR.finditer(line.text):
        first = skip_titles(line, bisect_left(starts, match.end()))
        if first < len(line.words) and starts[first] - match.end() < 6 and unusual(line.words[first]):
            yield Spot(first, name_end(line, first, sure=False), LIKELY)


def corrected(line: Line) -> Iterator[Spot]:
    """A name set right ("nicht Runau, sondern Ruhnau"), where the text speaks of names or of writing them."""
    if not SPELLING.search(line.text):
        return
    starts = [word.start for word in line.words]
    for match in CORRECTED.finditer(line.text):
        first = bisect_left(starts, match.end())
        if first < len(line.words) and starts[first] == match.end() and unusual(line.words[first]):
            end = name_end(line, first, sure=False)
            if end > first and _set_right(line, end):
                yield Spot(first, end, LIKELY)


def _set_right(line: Line, end: int) -> bool:
    """Whether a clause ends behind a name, or the other spelling follows."""
    return line.gap_after(end - 1)[:1] in (",", ".", "!", "?", ")", "", "\n", ";") or line.lower(end) in ("sondern", "statt", "mit", "und")


def machine_read(line: Line) -> Iterator[Spot]:
    """Surname and first names in the lines that machines read on cards ("MUSTER<<ERIKA")."""
    starts = [word.start for word in line.words]
    for match in MACHINE_READ.finditer(line.text):
        first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        for at in range(first, end):
            yield Spot(at, at + 1, SURELY)


def together(line: Line) -> Iterator[Spot]:
    """ "Eirini und ich", "Ute & Bernd Kaltwasser", "mein Mann und Ute": people named beside people."""
    for index, (word, following) in enumerate(pairwise(line.words)):
        if _and_mine(line, index + 1) and unusual(word) and (word.given or word.surname or index == 0):
            yield Spot(index, index + 1, LIKELY)
        both = following.gap.strip() in ("&", "+", "/") and _plainly_given(word) and _plainly_given(following)
        if both and line.large(word):
            yield Spot(index, index + 1, SURELY)
            yield Spot(index + 1, max(name_end(line, index + 1, sure=False), index + 2), SURELY)


def _and_mine(line: Line, index: int) -> bool:
    """Whether "und ich", "und meine" and the like stand here."""
    return line.lower(index) in AND and line.lower(index + 1) in TOGETHER and near(line, index) and near(line, index + 1)


def _plainly_given(word: Word) -> bool:
    return word.given and not word.weak


def owning(line: Line) -> Iterator[Spot]:
    """A first name in the genitive before a thing ("Wolfgangs Zähler")."""
    for index, (word, after) in enumerate(pairwise(line.words)):
        genitive = len(word.text) > 4 and word.lower.endswith(("s", "'", "\u2019")) and near(line, index + 1)
        owns = (genitive and line.writing == "usual" and _a_thing(after)) or after.gap[:2] in ("' ", "\u2019 ")
        if owns and word.given and unusual(word):
            yield Spot(index, index + 1, SURELY)


def _a_thing(word: Word) -> bool:
    """Whether an ordinary word with a capital."""
    return word.capital and word.ordinary and not word.text.isupper()


def surname_first(line: Line) -> Iterator[Spot]:
    """A surname right before one or two first names ("Nagy Zsuzsanna", "Tran Thi Hoa")."""
    if line.writing != "usual":
        return
    for index, (word, following) in enumerate(pairwise(line.words)):
        if not (unusual(word) and word.surname) or word.given or following.weak or "\n" in following.gap:
            continue
        end = run_end(line, index + 1, 2, lambda one: one.given and one.capital)
        if end > index + 1 and name_end(line, end - 1, sure=False) == end:
            yield Spot(index, end, SURELY)


def small_given(line: Line) -> Iterator[Spot]:
    """A first name in a chat of small letters, where an article or a word of kinship leads to it ("die uschi")."""
    if line.writing != "small":
        return
    for index, word in enumerate(line.words):
        before = line.lower(index - 1)
        led = before in THE or before in words("roles") or before in CONTACT
        if led and near(line, index) and _plainly_given(word) and len(word.text) > 3:
            yield Spot(index, name_end(line, index, sure=False) or index + 1, LIKELY)


def small_signed(line: Line) -> Iterator[Spot]:
    """A first name at the very end of a text of small letters ("..., jens")."""
    last = len(line.words) - 1
    if line.writing == "small" and last > 2 and line.gap_after(last).strip(" .!)\n") == "":
        word = line.words[last]
        if NOTE_END.search(word.gap) and _plainly_given(word) and len(word.text) > 2:
            yield Spot(last, last + 1, LIKELY)


HEISST = words("names/bears")
CALLED = words("names/who_bears")
FILLING = words("names/bears_filling")
LIVES = words("names/lives")


def heisst(line: Line) -> Iterator[Spot]:
    """ "Der Monteur hieß Pawlik oder Pavlic", "sie heißt jetzt Lohse"."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower not in HEISST or not _bears(line, index):
            continue
        first = index + 1
        while first < len(line.words) - 1 and line.lower(first) in FILLING and near(line, first):
            first += 1
        yield from _alternatives(line, first, index + 8)


def _bears(line: Line, index: int) -> bool:
    """Whether the words before say who is called something."""
    before = line.lower(index - 1)
    return before in CALLED or before in words("roles") or line.lower(index - 2) in words("roles")


def _alternatives(line: Line, first: int, most: int) -> Iterator[Spot]:
    """A name, and what else it may be ("Pawlik oder Pavlic"); none begins at `most` or behind it."""
    while first < min(len(line.words), most) and unusual(line.words[first]):
        end = max(name_end(line, first, sure=False), first + 1)
        yield Spot(first, end, LIKELY)
        if line.lower(end) not in ("oder", "und", "bzw"):
            return
        first = end + 1


HELLO = words("names/hello")
CONTACT = words("names/contact_with")


def contacted(line: Line) -> Iterator[Spot]:
    """ "Rückruf al-Khatib", "Telefonat mit Ahlers": a single unknown word behind what is done with people."""
    for index, word in enumerate(line.words[1:], 1):
        if not _leads_to_person(line, index) or not unusual(word) or word.gap.strip(" .:"):
            continue
        if called(word) or line.gap_after(index)[:1] in (",", ".", ";", ":", "", "\n", "("):
            yield Spot(index, max(name_end(line, index, sure=False), index + 1), LIKELY)


def _leads_to_person(line: Line, index: int) -> bool:
    """Whether the words before are done with people, or say in a greeting who is here."""
    before, further = line.lower(index - 1), line.lower(index - 2)
    here = before == "hier" and (index == 1 or further in HELLO)
    return here or before in words("contacts") or (before in CONTACT and further in words("contacts"))


def living(line: Line) -> Iterator[Spot]:
    """Who does what only people do ("Ayşegül zahlt, Can wohnt drin"), at the beginning of a clause."""
    for index, word in enumerate(line.words[:-1]):
        begins = index == 0 or line.words[index].gap[:1] in (",", ";", ".", ":", "\n")
        if begins and unusual(word) and line.lower(index + 1) in LIVES and near(line, index + 1) and line.writing == "usual":
            yield Spot(index, index + 1, LIKELY)


def paired(line: Line) -> Iterator[Spot]:
    """ "Ngozi und Emeka Okonkwo": a first name, and one with a surname behind."""
    for index, (word, other) in enumerate(zip(line.words, line.words[2:], strict=False)):
        beside = line.lower(index + 1) in AND and near(line, index + 1) and near(line, index + 2)
        if beside and _plainly_given(word) and unusual(word) and unusual(other):
            end = max(name_end(line, index + 2, sure=False), index + 3)
            yield Spot(index, index + 1, SURELY)
            yield Spot(index + 2, run_end(line, end, index + 5 - end, unusual), SURELY)


def entries(line: Line) -> Iterator[Spot]:
    """Lists of "Surname, First name" between semicolons or lines, when one of them holds a known first name."""
    found: list[Spot] = []
    for index, (word, following) in enumerate(pairwise(line.words)):
        opened = index == 0 or word.gap.rstrip(" ")[-1:] in (";", ":", "\n", "|", "•")
        if not opened or following.gap != ", " or not _name_like(word) or not _name_like(following):
            continue
        end = run_end(line, index + 2, 2, _goes_on)
        if line.gap_after(end - 1)[:1] in (";", "\n", "", "|", "."):
            found.append(Spot(index, end, SURELY))
    if len(found) > 1 and any(word.given for one in found for word in line.words[one.first + 1 : one.end]):
        yield from found


def _name_like(word: Word) -> bool:
    return word.capital and word.letters and not word.ordinary and not word.text.isupper()


def _goes_on(word: Word) -> bool:
    """Whether a word may be one more first name on the same line."""
    return "\n" not in word.gap and _name_like(word)


def shouted(line: Line) -> Iterator[Spot]:
    """Two or three words in capitals, a first name among the first, in a text of capitals."""
    if line.writing != "capitals":
        return
    for index, word in enumerate(line.words[:-1]):
        begins = not near(line, index) or line.words[index - 1].ordinary
        end = run_end(line, index + 1, 3, _shouted_name) if begins and _plainly_given(word) else index
        if end > index + 1:
            yield Spot(index, end, SURELY)


def _shouted_name(word: Word) -> bool:
    """Whether a word in capitals may go on with a name."""
    return word.letters and not word.ordinary and not word.place and len(word.text) > 2


SPOTS = (
    heisst,
    living,
    contacted,
    paired,
    entries,
    shouted,
    signed_notes,
    tenants,
    corrected,
    machine_read,
    together,
    owning,
    surname_first,
    small_given,
    small_signed,
)
