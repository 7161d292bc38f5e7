"""A line and a word in, where the name that begins there ends out: initials, first names, particles, a surname, another after a hyphen."""

import re

from nova.privacy.lexicon import words
from nova.privacy.names.cues import JOINED, NOBLE
from nova.privacy.tokens import Line, Word

SPACE = re.compile(r" {1,2}\Z|[ \n]{1,2}\Z")
AFTER_INITIAL = re.compile(r"\.?-? ?\n?\Z")
AFTER_TITLE = re.compile(r"[. ]{0,2}[ \n-]?\Z")
MOST_TITLES, MOST_WORDS = 5, 6


def skip_titles(line: Line, index: int) -> int:
    """The first word from `index` that is no title."""
    for _ in range(MOST_TITLES):
        if line.lower(index) not in words("titles") or line.lower(index) in NOBLE or not AFTER_TITLE.match(line.gap_after(index)):
            return index
        index += 1
    return index


def near(line: Line, index: int) -> bool:
    """Whether the word at `index` follows the one before across a blank or one line end."""
    return 0 < index < len(line.words) and bool(SPACE.match(line.words[index].gap))


def nameable(line: Line, word: Word, sure: bool) -> bool:
    """Whether a word can be part of a name at all; `sure` where something says that a name stands here."""
    if not sure and word.lower in words("roles"):
        return False
    if not word.letters or word.lower in words("no_name") or len(word.text) > 40:
        return False
    if line.writing == "usual":
        return word.capital and (sure or not word.ordinary) and not (word.text.isupper() and 1 < len(word.text) < 6)
    return (not word.ordinary or (sure and word.family)) and len(word.text) > 1


def name_end(line: Line, index: int, sure: bool) -> int:
    """The word behind the name that begins at `index`; `index` itself when none does."""
    at = _given_part(line, index)
    family = _family_part(line, at, sure or at > index, index)
    if family > at:
        return family
    return at if at > index and not line.words[at - 1].initial else index


def _given_part(line: Line, index: int) -> int:
    """The word behind first names and initials."""
    at = index
    while at < len(line.words) and at - index < MOST_WORDS:
        word = line.words[at]
        if at > index and not (
            near(line, at) or ((line.words[at - 1].initial or _small_initial(line, at - 1)) and AFTER_INITIAL.match(word.gap))
        ):
            break
        if not (
            (word.initial and not _particle(line, at))
            or _small_initial(line, at)
            or (
                (word.given and not _particle(line, at) and (word.capital or line.writing == "small") and nameable(line, word, sure=True))
                or (word.given and line.writing != "usual" and not word.ordinary)
            )
        ):
            break
        at += 1
    return at


def _particle(line: Line, index: int) -> bool:
    """Whether a word that is also a first name begins a surname ("VAN DER HEYDEN")."""
    return line.lower(index) in JOINED and line.lower(index + 1) in words("particles") and near(line, index + 1)


def _small_initial(line: Line, index: int) -> bool:
    """Whether a single small letter with a point stands here in a text of small letters."""
    return line.writing == "small" and len(line.words[index].text) == 1 and line.gap_after(index) in (".", ". ")


def _family_part(line: Line, at: int, sure: bool, begin: int) -> int:
    """The word behind the surname that begins at `at`, particles before it taken along; `at` when there is none."""
    start = at
    while (
        at < len(line.words)
        and at - start < 4
        and (line.lower(at) in words("particles") or line.lower(at) in NOBLE)
        and _follows(line, at, begin)
    ):
        at += 1
    if at > start and not sure and not line.words[start].capital:
        return start
    if at > start and line.lower(start) not in JOINED | NOBLE and not (line.words[start].capital and line.writing == "usual"):
        return start
    if at >= len(line.words) or not _follows(line, at, begin) or not nameable(line, line.words[at], sure or at > start):
        return start
    if at > start and (
        (line.words[at].compound and line.lower(start) in ("vom", "zum", "zur", "auf"))
        or (line.writing == "usual" and not line.words[at].capital)
    ):
        return start
    at += 1
    if (
        at < len(line.words)
        and line.words[at - 1].text[-1] != "-"
        and re.fullmatch(r" ?- ?\n?|-\n", line.words[at].gap)
        and line.words[at].capital
    ):
        at += 1
    return _more(line, at, begin)


def _more(line: Line, at: int, begin: int) -> int:
    """Further surnames of people who have several ("García de la Torre"): after a particle, or unknown words in a row."""
    if at < len(line.words) and near(line, at) and line.writing == "usual":
        word = line.words[at]
        if (word.lower in JOINED and line.words[at - 1].family) or (word.lower in JOINED and begin < at - 1):
            end = at
            while end < min(len(line.words), at + 4) and line.lower(end) in words("particles") and near(line, end):
                end += 1
            if (
                end < len(line.words)
                and near(line, end)
                and line.words[end].capital
                and not line.words[end].ordinary
                and not line.words[end].place
            ):
                return end + 1
        elif (
            word.capital
            and word.letters
            and not word.ordinary
            and word.lower not in words("trades")
            and " " in word.gap
            and not word.gap.count("\n")
        ):
            return at + 1 if word.family or word.given or not line.words[at - 1].ordinary else at
    return at


def _follows(line: Line, at: int, begin: int) -> bool:
    if at == begin:
        return True
    before = line.words[at - 1]
    if before.lower in ("v", "d", "z", "vd") and line.words[at].gap == ". ":
        return True
    return near(line, at) or ((before.initial or _small_initial(line, at - 1)) and bool(AFTER_INITIAL.match(line.words[at].gap)))
