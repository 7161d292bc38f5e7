"""Words of a text in, possible names out by the words that lead to them: salutations, titles, roles, what one says of a name."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from nova.privacy.lexicon import words
from nova.privacy.names import cues
from nova.privacy.names.reach import name_end, nameable, near, skip_titles
from nova.privacy.names.spots import UNKNOWN, Spot, unusual
from nova.privacy.tokens import Line, Word

SALUTED, SAID, ROLE = 2.5, 1.6, 1.4
INTRODUCTIONS: Mapping[str, tuple[str, ...]] = {"mein": ("name",), "am": ("apparat", "telefon")}
"""What follows somebody's own name ("Petersen mein Name")."""


def _saluted(line: Line) -> Iterator[Spot]:
    """Herr, Frau, Familie, and what follows."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower in cues.SALUTATIONS:
            first = skip_titles(line, index + 1)
            if first < len(line.words) and _beside(line, index, first):
                yield from couple(line, first, SALUTED)


def _titled(line: Line) -> Iterator[Spot]:
    """Dr. or Prof., and what follows."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower in ("dr", "prof", "professor") and line.gap_after(index).startswith((".", " ")):
            first = skip_titles(line, index)
            if first < len(line.words) and first > index and line.words[first].gap.strip(" .") == "":
                yield from couple(line, first, SAID, sure=False)


def _beside(line: Line, index: int, first: int) -> bool:
    """Whether nothing but blanks, dots and titles stands between a cue and the name."""
    gap = line.words[index + 1].gap
    return gap.strip(" .\n") == "" and gap.count("\n") < 2 and (first > index + 1 or bool(gap))


def couple(line: Line, first: int, weight: float, sure: bool = True) -> Iterator[Spot]:
    """A name, and the one that goes with it ("Renate und Klaus Dirksmeyer")."""
    end = name_end(line, first, sure)
    if end <= first:
        return
    yield Spot(first, end, weight)
    if line.lower(end) in words("names/and") and _and(line, end):
        second = skip_titles(line, end + 2 if line.words[end + 1].lower in cues.SALUTATIONS else end + 1)
        other = name_end(line, second, sure=False)
        if other > second and (line.words[second].given or line.words[second].initial or not line.words[second].ordinary):
            yield Spot(second, other, weight - 0.3)


def _and(line: Line, index: int) -> bool:
    """Whether "und" stands right behind a name, and a word right behind it, also across the point of "u."."""
    return near(line, index) and index + 1 < len(line.words) and (near(line, index + 1) or line.words[index + 1].gap == ". ")


def _called(line: Line) -> Iterator[Spot]:
    """Roles ("Mieterin", "mein Bruder") with a name behind."""
    for index, (word, following) in enumerate(pairwise(line.words)):
        if word.lower not in words("roles") or _speaks(line, index) or not _opens_name(word, following.gap):
            continue
        joined = following.lower in words("names/role_is")
        first = skip_titles(line, index + (2 if joined else 1))
        if first < len(line.words) and (not joined or unusual(line.words[first])):
            yield from couple(line, first, _role_weight(line, first, following.gap), sure=_called_as_thing(line, first, following.gap))


def _opens_name(role: Word, gap: str) -> bool:
    """Whether only a sign that may lead to a name stands behind a role; a point only behind a short form of it."""
    return not gap.strip(" \n:,(.") and len(gap) <= 3 and not (gap.startswith(".") and len(role.text) > 4)


def _role_weight(line: Line, first: int, gap: str) -> float:
    """How much a role says for the word behind it: less across a comma, or where the word is no name by itself."""
    word = line.words[first]
    begins = word.given or word.initial
    told = begins or (line.writing == "usual" and not word.place) or (word.surname and not word.ordinary)
    return ROLE if told and (begins or "," not in gap) else UNKNOWN


def _called_as_thing(line: Line, first: int, gap: str) -> bool:
    """Whether an ordinary word that people are called, too, stands alone behind a role ("Kunde Koch hat ...")."""
    word = line.words[first]
    named = word.ordinary and word.may_name and line.writing == "usual"
    return named and gap in (" ", ": ") and _ended(line, first)


def _ended(line: Line, index: int) -> bool:
    """Whether a verb or the end of a clause follows the word at `index`."""
    return line.lower(index + 1) in words("does") or line.gap_after(index)[:1] in (",", ".", "!", "?", ")", ";", "\n", "")


def _speaks(line: Line, index: int) -> bool:
    """Whether a word is who speaks in a transcript ("Kunde: ...")."""
    word = line.words[index]
    begins = index == 0 or "\n" in word.gap
    return begins and word.lower in cues.SPEAKERS and line.gap_after(index).startswith(":")


def _said(line: Line) -> Iterator[Spot]:
    """ "Mein Name ist", "gez.", "vertreten durch" and the like."""
    starts = [word.start for word in line.words]
    for match in cues.SAYS.finditer(line.text):
        index = bisect_left(starts, match.end())
        if index >= len(line.words) or line.text[match.end() : starts[index]].strip(' \n:,("„'):
            continue
        while index < len(line.words) - 1 and _is_skipped(line.lower(index)):
            index += 1
        first = skip_titles(line, index)
        if first < len(line.words):
            loose = bool(cues.LOOSE.search(match.group().strip())) and not line.words[first].given
            yield from couple(line, first, SAID if not loose else SAID - 0.3, sure=not loose)


def _is_skipped(low: str) -> bool:
    """Whether a word may stand between what leads to a name and the name."""
    return low in words("skipped") or low in cues.SALUTATIONS or low in words("roles")


def _introduced(line: Line) -> Iterator[Spot]:
    """ "Petersen hier", "Petersen mein Name", "Petersen am Apparat", at the beginning of a sentence or behind a greeting."""
    for index, word in enumerate(line.words[1:], 1):
        if not _introduces(line, index) or word.gap.strip(" ,"):
            continue
        first = index
        while first > max(0, index - 4) and (first == index or near(line, first)) and nameable(line, line.words[first - 1], sure=False):
            first -= 1
        if first < index and _begins(line, first) and not line.words[index - 1].place:
            yield Spot(first, index, SAID)


def _introduces(line: Line, index: int) -> bool:
    """Whether "hier", "mein Name" or "am Apparat" stands here."""
    word, following = line.lower(index), line.lower(index + 1)
    return word == "hier" or following in INTRODUCTIONS.get(word, ())


def _begins(line: Line, first: int) -> bool:
    """Whether a clause begins here, or a greeting stands before."""
    parted = any(sign in line.words[first].gap for sign in ",.!?:\n")
    return first == 0 or parted or line.lower(first - 1) in words("names/greets")


def _asked(line: Line) -> Iterator[Spot]:
    """The answer to a question for the name."""
    starts = [word.start for word in line.words]
    for match in cues.ASKED.finditer(line.text):
        first = bisect_left(starts, match.end())
        if first >= len(line.words):
            continue
        told = line if line.words[first].capital else replace(line, writing="small")
        end = name_end(told, first, sure=True)
        if end > first and _short(line, end):
            yield Spot(first, end, SAID)


def _short(line: Line, end: int) -> bool:
    """Whether an answer is just a name: its end, a comma, or a word about spelling follows."""
    gap = line.gap_after(end - 1)
    return gap[:1] in (".", ",", "!", "?", "\n", ";", "-", "") or line.lower(end) in words("names/answer_goes_on")


LED = (_saluted, _titled, _called, _said, _introduced, _asked)
