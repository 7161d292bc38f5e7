"""A line and a word in, where the name that begins there ends out: initials, first names, particles, a surname, another after a hyphen."""

import re
from collections.abc import Callable

from nova.privacy.lexicon import words
from nova.privacy.names.cues import JOINED, NOBLE
from nova.privacy.tokens import Line, Word

SPACE = re.compile(r" {1,2}\Z|[ \n]{1,2}\Z")
AFTER_INITIAL = re.compile(r"\.?-? ?\n?\Z")
AFTER_TITLE = re.compile(r"[. ]{0,2}[ \n-]?\Z")
HYPHEN = re.compile(r" ?- ?\n?|-\n")
MOST_TITLES, MOST_WORDS, MOST_PARTICLES, LONGEST_NAME, LONG_IN_CAPITALS = 5, 6, 4, 40, 6


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


def run_end(line: Line, first: int, most: int, fits: Callable[[Word], bool]) -> int:
    """The word behind those from `first` on, `most` of them at most, that follow one another and fit."""
    end = first
    while end < first + most and near(line, end) and fits(line.words[end]):
        end += 1
    return end


def nameable(line: Line, word: Word, sure: bool) -> bool:
    """Whether a word can be part of a name at all; `sure` where something says that a name stands here."""
    if not word.letters or word.lower in words("no_name") or len(word.text) > LONGEST_NAME:
        return False
    if word.lower in words("roles") and not sure:
        return False
    if line.writing == "usual":
        return word.capital and (sure or not word.ordinary) and not _short_form(word)
    return (not word.ordinary or (sure and word.family)) and len(word.text) > 1


def _short_form(word: Word) -> bool:
    """Whether a word is a short one in capitals ("EEG")."""
    return word.text.isupper() and 1 < len(word.text) < LONG_IN_CAPITALS


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
    while at < min(len(line.words), index + MOST_WORDS) and _follows_given(line, at, index) and _is_given(line, at):
        at += 1
    return at


def _follows_given(line: Line, at: int, begin: int) -> bool:
    """Whether a word stands right behind a first name or, behind a point, an initial."""
    return at == begin or near(line, at) or _behind_initial(line, at)


def _behind_initial(line: Line, at: int) -> bool:
    """Whether only a point or a hyphen parts a word from the initial before it."""
    initial = line.words[at - 1].initial or _small_initial(line, at - 1)
    return initial and AFTER_INITIAL.match(line.words[at].gap) is not None


def _is_given(line: Line, at: int) -> bool:
    """Whether a word is a first name or an initial, and does not begin a surname."""
    word = line.words[at]
    if _small_initial(line, at) or (word.given and line.writing != "usual" and not word.ordinary):
        return True
    written = word.initial or (word.given and (word.capital or line.writing == "small") and nameable(line, word, sure=True))
    return written and not _particle(line, at)


def _particle(line: Line, index: int) -> bool:
    """Whether a word that is also a first name begins a surname ("VAN DER HEYDEN")."""
    return line.lower(index) in JOINED and line.lower(index + 1) in words("particles") and near(line, index + 1)


def _small_initial(line: Line, index: int) -> bool:
    """Whether a single small letter with a point stands here in a text of small letters."""
    return line.writing == "small" and len(line.words[index].text) == 1 and line.gap_after(index) in (".", ". ")


def _family_part(line: Line, at: int, sure: bool, begin: int) -> int:
    """The word behind the surname that begins at `at`, particles before it taken along; `at` when there is none."""
    last = _behind_particles(line, at, begin)
    joined = last > at
    if joined and not _opens_surname(line, at, sure):
        return at
    if last >= len(line.words) or not _follows(line, last, begin) or not nameable(line, line.words[last], sure or joined):
        return at
    if joined and _no_surname_behind(line, at, last):
        return at
    return _more(line, last + 2 if _other_half(line, last + 1) else last + 1, begin)


def _behind_particles(line: Line, start: int, begin: int) -> int:
    """The word behind up to four small words and titles with which a surname begins."""
    at = start
    while at < min(len(line.words), start + MOST_PARTICLES) and _is_particle(line.words[at]) and _follows(line, at, begin):
        at += 1
    return at


def _is_particle(word: Word) -> bool:
    return word.lower in words("particles") or word.lower in NOBLE


def _opens_surname(line: Line, start: int, sure: bool) -> bool:
    """Whether a small word can begin a surname here: one that joins names, or with a capital; in doubt only with a capital."""
    capital = line.words[start].capital
    if not sure and not capital:
        return False
    return line.lower(start) in JOINED or line.lower(start) in NOBLE or (capital and line.writing == "usual")


def _no_surname_behind(line: Line, start: int, last: int) -> bool:
    """Whether what stands behind small words is no surname: a thing ("zum Jahreswechsel"), or in usual writing a small letter's word."""
    word = line.words[last]
    thing = word.compound and line.lower(start) in ("vom", "zum", "zur", "auf")
    return thing or (line.writing == "usual" and not word.capital)


def _other_half(line: Line, at: int) -> bool:
    """Whether the second half of a double name follows behind a hyphen and a blank or a line's end."""
    if at >= len(line.words) or line.words[at - 1].text[-1] == "-":
        return False
    return line.words[at].capital and HYPHEN.fullmatch(line.words[at].gap) is not None


def _more(line: Line, at: int, begin: int) -> int:
    """Further surnames of people who have several ("García de la Torre"): after a particle, or unknown words in a row."""
    if line.writing != "usual" or not near(line, at):
        return at
    word, before = line.words[at], line.words[at - 1]
    if word.lower in JOINED and (before.family or begin < at - 1):
        end = run_end(line, at, MOST_PARTICLES, lambda one: one.lower in words("particles"))
        return end + 1 if near(line, end) and _unknown(line.words[end]) else at
    if " " not in word.gap or "\n" in word.gap or not _second_surname(word):
        return at
    return at + 1 if word.family or word.given or not before.ordinary else at


def _unknown(word: Word) -> bool:
    """Whether a capital, and neither an ordinary word nor a place."""
    return word.capital and not word.ordinary and not word.place


def _second_surname(word: Word) -> bool:
    """Whether a word can be one more surname, and does not make a company of the name."""
    return word.capital and word.letters and not word.ordinary and word.lower not in words("trades")


def _follows(line: Line, at: int, begin: int) -> bool:
    """Whether a word stands right behind the one before, also behind the point of an initial or of a short particle."""
    if at == begin or near(line, at):
        return True
    short = line.words[at - 1].lower in ("v", "d", "z", "vd") and line.words[at].gap == ". "
    return short or _behind_initial(line, at)
