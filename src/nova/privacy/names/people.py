"""Folded text in, spans of persons' names out: rules say where a name may be, learned weights of all signs how likely it is one."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from nova.privacy.lexicon import words
from nova.privacy.names import cues
from nova.privacy.names.article import familiar, things
from nova.privacy.names.chain import likely
from nova.privacy.names.reach import AFTER_INITIAL, name_end, nameable, near, skip_titles
from nova.privacy.names.signs import Source, signs
from nova.privacy.names.spots import SPOTS, Spot, slotted, unusual
from nova.privacy.spans import Span
from nova.privacy.tokens import Line, Word, read

SURE, PERHAPS = 0.4, 0.15
JOINT = re.compile(r"\.?[ -]{0,2}\n?|, ")
ARTICLES = words("names/not_again")
SALUTED, SAID, ROLE, FULL, WEAK_FULL, ABBREVIATED, SIGNED, ALONE, UNKNOWN, IN_COURSE = 2.5, 1.6, 1.4, 1.4, 0.8, 1.1, 1.4, 1.0, 0.6, 0.4


def names(text: str) -> Iterator[Span]:
    """Every name of a person that is likely enough."""
    return _decided(text, SURE)


def perhaps_names(text: str) -> Iterator[Span]:
    """Every name that may be one."""
    return _decided(text, PERHAPS)


def _decided(text: str, threshold: float) -> Iterator[Span]:
    line = read(text)
    told = likely(signs(line, SOURCES))
    whole = [sum(one) for one in told]
    parts = [one >= threshold for one in whole]
    for index in familiar(line, whole, SURE):
        parts[index] = True
    for index in things(line) if threshold >= SURE else ():
        parts[index] = False
    again = {word.text for word, part in zip(line.words, parts, strict=True) if part and _telling(word)}
    first = 0
    while first < len(parts):
        if not parts[first] and not (line.words[first].text in again and line.lower(first - 1) not in ARTICLES):
            first += 1
            continue
        end = first + 1
        while end < len(parts) and parts[end] and told[end][1] >= told[end][0] and JOINT.fullmatch(line.words[end].gap):
            end += 1
        if any(map(str.isalpha, text[line.words[first].start : line.words[end - 1].end])):
            yield Span(line.words[first].start, line.words[end - 1].end, "name")
        first = end


def _telling(word: Word) -> bool:
    """Whether a surname is a person's wherever it stands again in the text."""
    return len(word.text) > 3 and word.capital and not word.ordinary and not word.place


def _saluted(line: Line) -> Iterator[Spot]:
    """Herr, Frau, Familie, and what follows."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower in cues.SALUTATIONS:
            first = skip_titles(line, index + 1)
            if first < len(line.words) and _beside(line, index, first):
                yield from _couple(line, first, SALUTED)


def _titled(line: Line) -> Iterator[Spot]:
    """Dr. or Prof., and what follows."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower in ("dr", "prof", "professor") and line.gap_after(index).startswith((".", " ")):
            first = skip_titles(line, index)
            if first < len(line.words) and first > index and line.words[first].gap.strip(" .") == "":
                yield from _couple(line, first, SAID, sure=False)


def _surname(line: Line) -> Iterator[Spot]:
    """A frequent surname alone, in the course of a sentence."""
    for index, word in enumerate(line.words):
        if (
            line.writing == "usual"
            and word.capital
            and word.surname
            and len(word.text) > 3
            and line.lower(index - 1) not in words("determiners")
            and not (index and near(line, index) and line.words[index - 1].capital and not line.words[index - 1].ordinary)
            and not (word.ordinary or word.place or word.given or word.text.isupper())
        ):
            before = line.lower(index - 1) in words("names/prepositions") and near(line, index)
            behind = line.lower(index + 1) in words("does") or (line.lower(index + 1) in ("und", "sein", "ihr") and near(line, index + 1))
            listed = line.gap_after(index)[:1] == "," and (index == 0 or line.words[index].gap[:1] in (",", ":"))
            yield Spot(index, index + 1, UNKNOWN + (IN_COURSE if before or behind or listed else 0.0))


def _beside(line: Line, index: int, first: int) -> bool:
    """Whether nothing but blanks, dots and titles stands between a cue and the name."""
    gap = line.words[index + 1].gap
    return gap.strip(" .\n") == "" and gap.count("\n") < 2 and (first > index + 1 or bool(gap))


def _couple(line: Line, first: int, weight: float, sure: bool = True) -> Iterator[Spot]:
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
    for index, word in enumerate(line.words[:-1]):
        if word.lower not in words("roles") or _speaks(line, index):
            continue
        gap = line.words[index + 1].gap
        if gap.strip(" \n:,(.") or len(gap) > 3 or (gap.startswith(".") and len(word.text) > 4):
            continue
        joined = line.lower(index + 1) in words("names/role_is")
        first = skip_titles(line, index + (2 if joined else 1))
        if first < len(line.words):
            plain = line.words[first]
            if joined and not unusual(plain):
                continue
            told = plain.given or plain.initial or (line.writing == "usual" and not plain.place) or (not plain.ordinary and plain.surname)
            lone = "," in gap and not (plain.given or plain.initial)
            thing = plain.ordinary and plain.may_name and line.writing == "usual" and gap in (" ", ": ") and _ended(line, first)
            yield from _couple(line, first, ROLE if told and not lone else UNKNOWN, sure=thing)


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
        while index < len(line.words) - 1 and (
            line.lower(index) in words("skipped") or line.lower(index) in cues.SALUTATIONS or line.lower(index) in words("roles")
        ):
            index += 1
        first = skip_titles(line, index)
        if first < len(line.words):
            loose = bool(cues.LOOSE.search(match.group().strip())) and not line.words[first].given
            yield from _couple(line, first, SAID if not loose else SAID - 0.3, sure=not loose)


def _introduced(line: Line) -> Iterator[Spot]:
    """ "Petersen hier", "Petersen mein Name", "Petersen am Apparat", at the beginning of a sentence or behind a greeting."""
    for index in range(1, len(line.words)):
        after = (line.lower(index), line.lower(index + 1))
        if not (after[0] == "hier" or after == ("mein", "name") or (after[0] == "am" and after[1] in ("apparat", "telefon"))) or line.words[
            index
        ].gap.strip(" ,"):
            continue
        first = index
        while first and index - first < 4 and (first == index or near(line, first)) and nameable(line, line.words[first - 1], sure=False):
            first -= 1
        begins = first == 0 or any(sign in line.words[first].gap for sign in ",.!?:\n") or line.lower(first - 1) in words("names/greets")
        if first < index and begins and not line.words[index - 1].place:
            yield Spot(first, index, SAID)


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


def _full(line: Line) -> Iterator[Spot]:
    """A first name with a surname behind it."""
    index = 0
    while index < len(line.words):
        word = line.words[index]
        if not word.given or (line.writing == "usual" and not word.capital) or (line.writing != "usual" and word.ordinary):
            index += 1
            continue
        end = name_end(line, index, sure=not word.weak)
        if end > index + 1:
            yield from _couple(line, index, FULL if _strong(line, index, end) else WEAK_FULL)
            index = end
            continue
        yield from _alone(line, index)
        index += 1


def _strong(line: Line, index: int, end: int) -> bool:
    """Whether first name and surname bear each other out."""
    first, last = line.words[index], line.words[end - 1]
    if line.writing != "usual":
        return not first.weak and (last.family or not last.place) and len(last.text) > 2
    return not first.weak or (not last.ordinary and not last.place)


def _alone(line: Line, index: int) -> Iterator[Spot]:
    """A first name without a surname: with one who has, at the end, or where a person is spoken to."""
    word = line.words[index]
    if word.weak or (line.writing == "usual" and word.text.isupper()):
        return
    weight = ALONE if line.writing == "usual" else ALONE - IN_COURSE
    if line.lower(index + 1) in ("und", "u", "and") and near(line, index + 1) and index + 2 < len(line.words):
        other = line.words[index + 2]
        if other.given and not other.weak and (other.capital or line.writing != "usual"):
            weight = FULL
    if cues.GREETING.search(line.text[max(0, word.start - 16) : word.start]) and line.gap_after(index)[:1] in (",", "!", "\n", ""):
        weight = FULL
    yield Spot(index, index + 1, weight + _in_course(line, index, index + 1))


def _in_course(line: Line, first: int, end: int) -> float:
    """What the words around say for a name within a sentence: a matter or a preposition before, a verb or the end of the text behind."""
    before = line.lower(first - 1) in words("matters") and near(line, first)
    behind = line.lower(end) in words("does") and near(line, end)
    opens = first == 0 and line.gap_after(end - 1)[:1] in (",", ":")
    return IN_COURSE if before or behind or opens else 0.0


def _abbreviated(line: Line) -> Iterator[Spot]:
    """An initial and a surname."""
    for index, word in enumerate(line.words[:-1]):
        nxt = line.words[index + 1]
        if index and len(line.words[index - 1].text) == 1 and line.words[index - 1].text.islower():
            continue
        if (
            not word.initial
            or not nxt.gap.startswith(".")
            or not AFTER_INITIAL.match(nxt.gap)
            or line.text[max(0, word.start - 1) : word.start].strip() != ""
        ):
            continue
        end = name_end(line, index, sure=False)
        if end > index + 1 and len(line.words[end - 1].text) > 2:
            yield Spot(index, end, ABBREVIATED)


def _signed(line: Line) -> Iterator[Spot]:
    """The name behind a closing, or alone at the end."""
    starts = [word.start for word in line.words]
    for match in cues.CLOSING.finditer(line.text):
        first = skip_titles(line, bisect_left(starts, match.end()))
        if first < len(line.words) and starts[first] - match.end() < 2:
            end = name_end(line, first, sure=False)
            if end > first and _ends(line, end):
                yield from _couple(line, first, SIGNED, sure=False)
    yield from _last(line)


def _ends(line: Line, end: int) -> bool:
    """Whether a line or the text ends behind the word before `end`, or a comma follows."""
    gap = line.gap_after(end - 1)
    return end >= len(line.words) or "\n" in gap or gap[:1] in (",", ".", "/", ";", "(") or line.lower(end) in ("und", "u")


def _last(line: Line) -> Iterator[Spot]:
    """Two or three unknown words that stand alone at the end of the text."""
    if line.writing != "usual":
        return
    for first in range(max(1, len(line.words) - 4), len(line.words) - 1):
        gap = line.words[first].gap
        if (gap[:1] in ".!?" or "\n" in gap) and name_end(line, first, sure=False) == len(line.words):
            yield Spot(first, len(line.words), SIGNED - 0.2)


def _reversed(line: Line) -> Iterator[Spot]:
    """ "Füchtenhans, Egon"."""
    for index, word in enumerate(line.words[1:], 1):
        before = line.words[index - 1]
        if word.gap == ", " and word.given and not word.weak and word.capital and before.capital and _family_name(before):
            end = max(name_end(line, index, sure=False), index + 1)
            alone = (
                line.gap_after(end - 1)[:1] in (",", ";", ")", "\n", "", ".", '"', "'", " ")
                and (not before.place or index == 1 or "\n" in before.gap)
                and (not before.given or index == 1)
            )
            if (
                alone
                and len(before.text) > 2
                and (
                    before.surname or index == 1 or line.words[index - 1].gap.rstrip(" ")[-1:] in (":", "\n", "(", ";", '"', "*", "-", "•")
                )
            ):
                yield Spot(index - 1, end, FULL)


def _family_name(word: Word) -> bool:
    """Whether a word before a comma and a first name can be the surname."""
    return (
        word.letters
        and word.lower not in words("no_name") | words("roles")
        and (not word.ordinary or word.may_name)
        and word.lower not in words("greeted")
    )


def _unknown(line: Line) -> Iterator[Spot]:
    """Two unknown words with capitals in a row."""
    if line.writing != "usual":
        return
    index = 0
    while index < len(line.words) - 1:
        end = index
        while end < len(line.words) and (end == index or near(line, end)) and unusual(line.words[end]):
            end += 1
        if end - index > 1:
            last = line.words[end - 1]
            yield Spot(index, end, UNKNOWN + (IN_COURSE if last.surname or slotted(line, index, end) else _in_course(line, index, end)))
        elif end > index and _middle(line, end):
            yield Spot(index, end + 2, FULL)
        index = max(end, index + 1)


def _middle(line: Line, index: int) -> bool:
    """Whether an initial and another word with a capital follow."""
    return (
        index + 1 < len(line.words)
        and near(line, index)
        and line.words[index].initial
        and line.words[index + 1].gap == ". "
        and line.words[index + 1].capital
    )


def _foreign(line: Line) -> Iterator[Spot]:
    """A surname with a particle that German sentences do not use ("van der Merwe")."""
    for index, word in enumerate(line.words[:-1]):
        if word.lower in ("van", "ter", "ten", "della", "dos") and (
            index == 0 or not near(line, index) or line.lower(index - 1) in words("matters")
        ):
            yield Spot(index, name_end(line, index, sure=True), ABBREVIATED)


SOURCES: tuple[Source, ...] = (
    _saluted,
    _titled,
    _called,
    _said,
    _introduced,
    _asked,
    _full,
    _surname,
    _abbreviated,
    _signed,
    _reversed,
    _unknown,
    _foreign,
    *SPOTS,
)
