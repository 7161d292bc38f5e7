"""Words of a text in, possible names out by their own shape: a first name and a surname, initials, unknown words, a signature."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from nova.privacy.lexicon import words
from nova.privacy.names import cues
from nova.privacy.names.led import couple
from nova.privacy.names.reach import AFTER_INITIAL, name_end, near, run_end, skip_titles
from nova.privacy.names.spots import UNKNOWN, Spot, slotted, unusual
from nova.privacy.tokens import Line, Word

FULL, WEAK_FULL, ABBREVIATED, SIGNED, ALONE, IN_COURSE = 1.4, 0.8, 1.1, 1.4, 1.0, 0.4
NO_FAMILY = ("no_name", "roles", "greeted")


def _surname(line: Line) -> Iterator[Spot]:
    """A frequent surname alone, in the course of a sentence."""
    if line.writing != "usual":
        return
    for index, word in enumerate(line.words):
        if _plain_surname(word) and line.lower(index - 1) not in words("determiners") and not _behind_unknown(line, index):
            yield Spot(index, index + 1, UNKNOWN + (IN_COURSE if _placed(line, index) else 0.0))


def _plain_surname(word: Word) -> bool:
    """Whether a surname with a capital and nothing else."""
    besides = word.ordinary or word.place or word.given or word.text.isupper()
    return word.capital and word.surname and not besides and len(word.text) > 3


def _behind_unknown(line: Line, index: int) -> bool:
    """Whether another word with a capital that is no ordinary one stands right before."""
    return near(line, index) and line.words[index - 1].capital and not line.words[index - 1].ordinary


def _placed(line: Line, index: int) -> bool:
    """Whether the words around a surname, or the commas of a list, speak of somebody."""
    before, behind = line.lower(index - 1), line.lower(index + 1)
    if before in words("names/prepositions") and near(line, index):
        return True
    if behind in words("does") or (behind in ("und", "sein", "ihr") and near(line, index + 1)):
        return True
    return line.gap_after(index)[:1] == "," and (index == 0 or line.words[index].gap[:1] in (",", ":"))


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
            yield from couple(line, index, FULL if _strong(line, index, end) else WEAK_FULL)
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
    if _with_another(line, index) or _greeted(line, index):
        weight = FULL
    yield Spot(index, index + 1, weight + _in_course(line, index, index + 1))


def _with_another(line: Line, index: int) -> bool:
    """Whether "und" and another first name follow."""
    if line.lower(index + 1) not in ("und", "u", "and") or not near(line, index + 1) or index + 2 >= len(line.words):
        return False
    other = line.words[index + 2]
    return other.given and not other.weak and line.large(other)


def _greeted(line: Line, index: int) -> bool:
    """Whether a greeting stands before a word, and its end behind."""
    start = line.words[index].start
    greeted = cues.GREETING.search(line.text[max(0, start - 16) : start]) is not None
    return greeted and line.gap_after(index)[:1] in (",", "!", "\n", "")


def _in_course(line: Line, first: int, end: int) -> float:
    """What the words around say for a name within a sentence: a matter or a preposition before, a verb or the end of the text behind."""
    before = line.lower(first - 1) in words("matters") and near(line, first)
    behind = line.lower(end) in words("does") and near(line, end)
    opens = first == 0 and line.gap_after(end - 1)[:1] in (",", ":")
    return IN_COURSE if before or behind or opens else 0.0


def _abbreviated(line: Line) -> Iterator[Spot]:
    """An initial and a surname."""
    for index, (word, following) in enumerate(pairwise(line.words)):
        if not word.initial or not following.gap.startswith(".") or not AFTER_INITIAL.match(following.gap):
            continue
        if line.text[max(0, word.start - 1) : word.start].strip() or _small_letter(line, index - 1):
            continue
        end = name_end(line, index, sure=False)
        if end > index + 1 and len(line.words[end - 1].text) > 2:
            yield Spot(index, end, ABBREVIATED)


def _small_letter(line: Line, index: int) -> bool:
    """Whether a single small letter stands here, so that what follows is a short form ("z. B.")."""
    return index >= 0 and len(line.words[index].text) == 1 and line.words[index].text.islower()


def _signed(line: Line) -> Iterator[Spot]:
    """The name behind a closing, or alone at the end."""
    starts = [word.start for word in line.words]
    for match in cues.CLOSING.finditer(line.text):
        first = skip_titles(line, bisect_left(starts, match.end()))
        if first < len(line.words) and starts[first] - match.end() < 2:
            end = name_end(line, first, sure=False)
            if end > first and _ends(line, end):
                yield from couple(line, first, SIGNED, sure=False)
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
    for index, (before, word) in enumerate(pairwise(line.words), 1):
        if word.gap != ", " or not (word.given and word.capital and not word.weak) or not _family_name(before):
            continue
        end = max(name_end(line, index, sure=False), index + 1)
        if _opens_entry(line, index - 1) and _closes_entry(line, end):
            yield Spot(index - 1, end, FULL)


def _opens_entry(line: Line, index: int) -> bool:
    """Whether a surname stands at the beginning of the text, a line or an entry; a known one, but no place or first name, anywhere."""
    word = line.words[index]
    if index == 0:
        return True
    if word.given or (word.place and "\n" not in word.gap):
        return False
    return word.surname or word.gap.rstrip(" ")[-1:] in (":", "\n", "(", ";", '"', "*", "-", "•")


def _closes_entry(line: Line, end: int) -> bool:
    """Whether what stands behind a name parts it from the next word."""
    return line.gap_after(end - 1)[:1] in (",", ";", ")", "\n", "", ".", '"', "'", " ")


def _family_name(word: Word) -> bool:
    """Whether a word before a comma and a first name can be the surname."""
    if not word.capital or not word.letters or len(word.text) < 3:
        return False
    return (not word.ordinary or word.may_name) and not any(word.lower in words(name) for name in NO_FAMILY)


def _unknown(line: Line) -> Iterator[Spot]:
    """Two unknown words with capitals in a row."""
    if line.writing != "usual":
        return
    index = 0
    while index < len(line.words) - 1:
        end = run_end(line, index + 1, len(line.words), unusual) if unusual(line.words[index]) else index
        if end > index + 1:
            course = line.words[end - 1].surname or slotted(line, index, end)
            yield Spot(index, end, UNKNOWN + (IN_COURSE if course else _in_course(line, index, end)))
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


SHAPED = (_full, _surname, _abbreviated, _signed, _reversed, _unknown, _foreign)
