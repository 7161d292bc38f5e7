"""Words of a text in, possible names out by the spot where they stand: signatures of notes, lists of tenants, corrections, couples."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from nova.privacy.lexicon import words
from nova.privacy.names.reach import name_end, near, skip_titles
from nova.privacy.tokens import Line, Word

LIKELY, SURELY = 1.0, 1.4
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
        word = line.words[first]
        if NOTE_END.search(word.gap) and all(unusual(one) for one in line.words[first : last + 1]):
            told = called(word) or (word.gap[:1] in ".!?" and unusual(word) and first < last)
            listed = sum(unusual(line.words[at]) and line.words[at].gap == ", " for at in range(max(1, last - 3), last)) > 0
            if told and not listed:
                yield Spot(first, last + 1, LIKELY)


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
            if end > first and (
                line.gap_after(end - 1)[:1] in (",", ".", "!", "?", ")", "", "\n", ";")
                or line.lower(end) in ("sondern", "statt", "mit", "und")
            ):
                yield Spot(first, end, LIKELY)


def machine_read(line: Line) -> Iterator[Spot]:
    """Surname and first names in the lines that machines read on cards ("MUSTER<<ERIKA")."""
    starts = [word.start for word in line.words]
    for match in MACHINE_READ.finditer(line.text):
        first, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        for at in range(first, end):
            yield Spot(at, at + 1, SURELY)


def together(line: Line) -> Iterator[Spot]:
    """ "Eirini und ich", "Ute & Bernd Kaltwasser", "mein Mann und Ute": people named beside people."""
    for index, word in enumerate(line.words[:-1]):
        gap = line.words[index + 1].gap
        beside = line.lower(index + 1) in AND and near(line, index + 1) and line.lower(index + 2) in TOGETHER and near(line, index + 2)
        if beside and unusual(word) and (word.given or word.surname or index == 0):
            yield Spot(index, index + 1, LIKELY)
        both = gap.strip() in ("&", "+", "/") and _plainly_given(word) and _plainly_given(line.words[index + 1])
        if both and (word.capital or line.writing != "usual"):
            yield Spot(index, index + 1, SURELY)
            yield Spot(index + 1, max(name_end(line, index + 1, sure=False), index + 2), SURELY)


def _plainly_given(word: Word) -> bool:
    return word.given and not word.weak


def owning(line: Line) -> Iterator[Spot]:
    """A first name in the genitive before a thing ("Wolfgangs Zähler")."""
    for index, word in enumerate(line.words[:-1]):
        after = line.words[index + 1]
        genitive = len(word.text) > 4 and word.lower.endswith(("s", "'", "\u2019")) and near(line, index + 1)
        thing = after.capital and after.ordinary and line.writing == "usual" and not after.text.isupper()
        if (genitive and thing and word.given and unusual(word)) or (after.gap[:2] in ("' ", "\u2019 ") and word.given and unusual(word)):
            yield Spot(index, index + 1, SURELY)


def surname_first(line: Line) -> Iterator[Spot]:
    """A surname right before one or two first names ("Nagy Zsuzsanna", "Tran Thi Hoa")."""
    if line.writing != "usual":
        return
    for index, word in enumerate(line.words[:-1]):
        if not (unusual(word) and word.surname) or "\n" in line.words[index + 1].gap:
            continue
        end = index + 1
        while end < min(len(line.words), index + 3) and near(line, end) and line.words[end].given and line.words[end].capital:
            end += 1
        if end > index + 1 and not line.words[index + 1].weak and not word.given and name_end(line, end - 1, sure=False) == end:
            yield Spot(index, end, SURELY)


def small_given(line: Line) -> Iterator[Spot]:
    """A first name in a chat of small letters, where an article or a word of kinship leads to it ("die uschi")."""
    if line.writing != "small":
        return
    for index, word in enumerate(line.words):
        before = line.lower(index - 1)
        led = before in THE or before in words("roles") or before in CONTACT
        if index and led and _plainly_given(word) and len(word.text) > 3 and near(line, index):
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
        told = line.lower(index - 1) in words("roles") or line.lower(index - 1) in CALLED or line.lower(index - 2) in words("roles")
        if word.lower not in HEISST or not told:
            continue
        first = index + 1
        while first < len(line.words) - 1 and line.lower(first) in FILLING and near(line, first):
            first += 1
        while first < len(line.words) and unusual(line.words[first]) and first - index < 8:
            end = max(name_end(line, first, sure=False), first + 1)
            yield Spot(first, end, LIKELY)
            first = end + 1 if line.lower(end) in ("oder", "und", "bzw") else len(line.words)


HELLO = words("names/hello")
CONTACT = words("names/contact_with")


def contacted(line: Line) -> Iterator[Spot]:
    """ "Rückruf al-Khatib", "Telefonat mit Ahlers": a single unknown word behind what is done with people."""
    for index in range(1, len(line.words)):
        lead = (
            (line.lower(index - 1) == "hier" and (index == 1 or line.lower(index - 2) in HELLO))
            or line.lower(index - 1) in words("contacts")
            or (line.lower(index - 1) in CONTACT and line.lower(index - 2) in words("contacts"))
        )
        word = line.words[index]
        if (
            lead
            and unusual(word)
            and word.gap.strip(" .:") == ""
            and (called(word) or line.gap_after(index)[:1] in (",", ".", ";", ":", "", "\n", "("))
        ):
            yield Spot(index, max(name_end(line, index, sure=False), index + 1), LIKELY)


def living(line: Line) -> Iterator[Spot]:
    """Who does what only people do ("Ayşegül zahlt, Can wohnt drin"), at the beginning of a clause."""
    for index, word in enumerate(line.words[:-1]):
        begins = index == 0 or line.words[index].gap[:1] in (",", ";", ".", ":", "\n")
        if begins and unusual(word) and line.lower(index + 1) in LIVES and near(line, index + 1) and line.writing == "usual":
            yield Spot(index, index + 1, LIKELY)


def paired(line: Line) -> Iterator[Spot]:
    """ "Ngozi und Emeka Okonkwo": a first name, and one with a surname behind."""
    for index, word in enumerate(line.words[:-2]):
        beside = line.lower(index + 1) in AND and near(line, index + 1) and near(line, index + 2)
        if not (beside and _plainly_given(word) and unusual(word) and unusual(line.words[index + 2])):
            continue
        end = max(name_end(line, index + 2, sure=False), index + 3)
        while end < len(line.words) and end < index + 5 and near(line, end) and unusual(line.words[end]):
            end += 1
        yield Spot(index, index + 1, SURELY)
        yield Spot(index + 2, end, SURELY)


def entries(line: Line) -> Iterator[Spot]:
    """Lists of "Surname, First name" between semicolons or lines, when one of them holds a known first name."""
    found: list[Spot] = []
    known = False
    for index in range(len(line.words) - 1):
        opened = index == 0 or line.words[index].gap.rstrip(" ")[-1:] in (";", ":", "\n", "|", "•")
        if not opened or line.words[index + 1].gap != ", " or not _name_like(line.words[index]) or not _name_like(line.words[index + 1]):
            continue
        end = index + 2
        while (
            end < len(line.words)
            and end < index + 4
            and near(line, end)
            and "\n" not in line.words[end].gap
            and _name_like(line.words[end])
        ):
            end += 1
        if line.gap_after(end - 1)[:1] in (";", "\n", "", "|", "."):
            found.append(Spot(index, end, SURELY))
            known = known or any(word.given for word in line.words[index + 1 : end])
    if known and len(found) > 1:
        yield from found


def _name_like(word: Word) -> bool:
    return word.capital and word.letters and not word.ordinary and not word.text.isupper()


def shouted(line: Line) -> Iterator[Spot]:
    """Two or three words in capitals, a first name among the first, in a text of capitals."""
    if line.writing != "capitals":
        return
    for index, word in enumerate(line.words[:-1]):
        if word.given and not word.weak and (index == 0 or not near(line, index) or line.words[index - 1].ordinary):
            end = index + 1
            while (
                end < len(line.words) and end < index + 4 and near(line, end) and line.words[end].letters and not line.words[end].ordinary
            ):
                if line.words[end].place or len(line.words[end].text) < 3:
                    break
                end += 1
            if end > index + 1:
                yield Spot(index, end, SURELY)


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
